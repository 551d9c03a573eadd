//! Loading what strangers write, and what can be wrong with it: one file a check.
//!
//! [`load`] takes a scenario file through five steps, and each one gathers every problem it can find:
//!
//! 1. `gate`: the bytes — size, UTF-8, no BOM, nothing hidden;
//! 2. `syntax`: the form — a tree with places, read with recovery;
//! 3. `fit`: the shape — every field, type and range of the table in `shape`;
//! 4. the checks below: the sense — references, ways through the conversation, contradictions;
//! 5. only a file without errors is then read by `ron` into a [`Scenario`](crate::scenario::Scenario).
//!
//! A check looks at the [`Outline`] of a file, so that it can name the place of what it finds.

mod call_back;
mod duplicate_ids;
mod endless;
mod exits;
mod facts;
mod labels;
mod language;
mod load;
mod never_holds;
mod offers;
mod options;
mod references;
mod start_time;
mod unreachable;

pub use labels::Label;
pub use load::{Loaded, load, load_file};

use crate::diagnostic::Findings;
use crate::scenario::Outline;

/// A check of a scenario.
pub type Check = fn(&Outline, &mut Findings);

/// Every check, by name.
pub const CHECKS: &[(&str, Check)] = &[
    ("call-back", call_back::check),
    ("duplicate-ids", duplicate_ids::check),
    ("endless", endless::check),
    ("exits", exits::check),
    ("facts", facts::check),
    ("language", language::check),
    ("never-holds", never_holds::check),
    ("offers", offers::check),
    ("options", options::check),
    ("references", references::check),
    ("start-time", start_time::check),
    ("unreachable", unreachable::check),
];

/// Runs every check.
pub fn check(outline: &Outline, findings: &mut Findings) {
    for (_, check) in CHECKS {
        check(outline, findings);
    }
}
