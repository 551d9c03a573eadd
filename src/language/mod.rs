//! From the words of a reply to the acts it holds, with evidence and certainty, and to promises with due times.

mod act;
mod reading;

pub use act::Act;
pub use reading::{Contact, FoundAct, FoundPromise, Mention, Reading, Reason, Span};
