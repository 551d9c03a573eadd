//! A session: a log of events, the state folded from it, and the step that adds to it. Pure, seeded, without a clock of its own.

mod event;
mod mood;

pub use event::{Event, Input, LineOpener, Mode, Promise, SaidBecause, Setup};
pub use mood::Mood;
