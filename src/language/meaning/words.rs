//! What the words of a clause mean one by one: vectors of word pieces, their mean and their maximum.

use super::pieces::Pieces;
use super::tensors::{TensorError, Tensors};

/// Numbers of one piece's vector.
const WIDTH: usize = 384;
/// Pieces of one clause that are looked at.
const MOST_PIECES: usize = 96;

/// Vectors of word pieces.
#[derive(Debug)]
pub(crate) struct Words {
    pieces: Pieces,
    vectors: super::tensors::Rows<'static>,
}

impl Words {
    /// Numbers that a clause becomes.
    pub(crate) const FEATURES: usize = 2 * WIDTH;

    pub(crate) fn open(file: &'static [u8]) -> Result<Words, TensorError> {
        let tensors = Tensors::open(file)?;
        let vectors = tensors.rows("embedding", WIDTH)?;
        let lines = tensors.lines("pieces")?;
        if lines.len() != vectors.count {
            return Err(TensorError::Array("pieces".into()));
        }
        let scores = tensors.floats("scores", lines.len())?;
        Ok(Words { pieces: Pieces::new(&lines, scores, tensors.number("unknown")? as u32), vectors })
    }

    /// The pieces of a text, by number.
    pub(crate) fn pieces(&self, text: &str) -> Vec<u32> {
        let mut ids = Vec::new();
        self.pieces.cut(text, &mut ids);
        ids
    }

    /// Mean and maximum over the pieces.
    pub(crate) fn features(&self, ids: &[u32], out: &mut Vec<f32>) {
        let (mut mean, mut most) = ([0.0f32; WIDTH], [f32::NEG_INFINITY; WIDTH]);
        let mut vector = [0.0f32; WIDTH];
        let ids = &ids[..ids.len().min(MOST_PIECES)];
        for &id in ids {
            self.vectors.unpack(id as usize, &mut vector);
            for ((mean, most), number) in mean.iter_mut().zip(&mut most).zip(&vector) {
                *mean += number;
                *most = most.max(*number);
            }
        }
        if ids.is_empty() {
            most = [0.0; WIDTH];
        }
        let share = 1.0 / ids.len().max(1) as f32;
        out.extend(mean.iter().map(|sum| sum * share));
        out.extend_from_slice(&most);
    }
}
