//! Real conversations, written down elsewhere: read line by line with their problems, and judged like a played session.

mod judged;
mod line;
mod load;
mod promises;

pub use judged::{Judged, Setting};
pub use line::{Line, Speaker, TIME_FORMS};
pub use load::{MAX_BYTES, MAX_LINES, Transcript, load};
