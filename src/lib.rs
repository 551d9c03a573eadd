//! Calmline: practise angry customers, offline, scored on documented rules with your own words as evidence.
//!
//! The map of the crate. Arrows run downwards only; a test (`tests/layers.rs`) holds them there.
//!
//! ```text
//! window    terminal    cli        the faces: what a person sees
//!        report                    the debrief in words, HTML and JSON
//!       progress                   the store: trainees, attempts, events, scores over time
//!       session                    events, the customer's mood, the clock, promises, step, fold
//!        rules                     one file a rule; rubric; verdicts with evidence
//!  language    scenario, check     replies → acts; what trainers write, and what can be wrong with it
//!       content    locale          where content is found; the words on screen
//! ```

pub mod check;
pub mod cli;
pub mod content;
pub mod language;
pub mod locale;
pub mod progress;
pub mod report;
pub mod rules;
pub mod scenario;
pub mod session;
pub mod terminal;
#[cfg(feature = "window")]
pub mod window;
