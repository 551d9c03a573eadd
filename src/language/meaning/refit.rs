//! Fits what was learned to further examples, such as a company's settled readings.

use super::encoder::Encoder;
use super::example::Example;
use super::heads::{Heads, Memory, rounded_units};
use super::network::{ACTS, HIDDEN, Scored};

/// An example pulls its scores at most so many times.
const ROUNDS: usize = 80;
/// By how much one pull moves the score of the example itself.
const STEP: f32 = 0.4;

/// Fits the heads to further examples, in seconds: where one is not read as it is labelled, its clauses are remembered and pull
/// their own scores and those of clauses like them, and no others. Answers how many are still read otherwise.
pub fn refit(encoder: &Encoder, heads: &mut Heads, examples: &[Example]) -> usize {
    let lessons: Vec<(&Example, Scored)> = examples
        .iter()
        .filter_map(|example| {
            let clauses = encoder.cut(&example.reply, &example.customer);
            let scored = heads.network.score(&encoder.features(&heads.blocks, &clauses));
            (!clauses.is_empty()).then_some((example, scored))
        })
        .collect();
    // By example: where the memory of each of its clauses stands, once there is one.
    let mut places: Vec<Vec<Option<usize>>> =
        lessons.iter().map(|(_, scored)| vec![None; scored.scores.len()]).collect();
    let mut misread = 0;
    for _ in 0..ROUNDS {
        misread = 0;
        for ((example, scored), places) in lessons.iter().zip(&mut places) {
            let held = example.acts();
            let units = |clause: usize| &scored.hidden[clause * HIDDEN..(clause + 1) * HIDDEN];
            let scores: Vec<[f32; ACTS]> =
                scored.scores.iter().enumerate().map(|(at, scores)| heads.remembered(*scores, units(at))).collect();
            let mut wrong = false;
            for act in 0..ACTS {
                let best = scores.iter().map(|scores| scores[act]).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
                let Some((clause, score)) = best else { continue };
                if heads.weighings[act].decide(score, example.matched[act]).0 == held[act] {
                    continue;
                }
                wrong = true;
                let at = *places[clause].get_or_insert_with(|| {
                    heads.memories.push(Memory { units: rounded_units(units(clause)), pulls: [0.0; ACTS] });
                    heads.memories.len() - 1
                });
                heads.memories[at].pulls[act] += if held[act] { STEP } else { -STEP };
            }
            misread += usize::from(wrong);
        }
        if misread == 0 {
            break;
        }
    }
    misread
}
