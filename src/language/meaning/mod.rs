//! The learned stage: what the clauses of a reply mean, by an encoder and by heads learned from labelled replies.

mod clauses;
mod encoder;
pub mod example;
mod heads;
mod layer;
#[cfg(feature = "training")]
pub mod learning;
mod network;
mod pieces;
mod products;
mod refit;
mod tensors;
#[cfg(feature = "training")]
mod training;
mod transformer;
mod weighing;
mod words;

use std::sync::OnceLock;

use rust_embed::RustEmbed;

pub use encoder::Encoder;
pub use heads::{Heads, MadeFrom, digest};
pub use tensors::TensorError;

use super::by_phrases::{ByPhrases, OpenTime};
use super::{Act, FoundAct, FoundPromise, LanguagePack, Reading, Reason, Span};
use crate::fingerprint::short_sha256;
use encoder::Clause;
use example::Example;
use heads::{Memory, best_clause};
use refit::refit;
use weighing::Weighing;

/// The chance from which an act is seen in a reply of which the phrases can place nothing at all: for such words may be about
/// anything, it must be likelier than not.
const UNPLACED: f32 = 0.5;

/// The chance below which words that look like a promise are none.
const NO_PROMISE: f32 = 0.1;

/// The chance from which an act is seen in words of which a phrase of the language pack says that they are none.
const DESPITE_PHRASE: f32 = 0.8;

/// Fewer letters than this to a word piece, and the words are no words: what people write falls into longer pieces.
const FEWEST_LETTERS: f32 = 2.0;

/// How clearly a reading that a trainer has settled is read from then on.
const STATED: f32 = 0.8;

/// Nobody is surer than this, in percent.
const MOST_CERTAIN: u8 = 99;

/// The encoder's files and the learned heads, as the program carries them.
#[derive(RustEmbed)]
#[folder = "assets/encoder/"]
#[include = "words.bin"]
#[include = "heads.bin"]
struct Bundled;

/// The learned stage, ready for use.
#[derive(Debug)]
pub struct Meaning {
    encoder: &'static Encoder,
    heads: Heads,
    hash: String,
}

/// The encoder that the program carries; none where its files are missing or broken.
pub fn bundled_encoder() -> Option<&'static Encoder> {
    static ENCODER: OnceLock<Option<Encoder>> = OnceLock::new();
    ENCODER.get_or_init(|| Encoder::open(carried("words.bin")?).ok()).as_ref()
}

/// A file that the program carries, for as long as it runs.
fn carried(name: &str) -> Option<&'static [u8]> {
    match Bundled::get(name)?.data {
        std::borrow::Cow::Borrowed(bytes) => Some(bytes),
        // Only where the files are read from disk, as a build may be told to.
        std::borrow::Cow::Owned(bytes) => Some(Vec::leak(bytes)),
    }
}

