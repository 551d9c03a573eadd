//! Playing a stored session again from its inputs, to show that its events and its score are what they claim to be.

use super::{Content, Event, Setup, State, step};

/// Where a replay parts from the stored log.
#[derive(Clone, Debug, PartialEq)]
pub struct Divergence {
    /// Counted from 0.
    pub at_event: usize,
    /// As JSON; none where the log or the replay ended early.
    pub stored: Option<String>,
    pub replayed: Option<String>,
}

/// Replays the inputs of a log.
///
/// # Errors
/// The first event that comes out otherwise than it was stored.
pub fn replay(content: &Content, setup: &Setup, stored: &[Event]) -> Result<Vec<Event>, Box<Divergence>> {
    let mut events: Vec<Event> = Vec::with_capacity(stored.len());
    let mut state = State::new(&content.scenario, setup.clone());
    for event in stored {
        let Event::Did { input, .. } = event else { continue };
        let Ok(more) = step(content, &state, input.clone()) else {
            return Err(divergence(stored, &events));
        };
        events.extend(more);
        if matches!(input, super::Input::Rewind { .. }) {
            state = State::fold(&content.scenario, setup.clone(), &events);
        } else {
            let new =
                events.len() - events.iter().rev().position(|e| matches!(e, Event::Did { .. })).map_or(0, |n| n + 1);
            for event in &events[new..] {
                state.apply(event);
            }
        }
    }
    if json_lines(&events) == json_lines(stored) { Ok(events) } else { Err(divergence(stored, &events)) }
}

fn json(event: &Event) -> String {
    serde_json::to_string(event).unwrap_or_default()
}

fn json_lines(events: &[Event]) -> Vec<String> {
    events.iter().map(json).collect()
}

fn divergence(stored: &[Event], replayed: &[Event]) -> Box<Divergence> {
    let (stored, replayed) = (json_lines(stored), json_lines(replayed));
    let at_event = stored.iter().zip(&replayed).take_while(|(a, b)| a == b).count();
    Box::new(Divergence { at_event, stored: stored.get(at_event).cloned(), replayed: replayed.get(at_event).cloned() })
}
