//! Layers of a transformer: each lets the pieces of a reply look at each other, then works on each piece alone.

use super::layer::{Layer, Rounded};
#[cfg(any(test, feature = "training"))]
use super::tensors::TensorWriter;
use super::tensors::{TensorError, Tensors};

/// Numbers of one piece.
pub(crate) const WIDTH: usize = 384;
/// Ways of looking, side by side, and the numbers of each.
pub(crate) const HEADS: usize = 12;
pub(crate) const HEAD: usize = WIDTH / HEADS;
/// Units of the step that works on each piece alone.
pub(crate) const UNITS: usize = 1536;
/// Keeps the norm of a row of equal numbers finite.
pub(crate) const EPSILON: f32 = 1e-12;

/// The layers of one block by name, with their inputs and outputs.
pub(crate) const PARTS: [(&str, usize, usize); 6] = [
    ("query", WIDTH, WIDTH),
    ("key", WIDTH, WIDTH),
    ("value", WIDTH, WIDTH),
    ("mix", WIDTH, WIDTH),
    ("widen", WIDTH, UNITS),
    ("narrow", UNITS, WIDTH),
];

/// Brings a row to mean 0 and spread 1, then stretches and shifts it.
#[derive(Clone, Debug)]
pub(crate) struct Norm {
    pub gain: Vec<f32>,
    pub shift: Vec<f32>,
}

impl Norm {
    pub(crate) fn open(tensors: &Tensors, name: &str) -> Result<Norm, TensorError> {
        Ok(Norm {
            gain: tensors.floats(&format!("{name}.gain"), WIDTH)?,
            shift: tensors.floats(&format!("{name}.shift"), WIDTH)?,
        })
    }

    #[cfg(any(test, feature = "training"))]
    pub(crate) fn write(&self, name: &str, writer: &mut TensorWriter) {
        writer.floats(&format!("{name}.gain"), &self.gain);
        writer.floats(&format!("{name}.shift"), &self.shift);
    }

    #[inline(always)]
    pub(crate) fn apply(&self, row: &mut [f32]) {
        let share = 1.0 / row.len() as f32;
        let mean = sum_of(row, |number| number) * share;
        let spread = sum_of(row, |number| (number - mean) * (number - mean)) * share;
        let unit = 1.0 / (spread + EPSILON).sqrt();
        for ((number, gain), shift) in row.iter_mut().zip(&self.gain).zip(&self.shift) {
            *number = (*number - mean) * unit * gain + shift;
        }
    }
}

/// One block: attention and a step on each piece alone, each added to what came in and normed.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// In the order of [`PARTS`].
    pub parts: [Layer; 6],
    pub norms: [Norm; 2],
}

impl Block {
    pub(crate) fn open(tensors: &Tensors, name: &str) -> Result<Block, TensorError> {
        let part = |at: usize| {
            let (part, inputs, outputs) = PARTS[at];
            Layer::open(tensors, &format!("{name}.{part}"), inputs, outputs)
        };
        Ok(Block {
            parts: [part(0)?, part(1)?, part(2)?, part(3)?, part(4)?, part(5)?],
            norms: [Norm::open(tensors, &format!("{name}.norm0"))?, Norm::open(tensors, &format!("{name}.norm1"))?],
        })
    }

    #[cfg(any(test, feature = "training"))]
    pub(crate) fn write(&self, name: &str, writer: &mut TensorWriter) {
        for (layer, (part, ..)) in self.parts.iter().zip(PARTS) {
            layer.write(&format!("{name}.{part}"), writer);
        }
        for (at, norm) in self.norms.iter().enumerate() {
            norm.write(&format!("{name}.norm{at}"), writer);
        }
    }

