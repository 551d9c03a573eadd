//! Opening: what is not a store, too new, locked, protected or damaged is refused in clear words and left as it is.

use std::fs;
use std::path::Path;

use calmline::progress::{AttemptState, STORE_FILE, Store, StoreError};
use proptest::prelude::*;
use rusqlite::Connection;

use crate::samples::{begin, hint, scorecard, second};

/// Everything in the folder, by name.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap_or_default()))
        .collect();
    files.sort();
    files
}

/// Opening fails both ways, and changes nothing in the folder.
fn refused(folder: &Path) -> StoreError {
    let before = contents(folder);
    let error = Store::open(folder).expect_err("it should be refused");
    assert!(Store::open_read_only(folder).is_err());
    assert_eq!(contents(folder), before, "a refused file was touched");
    error
}

/// A closed store with one finished and one open attempt.
fn filled(folder: &Path) {
    let mut store = Store::open(folder).unwrap();
    let (mira, finished) = begin(&mut store, "Mira");
    let events: Vec<_> = (0..200).map(|number| hint(format!("hint {number} {}", "…".repeat(number)))).collect();
    store.append_events(finished, 0, &events).unwrap();
    store.finish_attempt(finished, second(1), &scorecard(60, &[("clarify", Some(60))])).unwrap();
    let open = store.begin_attempt(crate::samples::new_attempt(mira, "hotel", 2)).unwrap();
    store.append_events(open, 0, &events[..20]).unwrap();
}

#[test]
fn a_store_is_made_with_its_folders_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a b/ü%?#");
    filled(&deep);
    assert_eq!(contents(&deep).len(), 1, "a closed store is one file");
    let store = Store::open(&deep).unwrap();
    let mira = store.latest_trainee().unwrap().unwrap();
    assert_eq!(store.attempts(mira.id, 9, 0).unwrap().len(), 2);
    assert_eq!(store.unfinished(mira.id).unwrap()[0].events, 20);
}

#[test]
fn garbage_is_not_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(STORE_FILE);
    for garbage in [&b"x"[..], &[0; 100], &[0xff; 5000], b"SQLite format 3\0", "Dear diary".repeat(1000).as_bytes()] {
        fs::write(&file, garbage).unwrap();
        assert!(matches!(refused(folder.path()), StoreError::NotAStore { .. }));
    }
    let words = refused(folder.path()).to_string();
    assert!(words.contains(STORE_FILE) && words.contains("no SQLite file") && words.contains("--data"), "{words}");
}

#[test]
fn another_programs_database_is_not_touched() {
    for journal in ["DELETE", "WAL"] {
        let folder = tempfile::tempdir().unwrap();
        let other = Connection::open(folder.path().join(STORE_FILE)).unwrap();
        other.pragma_update_and_check(None, "journal_mode", journal, |_| Ok(())).unwrap();
        other.execute_batch("CREATE TABLE trainees (id INTEGER); INSERT INTO trainees VALUES (1);").unwrap();
        drop(other);
        match refused(folder.path()) {
            StoreError::NotAStore { why, .. } => assert!(why.contains("another program")),
            error => panic!("{error}"),
        }
    }
}

#[test]
fn a_newer_store_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let newer = Connection::open(folder.path().join(STORE_FILE)).unwrap();
    newer.pragma_update(None, "user_version", 41).unwrap();
    drop(newer);
    let error = refused(folder.path());
    assert!(matches!(error, StoreError::Newer { found: 41, .. }), "{error}");
    assert!(error.to_string().contains("store version 41") && error.to_string().contains("newer Calmline"), "{error}");
}

#[test]
fn a_newer_version_that_stands_only_in_the_log_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let newer = Connection::open(folder.path().join(STORE_FILE)).unwrap();
    newer.pragma_update(None, "user_version", 41).unwrap();
    // Still open, so the log has not been written back to the file.
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Newer { found: 41, .. })));
    drop(newer);
    assert!(matches!(refused(folder.path()), StoreError::Newer { found: 41, .. }));
}

