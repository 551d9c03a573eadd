//! The customer's mood: anger, trust and patience, 0 to 100 each.

use serde::{Deserialize, Serialize};

/// Anger, trust and patience, 0 to 100 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mood {
    pub anger: u8,
    pub trust: u8,
    pub patience: u8,
}
