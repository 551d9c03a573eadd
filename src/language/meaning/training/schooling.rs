//! How the blocks and the network are taught.

/// How the blocks and the network are taught.
#[derive(Clone, Copy, Debug)]
pub struct Schooling {
    pub rounds: usize,
    pub batch: usize,
    /// The largest step of the blocks, and of the network: steps grow to it at first and then fall along a half cosine.
    pub block_step: f32,
    pub network_step: f32,
    /// The share of the steps in which they grow.
    pub growing: f32,
    /// How fast unused weights fade.
    pub fade: f32,
    /// The share of the pieces' numbers and of the blocks' findings that is left out at random, so that none is relied on.
    pub left_out: f32,
    /// The same for the network's inputs and units.
    pub network_left_out: f32,
    /// The share of pieces that are made unknown at random.
    pub unknown: f32,
    /// Slopes longer than this are shortened to it.
    pub longest_slope: f32,
    pub seed: u64,
}

impl Default for Schooling {
    fn default() -> Self {
        Schooling {
            rounds: 5,
            batch: 32,
            block_step: 3e-4,
            network_step: 1e-3,
            growing: 0.06,
            fade: 0.05,
            left_out: 0.1,
            network_left_out: 0.3,
            unknown: 0.05,
            longest_slope: 1.0,
            seed: 1,
        }
    }
}
