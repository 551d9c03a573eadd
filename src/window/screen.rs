//! Which screen is shown.

use bevy::prelude::*;

/// Which screen is shown.
#[derive(States, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    #[default]
    Home,
    Scenarios,
    Conversation,
    Debrief,
    Progress,
}
