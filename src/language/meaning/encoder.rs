//! The encoder: from a reply to numbers that stand for the meaning of each of its clauses.

use std::collections::HashSet;

use super::clauses::clauses;
use super::tensors::TensorError;
use super::transformer::{Block, WIDTH};
use super::words::{MOST_PIECES, Words};
use crate::language::letters::Letters;
use crate::language::{LanguagePack, Span};

/// Plain observations beside the pieces' numbers.
const PLAIN: usize = 8;

/// What a clause is made of before it is understood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clause {
    pub span: Span,
    /// Its first word pieces, by number.
    pub pieces: Vec<u32>,
    /// How many pieces it has in all.
    pub all_pieces: usize,
    pub plain: [f32; PLAIN],
}

/// Word pieces and their vectors.
#[derive(Debug)]
pub struct Encoder {
    words: Words,
}

impl Encoder {
    /// Numbers that a clause becomes: the mean and the maximum over its pieces, and the plain observations.
    pub(crate) const FEATURES: usize = 2 * WIDTH + PLAIN;

    /// Opens the file of the encoder.
    ///
    /// # Errors
    /// What is missing in it, cut short or of another shape.
    pub fn open(words: &'static [u8]) -> Result<Encoder, TensorError> {
        Ok(Encoder { words: Words::open(words)? })
    }

    /// The number of a piece that is not known.
    #[cfg(feature = "training")]
    pub(crate) fn unknown(&self) -> u32 {
        self.words.unknown()
    }

    /// Cuts a reply into clauses and those into pieces, spelled by the pack of its language where there is one.
    pub(crate) fn cut(&self, reply: &str, customer: &str, pack: Option<&LanguagePack>) -> Vec<Clause> {
        let spans = clauses(reply);
        let letters = Letters::of(reply, pack);
        let heard: HashSet<u32> = self.words.pieces(&Letters::of(customer, pack).spell(customer)).into_iter().collect();
        let count = spans.len();
        let one = |(at, span): (usize, Span)| {
            let clause = &*letters.spell(span.of(reply));
            let mut pieces = self.words.pieces(clause);
            let all_pieces = pieces.len();
            pieces.truncate(MOST_PIECES);
            let echoed = pieces.iter().filter(|id| heard.contains(id)).count() as f32 / pieces.len().max(1) as f32;
            let yes = |holds: bool| f32::from(u8::from(holds));
            let plain = [
                echoed,
                yes(clause.contains('?')),
                yes(clause.contains('!')),
                yes(clause.chars().any(|letter| letter.is_ascii_digit())),
                (pieces.len().min(64) as f32) / 16.0,
                yes(at == 0),
                yes(at + 1 == count),
                (count.min(12) as f32) / 4.0,
            ];
            Clause { span, pieces, all_pieces, plain }
        };
        spans.into_iter().enumerate().map(one).collect()
    }

    /// The clauses that are understood together, as ranges: neighbours, as many as there are places for their pieces.
    pub(crate) fn windows(&self, clauses: &[Clause]) -> Vec<std::ops::Range<usize>> {
        let mut windows = Vec::new();
        let (mut start, mut pieces) = (0, 0);
        for (at, clause) in clauses.iter().enumerate() {
            if pieces + clause.pieces.len() > self.words.places() && at > start {
                windows.push(start..at);
                (start, pieces) = (at, 0);
            }
            pieces += clause.pieces.len();
        }
        if start < clauses.len() {
            windows.push(start..clauses.len());
        }
        windows
    }

    /// The vectors of the pieces of clauses that are understood together.
    pub(crate) fn embed(&self, clauses: &[Clause]) -> Vec<f32> {
        let ids: Vec<u32> = clauses.iter().flat_map(|clause| clause.pieces.iter().copied()).collect();
        self.words.embed(&ids)
    }

    /// `FEATURES` numbers for each clause, by what the blocks make of its pieces among the others.
    pub(crate) fn features(&self, blocks: &[Block], clauses: &[Clause]) -> Vec<f32> {
        let mut features = Vec::with_capacity(clauses.len() * Encoder::FEATURES);
        for window in self.windows(clauses) {
            let clauses = &clauses[window];
            let mut rows = self.embed(clauses);
            for block in blocks {
                block.apply(&mut rows);
            }
            let mut rest = &rows[..];
            for clause in clauses {
                let (mine, others) = rest.split_at(clause.pieces.len() * WIDTH);
                rest = others;
                pool(mine, &mut features);
                features.extend(clause.plain);
            }
        }
        features
    }
}

/// Mean and maximum over the pieces.
fn pool(rows: &[f32], out: &mut Vec<f32>) {
    let (mut mean, mut most) = ([0.0f32; WIDTH], [f32::NEG_INFINITY; WIDTH]);
    for row in rows.chunks_exact(WIDTH) {
        for ((mean, most), number) in mean.iter_mut().zip(&mut most).zip(row) {
            *mean += number;
            *most = most.max(*number);
        }
    }
    if rows.is_empty() {
        most.fill(0.0);
    }
    let share = WIDTH as f32 / rows.len().max(1) as f32;
    out.extend(mean.iter().map(|sum| sum * share));
    out.extend_from_slice(&most);
}
