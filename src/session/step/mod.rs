//! One step of a session: an input and where things stand go in, events come out. Pure and seeded.

mod answers;
mod call_backs;
mod hint;
mod missing;
mod mood_moves;
mod offers;
mod ways_on;

pub use hint::{hint, hint_while_writing};
pub use missing::still_missing;

use rand::SeedableRng;
use rand::prelude::IndexedRandom;
use rand::rngs::ChaCha8Rng;

use super::{Content, Event, Input, LineState, Mode, SaidBecause, State};
use crate::scenario::Line;
use mood_moves::History;

/// The longest reply that is taken, in bytes.
pub const LONGEST_REPLY: usize = 20_000;

/// Why an input cannot be taken now. Nothing has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The session is over.
    Over,
    /// The customer has not been answered yet.
    NotStarted,
    /// The customer is not on the line: wait, or call.
    LineClosed,
    /// The customer is on the line already.
    LineOpen,
    /// This mode does not allow it.
    NotInThisMode,
    /// There is no such reply to go back to.
    NoSuchReply,
    /// There is no such option here.
    NoSuchOption,
    /// There is nothing in the reply.
    EmptyReply,
    TooLong,
}

impl Refusal {
    /// The key of its words in the locale.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Refusal::Over => "refusal-over",
            Refusal::NotStarted => "refusal-not-started",
            Refusal::LineClosed => "refusal-line-closed",
            Refusal::LineOpen => "refusal-line-open",
            Refusal::NotInThisMode => "refusal-not-in-this-mode",
            Refusal::NoSuchReply => "refusal-no-such-reply",
            Refusal::NoSuchOption => "refusal-no-such-option",
            Refusal::EmptyReply => "refusal-empty-reply",
            Refusal::TooLong => "refusal-too-long",
        }
    }
}

/// What happens when the trainee does this.
///
/// # Errors
/// A [`Refusal`] where it cannot be done now; nothing has happened then.
pub fn step(content: &Content, state: &State, input: Input) -> Result<Vec<Event>, Refusal> {
    if state.ended.is_some() && !matches!(input, Input::Rewind { .. }) {
        return Err(Refusal::Over);
    }
    let mut step = Step { content, state: state.clone(), events: Vec::new(), rng: rng(state) };
    match &input {
        Input::Open if state.line == LineState::Quiet => step.open(input),
        Input::Open => return Err(Refusal::LineOpen),
        _ if state.line == LineState::Quiet && input != Input::Leave => return Err(Refusal::NotStarted),
        Input::Reply { text, took, chosen } => {
            let (text, took, chosen) = (text.clone(), *took, *chosen);
            step.check_reply(&text, chosen)?;
            step.reply(input, &text, took);
        }
        Input::Wait { seconds } => step.wait(*seconds),
        Input::CallBack if state.line == LineState::Open => return Err(Refusal::LineOpen),
        Input::CallBack => step.call_back(),
        Input::Rewind { reply } => {
            if state.mode() == Mode::Assess {
                return Err(Refusal::NotInThisMode);
            }
            if *reply == 0 || *reply > state.replies {
                return Err(Refusal::NoSuchReply);
            }
            return Ok(vec![Event::Did { at: state.now, input }]);
        }
        Input::Hint if state.mode() == Mode::Assess => return Err(Refusal::NotInThisMode),
        Input::Hint => {
            let hint = hint(content, state);
            step.did(input);
            step.push(Event::HintShown { hint });
        }
        Input::Leave => step.leave(),
    }
    Ok(step.events)
}

/// Each step draws from its own stream, so that the same turn of the same seed always sounds the same, rewound or not.
fn rng(state: &State) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(state.setup.seed);
    rng.set_stream(state.transcript.len() as u64);
    rng
}

struct Step<'a> {
    content: &'a Content,
    state: State,
    events: Vec<Event>,
    rng: ChaCha8Rng,
}

impl Step<'_> {
    fn push(&mut self, event: Event) {
        self.state.apply(&event);
        self.events.push(event);
    }

    fn did(&mut self, input: Input) {
        self.push(Event::Did { at: self.state.now, input });
    }

    fn check_reply(&self, text: &str, chosen: Option<usize>) -> Result<(), Refusal> {
        if self.state.line != LineState::Open {
            return Err(Refusal::LineClosed);
        }
        if text.trim().is_empty() {
            return Err(Refusal::EmptyReply);
        }
        if text.len() > LONGEST_REPLY {
            return Err(Refusal::TooLong);
        }
        let Some(index) = chosen else { return Ok(()) };
        if self.state.mode() == Mode::Assess {
            return Err(Refusal::NotInThisMode);
        }
        let option = self.content.beat(&self.state.beat).and_then(|beat| beat.options.get(index));
        if option.is_some_and(|option| option.text == text) { Ok(()) } else { Err(Refusal::NoSuchOption) }
    }

    fn open(&mut self, input: Input) {
        self.did(input);
        let Some(first) = self.content.scenario.beats.first() else { return };
        self.enter(&first.id, SaidBecause::Opening);
    }

    fn reply(&mut self, input: Input, text: &str, took: u32) {
        let customer = self.state.customer_words();
        let since = self.state.now;
        let at = since.saturating_add(u64::from(took));
        self.push(Event::Did { at, input });
        self.silence(since);
        self.forget_overdue_on_the_line();
        self.keep_on_the_line();
        let reading = self.content.read(text, &customer, self.state.now);
        let had = History::of(&self.state);
        self.push(Event::ReplyRead { reading: reading.clone() });
        self.judge_mood(&reading, &had);
        self.make_promises(&reading);
        let mut said = self.answer(&reading);
        said |= self.consider_offers(&reading);
        if self.walks_away() {
            return;
        }
        self.react(&reading, &had, said);
        self.move_on();
    }

    fn say(&mut self, text: String, because: SaidBecause) {
        self.push(Event::CustomerSaid { at: self.state.now, text, because });
    }

    fn say_some(&mut self, text: Option<String>, because: SaidBecause) -> bool {
        text.map(|text| self.say(text, because)).is_some()
    }

    fn pick_line(&mut self, lines: &[Line]) -> Option<String> {
        let fitting: Vec<String> =
            lines.iter().filter(|line| self.state.holds_all(&line.when)).map(|line| line.text.clone()).collect();
        self.pick_text(&fitting)
    }

    /// One of the texts by the seed, one that was not said before where there is one.
    fn pick_text(&mut self, texts: &[String]) -> Option<String> {
        let fresh: Vec<&String> = texts.iter().filter(|text| !self.state.has_said(text)).collect();
        if fresh.is_empty() {
            texts.choose(&mut self.rng).cloned()
        } else {
            fresh.choose(&mut self.rng).map(|t| (*t).clone())
        }
    }
}
