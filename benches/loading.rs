//! How long it takes to load and check a scenario: a usual one, the largest one, and a broken one with its errors shown.

use std::fmt::Write;
use std::hint::black_box;

use calmline::check::load;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn loading(c: &mut Criterion) {
    let usual = include_bytes!("../tests/scenarios/every-field.ron");
    let broken = include_bytes!("../tests/broken/everything-at-once.ron");
    let large = large();
    assert!(load("usual.ron", "usual", usual).is_ok());
    assert!(load("large.ron", "large", large.as_bytes()).is_ok());

    let mut group = c.benchmark_group("scenario");
    group.throughput(Throughput::Bytes(usual.len() as u64));
    group.bench_function("load and check", |b| b.iter(|| load("usual.ron", "usual", black_box(usual))));
    group.throughput(Throughput::Bytes(large.len() as u64));
    group.bench_function("load and check 500 beats", |b| {
        b.iter(|| load("large.ron", "large", black_box(large.as_bytes())))
    });
    group.throughput(Throughput::Bytes(broken.len() as u64));
    group.bench_function("refuse and show why", |b| {
        b.iter(|| load("broken.ron", "broken", black_box(broken)).map_err(|problems| problems.render(false)));
    });
    group.finish();
}

/// A scenario of as many beats as are allowed, near the allowed size.
fn large() -> String {
    let mut text = String::from("Scenario(title: \"Long\", endings: [(id: \"end\", outcome: Resolved)], beats: [\n");
    for beat in 0..500 {
        let next = if beat == 499 { "end".to_owned() } else { format!("beat-{}", beat + 1) };
        let says = format!("\"{}\"", "I have been waiting for an hour. ".repeat(40));
        let _ = writeln!(
            text,
            "(id: \"beat-{beat}\", says: [{says}], options: [(text: \"I am sorry.\", expect: [apology])], exits: [(when: [Act(apology)], to: \"{next}\"), (to: \"{next}\")]),"
        );
    }
    text.push_str("])\n");
    text
}

criterion_group!(benches, loading);
criterion_main!(benches);
