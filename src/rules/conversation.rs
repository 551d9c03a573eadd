//! What the rules judge: a conversation with its readings, from a played session or any transcript.

use serde::{Deserialize, Serialize};

use crate::language::{Reading, Span};
use crate::scenario::{Channel, Outcome};

/// A conversation as the rules see it. What a source cannot know (a transcript has no list of needed facts) is left empty,
/// and the rules that need it answer *not called for*.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversation {
    pub channel: Channel,
    /// In order of time, customer and agent.
    pub turns: Vec<Turn>,
    /// Contact promises and what became of them, in the order in which they were made.
    pub promises: Vec<PromiseRecord>,
    /// How it ended; none while it goes on, and where nobody knows.
    pub outcome: Option<Outcome>,
    /// Whether this is the whole talk, even where nobody knows how it ended.
    pub over: bool,
    /// Facts without which a remedy is premature, by id; empty where nobody knows.
    pub needed_facts: Vec<String>,
    /// Whether the customer's wish cannot be met whatever the agent does.
    pub cannot_help: bool,
    /// How to address the customer, as in "Ms Novak"; empty where nobody knows.
    pub address: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    Customer(CustomerTurn),
    Agent(Box<AgentTurn>),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustomerTurn {
    pub text: String,
    /// Simulated seconds since the start.
    pub at: u64,
    /// Facts that this line gives away unasked or in answer, by id.
    pub tells: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentTurn {
    pub text: String,
    /// Simulated seconds since the start, when it was sent.
    pub at: u64,
    /// Simulated seconds since the customer's last word; none where nobody knows.
    pub took: Option<u32>,
    pub reading: Reading,
    /// The customer's anger just before this reply, 0 to 100.
    pub anger_before: u8,
    /// The customer's anger just after it.
    pub anger_after: u8,
    pub offers: Vec<OfferSeen>,
    /// Whether this reply opens a call-back (the agent called the customer).
    pub opens_call_back: bool,
}

/// An offer of the scenario's that a reply proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferSeen {
    pub id: String,
    pub verdict: OfferVerdict,
    pub span: Span,
    pub goodwill: bool,
    pub accepted: bool,
}

/// How an offer fits what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferVerdict {
    Fits,
    /// Facts that it needs are not known yet.
    TooEarly,
    /// A known fact rules it out.
    RuledOut,
    BeyondAuthority,
    /// It gives in to an unreasonable demand.
    Unreasonable,
}

/// A contact promise and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseRecord {
    /// The turn that made it, an index into [`Conversation::turns`].
    pub turn: usize,
    pub span: Span,
    pub text: String,
    /// When it was due, local simulated time, `YYYY-MM-DDTHH:MM`; where nobody knows when the talk began, the time since
    /// then, `HH:MM:SS`.
    pub due: String,
    pub status: PromiseStatus,
    /// How many minutes before (negative) or after the due moment the agent got in touch; none where never.
    pub off_by_minutes: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseStatus {
    Open,
    Kept,
    Early,
    Late,
    Forgotten,
}

impl Conversation {
    /// The agent's turns with their index into `turns`.
    pub fn agent_turns(&self) -> impl Iterator<Item = (usize, &AgentTurn)> {
        self.turns.iter().enumerate().filter_map(|(index, turn)| match turn {
            Turn::Agent(agent) => Some((index, &**agent)),
            Turn::Customer(_) => None,
        })
    }
}