impl Meaning {
    /// The learned stage that the program carries; none where a file of it is missing or broken.
    #[must_use]
    pub fn bundled() -> Option<&'static Meaning> {
        static MEANING: OnceLock<Option<Meaning>> = OnceLock::new();
        MEANING
            .get_or_init(|| {
                let file = carried("heads.bin")?;
                let heads = Heads::open(file).ok()?;
                Some(Meaning { encoder: bundled_encoder()?, heads, hash: short_sha256(file) })
            })
            .as_ref()
    }

    /// The learned stage that the program carries, fitted to further replies as the pack reads them; none where there are none or
    /// it carries no such stage.
    pub(super) fn fitted(examples: &[Example], pack: &LanguagePack) -> Option<Meaning> {
        let Meaning { encoder, heads, hash } = Meaning::bundled()?;
        if examples.is_empty() {
            return None;
        }
        let mut heads = heads.clone();
        refit(encoder, &mut heads, examples, |_| Some(pack), STATED);
        let fitted: Vec<u8> = heads.memories.iter().flat_map(Memory::bytes).collect();
        let hash = short_sha256(&[hash.as_bytes(), &fitted].concat());
        Some(Meaning { encoder, heads, hash })
    }

    /// What was learned, by the start of its SHA-256 in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What it was learned from.
    #[must_use]
    pub fn made_from(&self) -> &MadeFrom {
        &self.heads.made_from
    }

    /// Weighs what the patterns found against what the clauses mean: acts that only the patterns' words suggest are dropped,
    /// acts without such words are added with their clause as evidence. What the company's phrases say of their words stands;
    /// what the language pack's phrases hide is added only where its meaning is clear.
    pub(crate) fn weigh(&self, phrases: ByPhrases, reply: &str, customer: &str, pack: &LanguagePack) -> Reading {
        let ByPhrases { mut reading, rulings, open_times } = phrases;
        let clauses = self.encoder.cut(reply, customer, Some(pack));
        let scored = self.heads.score(&self.encoder.features(&self.heads.blocks, &clauses));
        let placed = reading.recognised;
        // Words that no phrase places may be no words at all: then nothing is seen in them.
        let words = placed || letters_to_a_piece(reply, &clauses) >= FEWEST_LETTERS;
        // Next steps last: a promise that is none is no next step either.
        let others = Act::ALL.iter().filter(|act| **act != Act::NextStep);
        for &act in others.chain(&[Act::NextStep]) {
            let Some((clause, score)) = best_clause(&scored, act) else { continue };
            let found = || reading.acts.iter().filter(|found| found.act == act);
            let mut stated: Vec<Span> = rulings.iter().filter_map(|ruling| ruling.states(act)).collect();
            stated.sort_unstable();
            if any_meet(found().map(|found| found.span), stated) {
                continue;
            }
            let mut matched = found().map(|found| found.certainty).max();
            let weighing = self.heads.weighing(act);
            let denied = |at: usize| {
                found().any(|found| found.span.meets(clauses[at].span)) && self.heads.denies(act, scored.units(at))
            };
            if weighing.is_textbook(matched) && (0..clauses.len()).any(denied) {
                matched = Weighing::denied(matched);
            }
            let (mut held, chance) = weighing.decide(score, matched);
            let affirmed = || self.heads.affirms(act, scored.units(clause));
            held = held && (matched.is_some() || placed || (words && chance >= UNPLACED) || affirmed());
            let certainty = ((chance * 100.0).round() as u8).min(MOST_CERTAIN);
            // What was understood as a promise stands unless it means something else altogether.
            let promised = match act {
                Act::TimedPromise => reading.promises.iter().any(|promise| promise.due.is_some()),
                Act::VaguePromise => reading.promises.iter().any(|promise| promise.due.is_none()),
                Act::NextStep => !reading.promises.is_empty(),
                _ => false,
            };
            let stands = held || (promised && matched.is_some() && chance >= NO_PROMISE);
            if !stands {
                reading.acts.retain(|found| found.act != act);
                match act {
                    Act::TimedPromise => reading.promises.retain(|promise| promise.due.is_none()),
                    Act::VaguePromise => reading.promises.retain(|promise| promise.due.is_some()),
                    _ => {}
                }
            } else if matched.is_some() {
                for found in reading.acts.iter_mut().filter(|found| found.act == act) {
                    found.certainty = if held { certainty } else { found.certainty };
                }
            } else if !rulings.iter().any(|ruling| {
                // What everybody says is harmless unless it was stated of these very words that they are not.
                let is_final = ruling.is_own() || (ruling.is_harmless(act) && !affirmed());
                ruling.excludes(act, clauses[clause].span) && (is_final || chance < DESPITE_PHRASE)
            }) {
                let like = self.heads.like(pack.language(), act, scored.units(clause)).unwrap_or_default().to_owned();
                let span = clauses[clause].span;
                reading.acts.push(FoundAct { act, span, certainty, because: Reason::Example(like) });
                if act == Act::TimedPromise {
                    reading.promises.extend(promises_within(span, &open_times));
                }
            }
        }
        reading.acts.sort_by_key(|found| (found.span.start, found.act, found.span.end));
        reading.promises.sort_by_key(|promise| promise.span.start);
        reading.recognised |= !reading.acts.is_empty();
        reading
    }
}

