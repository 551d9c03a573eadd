//! Where everything that is learned stands in one long row, and the published blocks from which learning starts.

use std::ops::Range;

use super::FEATURES;
use crate::language::meaning::heads::MOST_BLOCKS;
use crate::language::meaning::network::{ACTS, HIDDEN};
use crate::language::meaning::tensors::{TensorError, Tensors};
use crate::language::meaning::transformer::{Norm, PARTS, WIDTH};

/// Where a layer or a norm stands in the long row of everything that is learned: weights by output, then the bias; for a norm,
/// gain and shift.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) weights: Range<usize>,
    pub(super) bias: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct BlockPlan {
    pub(super) parts: Vec<Place>,
    pub(super) norms: [Place; 2],
}

/// Where everything stands: the blocks first, then the network.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) blocks: Vec<BlockPlan>,
    pub(super) clause: Place,
    pub(super) reply: Place,
    pub(super) scores: Place,
}

impl Plan {
    pub(super) fn of(count: usize) -> Plan {
        let mut end = 0;
        let mut place = |weights: usize, inputs: usize, outputs: usize| {
            let weights = end..end + weights;
            let bias = weights.end..weights.end + outputs;
            end = bias.end;
            Place { inputs, outputs, weights, bias }
        };
        let blocks = (0..count)
            .map(|_| BlockPlan {
                parts: PARTS.iter().map(|(_, inputs, outputs)| place(inputs * outputs, *inputs, *outputs)).collect(),
                norms: [place(WIDTH, WIDTH, WIDTH), place(WIDTH, WIDTH, WIDTH)],
            })
            .collect();
        Plan {
            blocks,
            clause: place(FEATURES * HIDDEN, FEATURES, HIDDEN),
            reply: place(FEATURES * HIDDEN, FEATURES, HIDDEN),
            scores: place(HIDDEN * ACTS, HIDDEN, ACTS),
        }
    }

    /// The first number of the network.
    pub(super) fn network(&self) -> usize {
        self.clause.weights.start
    }

    pub(super) fn end(&self) -> usize {
        self.scores.bias.end
    }
}

/// The published blocks from which learning starts.
#[derive(Debug)]
pub struct Origin {
    pub(super) count: usize,
    /// In the order of [`Plan`].
    pub(super) weights: Vec<f32>,
}

impl Origin {
    /// Reads the file of the published blocks.
    ///
    /// # Errors
    /// What is missing in it, cut short or of another shape.
    pub fn open(file: &[u8]) -> Result<Origin, TensorError> {
        let tensors = Tensors::open(file)?;
        let count = tensors.number("blocks")? as usize;
        if !(1..=MOST_BLOCKS).contains(&count) {
            return Err(TensorError::Head("blocks".into()));
        }
        let plan = Plan::of(count);
        let mut all = vec![0.0; plan.blocks.last().map_or(0, |block| block.norms[1].bias.end)];
        for (at, block) in plan.blocks.iter().enumerate() {
            for ((part, ..), place) in PARTS.iter().zip(&block.parts) {
                let name = format!("block{at}.{part}");
                let rows = tensors.rows(&name, place.inputs)?;
                if rows.count != place.outputs {
                    return Err(TensorError::Array(name));
                }
                for (row, out) in all[place.weights.clone()].chunks_exact_mut(place.inputs).enumerate() {
                    rows.unpack(row, out);
                }
                all[place.bias.clone()].copy_from_slice(&tensors.floats(&format!("{name}.bias"), place.outputs)?);
            }
            for (norm, place) in block.norms.iter().enumerate() {
                let found = Norm::open(&tensors, &format!("block{at}.norm{norm}"))?;
                all[place.weights.clone()].copy_from_slice(&found.gain);
                all[place.bias.clone()].copy_from_slice(&found.shift);
            }
        }
        Ok(Origin { count, weights: all })
    }
}
