//! The Bevy face: what a person sees in the window.

pub mod stage;
pub mod theme;
