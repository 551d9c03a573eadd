//! What trainers write: the scenario format, and loading it safely from files that come from strangers.
//!
//! [`load`] takes a file through five steps, and each one gathers every problem it can find:
//!
//! 1. `gate`: the bytes — size, UTF-8, no BOM, nothing hidden;
//! 2. `syntax`: the form — a tree with places, read with recovery;
//! 3. `fit`: the shape — every field, type and range of the table in `shape`;
//! 4. `check`: the sense — references, ways through the conversation, contradictions;
//! 5. only a file without errors is then read by `ron` into a [`Scenario`].

mod fit;
mod format;
mod gate;
mod labels;
mod load;
pub mod outline;
pub mod shape;
mod syntax;

pub use crate::check::{Diagnostic, Problems, Severity, render_diagnostics};
pub use format::*;
pub use gate::MAX_BYTES;
pub use labels::Label;
pub use load::{Loaded, load, load_file};
pub use outline::Outline;
