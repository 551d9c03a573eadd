//! The pieces that screens are built of.

mod button;
mod card;
mod evidence;
mod gauge;
mod graph;
mod tag;
mod wording;

pub use button::{chip, faint, primary, quiet, secondary};
pub use card::{card, dialog_frame, empty_ui, notice_ui, page_ui, row_ui, top_bar_ui};
pub use evidence::{Mark, MarkKind, marked_format, marked_text_ui, marks_of, paint_marks};
pub use gauge::{difficulty_ui, lamp_ui, meter_ui, named_lamp_ui, score_ui};
pub use graph::{CurvePoint, mood_curve_ui, sparkline_ui};
pub use tag::{TAG_HEIGHT, found_tag_ui, missing_tag_ui};
pub use wording::{
    MoodPart, act_words, ago, cause_words, channel_words, day, duration, mode_words, mood_word, outcome_words,
    rule_title, sentence, verdict_words,
};
