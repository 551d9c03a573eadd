//! How long it takes to read a reply of 25 words by each stage and by both, to make the reader ready, and to read a mebibyte of
//! hostile text.

use calmline::language::{Context, LanguagePack, Lexicon, Reader};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// 32 words of Russian in which no phrase is known.
const INDIRECT: &str = "Мне до сих пор неловко за то, как вас встретили у нас вчера. Мастер уже выехал, и если вам это подходит, к вечеру \
    всё будет стоять на своих местах, как и раньше.";

/// 25 words with an apology, a question, an offer and a promise in them.
const REPLY: &str = "I'm sorry about the delay, Ms Novak. Could you tell me the order number? \
    I'll call you back by 4:30 pm and send a new one.";

fn reading(criterion: &mut Criterion) {
    let pack = LanguagePack::bundled("en").expect("the English pack");
    let lexicon = Lexicon::empty();
    let context = Context { customer: "Where is my parcel?", now: jiff::civil::date(2026, 3, 2).at(10, 0, 0, 0) };
    criterion.bench_function("read 25 words", |bencher| {
        bencher.iter(|| pack.read(black_box(REPLY), &context, &lexicon));
    });

    let reader = Reader::of(pack);
    criterion.bench_function("read 25 words with both stages", |bencher| {
        bencher.iter(|| reader.read(black_box(REPLY), &context, &lexicon));
    });
    let russian = LanguagePack::bundled("ru").expect("the Russian pack");
    criterion.bench_function("read 32 words of Russian with both stages", |bencher| {
        bencher.iter(|| Reader::of(russian).read(black_box(INDIRECT), &context, &lexicon));
    });

    let mut long = criterion.benchmark_group("hostile");
    long.sample_size(10);
    for (name, unit) in
        [("commitments", "we will call you in 5 minutes "), ("one word", "a"), ("quotes", "\"I'm 'sorry\" ")]
    {
        let text = unit.repeat((1 << 20) / unit.len());
        long.throughput(Throughput::Bytes(text.len() as u64));
        long.bench_function(name, |bencher| bencher.iter(|| pack.read(black_box(&text), &context, &lexicon)));
        long.bench_function(format!("{name}, both stages"), |bencher| {
            bencher.iter(|| reader.read(black_box(&text), &context, &lexicon));
        });
    }
    long.finish();

    let source = include_str!("../assets/languages/en.ron");
    criterion.bench_function("compile the English pack", |bencher| {
        bencher.iter(|| LanguagePack::from_ron("en.ron", black_box(source)).expect("a sound pack"));
    });
    #[cfg(feature = "learned")]
    criterion.bench_function("open the learned stage", |bencher| {
        use calmline::language::meaning::{Encoder, Heads};
        bencher.iter(|| {
            let words = Encoder::open(include_bytes!("../assets/encoder/words.bin")).expect("the encoder");
            let heads =
                Heads::open(black_box(include_bytes!("../assets/encoder/heads.bin"))).expect("what was learned");
            (words, heads)
        });
    });
}

criterion_group!(benches, reading);
criterion_main!(benches);
