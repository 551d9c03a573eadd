//! The crate's arrows run downwards only, and the core knows no screen.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("locale", &[]),
    ("diagnostic", &[]),
    ("fingerprint", &[]),
    ("language", &["fingerprint", "diagnostic"]),
    ("scenario", &["language", "diagnostic"]),
    ("check", &["fingerprint", "scenario", "language", "diagnostic"]),
    ("content", &["check", "language", "scenario", "diagnostic"]),
    ("rules", &["fingerprint", "language", "scenario", "locale"]),
    ("session", &["fingerprint", "rules", "check", "language", "scenario"]),
    ("transcript", &["fingerprint", "session", "rules", "language", "scenario", "diagnostic"]),
    ("progress", &["session", "rules", "check", "language", "scenario", "diagnostic"]),
    ("report", &["progress", "transcript", "session", "rules", "language", "scenario", "locale"]),
    ("terminal", &["report", "progress", "session", "rules", "language", "scenario", "locale", "diagnostic"]),
    (
        "window",
        &["report", "progress", "session", "rules", "check", "language", "scenario", "locale", "content", "terminal"],
    ),
    (
        "cli",
        &[
            "window",
            "terminal",
            "report",
            "progress",
            "transcript",
            "session",
            "rules",
            "language",
            "scenario",
            "check",
            "locale",
            "content",
            "diagnostic",
            "fingerprint",
        ],
    ),
];

const ENGINES: &[&str] = &["bevy", "bevy_egui", "egui", "winit"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Code without its comments, room by room.
fn rooms() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut rooms: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for file in files {
        let inside = file.strip_prefix(&src).unwrap();
        let room = inside.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        let text = fs::read_to_string(&file).unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        rooms.entry(room).or_default().push((file, code.join("\n")));
    }
    rooms
}

#[test]
fn every_room_uses_only_what_lies_below_it() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        if room == "lib" || room == "main" {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("the room `{room}` has no place in the map of layers"));
            continue;
        };
        for (file, code) in files {
            for (other, _) in MAY_USE.iter().filter(|(other, _)| *other != room && !allowed.contains(other)) {
                if code.contains(&format!("crate::{other}::")) || code.contains(&format!("crate::{other};")) {
                    wrong.push(format!("{} uses `{other}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that run the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_window_knows_an_engine() {
    let mut wrong = Vec::new();
    for (room, files) in rooms().into_iter().filter(|(room, _)| room != "window") {
        for (file, code) in files {
            for engine in ENGINES {
                if code.contains(&format!("{engine}::")) || code.contains(&format!("use {engine}")) {
                    wrong.push(format!("{room}: {} names {engine}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "the core names an engine:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_what_it_is() {
    let mute: Vec<PathBuf> = rooms()
        .into_values()
        .flatten()
        .filter(|(file, _)| !fs::read_to_string(file).unwrap().starts_with("//! "))
        .map(|(file, _)| file)
        .collect();
    assert!(mute.is_empty(), "files without a first line that says what they are: {mute:#?}");
}
