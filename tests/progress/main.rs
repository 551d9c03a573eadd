//! The store: what it keeps, what it refuses, and that nothing stored is lost.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod attempts;
mod disputes;
mod killed;
mod opening;
mod samples;
mod scores;
mod trainees;
