//! A layer of whole-number weights. Sums of whole numbers are exact, so every machine computes the same.

#[cfg(any(test, feature = "training"))]
use super::products::unpack;
use super::products::{Inputs, LANES, Packed, STEP, pack, products};
#[cfg(any(test, feature = "training"))]
use super::tensors::TensorWriter;
use super::tensors::{TensorError, Tensors};

/// The largest size of an input after rounding.
const INPUT_RANGE: f32 = 127.0;
/// What is added to an input, so that none is negative.
const SHIFT: i32 = 128;
/// The largest size of a weight after rounding.
#[cfg(any(test, feature = "training"))]
const WEIGHT_RANGE: f32 = 127.0;

/// `outputs` sums over `inputs` products each, and a bias.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub inputs: usize,
    pub outputs: usize,
    weights: Vec<Packed>,
    /// By output: what the shift of the inputs adds to its sum.
    shifted: Vec<i32>,
    /// By output: what a weight of 1 is worth.
    scale: Vec<f32>,
    bias: Vec<f32>,
}

/// Inputs rounded to whole numbers and shifted, with what 1 is worth in each row.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    values: Vec<Inputs>,
    scale: Vec<f32>,
}

impl Rounded {
    /// Rounds rows of `width` numbers.
    #[inline(always)]
    pub(crate) fn of(rows: &[f32], width: usize) -> Rounded {
        let mut rounded = Rounded::default();
        rounded.values.reserve(rows.len() / STEP);
        for row in rows.chunks_exact(width) {
            let largest = row.iter().fold(0.0f32, |most, number| most.max(number.abs()));
            let unit = if largest > 0.0 { largest / INPUT_RANGE } else { 1.0 };
            let inverse = 1.0 / unit;
            rounded.scale.push(unit);
            let (fours, rest) = row.as_chunks::<STEP>();
            rounded.values.extend(fours.iter().map(|four| four.map(|number| nearest(number * inverse))));
            if !rest.is_empty() {
                rounded.values.push(std::array::from_fn(|at| nearest(rest.get(at).unwrap_or(&0.0) * inverse)));
            }
        }
        rounded
    }
}

/// The nearest whole number of one that is smaller than 128, shifted.
#[inline(always)]
fn nearest(number: f32) -> u8 {
    // Added to 1.5 × 2²³ a number loses its fraction, and what is left stands in the last bits.
    const ROUND: f32 = 12_582_912.0;
    ((number + ROUND).to_bits() as u8).wrapping_add(SHIFT as u8)
}

impl Layer {
    pub(crate) fn open(tensors: &Tensors, name: &str, inputs: usize, outputs: usize) -> Result<Layer, TensorError> {
        let scale = tensors.floats(&format!("{name}.scale"), outputs)?;
        let bias = tensors.floats(&format!("{name}.bias"), outputs)?;
        Ok(Layer::made_of(&tensors.bytes(name, outputs, inputs)?, inputs, scale, bias))
    }

    fn made_of(weights: &[i8], inputs: usize, scale: Vec<f32>, bias: Vec<f32>) -> Layer {
        let sum = |row: &[i8]| row.iter().map(|weight| i32::from(*weight)).sum::<i32>();
        let shifted = weights.chunks_exact(inputs).map(|row| SHIFT * sum(row)).collect();
        Layer { inputs, outputs: bias.len(), weights: pack(weights, inputs), shifted, scale, bias }
    }

    /// Rounds weights given by output.
    #[cfg(any(test, feature = "training"))]
    pub(crate) fn of(weights: &[f32], bias: &[f32], inputs: usize) -> Layer {
        let mut scale = Vec::new();
        let mut rounded = Vec::with_capacity(weights.len());
        for row in weights.chunks_exact(inputs) {
            let largest = row.iter().fold(0.0f32, |most, number| most.max(number.abs()));
            let unit = if largest > 0.0 { largest / WEIGHT_RANGE } else { 1.0 };
            scale.push(unit);
            rounded.extend(row.iter().map(|number| (number / unit).round() as i8));
        }
        Layer::made_of(&rounded, inputs, scale, bias.to_vec())
    }

    #[cfg(any(test, feature = "training"))]
    pub(crate) fn write(&self, name: &str, writer: &mut TensorWriter) {
        writer.bytes(name, self.inputs, &unpack(&self.weights, self.inputs, self.outputs));
        writer.floats(&format!("{name}.scale"), &self.scale);
        writer.floats(&format!("{name}.bias"), &self.bias);
    }

    /// The outputs for each row of inputs, one row after the other.
    #[inline(always)]
    pub(crate) fn apply(&self, rows: &Rounded) -> Vec<f32> {
        let groups = self.outputs.div_ceil(LANES);
        let mut sums = vec![[0; LANES]; rows.scale.len() * groups];
        products(&rows.values, &self.weights, self.inputs.div_ceil(STEP), &mut sums);
        let mut out = Vec::with_capacity(rows.scale.len() * self.outputs);
        for (sums, unit) in sums.chunks_exact(groups).zip(&rows.scale) {
            let sums = sums.as_flattened().iter().zip(&self.shifted).map(|(sum, shifted)| (sum - shifted) as f32);
            let numbers = sums.zip(&self.scale).zip(&self.bias);
            out.extend(numbers.map(|((sum, scale), bias)| sum * (unit * scale) + bias));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_costs_little() {
        let weights: Vec<f32> = (0..6 * 70).map(|n| ((n * 37 % 101) as f32 - 50.0) / 50.0).collect();
        let bias = [0.5; 6];
        let input: Vec<f32> = (0..3 * 70).map(|n| ((n * 53 % 97) as f32 - 48.0) / 9.0).collect();
        let found = Layer::of(&weights, &bias, 70).apply(&Rounded::of(&input, 70));
        for (row, input) in input.chunks_exact(70).enumerate() {
            for (at, weights) in weights.chunks_exact(70).enumerate() {
                let exact: f32 = input.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>() + 0.5;
                assert!((found[row * 6 + at] - exact).abs() < 0.35, "{} for {exact}", found[row * 6 + at]);
            }
        }
    }
}