#[test]
fn a_folder_in_the_place_of_the_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(STORE_FILE)).unwrap();
    assert!(matches!(refused(folder.path()), StoreError::NotAStore { .. }));
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data");
    fs::write(&file, "not a folder").unwrap();
    assert!(matches!(Store::open(&file), Err(StoreError::Folder { .. })));
    assert!(matches!(Store::open(&file.join("deeper")), Err(StoreError::Folder { .. })));
    assert_eq!(fs::read(&file).unwrap(), b"not a folder");
}

#[test]
fn a_log_without_its_store_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(format!("{STORE_FILE}-wal")), [7; 9000]).unwrap();
    assert!(matches!(refused(folder.path()), StoreError::Corrupt { .. }));
    fs::write(folder.path().join(STORE_FILE), "").unwrap();
    assert!(matches!(refused(folder.path()), StoreError::Corrupt { .. }));
}

#[test]
fn an_empty_file_becomes_a_store() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(STORE_FILE), "").unwrap();
    filled(folder.path());
}

#[test]
fn a_store_that_another_program_holds_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let holder = Connection::open(folder.path().join(STORE_FILE)).unwrap();
    holder.pragma_update(None, "locking_mode", "EXCLUSIVE").unwrap();
    holder.execute_batch("BEGIN IMMEDIATE; UPDATE trainees SET archived = 0; COMMIT;").unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    drop(holder);
    Store::open(folder.path()).unwrap();
}

#[test]
fn a_write_that_has_to_wait_too_long_stores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let (_, id) = begin(&mut store, "Mira");
    let writer = Connection::open(folder.path().join(STORE_FILE)).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(store.append_events(id, 0, &[hint(0)]), Err(StoreError::Locked { file: store.file().into() }));
    assert_eq!(store.events(id).unwrap(), []);
    writer.execute_batch("ROLLBACK").unwrap();
    store.append_events(id, 0, &[hint(0)]).unwrap();
}

#[test]
fn many_programs_may_make_and_fill_one_store_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let play = |number: usize| {
        let mut store = Store::open(folder.path()).unwrap();
        let (_, id) = begin(&mut store, &format!("Trainee {}", number % 3));
        (0..10).for_each(|seq| store.append_events(id, seq, &[hint(number)]).unwrap());
    };
    std::thread::scope(|scope| (0..6).for_each(|number| drop(scope.spawn(move || play(number)))));
    let store = Store::open(folder.path()).unwrap();
    let trainees = store.trainees().unwrap();
    assert_eq!(trainees.len(), 3);
    let open: Vec<_> = trainees.iter().flat_map(|trainee| store.unfinished(trainee.id).unwrap()).collect();
    assert_eq!(open.iter().map(|attempt| attempt.events).collect::<Vec<_>>(), [10; 6]);
}

#[test]
fn a_store_opened_for_reading_reads_and_refuses_to_write() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open_read_only(folder.path()), Err(StoreError::Missing { .. })));
    assert_eq!(contents(folder.path()), []);
    filled(folder.path());
    let mut store = Store::open_read_only(folder.path()).unwrap();
    let mira = store.latest_trainee().unwrap().unwrap();
    let open = store.unfinished(mira.id).unwrap()[0].id;
    assert_eq!(store.events(open).unwrap().len(), 20);
    let protected = || StoreError::ReadOnly { file: folder.path().join(STORE_FILE) };
    assert_eq!(store.append_events(open, 20, &[hint(20)]), Err(protected()));
    assert_eq!(store.trainee_named("Pavel"), Err(protected()));
    assert!(protected().to_string().contains("write-protected"));
}

#[cfg(unix)]
#[test]
fn a_folder_without_the_right_to_write_is_said_so() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let protect = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    filled(folder.path());
    protect(0o555);
    let everything_is_allowed = fs::write(folder.path().join("probe"), "").is_ok();
    let opened = Store::open(folder.path()).and_then(|mut store| store.trainee_named("Pavel"));
    let read = Store::open_read_only(folder.path()).and_then(|store| store.latest_trainee());
    protect(0o755);
    assert_eq!(read.unwrap().map(|trainee| trainee.name).as_deref(), Some("Mira"));
    // The superuser may write everywhere.
    if !everything_is_allowed {
        let error = opened.unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly { .. } | StoreError::CannotOpen { .. }), "{error}");
    }
}

