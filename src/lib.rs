//! Calmline: practise angry customers, offline, scored on documented rules with your own words as evidence.
//!
//! The map of the crate. Arrows run downwards only; a test (`tests/layers.rs`) holds them there.
//!
//! ```text
//! cli                               the command line: starts a face or a tool
//! window    terminal                the faces: what a person sees
//! report                            the debrief in words, as JSON, as a page; the sheet of many transcripts
//! progress                          the store: trainees, attempts, events, scores over time
//! transcript                        real conversations: reading them line by line, judging them as sessions are
//! session                           events, the customer's mood, the clock, promises, step, fold
//! rules                             one file a rule; rubric; verdicts with evidence
//! content   check                   where scenarios are found; loading them, and what can be wrong with them
//! scenario                          what trainers write
//! language                          replies → acts with evidence
//! diagnostic  locale  fingerprint   problems with their place in a file; the words on screen; what tells files apart
//! ```

pub mod check;
pub mod cli;
pub mod content;
pub mod diagnostic;
pub mod fingerprint;
pub mod language;
pub mod locale;
pub mod progress;
pub mod report;
pub mod rules;
pub mod scenario;
pub mod session;
pub mod terminal;
pub mod transcript;
#[cfg(feature = "window")]
pub mod window;
