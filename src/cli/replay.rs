//! `calmline replay`: proves a stored attempt by playing it again.

use super::failure::print;
use super::{Context, Failure};
use crate::locale::{text, text_with};
use crate::progress::frozen;
use crate::report::{Debrief, debrief_json};
use crate::session::{State, judge_state, replay as play_again};
use crate::terminal::{Screen, print_debrief};

/// Plays the attempt again and compares.
pub fn replay(context: &Context, prefix: &str, json: bool) -> Result<(), Failure> {
    let store = context.store()?;
    let id = store.resolve_prefix(prefix)?;
    let attempt = store.attempt(id)?;
    let (content, setup, changes) = frozen(&store, &attempt)?;
    let stored = store.events(id)?;
    if changes.any() {
        eprintln!("{}", text("replay-changed"));
    }
    if let Some(now) = context.library()?.get(&attempt.summary.scenario_id)
        && now.loaded.as_ref().map_or(true, |loaded| loaded.hash != attempt.scenario_hash)
    {
        eprintln!("{}", text("replay-scenario-changed"));
    }
    let events = play_again(&content, &setup, &stored).map_err(|divergence| {
        Failure::found(text_with(
            "replay-differs",
            [
                ("event", (divergence.at_event + 1).into()),
                ("stored", divergence.stored.clone().unwrap_or_else(|| "–".into()).into()),
                ("replayed", divergence.replayed.clone().unwrap_or_else(|| "–".into()).into()),
            ],
        ))
    })?;
    let state = State::fold(&content.scenario, setup, &events);
    let card = judge_state(&content, &state);
    if let Some(stored_card) = store.scorecard(id)?
        && !stored_card.judges_as(&card)
    {
        return Err(Failure::found(text_with(
            "replay-score-differs",
            [("stored", stored_card.score.into()), ("replayed", card.score.into())],
        )));
    }
    if json {
        return print(&format!("{:#}\n", debrief_json(&content, &state)));
    }
    let mut screen = Screen::new(anstream::stdout());
    print_debrief(&mut screen, &Debrief::of(&content, &state))?;
    print(&format!("\n{}\n", text_with("replay-same", [("events", events.len().into()), ("score", card.score.into())])))
}
