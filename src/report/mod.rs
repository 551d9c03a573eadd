//! The debrief: a scorecard in words that a person can act on, and as JSON.

mod coaching;
mod debrief;
mod json;
mod mood_words;

pub use coaching::{HintWords, hint_words, missing_words, rule_behind, rules_first_met};
pub use debrief::{Debrief, FindingLine, MoodPoint, PromiseLine, RuleLine, TurningPoint};
pub use json::debrief_json;
pub use mood_words::{anger_word, patience_word, trust_word};
