//! The table of all rules: headline rules first, each group in the order of its ids.

use super::Rule;
use super::{
    acknowledge, adapt, answer_promptly, apologise, be_personal, call_back, cannot_help, clarify, courtesy, next_steps,
    no_arguing, no_blame_shifting, offer_solutions, own_it, plain_language, stay_calm,
};

/// Every rule.
pub static RULES: &[&Rule] = &[
    &apologise::RULE,
    &call_back::RULE,
    &clarify::RULE,
    &next_steps::RULE,
    &no_arguing::RULE,
    &offer_solutions::RULE,
    &acknowledge::RULE,
    &adapt::RULE,
    &answer_promptly::RULE,
    &be_personal::RULE,
    &cannot_help::RULE,
    &courtesy::RULE,
    &no_blame_shifting::RULE,
    &own_it::RULE,
    &plain_language::RULE,
    &stay_calm::RULE,
];

/// The rule of this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
