//! Tests that need the connection itself.

use jiff::Timestamp;
use rusqlite::Connection;

use super::*;
use crate::session::{Event, Mode};

fn attempt_in(store: &mut Store) -> AttemptId {
    let trainee = store.trainee_named("Mira").expect("a trainee").id;
    let new = NewAttempt {
        trainee,
        scenario_id: "parcel".into(),
        scenario_path: None,
        scenario_title: "The parcel".into(),
        language: "en".into(),
        mode: Mode::Learn,
        seed: 1,
        scenario_hash: "s".into(),
        rubric_hash: "r".into(),
        pack_hash: "p".into(),
        moods_hash: "m".into(),
        started_at: Timestamp::UNIX_EPOCH,
        scenario_source: "Scenario()".into(),
        rubric_source: "Rubric()".into(),
        company: None,
    };
    store.begin_attempt(new).expect("an attempt")
}

fn dispute_of(attempt: AttemptId) -> NewDispute {
    NewDispute {
        attempt,
        event: 0,
        reply: 1,
        language: "en".into(),
        customer: String::new(),
        text: "Hm.".into(),
        moment: jiff::civil::date(2026, 3, 2).at(10, 0, 0, 0),
        recognised: false,
        was_read: vec![],
        wanted: vec![crate::language::Act::Empathy],
        note: None,
        made_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_store_of_the_first_version_is_brought_up_to_date_with_all_it_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut old = Connection::open(folder.path().join(STORE_FILE)).expect("a file");
    old.pragma_update(None, "application_id", u32::from_be_bytes(*b"CALM")).expect("its id");
    let first = refinery::Target::Version(1);
    opening::embedded::migrations::runner().set_target(first).run(&mut old).expect("version 1");
    old.execute_batch(
        "INSERT INTO trainees (name, name_key) VALUES ('Mira', 'mira');
         INSERT INTO attempts (public_id, trainee, scenario_id, scenario_title, language, mode, seed, scenario_hash,
             rubric_hash, pack_hash, moods_hash, program, started_at)
         VALUES ('0123456789abcdef0123456789abcdef', 1, 'parcel', 'The parcel', 'en', 'learn', 1, 's', 'r', 'p', 'm', '0.1', 0);
         INSERT INTO contents VALUES ('scenario', 's', 'Scenario()'), ('rubric', 'r', 'Rubric()');
         INSERT INTO events VALUES (1, 0, '{\"fact_learned\":{\"id\":\"order\"}}');",
    )
    .expect("an attempt of that time");
    drop(old);

    let mut store = Store::open(folder.path()).expect("the same store");
    let attempt = store.resolve_prefix("0123").expect("the attempt");
    assert_eq!(store.events(attempt).expect("its events").len(), 1);
    assert_eq!(store.attempt(attempt).expect("itself").summary.scenario_title, "The parcel");
    store.add_dispute(dispute_of(attempt)).expect("a dispute");
}

fn hint(text: &str) -> Event {
    Event::HintShown { hint: crate::session::Hint::Beat(text.into()) }
}

#[test]
fn a_full_disk_loses_only_what_did_not_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("a store");
    let attempt = attempt_in(&mut store);
    store.append_events(attempt, 0, &[hint("fits")]).expect("room for one");

    let pages: u32 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).expect("a count");
    let limit = |store: &Store, pages: u32| {
        store.db.pragma_update_and_check(None, "max_page_count", pages, |row| row.get::<_, u32>(0)).expect("a limit")
    };
    limit(&store, pages);
    let long = "long ".repeat(10_000);
    let refused = store.append_events(attempt, 1, &[hint("short"), hint(&long)]);
    assert_eq!(refused, Err(StoreError::Full { file: store.file().into() }));
    assert_eq!(store.events(attempt).as_deref(), Ok(&[hint("fits")][..]));

    limit(&store, pages + 1000);
    store.append_events(attempt, 1, &[hint(&long)]).expect("room again");
    drop(store);
    let store = Store::open(folder.path()).expect("the same store");
    assert_eq!(store.events(attempt).as_deref(), Ok(&[hint("fits"), hint(&long)][..]));
}

