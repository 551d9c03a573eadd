//! Where the body is in its own small rhythms: breath, blink, gaze, trembling.

use bevy::math::Vec2;

/// Where the body is in its own small rhythms, beside what the expression asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pose {
    /// −1 breathed out to 1 breathed in.
    pub breath: f32,
    /// 1: lids shut in a blink.
    pub blink: f32,
    /// Where the eyes wander, −1 to 1 each way.
    pub gaze: Vec2,
    /// Trembling, in stage units.
    pub shake: Vec2,
}
