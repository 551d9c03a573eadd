//! Everything that is learned, while it is learned.

use std::ops::Range;

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use rand::rngs::ChaCha8Rng;
use rand::{Rng, RngExt};
use rayon::prelude::*;

use super::batch::Part;
use super::plan::{Origin, Place, Plan};
use super::{Schooling, Trained};
use crate::language::meaning::layer::Layer;
use crate::language::meaning::network::{ACTS, HIDDEN, Network};
use crate::language::meaning::transformer::{Block, Norm};

/// Numbers that one thread adjusts at a time.
const STRETCH: usize = 1 << 16;

/// Everything that is learned, with the two running means of the Adam method.
pub(super) struct Pupil {
    pub(super) plan: Plan,
    pub(super) weights: Vec<f32>,
    pub(super) first: Vec<f32>,
    pub(super) second: Vec<f32>,
}

impl Pupil {
    pub(super) fn new(origin: &Origin, chance: &mut ChaCha8Rng) -> Pupil {
        let plan = Plan::of(origin.count);
        let mut weights = origin.weights.clone();
        weights.resize(plan.end(), 0.0);
        for (place, share) in [(&plan.clause, 1.0), (&plan.reply, 1.0), (&plan.scores, 0.3)] {
            let reach = share / (place.inputs as f32).sqrt();
            for weight in &mut weights[place.weights.clone()] {
                *weight = (chance.random::<f32>() * 2.0 - 1.0) * reach;
            }
        }
        // Most acts are absent from most replies.
        weights[plan.scores.bias.clone()].fill(-2.0);
        let nothing = vec![0.0; weights.len()];
        Pupil { plan, first: nothing.clone(), second: nothing, weights }
    }

    /// Puts into `slopes` what a part of a batch teaches, and answers how wrong the pupil was about it.
    pub(super) fn study(
        &self,
        part: &Part,
        schooling: &Schooling,
        weight: (f32, f32),
        slopes: &mut [f32],
        chance: &mut ChaCha8Rng,
    ) -> f32 {
        slopes.fill(0.0);
        let mut rows = part.rows.clone();
        thin(&mut rows, schooling.left_out, chance);
        let mut traces = Vec::new();
        for block in &self.plan.blocks {
            let (out, trace) = self.through(block, part, rows, schooling.left_out, chance);
            rows = out;
            traces.push(trace);
        }
        let (error, mut row_slopes) = self.judge(part, &rows, schooling, weight, slopes, chance);
        for (block, trace) in self.plan.blocks.iter().zip(&traces).rev() {
            row_slopes = self.back(block, part, trace, row_slopes, slopes);
        }
        error
    }

    /// The outputs of a layer for rows of inputs.
    pub(super) fn layer(&self, place: &Place, rows: &[f32]) -> Vec<f32> {
        let count = rows.len() / place.inputs;
        let bias = &self.weights[place.bias.clone()];
        let mut out: Vec<f32> = bias.repeat(count);
        matmul(
            MatMut::from_row_major_slice_mut(&mut out, count, place.outputs),
            Accum::Add,
            MatRef::from_row_major_slice(rows, count, place.inputs),
            MatRef::from_row_major_slice(&self.weights[place.weights.clone()], place.outputs, place.inputs).transpose(),
            1.0,
            Par::Seq,
        );
        out
    }

    /// Adds a layer's slopes; answers, or adds to `into`, those of its inputs.
    pub(super) fn layer_back(
        &self,
        place: &Place,
        rows: &[f32],
        out: &[f32],
        slopes: &mut [f32],
        into: Option<Vec<f32>>,
    ) -> Vec<f32> {
        let count = rows.len() / place.inputs;
        let out_matrix = MatRef::from_row_major_slice(out, count, place.outputs);
        matmul(
            MatMut::from_row_major_slice_mut(&mut slopes[place.weights.clone()], place.outputs, place.inputs),
            Accum::Add,
            out_matrix.transpose(),
            MatRef::from_row_major_slice(rows, count, place.inputs),
            1.0,
            Par::Seq,
        );
        for row in out.chunks_exact(place.outputs) {
            slopes[place.bias.clone()].iter_mut().zip(row).for_each(|(sum, slope)| *sum += slope);
        }
        let mut found = into.unwrap_or_else(|| vec![0.0; rows.len()]);
        matmul(
            MatMut::from_row_major_slice_mut(&mut found, count, place.inputs),
            Accum::Add,
            out_matrix,
            MatRef::from_row_major_slice(&self.weights[place.weights.clone()], place.outputs, place.inputs),
            1.0,
            Par::Seq,
        );
        found
    }

