//! What can be wrong with content: one file a check, and the diagnostics they gather.
//!
//! Each check looks at the [`Outline`](crate::scenario::Outline) of a scenario file, so that it can name the place of what it finds.

mod call_back;
mod diagnostic;
mod duplicate_ids;
mod endless;
mod exits;
mod facts;
mod language;
mod never_holds;
mod offers;
mod options;
pub mod quote;
mod references;
mod render;
mod start_time;
mod unreachable;

pub use diagnostic::{Diagnostic, Findings, Problems, Severity, Source, Span};
pub use render::render_diagnostics;

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
