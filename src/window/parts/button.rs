//! Buttons: one primary action a screen, secondary ones, quiet and faint ones, and chips that filter.

use bevy_egui::egui::{Button, Response, Stroke, TextWrapMode, Ui, Vec2, vec2};

use crate::window::style::{self, theme};
use crate::window::theme::{Tint, space};

const HEIGHT: f32 = 40.0;

/// The one thing to do next; paler while it cannot be done yet.
pub fn primary(ui: &mut Ui, words: &str) -> Response {
    let theme = theme(ui);
    let fill = if ui.is_enabled() { theme.accent } else { theme.accent.mix(theme.ground, 0.55) };
    ui.scope(|ui| {
        // The paler fill says it already; faded letters could not be read.
        ui.set_opacity(1.0);
        let visuals = &mut ui.visuals_mut().widgets;
        visuals.hovered.weak_bg_fill = theme.accent.mix(theme.ink, 0.15).egui();
        visuals.active.weak_bg_fill = theme.accent.mix(theme.ink, 0.25).egui();
        visuals.inactive.weak_bg_fill = fill.egui();
        visuals.noninteractive.weak_bg_fill = fill.egui();
        for state in [&mut visuals.inactive, &mut visuals.hovered, &mut visuals.active, &mut visuals.noninteractive] {
            state.bg_stroke = Stroke::NONE;
            state.fg_stroke.color = theme.on_accent.egui();
        }
        visuals.active.bg_stroke = Stroke::new(2.0, theme.ink.egui());
        let label = style::strong(words).color(theme.on_accent.egui());
        ui.spacing_mut().button_padding = vec2(space::XL, space::S);
        ui.add(Button::new(label).min_size(vec2(0.0, HEIGHT)))
    })
    .inner
}

/// Something else that one may want.
pub fn secondary(ui: &mut Ui, words: &str) -> Response {
    let ink = theme(ui).ink.egui();
    ui.add(Button::new(style::body(words).color(ink)).min_size(vec2(0.0, HEIGHT)))
}

/// A button that looks like a word.
pub fn quiet(ui: &mut Ui, words: &str) -> Response {
    let accent = theme(ui).accent;
    word(ui, words, accent)
}

/// The same, quieter still: for what is there on every line and seldom wanted.
pub fn faint(ui: &mut Ui, words: &str) -> Response {
    let soft = theme(ui).ink_soft;
    word(ui, words, soft)
}

fn word(ui: &mut Ui, words: &str, tint: Tint) -> Response {
    let label = style::small(words).color(tint.egui());
    let button = Button::new(label).frame_when_inactive(false).min_size(vec2(0.0, 32.0));
    padded(ui, vec2(space::S, space::XS), button)
}

/// A choice among few, shown as a pill.
pub fn chip(ui: &mut Ui, chosen: bool, words: &str) -> Response {
    let theme = theme(ui);
    let label = style::small(words).color(if chosen { theme.on_accent } else { theme.ink }.egui());
    let mut button = Button::new(label).min_size(vec2(0.0, 32.0)).corner_radius(16).selected(chosen);
    if chosen {
        button = button.fill(theme.accent.egui());
    }
    padded(ui, vec2(space::M, space::XS), button)
}

/// Not in a scope of its own: a row that wraps could not move it to the next line.
fn padded(ui: &mut Ui, padding: Vec2, button: Button) -> Response {
    let usual = std::mem::replace(&mut ui.spacing_mut().button_padding, padding);
    let response = ui.add(button.wrap_mode(TextWrapMode::Extend));
    ui.spacing_mut().button_padding = usual;
    response
}
