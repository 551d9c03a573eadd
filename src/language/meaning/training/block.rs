//! A block on the way there and back: what it makes of its rows, and what each weight did to the error.

use std::ops::Range;

use rand::rngs::ChaCha8Rng;

use super::batch::Part;
use super::plan::{BlockPlan, Place};
use super::pupil::{Pupil, thin};
use crate::language::meaning::transformer::{EPSILON, HEAD, HEADS, WIDTH, exp, gelu, gelu_slope};

/// Numbers that are added side by side.
const SUMS: usize = 8;

/// What a block made of its rows, kept for the way back.
pub(super) struct Trace {
    input: Vec<f32>,
    /// Query, key and value.
    asked: [Vec<f32>; 3],
    /// By reply and head: how much each piece looks at each.
    looks: Vec<Vec<f32>>,
    mixed: Vec<f32>,
    mixed_mask: Vec<f32>,
    /// What the first norm made, with its traces.
    middle: Vec<f32>,
    norms: [NormTrace; 2],
    units: Vec<f32>,
    active: Vec<f32>,
    narrow_mask: Vec<f32>,
}

/// By row: the numbers at mean 0 and spread 1, and one over their spread before.
#[derive(Default)]
struct NormTrace {
    even: Vec<f32>,
    unit: Vec<f32>,
}

impl Pupil {
    fn norm(&self, place: &Place, mut rows: Vec<f32>) -> (Vec<f32>, NormTrace) {
        let (gain, shift) = (&self.weights[place.weights.clone()], &self.weights[place.bias.clone()]);
        let mut trace = NormTrace { even: Vec::with_capacity(rows.len()), unit: Vec::new() };
        for row in rows.chunks_exact_mut(WIDTH) {
            let share = 1.0 / WIDTH as f32;
            let mean = row.iter().sum::<f32>() * share;
            let spread = row.iter().map(|number| (number - mean) * (number - mean)).sum::<f32>() * share;
            let unit = 1.0 / (spread + EPSILON).sqrt();
            trace.unit.push(unit);
            for ((number, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
                let even = (*number - mean) * unit;
                trace.even.push(even);
                *number = even * gain + shift;
            }
        }
        (rows, trace)
    }

    /// Turns the slopes of a norm's outputs into those of its inputs.
    fn norm_back(&self, place: &Place, trace: &NormTrace, rows: &mut [f32], slopes: &mut [f32]) {
        let gain = &self.weights[place.weights.clone()];
        let share = 1.0 / WIDTH as f32;
        for ((row, even), unit) in rows.chunks_exact_mut(WIDTH).zip(trace.even.chunks_exact(WIDTH)).zip(&trace.unit) {
            for ((sum, slope), even) in slopes[place.weights.clone()].iter_mut().zip(row.iter()).zip(even) {
                *sum += slope * even;
            }
            slopes[place.bias.clone()].iter_mut().zip(row.iter()).for_each(|(sum, slope)| *sum += slope);
            row.iter_mut().zip(gain).for_each(|(slope, gain)| *slope *= gain);
            let mean = row.iter().sum::<f32>() * share;
            let along = row.iter().zip(even).map(|(slope, even)| slope * even).sum::<f32>() * share;
            for (slope, even) in row.iter_mut().zip(even) {
                *slope = unit * (*slope - mean - even * along);
            }
        }
    }

    pub(super) fn through(
        &self,
        block: &BlockPlan,
        part: &Part,
        input: Vec<f32>,
        left_out: f32,
        chance: &mut ChaCha8Rng,
    ) -> (Vec<f32>, Trace) {
        let asked = [0, 1, 2].map(|at| self.layer(&block.parts[at], &input));
        let mut mixed = vec![0.0; input.len()];
        let mut looks = Vec::new();
        for reply in &part.replies {
            for head in 0..HEADS {
                looks.push(look(&asked, &reply.rows, head, &mut mixed));
            }
        }
        let mut sum = self.layer(&block.parts[3], &mixed);
        let mixed_mask = thin(&mut sum, left_out, chance);
        sum.iter_mut().zip(&input).for_each(|(sum, number)| *sum += number);
        let (middle, first) = self.norm(&block.norms[0], sum);
        let units = self.layer(&block.parts[4], &middle);
        let active: Vec<f32> = units.iter().map(|unit| gelu(*unit)).collect();
        let mut sum = self.layer(&block.parts[5], &active);
        let narrow_mask = thin(&mut sum, left_out, chance);
        sum.iter_mut().zip(&middle).for_each(|(sum, number)| *sum += number);
        let (out, second) = self.norm(&block.norms[1], sum);
        (
            out,
            Trace {
                input,
                asked,
                looks,
                mixed,
                mixed_mask,
                middle,
                norms: [first, second],
                units,
                active,
                narrow_mask,
            },
        )
    }

    /// Adds a block's slopes; turns the slopes of its outputs into those of its inputs.
    pub(super) fn back(
        &self,
        block: &BlockPlan,
        part: &Part,
        trace: &Trace,
        mut rows: Vec<f32>,
        slopes: &mut [f32],
    ) -> Vec<f32> {
        let masked = |rows: &[f32], mask: &[f32]| -> Vec<f32> {
            if mask.is_empty() {
                rows.to_vec()
            } else {
                rows.iter().zip(mask).map(|(slope, mask)| slope * mask).collect()
            }
        };
        self.norm_back(&block.norms[1], &trace.norms[1], &mut rows, slopes);
        let narrow = masked(&rows, &trace.narrow_mask);
        let mut units = self.layer_back(&block.parts[5], &trace.active, &narrow, slopes, None);
        units.iter_mut().zip(&trace.units).for_each(|(slope, unit)| *slope *= gelu_slope(*unit));
        let mut rows = self.layer_back(&block.parts[4], &trace.middle, &units, slopes, Some(rows));
        self.norm_back(&block.norms[0], &trace.norms[0], &mut rows, slopes);
        let mixed = self.layer_back(&block.parts[3], &trace.mixed, &masked(&rows, &trace.mixed_mask), slopes, None);
        let mut asked = [(); 3].map(|()| vec![0.0; rows.len()]);
        let mut looks = trace.looks.iter();
        for reply in &part.replies {
            for (head, looks) in (0..HEADS).zip(&mut looks) {
                look_back(&trace.asked, &reply.rows, head, looks, &mixed, &mut asked);
            }
        }
        for (place, asked) in block.parts.iter().zip(&asked) {
            rows = self.layer_back(place, &trace.input, asked, slopes, Some(rows));
        }
        rows
    }
}

/// The numbers of one head of a row.
fn of_head(rows: &[f32], row: usize, head: usize) -> &[f32] {
    &rows[row * WIDTH + head * HEAD..][..HEAD]
}

/// The sum of products of two rows, in some parts side by side.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    let mut parts = [0.0f32; SUMS];
    for (one, other) in one.as_chunks::<SUMS>().0.iter().zip(other.as_chunks::<SUMS>().0) {
        for (part, (a, b)) in parts.iter_mut().zip(one.iter().zip(other)) {
            *part += a * b;
        }
    }
    parts.iter().sum()
}