/// The promises that the words of a clause are by the times they name; else by those of the sentence around them.
fn promises_within(clause: Span, times: &[OpenTime]) -> Vec<FoundPromise> {
    let whole = |time: &OpenTime| {
        let span = time.promise.span;
        let span = Span { start: clause.start.min(span.start), end: clause.end.max(span.end) };
        FoundPromise { span, ..time.promise.clone() }
    };
    let of = |near: &dyn Fn(&OpenTime) -> bool| times.iter().filter(|time| near(time)).map(whole).collect();
    let promises: Vec<FoundPromise> = of(&|time| time.promise.span.meets(clause));
    if promises.is_empty() { of(&|time| time.sentence.meets(clause)) } else { promises }
}

/// Whether a span of one list shares bytes with one of the other; both stand in the order of their starts.
fn any_meet(one: impl IntoIterator<Item = Span>, other: impl IntoIterator<Item = Span>) -> bool {
    let (mut one, mut other) = (one.into_iter().peekable(), other.into_iter().peekable());
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        if a.meets(*b) {
            return true;
        }
        if a.end <= b.end {
            one.next();
        } else {
            other.next();
        }
    }
    false
}

/// How many letters of the reply's clauses fall on each of their pieces.
fn letters_to_a_piece(reply: &str, clauses: &[Clause]) -> f32 {
    let (mut letters, mut pieces) = (0, 0);
    for clause in clauses {
        letters += clause.span.of(reply).chars().filter(|letter| letter.is_alphanumeric()).count();
        pieces += clause.all_pieces;
    }
    letters as f32 / pieces.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0usize..60, 1usize..9), 0..9).prop_map(|spans| {
            let mut spans: Vec<Span> =
                spans.into_iter().map(|(start, long)| Span { start, end: start + long }).collect();
            spans.sort_unstable();
            spans
        })
    }

    proptest! {
        #[test]
        fn spans_of_two_lists_meet_where_any_two_do(one in spans(), other in spans()) {
            let meet = one.iter().any(|a| other.iter().any(|b| a.meets(*b)));
            prop_assert_eq!(any_meet(one, other), meet);
        }
    }

    #[test]
    fn a_promise_that_is_seen_by_its_meaning_takes_the_times_of_its_words_or_of_its_sentence() {
        let day = jiff::civil::date(2026, 3, 2);
        let time = |start, hour, sentence| {
            let due = Some(day.at(hour, 0, 0, 0));
            let span = Span { start, end: start + 5 };
            let promise = FoundPromise { span, due, not_before: None, contact: super::super::Contact::Action };
            OpenTime { promise, sentence }
        };
        let (one, two) = (Span { start: 0, end: 30 }, Span { start: 31, end: 60 });
        let times = [time(3, 9, one), time(12, 16, one), time(40, 18, two)];
        let hours = |start, end| {
            let promises = promises_within(Span { start, end }, &times);
            promises.iter().map(|promise| promise.due.map(|due| due.hour())).collect::<Vec<_>>()
        };
        assert_eq!(hours(0, 10), [Some(9)]);
        assert_eq!(hours(0, 15), [Some(9), Some(16)]);
        assert_eq!(hours(50, 58), [Some(18)]);
        assert_eq!(promises_within(Span { start: 50, end: 58 }, &times)[0].span, Span { start: 40, end: 58 });
        assert_eq!(hours(61, 70), []);
    }

    #[test]
    fn what_is_typed_in_latin_letters_has_the_pieces_of_its_own() {
        let encoder = bundled_encoder().expect("the encoder");
        let pack = LanguagePack::bundled("bg");
        let pieces = |reply: &str, customer: &str| {
            let clauses = encoder.cut(reply, customer, pack);
            clauses.into_iter().map(|clause| (clause.pieces, clause.plain)).collect::<Vec<_>>()
        };
        let own = pieces("спокойно бе, не е станало нищо", "не е станало нищо ли?");
        assert_eq!(pieces("spokojno be, ne e stanalo nishto", "ne e stanalo nishto li?"), own);
    }

    #[test]
    fn noise_has_short_pieces_however_long_it_is() {
        let encoder = bundled_encoder().expect("the encoder");
        let letters = |reply: &str| letters_to_a_piece(reply, &encoder.cut(reply, "", None));
        assert!(letters(&"qzxjwvkq".repeat(100)) < FEWEST_LETTERS);
        assert!(letters("Мне до сих пор неловко за то, как вас встретили.") > FEWEST_LETTERS);
    }
}