    /// Works on the pieces of one reply, `WIDTH` numbers each.
    pub(crate) fn apply(&self, rows: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::is_x86_feature_detected as has;
            if has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl") {
                // SAFETY: the processor was just asked for all that the function needs.
                #[allow(unsafe_code)]
                unsafe {
                    self.apply_widest(rows);
                }
                return;
            }
            if has!("avx2") {
                // SAFETY: the processor was just asked for AVX2.
                #[allow(unsafe_code)]
                unsafe {
                    self.apply_wide(rows);
                }
                return;
            }
        }
        self.apply_here(rows);
    }

    /// The same steps on more numbers at a time; none is reordered or fused, so the result is the same to the last bit.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
    fn apply_widest(&self, rows: &mut [f32]) {
        self.apply_here(rows);
    }

    /// As [`Block::apply_widest`], for more processors.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn apply_wide(&self, rows: &mut [f32]) {
        self.apply_here(rows);
    }

    #[inline(always)]
    fn apply_here(&self, rows: &mut [f32]) {
        let [query, key, value, mix, widen, narrow] = &self.parts;
        let rounded = Rounded::of(rows, WIDTH);
        let mixed = attend(&query.apply(&rounded), &key.apply(&rounded), &value.apply(&rounded));
        self.add(rows, &mix.apply(&Rounded::of(&mixed, WIDTH)), 0);
        let mut units = widen.apply(&Rounded::of(rows, WIDTH));
        units.iter_mut().for_each(|unit| *unit = gelu(*unit));
        self.add(rows, &narrow.apply(&Rounded::of(&units, UNITS)), 1);
    }

    #[inline(always)]
    fn add(&self, rows: &mut [f32], found: &[f32], norm: usize) {
        for (row, found) in rows.chunks_exact_mut(WIDTH).zip(found.chunks_exact(WIDTH)) {
            row.iter_mut().zip(found).for_each(|(number, found)| *number += found);
            self.norms[norm].apply(row);
        }
    }
}

/// Each piece's mean of the values of all, by how well its query fits their keys; for each head apart.
#[inline(always)]
fn attend(query: &[f32], key: &[f32], value: &[f32]) -> Vec<f32> {
    let count = query.len() / WIDTH;
    let mut out = vec![0.0; query.len()];
    let unit = 1.0 / (HEAD as f32).sqrt();
    let mut fits = vec![0.0f32; count];
    // By number of the head: that number of every key, so that all fits grow side by side.
    let mut keys = vec![0.0f32; HEAD * count];
    for head in 0..HEADS {
        for (piece, key) in key.chunks_exact(WIDTH).enumerate() {
            for (at, number) in key[head * HEAD..][..HEAD].iter().enumerate() {
                keys[at * count + piece] = *number;
            }
        }
        for piece in 0..count {
            fits.fill(0.0);
            let asked = &query[piece * WIDTH + head * HEAD..][..HEAD];
            for (number, keys) in asked.iter().zip(keys.chunks_exact(count)) {
                let number = number * unit;
                fits.iter_mut().zip(keys).for_each(|(fit, key)| *fit += number * key);
            }
            let largest = largest_of(&fits);
            fits.iter_mut().for_each(|fit| *fit = exp(*fit - largest));
            let share = 1.0 / sum_of(&fits, |fit| fit);
            let out = &mut out[piece * WIDTH + head * HEAD..][..HEAD];
            let mut mean = [0.0f32; HEAD];
            for (fit, value) in fits.iter().zip(value.chunks_exact(WIDTH)) {
                let weight = fit * share;
                mean.iter_mut().zip(&value[head * HEAD..][..HEAD]).for_each(|(mean, number)| *mean += weight * number);
            }
            out.copy_from_slice(&mean);
        }
    }
    out
}

/// Numbers that are added side by side: a fixed order that is quick everywhere.
const PARTS_OF_SUM: usize = 16;

/// The sum over a row.
#[inline(always)]
fn sum_of(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut parts = [0.0f32; PARTS_OF_SUM];
    let (whole, rest) = row.as_chunks::<PARTS_OF_SUM>();
    for numbers in whole {
        parts.iter_mut().zip(numbers).for_each(|(part, number)| *part += of(*number));
    }
    parts.iter_mut().zip(rest).for_each(|(part, number)| *part += of(*number));
    parts.iter().sum()
}

