//! What trainers write: the scenario format, and loading it safely from files that come from strangers.

mod format;

pub use format::*;
