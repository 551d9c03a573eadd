//! A small network from the numbers of a clause to one score for each act.

use super::encoder::Encoder;
use super::layer::{Layer, Rounded};
#[cfg(any(test, feature = "training"))]
use super::tensors::TensorWriter;
use super::tensors::{TensorError, Tensors};
use crate::language::Act;

pub(crate) const ACTS: usize = Act::ALL.len();
const INPUTS: usize = Encoder::FEATURES;
/// Units between the numbers and the scores.
pub(crate) const HIDDEN: usize = 256;

/// A learned network, its weights rounded.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    /// From the clause itself.
    pub clause: Layer,
    /// From the mean of all clauses of the reply.
    pub reply: Layer,
    /// By unit: its weight for each act.
    pub scores: Vec<f32>,
    pub bias: Vec<f32>,
}

/// What the network makes of a reply.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scored {
    /// By clause: a score (log-odds) for each act.
    pub scores: Vec<[f32; ACTS]>,
    /// By clause: the units.
    pub hidden: Vec<f32>,
}

impl Scored {
    /// The units of a clause.
    pub(crate) fn units(&self, clause: usize) -> &[f32] {
        &self.hidden[clause * HIDDEN..(clause + 1) * HIDDEN]
    }
}

impl Network {
    pub(crate) fn open(tensors: &Tensors) -> Result<Network, TensorError> {
        Ok(Network {
            clause: Layer::open(tensors, "network.clause", INPUTS, HIDDEN)?,
            reply: Layer::open(tensors, "network.reply", INPUTS, HIDDEN)?,
            scores: tensors.floats("network.scores", HIDDEN * ACTS)?,
            bias: tensors.floats("network.bias", ACTS)?,
        })
    }

    #[cfg(any(test, feature = "training"))]
    pub(crate) fn write(&self, writer: &mut TensorWriter) {
        self.clause.write("network.clause", writer);
        self.reply.write("network.reply", writer);
        writer.floats("network.scores", &self.scores);
        writer.floats("network.bias", &self.bias);
    }

    /// Scores the clauses of a reply.
    pub(crate) fn score(&self, features: &[f32]) -> Scored {
        if features.is_empty() {
            return Scored::default();
        }
        let around = self.reply.apply(&Rounded::of(&mean(features), INPUTS));
        let mut hidden = self.clause.apply(&Rounded::of(features, INPUTS));
        let mut scores = Vec::new();
        for row in hidden.chunks_exact_mut(HIDDEN) {
            for (unit, around) in row.iter_mut().zip(&around) {
                *unit = (*unit + around).max(0.0);
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

/// From log-odds to a chance between 0 and 1.
pub(crate) fn chance_of(score: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-score))
}
