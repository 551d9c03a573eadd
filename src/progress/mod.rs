//! What is kept between sessions: trainees, attempts with every event, scores over time.

mod store;

pub use store::*;
