//! Where a session stands: the fold over its events.

use std::collections::{BTreeMap, BTreeSet};

use super::{Event, Hint, Input, LineOpener, Mode, Mood, Promise, SaidBecause, Setup};
use crate::language::{Act, Reading, Span};
use crate::rules::{OfferVerdict, PromiseStatus};
use crate::scenario::{Line, Outcome, Scenario};

/// Where a session stands.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub setup: Setup,
    /// Simulated seconds since the start.
    pub now: u64,
    pub mood: Mood,
    pub beat: String,
    /// Replies given so far, and in this beat.
    pub replies: usize,
    pub replies_here: usize,
    pub facts: BTreeSet<String>,
    /// The facts without which a remedy is premature.
    pub needed: BTreeSet<String>,
    pub offers: Vec<OfferOnTable>,
    pub promises: Vec<Tracked>,
    pub line: LineState,
    pub ended: Option<Ended>,
    pub transcript: Vec<Said>,
    /// How often each act was found in all replies so far.
    pub acts: BTreeMap<Act, usize>,
    /// How many replies asked without being understood by any fact's words.
    pub open_questions: usize,
    pub rewinds: usize,
    pub hints: Vec<Hint>,
    lines_said: BTreeSet<String>,
    untold: Vec<String>,
    call_back_pending: bool,
}

/// Whether the customer is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineState {
    /// Not yet rung.
    Quiet,
    Open,
    /// The customer waits to be called; an ending may be due once they were.
    Closed {
        ending: Option<String>,
    },
}

/// An offer that the trainee has put on the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferOnTable {
    pub id: String,
    pub verdict: OfferVerdict,
    pub accepted: bool,
}

/// A promise with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    pub promise: Promise,
    pub status: PromiseStatus,
    /// When the agent got in touch, in seconds since the start.
    pub settled_at: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub at: u64,
    pub ending: Option<String>,
    pub outcome: Outcome,
}

/// One line of the transcript.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    Customer { at: u64, text: String, because: SaidBecause, mood: Mood, tells: Vec<String> },
    Agent(Box<Reply>),
}

/// A reply of the trainee's.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    pub at: u64,
    pub took: u32,
    pub text: String,
    pub chosen: Option<usize>,
    pub reading: Reading,
    pub mood_before: Mood,
    pub mood_after: Mood,
    /// What moved the mood, in order.
    pub causes: Vec<String>,
    pub offers: Vec<(String, OfferVerdict, Span)>,
    /// Whether the trainee called the customer back with it.
    pub opens_call_back: bool,
}

impl State {
    /// Before the first ring.
    #[must_use]
    pub fn new(scenario: &Scenario, setup: Setup) -> Self {
        Self {
            setup,
            now: 0,
            mood: Mood::of(&scenario.customer.temper),
            beat: String::new(),
            replies: 0,
            replies_here: 0,
            facts: BTreeSet::new(),
            needed: scenario.facts.iter().filter(|fact| fact.needed).map(|fact| fact.id.clone()).collect(),
            offers: Vec::new(),
            promises: Vec::new(),
            line: LineState::Quiet,
            ended: None,
            transcript: Vec::new(),
            acts: BTreeMap::new(),
            open_questions: 0,
            rewinds: 0,
            hints: Vec::new(),
            lines_said: BTreeSet::new(),
            untold: Vec::new(),
            call_back_pending: false,
        }
    }

    /// The state that a whole log leads to.
    #[must_use]
    pub fn fold(scenario: &Scenario, setup: Setup, events: &[Event]) -> Self {
        let mut state = Self::new(scenario, setup.clone());
        for event in effective(events) {
            state.apply(event);
        }
        state.rewinds = events.iter().filter(|event| is_rewind(event)).count();
        state
    }

