//! The look in numbers: colours, spacing, radius and text sizes, for the light and the dark theme.

use std::time::Duration;

use bevy::color::{Color, Srgba};
use bevy::prelude::Resource;
use bevy_egui::egui::Color32;

/// A colour that both Bevy and egui understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tint {
    pub r: u8,
    pub g: u8,
    pub b: u8,
}

impl Tint {
    /// From `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        Self { r: (rgb >> 16) as u8, g: (rgb >> 8) as u8, b: rgb as u8 }
    }

    pub const fn egui(self) -> Color32 {
        Color32::from_rgb(self.r, self.g, self.b)
    }

    pub fn bevy(self) -> Color {
        Color::Srgba(Srgba::rgb_u8(self.r, self.g, self.b))
    }

    /// Between this colour (`t` = 0) and `other` (`t` = 1), mixed as the eye sees it in sRGB.
    pub fn mix(self, other: Self, t: f32) -> Self {
        let t = t.clamp(0.0, 1.0);
        let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * t).round() as u8;
        Self { r: channel(self.r, other.r), g: channel(self.g, other.g), b: channel(self.b, other.b) }
    }
}

/// Every colour on the screen. Screens take colours from here only.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    pub dark: bool,
    /// The window.
    pub ground: Tint,
    /// Cards and bubbles.
    pub surface: Tint,
    /// Fields, bars and whatever lies a little deeper than a card.
    pub sunken: Tint,
    /// Hairlines between things.
    pub line: Tint,
    pub ink: Tint,
    pub ink_soft: Tint,
    /// The trainee, primary actions.
    pub accent: Tint,
    /// Text on `accent`.
    pub on_accent: Tint,
    pub calm: Tint,
    pub tense: Tint,
    pub angry: Tint,
    pub good: Tint,
    pub bad: Tint,
    pub unsure: Tint,
}

impl Theme {
    pub const LIGHT: Self = Self {
        dark: false,
        ground: Tint::hex(0xF6F3EE),
        surface: Tint::hex(0xFFFFFF),
        sunken: Tint::hex(0xECE7DF),
        line: Tint::hex(0xDCD6CC),
        ink: Tint::hex(0x1F2328),
        ink_soft: Tint::hex(0x5B626C),
        accent: Tint::hex(0x2F6F6D),
        on_accent: Tint::hex(0xFFFFFF),
        calm: Tint::hex(0x6BA292),
        tense: Tint::hex(0xE0A84E),
        angry: Tint::hex(0xC8553D),
        good: Tint::hex(0x3B7D4F),
        bad: Tint::hex(0xB3402F),
        unsure: Tint::hex(0x7A6FAF),
    };

    pub const DARK: Self = Self {
        dark: true,
        ground: Tint::hex(0x17181C),
        surface: Tint::hex(0x212329),
        sunken: Tint::hex(0x1B1D22),
        line: Tint::hex(0x363A43),
        ink: Tint::hex(0xECEEF1),
        ink_soft: Tint::hex(0xA3ABB6),
        accent: Tint::hex(0x6DB7B2),
        on_accent: Tint::hex(0x10211F),
        calm: Tint::hex(0x7AAB9D),
        tense: Tint::hex(0xE3B160),
        angry: Tint::hex(0xD97A66),
        good: Tint::hex(0x78B98B),
        bad: Tint::hex(0xE08573),
        unsure: Tint::hex(0xA79DD6),
    };

    pub const fn of(dark: bool) -> &'static Self {
        if dark { &Self::DARK } else { &Self::LIGHT }
    }

    /// The colour of a mood, `anger` from 0 (calm) over ½ (tense) to 1 (angry). Never the only sign of it.
    pub fn mood(&self, anger: f32) -> Tint {
        if anger < 0.5 { self.calm.mix(self.tense, anger * 2.0) } else { self.tense.mix(self.angry, anger * 2.0 - 1.0) }
    }
}

/// Gaps in logical pixels, from hair's breadth to a new paragraph of the screen.
pub mod space {
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 12.0;
    pub const L: f32 = 16.0;
    pub const XL: f32 = 24.0;
    pub const XXL: f32 = 32.0;
}

/// The radius of every rounded corner, logical pixels.
pub const RADIUS: u8 = 10;

/// Text sizes in logical pixels.
pub mod text {
    pub const SMALL: f32 = 14.0;
    pub const BODY: f32 = 16.0;
    pub const LARGE: f32 = 20.0;
    pub const TITLE: f32 = 28.0;
    /// Line height as a multiple of the size.
    pub const LEADING: f32 = 1.4;
    /// No line of running text is wider than this many characters.
    pub const MEASURE: usize = 70;
}

/// How long things take to move.
pub mod motion {
    use super::Duration;
    pub const QUICK: Duration = Duration::from_millis(120);
    pub const SLOW: Duration = Duration::from_millis(240);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2 relative luminance.
    fn luminance(tint: Tint) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(tint.r) + 0.7152 * linear(tint.g) + 0.0722 * linear(tint.b)
    }

    fn contrast(a: Tint, b: Tint) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_in_both_themes() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for ground in [theme.ground, theme.surface, theme.sunken] {
                for ink in [theme.ink, theme.ink_soft, theme.accent] {
                    assert!(contrast(ink, ground) >= 4.5, "{ink:?} on {ground:?}: {:.2}", contrast(ink, ground));
                }
            }
            assert!(contrast(theme.on_accent, theme.accent) >= 4.5);
            for mark in [theme.good, theme.bad, theme.unsure] {
                assert!(contrast(mark, theme.surface) >= 3.0, "{mark:?}");
            }
        }
    }

    #[test]
    fn mood_runs_from_calm_over_tense_to_angry() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            assert_eq!(theme.mood(0.0), theme.calm);
            assert_eq!(theme.mood(0.5), theme.tense);
            assert_eq!(theme.mood(1.0), theme.angry);
        }
    }
}
