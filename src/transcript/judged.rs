//! From the lines of a transcript to the conversation that the rules judge.

use std::sync::Arc;

use jiff::civil::{DateTime, date};

use super::promises::Ledger;
use super::{Line, Speaker, Transcript};
use crate::language::{Contact, Context, FoundPromise, LanguagePack, Lexicon, Reader, Reading};
use crate::rules::{self, AgentTurn, Conversation, CustomerTurn, Rubric, Scorecard, Turn};
use crate::scenario::Channel;
use crate::session::{Clock, easy_pace};

/// What a transcript does not say of itself.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    pub pack: Arc<LanguagePack>,
    pub channel: Channel,
    pub rubric: &'a Rubric,
    /// The local moment of 00:00; none where nobody knows.
    pub starts: Option<DateTime>,
}

/// A transcript with its scorecard, and what it was judged by.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What the file is called.
    pub name: String,
    /// SHA-256 of the transcript.
    pub hash: String,
    pub pack: Arc<LanguagePack>,
    pub rubric_name: String,
    /// SHA-256 of the rubric.
    pub rubric_hash: String,
    /// The local moment of 00:00; none where nobody knows.
    pub starts: Option<DateTime>,
    pub conversation: Conversation,
    pub card: Scorecard,
    /// Promises to get in touch whose moment cannot be told, because nobody knows when the talk began.
    pub undated_promises: usize,
}

/// Two moments that have nothing in common, neither the day of the week nor the half of the day: a time that lies as far
/// from the one as from the other is counted from the reply.
const ANY_MOMENT: DateTime = date(2026, 3, 2).at(10, 0, 0, 0);
const ANOTHER_MOMENT: DateTime = date(2026, 7, 16).at(14, 37, 0, 0);

impl Transcript {
    /// Judges the transcript by the rules that judge a session. What it cannot show is *not called for*: what the customer
    /// felt, which facts were needed, how it ended.
    #[must_use]
    pub fn judge(&self, setting: &Setting) -> Judged {
        let (conversation, undated_promises) = self.conversation(setting);
        let card = rules::judge(&conversation, setting.rubric);
        Judged {
            name: self.name.clone(),
            hash: self.hash.clone(),
            pack: setting.pack.clone(),
            rubric_name: setting.rubric.name.clone(),
            rubric_hash: setting.rubric.hash.clone(),
            starts: setting.starts,
            conversation,
            card,
            undated_promises,
        }
    }

    fn conversation(&self, setting: &Setting) -> (Conversation, usize) {
        let clock = Clock::starting(setting.starts.unwrap_or(ANY_MOMENT));
        let mut ledger = Ledger::new(clock, setting.starts.is_some());
        let mut turns = Vec::with_capacity(self.lines.len());
        let mut unanswered: Vec<&Line> = Vec::new();
        let mut before: Option<&Line> = None;
        let mut replies = 0;
        let mut undated = 0;
        for line in &self.lines {
            if line.from == Speaker::Customer {
                turns.push(Turn::Customer(CustomerTurn { text: line.text.clone(), at: line.at, tells: Vec::new() }));
                unanswered.push(line);
                before = Some(line);
                continue;
            }
            replies += 1;
            let customer = unanswered.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
            let read = |now| {
                let context = Context { customer: &customer, now };
                Reader::of(&setting.pack).read_to_judge(&line.text, &context, &Lexicon::empty())
            };
            let reading = read(clock.at(line.at));
            let silence = before.map_or(0, |before| line.at - before.at);
            let opens_call_back = ledger.agent_speaks(line.at, silence);
            let told = if setting.starts.is_some() || reading.promises.is_empty() {
                vec![true; reading.promises.len()]
            } else {
                counted_from_the_reply(&reading, clock.at(line.at), &read(ANOTHER_MOMENT))
            };
            for (promise, told) in reading.promises.iter().zip(told) {
                if told {
                    ledger.make(promise, turns.len(), replies, &line.text, line.at);
                } else if promise.contact == Contact::Agent {
                    undated += 1;
                }
            }
            turns.push(Turn::Agent(Box::new(AgentTurn {
                text: line.text.clone(),
                at: line.at,
                // Whoever comes back to keep a promise keeps nobody waiting for an answer.
                took: unanswered.last().filter(|_| !opens_call_back).map(|asked| waited(setting.channel, asked, line)),
                reading,
                opens_call_back,
                ..AgentTurn::default()
            })));
            unanswered.clear();
            before = Some(line);
        }
        let promises = ledger.records();
        let conversation =
            Conversation { channel: setting.channel, turns, promises, over: true, ..Conversation::default() };
        (conversation, undated)
    }
}

/// For each promise of a reply, whether its moment is counted from the reply itself, as in "in ten minutes".
fn counted_from_the_reply(reading: &Reading, now: DateTime, elsewhere: &Reading) -> Vec<bool> {
    let away = |promise: &FoundPromise, now: DateTime| promise.due.map(|due| due.duration_since(now));
    let same = |promise: &FoundPromise| {
        let other = elsewhere.promises.iter().find(|other| other.span == promise.span);
        other.is_some_and(|other| away(promise, now) == away(other, ANOTHER_MOMENT))
    };
    reading.promises.iter().map(same).collect()
}

/// How long the customer waited for the reply. A line in writing has its time when it was sent, a spoken one when it began:
/// the time that the customer's own words took is nobody's silence.
fn waited(channel: Channel, asked: &Line, reply: &Line) -> u32 {
    let passed = u32::try_from(reply.at - asked.at).unwrap_or(u32::MAX);
    match channel {
        Channel::Phone | Channel::Counter => passed.saturating_sub(easy_pace(channel, &asked.text)),
        Channel::Chat | Channel::Email | Channel::Review => passed,
    }
}
