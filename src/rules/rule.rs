//! What a rule is: its documentation, the notes it can make, and how it looks at a conversation.

use super::{AgentTurn, Conversation, Example, Limits};
use crate::language::{Act, Span};

/// One documented rule. Its file holds everything about it but the points, which stand in the rubric.
#[derive(Debug)]
pub struct Rule {
    /// The name used in files and on the command line, such as `call-back`.
    pub id: &'static str,
    pub title: &'static str,
    /// Whether it is one of the six that get a line of their own in every debrief.
    pub headline: bool,
    pub asks: &'static str,
    pub why: &'static str,
    /// When it is not called for; empty where it always is.
    pub not_called_for: &'static str,
    /// Everything it can find, what earns first.
    pub notes: &'static [&'static Note],
    /// Where it comes from, and what is said there in short.
    pub sources: &'static [(Source, &'static str)],
    pub good: &'static [Example],
    pub bad: &'static [Example],
    /// None where the conversation does not call for the rule.
    pub judge: fn(&Case) -> Option<Findings>,
}

/// One thing that a rule can find. The rubric says how many points it gives or takes.
#[derive(Debug)]
pub struct Note {
    /// The key of its words in the locale and of its points in the rubric.
    pub key: &'static str,
    pub way: Way,
    /// When it is found, as a line of the handbook.
    pub when: &'static str,
    /// The key of a better wording in the phrase book.
    pub better: Option<&'static str>,
}

/// How a note's points are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Each time it is found, its points are added.
    Earns,
    /// Its points are divided evenly over all occasions, and each occasion on which it is found earns its part.
    Shares,
    /// Each time it is found, its points are taken.
    Costs,
    /// It says why an occasion earns no part of the shared points. It has no points of its own, so no rubric weighs it.
    Forgoes,
}

impl Rule {
    /// The notes that a rubric gives points.
    pub fn weighed_notes(&self) -> impl Iterator<Item = &'static Note> {
        self.notes.iter().copied().filter(|note| note.way != Way::Forgoes)
    }

    /// Where the rule comes from, in words.
    #[must_use]
    pub fn source_words(&self) -> String {
        self.sources.iter().map(|(source, _)| source.title()).collect::<Vec<_>>().join("; ")
    }
}

impl Note {
    pub(super) const fn earns(key: &'static str, when: &'static str) -> Self {
        Self { key, way: Way::Earns, when, better: None }
    }

    pub(super) const fn shares(key: &'static str, when: &'static str) -> Self {
        Self { key, way: Way::Shares, when, better: None }
    }

    pub(super) const fn costs(key: &'static str, when: &'static str) -> Self {
        Self { key, way: Way::Costs, when, better: None }
    }

    pub(super) const fn forgoes(key: &'static str, when: &'static str) -> Self {
        Self { key, way: Way::Forgoes, when, better: None }
    }

    pub(super) const fn better(mut self, key: &'static str) -> Self {
        self.better = Some(key);
        self
    }
}

/// The texts that the rules were drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Conflicts,
    Complaints,
    FiveSteps,
    Principles,
}

impl Source {
    pub const ALL: &'static [Source] = &[Source::Conflicts, Source::Complaints, Source::FiveSteps, Source::Principles];

    /// Its short name in the handbook.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Source::Conflicts => "Conflicts",
            Source::Complaints => "Complaints",
            Source::FiveSteps => "Five steps",
            Source::Principles => "Principles",
        }
    }

    /// What the text is.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Source::Conflicts => "a short article on conflicts with clients (Russian, 2012)",
            Source::Complaints => "a book chapter on handling complaints (Russian)",
            Source::FiveSteps => "an article on five steps after a mistake (Bulgarian)",
            Source::Principles => "an article on the principles of customer service (Russian)",
        }
    }
}

/// A conversation on the table of a rule.
#[derive(Debug)]
pub struct Case<'a> {
    pub conversation: &'a Conversation,
    pub limits: &'a Limits,
    /// The replies that the reader could place, each with its index into the turns. The others cost and earn nothing.
    pub replies: Vec<(usize, &'a AgentTurn)>,
}

/// Where something was said: the turn, and the byte in it.
pub(super) type Place = (usize, usize);

impl<'a> Case<'a> {
    pub(super) fn new(conversation: &'a Conversation, limits: &'a Limits) -> Self {
        let replies = conversation.agent_turns().filter(|(_, reply)| reply.reading.recognised).collect();
        Self { conversation, limits, replies }
    }

