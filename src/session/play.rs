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

    /// The place in the log of the event with which a reply was sent, counted from 0. `reply` is counted from 1 among the
    /// replies that count.
    #[must_use]
    pub fn reply_event(&self, reply: usize) -> Option<usize> {
        let sent = |event: &Event| matches!(event, Event::Did { input: Input::Reply { .. }, .. });
        let mut kept: Vec<usize> = Vec::new();
        for (at, event) in self.events.iter().enumerate() {
            match event {
                Event::Did { input: Input::Rewind { reply }, .. } => kept.truncate(reply.saturating_sub(1)),
                event if sent(event) => kept.push(at),
                _ => {}
            }
        }
        kept.get(reply.checked_sub(1)?).copied()
    }

    #[must_use]
    pub fn scorecard(&self) -> Scorecard {
        judge_state(&self.content, &self.state)
    }
}