/// The largest number of a row.
#[inline(always)]
fn largest_of(row: &[f32]) -> f32 {
    let mut parts = [f32::NEG_INFINITY; PARTS_OF_SUM];
    let larger = |part: &mut f32, number: &f32| *part = if *number > *part { *number } else { *part };
    let (whole, rest) = row.as_chunks::<PARTS_OF_SUM>();
    for numbers in whole {
        parts.iter_mut().zip(numbers).for_each(|(part, number)| larger(part, number));
    }
    parts.iter_mut().zip(rest).for_each(|(part, number)| larger(part, number));
    parts.iter().copied().fold(f32::NEG_INFINITY, f32::max)
}

/// e to the power of a number, by additions and products alone, so that it is the same on every machine; to 2 parts in a
/// million. What is below −87 counts as −87.
#[inline(always)]
pub(crate) fn exp(number: f32) -> f32 {
    // The logarithm of 2 in two parts, of which the first has few digits, so that its multiples are exact.
    const LN_2: f32 = 0.693_359_4;
    const LN_2_REST: f32 = -2.121_944_4e-4;
    // Adding and taking away 1.5 × 2²³ rounds to a whole number.
    const ROUND: f32 = 12_582_912.0;
    let number = number.clamp(-87.0, 87.0);
    let rounded = number * std::f32::consts::LOG2_E + ROUND;
    let whole = rounded - ROUND;
    let rest = (number - whole * LN_2) - whole * LN_2_REST;
    let series = 1.0 / 120.0;
    let series = series * rest + 1.0 / 24.0;
    let series = series * rest + 1.0 / 6.0;
    let series = series * rest + 0.5;
    let series = series * rest + 1.0;
    let series = series * rest + 1.0;
    // The whole number stands in the last bits; shifted to the place of the exponent it is a power of 2.
    let power = f32::from_bits(rounded.to_bits().wrapping_add(127) << 23);
    series * power
}

/// A number times the share of a normal distribution below it (Hendrycks and Gimpel 2016); the share by formula 7.1.26 of
/// Abramowitz and Stegun.
#[inline(always)]
pub(crate) fn gelu(number: f32) -> f32 {
    number * below(number)
}

/// How fast [`gelu`] grows at a number.
#[cfg(feature = "training")]
#[inline(always)]
pub(crate) fn gelu_slope(number: f32) -> f32 {
    /// One over the root of twice π.
    const PEAK: f32 = 0.398_942_3;
    below(number) + number * PEAK * exp(-0.5 * number * number)
}

/// The share of a normal distribution below a number.
#[inline(always)]
fn below(number: f32) -> f32 {
    let size = number.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let series = 1.061_405_4 * t - 1.453_152;
    let series = series * t + 1.421_413_7;
    let series = series * t - 0.284_496_74;
    let series = (series * t + 0.254_829_6) * t;
    let tail = 0.5 * series * exp(-size * size);
    if number < 0.0 { tail } else { 1.0 - tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_near_the_true_one() {
        for step in -8600..=100 {
            let number = step as f32 / 100.0;
            let true_one = libm::exp(f64::from(number));
            assert!((f64::from(exp(number)) / true_one - 1.0).abs() < 4e-6, "{number}");
        }
        assert!(exp(-1e30) < 1e-37);
    }

    #[test]
    fn gelu_is_near_the_true_one() {
        for step in -800..=800 {
            let number = step as f32 / 100.0;
            let true_one = f64::from(number) * 0.5 * (1.0 + libm::erf(f64::from(number) / 2f64.sqrt()));
            assert!((f64::from(gelu(number)) - true_one).abs() < 2e-6, "{number}");
        }
    }

    #[test]
    fn attention_means_what_fits_best() {
        // Two pieces: the first asks for the second's key in every head.
        let mut query = vec![0.0; 2 * WIDTH];
        query[..WIDTH].fill(9.0);
        let mut key = vec![-9.0; 2 * WIDTH];
        key[WIDTH..].fill(9.0);
        let mut value = vec![1.0; 2 * WIDTH];
        value[WIDTH..].fill(5.0);
        let found = attend(&query, &key, &value);
        assert!(found[..WIDTH].iter().all(|number| (number - 5.0).abs() < 1e-5), "the second's value");
        assert!(found[WIDTH..].iter().all(|number| (number - 3.0).abs() < 1e-5), "the mean of both");
    }
}
