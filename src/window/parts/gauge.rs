//! Small pictures of a number: meters, lamps, dots, scores. Never by colour alone.

use bevy_egui::egui::{
    Align2, FontId, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::{MoodPart, mood_word};
use crate::locale::text_with;
use crate::rules::Verdict;
use crate::window::style::{self, theme};
use crate::window::theme::{self as tokens, Tint};

/// A part of the mood, 0 to 100: its name, a bar of ten steps that grow, and the word for it, so many logical pixels wide.
pub fn meter_ui(ui: &mut Ui, part: MoodPart, value: u8, width: f32) -> Response {
    let theme = theme(ui);
    let name = part.name();
    let word = mood_word(part, value);
    let level = f32::from(value.min(100)) / 100.0;
    let tint = theme.mood(if part == MoodPart::Anger { level } else { 1.0 - level });
    let inner = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.set_width(width);
        ui.label(style::small(name.clone()).color(theme.ink_soft.egui()));
        let (rect, _) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
        const STEPS: usize = 10;
        let step = rect.width() / STEPS as f32;
        for index in 0..STEPS {
            let height = 5.0 + 13.0 * (index as f32 + 1.0) / STEPS as f32;
            let left = rect.left() + step * index as f32;
            let bar = Rect::from_min_max(pos2(left, rect.bottom() - height), pos2(left + step - 3.0, rect.bottom()));
            let on = level * STEPS as f32 > index as f32 + 0.25;
            ui.painter().rect_filled(bar, 2, if on { tint } else { theme.line }.egui());
        }
        ui.label(style::strong_small(word.clone()));
    });
    let response = inner.response;
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::ProgressIndicator, true, format!("{name}: {word}"));
        info.value = Some(f64::from(value));
        info
    });
    response.on_hover_text(text_with("window-meter-tip", [("name", name.into()), ("value", value.into())]))
}

/// A lamp for a rule: lit, half lit, out with a cross, or not yet called for.
pub fn lamp_ui(ui: &mut Ui, verdict: Verdict) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
    paint_lamp(ui, rect.center(), verdict);
    response
}

/// A lamp with a short word below it.
pub fn named_lamp_ui(ui: &mut Ui, verdict: Verdict, word: &str) -> Response {
    let tint = theme(ui).ink_soft.egui();
    let font = FontId::proportional(tokens::text::SMALL - 1.0);
    let word = ui.painter().layout_no_wrap(word.to_owned(), font, tint);
    let (rect, response) = ui.allocate_exact_size(vec2(word.size().x.max(16.0), 38.0), Sense::hover());
    paint_lamp(ui, rect.center_top() + vec2(0.0, 9.0), verdict);
    ui.painter().galley(pos2(rect.center().x - word.size().x / 2.0, rect.top() + 20.0), word, tint);
    response
}

fn paint_lamp(ui: &Ui, centre: Pos2, verdict: Verdict) {
    let theme = theme(ui);
    let radius = 6.5;
    let painter = ui.painter();
    match verdict {
        Verdict::Kept => {
            painter.circle_filled(centre, radius, theme.good.egui());
            let tick = vec![centre + vec2(-3.0, 0.2), centre + vec2(-0.8, 2.4), centre + vec2(3.2, -2.2)];
            painter.add(Shape::line(tick, Stroke::new(1.6, theme.surface.egui())));
        }
        Verdict::PartlyKept => {
            painter.circle_stroke(centre, radius - 0.75, Stroke::new(1.5, theme.tense.egui()));
            let half = (0..=16).map(|step| {
                let angle = std::f32::consts::PI * (0.5 + step as f32 / 16.0);
                centre + radius * vec2(angle.cos(), angle.sin())
            });
            painter.add(Shape::convex_polygon(half.collect(), theme.tense.egui(), Stroke::NONE));
        }
        Verdict::Broken => {
            painter.circle_filled(centre, radius, theme.bad.egui());
            for (a, b) in [(vec2(-2.4, -2.4), vec2(2.4, 2.4)), (vec2(-2.4, 2.4), vec2(2.4, -2.4))] {
                painter.line_segment([centre + a, centre + b], Stroke::new(1.6, theme.surface.egui()));
            }
        }
        Verdict::NotCalledFor => {
            painter.circle_stroke(centre, radius - 0.75, Stroke::new(1.5, theme.line.mix(theme.ink_soft, 0.4).egui()));
        }
    }
}

/// Difficulty 1 to 5 as dots.
pub fn difficulty_ui(ui: &mut Ui, difficulty: u8) {
    let theme = theme(ui);
    let words = text_with("window-difficulty", [("level", difficulty.into())]);
    let (rect, response) = ui.allocate_exact_size(vec2(5.0 * 12.0, 16.0), Sense::hover());
    for index in 0..5_u8 {
        let centre = pos2(rect.left() + 5.0 + f32::from(index) * 12.0, rect.center().y);
        if index < difficulty {
            ui.painter().circle_filled(centre, 4.0, theme.ink_soft.egui());
        } else {
            ui.painter().circle_stroke(centre, 3.5, Stroke::new(1.0, theme.ink_soft.mix(theme.surface, 0.4).egui()));
        }
    }
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, words.clone()));
    response.on_hover_text(words);
}

/// Which tint a score has.
fn tint(ui: &Ui, score: u8) -> Tint {
    let theme = theme(ui);
    match score {
        75.. => theme.good,
        45.. => theme.tense.mix(theme.ink, 0.2),
        _ => theme.bad,
    }
}

/// A score of 100 as a ring with the number in it.
pub fn score_ui(ui: &mut Ui, score: u8, size: f32) -> Response {
    let theme = theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    let width = (size / 12.0).max(3.0);
    let radius = size / 2.0 - width / 2.0;
    let centre = rect.center();
    ui.painter().circle_stroke(centre, radius, Stroke::new(width, theme.line.egui()));
    let share = f32::from(score.min(100)) / 100.0;
    let arc: Vec<_> = (0..=64)
        .map(|step| {
            let angle = std::f32::consts::TAU * (share * step as f32 / 64.0 - 0.25);
            centre + radius * vec2(angle.cos(), angle.sin())
        })
        .collect();
    if score > 0 {
        ui.painter().add(Shape::line(arc, Stroke::new(width, tint(ui, score).egui())));
    }
    let font = FontId::new((size * 0.36).max(tokens::text::SMALL - 1.0), style::strong_family());
    ui.painter().text(centre, Align2::CENTER_CENTER, score.to_string(), font, theme.ink.egui());
    let words = text_with("window-score", [("score", score.into())]);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, words.clone()));
    response.on_hover_text(words)
}
