//! Sums of products of whole numbers, as wide as the processor can: exact, so every machine finds the same.

use bytemuck::cast;

/// Inputs are taken four at a time.
pub(crate) const STEP: usize = 4;
/// Outputs that are computed side by side.
pub(crate) const LANES: usize = 16;

/// Four inputs of a row.
pub(crate) type Inputs = [u8; STEP];
/// Weights of [`LANES`] outputs for four inputs: those of the first output, then those of the second, and so on.
pub(crate) type Packed = [i8; LANES * STEP];

/// Weights by output, rows of `width`, packed for [`products`]: all inputs of the first outputs, then of the next ones. What is
/// missing at the edges is filled up with zeros.
pub(crate) fn pack(weights: &[i8], width: usize) -> Vec<Packed> {
    let steps = width.div_ceil(STEP);
    let outputs = weights.len() / width;
    let mut packed = vec![[0; LANES * STEP]; outputs.div_ceil(LANES) * steps];
    for (output, row) in weights.chunks_exact(width).enumerate() {
        let group = &mut packed[output / LANES * steps..][..steps];
        for (packed, some) in group.iter_mut().zip(row.chunks(STEP)) {
            packed[output % LANES * STEP..][..some.len()].copy_from_slice(some);
        }
    }
    packed
}

/// The weights that [`pack`] packed, by output.
#[cfg(any(test, feature = "training"))]
pub(crate) fn unpack(packed: &[Packed], width: usize, outputs: usize) -> Vec<i8> {
    let steps = width.div_ceil(STEP);
    let weight = |output: usize, input: usize| {
        packed[output / LANES * steps + input / STEP][output % LANES * STEP + input % STEP]
    };
    (0..outputs).flat_map(|output| (0..width).map(move |input| weight(output, input))).collect()
}

/// By row of inputs: the sum of its products with the weights of each output, filled up to a multiple of [`LANES`] outputs.
/// Sums must fit 32 bits.
pub(crate) fn products(inputs: &[Inputs], weights: &[Packed], steps: usize, sums: &mut [[i32; LANES]]) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx512f") && has!("avx512vnni") {
            // SAFETY: the processor was just asked for all that the function needs.
            #[allow(unsafe_code)]
            unsafe {
                with_avx512(inputs, weights, steps, sums);
            }
            return;
        }
        if has!("avx2") {
            // SAFETY: the processor was just asked for AVX2.
            #[allow(unsafe_code)]
            unsafe {
                with_avx2(inputs, weights, steps, sums);
            }
            return;
        }
    }
    plainly(inputs, weights, steps, sums);
}

fn plainly(inputs: &[Inputs], weights: &[Packed], steps: usize, sums: &mut [[i32; LANES]]) {
    let groups = weights.len() / steps;
    for (input, sums) in inputs.chunks_exact(steps).zip(sums.chunks_exact_mut(groups)) {
        for (weights, sums) in weights.chunks_exact(steps).zip(sums) {
            *sums = [0; LANES];
            for (input, weights) in input.iter().zip(weights) {
                for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<STEP>().0) {
                    *sum += input.iter().zip(weights).map(|(x, w)| i32::from(*x) * i32::from(*w)).sum::<i32>();
                }
            }
        }
    }
}

