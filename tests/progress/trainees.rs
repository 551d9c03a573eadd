//! Trainees: found by name, renamed, archived.

use calmline::progress::{Store, StoreError};

use crate::samples::begin;

#[test]
fn a_name_is_found_whatever_its_case_and_spaces() {
    let mut store = Store::in_memory().unwrap();
    let first = store.trainee_named("  Жана Новак ").unwrap();
    assert_eq!(first.name, "Жана Новак");
    assert_eq!(store.trainee_named("ЖАНА НОВАК").unwrap(), first);
    // The same letter, once as one character, once with a combining mark.
    let composed = store.trainee_named("Ren\u{e9}").unwrap();
    assert_eq!(store.trainee_named("rene\u{301}").unwrap(), composed);
    let names: Vec<String> = store.trainees().unwrap().into_iter().map(|trainee| trainee.name).collect();
    assert_eq!(names, ["René", "Жана Новак"]);
}

#[test]
fn names_that_cannot_be_shown_are_refused() {
    let mut store = Store::in_memory().unwrap();
    let long = "я".repeat(81);
    for bad in ["", " \t ", &long, "a\nb", "a\u{7}b", "a\u{202e}b", "a\u{0}b"] {
        assert!(matches!(store.trainee_named(bad), Err(StoreError::BadName { .. })), "{bad:?}");
    }
    assert_eq!(store.trainees().unwrap(), []);
    store.trainee_named(&"я".repeat(80)).unwrap();
}

#[test]
fn renaming_keeps_the_attempts_and_takes_no_other_name() {
    let mut store = Store::in_memory().unwrap();
    let (mira, attempt) = begin(&mut store, "Mira");
    store.trainee_named("Pavel").unwrap();
    assert_eq!(store.rename_trainee(mira, "PAVEL"), Err(StoreError::NameTaken { name: "Pavel".into() }));
    assert_eq!(store.rename_trainee(mira, "mira").unwrap().name, "mira");
    assert_eq!(store.rename_trainee(mira, "Mira K.").unwrap().name, "Mira K.");
    assert_eq!(store.trainee_named("mira k.").unwrap().id, mira);
    assert_eq!(store.attempt(attempt).unwrap().summary.trainee, mira);
}

#[test]
fn an_archived_trainee_keeps_everything_and_comes_back_by_name() {
    let mut store = Store::in_memory().unwrap();
    let (mira, attempt) = begin(&mut store, "Mira");
    assert_eq!(store.latest_trainee().unwrap().map(|latest| latest.id), Some(mira));
    assert!(store.archive_trainee(mira).unwrap().archived);
    assert_eq!(store.trainees().unwrap(), []);
    assert_eq!(store.latest_trainee().unwrap(), None);
    assert_eq!(store.attempt(attempt).unwrap().summary.trainee, mira);
    let back = store.trainee_named("mira").unwrap();
    assert_eq!((back.id, back.archived), (mira, false));
}

#[test]
fn a_trainee_of_another_store_is_unknown() {
    let mut other = Store::in_memory().unwrap();
    let stranger = other.trainee_named("Stranger").unwrap().id;
    let mut store = Store::in_memory().unwrap();
    assert_eq!(store.trainee(stranger), Err(StoreError::NoSuchTrainee));
    assert_eq!(store.rename_trainee(stranger, "x"), Err(StoreError::NoSuchTrainee));
    assert_eq!(store.archive_trainee(stranger), Err(StoreError::NoSuchTrainee));
    let new = crate::samples::new_attempt(stranger, "parcel", 0);
    assert_eq!(store.begin_attempt(new), Err(StoreError::NoSuchTrainee));
}
