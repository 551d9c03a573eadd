//! A small network from the numbers of a clause to one score for each act, and how it learns.

use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::encoder::Encoder;
use super::layer::{Layer, Rounded};
use super::tensors::{TensorError, TensorWriter, Tensors};
use crate::language::Act;

pub(crate) const ACTS: usize = Act::ALL.len();
const INPUTS: usize = Encoder::FEATURES;
/// Units between the numbers and the scores.
pub(crate) const HIDDEN: usize = 256;
/// How much the rest of the reply counts beside the clause itself.
const SURROUNDINGS: f32 = 0.3;

/// A learned network, its weights rounded.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    clause: Layer,
    reply: Layer,
    /// By unit: its weight for each act.
    scores: Vec<f32>,
    bias: Vec<f32>,
}

/// What a network makes of a reply.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scored {
    /// By clause: a score (log-odds) for each act.
    pub scores: Vec<[f32; ACTS]>,
    /// By clause: the units.
    pub hidden: Vec<f32>,
}

impl Network {
    pub(crate) fn open(tensors: &Tensors, name: &str) -> Result<Network, TensorError> {
        Ok(Network {
            clause: Layer::open(tensors, &format!("{name}.clause"), INPUTS, HIDDEN)?,
            reply: Layer::open(tensors, &format!("{name}.reply"), INPUTS, HIDDEN)?,
            scores: tensors.floats(&format!("{name}.scores"), HIDDEN * ACTS)?,
            bias: tensors.floats(&format!("{name}.bias"), ACTS)?,
        })
    }

    pub(crate) fn write(&self, name: &str, writer: &mut TensorWriter) {
        self.clause.write(&format!("{name}.clause"), writer);
        self.reply.write(&format!("{name}.reply"), writer);
        writer.floats(&format!("{name}.scores"), &self.scores);
        writer.floats(&format!("{name}.bias"), &self.bias);
    }

    /// Scores the clauses of a reply, whose numbers come standardised.
    pub(crate) fn score(&self, features: &[f32]) -> Scored {
        if features.is_empty() {
            return Scored::default();
        }
        let around = self.reply.apply(&Rounded::of(&mean(features), INPUTS));
        let mut hidden = self.clause.apply(&Rounded::of(features, INPUTS));
        let mut scores = Vec::new();
        for row in hidden.chunks_exact_mut(HIDDEN) {
            for (unit, around) in row.iter_mut().zip(&around) {
                *unit = (*unit + SURROUNDINGS * around).max(0.0);
            }
            scores.push(self.scores_of(row));
        }
        Scored { scores, hidden }
    }

    /// The scores for one clause's units.
    pub(crate) fn scores_of(&self, units: &[f32]) -> [f32; ACTS] {
        let mut scores = [0.0; ACTS];
        scores.copy_from_slice(&self.bias);
        for (unit, weights) in units.iter().zip(self.scores.chunks_exact(ACTS)) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += unit * weight;
            }
        }
        scores
    }

    /// The last step, from units to scores, open to a later lesson.
    pub(crate) fn last_step(&mut self) -> (&mut [f32], &mut [f32]) {
        (&mut self.scores, &mut self.bias)
    }
}

/// The mean over the clauses of a reply.
fn mean(features: &[f32]) -> Vec<f32> {
    let mut mean = vec![0.0; INPUTS];
    for row in features.chunks_exact(INPUTS) {
        mean.iter_mut().zip(row).for_each(|(mean, number)| *mean += number);
    }
    let share = INPUTS as f32 / features.len().max(1) as f32;
    mean.iter_mut().for_each(|number| *number *= share);
    mean
}

/// One labelled reply as numbers.
#[derive(Clone, Debug)]
pub(crate) struct Lesson {
    /// Standardised numbers, a row a clause; at least one.
    pub features: Vec<f32>,
    /// By clause: 1 for each act it is.
    pub clauses: Vec<[f32; ACTS]>,
    /// Whether it is known which clause holds what; else only the reply as a whole teaches.
    pub placed: bool,
    /// 1 for each act the reply holds.
    pub reply: [f32; ACTS],
}

/// How a network is taught.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schooling {
    pub rounds: usize,
    pub batch: usize,
    /// The first step size; it falls to nothing along a half cosine.
    pub step: f32,
    /// The share of numbers and units left out at random, so that none is relied on.
    pub left_out: f32,
    /// How fast unused weights fade.
    pub fade: f32,
    pub seed: u64,
}

impl Default for Schooling {
    fn default() -> Self {
        Schooling { rounds: 15, batch: 64, step: 1e-3, left_out: 0.3, fade: 0.05, seed: 1 }
    }
}

/// Weights while they are learned: all in one row, with the two running means of the Adam method.
struct Pupil {
    weights: Vec<f32>,
    slope: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
}

