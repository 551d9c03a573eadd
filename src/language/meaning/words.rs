//! The word pieces of a reply as vectors: what each means by itself, and where it stands.

use super::pieces::Pieces;
use super::tensors::{Rows, TensorError, Tensors};
use super::transformer::{Norm, WIDTH};

/// Pieces of one clause that are looked at.
pub(super) const MOST_PIECES: usize = 96;

/// Vectors of word pieces and of places.
#[derive(Debug)]
pub(crate) struct Words {
    pieces: Pieces,
    #[cfg_attr(not(feature = "training"), expect(dead_code, reason = "only learning leaves pieces out"))]
    unknown: u32,
    vectors: Rows<'static>,
    places: Rows<'static>,
    norm: Norm,
}

impl Words {
    pub(crate) fn open(file: &'static [u8]) -> Result<Words, TensorError> {
        let tensors = Tensors::open(file)?;
        let vectors = tensors.rows("embedding", WIDTH)?;
        let lines = tensors.lines("pieces")?;
        if lines.len() != vectors.count {
            return Err(TensorError::Array("pieces".into()));
        }
        let scores = tensors.floats("scores", lines.len())?;
        let unknown = tensors.number("unknown")? as u32;
        if unknown as usize >= lines.len() {
            return Err(TensorError::Head("unknown".into()));
        }
        let places = tensors.rows("places", WIDTH)?;
        if places.count < MOST_PIECES {
            return Err(TensorError::Array("places".into()));
        }
        Ok(Words {
            pieces: Pieces::new(&lines, scores, unknown),
            unknown,
            vectors,
            places,
            norm: Norm::open(&tensors, "norm")?,
        })
    }

    /// The pieces of a text, by number.
    pub(crate) fn pieces(&self, text: &str) -> Vec<u32> {
        let mut ids = Vec::new();
        self.pieces.cut(text, &mut ids);
        ids
    }

    #[cfg(feature = "training")]
    pub(crate) fn unknown(&self) -> u32 {
        self.unknown
    }

    /// How many pieces can stand one after the other.
    pub(crate) fn places(&self) -> usize {
        self.places.count
    }

    /// `WIDTH` numbers for each piece; there are at most as many as there are places.
    pub(crate) fn embed(&self, ids: &[u32]) -> Vec<f32> {
        let mut rows = vec![0.0; ids.len() * WIDTH];
        let mut place = [0.0f32; WIDTH];
        for ((at, id), row) in ids.iter().enumerate().zip(rows.chunks_exact_mut(WIDTH)) {
            self.vectors.unpack(*id as usize, row);
            self.places.unpack(at, &mut place);
            row.iter_mut().zip(&place).for_each(|(number, place)| *number += place);
            self.norm.apply(row);
        }
        rows
    }
}
