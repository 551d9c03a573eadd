//! What a clause means as a whole: a sentence encoder of word pieces and their neighbours.

use super::layer::{Layer, Rounded};
use super::pieces::Pieces;
use super::tensors::{Rows, TensorError, Tensors};

/// Numbers of one piece's vector, and of the whole clause's.
const WIDTH: usize = 512;
/// Numbers of one branch.
const BRANCH: usize = 256;
/// Pieces seen together in a branch, and how many of them stand before the piece itself.
const BRANCHES: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];
/// Everything known of one piece: its vector and the three branches.
const PIECE: usize = WIDTH + BRANCHES.len() * BRANCH;
const NARROW: usize = 320;
/// Pieces of one clause that are looked at.
const MOST_PIECES: usize = 96;

/// The encoder, ready for use.
#[derive(Debug)]
pub(crate) struct Sentences {
    pieces: Pieces,
    vectors: Rows<'static>,
    begin: u32,
    end: u32,
    epsilon: f32,
    project: Layer,
    project_norm: Norm,
    branches: Vec<(Layer, Layer)>,
    norm: Norm,
    pool: Layer,
    dense: [Layer; 4],
    skip: [Layer; 2],
}

/// Brings a row to mean 0 and spread 1, then stretches and shifts it.
#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Norm {
    fn open(tensors: &Tensors, name: &str, width: usize) -> Result<Norm, TensorError> {
        Ok(Norm {
            gain: tensors.floats(&format!("{name}.gain"), width)?,
            shift: tensors.floats(&format!("{name}.shift"), width)?,
        })
    }

    fn apply(&self, row: &mut [f32], epsilon: f32) {
        let share = 1.0 / row.len() as f32;
        let mean = row.iter().sum::<f32>() * share;
        let spread = row.iter().map(|number| (number - mean) * (number - mean)).sum::<f32>() * share;
        let unit = 1.0 / (spread + epsilon).sqrt();
        for ((number, gain), shift) in row.iter_mut().zip(&self.gain).zip(&self.shift) {
            *number = (*number - mean) * unit * gain + shift;
        }
    }
}

impl Sentences {
    /// Numbers that a clause becomes.
    pub(crate) const FEATURES: usize = WIDTH;

    pub(crate) fn open(file: &'static [u8]) -> Result<Sentences, TensorError> {
        let tensors = Tensors::open(file)?;
        let vectors = tensors.rows("embedding", WIDTH)?;
        let lines = tensors.lines("pieces")?;
        if lines.len() != vectors.count {
            return Err(TensorError::Array("pieces".into()));
        }
        let id = |name: &str| -> Result<u32, TensorError> {
            let id = tensors.number(name)?;
            if id >= 0.0 && (id as usize) < lines.len() { Ok(id as u32) } else { Err(TensorError::Head(name.into())) }
        };
        let layer = |name: &str, inputs, outputs| Layer::open(&tensors, name, inputs, outputs);
        let mut branches = Vec::new();
        for (together, _) in BRANCHES {
            let wide = together * BRANCH;
            let gram = |part: &str| layer(&format!("gram{together}.{part}"), wide, BRANCH);
            branches.push((gram("first")?, gram("second")?));
        }
        let scores = tensors.floats("scores", lines.len())?;
        Ok(Sentences {
            pieces: Pieces::new(&lines, scores, id("unknown")?),
            vectors,
            begin: id("begin")?,
            end: id("end")?,
            epsilon: tensors.number("epsilon")? as f32,
            project: layer("project", WIDTH, BRANCHES.len() * BRANCH)?,
            project_norm: Norm::open(&tensors, "project.norm", BRANCHES.len() * BRANCH)?,
            branches,
            norm: Norm::open(&tensors, "norm", PIECE)?,
            pool: layer("pool", PIECE, WIDTH)?,
            dense: [
                layer("dense0", WIDTH, NARROW)?,
                layer("dense1", NARROW, NARROW)?,
                layer("dense2", NARROW, WIDTH)?,
                layer("dense3", WIDTH, WIDTH)?,
            ],
            skip: [layer("skip1", WIDTH, NARROW)?, layer("skip3", NARROW, WIDTH)?],
        })
    }

