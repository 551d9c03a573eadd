//! The learned stage: what the clauses of a reply mean, by an encoder and by heads learned from labelled replies.

mod clauses;
mod encoder;
mod heads;
mod layer;
pub mod learning;
mod network;
mod pieces;
mod sentences;
mod tensors;
mod words;

use std::sync::OnceLock;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

pub use encoder::Encoder;
pub use heads::Heads;
pub use tensors::TensorError;

use super::marked::MarkedReply;
use super::{Act, FoundAct, LanguagePack, Reading, Reason};
use heads::best_clause;
use learning::Example;

/// The chance from which an act is seen in a reply that the phrases could not place at all.
const UNPLACED: f32 = 0.8;

/// Nobody is surer than this, in percent.
const MOST_CERTAIN: u8 = 99;

/// The encoder's files and the learned heads, as the program carries them.
#[derive(RustEmbed)]
#[folder = "assets/encoder/"]
#[include = "*.bin"]
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
    ENCODER.get_or_init(|| Encoder::open(carried("words.bin")?, carried("sentences.bin")?).ok()).as_ref()
}

/// A file that the program carries, for as long as it runs.
fn carried(name: &str) -> Option<&'static [u8]> {
    match Bundled::get(name)?.data {
        std::borrow::Cow::Borrowed(bytes) => Some(bytes),
        // Only where the files are read from disk, as a build may be told to.
        std::borrow::Cow::Owned(bytes) => Some(Vec::leak(bytes)),
    }
}

/// The first eight bytes of a hash are enough to tell heads apart.
fn short_hash(file: &[u8]) -> String {
    Sha256::digest(file).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
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
                Some(Meaning { encoder: bundled_encoder()?, heads, hash: short_hash(file) })
            })
            .as_ref()
    }

    /// The learned stage that the program carries, fitted to further replies; none where there are none or it carries no such
    /// stage.
    pub(super) fn fitted(pack: &LanguagePack, settled: Vec<MarkedReply>) -> Option<Meaning> {
        let Meaning { encoder, heads, .. } = Meaning::bundled()?;
        let examples: Vec<Example> = settled.into_iter().map(|reply| Example::of(reply, Some(pack))).collect();
        if examples.is_empty() {
            return None;
        }
        let mut heads = heads.clone();
        learning::refit(encoder, &mut heads, &examples);
        let hash = short_hash(&heads.to_bytes());
        Some(Meaning { encoder, heads, hash })
    }

    /// What was learned, by the start of its SHA-256 in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Weighs what the patterns found against what the clauses mean: acts that only the patterns' words suggest are dropped,
    /// acts without such words are added with their clause as evidence.
    pub(crate) fn weigh(&self, reading: &mut Reading, reply: &str, customer: &str, language: &str) {
        let mut encoded = self.encoder.encode(reply, customer);
        if encoded.clauses.is_empty() {
            return;
        }
        let scored = self.heads.score(&mut encoded);
        let placed = reading.recognised;
        for &act in Act::ALL {
            let Some((clause, score)) = best_clause(&scored, act) else { continue };
            let matched = reading.acts.iter().filter(|found| found.act == act).map(|found| found.certainty).max();
            let weighing = self.heads.weighing(act);
            let (mut held, chance) = weighing.decide(score, matched);
            // Words that no phrase can place may be no words at all: then only a clear likeness counts.
            held &= placed || matched.is_some() || chance >= UNPLACED;
            let certainty = ((chance * 100.0).round() as u8).min(MOST_CERTAIN);
            // A promise that was understood with its time stands, whatever the rest is like.
            let promised = match act {
                Act::TimedPromise => reading.promises.iter().any(|promise| promise.due.is_some()),
                Act::VaguePromise => reading.promises.iter().any(|promise| promise.due.is_none()),
                Act::NextStep => !reading.promises.is_empty(),
                _ => false,
            };
            let stands = held || (promised && matched.is_some());
            if !stands {
                reading.acts.retain(|found| found.act != act);
            } else if matched.is_some() {
                for found in reading.acts.iter_mut().filter(|found| found.act == act) {
                    found.certainty = if held { certainty } else { found.certainty };
                }
            } else {
                let units = &scored.hidden[clause * network::HIDDEN..(clause + 1) * network::HIDDEN];
                let like = self.heads.like(language, act, units).unwrap_or_default().to_owned();
                let span = encoded.clauses[clause];
                reading.acts.push(FoundAct { act, span, certainty, because: Reason::Example(like) });
            }
        }
        reading.acts.sort_by_key(|found| (found.span.start, found.act, found.span.end));
        reading.recognised |= !reading.acts.is_empty();
    }
}
