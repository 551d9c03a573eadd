//! How long a reply takes on the simulated clock, where nobody measured it or measuring it would be unfair.

use super::Mode;
use crate::scenario::Channel;

/// The longest thinking time that counts outside an assessment, in seconds: reading hints costs nothing.
const THINKING: u32 = 40;

/// Seconds that saying or writing these words takes at an easy pace.
#[must_use]
pub fn easy_pace(channel: Channel, text: &str) -> u32 {
    let words = u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX).min(5_000);
    match channel {
        Channel::Phone | Channel::Counter => 3 + words * 2 / 5,
        Channel::Chat => 5 + words * 3 / 5,
        Channel::Email | Channel::Review => 120 + words,
    }
}

/// What counts of the seconds that passed on the wall.
#[must_use]
pub fn counted(mode: Mode, channel: Channel, text: &str, on_the_wall: u32) -> u32 {
    match mode {
        Mode::Assess => on_the_wall,
        Mode::Learn | Mode::Practise => on_the_wall.min(THINKING.max(easy_pace(channel, text))),
    }
}
