//! How wrong the network is about a reply, and what each of its weights did to it.

use rand::rngs::ChaCha8Rng;

use super::batch::Part;
use super::pupil::{Pupil, multiply, thin};
use super::{FEATURES, Schooling};
use crate::language::meaning::network::{ACTS, HIDDEN, chance_of};
use crate::language::meaning::transformer::WIDTH;

impl Pupil {
    /// How wrong the network is about the rows that the blocks made; adds its slopes and answers those of the rows.
    pub(super) fn judge(
        &self,
        part: &Part,
        rows: &[f32],
        schooling: &Schooling,
        weight: (f32, f32),
        slopes: &mut [f32],
        chance: &mut ChaCha8Rng,
    ) -> (f32, Vec<f32>) {
        let mut features = Vec::with_capacity(part.clauses.len() * FEATURES);
        // By clause and number: the row with the largest.
        let mut largest: Vec<usize> = Vec::with_capacity(part.clauses.len() * WIDTH);
        for (range, plain) in &part.clauses {
            let share = 1.0 / range.len().max(1) as f32;
            for at in 0..WIDTH {
                features.push(range.clone().map(|row| rows[row * WIDTH + at]).sum::<f32>() * share);
            }
            for at in 0..WIDTH {
                let number = |row: &usize| rows[row * WIDTH + at];
                let best = range.clone().max_by(|a, b| number(a).total_cmp(&number(b)).then(b.cmp(a)));
                largest.push(best.unwrap_or(range.start));
                features.push(best.as_ref().map_or(0.0, number));
            }
            features.extend(plain);
        }
        let mut around = vec![0.0; part.replies.len() * FEATURES];
        for (reply, around) in part.replies.iter().zip(around.chunks_exact_mut(FEATURES)) {
            let share = 1.0 / reply.clauses.len().max(1) as f32;
            for row in features[reply.clauses.start * FEATURES..reply.clauses.end * FEATURES].chunks_exact(FEATURES) {
                around.iter_mut().zip(row).for_each(|(mean, number)| *mean += number * share);
            }
        }
        let left_out = schooling.network_left_out;
        let feature_mask = thin(&mut features, left_out, chance);
        let around_mask = thin(&mut around, left_out, chance);
        let mut hidden = self.layer(&self.plan.clause, &features);
        let shared = self.layer(&self.plan.reply, &around);
        for (reply, shared) in part.replies.iter().zip(shared.chunks_exact(HIDDEN)) {
            for row in hidden[reply.clauses.start * HIDDEN..reply.clauses.end * HIDDEN].chunks_exact_mut(HIDDEN) {
                row.iter_mut().zip(shared).for_each(|(unit, shared)| *unit = (*unit + shared).max(0.0));
            }
        }
        let hidden_mask = thin(&mut hidden, left_out, chance);
        let scores = self.layer(&self.plan.scores, &hidden);
        let mut score_slopes = vec![0.0; scores.len()];
        let mut error = 0.0;
        for reply in &part.replies {
            let score = |clause: usize, act: usize| scores[clause * ACTS + act];
            for act in 0..ACTS {
                let best = reply.clauses.clone().max_by(|a, b| score(*a, act).total_cmp(&score(*b, act)));
                let Some(best) = best else { continue };
                let (wrong, slope) = surprise(score(best, act), reply.lesson.reply[act]);
                error += wrong * weight.0;
                score_slopes[best * ACTS + act] += slope * weight.0;
                if !reply.lesson.placed {
                    continue;
                }
                for (clause, labels) in reply.clauses.clone().zip(&reply.lesson.labels) {
                    let (wrong, slope) = surprise(score(clause, act), labels[act]);
                    error += wrong * weight.1;
                    score_slopes[clause * ACTS + act] += slope * weight.1;
                }
            }
        }
        let mut units = self.layer_back(&self.plan.scores, &hidden, &score_slopes, slopes, None);
        multiply(&mut units, &hidden_mask);
        units.iter_mut().zip(&hidden).filter(|(_, unit)| **unit <= 0.0).for_each(|(slope, _)| *slope = 0.0);
        let mut shared = vec![0.0; part.replies.len() * HIDDEN];
        for (reply, shared) in part.replies.iter().zip(shared.chunks_exact_mut(HIDDEN)) {
            for row in units[reply.clauses.start * HIDDEN..reply.clauses.end * HIDDEN].chunks_exact(HIDDEN) {
                shared.iter_mut().zip(row).for_each(|(sum, slope)| *sum += slope);
            }
        }
        let mut feature_slopes = self.layer_back(&self.plan.clause, &features, &units, slopes, None);
        multiply(&mut feature_slopes, &feature_mask);
        let mut around_slopes = self.layer_back(&self.plan.reply, &around, &shared, slopes, None);
        multiply(&mut around_slopes, &around_mask);
        let mut row_slopes = vec![0.0; rows.len()];
        for (reply, around) in part.replies.iter().zip(around_slopes.chunks_exact(FEATURES)) {
            let share = 1.0 / reply.clauses.len().max(1) as f32;
            for clause in reply.clauses.clone() {
                let here = &mut feature_slopes[clause * FEATURES..(clause + 1) * FEATURES];
                here.iter_mut().zip(around).for_each(|(slope, around)| *slope += around * share);
                let range = &part.clauses[clause].0;
                let share = 1.0 / range.len().max(1) as f32;
                for row in range.clone() {
                    let row = &mut row_slopes[row * WIDTH..(row + 1) * WIDTH];
                    row.iter_mut().zip(&here[..WIDTH]).for_each(|(sum, slope)| *sum += slope * share);
                }
                for at in (0..WIDTH).filter(|_| !range.is_empty()) {
                    row_slopes[largest[clause * WIDTH + at] * WIDTH + at] += here[WIDTH + at];
                }
            }
        }
        (error, row_slopes)
    }
}

/// What separates a score (log-odds) from its label, as cross entropy, and its slope.
fn surprise(score: f32, label: f32) -> (f32, f32) {
    (score.max(0.0) - score * label + libm::log1pf(libm::expf(-score.abs())), chance_of(score) - label)
}