const CLAUSE: usize = 0;
const REPLY: usize = INPUTS * HIDDEN;
const UNIT_BIAS: usize = 2 * INPUTS * HIDDEN;
const SCORES: usize = UNIT_BIAS + HIDDEN;
const BIAS: usize = SCORES + HIDDEN * ACTS;
const ALL: usize = BIAS + ACTS;

/// Learns a network from lessons. The same lessons and schooling always give the same network.
pub(crate) fn learn(lessons: &[&Lesson], schooling: &Schooling, mut round_done: impl FnMut(usize)) -> Network {
    let mut chance = ChaCha8Rng::seed_from_u64(schooling.seed);
    let mut pupil = Pupil::new(&mut chance);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let batches = lessons.len().div_ceil(schooling.batch).max(1);
    let steps = (batches * schooling.rounds) as f32;
    let mut taken = 0;
    for round in 0..schooling.rounds {
        order.shuffle(&mut chance);
        for batch in order.chunks(schooling.batch) {
            let clauses: usize = batch.iter().map(|at| lessons[*at].clauses.len()).sum();
            let weight = (1.0 / (batch.len() * ACTS) as f32, 1.0 / (clauses * ACTS).max(1) as f32);
            for &at in batch {
                pupil.study(lessons[at], schooling.left_out, weight, &mut chance);
            }
            taken += 1;
            let along = taken as f32 / steps;
            let size = schooling.step * 0.5 * (1.0 + libm::cosf(std::f32::consts::PI * along));
            pupil.adjust(size, schooling.fade, taken);
        }
        round_done(round + 1);
    }
    pupil.graduate()
}

impl Pupil {
    fn new(chance: &mut ChaCha8Rng) -> Pupil {
        let mut weights = vec![0.0; ALL];
        let reach = (3.0 / INPUTS as f32).sqrt();
        for weight in &mut weights[CLAUSE..UNIT_BIAS] {
            *weight = (chance.random::<f32>() * 2.0 - 1.0) * reach;
        }
        for weight in &mut weights[SCORES..BIAS] {
            *weight = (chance.random::<f32>() * 2.0 - 1.0) * 0.08;
        }
        // Most acts are absent from most replies.
        weights[BIAS..].fill(-2.0);
        Pupil { weights, slope: vec![0.0; ALL], first: vec![0.0; ALL], second: vec![0.0; ALL] }
    }

    /// Adds to the slope what one reply teaches.
    fn study(&mut self, lesson: &Lesson, left_out: f32, weight: (f32, f32), chance: &mut ChaCha8Rng) {
        let keep = 1.0 / (1.0 - left_out);
        let mut thin = |rows: &[f32]| -> Vec<f32> {
            rows.iter().map(|number| if chance.random::<f32>() < left_out { 0.0 } else { number * keep }).collect()
        };
        let inputs = thin(&lesson.features);
        let around = thin(&mean(&lesson.features));
        let count = lesson.clauses.len();
        let masks = thin(&vec![1.0; count * HIDDEN]);
        let mut shared = self.weights[UNIT_BIAS..SCORES].to_vec();
        for (number, weights) in around.iter().zip(self.weights[REPLY..UNIT_BIAS].chunks_exact(HIDDEN)) {
            add_scaled(&mut shared, weights, number * SURROUNDINGS);
        }
        let mut units = Vec::with_capacity(count * HIDDEN);
        let mut scores = Vec::with_capacity(count);
        for (row, mask) in inputs.chunks_exact(INPUTS).zip(masks.chunks_exact(HIDDEN)) {
            let mut hidden = shared.clone();
            for (number, weights) in row.iter().zip(self.weights[CLAUSE..REPLY].chunks_exact(HIDDEN)) {
                add_scaled(&mut hidden, weights, *number);
            }
            let mut score = [0.0; ACTS];
            score.copy_from_slice(&self.weights[BIAS..]);
            for ((unit, mask), weights) in
                hidden.iter_mut().zip(mask).zip(self.weights[SCORES..BIAS].chunks_exact(ACTS))
            {
                *unit = unit.max(0.0) * mask;
                for (score, weight) in score.iter_mut().zip(weights) {
                    *score += *unit * weight;
                }
            }
            units.extend(hidden);
            scores.push(score);
        }
        let mut slopes: Vec<[f32; ACTS]> = vec![[0.0; ACTS]; count];
        for act in 0..ACTS {
            let best = (0..count).max_by(|a, b| scores[*a][act].total_cmp(&scores[*b][act])).unwrap_or(0);
            slopes[best][act] += (chance_of(scores[best][act]) - lesson.reply[act]) * weight.0;
            for at in (0..count).filter(|_| lesson.placed) {
                slopes[at][act] += (chance_of(scores[at][act]) - lesson.clauses[at][act]) * weight.1;
            }
        }
        let mut shared_slope = vec![0.0; HIDDEN];
        for (at, slopes) in slopes.iter().enumerate() {
            let hidden = &units[at * HIDDEN..(at + 1) * HIDDEN];
            let mask = &masks[at * HIDDEN..(at + 1) * HIDDEN];
            let mut unit_slope = vec![0.0; HIDDEN];
            for unit in 0..HIDDEN {
                if hidden[unit] <= 0.0 {
                    continue;
                }
                let here = SCORES + unit * ACTS..SCORES + (unit + 1) * ACTS;
                let mut sum = 0.0;
                let steps = self.slope[here.clone()].iter_mut().zip(&self.weights[here]);
                for ((all, weight), slope) in steps.zip(slopes) {
                    *all += hidden[unit] * slope;
                    sum += weight * slope;
                }
                unit_slope[unit] = sum * mask[unit];
            }
            for (all, slope) in self.slope[BIAS..].iter_mut().zip(slopes) {
                *all += slope;
            }
            let row = &inputs[at * INPUTS..(at + 1) * INPUTS];
            for (number, slope) in row.iter().zip(self.slope[CLAUSE..REPLY].chunks_exact_mut(HIDDEN)) {
                add_scaled(slope, &unit_slope, *number);
            }
            add_scaled(&mut shared_slope, &unit_slope, 1.0);
        }
        add_scaled(&mut self.slope[UNIT_BIAS..SCORES], &shared_slope, 1.0);
        for (number, slope) in around.iter().zip(self.slope[REPLY..UNIT_BIAS].chunks_exact_mut(HIDDEN)) {
            add_scaled(slope, &shared_slope, number * SURROUNDINGS);
        }
    }