/// So many rows of inputs from one on.
#[inline(always)]
fn rows<const R: usize>(inputs: &[Inputs], steps: usize, first: usize) -> [&[Inputs]; R] {
    let mut found: [&[Inputs]; R] = [&[]; R];
    for (at, row) in found.iter_mut().enumerate() {
        *row = &inputs[(first + at) * steps..][..steps];
    }
    found
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vnni")]
fn with_avx512(inputs: &[Inputs], weights: &[Packed], steps: usize, sums: &mut [[i32; LANES]]) {
    let (count, groups) = (inputs.len() / steps, weights.len() / steps);
    for (at, pair) in weights.chunks(2 * steps).enumerate() {
        let mut row = 0;
        while row < count {
            let sums = &mut sums[row * groups + 2 * at..];
            row += match count - row {
                8.. => rows_with_avx512::<8>(inputs, row, pair, steps, groups, sums),
                4.. => rows_with_avx512::<4>(inputs, row, pair, steps, groups, sums),
                2.. => rows_with_avx512::<2>(inputs, row, pair, steps, groups, sums),
                _ => rows_with_avx512::<1>(inputs, row, pair, steps, groups, sums),
            };
        }
    }
}

/// Some rows of inputs with one group of outputs or two of them; each weight is fetched once for all rows.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
fn rows_with_avx512<const R: usize>(
    inputs: &[Inputs],
    row: usize,
    weights: &[Packed],
    steps: usize,
    groups: usize,
    sums: &mut [[i32; LANES]],
) -> usize {
    use std::arch::x86_64::{__m512i, _mm512_dpbusd_epi32, _mm512_set1_epi32, _mm512_setzero_si512};
    let first = &weights[..steps];
    let both = weights.len() > steps;
    let second = if both { &weights[steps..][..steps] } else { first };
    let inputs: [&[Inputs]; R] = rows(inputs, steps, row);
    let mut one = [_mm512_setzero_si512(); R];
    let mut other = [_mm512_setzero_si512(); R];
    for step in 0..steps {
        let (w, v) = (cast::<Packed, __m512i>(first[step]), cast::<Packed, __m512i>(second[step]));
        for ((input, one), other) in inputs.iter().zip(&mut one).zip(&mut other) {
            let input = _mm512_set1_epi32(cast::<Inputs, i32>(input[step]));
            *one = _mm512_dpbusd_epi32(*one, input, w);
            *other = _mm512_dpbusd_epi32(*other, input, v);
        }
    }
    for (at, (one, other)) in one.into_iter().zip(other).enumerate() {
        sums[at * groups] = cast::<__m512i, [i32; LANES]>(one);
        if both {
            sums[at * groups + 1] = cast::<__m512i, [i32; LANES]>(other);
        }
    }
    R
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2(inputs: &[Inputs], weights: &[Packed], steps: usize, sums: &mut [[i32; LANES]]) {
    let (count, groups) = (inputs.len() / steps, weights.len() / steps);
    for (at, weights) in weights.chunks_exact(steps).enumerate() {
        let mut row = 0;
        while row < count {
            let sums = &mut sums[row * groups + at..];
            row += match count - row {
                2.. => rows_with_avx2::<2>(inputs, row, weights, groups, sums),
                _ => rows_with_avx2::<1>(inputs, row, weights, groups, sums),
            };
        }
    }
}

/// Some rows of inputs with one group of outputs. Each output has two sums, which are added in the end.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn rows_with_avx2<const R: usize>(
    inputs: &[Inputs],
    row: usize,
    weights: &[Packed],
    groups: usize,
    sums: &mut [[i32; LANES]],
) -> usize {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm_cvtepu8_epi16, _mm_cvtsi32_si128, _mm256_add_epi32, _mm256_broadcastq_epi64,
        _mm256_cvtepi8_epi16, _mm256_madd_epi16, _mm256_setzero_si256,
    };
    let inputs: [&[Inputs]; R] = rows(inputs, weights.len(), row);
    let mut found = [[_mm256_setzero_si256(); STEP]; R];
    for (step, weights) in weights.iter().enumerate() {
        let weights = cast::<Packed, [__m128i; STEP]>(*weights).map(|four| _mm256_cvtepi8_epi16(four));
        for (input, found) in inputs.iter().zip(&mut found) {
            let input = _mm_cvtepu8_epi16(_mm_cvtsi32_si128(cast::<Inputs, i32>(input[step])));
            let input = _mm256_broadcastq_epi64(input);
            for (sum, weights) in found.iter_mut().zip(weights) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(input, weights));
            }
        }
    }
    for (at, found) in found.into_iter().enumerate() {
        let halves = cast::<[__m256i; STEP], [[i32; 2]; LANES]>(found);
        sums[at * groups] = halves.map(|[one, other]| one + other);
    }
    R
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_width_of_processor_finds_the_same(
            (inputs, weights, width) in (1usize..12, 1usize..50, 1usize..30).prop_flat_map(|(rows, outputs, width)| (
                prop::collection::vec(prop::collection::vec(any::<u8>(), width), rows),
                prop::collection::vec(-127i8..=127, width * outputs),
                Just(width),
            ))
        ) {
            let steps = width.div_ceil(STEP);
            let packed = pack(&weights, width);
            let groups = packed.len() / steps;
            prop_assert_eq!(&unpack(&packed, width, weights.len() / width), &weights);
            let fours = |row: &Vec<u8>| -> Vec<Inputs> {
                row.chunks(STEP).map(|some| std::array::from_fn(|at| some.get(at).copied().unwrap_or(7))).collect()
            };
            let inputs_by_four: Vec<Inputs> = inputs.iter().flat_map(fours).collect();
            let mut found = vec![[0; LANES]; inputs.len() * groups];
            plainly(&inputs_by_four, &packed, steps, &mut found);
            for (row, input) in inputs.iter().enumerate() {
                for (output, weights) in weights.chunks_exact(width).enumerate() {
                    let sum: i32 = input.iter().zip(weights).map(|(x, w)| i32::from(*x) * i32::from(*w)).sum();
                    prop_assert_eq!(found[row * groups + output / LANES][output % LANES], sum);
                }
            }
            let mut best = vec![[1; LANES]; found.len()];
            products(&inputs_by_four, &packed, steps, &mut best);
            prop_assert_eq!(&best, &found);
            #[cfg(target_arch = "x86_64")]
            if std::arch::is_x86_feature_detected!("avx2") {
                best.fill([1; LANES]);
                // SAFETY: the processor was just asked for AVX2.
                #[allow(unsafe_code)]
                unsafe { with_avx2(&inputs_by_four, &packed, steps, &mut best) };
                prop_assert_eq!(&best, &found);
            }
        }
    }
}
