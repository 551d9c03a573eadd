//! Folding and judging a long session.

use std::hint::black_box;
use std::sync::Arc;

use calmline::content::Library;
use calmline::rules::Rubric;
use calmline::session::{Content, Event, Input, Mode, MoodTable, Session, Setup, State, judge};
use criterion::{Criterion, criterion_group, criterion_main};

/// A log of at least so many events: the same talk, taken back and played again.
fn log(events: usize) -> (Content, Setup, Vec<Event>) {
    let loaded = Library::open(None).load("the-parcel-that-never-came").expect("a bundled scenario");
    let content = Content::new(loaded, Arc::new(Rubric::bundled().clone()), Arc::new(MoodTable::bundled()))
        .expect("its language is English");
    let setup = Setup { mode: Mode::Practise, seed: 7, trainee: "Nadia".into() };
    let mut session = Session::new(content.clone(), setup.clone());
    let act = |session: &mut Session, input| {
        if let Ok(events) = session.plan(input) {
            session.commit(events);
        }
    };
    act(&mut session, Input::Open);
    let talk = [
        "I'm so sorry, Ms Novak. What is the order number?",
        "And which address should it go to?",
        "So nobody came on Monday. By when do you need it?",
    ];
    while session.events().len() < events {
        for text in talk {
            act(&mut session, Input::Reply { text: text.into(), took: 9, chosen: None });
        }
        act(&mut session, Input::Rewind { reply: 1 });
    }
    let mut events = session.events().to_vec();
    events.truncate(500);
    (content, setup, events)
}

fn benches(c: &mut Criterion) {
    let (content, setup, events) = log(500);
    c.bench_function("fold a session of 500 events", |b| {
        b.iter(|| State::fold(black_box(&content.scenario), setup.clone(), black_box(&events)));
    });
    c.bench_function("judge a session of 500 events", |b| {
        b.iter(|| judge(black_box(&content), black_box(&setup), black_box(&events)));
    });
}

criterion_group!(session, benches);
criterion_main!(session);