    /// One step of Adam with decoupled fading (Kingma and Ba 2015; Loshchilov and Hutter 2019).
    fn adjust(&mut self, size: f32, fade: f32, step: i32) {
        let (keep_first, keep_second) = (0.9f32, 0.999f32);
        let first_share = 1.0 / (1.0 - libm::powf(keep_first, step as f32));
        let second_share = 1.0 / (1.0 - libm::powf(keep_second, step as f32));
        let numbers = self.weights.iter_mut().zip(&mut self.slope).zip(&mut self.first).zip(&mut self.second);
        for (((weight, slope), first), second) in numbers {
            *first = keep_first * *first + (1.0 - keep_first) * *slope;
            *second = keep_second * *second + (1.0 - keep_second) * *slope * *slope;
            let change = *first * first_share / ((*second * second_share).sqrt() + 1e-8);
            *weight -= size * (change + fade * *weight);
            *slope = 0.0;
        }
    }

    fn graduate(self) -> Network {
        let by_unit = |from: usize| -> Vec<f32> {
            (0..HIDDEN)
                .flat_map(|unit| (0..INPUTS).map(move |input| from + input * HIDDEN + unit))
                .map(|at| self.weights[at])
                .collect()
        };
        Network {
            clause: Layer::of(&by_unit(CLAUSE), &self.weights[UNIT_BIAS..SCORES], INPUTS),
            reply: Layer::of(&by_unit(REPLY), &[0.0; HIDDEN], INPUTS),
            scores: self.weights[SCORES..BIAS].to_vec(),
            bias: self.weights[BIAS..].to_vec(),
        }
    }
}

fn add_scaled(out: &mut [f32], row: &[f32], by: f32) {
    if by != 0.0 {
        out.iter_mut().zip(row).for_each(|(out, number)| *out += number * by);
    }
}

/// From log-odds to a chance between 0 and 1.
pub(crate) fn chance_of(score: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-score))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Replies whose first number says whether they hold the first act.
    fn lessons() -> Vec<Lesson> {
        (0..80)
            .map(|n| {
                let holds = n % 2 == 0;
                let mut features: Vec<f32> = (0..INPUTS).map(|i| ((n * 31 + i * 17) % 13) as f32 / 6.0 - 1.0).collect();
                features[0] = if holds { 3.0 } else { -3.0 };
                let mut acts = [0.0; ACTS];
                acts[0] = f32::from(u8::from(holds));
                Lesson { features, clauses: vec![acts], placed: true, reply: acts }
            })
            .collect()
    }

    #[test]
    fn a_network_learns_what_the_lessons_show_and_always_the_same() {
        let lessons = lessons();
        let all: Vec<&Lesson> = lessons.iter().collect();
        let schooling = Schooling { rounds: 20, batch: 8, step: 3e-3, ..Schooling::default() };
        let network = learn(&all, &schooling, |_| {});
        for lesson in &lessons {
            let score = network.score(&lesson.features).scores[0];
            assert_eq!(score[0] > 0.0, lesson.reply[0] > 0.5, "{score:?}");
            assert!(score[1] < 0.0);
        }
        let again = learn(&all, &schooling, |_| {});
        assert_eq!(network.scores, again.scores);
        assert_eq!(network.score(&lessons[3].features).hidden, again.score(&lessons[3].features).hidden);
    }
}
