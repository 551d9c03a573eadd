//! What is kept between sessions: trainees, attempts with every event, scores over time, disputed readings.

mod disputing;
mod recording;
mod store;

pub use disputing::{DisputeError, dispute_reading, disputed_replies, may_dispute};
pub use recording::{ActError, Changes, Recording, ReopenError, frozen};
pub use store::*;
