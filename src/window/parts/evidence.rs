//! A reply with its evidence marked in it: a line under the words, solid for good, wavy for bad, dotted where the reader is unsure.

use bevy_egui::egui::{
    self, FontFamily, FontId, Id, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::act_words;
use crate::language::{Reading, Reason, Span};
use crate::locale::{text, text_with};
use crate::window::style::theme;
use crate::window::theme::text as sizes;

/// Below this certainty, in percent, a mark is shown as unsure.
const SURE_FROM: u8 = 65;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Good,
    Bad,
    Unsure,
}

/// Words of a reply and what was seen in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    pub kind: MarkKind,
    /// What the tooltip says.
    pub why: String,
}

/// The marks of a reading: act, certainty, and why it was seen.
#[must_use]
pub fn marks_of(reading: &Reading) -> Vec<Mark> {
    let marks = reading.acts.iter().map(|found| {
        let kind = match found.certainty {
            ..SURE_FROM => MarkKind::Unsure,
            _ if found.act.hurts() => MarkKind::Bad,
            _ => MarkKind::Good,
        };
        let because = match &found.because {
            Reason::Phrase(_) => text("window-mark-phrase"),
            Reason::Construction(name) => text_with("window-mark-construction", [("name", name.as_str().into())]),
            Reason::Example(like) => text_with("window-mark-example", [("example", like.as_str().into())]),
        };
        let certainty = text_with("window-mark-certainty", [("percent", found.certainty.into())]);
        Mark { span: found.span, kind, why: format!("{}\n{certainty}\n{because}", act_words(found.act)) }
    });
    let jargon =
        reading.jargon.iter().map(|span| Mark { span: *span, kind: MarkKind::Bad, why: text("window-mark-jargon") });
    marks.chain(jargon).collect()
}

/// The text in a column as wide as there is room, with its marks; each mark tells why when pointed at.
pub fn marked_text_ui(ui: &mut Ui, id: impl egui::AsIdSalt, words: &str, marks: &[Mark], size: f32) {
    let theme = theme(ui);
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    let format = TextFormat {
        font_id: FontId::new(size, FontFamily::Proportional),
        line_height: Some((size * sizes::LEADING).round() + 3.0),
        color: theme.ink.egui(),
        ..Default::default()
    };
    job.append(words, 0.0, format);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, words));
    let id = Id::new("evidence").with(id);
    for (index, mark) in marks.iter().enumerate() {
        let from = words.get(..mark.span.start).map_or(0, |before| before.chars().count());
        let to = from + mark.span.of(words).chars().count();
        // Marks of overlapping words hang below one another.
        let depth = marks[..index]
            .iter()
            .filter(|other| other.span.start < mark.span.end && mark.span.start < other.span.end)
            .count();
        let tint = match mark.kind {
            MarkKind::Good => theme.good,
            MarkKind::Bad => theme.bad,
            MarkKind::Unsure => theme.unsure,
        };
        for (part, line) in lines(&galley, from, to).into_iter().enumerate() {
            let line = line.translate(rect.min.to_vec2());
            let y = (line.top() + size * 1.22 + 2.5 * depth.min(2) as f32).round();
            let stroke = Stroke::new(1.8, tint.egui());
            let (left, right) = (pos2(line.left(), y), pos2(line.right(), y));
            let shape = match mark.kind {
                MarkKind::Good => Shape::line_segment([left, right], stroke),
                MarkKind::Bad => Shape::line(wave(left, right), stroke),
                MarkKind::Unsure => Shape::Vec(Shape::dotted_line(&[left, right], tint.egui(), 4.0, 1.2)),
            };
            ui.painter().add(shape);
            let here = ui.interact(line, id.with((index, part)), Sense::hover());
            if here.hovered() {
                ui.painter().rect_filled(line.expand2(vec2(1.0, 0.0)), 3, tint.egui().gamma_multiply(0.14));
            }
            here.on_hover_text(&mark.why);
        }
    }
    ui.painter().galley(rect.min, galley, theme.ink.egui());
}

/// The places of characters `from..to`, a rectangle a row.
fn lines(galley: &bevy_egui::egui::Galley, from: usize, to: usize) -> Vec<Rect> {
    let mut found = Vec::new();
    let mut at = 0;
    for row in &galley.rows {
        let (mut left, mut right) = (None, 0.0);
        for glyph in &row.glyphs {
            if (from..to).contains(&at) {
                left.get_or_insert(glyph.pos.x);
                right = glyph.max_x();
            }
            at += 1;
        }
        at += usize::from(row.ends_with_newline);
        if let Some(left) = left {
            let top = row.pos.y;
            found.push(Rect::from_min_max(pos2(row.pos.x + left, top), pos2(row.pos.x + right, top + row.row.size.y)));
        }
    }
    found
}

fn wave(left: Pos2, right: Pos2) -> Vec<Pos2> {
    let steps = ((right.x - left.x) / 1.5).ceil().max(1.0) as usize;
    (0..=steps)
        .map(|step| {
            let x = left.x + (right.x - left.x) * step as f32 / steps as f32;
            pos2(x, left.y + ((x - left.x) * 1.05).sin() * 1.6)
        })
        .collect()
}
