//! The debrief: a scorecard in words that a person can act on, as JSON, as a page; and many scorecards as one sheet.

mod coaching;
mod debrief;
mod json;
mod mood_words;
mod page;
mod sheet;

pub use coaching::{HintWords, hint_words, missing_words, rule_behind, rules_first_met};
pub use debrief::{Debrief, FindingLine, MoodPoint, PromiseLine, RuleLine, TurningPoint};
pub use json::{debrief_json, transcript_json};
pub use mood_words::{anger_word, patience_word, trust_word};
pub use page::transcript_page;
pub use sheet::{SheetError, sheet};
