//! Tags: small labels for what was found in a reply and for what it still lacks.

use bevy_egui::egui::{CornerRadius, FontId, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2};

use super::MarkKind;
use crate::window::style::{self, theme};
use crate::window::theme::{self as tokens, space};

/// How tall a tag is, logical pixels.
pub const TAG_HEIGHT: f32 = 26.0;

/// An act that was found, in its colour and with its sign; `spoken` is what a screen reader says.
pub fn found_tag_ui(ui: &mut Ui, kind: MarkKind, words: &str, spoken: &str) -> Response {
    let theme = theme(ui);
    let tint = kind.tint(theme);
    let words = format!("{} {words}", kind.sign());
    let fill = theme.surface.mix(tint, 0.14);
    tag_ui(ui, &words, spoken, fill, Stroke::NONE, tint.mix(theme.ink, 0.35))
}

/// Something that is not there yet: only an outline.
pub fn missing_tag_ui(ui: &mut Ui, words: &str, spoken: &str) -> Response {
    let theme = theme(ui);
    let outline = Stroke::new(1.0, theme.line.mix(theme.ink_soft, 0.5).egui());
    tag_ui(ui, words, spoken, theme.ground, outline, theme.ink)
}

fn tag_ui(ui: &mut Ui, words: &str, spoken: &str, fill: tokens::Tint, outline: Stroke, ink: tokens::Tint) -> Response {
    let font = FontId::new(tokens::text::SMALL, style::strong_family());
    let galley = ui.painter().layout_no_wrap(words.to_owned(), font, ink.egui());
    let size = vec2(galley.size().x + 2.0 * space::S + 2.0, TAG_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let round = CornerRadius::same((TAG_HEIGHT / 2.0) as u8);
    ui.painter().rect(rect, round, fill.egui(), outline, StrokeKind::Inside);
    let corner = rect.center() - galley.size() / 2.0;
    ui.painter().galley(corner, galley, ink.egui());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, spoken));
    response
}
