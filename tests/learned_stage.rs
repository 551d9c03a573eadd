//! The learned stage that the program carries: what it was learned from, and what it does not depend on.
#![cfg(feature = "learned")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use calmline::language::meaning::{Encoder, Heads, Meaning, digest};

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Whoever changes the labelled replies learns anew: `cargo run --release --features training -- learn`.
#[test]
fn it_was_learned_from_the_labelled_replies_as_they_are() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/languages/examples");
    let mut files = Vec::new();
    for language in below(&examples) {
        for path in below(&language).into_iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
            let name = path.strip_prefix(&examples).unwrap().to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    let found = digest(files.iter().map(|(name, source)| (name.as_str(), source.as_str())));
    assert_eq!(Meaning::bundled().unwrap().made_from().examples, found);
}

#[test]
fn a_file_cut_short_is_refused_and_not_half_used() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/encoder");
    let (heads, words) = (fs::read(assets.join("heads.bin")).unwrap(), fs::read(assets.join("words.bin")).unwrap());
    assert!(Heads::open(&heads).is_ok());
    for part in [0, 7, 16, 1000, heads.len() / 2, heads.len() - 1] {
        assert!(Heads::open(&heads[..part]).is_err(), "{part} bytes of what was learned");
    }
    for part in [0, 7, 16, 1000, words.len() / 2, words.len() - 1] {
        let cut: &'static [u8] = Vec::leak(words[..part].to_vec());
        assert!(Encoder::open(cut).is_err(), "{part} bytes of the encoder");
    }
}
