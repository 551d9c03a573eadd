//! Scores: the scorecard as it was, each rule over time, each scenario's best and last.

use calmline::progress::{RulePoint, ScenarioStanding, Store, StoreError};

use crate::samples::{begin, new_attempt, scorecard, second};

#[test]
fn the_whole_scorecard_is_kept() {
    let mut store = Store::in_memory().unwrap();
    let (_, id) = begin(&mut store, "Mira");
    assert_eq!(store.scorecard(id).unwrap(), None);
    let card = scorecard(64, &[("apologise", Some(40)), ("call-back", None)]);
    store.finish_attempt(id, second(1), &card).unwrap();
    assert_eq!(store.scorecard(id).unwrap(), Some(card));
}

#[test]
fn rules_are_followed_over_time() {
    let mut store = Store::in_memory().unwrap();
    let (mira, first) = begin(&mut store, "Mira");
    let second_try = store.begin_attempt(new_attempt(mira, "parcel", 1)).unwrap();
    let open = store.begin_attempt(new_attempt(mira, "parcel", 2)).unwrap();
    let (_, anothers) = begin(&mut store, "Pavel");
    // Finished in another order than begun.
    store
        .finish_attempt(second_try, second(10), &scorecard(30, &[("clarify", Some(30)), ("apologise", None)]))
        .unwrap();
    store.finish_attempt(first, second(20), &scorecard(80, &[("clarify", Some(90)), ("apologise", Some(0))])).unwrap();
    store.finish_attempt(anothers, second(30), &scorecard(10, &[("clarify", Some(10))])).unwrap();
    store.abandon_attempt(open, second(40)).unwrap();

    let history = store.rule_history(mira).unwrap();
    let rules: Vec<&str> = history.iter().map(|history| history.rule.as_str()).collect();
    assert_eq!(rules, ["apologise", "clarify"]);
    assert_eq!(history[0].points, [RulePoint { at: second(20), score: 0, attempt: first }]);
    let clarify = [
        RulePoint { at: second(10), score: 30, attempt: second_try },
        RulePoint { at: second(20), score: 90, attempt: first },
    ];
    assert_eq!(history[1].points, clarify);
}

#[test]
fn each_scenario_has_a_best_and_a_last() {
    let mut store = Store::in_memory().unwrap();
    let mira = store.trainee_named("Mira").unwrap().id;
    let mut play = |scenario: &str, at: i64, score: u8| {
        let id = store.begin_attempt(new_attempt(mira, scenario, at)).unwrap();
        store.finish_attempt(id, second(at), &scorecard(score, &[])).unwrap();
        id
    };
    play("parcel", 1, 50);
    play("parcel", 2, 90);
    let last_parcel = play("parcel", 3, 70);
    let hotel = play("hotel", 2, 0);
    store.begin_attempt(new_attempt(mira, "bank", 9)).unwrap();
    let standing = |id: &str, attempts, best, last, at, attempt| ScenarioStanding {
        scenario_id: id.into(),
        attempts,
        best,
        last,
        last_at: second(at),
        last_attempt: attempt,
    };
    let expected = [standing("hotel", 1, 0, 0, 2, hotel), standing("parcel", 3, 90, 70, 3, last_parcel)];
    assert_eq!(store.scenario_standings(mira).unwrap(), expected);
}

#[test]
fn an_impossible_scorecard_leaves_the_attempt_open() {
    let mut store = Store::in_memory().unwrap();
    let (mira, id) = begin(&mut store, "Mira");
    let twice = scorecard(50, &[("clarify", Some(1)), ("courtesy", None), ("clarify", Some(2))]);
    for card in [scorecard(101, &[]), scorecard(50, &[("clarify", Some(101))]), twice] {
        assert!(matches!(store.finish_attempt(id, second(1), &card), Err(StoreError::BadScorecard { .. })));
    }
    assert_eq!(store.unfinished(mira).unwrap().len(), 1);
    assert_eq!(store.scorecard(id).unwrap(), None);
}
