//! A program that is killed in the middle of a session loses nothing that was stored.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use calmline::progress::Store;

use crate::samples::{begin, hint};

const FOLDER: &str = "CALMLINE_TEST_KILLED_FOLDER";

#[test]
fn nothing_stored_is_lost_by_kill_9() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        play_until_killed(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::nothing_stored_is_lost_by_kill_9", "--nocapture"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stored = 0;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        if let Some(count) = line.unwrap().strip_prefix("stored ") {
            stored = count.parse().unwrap();
        }
        if stored == 60 {
            child.kill().unwrap();
        }
    }
    assert!(!child.wait().unwrap().success());
    assert!(stored >= 60);

    let mut store = Store::open(folder.path()).unwrap();
    let mira = store.latest_trainee().unwrap().unwrap();
    let open = store.unfinished(mira.id).unwrap();
    let events = store.events(open[0].id).unwrap();
    assert!(events.len() >= stored, "{stored} were reported as stored, {} are there", events.len());
    assert_eq!(events.len() % 3, 0, "a transaction was torn");
    assert!(events.iter().enumerate().all(|(number, event)| *event == hint(number)));
    store.append_events(open[0].id, events.len(), &[hint("resumed")]).unwrap();
}

/// Three events a transaction, without end; each is reported once it is stored.
fn play_until_killed(folder: &Path) -> ! {
    let mut store = Store::open(folder).unwrap();
    let (_, id) = begin(&mut store, "Mira");
    let mut next = 0;
    loop {
        store.append_events(id, next, &[hint(next), hint(next + 1), hint(next + 2)]).unwrap();
        next += 3;
        println!("\nstored {next}");
    }
}
