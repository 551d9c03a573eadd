//! What moves by itself: the shown mood easing towards its target, breath, blinks, glances, speech, trembling.

use std::time::Duration;

use bevy::math::{Vec2, vec2};

use super::expression::{Feeling, Speech};
use super::pose::Pose;

/// How often the stage is drawn while something is under way, and while the customer only breathes.
const LIVELY: Duration = Duration::from_millis(40);
const RESTING: Duration = Duration::from_millis(140);

/// The customer's inner clock and the mood that shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Motion {
    pub shown: Feeling,
    /// 0 silent to 1 talking, eased.
    talking: f32,
    /// Seconds on stage.
    time: f32,
    /// Where in a breath, 0 to 1.
    breath: f32,
}

/// Easing that takes about `seconds` to arrive, whatever the frame rate.
fn ease(from: f32, to: f32, dt: f32, seconds: f32) -> f32 {
    let next = to + (from - to) * (-3.5 * dt / seconds).exp();
    if (next - to).abs() < 0.002 { to } else { next }
}

/// A repeatable number from 0 to 1 for each whole `n`.
fn scatter(n: i32) -> f32 {
    let x = (n as u32).wrapping_mul(0x9E37_79B9) ^ 0x85EB_CA6B;
    let x = (x ^ (x >> 15)).wrapping_mul(0x2C1B_3C6D);
    ((x ^ (x >> 13)) & 0xFFFF) as f32 / 65535.0
}

impl Motion {
    pub fn at_rest(feeling: Feeling, talking: bool) -> Self {
        Self { shown: feeling, talking: if talking { 1.0 } else { 0.0 }, time: 0.0, breath: 0.25 }
    }

    /// Moves on by `dt` seconds.
    pub fn advance(&mut self, target: Feeling, speaking: bool, dt: f32) {
        // After a long pause the next frame must not look like a cut.
        let dt = dt.clamp(0.0, 0.12);
        let shown = &mut self.shown;
        // Anger flares faster than it cools.
        shown.anger = ease(shown.anger, target.anger, dt, if target.anger > shown.anger { 0.35 } else { 0.6 });
        shown.trust = ease(shown.trust, target.trust, dt, 0.6);
        shown.patience = ease(shown.patience, target.patience, dt, 0.6);
        shown.shock = ease(shown.shock, target.shock, dt, if target.shock > shown.shock { 0.12 } else { 0.3 });
        self.talking = ease(self.talking, if speaking { 1.0 } else { 0.0 }, dt, 0.14);
        self.time += dt;
        let period = 4.4 - 2.4 * shown.anger;
        self.breath = (self.breath + dt / period).fract();
    }

    pub fn pose(&self) -> Pose {
        let anger = self.shown.anger;
        let breath = (self.breath * std::f32::consts::TAU).sin() * (1.0 + 0.7 * anger);
        let tremble = super::expression::Expression::of(self.shown, Speech::default()).shake;
        let t = self.time;
        let shake = vec2((t * 47.0).sin() + 0.6 * (t * 71.0 + 1.0).sin(), 0.5 * (t * 59.0).sin()) * 1.5 * tremble;
        Pose { breath, blink: self.blink(), gaze: self.glance(), shake }
    }

    /// A blink somewhere in every four seconds; rarer with a glare, longer and oftener when patience runs out.
    fn blink(&self) -> f32 {
        let weary = 1.0 - self.shown.patience;
        let slot = 3.6 - 1.2 * weary + 1.6 * self.shown.anger;
        let n = (self.time / slot).floor();
        let length = 0.16 + 0.16 * weary * (1.0 - self.shown.anger);
        let into = self.time - n * slot - scatter(n as i32) * (slot - length - 0.1) - 0.05;
        if (0.0..length).contains(&into) { (into / length * std::f32::consts::PI).sin().powf(0.6) } else { 0.0 }
    }

    /// Small looks aside; an angry eye stays on us.
    fn glance(&self) -> Vec2 {
        let slot = 2.3;
        let n = (self.time / slot).floor();
        let to = |n: f32| {
            let (a, b) = (scatter(n as i32 + 101), scatter(n as i32 + 907));
            if a < 0.45 { Vec2::ZERO } else { vec2((a - 0.72) * 2.2, (b - 0.6) * 0.8) }
        };
        let step = ((self.time - n * slot) / 0.14).clamp(0.0, 1.0);
        to(n - 1.0).lerp(to(n), step * step * (3.0 - 2.0 * step)) * (1.0 - 0.8 * self.shown.anger)
    }

