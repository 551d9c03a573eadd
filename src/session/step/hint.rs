//! What would help most now.

use super::super::{Content, Hint, LineState, Missing, State};
use crate::language::Act;

/// What would help most now.
#[must_use]
pub fn hint(content: &Content, state: &State) -> Hint {
    if matches!(state.line, LineState::Closed { .. }) {
        return Hint::Missing(Missing::CallBack);
    }
    if let Some(words) = content.beat(&state.beat).and_then(|beat| beat.hint.clone())
        && state.hints.last() != Some(&Hint::Beat(words.clone()))
    {
        return Hint::Beat(words);
    }
    Hint::Missing(missing(content, state))
}

/// The next thing in the order apology, understanding, solution, next step.
#[must_use]
pub fn missing(content: &Content, state: &State) -> Missing {
    let did = |act| state.acts.contains_key(&act);
    let lacks_facts = content.scenario.facts.iter().any(|fact| fact.needed && !state.facts.contains(&fact.id));
    if !did(Act::Apology) {
        Missing::Apology
    } else if lacks_facts {
        Missing::Question
    } else if !did(Act::Empathy) && !did(Act::Paraphrase) {
        Missing::Empathy
    } else if !did(Act::Offer) {
        Missing::Offer
    } else if !state.accepted() {
        Missing::CheckBack
    } else {
        Missing::NextStep
    }
}
