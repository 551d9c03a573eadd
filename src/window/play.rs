//! The session in the window: each input is planned, stored, and only then shown; the clock on the wall is mapped to the simulated one.

use jiff::Timestamp;

use crate::language::Act;
use crate::progress::{Attempt, AttemptId, NewAttempt, Store, StoreError, Trainee};
use crate::rules::{RuleScore, Scorecard};
use crate::scenario::Loaded;
use crate::session::{Content, Event, Input, LineState, Mode, Refusal, Session, Setup, State};

/// Simulated seconds that pass in one second of waiting: a minute in two seconds.
const WAITING_PACE: f64 = 30.0;

/// Outside *assess* no reply counts as slower than this, in seconds: reading a hint costs nothing.
const THINKING_FREE: f64 = 40.0;

/// Characters that the typewriter shows in a second.
const TYPING_PACE: f64 = 55.0;

/// Why an input did not come through. What was stored before stands.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{}", crate::locale::text(refusal_words(*.0)))]
    Refused(Refusal),
}

/// A session on the desk.
#[derive(Debug)]
pub struct Play {
    pub attempt: AttemptId,
    pub session: Session,
    /// Judged after each reply, for the lamps.
    pub card: Scorecard,
    /// Seconds of the app's own clock: when the customer's latest words began to appear.
    heard_at: f64,
    /// The typewriter was skipped.
    skipped: bool,
    /// Simulated seconds that have been waited for and are not yet in the log.
    waited: f64,
    finished: bool,
    /// A jump of the mood since the latest words, 0 to 1, for the customer's face.
    pub shock: f32,
}

impl Play {
    /// Starts an attempt; the customer speaks first.
    pub fn begin(store: &mut Store, trainee: &Trainee, loaded: &Loaded, path: Option<String>, content: Content, mode: Mode, seed: u64, now: f64) -> Result<Self, PlayError> {
        let new = NewAttempt {
            trainee: trainee.id,
            scenario_id: content.id.clone(),
            scenario_path: path,
            scenario_title: content.scenario.title.clone(),
            language: content.scenario.language.clone(),
            mode,
            seed,
            scenario_hash: content.hashes.scenario.clone(),
            rubric_hash: content.hashes.rubric.clone(),
            pack_hash: content.hashes.language_pack.clone(),
            moods_hash: content.hashes.moods.clone(),
            started_at: Timestamp::now(),
            scenario_source: loaded.source.clone(),
            rubric_source: content.rubric.source().to_owned(),
        };
        let attempt = store.begin_attempt(new)?;
        let setup = Setup { mode, seed, trainee: trainee.name.clone() };
        let mut play = Self::new(attempt, Session::new(content, setup), now);
        play.act(store, Input::Open, now)?;
        Ok(play)
    }

    /// Goes on where an attempt was left.
    pub fn resume(store: &mut Store, trainee: &Trainee, attempt: &Attempt, content: Content, now: f64) -> Result<Self, PlayError> {
        let id = attempt.summary.id;
        let setup = Setup { mode: attempt.summary.mode, seed: attempt.seed, trainee: trainee.name.clone() };
        let events = store.events(id)?;
        let mut play = Self::new(id, Session::resume(content, setup, events), now);
        if play.state().line == LineState::Quiet {
            play.act(store, Input::Open, now)?;
        }
        Ok(play)
    }

    fn new(attempt: AttemptId, session: Session, now: f64) -> Self {
        let card = session.scorecard();
        Self { attempt, session, card, heard_at: now, skipped: false, waited: 0.0, finished: false, shock: 0.0 }
    }

    pub fn state(&self) -> &State {
        self.session.state()
    }

    /// Plans, stores, takes in.
    pub fn act(&mut self, store: &mut Store, input: Input, now: f64) -> Result<(), PlayError> {
        let events = self.session.plan(input).map_err(PlayError::Refused)?;
        store.append_events(self.attempt, self.session.events().len(), &events)?;
        let spoke = events.iter().any(|event| matches!(event, Event::CustomerSaid { .. }));
        let rewound = events.iter().any(|event| matches!(event, Event::Did { input: Input::Rewind { .. }, .. }));
        let anger = self.state().mood.anger;
        self.session.commit(events);
        self.card = self.session.scorecard();
        if spoke || rewound {
            self.heard_at = now;
            self.skipped = rewound;
            self.shock = f32::from(self.state().mood.anger.saturating_sub(anger)) / 25.0;
        }
        if self.state().ended.is_some() && self.state().mode() == Mode::Assess {
            self.finish(store)?;
        }
        Ok(())
    }