    /// The mouth of someone talking: syllables of uneven strength, faster with anger.
    pub fn speech(&self) -> Speech {
        if self.talking <= 0.0 {
            return Speech::default();
        }
        let beat = self.time * (5.2 + 1.6 * self.shown.anger);
        let n = beat.floor();
        let strength = 0.35 + 0.65 * scatter(n as i32 + 31);
        let pause = if scatter(n as i32 / 7 + 77) < 0.2 && n as i32 % 7 == 6 { 0.15 } else { 1.0 };
        let open = (beat.fract() * std::f32::consts::PI).sin().powf(0.8) * strength * pause;
        let shape = |n: f32| scatter(n as i32 + 57) * 2.0 - 1.0;
        let wide = shape(n) + (shape(n + 1.0) - shape(n)) * beat.fract();
        Speech { open, wide: wide * 0.8, talking: self.talking }
    }

    /// A moment of speech for a still: mouth half open.
    pub fn still_speech(speaking: bool) -> Speech {
        if speaking { Speech { open: 0.75, wide: 0.1, talking: 1.0 } } else { Speech::default() }
    }

    /// How soon the next frame is wanted.
    pub fn next_in(&self, target: Feeling, speaking: bool) -> Duration {
        let blinking = self.blink() > 0.0;
        let trembling = self.shown.anger > 0.88;
        if self.shown != target || speaking || self.talking > 0.0 || blinking || trembling { LIVELY } else { RESTING }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Feeling = Feeling { anger: 0.1, trust: 0.5, patience: 0.8, shock: 0.0 };
    const ANGRY: Feeling = Feeling { anger: 0.9, trust: 0.1, patience: 0.2, shock: 0.0 };

    #[test]
    fn mood_arrives_within_the_time_it_should_take_and_never_overshoots() {
        for (from, to) in [(CALM, ANGRY), (ANGRY, CALM)] {
            let mut motion = Motion::at_rest(from, false);
            let mut before = from.anger;
            for _ in 0..36 {
                motion.advance(to, false, 1.0 / 30.0);
                let now = motion.shown.anger;
                assert!((now - to.anger).abs() <= (before - to.anger).abs());
                before = now;
            }
            assert_eq!(motion.shown, to);
        }
    }

    #[test]
    fn easing_does_not_depend_on_the_frame_rate() {
        let run = |frames: usize| {
            let mut motion = Motion::at_rest(CALM, false);
            (0..frames).for_each(|_| motion.advance(ANGRY, false, 0.3 / frames as f32));
            motion.shown.anger
        };
        assert!((run(5) - run(30)).abs() < 0.01);
    }

    #[test]
    fn people_blink_every_few_seconds_and_open_their_eyes_again() {
        let mut motion = Motion::at_rest(CALM, false);
        let (mut blinks, mut shut, mut dark_frames) = (0, false, 0);
        for _ in 0..60 * 60 {
            motion.advance(CALM, false, 1.0 / 60.0);
            let closed = motion.pose().blink > 0.5;
            blinks += usize::from(closed && !shut);
            dark_frames += usize::from(closed);
            shut = closed;
        }
        assert!((12..=32).contains(&blinks), "{blinks} blinks a minute");
        assert!(dark_frames < 60 * 60 / 10);
    }

    #[test]
    fn only_a_speaking_mouth_moves_and_only_the_furious_tremble() {
        let mut motion = Motion::at_rest(CALM, false);
        for _ in 0..200 {
            motion.advance(CALM, false, 0.03);
            assert_eq!((motion.speech(), motion.pose().shake), (Speech::default(), Vec2::ZERO));
        }
        let mut widest: f32 = 0.0;
        for _ in 0..100 {
            motion.advance(CALM, true, 0.03);
            widest = widest.max(motion.speech().open);
        }
        assert!(widest > 0.6);
        let furious = Feeling { anger: 1.0, ..ANGRY };
        let mut motion = Motion::at_rest(furious, false);
        let mut reach: f32 = 0.0;
        for _ in 0..200 {
            motion.advance(furious, false, 0.03);
            reach = reach.max(motion.pose().shake.length());
        }
        assert!((1.5..=4.0).contains(&reach), "{reach}");
    }
}
