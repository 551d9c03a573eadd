//! Lines over time: a sparkline for one rule, and the customer's mood over a conversation.

use bevy_egui::egui::{Align2, FontId, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::{MoodPart, mood_word};
use crate::session::{Clock, Mood};
use crate::window::style::theme;
use crate::window::theme::{self as tokens, Tint, space};

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

/// Anger, trust and patience over the simulated time, with a tick a turn of the trainee's.
pub fn mood_curve_ui(ui: &mut Ui, points: &[(u64, Mood)], replies: &[u64], clock: Clock) -> Response {
    let theme = theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 190.0), Sense::hover());
    let legend = 92.0;
    let plot = Rect::from_min_max(rect.min + vec2(0.0, space::S), rect.max - vec2(legend, 26.0));
    let painter = ui.painter();
    let font = FontId::proportional(tokens::text::SMALL - 1.0);
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return response };
    let length = last.0.saturating_sub(first.0).max(1) as f32;
    let x = |at: u64| plot.left() + plot.width() * (at.saturating_sub(first.0) as f32 / length);
    let y = |value: u8| plot.bottom() - plot.height() * f32::from(value.min(100)) / 100.0;
    for level in [0, 50, 100] {
        painter.line_segment(
            [pos2(plot.left(), y(level)), pos2(plot.right(), y(level))],
            Stroke::new(1.0, theme.line.egui()),
        );
    }
    for at in replies {
        let foot = pos2(x(*at), plot.bottom());
        painter.line_segment([foot, foot + vec2(0.0, 5.0)], Stroke::new(2.0, theme.accent.egui()));
    }
    let time = |at: u64| clock.at(at).strftime("%H:%M").to_string();
    let below = plot.bottom() + 8.0;
    painter.text(pos2(plot.left(), below), Align2::LEFT_TOP, time(first.0), font.clone(), theme.ink_soft.egui());
    painter.text(pos2(plot.right(), below), Align2::RIGHT_TOP, time(last.0), font.clone(), theme.ink_soft.egui());
    let mut ends: Vec<(f32, MoodPart, Tint)> = Vec::new();
    for (part, tint, width) in [
        (MoodPart::Patience, theme.unsure, 1.5),
        (MoodPart::Trust, theme.calm, 2.0),
        (MoodPart::Anger, theme.angry, 3.0),
    ] {
        let line: Vec<Pos2> = points.iter().map(|(at, mood)| pos2(x(*at), y(part.of(*mood)))).collect();
        let stroke = Stroke::new(width, tint.egui());
        match part {
            MoodPart::Anger => painter.add(Shape::line(line, stroke)),
            MoodPart::Trust => painter.add(Shape::Vec(Shape::dashed_line(&line, stroke, 8.0, 4.0))),
            MoodPart::Patience => painter.add(Shape::Vec(Shape::dashed_line(&line, stroke, 2.0, 3.0))),
        };
        ends.push((y(part.of(last.1)), part, tint));
    }
    // Names stand at the lines' ends, moved apart where they would lie over one another.
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut next = plot.top() - 4.0;
    for (end, part, tint) in ends {
        let at = end.max(next).min(plot.bottom());
        next = at + 17.0;
        let anchor = pos2(plot.right() + space::S, at);
        painter.text(anchor, Align2::LEFT_CENTER, part.name(), font.clone(), tint.mix(theme.ink, 0.35).egui());
    }
    if let Some(pointer) = response.hover_pos()
        && let Some((at, mood)) =
            points.iter().min_by(|a, b| (x(a.0) - pointer.x).abs().total_cmp(&(x(b.0) - pointer.x).abs()))
    {
        painter.line_segment(
            [pos2(x(*at), plot.top()), pos2(x(*at), plot.bottom())],
            Stroke::new(1.0, theme.ink_soft.egui()),
        );
        let words: Vec<String> = [MoodPart::Anger, MoodPart::Trust, MoodPart::Patience]
            .into_iter()
            .map(|part| format!("{}: {} · {}", part.name(), part.of(*mood), mood_word(part, part.of(*mood))))
            .collect();
        return response.on_hover_text_at_pointer(format!("{}\n{}", time(*at), words.join("\n")));
    }
    response
}