    /// Keeps the scorecard of an ended session. Outside *assess* this waits for the trainee, who may still go back a reply.
    pub fn finish(&mut self, store: &mut Store) -> Result<(), PlayError> {
        if !self.finished {
            store.finish_attempt(self.attempt, Timestamp::now(), &self.card)?;
            self.finished = true;
        }
        Ok(())
    }

    /// Sends a reply; how long it took is measured from the customer's latest words.
    pub fn reply(&mut self, store: &mut Store, text: String, chosen: Option<usize>, now: f64) -> Result<(), PlayError> {
        let took = self.thinking(now) as u32;
        self.act(store, Input::Reply { text, took, chosen }, now)
    }

    /// Lets the waited seconds into the log, and some more.
    pub fn wait(&mut self, store: &mut Store, more: u64, now: f64) -> Result<(), PlayError> {
        let seconds = (self.waited as u64).saturating_add(more);
        self.waited = 0.0;
        if seconds == 0 {
            return Ok(());
        }
        self.act(store, Input::Wait { seconds }, now)
    }

    pub fn call_back(&mut self, store: &mut Store, now: f64) -> Result<(), PlayError> {
        self.wait(store, 0, now)?;
        if self.is_waiting() { self.act(store, Input::CallBack, now) } else { Ok(()) }
    }

    /// While the line is closed, time runs by itself. True when the log must be told: the customer has waited long enough.
    pub fn pass(&mut self, wall_seconds: f64) -> bool {
        if !self.is_waiting() {
            return false;
        }
        self.waited += wall_seconds * WAITING_PACE;
        let shown = self.state().now + self.waited as u64;
        self.state().open_promises().iter().any(|promise| promise.forgotten <= shown)
    }

    pub fn is_waiting(&self) -> bool {
        self.state().ended.is_none() && matches!(self.state().line, LineState::Closed { .. })
    }

    /// Seconds from now to the most pressing promise's due moment; zero where it is past or there is none.
    pub fn until_due(&self) -> u64 {
        let shown = self.shown_now(self.heard_at);
        self.state().open_promises().first().map_or(0, |promise| promise.due_at.saturating_sub(shown))
    }

    fn thinking(&self, now: f64) -> f64 {
        let took = (now - self.heard_at).max(0.0);
        if self.state().mode() == Mode::Assess { took } else { took.min(THINKING_FREE) }
    }

    /// What the simulated clock shows, in seconds since the start: it runs while the trainee thinks or waits.
    pub fn shown_now(&self, now: f64) -> u64 {
        let running = match self.state().line {
            _ if self.state().ended.is_some() => 0.0,
            LineState::Open => self.thinking(now),
            LineState::Closed { .. } => self.waited,
            LineState::Quiet => 0.0,
        };
        self.state().now + running as u64
    }

    /// Whether the shown clock moves without anybody doing anything.
    pub fn clock_runs(&self, now: f64) -> bool {
        self.is_waiting()
            || (self.state().ended.is_none()
                && (self.state().mode() == Mode::Assess || now - self.heard_at < THINKING_FREE))
    }

    /// How many characters of the customer's latest words the typewriter shows; none where all are there.
    pub fn typed(&self, now: f64) -> Option<usize> {
        let shown = ((now - self.heard_at).max(0.0) * TYPING_PACE) as usize;
        let all = self.state().customer_words().chars().count();
        (!self.skipped && shown < all).then_some(shown)
    }

    pub fn skip_typing(&mut self) {
        self.skipped = true;
    }

    /// Whether the customer is in the middle of a sentence.
    pub fn speaking(&self, now: f64) -> bool {
        self.typed(now).is_some()
    }

    /// Whether the latest reply argued, for the face.
    pub fn was_argued_with(&self) -> bool {
        self.state().last_reply().is_some_and(|reply| reply.reading.has(Act::Arguing))
    }

    /// The score of a rule as it stands.
    pub fn rule(&self, id: &str) -> Option<&RuleScore> {
        self.card.rules.iter().find(|rule| rule.rule == id)
    }
}

/// The locale's key of a refusal.
fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Over => "window-refusal-over",
        Refusal::NotStarted => "window-refusal-not-started",
        Refusal::LineClosed => "window-refusal-line-closed",
        Refusal::LineOpen => "window-refusal-line-open",
        Refusal::NotInThisMode => "window-refusal-not-in-this-mode",
        Refusal::NoSuchReply => "window-refusal-no-such-reply",
        Refusal::NoSuchOption => "window-refusal-no-such-option",
        Refusal::EmptyReply => "window-refusal-empty-reply",
        Refusal::TooLong => "window-refusal-too-long",
    }
}
