//! Lines: a sparkline of one rule's scores, and the customer's mood over a conversation.

use bevy_egui::egui::{Align2, FontId, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::{MoodPart, mood_word};
use crate::locale::text;
use crate::session::{Clock, Mood};
use crate::window::style::{self, theme};
use crate::window::theme::{self as tokens, space};

/// Scores of 100 over attempts, oldest first, the latest as a dot.
pub fn sparkline_ui(ui: &mut Ui, scores: &[u8], size: (f32, f32)) -> Response {
    let theme = theme(ui);
    let (rect, response) = ui.allocate_exact_size(size.into(), Sense::hover());
    let inner = rect.shrink2(vec2(5.0, 5.0));
    let painter = ui.painter();
    painter.line_segment([inner.left_bottom(), inner.right_bottom()], Stroke::new(1.0, theme.line.egui()));
    let last = scores.len().saturating_sub(1).max(1) as f32;
    let at = |index: usize, score: u8| {
        let x = if scores.len() == 1 { inner.right() } else { inner.left() + inner.width() * index as f32 / last };
        pos2(x, inner.bottom() - inner.height() * f32::from(score.min(100)) / 100.0)
    };
    let line: Vec<Pos2> = scores.iter().enumerate().map(|(index, score)| at(index, *score)).collect();
    if line.len() > 1 {
        painter.add(Shape::line(line.clone(), Stroke::new(2.0, theme.accent.egui())));
    }
    if let Some(end) = line.last() {
        painter.circle_filled(*end, 3.5, theme.accent.egui());
    }
    response
}

/// The mood at one place of a talk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Replies given until then; halves lie between two replies.
    pub at: f32,
    /// Simulated seconds since the start.
    pub when: u64,
    pub mood: Mood,
    /// How far anger moved, where this reply turned the talk.
    pub turned: Option<i32>,
}

const PARTS: [MoodPart; 3] = [MoodPart::Anger, MoodPart::Trust, MoodPart::Patience];

/// Anger, trust and patience reply by reply: long waits take no room. Turning points are ringed, the lines named below.
pub fn mood_curve_ui(ui: &mut Ui, points: &[CurvePoint], clock: Clock) -> Response {
    let theme = theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 200.0), Sense::hover());
    let plot = Rect::from_min_max(rect.min + vec2(space::S, space::L), rect.max - vec2(space::S, 26.0));
    let painter = ui.painter();
    let font = FontId::proportional(tokens::text::SMALL - 1.0);
    let Some(last) = points.last() else { return response };
    let length = last.at.max(1.0);
    let x = |at: f32| plot.left() + plot.width() * at / length;
    let y = |value: u8| plot.bottom() - plot.height() * f32::from(value.min(100)) / 100.0;
    for level in [0, 50, 100] {
        let line = Stroke::new(1.0, theme.line.egui());
        painter.line_segment([pos2(plot.left(), y(level)), pos2(plot.right(), y(level))], line);
    }
    // Numbers of replies, as many as there is room for.
    let every = ((22.0 * length / plot.width()).ceil() as usize).max(1);
    for reply in (1..=length as usize).step_by(every) {
        let foot = pos2(x(reply as f32), plot.bottom());
        painter.line_segment([foot, foot + vec2(0.0, 5.0)], Stroke::new(2.0, theme.accent.egui()));
        let below = foot + vec2(0.0, 8.0);
        painter.text(below, Align2::CENTER_TOP, reply.to_string(), font.clone(), theme.ink_soft.egui());
    }
    for part in PARTS.into_iter().rev() {
        let line: Vec<Pos2> = points.iter().map(|point| pos2(x(point.at), y(part.of(point.mood)))).collect();
        painter.add(mood_line(ui, part, &line));
    }
    for point in points {
        let Some(turned) = point.turned else { continue };
        let centre = pos2(x(point.at), y(point.mood.anger));
        painter.circle(centre, 5.0, theme.surface.egui(), Stroke::new(2.0, theme.angry.egui()));
        let words = format!("{}{}", if turned > 0 { "+" } else { "−" }, turned.abs());
        let (place, side) = if turned > 0 { (-8.0, Align2::CENTER_BOTTOM) } else { (8.0, Align2::CENTER_TOP) };
        let mut place = centre + vec2(0.0, place);
        let mut side = side;
        if place.y > plot.bottom() - 14.0 {
            (place, side) = (centre - vec2(0.0, 8.0), Align2::CENTER_BOTTOM);
        }
        painter.text(place, side, words, font.clone(), theme.ink.egui());
    }
    legend_ui(ui);
    let near = |point: &&CurvePoint, pointer: Pos2| (x(point.at) - pointer.x).abs();
    if let Some(pointer) = response.hover_pos()
        && let Some(point) = points.iter().min_by(|a, b| near(a, pointer).total_cmp(&near(b, pointer)))
    {
        let line = [pos2(x(point.at), plot.top()), pos2(x(point.at), plot.bottom())];
        ui.painter().line_segment(line, Stroke::new(1.0, theme.ink_soft.egui()));
        let value = |part: MoodPart| {
            format!("{}: {} · {}", part.name(), part.of(point.mood), mood_word(part, part.of(point.mood)))
        };
        let time = clock.at(point.when).strftime("%H:%M").to_string();
        return response.on_hover_text_at_pointer(format!("{time}\n{}", PARTS.map(value).join("\n")));
    }
    response
}

/// A line in the manner of its part: anger solid, trust dashed, patience dotted.
fn mood_line(ui: &Ui, part: MoodPart, line: &[Pos2]) -> Shape {
    let theme = theme(ui);
    match part {
        MoodPart::Anger => Shape::line(line.to_vec(), Stroke::new(3.0, theme.angry.egui())),
        MoodPart::Trust => Shape::Vec(Shape::dashed_line(line, Stroke::new(2.0, theme.calm.egui()), 8.0, 4.0)),
        MoodPart::Patience => Shape::Vec(Shape::dashed_line(line, Stroke::new(1.5, theme.unsure.egui()), 2.0, 3.0)),
    }
}

fn legend_ui(ui: &mut Ui) {
    let theme = theme(ui);
    ui.horizontal_wrapped(|ui| {
        for part in PARTS {
            let (rect, _) = ui.allocate_exact_size(vec2(28.0, 18.0), Sense::hover());
            ui.painter().add(mood_line(ui, part, &[rect.left_center(), rect.right_center()]));
            ui.label(style::small(part.name()));
            ui.add_space(space::S);
        }
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 18.0), Sense::hover());
        let ring = Stroke::new(2.0, theme.angry.egui());
        ui.painter().circle(rect.center(), 5.0, theme.surface.egui(), ring);
        ui.label(style::small(text("window-debrief-turning-point")));
    });
}