    /// Takes one event in. A rewind needs the log before it: use [`State::fold`].
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Did { at, input } => {
                self.now = *at;
                match input {
                    Input::Reply { text, took, chosen } => {
                        self.replies += 1;
                        self.replies_here += 1;
                        self.transcript.push(Said::Agent(Box::new(Reply {
                            at: *at,
                            took: *took,
                            text: text.clone(),
                            chosen: *chosen,
                            reading: Reading::default(),
                            mood_before: self.mood,
                            mood_after: self.mood,
                            causes: Vec::new(),
                            offers: Vec::new(),
                            opens_call_back: std::mem::take(&mut self.call_back_pending),
                        })));
                    }
                    Input::Open => self.line = LineState::Open,
                    Input::CallBack => self.call_back_pending = true,
                    Input::Wait { .. } | Input::Rewind { .. } | Input::Hint | Input::Leave => {}
                }
            }
            Event::CustomerSaid { at, text, because } => {
                self.now = *at;
                self.lines_said.insert(text.clone());
                self.transcript.push(Said::Customer {
                    at: *at,
                    text: text.clone(),
                    because: *because,
                    mood: self.mood,
                    tells: std::mem::take(&mut self.untold),
                });
            }
            Event::ReplyRead { reading } => {
                for act in Act::ALL.iter().filter(|act| reading.has(**act)) {
                    *self.acts.entry(*act).or_default() += 1;
                }
                if reading.has(Act::Question) && reading.asks.is_empty() {
                    self.open_questions += 1;
                }
                if let Some(reply) = self.last_reply_mut() {
                    reply.reading = reading.clone();
                }
            }
            Event::FactLearned { id } => {
                self.facts.insert(id.clone());
                self.untold.push(id.clone());
            }
            Event::OfferMade { id, verdict, span } => {
                match self.offers.iter_mut().find(|offer| offer.id == *id) {
                    Some(offer) => offer.verdict = *verdict,
                    None => self.offers.push(OfferOnTable { id: id.clone(), verdict: *verdict, accepted: false }),
                }
                let made = (id.clone(), *verdict, *span);
                if let Some(reply) = self.last_reply_mut() {
                    reply.offers.push(made);
                }
            }
            Event::OfferAccepted { id } => {
                if let Some(offer) = self.offers.iter_mut().find(|offer| offer.id == *id) {
                    offer.accepted = true;
                    offer.verdict = OfferVerdict::Fits;
                }
            }
            Event::OfferDeclined { .. } => {}
            Event::PromiseMade { promise } => {
                self.promises.push(Tracked { promise: promise.clone(), status: PromiseStatus::Open, settled_at: None })
            }
            Event::PromiseSettled { id, status } => {
                let now = self.now;
                if let Some(tracked) = self.promises.iter_mut().find(|tracked| tracked.promise.id == *id) {
                    tracked.status = *status;
                    tracked.settled_at = (*status != PromiseStatus::Forgotten).then_some(now);
                }
            }
            Event::MoodMoved { cause, mood } => {
                self.mood = *mood;
                let (cause, mood) = (cause.clone(), *mood);
                if let Some(reply) = self.last_reply_mut() {
                    reply.mood_after = mood;
                    reply.causes.push(cause);
                }
            }
            Event::EnteredBeat { id } => {
                self.beat.clone_from(id);
                self.replies_here = 0;
            }
            Event::LineClosed { at, ending } => {
                self.now = *at;
                self.line = LineState::Closed { ending: ending.clone() };
            }
            Event::LineOpened { at, by } => {
                self.now = *at;
                self.line = LineState::Open;
                self.call_back_pending = *by == LineOpener::Trainee;
            }
            Event::HintShown { hint } => self.hints.push(hint.clone()),
            Event::Ended { at, ending, outcome } => {
                self.now = *at;
                self.ended = Some(Ended { at: *at, ending: ending.clone(), outcome: *outcome });
            }
        }
    }

    fn last_reply_mut(&mut self) -> Option<&mut Reply> {
        match self.transcript.last_mut() {
            Some(Said::Agent(reply)) => Some(reply),
            _ => None,
        }
    }

    /// The replies that count, in order.
    pub fn reply_list(&self) -> impl Iterator<Item = &Reply> {
        self.transcript.iter().filter_map(|said| match said {
            Said::Agent(reply) => Some(&**reply),
            Said::Customer { .. } => None,
        })
    }

    #[must_use]
    pub fn last_reply(&self) -> Option<&Reply> {
        self.reply_list().last()
    }

    /// A reply, counted from 1, with what the customer had said since the one before it.
    #[must_use]
    pub fn exchange(&self, reply: usize) -> Option<(String, &Reply)> {
        let mut words: Vec<&str> = Vec::new();
        let mut number = 0;
        for said in &self.transcript {
            match said {
                Said::Customer { text, .. } => words.push(text),
                Said::Agent(found) => {
                    number += 1;
                    if number == reply {
                        return Some((words.join(" "), found));
                    }
                    words.clear();
                }
            }
        }
        None
    }

    /// What the customer has said since the trainee's last reply.
    #[must_use]
    pub fn customer_words(&self) -> String {
        let mut words: Vec<&str> = self
            .transcript
            .iter()
            .rev()
            .map_while(|said| match said {
                Said::Customer { text, .. } => Some(text.as_str()),
                Said::Agent(_) => None,
            })
            .collect();
        words.reverse();
        words.join(" ")
    }

    /// Promises still to be kept, the most pressing first.
    #[must_use]
    pub fn open_promises(&self) -> Vec<&Promise> {
        let mut open: Vec<_> =
            self.promises.iter().filter(|t| t.status == PromiseStatus::Open).map(|t| &t.promise).collect();
        open.sort_by_key(|promise| (promise.due_at, promise.id));
        open
    }

    #[must_use]
    pub fn has_said(&self, line: &str) -> bool {
        self.lines_said.contains(line)
    }

    /// Whether the customer has said one of these already.
    #[must_use]
    pub fn has_said_any(&self, lines: &[Line]) -> bool {
        lines.iter().any(|line| self.has_said(&line.text))
    }

    #[must_use]
    pub fn accepted(&self) -> bool {
        self.offers.iter().any(|offer| offer.accepted)
    }

    #[must_use]
    pub fn mode(&self) -> Mode {
        self.setup.mode
    }
}

fn is_rewind(event: &Event) -> bool {
    matches!(event, Event::Did { input: Input::Rewind { .. }, .. })
}

/// The events that still count once rewinds have taken some back.
#[must_use]
pub fn effective(events: &[Event]) -> Vec<&Event> {
    let mut kept: Vec<&Event> = Vec::with_capacity(events.len());
    for event in events {
        if let Event::Did { input: Input::Rewind { reply }, .. } = event {
            let cut = kept
                .iter()
                .enumerate()
                .filter(|(_, kept)| matches!(kept, Event::Did { input: Input::Reply { .. }, .. }))
                .nth(reply.saturating_sub(1))
                .map(|(index, _)| index);
            kept.truncate(cut.unwrap_or(kept.len()));
        } else {
            kept.push(event);
        }
    }
    kept
}
