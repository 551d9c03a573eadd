//! What is kept between sessions: trainees, attempts with every event, scores over time.

mod recording;
mod store;

pub use recording::{ActError, Changes, Recording, ReopenError, frozen};
pub use store::*;
