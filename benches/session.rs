//! Folding and judging a long session.

use std::hint::black_box;
use std::sync::Arc;

use calmline::check;
use calmline::rules::Rubric;
use calmline::session::{Content, Event, Input, Mode, MoodTable, Session, Setup, State, judge};
use criterion::{Criterion, criterion_group, criterion_main};

/// A customer who talks for ever: nothing leads to the ending before the thousandth reply.
const PATIENT: &str = r#"(
    title: "A long talk",
    customer: (name: "Sam Reed", temper: (anger: 40, trust: 50, patience: 100, volatility: 0.0, forgiveness: 1.0)),
    beats: [(id: "talk", says: ["And then it rang again."])],
    endings: [(id: "over", outcome: Resolved, when: [Replies(1000)])],
)"#;

/// The first 500 events of a talk.
fn log() -> (Content, Setup, Vec<Event>) {
    let loaded = check::load("patient.ron", "patient", PATIENT.as_bytes()).expect("a playable scenario");
    let content = Content::new(loaded, Arc::new(Rubric::bundled().clone()), Arc::new(MoodTable::bundled()))
        .expect("its language is English");
    let setup = Setup { mode: Mode::Practise, seed: 7, trainee: "Nadia".into() };
    let mut session = Session::new(content.clone(), setup.clone());
    let act = |session: &mut Session, input| session.commit(session.plan(input).expect("the talk goes on"));
    act(&mut session, Input::Open);
    while session.events().len() < 500 {
        let text = "So the phone rang again at night, is that right?".into();
        act(&mut session, Input::Reply { text, took: 9, chosen: None });
    }
    let events = session.events()[..500].to_vec();
    (content, setup, events)
}

fn benches(c: &mut Criterion) {
    let (content, setup, events) = log();
    c.bench_function("fold a session of 500 events", |b| {
        b.iter(|| State::fold(black_box(&content.scenario), setup.clone(), black_box(&events)));
    });
    c.bench_function("judge a session of 500 events", |b| {
        b.iter(|| judge(black_box(&content), black_box(&setup), black_box(&events)));
    });
}

criterion_group!(session, benches);
criterion_main!(session);
