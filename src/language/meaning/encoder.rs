//! The encoder: from a reply to numbers that stand for the meaning of each of its clauses.

use std::collections::HashSet;

use super::clauses::clauses;
use super::sentences::Sentences;
use super::tensors::TensorError;
use super::words::Words;
use crate::language::Span;

/// Plain observations beside the two vectors.
const PLAIN: usize = 8;

/// Both encoders, opened.
#[derive(Debug)]
pub struct Encoder {
    words: Words,
    sentences: Sentences,
}

/// A reply as numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Encoded {
    pub clauses: Vec<Span>,
    /// `Encoder::FEATURES` numbers a clause.
    pub features: Vec<f32>,
}

impl Encoder {
    /// Numbers that a clause becomes.
    pub(crate) const FEATURES: usize = Words::FEATURES + Sentences::FEATURES + PLAIN;

    /// Opens the two files of the encoder.
    ///
    /// # Errors
    /// What is missing in a file, cut short or of another shape.
    pub fn open(words: &'static [u8], sentences: &'static [u8]) -> Result<Encoder, TensorError> {
        Ok(Encoder { words: Words::open(words)?, sentences: Sentences::open(sentences)? })
    }

    pub(crate) fn encode(&self, reply: &str, customer: &str) -> Encoded {
        let clauses = clauses(reply);
        let heard: HashSet<u32> = self.words.pieces(customer).into_iter().collect();
        let mut features = Vec::with_capacity(clauses.len() * Encoder::FEATURES);
        for (at, span) in clauses.iter().enumerate() {
            let clause = span.of(reply);
            let ids = self.words.pieces(clause);
            self.words.features(&ids, &mut features);
            self.sentences.features(clause, &mut features);
            let echoed = ids.iter().filter(|id| heard.contains(id)).count() as f32 / ids.len().max(1) as f32;
            let yes = |holds: bool| f32::from(u8::from(holds));
            features.extend([
                echoed,
                yes(clause.contains('?')),
                yes(clause.contains('!')),
                yes(clause.chars().any(|letter| letter.is_ascii_digit())),
                (ids.len().min(64) as f32) / 16.0,
                yes(at == 0),
                yes(at + 1 == clauses.len()),
                (clauses.len().min(12) as f32) / 4.0,
            ]);
        }
        Encoded { clauses, features }
    }
}
