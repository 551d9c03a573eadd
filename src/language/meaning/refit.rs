//! Fits what was learned to further examples, such as a company's settled readings.

use rayon::prelude::*;

use super::encoder::Encoder;
use super::example::Example;
use super::heads::{Heads, Memory, best_clause, rounded_units};
use super::network::{ACTS, Scored};
use super::weighing::Weighing;
use crate::language::{Act, LanguagePack};

/// An example pulls its scores at most so many times.
const ROUNDS: usize = 80;
/// By how much one pull moves the score of the example itself.
const STEP: f32 = 0.4;

/// Fits the heads to further examples, in seconds: where one is not read as it is labelled, its clauses are remembered and pull
/// their own scores and those of clauses like them, and no others, until its chance is on the right side
/// of both the threshold and of `clear` (or of the same distance from none). `pack_of` is the pack by which an example is read.
/// Answers how many are still read otherwise.
pub fn refit<'p>(
    encoder: &Encoder,
    heads: &mut Heads,
    examples: &[Example],
    pack_of: impl Fn(&Example) -> Option<&'p LanguagePack> + Sync,
    clear: f32,
) -> usize {
    let lessons: Vec<(&Example, Scored)> = examples
        .par_iter()
        .filter_map(|example| {
            let clauses = encoder.cut(&example.reply, &example.customer, pack_of(example));
            let scored = heads.network.score(&encoder.features(&heads.blocks, &clauses));
            (!clauses.is_empty()).then_some((example, scored))
        })
        .collect();
    // By example: where the memory of each of its clauses stands, once there is one.
    let mut places: Vec<Vec<Option<usize>>> =
        lessons.iter().map(|(_, scored)| vec![None; scored.scores.len()]).collect();
    // By example and act: whether it was ever misread.
    let mut pulls = vec![[false; ACTS]; lessons.len()];
    let mut misread = 0;
    for _ in 0..ROUNDS {
        let mut pulled = false;
        misread = 0;
        for (((example, scored), places), pulls) in lessons.iter().zip(&mut places).zip(&mut pulls) {
            let held = example.acts();
            let remembered = heads.remembered(scored);
            let mut wrong = false;
            for &act in Act::ALL {
                let Some((clause, score)) = best_clause(&remembered, act) else { continue };
                let (mut matched, held) = (example.matched[act as usize], held[act as usize]);
                let is_textbook = heads.weighing(act).is_textbook(matched);
                if is_textbook && (0..remembered.scores.len()).any(|at| heads.denies(act, scored.units(at))) {
                    matched = Weighing::denied(matched);
                } else if is_textbook && !held {
                    // No pull alone changes what such a phrase says: each clause is remembered as not being the act.
                    wrong = true;
                    pulled = true;
                    pulls[act as usize] = true;
                    for (clause, place) in places.iter_mut().enumerate() {
                        remember(heads, scored, clause, place).pulls[act as usize] -= STEP;
                    }
                    continue;
                } else if is_textbook {
                    continue;
                }
                let (found, chance) = heads.weighing(act).decide(score, matched);
                wrong |= found != held;
                pulls[act as usize] |= found != held;
                let is_clear = if held { chance >= clear } else { chance <= 1.0 - clear };
                if !pulls[act as usize] || (found == held && is_clear) {
                    continue;
                }
                pulled = true;
                remember(heads, scored, clause, &mut places[clause]).pulls[act as usize] +=
                    if held { STEP } else { -STEP };
            }
            misread += usize::from(wrong);
        }
        if !pulled {
            break;
        }
    }
    misread
}

/// The memory of a clause, made where there is none yet.
fn remember<'h>(heads: &'h mut Heads, scored: &Scored, clause: usize, place: &mut Option<usize>) -> &'h mut Memory {
    let at = *place.get_or_insert_with(|| {
        heads.memories.push(Memory { units: rounded_units(scored.units(clause)), pulls: [0.0; ACTS] });
        heads.memories.len() - 1
    });
    &mut heads.memories[at]
}
