//! How the learned score of an act and what the phrases say of it are weighed against each other, and how that is learned.

#[cfg(feature = "training")]
use super::example::Example;
use super::network::chance_of;
#[cfg(feature = "training")]
use crate::language::Act;
#[cfg(feature = "training")]
use crate::language::measure::Tally;

/// How much recall counts beside precision for acts that cost points: less, for nobody should pay for what they did not say.
#[cfg(feature = "training")]
const HURTING_RECALL: f64 = 0.7;
/// The same for the acts that help.
#[cfg(feature = "training")]
const HELPING_RECALL: f64 = 0.8;
/// A phrase of this certainty stands, whatever the network makes of it.
const SURE: u8 = 90;

/// How one act is decided from what the network and the patterns say of a reply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weighing {
    /// What the network's score counts.
    pub score: f32,
    /// What a pattern's match counts, apart from its certainty.
    pub matched: f32,
    /// What a pattern's certainty counts.
    pub certainty: f32,
    pub bias: f32,
    /// The chance from which an act that a pattern matched is kept.
    pub keep: f32,
    /// The chance from which an act is added that no pattern matched.
    pub add: f32,
}

impl Weighing {
    /// The chance that the reply holds the act; `certainty` is that of the patterns' surest match, where there is one.
    pub(crate) fn chance(&self, score: f32, certainty: Option<u8>) -> f32 {
        let [matched, certainty] = pattern_signs(certainty);
        chance_of(self.score * score + self.matched * matched + self.certainty * certainty + self.bias)
    }

    /// Whether the reply holds the act, and the chance of it.
    pub(crate) fn decide(&self, score: f32, certainty: Option<u8>) -> (bool, f32) {
        let chance = self.chance(score, certainty);
        match certainty {
            Some(sure) if is_sure(certainty) => (true, chance.max(f32::from(sure) / 100.0)),
            Some(_) => (chance >= self.keep, chance),
            None => (chance >= self.add, chance),
        }
    }
}

/// Whether a phrase is so sure that nothing is weighed against it.
pub(crate) fn is_sure(certainty: Option<u8>) -> bool {
    certainty.is_some_and(|certainty| certainty >= SURE)
}

/// What the patterns say, as numbers to be weighed.
pub(crate) fn pattern_signs(certainty: Option<u8>) -> [f32; 2] {
    certainty.map_or([0.0, 0.0], |certainty| [1.0, f32::from(certainty) / 100.0 - 0.8])
}

/// Learns how one act is decided from the score and the patterns: a logistic regression on the replies kept back, drawn
/// towards trusting the score as it is; then the thresholds that give the best F measure.
#[cfg(feature = "training")]
pub(crate) fn learn(act: usize, kept: &[(&Example, Vec<f32>)]) -> Weighing {
    const PRIOR: [f64; 4] = [1.0, 0.5, 0.0, 0.0];
    const HOLD: [f64; 4] = [4.0, 4.0, 4.0, 1.0];
    let rows: Vec<([f64; 4], f64)> = kept
        .iter()
        .map(|(example, scores)| {
            let [matched, certainty] = pattern_signs(example.matched[act]);
            let row = [scores[act], matched, certainty, 1.0].map(f64::from);
            (row, f64::from(u8::from(example.acts()[act])))
        })
        .collect();
    let mut weights = PRIOR;
    for _ in 0..40 {
        let mut slope = [0.0; 4];
        let mut bend = [[0.0; 4]; 4];
        for at in 0..4 {
            slope[at] = HOLD[at] * (weights[at] - PRIOR[at]);
            bend[at][at] = HOLD[at];
        }
        for (row, held) in &rows {
            let sum: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + libm::exp(-sum));
            for a in 0..4 {
                slope[a] += (chance - held) * row[a];
                for b in 0..4 {
                    bend[a][b] += chance * (1.0 - chance) * row[a] * row[b];
                }
            }
        }
        let step = solve(bend, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    let [score, matched, certainty, bias] = weights.map(|weight| weight as f32);
    let mut weighing = Weighing { score, matched, certainty, bias, keep: 0.5, add: 0.5 };
    // Where nothing shows what is best, half is.
    let mut best = 0.0;
    // What is less likely than not costs nobody points.
    let (least_keep, least_add) = if Act::ALL[act].hurts() { (50, 50) } else { (20, 35) };
    for keep in (least_keep..=70).step_by(5) {
        for add in (least_add..=90).step_by(5) {
            let (keep, add) = (keep as f32 / 100.0, add as f32 / 100.0);
            let trial = Weighing { keep, add, ..weighing };
            let mut tally = Tally::default();
            for (example, scores) in kept {
                match (example.acts()[act], trial.decide(scores[act], example.matched[act]).0) {
                    (true, true) => tally.right += 1,
                    (true, false) => tally.missed += 1,
                    (false, true) => tally.invented += 1,
                    (false, false) => {}
                }
            }
            let worth = tally.f_beta(if Act::ALL[act].hurts() { HURTING_RECALL } else { HELPING_RECALL });
            if worth > best {
                best = worth;
                weighing = trial;
            }
        }
    }
    weighing
}

/// Solves four equations by elimination; the matrix is positive definite.
#[cfg(feature = "training")]
fn solve(mut matrix: [[f64; 4]; 4], mut right: [f64; 4]) -> [f64; 4] {
    for at in 0..4 {
        for below in at + 1..4 {
            let by = matrix[below][at] / matrix[at][at];
            let above = matrix[at];
            matrix[below].iter_mut().zip(above).skip(at).for_each(|(number, above)| *number -= by * above);
            right[below] -= by * right[at];
        }
    }
    for at in (0..4).rev() {
        for after in at + 1..4 {
            right[at] -= matrix[at][after] * right[after];
        }
        right[at] /= matrix[at][at];
    }
    right
}