    /// The first reply with the act, that does not hurt as well: its number counted from 1, its turn, and the reply.
    pub(super) fn first_kind(&self, act: Act) -> Option<(usize, usize, &'a AgentTurn)> {
        self.replies
            .iter()
            .enumerate()
            .find(|(_, (_, reply))| reply.reading.has(act) && !reply.hurts())
            .map(|(number, &(turn, reply))| (number + 1, turn, reply))
    }

    /// Where one of the acts was first heard.
    pub(super) fn first_place(&self, acts: &[Act]) -> Option<Place> {
        self.replies.iter().find_map(|&(turn, reply)| {
            let found = reply.reading.acts.iter().filter(|found| acts.contains(&found.act));
            found.map(|found| (turn, found.span.start)).min()
        })
    }

    /// Where the first remedy was put on the table; gestures of goodwill are none.
    pub(super) fn first_remedy(&self) -> Option<Place> {
        let listed = self.replies.iter().find_map(|&(turn, reply)| {
            reply.offers.iter().filter(|offer| !offer.goodwill).map(|offer| (turn, offer.span.start)).min()
        });
        let heard = self.replies.iter().find_map(|&(turn, reply)| {
            let only_goodwill = !reply.offers.is_empty() && reply.offers.iter().all(|offer| offer.goodwill);
            let found = reply.reading.acts.iter().filter(|found| found.act == Act::Offer && !only_goodwill);
            found.map(|found| (turn, found.span.start)).min()
        });
        listed.into_iter().chain(heard).min()
    }

    /// Whether the talk is still so young that what belongs to its later part cannot be expected yet. Who left has ended it.
    pub(super) fn unfinished(&self) -> bool {
        let over = self.conversation.over || self.conversation.outcome.is_some();
        !over && self.replies.len() <= self.limits.unfinished_replies
    }

    /// The customer's anger before the reply, or none where nobody measured it in the whole conversation.
    pub(super) fn anger(&self, reply: &AgentTurn) -> Option<u8> {
        let measured = self.conversation.agent_turns().any(|(_, any)| any.anger_before > 0 || any.anger_after > 0);
        measured.then_some(reply.anger_before)
    }
}

impl AgentTurn {
    /// Whether the reply holds an act that hurts.
    #[must_use]
    pub fn hurts(&self) -> bool {
        self.first_hurt().is_some()
    }

    /// The first act of the reply that hurts.
    pub(super) fn first_hurt(&self) -> Option<Act> {
        self.reading.acts.iter().map(|found| found.act).find(|act| act.hurts())
    }
}

/// Something found, before the rubric has weighed it.
#[derive(Clone, Debug)]
pub struct Found {
    pub note: &'static Note,
    pub turn: Option<usize>,
    pub span: Option<Span>,
    pub words: String,
    pub act: Option<Act>,
}

/// Everything that a rule found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Over how many occasions shared points are divided.
    pub occasions: usize,
    pub found: Vec<Found>,
}

impl Findings {
    pub(super) fn over(occasions: usize) -> Self {
        Self { occasions, found: Vec::new() }
    }

    /// Found in the words of the act in this reply, or in the whole reply where it does not hold the act.
    pub(super) fn act(&mut self, note: &'static Note, turn: usize, reply: &AgentTurn, act: Act) {
        let span = reply.reading.find(act).map(|found| found.span);
        self.push(note, turn, reply, span, Some(act));
    }

    /// Found in these words of the reply.
    pub(super) fn words(&mut self, note: &'static Note, turn: usize, reply: &AgentTurn, span: Span) {
        self.push(note, turn, reply, Some(span), None);
    }

    /// Found in the reply as a whole.
    pub(super) fn reply(&mut self, note: &'static Note, turn: usize, reply: &AgentTurn) {
        self.push(note, turn, reply, None, None);
    }

    /// Found to be missing from the whole conversation.
    pub(super) fn missing(&mut self, note: &'static Note) {
        self.found.push(Found { note, turn: None, span: None, words: String::new(), act: None });
    }

    fn push(&mut self, note: &'static Note, turn: usize, reply: &AgentTurn, span: Option<Span>, act: Option<Act>) {
        let words = span.map_or(reply.text.as_str(), |span| span.of(&reply.text));
        self.found.push(Found { note, turn: Some(turn), span, words: words.into(), act });
    }
}
