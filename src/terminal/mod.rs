//! The text face: plays a session over lines of text, typed or piped.

mod command;
mod debrief;
mod player;
mod screen;

pub use debrief::print_debrief;
pub use player::{PlayError, Player, Start};
pub use screen::Screen;