#[test]
fn a_broken_event_is_named_and_the_rest_stays_readable() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let db = Connection::open(folder.path().join(STORE_FILE)).unwrap();
    db.execute_batch("DROP TRIGGER events_never_change; DROP TRIGGER events_stay").unwrap();
    let damage = |sql: &str| db.execute(sql, []).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mira = store.latest_trainee().unwrap().unwrap().id;
    let list = store.attempts(mira, 9, 0).unwrap();
    let (open, finished) = (list[0].id, list[1].id);

    damage("UPDATE events SET json = substr(json, 1, 9) WHERE attempt = 1 AND seq = 7");
    let error = store.events(finished).unwrap_err();
    let words = error.to_string();
    assert!(matches!(error, StoreError::Damaged { .. }), "{words}");
    assert!(words.contains(&finished.to_string()) && words.contains("event 7"), "{words}");
    damage("UPDATE events SET json = CAST(x'ff' AS TEXT) WHERE attempt = 1 AND seq = 5");
    assert!(store.events(finished).unwrap_err().to_string().contains("event 5"));
    damage("DELETE FROM events WHERE attempt = 1 AND seq = 3");
    assert!(store.events(finished).unwrap_err().to_string().contains("event 3 is missing"));
    assert_eq!(store.events(open).unwrap().len(), 20);
}

#[test]
fn a_store_without_its_tables_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let db = Connection::open(folder.path().join(STORE_FILE)).unwrap();
    db.execute_batch("DROP TABLE rule_scores").unwrap();
    drop(db);
    let store = Store::open(folder.path()).unwrap();
    let mira = store.latest_trainee().unwrap().unwrap().id;
    assert!(matches!(store.rule_history(mira), Err(StoreError::Corrupt { .. })));
    assert_eq!(store.attempts(mira, 9, 0).unwrap().len(), 2);
}

/// Opens the store and does everything with it once; whatever is damaged comes as an error, never as a panic.
fn use_everything(folder: &Path) -> Result<(), StoreError> {
    let mut store = Store::open(folder)?;
    let mut first_error = Ok(());
    let mut keep = |result: Result<(), StoreError>| first_error = first_error.clone().and(result);
    for trainee in store.trainees()? {
        keep(store.rule_history(trainee.id).map(drop));
        keep(store.scenario_standings(trainee.id).map(drop));
        keep(store.attempt_counts(trainee.id).map(drop));
        keep(store.unfinished(trainee.id).map(drop));
        for attempt in store.attempts(trainee.id, 100, 0)? {
            keep(store.attempt(attempt.id).map(drop));
            keep(store.events(attempt.id).map(drop));
            keep(store.scorecard(attempt.id).map(drop));
            if attempt.state == AttemptState::Open {
                keep(store.append_events(attempt.id, attempt.events, &[hint("more")]));
            }
        }
    }
    keep(store.trainee_named("Pavel").map(drop));
    first_error
}

#[test]
fn a_truncated_store_is_damaged_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let file = folder.path().join(STORE_FILE);
    let whole = fs::read(&file).unwrap();
    for length in [101, 4096, 5000, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        fs::write(&file, &whole[..length]).unwrap();
        let error = use_everything(folder.path()).expect_err("a truncated store");
        assert!(matches!(error, StoreError::Corrupt { .. } | StoreError::NotAStore { .. }), "{length}: {error}");
        assert_eq!(fs::read(&file).unwrap(), &whole[..length], "a damaged file was changed");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bytes_never_cause_a_panic_or_a_lost_file(places in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path());
        let file = folder.path().join(STORE_FILE);
        let mut bytes = fs::read(&file).unwrap();
        for (place, flip) in places {
            let place = place.index(bytes.len());
            bytes[place] ^= flip;
        }
        fs::write(&file, &bytes).unwrap();
        let outcome = use_everything(folder.path());
        prop_assert!(file.is_file());
        if let Err(error) = outcome {
            let words = error.to_string();
            prop_assert!(words.contains(STORE_FILE) || matches!(error, StoreError::NoSuchAttempt { .. } | StoreError::OutOfStep { .. }), "{}", words);
        }
    }
}