    /// One step of Adam with decoupled fading (Kingma and Ba 2015; Loshchilov and Hutter 2019), along the sum of the slopes,
    /// shortened where it is too long.
    pub(super) fn adjust(&mut self, slopes: &mut [Vec<f32>], schooling: &Schooling, size: f32, step: i32) {
        let Some((all, others)) = slopes.split_first_mut() else { return };
        let lengths: Vec<f64> = all
            .par_chunks_mut(STRETCH)
            .enumerate()
            .map(|(at, all)| {
                for other in others.iter() {
                    all.iter_mut().zip(&other[at * STRETCH..]).for_each(|(sum, slope)| *sum += slope);
                }
                all.iter().map(|slope| f64::from(slope * slope)).sum()
            })
            .collect();
        let shorter = (f64::from(schooling.longest_slope) / lengths.iter().sum::<f64>().sqrt()).min(1.0) as f32;
        let (keep_first, keep_second) = (0.9f32, 0.999f32);
        let first_share = 1.0 / (1.0 - libm::powf(keep_first, step as f32));
        let second_share = 1.0 / (1.0 - libm::powf(keep_second, step as f32));
        let network = self.plan.network();
        let numbers = self.weights.par_chunks_mut(STRETCH).zip(self.first.par_chunks_mut(STRETCH));
        let numbers = numbers.zip(self.second.par_chunks_mut(STRETCH)).zip(all.par_chunks(STRETCH)).enumerate();
        numbers.for_each(|(stretch, (((weights, first), second), slopes))| {
            let numbers = weights.iter_mut().zip(first).zip(second).zip(slopes).enumerate();
            for (at, (((weight, first), second), slope)) in numbers {
                let largest =
                    if stretch * STRETCH + at < network { schooling.block_step } else { schooling.network_step };
                let slope = slope * shorter;
                *first = keep_first * *first + (1.0 - keep_first) * slope;
                *second = keep_second * *second + (1.0 - keep_second) * slope * slope;
                let change = *first * first_share / ((*second * second_share).sqrt() + 1e-8);
                *weight -= largest * size * (change + schooling.fade * *weight);
            }
        });
    }

    pub(super) fn graduate(&self) -> Trained {
        let of = |range: &Range<usize>| &self.weights[range.clone()];
        let layer = |place: &Place| Layer::of(of(&place.weights), of(&place.bias), place.inputs);
        let norm = |place: &Place| Norm { gain: of(&place.weights).to_vec(), shift: of(&place.bias).to_vec() };
        let blocks = self
            .plan
            .blocks
            .iter()
            .map(|block| Block {
                parts: std::array::from_fn(|at| layer(&block.parts[at])),
                norms: [norm(&block.norms[0]), norm(&block.norms[1])],
            })
            .collect();
        let by_act = of(&self.plan.scores.weights);
        let network = Network {
            clause: layer(&self.plan.clause),
            reply: layer(&self.plan.reply),
            scores: (0..HIDDEN).flat_map(|unit| (0..ACTS).map(move |act| by_act[act * HIDDEN + unit])).collect(),
            bias: of(&self.plan.scores.bias).to_vec(),
        };
        Trained { blocks, network }
    }
}

/// Leaves out a share of the numbers at random and strengthens the others for it; answers by what each was multiplied, which
/// is nothing where none is left out.
pub(super) fn thin(numbers: &mut [f32], left_out: f32, chance: &mut ChaCha8Rng) -> Vec<f32> {
    let edge = (left_out * 256.0) as u8;
    if edge == 0 {
        return Vec::new();
    }
    let keep = 1.0 / (1.0 - f32::from(edge) / 256.0);
    let mut bytes = vec![0u8; numbers.len()];
    chance.fill_bytes(&mut bytes);
    let mask: Vec<f32> = bytes.into_iter().map(|byte| if byte < edge { 0.0 } else { keep }).collect();
    multiply(numbers, &mask);
    mask
}

pub(super) fn multiply(numbers: &mut [f32], mask: &[f32]) {
    numbers.iter_mut().zip(mask).for_each(|(number, by)| *number *= by);
}