#[test]
fn what_has_happened_cannot_be_changed_even_by_sql() {
    let mut store = Store::in_memory().expect("a store");
    let attempt = attempt_in(&mut store);
    store.append_events(attempt, 0, &[hint("one"), hint("two")]).expect("events");
    let card = crate::rules::Scorecard {
        score: 70,
        uncapped: 70,
        outcome: None,
        critical: vec![],
        rules: vec![crate::rules::RuleScore {
            rule: "clarify".into(),
            verdict: crate::rules::Verdict::Kept,
            score: Some(70),
            starts_at: 0,
            weight: 1,
            findings: vec![],
        }],
        promises: vec![],
        turns: 1,
    };
    let open_attempt = attempt_in(&mut store);
    store.append_events(open_attempt, 0, &[hint("open")]).expect("an event");
    store.finish_attempt(attempt, Timestamp::UNIX_EPOCH, &card).expect("finished");
    let dispute = store.add_dispute(dispute_of(attempt)).expect("a dispute");
    let settlement = Settlement { ruling: Ruling::Settled(vec![]), by: "Tom".into(), at: Timestamp::UNIX_EPOCH };
    store.settle_dispute(dispute, &settlement).expect("settled");

    let refused = [
        "UPDATE events SET json = '{}'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT attempt, seq, '{}' FROM events",
        "INSERT INTO events SELECT id, 7, '{}' FROM attempts WHERE state = 'open'",
        "INSERT INTO events SELECT id, 2, '{}' FROM attempts WHERE state = 'finished'",
        "UPDATE attempts SET score = 100 WHERE state = 'finished'",
        "UPDATE attempts SET seed = 7 WHERE state = 'open'",
        "UPDATE attempts SET state = 'finished', ended_at = 1 WHERE state = 'open'",
        "DELETE FROM attempts",
        "INSERT OR REPLACE INTO attempts SELECT * FROM attempts",
        "UPDATE rule_scores SET score = 100",
        "DELETE FROM rule_scores",
        "INSERT OR REPLACE INTO rule_scores SELECT attempt, rule, verdict, 100, weight FROM rule_scores",
        "UPDATE scorecards SET json = '{}'",
        "DELETE FROM scorecards",
        "INSERT OR REPLACE INTO scorecards SELECT attempt, '{}' FROM scorecards",
        "UPDATE contents SET text = ''",
        "DELETE FROM contents",
        "INSERT OR REPLACE INTO contents SELECT kind, hash, '' FROM contents",
        "DELETE FROM trainees",
        "UPDATE attempts SET company_hash = 'c' WHERE state = 'open'",
        "UPDATE disputes SET wanted = '[]'",
        "DELETE FROM disputes",
        "INSERT OR REPLACE INTO disputes SELECT * FROM disputes",
        "UPDATE settlements SET acts = '[\"apology\"]'",
        "DELETE FROM settlements",
        "INSERT OR REPLACE INTO settlements SELECT * FROM settlements",
    ];
    for sql in refused {
        let error = store.db.execute(sql, []).expect_err(sql);
        assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::ConstraintViolation), "{sql}: {error}");
    }
    assert_eq!(store.events(attempt).as_deref(), Ok(&[hint("one"), hint("two")][..]));
    assert_eq!(store.scorecard(attempt), Ok(Some(card)));
}

#[test]
fn the_schema_version_is_the_newest_migration() {
    let store = Store::in_memory().expect("a store");
    let newest: u32 = store
        .db
        .query_row("SELECT MAX(version) FROM refinery_schema_history", [], |row| row.get(0))
        .expect("a history");
    assert_eq!(newest, opening::SCHEMA);
}

#[test]
fn commits_reach_the_disk_before_they_return() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let pragma = |db: &Connection, name: &str| -> rusqlite::types::Value {
        db.pragma_query_value(None, name, |row| row.get(0)).expect("a pragma")
    };
    assert_eq!(pragma(&store.db, "journal_mode"), rusqlite::types::Value::Text("wal".into()));
    assert_eq!(pragma(&store.db, "synchronous"), rusqlite::types::Value::Integer(2));
    assert_eq!(pragma(&store.db, "foreign_keys"), rusqlite::types::Value::Integer(1));
}

#[test]
fn no_list_reads_through_everybodys_attempts() {
    let store = Store::in_memory().expect("a store");
    let queries = [
        attempt::summaries(attempt::OPEN_ONES),
        attempt::summaries(attempt::NEWEST_FIRST),
        attempt::COUNTS.into(),
        attempt::STARTING_WITH.into(),
        score::RULES_OVER_TIME.into(),
        score::STANDINGS.into(),
    ];
    for sql in queries {
        let mut plan = store.db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a plan");
        let mut rows = plan.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = rows.next().expect("a step") {
            steps.push(row.get::<_, String>("detail").expect("its words"));
        }
        let tables = ["attempts", "latest", "events", "rule_scores"];
        let reads_all = |step: &String| tables.iter().any(|table| step.starts_with(&format!("SCAN {table}")));
        assert!(
            steps.iter().any(|step| step.starts_with("SEARCH")) && !steps.iter().any(reads_all),
            "{sql}: {steps:#?}"
        );
    }
}
