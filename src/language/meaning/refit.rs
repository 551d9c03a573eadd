//! Fits what was learned to further examples, such as a company's settled readings.

use super::encoder::Encoder;
use super::example::Example;
use super::heads::Heads;
use super::network::{ACTS, HIDDEN};

/// An example pulls the weights at most so many times.
const ROUNDS: usize = 80;
/// By how much one pull moves the score of the example itself.
const STEP: f32 = 0.4;

/// Fits the heads to further examples, in seconds: only the last step of the network moves, and only until an example is read
/// as it is labelled. Answers how many still are not.
pub fn refit(encoder: &Encoder, heads: &mut Heads, examples: &[Example]) -> usize {
    let lessons: Vec<(&Example, Vec<f32>)> = examples
        .iter()
        .filter_map(|example| {
            let clauses = encoder.cut(&example.reply, &example.customer);
            let hidden = heads.network.score(&encoder.features(&heads.blocks, &clauses)).hidden;
            (!clauses.is_empty()).then_some((example, hidden))
        })
        .collect();
    let mut misread = 0;
    for _ in 0..ROUNDS {
        misread = 0;
        for (example, hidden) in &lessons {
            let held = example.acts();
            let scores: Vec<[f32; ACTS]> =
                hidden.chunks_exact(HIDDEN).map(|units| heads.network.scores_of(units)).collect();
            let mut wrong = false;
            for act in 0..ACTS {
                let best = scores.iter().map(|scores| scores[act]).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
                let Some((clause, score)) = best else { continue };
                if heads.weighings[act].decide(score, example.matched[act]).0 == held[act] {
                    continue;
                }
                wrong = true;
                let pull = if held[act] { STEP } else { -STEP };
                let units = &hidden[clause * HIDDEN..(clause + 1) * HIDDEN];
                let length = units.iter().map(|unit| unit * unit).sum::<f32>();
                for (weights, unit) in heads.network.scores.chunks_exact_mut(ACTS).zip(units) {
                    weights[act] += pull * unit / (length + 1.0);
                }
            }
            misread += usize::from(wrong);
        }
        if misread == 0 {
            break;
        }
    }
    misread
}