    /// The meaning of a clause, as a vector of length 1.
    pub(crate) fn features(&self, clause: &str, out: &mut Vec<f32>) {
        let mut ids = vec![self.begin];
        self.pieces.cut(clause, &mut ids);
        ids.truncate(MOST_PIECES);
        ids.push(self.end);
        let count = ids.len();
        let mut vectors = vec![0.0; count * WIDTH];
        for (id, vector) in ids.iter().zip(vectors.chunks_exact_mut(WIDTH)) {
            self.vectors.unpack(*id as usize, vector);
        }
        let mut projected = self.project.apply(&Rounded::of(&vectors, WIDTH));
        let mut all = vec![0.0; count * PIECE];
        for (row, vector) in all.chunks_exact_mut(PIECE).zip(vectors.chunks_exact(WIDTH)) {
            row[..WIDTH].copy_from_slice(vector);
        }
        for row in projected.chunks_exact_mut(BRANCHES.len() * BRANCH) {
            self.project_norm.apply(row, self.epsilon);
        }
        for (branch, (first, second)) in self.branches.iter().enumerate() {
            let from = branch * BRANCH;
            let mut rows: Vec<f32> = projected
                .chunks_exact(BRANCHES.len() * BRANCH)
                .flat_map(|row| row[from..from + BRANCH].iter().copied())
                .collect();
            for layer in [first, second] {
                let windows = windows(&rows, BRANCHES[branch]);
                let found = layer.apply(&Rounded::of(&windows, layer.inputs));
                for (number, found) in rows.iter_mut().zip(found) {
                    *number += found.max(0.0);
                }
            }
            for (row, found) in all.chunks_exact_mut(PIECE).zip(rows.chunks_exact(BRANCH)) {
                row[WIDTH + from..WIDTH + from + BRANCH].copy_from_slice(found);
            }
        }
        let mut sum = vec![0.0; PIECE];
        for row in all.chunks_exact_mut(PIECE) {
            self.norm.apply(row, self.epsilon);
            for (sum, number) in sum.iter_mut().zip(row.iter()) {
                *sum += number;
            }
        }
        let share = 1.0 / count as f32;
        sum.iter_mut().for_each(|number| *number *= share);
        let mut pooled = self.pool.apply(&Rounded::of(&sum, PIECE));
        let root = (count as f32).sqrt();
        pooled.iter_mut().for_each(|number| *number *= root);
        out.extend(self.condense(&pooled));
    }

    fn condense(&self, pooled: &[f32]) -> Vec<f32> {
        let on = |layer: &Layer, row: &[f32]| layer.apply(&Rounded::of(row, layer.inputs));
        let join = |a: Vec<f32>, b: Vec<f32>| a.into_iter().zip(b).map(|(a, b)| a + b).collect::<Vec<f32>>();
        let positive = |mut row: Vec<f32>| {
            row.iter_mut().for_each(|number| *number = number.max(0.0));
            row
        };
        let first = positive(on(&self.dense[0], pooled));
        let second = positive(join(on(&self.skip[0], pooled), on(&self.dense[1], &first)));
        let third = positive(on(&self.dense[2], &second));
        let mut last = join(on(&self.skip[1], &second), on(&self.dense[3], &third));
        last.iter_mut().for_each(|number| *number = libm::tanhf(*number));
        let length = last.iter().map(|number| number * number).sum::<f32>().max(self.epsilon).sqrt();
        last.iter_mut().for_each(|number| *number /= length);
        last
    }
}

/// For each row, the rows around it one after the other; nothing stands beyond the edges.
fn windows(rows: &[f32], (together, before): (usize, usize)) -> Vec<f32> {
    let count = rows.len() / BRANCH;
    let mut out = vec![0.0; count * together * BRANCH];
    for (at, window) in out.chunks_exact_mut(together * BRANCH).enumerate() {
        for (place, out) in window.chunks_exact_mut(BRANCH).enumerate() {
            let other = (at + place).wrapping_sub(before);
            if other < count {
                out.copy_from_slice(&rows[other * BRANCH..(other + 1) * BRANCH]);
            }
        }
    }
    out
}
