//! What trainers write: the scenario format, its table of shapes, and the steps that read a file with places.

pub(crate) mod fit;
mod format;
pub(crate) mod gate;
pub mod outline;
pub mod shape;
pub(crate) mod syntax;

pub use format::*;
pub use gate::MAX_BYTES;
pub use outline::Outline;
