//! What happens in a session. The log of these is the session: everything else is folded from it.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::Mood;
use crate::language::{Reading, Span};
use crate::rules::{OfferVerdict, PromiseStatus};
use crate::scenario::Outcome;

/// What is fixed when a session starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    pub mode: Mode,
    pub seed: u64,
    pub trainee: String,
}

/// How much the program helps while one plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Hints, options and explanations are shown.
    Learn,
    /// Typed or chosen; feedback after each reply; rewind.
    Practise,
    /// Typed and timed; no feedback before the end; no rewind.
    Assess,
}

impl Mode {
    /// The name used on the command line and in files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Mode::Learn => "learn",
            Mode::Practise => "practise",
            Mode::Assess => "assess",
        }
    }
}

/// What a trainee does. Each is stored as [`Event::Did`], so a session can be replayed from its inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Picks up: the customer speaks first.
    Open,
    /// Sends a reply, typed or chosen.
    Reply {
        text: String,
        /// Simulated seconds from the customer's last word to this reply.
        took: u32,
        /// Which of the beat's options it was, counted from 0.
        chosen: Option<usize>,
    },
    /// Lets simulated time pass.
    Wait { seconds: u64 },
    /// Calls (or writes to) the customer while the line is closed.
    CallBack,
    /// Goes back to just before this reply, counted from 1; the replies from there on no longer count.
    Rewind { reply: usize },
    /// Asks for a hint.
    Hint,
    /// Ends the session.
    Leave,
}

/// One thing that happened. Moments are simulated seconds since the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    Did {
        at: u64,
        input: Input,
    },
    CustomerSaid {
        at: u64,
        text: String,
        because: SaidBecause,
    },
    /// The reply just given, read.
    ReplyRead {
        reading: Reading,
    },
    FactLearned {
        id: String,
    },
    OfferMade {
        id: String,
        verdict: OfferVerdict,
        span: Span,
    },
    OfferAccepted {
        id: String,
    },
    OfferDeclined {
        id: String,
    },
    PromiseMade {
        promise: Promise,
    },
    PromiseSettled {
        id: usize,
        status: PromiseStatus,
    },
    /// One cause moved the mood; `mood` is what it is afterwards.
    MoodMoved {
        cause: String,
        mood: Mood,
    },
    EnteredBeat {
        id: String,
    },
    /// The customer has put the phone down and waits for the promised call.
    LineClosed {
        at: u64,
        /// The ending that comes once the promise is kept; none where the script goes on.
        ending: Option<String>,
    },
    LineOpened {
        at: u64,
        by: LineOpener,
    },
    HintShown {
        hint: Hint,
    },
    Ended {
        at: u64,
        ending: Option<String>,
        outcome: Outcome,
    },
}

/// Why the customer says a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidBecause {
    /// The first line of all.
    Opening,
    /// The beat's line.
    Beat,
    /// The answer to a question for a fact.
    Answer,
    /// A reaction to what was said: to an offer, a rude word, a silence.
    Reaction,
    /// Back on the line after a call-back, or calling again.
    CallBack,
    /// The last line.
    Closing,
}

/// A promise in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Counted from 0 within the session.
    pub id: usize,
    /// The reply that made it, counted from 1.
    pub reply: usize,
    pub span: Span,
    /// The promised words.
    pub text: String,
    pub made_at: u64,
    /// The moment promised, in words of the clock.
    pub due: DateTime,
    /// Seconds since the start: before `opens` a call is early, after `closes` late, after `forgotten` the customer calls.
    pub opens: u64,
    pub due_at: u64,
    pub closes: u64,
    pub forgotten: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineOpener {
    Trainee,
    Customer,
}

/// What would help now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// The trainer's own words for this beat.
    Beat(String),
    Missing(Missing),
}

/// The next thing that a good reply would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A plain sorry; none was said yet.
    Apology,
    /// A sorry for a promise broken since the last one.
    ApologyAgain,
    /// A question that brings what is needed to know.
    Question,
    Empathy,
    /// Why the wish cannot be met.
    Reason,
    Offer,
    CheckBack,
    NextStep,
    /// The time of a step that has none.
    StepTime,
    /// The time of a promised contact that has none.
    CallBackTime,
    CallBack,
}

impl Missing {
    /// The name used in files, such as `next_step`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Missing::Apology => "apology",
            Missing::ApologyAgain => "apology_again",
            Missing::Question => "question",
            Missing::Empathy => "empathy",
            Missing::Reason => "reason",
            Missing::Offer => "offer",
            Missing::CheckBack => "check_back",
            Missing::NextStep => "next_step",
            Missing::StepTime => "step_time",
            Missing::CallBackTime => "call_back_time",
            Missing::CallBack => "call_back",
        }
    }
}
