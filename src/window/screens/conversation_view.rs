//! What the conversation is drawn from.

use crate::progress::Dispute;
use crate::rules::Scorecard;
use crate::session::{Content, State};

/// Everything that the conversation's screen is drawn from.
#[derive(Debug)]
pub struct ConversationView<'a> {
    pub content: &'a Content,
    pub state: &'a State,
    /// The session judged so far; not shown in *assess*.
    pub card: &'a Scorecard,
    /// Characters of the customer's latest words that the typewriter has reached; none when it is done.
    pub typed: Option<usize>,
    /// Seconds since the start, as the clock on the wall shows.
    pub now: u64,
    /// The person wants to go, and is asked what should become of the session.
    pub leaving: bool,
    /// The replies whose reading was marked as mistaken, counted from 1.
    pub disputed: &'a [(usize, Dispute)],
}
