//! A session being played: its content, its log and where it stands.

use super::{Content, Event, Input, Refusal, Setup, State, judge_state, step};
use crate::rules::Scorecard;

/// A session being played. A face asks [`Session::plan`] what an input would do, stores the events, and then [`Session::commit`]s them.
#[derive(Clone, Debug)]
pub struct Session {
    pub content: Content,
    pub setup: Setup,
    events: Vec<Event>,
    state: State,
}

impl Session {
    /// Before the first ring; send [`Input::Open`] to pick up.
    #[must_use]
    pub fn new(content: Content, setup: Setup) -> Self {
        let state = State::new(&content.scenario, setup.clone());
        Self { content, setup, events: Vec::new(), state }
    }

    /// A session that was left, where it was left.
    #[must_use]
    pub fn resume(content: Content, setup: Setup, events: Vec<Event>) -> Self {
        let state = State::fold(&content.scenario, setup.clone(), &events);
        Self { content, setup, events, state }
    }

    /// The events that this input would bring; nothing has happened yet.
    ///
    /// # Errors
    /// Where it cannot be done now.
    pub fn plan(&self, input: Input) -> Result<Vec<Event>, Refusal> {
        step(&self.content, &self.state, input)
    }

    /// Takes planned events in, once they are stored.
    pub fn commit(&mut self, events: Vec<Event>) {
        let rewinds = events.iter().any(|event| matches!(event, Event::Did { input: Input::Rewind { .. }, .. }));
        if rewinds {
            self.events.extend(events);
            self.state = State::fold(&self.content.scenario, self.setup.clone(), &self.events);
        } else {
            for event in &events {
                self.state.apply(event);
            }
            self.events.extend(events);
        }
    }

    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The whole log, with what rewinds took back.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    #[must_use]
    pub fn scorecard(&self) -> Scorecard {
        judge_state(&self.content, &self.state)
    }
}
