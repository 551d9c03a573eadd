//! What would help most now.

use super::super::{Content, Hint, LineState, Missing, State};
use super::still_missing;
use crate::language::Reading;

/// What would help most now.
#[must_use]
pub fn hint(content: &Content, state: &State) -> Hint {
    hint_while_writing(content, state, &Reading::default()).unwrap_or(Hint::Missing(Missing::NextStep))
}

/// What would help most with a reply that is half written: the trainer's own words for this beat first, until they were
/// heard. None where the draft does all that this moment asks for.
#[must_use]
pub fn hint_while_writing(content: &Content, state: &State, draft: &Reading) -> Option<Hint> {
    let open = !matches!(state.line, LineState::Closed { .. });
    if open
        && let Some(words) = content.beat(&state.beat).and_then(|beat| beat.hint.clone())
        && state.hints.last() != Some(&Hint::Beat(words.clone()))
    {
        return Some(Hint::Beat(words));
    }
    still_missing(content, state, draft).first().copied().map(Hint::Missing)
}