/// Lets the pieces of one reply look at each other in one head. Answers how much each looks at each.
fn look(asked: &[Vec<f32>; 3], rows: &Range<usize>, head: usize, mixed: &mut [f32]) -> Vec<f32> {
    let [query, key, value] = asked;
    let unit = 1.0 / (HEAD as f32).sqrt();
    let mut looks = Vec::with_capacity(rows.len() * rows.len());
    for row in rows.clone() {
        let from = looks.len();
        let question = of_head(query, row, head);
        looks.extend(rows.clone().map(|other| dot(question, of_head(key, other, head)) * unit));
        let here = &mut looks[from..];
        let most = here.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        here.iter_mut().for_each(|look| *look = exp(*look - most));
        let share = 1.0 / here.iter().sum::<f32>();
        here.iter_mut().for_each(|look| *look *= share);
        let out = &mut mixed[row * WIDTH + head * HEAD..][..HEAD];
        for (look, other) in looks[from..].iter().zip(rows.clone()) {
            out.iter_mut().zip(of_head(value, other, head)).for_each(|(out, number)| *out += look * number);
        }
    }
    looks
}

/// The slopes of query, key and value from those of what was mixed.
fn look_back(
    asked: &[Vec<f32>; 3],
    rows: &Range<usize>,
    head: usize,
    looks: &[f32],
    mixed: &[f32],
    slopes: &mut [Vec<f32>; 3],
) {
    let [query, key, value] = asked;
    let [query_slopes, key_slopes, value_slopes] = slopes;
    let unit = 1.0 / (HEAD as f32).sqrt();
    let add = |into: &mut [f32], row: usize, numbers: &[f32], by: f32| {
        let into = &mut into[row * WIDTH + head * HEAD..][..HEAD];
        into.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number * by);
    };
    for (row, looks) in rows.clone().zip(looks.chunks_exact(rows.len())) {
        let out = of_head(mixed, row, head);
        let wanted: Vec<f32> = rows.clone().map(|other| dot(out, of_head(value, other, head))).collect();
        let mean: f32 = wanted.iter().zip(looks).map(|(wanted, look)| wanted * look).sum();
        for ((other, look), wanted) in rows.clone().zip(looks).zip(&wanted) {
            add(value_slopes, other, out, *look);
            let slope = look * (wanted - mean) * unit;
            add(query_slopes, row, of_head(key, other, head), slope);
            add(key_slopes, other, of_head(query, row, head), slope);
        }
    }
}
