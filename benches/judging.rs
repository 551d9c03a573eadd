//! How long judging a session takes.

use std::hint::black_box;

use calmline::rules::{Conversation, RULES, Rubric, judge};
use criterion::{Criterion, criterion_group, criterion_main};

/// All models of the handbook in a row: a long session in which everything happens once.
fn long_session() -> Conversation {
    let mut session = Conversation { address: "Ms Novak".into(), ..Conversation::default() };
    for example in RULES.iter().flat_map(|rule| rule.good.iter().chain(rule.bad)) {
        let part = example.conversation();
        let before = session.turns.len();
        session.turns.extend(part.turns);
        session.needed_facts.extend(part.needed_facts);
        session.promises.extend(part.promises.into_iter().map(|mut promise| {
            promise.turn += before;
            promise
        }));
    }
    session
}

fn judging(criterion: &mut Criterion) {
    let rubric = Rubric::bundled();
    let session = long_session();
    let replies = session.agent_turns().count();
    criterion.bench_function(&format!("judge a session of {replies} replies"), |bencher| {
        bencher.iter(|| judge(black_box(&session), rubric));
    });
    let short = RULES[0].good[0].conversation();
    criterion.bench_function("judge a session of one reply", |bencher| {
        bencher.iter(|| judge(black_box(&short), rubric));
    });
    criterion.bench_function("load the standard rubric", |bencher| {
        let bytes = include_bytes!("../assets/rubrics/standard.ron");
        bencher.iter(|| Rubric::load("standard.ron", black_box(bytes)));
    });
}

criterion_group!(benches, judging);
criterion_main!(benches);
