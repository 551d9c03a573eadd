//! What the reader found in one reply.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::Act;

/// A byte range in the reply, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The words that the span covers; empty where it does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether they share bytes.
    #[must_use]
    pub fn meets(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Everything the reader can say about one reply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// False where the reader cannot place the reply: it then costs nothing.
    pub recognised: bool,
    /// In the order of their words.
    pub acts: Vec<FoundAct>,
    pub promises: Vec<FoundPromise>,
    /// Facts that the reply asks for, by id.
    pub asks: Vec<Mention>,
    /// Offers that the reply proposes, by id.
    pub proposes: Vec<Mention>,
    /// Jargon of the company's and officialese of the language pack.
    pub jargon: Vec<Span>,
    /// Where the reply addresses the customer by name.
    pub names_customer: Option<Span>,
    /// Where the reply gives the reason why the wish cannot be met.
    pub gives_reason: Option<Span>,
}

/// One act with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAct {
    pub act: Act,
    pub span: Span,
    /// 0 to 100, in percent.
    pub certainty: u8,
    pub because: Reason,
}

/// Why the reader sees an act there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A phrase of the language pack, by its pattern.
    Phrase(String),
    /// A construction, by its name: "question about the case", "remedy of the scenario".
    Construction(String),
    /// A labelled clause that the words are like in meaning.
    Example(String),
}

/// A commitment with a time, or with a vague one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPromise {
    pub span: Span,
    /// The latest moment by which it must be kept; none where it is vague.
    pub due: Option<DateTime>,
    /// The earliest moment that keeps it, where the words give one ("in five minutes", "tomorrow morning"); a deadline has none.
    pub not_before: Option<DateTime>,
    pub contact: Contact,
}

/// Who has to act on a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// The agent is to get in touch with the customer: the promise enters the ledger.
    Agent,
    /// A colleague or another department gets in touch.
    Colleague,
    /// Something else happens by then: a delivery, a refund, a visit.
    Action,
}

/// Something of the scenario's that the reply mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    pub id: String,
    pub span: Span,
}

/// From these certainties on, in percent, an act that hurts is held against somebody: where a phrase was found for it, and where
/// its meaning alone speaks for it.
const HELD_AGAINST: u8 = 30;
const HELD_AGAINST_BY_MEANING: u8 = 60;

impl Reading {
    /// Drops the acts that hurt and are doubtful: nobody pays for what they may well not have said. Words that are known to hurt
    /// need less certainty than words that are only like such.
    pub(super) fn spare_doubt(&mut self) {
        self.acts.retain(|found| {
            let least = match found.because {
                Reason::Example(_) => HELD_AGAINST_BY_MEANING,
                Reason::Phrase(_) | Reason::Construction(_) => HELD_AGAINST,
            };
            !found.act.hurts() || found.certainty >= least
        });
    }

    /// Whether the reply holds the act.
    #[must_use]
    pub fn has(&self, act: Act) -> bool {
        self.acts.iter().any(|found| found.act == act)
    }

    /// The first evidence for the act.
    #[must_use]
    pub fn find(&self, act: Act) -> Option<&FoundAct> {
        self.acts.iter().find(|found| found.act == act)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_well_not_hurt_is_held_against_nobody() {
        let phrase = || Reason::Phrase("so what".into());
        let example = || Reason::Example("So what?".into());
        let acts = [
            (Act::Offer, 40, example()),
            (Act::Rudeness, 29, phrase()),
            (Act::Arguing, 30, phrase()),
            (Act::BlameShift, 59, example()),
            (Act::BrushOff, 60, example()),
        ];
        let found = |(act, certainty, because)| FoundAct { act, span: Span { start: 0, end: 1 }, certainty, because };
        let mut reading = Reading { acts: acts.map(found).into(), ..Reading::default() };
        reading.spare_doubt();
        let left: Vec<Act> = reading.acts.iter().map(|found| found.act).collect();
        assert_eq!(left, [Act::Offer, Act::Arguing, Act::BrushOff]);
    }
}
