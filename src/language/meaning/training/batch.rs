//! Labelled replies, and how they are put together to be studied side by side.

use std::ops::Range;

use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;

use super::{FEATURES, Schooling};
use crate::language::meaning::encoder::{Clause, Encoder};
use crate::language::meaning::network::ACTS;
use crate::language::meaning::transformer::WIDTH;

/// Replies of like length are put together within so many batches.
const SORTED_TOGETHER: usize = 20;

/// One labelled reply.
#[derive(Clone, Debug)]
pub(crate) struct Lesson {
    /// At least one.
    pub clauses: Vec<Clause>,
    /// By clause: 1 for each act it is.
    pub labels: Vec<[f32; ACTS]>,
    /// Whether it is known which clause holds what; else only the reply as a whole teaches.
    pub placed: bool,
    /// 1 for each act the reply holds.
    pub reply: [f32; ACTS],
}

/// How many batches a schooling takes.
pub(crate) fn batch_count(lessons: usize, schooling: &Schooling) -> usize {
    let pool = schooling.batch * SORTED_TOGETHER;
    let full = lessons / pool * SORTED_TOGETHER;
    (full + (lessons % pool).div_ceil(schooling.batch)) * schooling.rounds
}

/// The lessons in random batches of like length.
pub(super) fn batches<'a>(
    lessons: &[&'a Lesson],
    schooling: &Schooling,
    chance: &mut ChaCha8Rng,
) -> Vec<Vec<&'a Lesson>> {
    let mut order = lessons.to_vec();
    order.shuffle(chance);
    let mut batches = Vec::new();
    for pool in order.chunks_mut(schooling.batch * SORTED_TOGETHER) {
        pool.sort_by_key(|lesson| lesson.clauses.iter().map(|clause| clause.pieces.len()).sum::<usize>());
        batches.extend(pool.chunks(schooling.batch).map(<[&Lesson]>::to_vec));
    }
    batches.shuffle(chance);
    batches
}

/// One reply among those that are studied together.
pub(super) struct Studied<'a> {
    pub(super) lesson: &'a Lesson,
    /// Where its pieces stand among those of all.
    pub(super) rows: Range<usize>,
    /// Where its clauses stand among those of all.
    pub(super) clauses: Range<usize>,
}

/// A part of a batch, its replies one after the other.
pub(super) struct Part<'a> {
    pub(super) replies: Vec<Studied<'a>>,
    /// By clause: where its pieces stand, and what is plain of it.
    pub(super) clauses: Vec<(Range<usize>, [f32; FEATURES - 2 * WIDTH])>,
    /// `WIDTH` numbers for each piece.
    pub(super) rows: Vec<f32>,
}

impl<'a> Part<'a> {
    pub(super) fn of(encoder: &Encoder, lessons: &[&'a Lesson], unknown: f32, chance: &mut ChaCha8Rng) -> Part<'a> {
        let mut part = Part { replies: Vec::new(), clauses: Vec::new(), rows: Vec::new() };
        let mut row = 0;
        for lesson in lessons {
            let window = encoder.windows(&lesson.clauses).into_iter().next().unwrap_or(0..0);
            let mut clauses = lesson.clauses[window].to_vec();
            for piece in clauses.iter_mut().flat_map(|clause| &mut clause.pieces) {
                if chance.random::<f32>() < unknown {
                    *piece = encoder.unknown();
                }
            }
            part.rows.extend(encoder.embed(&clauses));
            let (first_row, first_clause) = (row, part.clauses.len());
            for clause in &clauses {
                part.clauses.push((row..row + clause.pieces.len(), clause.plain));
                row += clause.pieces.len();
            }
            part.replies.push(Studied { lesson, rows: first_row..row, clauses: first_clause..part.clauses.len() });
        }
        part
    }
}
