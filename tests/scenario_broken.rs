//! Every file under `tests/broken/` is refused, and the whole text of its errors is kept beside it.
#![allow(clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;

use calmline::check::load_file;

fn broken_files() -> Vec<PathBuf> {
    let folder = PathBuf::from("tests/broken");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is part of the project")
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .collect();
    files.sort();
    files
}

#[test]
fn each_is_refused_with_all_its_errors() {
    let files = broken_files();
    assert!(files.len() >= 60, "only {} broken files", files.len());
    for file in files {
        let stem = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let problems = match load_file(&file) {
            Ok(_) => panic!("{stem} was accepted"),
            Err(problems) => problems,
        };
        assert!(problems.diagnostics.iter().any(|d| d.is_error()), "{stem}: no error");
        for d in &problems.diagnostics {
            assert!(!d.why.is_empty() && !d.help.is_empty(), "{stem}: {} lacks why or help", d.title);
            let place = format!("{}:{}:{}", file.display(), d.line, d.column);
            assert!(problems.to_string().contains(&place), "{stem}: {place} is not shown");
        }
        insta::with_settings!({
            snapshot_path => "broken/expected",
            prepend_module_to_snapshot => false,
            omit_expression => true,
            description => "The errors of the broken scenario of this name",
        }, {
            insta::assert_snapshot!(stem, problems.to_string());
        });
    }
}

#[test]
fn colour_adds_only_colour() {
    for file in broken_files() {
        let problems = load_file(&file).expect_err("refused");
        let coloured = problems.render(true);
        let mut plain = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            plain.push_str(before);
            rest = after.split_once('m').map_or("", |(_, text)| text);
        }
        plain.push_str(rest);
        assert_eq!(plain, problems.render(false), "{}", file.display());
    }
}
