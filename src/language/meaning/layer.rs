//! A layer of whole-number weights. Sums of whole numbers are exact, so every machine computes the same.

use super::tensors::{TensorError, TensorWriter, Tensors};

/// The largest size of an input after rounding: 1,600 such products with weights of 127 still fit 32 bits.
const INPUT_RANGE: f32 = 8191.0;
/// Outputs computed together, so that each input is fetched once for all of them.
const TOGETHER: usize = 4;

/// `outputs` sums over `inputs` products each, with a bias where the file holds one.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub inputs: usize,
    pub outputs: usize,
    /// By output: its weights, rounded.
    weights: Vec<i16>,
    /// By output: what a weight of 1 is worth.
    scale: Vec<f32>,
    bias: Vec<f32>,
}

/// Inputs rounded to whole numbers, with what 1 is worth in each row.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    values: Vec<i16>,
    scale: Vec<f32>,
}

impl Rounded {
    /// Rounds rows of `width` numbers.
    pub(crate) fn of(rows: &[f32], width: usize) -> Rounded {
        let mut rounded = Rounded { values: Vec::with_capacity(rows.len()), scale: Vec::new() };
        for row in rows.chunks_exact(width) {
            let largest = row.iter().fold(0.0f32, |most, number| most.max(number.abs()));
            let unit = if largest > 0.0 { largest / INPUT_RANGE } else { 1.0 };
            let inverse = 1.0 / unit;
            rounded.scale.push(unit);
            rounded.values.extend(row.iter().map(|number| (number * inverse).round() as i16));
        }
        rounded
    }
}

impl Layer {
    pub(crate) fn open(tensors: &Tensors, name: &str, inputs: usize, outputs: usize) -> Result<Layer, TensorError> {
        let bias = format!("{name}.bias");
        Ok(Layer {
            inputs,
            outputs,
            weights: tensors.bytes(name, outputs, inputs)?.into_iter().map(i16::from).collect(),
            scale: tensors.floats(&format!("{name}.scale"), outputs)?,
            bias: if tensors.holds(&bias) { tensors.floats(&bias, outputs)? } else { vec![0.0; outputs] },
        })
    }

    /// Rounds weights given by output.
    pub(crate) fn of(weights: &[f32], bias: &[f32], inputs: usize) -> Layer {
        let mut layer =
            Layer { inputs, outputs: bias.len(), weights: Vec::new(), scale: Vec::new(), bias: bias.to_vec() };
        for row in weights.chunks_exact(inputs) {
            let largest = row.iter().fold(0.0f32, |most, number| most.max(number.abs()));
            let unit = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            layer.scale.push(unit);
            layer.weights.extend(row.iter().map(|number| (number / unit).round() as i16));
        }
        layer
    }

    pub(crate) fn write(&self, name: &str, writer: &mut TensorWriter) {
        let bytes: Vec<i8> = self.weights.iter().map(|weight| *weight as i8).collect();
        writer.bytes(name, self.inputs, &bytes);
        writer.floats(&format!("{name}.scale"), &self.scale);
        writer.floats(&format!("{name}.bias"), &self.bias);
    }

    /// The outputs for each row of inputs, one row after the other.
    pub(crate) fn apply(&self, rows: &Rounded) -> Vec<f32> {
        let mut out = vec![0.0; rows.scale.len() * self.outputs];
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor was just asked for AVX2.
            #[allow(unsafe_code)]
            unsafe {
                self.fill_wide(rows, &mut out);
            }
            return out;
        }
        self.fill(rows, &mut out);
        out
    }

    /// The same sums with twice the numbers at a time: exact, so the result is the same to the last bit.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn fill_wide(&self, rows: &Rounded, out: &mut [f32]) {
        self.fill(rows, out);
    }

    #[inline(always)]
    fn fill(&self, rows: &Rounded, out: &mut [f32]) {
        for (group, weights) in self.weights.chunks(self.inputs * TOGETHER).enumerate() {
            let first = group * TOGETHER;
            for (row, input) in rows.values.chunks_exact(self.inputs).enumerate() {
                let sums = products(input, weights);
                let out = &mut out[row * self.outputs + first..];
                for (at, sum) in sums.iter().take(weights.len() / self.inputs).enumerate() {
                    out[at] = *sum as f32 * (rows.scale[row] * self.scale[first + at]) + self.bias[first + at];
                }
            }
        }
    }
}

/// The sums of products of one input with up to four rows of weights.
#[inline(always)]
fn products(input: &[i16], weights: &[i16]) -> [i32; TOGETHER] {
    let width = input.len();
    let mut sums = [0; TOGETHER];
    if weights.len() == width * TOGETHER {
        let (first, rest) = weights.split_at(width);
        let (second, rest) = rest.split_at(width);
        let (third, fourth) = rest.split_at(width);
        let [mut a, mut b, mut c, mut d] = sums;
        for ((((x, w), v), u), t) in input.iter().zip(first).zip(second).zip(third).zip(fourth) {
            let x = i32::from(*x);
            a += x * i32::from(*w);
            b += x * i32::from(*v);
            c += x * i32::from(*u);
            d += x * i32::from(*t);
        }
        sums = [a, b, c, d];
    } else {
        for (sum, weights) in sums.iter_mut().zip(weights.chunks_exact(width)) {
            *sum = input.iter().zip(weights).map(|(x, w)| i32::from(*x) * i32::from(*w)).sum();
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_costs_little() {
        let weights: Vec<f32> = (0..6 * 64).map(|n| ((n * 37 % 101) as f32 - 50.0) / 50.0).collect();
        let bias = [0.5; 6];
        let input: Vec<f32> = (0..2 * 64).map(|n| ((n * 53 % 97) as f32 - 48.0) / 9.0).collect();
        let found = Layer::of(&weights, &bias, 64).apply(&Rounded::of(&input, 64));
        for (row, input) in input.chunks_exact(64).enumerate() {
            for (at, weights) in weights.chunks_exact(64).enumerate() {
                let exact: f32 = input.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>() + 0.5;
                assert!((found[row * 6 + at] - exact).abs() < 0.35, "{} for {exact}", found[row * 6 + at]);
            }
        }
    }
}
