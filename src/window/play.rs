//! The session in the window: each input is planned, stored, and only then shown; the clock on the wall is mapped to the simulated one.

use crate::language::Act;
use crate::progress::{
    ActError, AttemptId, Dispute, DisputeError, Recording, ReopenError, Store, StoreError, TraineeId, disputed_replies,
};
use crate::rules::Scorecard;
use crate::scenario::Channel;
use crate::session::{Content, Event, Input, LineState, Refusal, Session, Setup, State, counted};

/// Simulated seconds that pass in one second of waiting: a minute in two seconds.
const WAITING_PACE: f64 = 30.0;

/// Characters that the typewriter shows in a second.
const TYPING_PACE: f64 = 55.0;

/// Why something could not be done. What was stored before stands.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Reopen(#[from] ReopenError),
    #[error("{}", crate::locale::text(refusal_words(*.0)))]
    Refused(Refusal),
    #[error("{}", dispute_words(.0))]
    Dispute(#[from] DisputeError),
}

impl From<ActError> for PlayError {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(refusal) => Self::Refused(refusal),
            ActError::Store(error) => Self::Store(error),
        }
    }
}

/// A session on the desk.
#[derive(Debug)]
pub struct Play {
    recording: Recording,
    /// Judged after each reply, for the lamps.
    pub card: Scorecard,
    /// Seconds of the app's own clock: when the customer's latest words began to appear.
    heard_at: f64,
    /// The typewriter was skipped.
    skipped: bool,
    /// Simulated seconds that have been waited for and are not yet in the log.
    waited: f64,
    /// How hard the latest reply hit the customer, 0 to 1; taken once by the stage.
    blow: Option<f32>,
    /// The replies whose reading was marked as mistaken, counted from 1.
    disputed: Vec<(usize, Dispute)>,
}

impl Play {
    /// Starts an attempt; the customer speaks first.
    pub fn begin(
        store: &mut Store,
        trainee: TraineeId,
        content: Content,
        setup: Setup,
        path: Option<String>,
        now: f64,
    ) -> Result<Self, PlayError> {
        Ok(Self::on(Recording::begin(store, trainee, content, setup, path)?, now))
    }

    /// Goes on where an attempt was left.
    pub fn resume(store: &mut Store, attempt: AttemptId, now: f64) -> Result<Self, PlayError> {
        let mut play = Self::on(Recording::reopen(store, attempt)?, now);
        play.look_up_disputes(store)?;
        if play.state().line == LineState::Quiet {
            play.act(store, Input::Open, now)?;
        }
        Ok(play)
    }

    fn on(recording: Recording, now: f64) -> Self {
        let card = recording.session().scorecard();
        Self { recording, card, heard_at: now, skipped: false, waited: 0.0, blow: None, disputed: Vec::new() }
    }

    pub fn attempt(&self) -> AttemptId {
        self.recording.attempt
    }

    pub fn session(&self) -> &Session {
        self.recording.session()
    }

    pub fn state(&self) -> &State {
        self.session().state()
    }

    /// Stores what an input brings, and takes it in.
    pub fn act(&mut self, store: &mut Store, input: Input, now: f64) -> Result<(), PlayError> {
        let rewinds = matches!(input, Input::Rewind { .. });
        let before = self.state().mood.anger;
        let events = self.recording.act(store, input)?;
        self.card = self.session().scorecard();
        if rewinds {
            self.look_up_disputes(store)?;
        }
        if rewinds || events.iter().any(|event| matches!(event, Event::CustomerSaid { .. })) {
            self.heard_at = now;
            self.skipped = rewinds;
            let blow = f32::from(self.state().mood.anger.saturating_sub(before)) / 20.0;
            self.blow = (!rewinds && blow > 0.3).then_some(blow.min(1.0));
        }
        Ok(())
    }

    /// Marks the reading of a reply, counted from 1, as mistaken.
    pub fn dispute(&mut self, store: &mut Store, reply: usize, wanted: &[Act], note: &str) -> Result<(), PlayError> {
        self.recording.dispute(store, reply, wanted, Some(note))?;
        self.look_up_disputes(store)
    }

    /// The replies whose reading was marked as mistaken, counted from 1.
    pub fn disputed(&self) -> &[(usize, Dispute)] {
        &self.disputed
    }

    fn look_up_disputes(&mut self, store: &Store) -> Result<(), PlayError> {
        self.disputed = disputed_replies(store, self.attempt(), self.session())?;
        Ok(())
    }

    /// Stores the score of a talk that is over; nothing can be taken back after that.
    pub fn finish(&mut self, store: &mut Store) -> Result<(), PlayError> {
        Ok(self.recording.finish(store)?)
    }

    /// The blow that has not been shown yet.
    pub fn take_blow(&mut self) -> Option<f32> {
        self.blow.take()
    }

    /// Sends a reply; how long it took is measured from the customer's latest words.
    pub fn reply(&mut self, store: &mut Store, text: String, chosen: Option<usize>, now: f64) -> Result<(), PlayError> {
        let took = self.thinking(&text, now);
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

    /// Seconds since the customer's latest words.
    fn on_the_wall(&self, now: f64) -> u32 {
        (now - self.heard_at).max(0.0) as u32
    }

    /// What counts of them, in seconds, for a reply of these words.
    fn thinking(&self, words: &str, now: f64) -> u32 {
        counted(self.state().mode(), self.channel(), words, self.on_the_wall(now))
    }

    fn channel(&self) -> Channel {
        self.session().content.scenario.channel
    }

    /// What the simulated clock shows, in seconds since the start: it runs while the trainee thinks or waits.
    pub fn shown_now(&self, now: f64) -> u64 {
        let running = match self.state().line {
            _ if self.state().ended.is_some() => 0,
            LineState::Open => u64::from(self.thinking("", now)),
            LineState::Closed { .. } => self.waited as u64,
            LineState::Quiet => 0,
        };
        self.state().now + running
    }

    /// Whether the shown clock moves without anybody doing anything.
    pub fn clock_runs(&self, now: f64) -> bool {
        self.is_waiting() || (self.state().ended.is_none() && self.thinking("", now + 1.0) > self.thinking("", now))
    }

    /// How many characters of the customer's latest words the typewriter shows; none where all are there.
    pub fn typed(&self, now: f64) -> Option<usize> {
        let shown = ((now - self.heard_at).max(0.0) * TYPING_PACE) as usize;
        let all = self.state().customer_words().chars().count();
        (!self.skipped && !self.channel().is_letter() && shown < all).then_some(shown)
    }

    pub fn skip_typing(&mut self) {
        self.skipped = true;
    }

    /// Whether the customer is in the middle of a sentence.
    pub fn speaking(&self, now: f64) -> bool {
        self.typed(now).is_some()
    }
}

/// Why a reading cannot be marked as mistaken, in words for the person.
pub(super) fn dispute_words(error: &DisputeError) -> String {
    error.key().map_or_else(|| error.to_string(), crate::locale::text)
}

/// The locale's key of a refusal.
fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        // The window has buttons where the terminal has commands.
        Refusal::LineClosed => "window-refusal-line-closed",
        Refusal::LineOpen => "window-refusal-line-open",
        other => other.key(),
    }
}
