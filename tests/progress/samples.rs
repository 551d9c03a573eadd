//! Trainees, attempts and scorecards to store.

use calmline::progress::{AttemptId, NewAttempt, Store, TraineeId};
use calmline::rules::{RuleScore, Scorecard, Verdict};
use calmline::scenario::Outcome;
use calmline::session::{Event, Mode};
use jiff::Timestamp;

/// A moment so many seconds after the start of the record.
pub fn second(seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(1_780_000_000_000_000 + seconds * 1_000_000 + 42).unwrap()
}

pub fn new_attempt(trainee: TraineeId, scenario: &str, started: i64) -> NewAttempt {
    NewAttempt {
        trainee,
        scenario_id: scenario.into(),
        scenario_path: Some(format!("scenarios/en/{scenario}.ron")),
        scenario_title: format!("About the {scenario}"),
        language: "en".into(),
        mode: Mode::Practise,
        seed: u64::MAX - 3,
        scenario_hash: format!("hash of {scenario}"),
        rubric_hash: "hash of the rubric".into(),
        pack_hash: "hash of the pack".into(),
        moods_hash: "hash of the moods".into(),
        started_at: second(started),
        scenario_source: format!("Scenario(title: \"{scenario}\")"),
        rubric_source: "Rubric()".into(),
        company: Some(("hash of the company pack".into(), "its phrases".into())),
    }
}

pub fn begin(store: &mut Store, name: &str) -> (TraineeId, AttemptId) {
    let trainee = store.trainee_named(name).unwrap().id;
    let attempt = store.begin_attempt(new_attempt(trainee, "parcel", 0)).unwrap();
    (trainee, attempt)
}

pub fn hint(text: impl ToString) -> Event {
    Event::HintShown { hint: calmline::session::Hint::Beat(text.to_string()) }
}

pub fn scorecard(score: u8, rules: &[(&str, Option<u8>)]) -> Scorecard {
    let rule_score = |&(rule, score): &(&str, Option<u8>)| RuleScore {
        rule: rule.into(),
        verdict: if score.is_some() { Verdict::PartlyKept } else { Verdict::NotCalledFor },
        score,
        weight: 3,
        starts_at: 0,
        findings: Vec::new(),
    };
    Scorecard {
        score,
        uncapped: score,
        outcome: Some(Outcome::Settled),
        critical: Vec::new(),
        rules: rules.iter().map(rule_score).collect(),
        promises: Vec::new(),
        turns: 5,
    }
}
