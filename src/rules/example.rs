//! Good and bad models: tiny conversations that stand in a rule's documentation and are judged in its tests.

use super::{AgentTurn, Conversation, CustomerTurn, OfferSeen, OfferVerdict, PromiseRecord, PromiseStatus, Turn};
use crate::language::{Act, FoundAct, Mention, Reading, Reason, Span};

/// A tiny conversation with the acts that a careful reader sees in it.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub said: &'static [Said],
    /// Facts without which a remedy is premature.
    pub needed_facts: &'static [&'static str],
    pub cannot_help: bool,
    pub address: &'static str,
    /// What became of the first timed promise.
    pub promise: Option<PromiseStatus>,
}

/// One line of it.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub text: &'static str,
    /// None for the customer's lines.
    pub agent: Option<Agent>,
    /// Facts that a customer's line gives away.
    pub tells: &'static [&'static str],
}

/// What is known about a line of the agent's.
#[derive(Clone, Copy, Debug)]
pub struct Agent {
    pub acts: &'static [Act],
    pub asks: &'static [&'static str],
    pub offers: &'static [(&'static str, OfferVerdict)],
    /// Whether the offers are gestures of goodwill.
    pub goodwill: bool,
    pub accepted: bool,
    pub jargon: &'static [&'static str],
    pub names: &'static str,
    pub reason: &'static str,
    pub took: Option<u32>,
    pub anger: u8,
    pub opens_call_back: bool,
}

pub(super) const fn customer(text: &'static str) -> Said {
    Said { text, agent: None, tells: &[] }
}

pub(super) const fn agent(text: &'static str, acts: &'static [Act]) -> Said {
    let agent = Agent {
        acts,
        asks: &[],
        offers: &[],
        goodwill: false,
        accepted: false,
        jargon: &[],
        names: "",
        reason: "",
        took: None,
        anger: 60,
        opens_call_back: false,
    };
    Said { text, agent: Some(agent), tells: &[] }
}

macro_rules! agent_fields {
    ($($name:ident: $type:ty),+ $(,)?) => {
        $(pub(super) const fn $name(mut self, $name: $type) -> Self {
            if let Some(mut agent) = self.agent {
                agent.$name = $name;
                self.agent = Some(agent);
            }
            self
        })+
    };
}

impl Said {
    agent_fields! {
        asks: &'static [&'static str],
        offers: &'static [(&'static str, OfferVerdict)],
        goodwill: bool,
        accepted: bool,
        jargon: &'static [&'static str],
        names: &'static str,
        reason: &'static str,
        took: Option<u32>,
        anger: u8,
        opens_call_back: bool,
    }

    pub(super) const fn tells(mut self, facts: &'static [&'static str]) -> Self {
        self.tells = facts;
        self
    }
}

pub(super) const fn talk(said: &'static [Said]) -> Example {
    Example { said, needed_facts: &[], cannot_help: false, address: "", promise: None }
}

impl Example {
    pub(super) const fn needs(mut self, facts: &'static [&'static str]) -> Self {
        self.needed_facts = facts;
        self
    }

    pub(super) const fn nothing_can_be_done(mut self) -> Self {
        self.cannot_help = true;
        self
    }

    pub(super) const fn with(mut self, address: &'static str) -> Self {
        self.address = address;
        self
    }

    pub(super) const fn promise(mut self, status: PromiseStatus) -> Self {
        self.promise = Some(status);
        self
    }

    /// The conversation that the rules judge.
    #[must_use]
    pub fn conversation(&self) -> Conversation {
        let turns: Vec<Turn> = self.said.iter().map(Said::turn).collect();
        let promise = self.promise.and_then(|status| {
            let made = turns.iter().enumerate().find_map(|(turn, said)| match said {
                Turn::Agent(agent) if agent.reading.has(Act::TimedPromise) => Some((turn, agent.text.clone())),
                _ => None,
            });
            made.map(|(turn, text)| PromiseRecord {
                turn,
                span: Span { start: 0, end: text.len() },
                text,
                due: "2026-03-02T10:05".into(),
                status,
                off_by_minutes: match status {
                    PromiseStatus::Kept => Some(0),
                    PromiseStatus::Early => Some(-4),
                    PromiseStatus::Late => Some(11),
                    PromiseStatus::Open | PromiseStatus::Forgotten => None,
                },
            })
        });
        Conversation {
            turns,
            promises: promise.into_iter().collect(),
            needed_facts: owned(self.needed_facts),
            cannot_help: self.cannot_help,
            address: self.address.into(),
            ..Conversation::default()
        }
    }
}

impl Said {
    fn turn(&self) -> Turn {
        let Some(agent) = self.agent else {
            return Turn::Customer(CustomerTurn { text: self.text.into(), at: 0, tells: owned(self.tells) });
        };
        let whole = Span { start: 0, end: self.text.len() };
        let span = |words: &str| {
            self.text.find(words).filter(|_| !words.is_empty()).map(|start| Span { start, end: start + words.len() })
        };
        let mention = |id: &str| Mention { id: id.into(), span: whole };
        let found = |&act: &Act| FoundAct {
            act,
            span: whole,
            certainty: 100,
            because: Reason::Construction("example of the handbook".into()),
        };
        Turn::Agent(Box::new(AgentTurn {
            text: self.text.into(),
            at: 0,
            took: agent.took,
            reading: Reading {
                recognised: true,
                acts: agent.acts.iter().map(found).collect(),
                promises: Vec::new(),
                asks: agent.asks.iter().map(|id| mention(id)).collect(),
                proposes: agent.offers.iter().map(|(id, _)| mention(id)).collect(),
                jargon: agent.jargon.iter().filter_map(|words| span(words)).collect(),
                names_customer: span(agent.names),
                gives_reason: span(agent.reason),
            },
            anger_before: agent.anger,
            anger_after: agent.anger,
            offers: agent
                .offers
                .iter()
                .map(|&(id, verdict)| OfferSeen {
                    id: id.into(),
                    verdict,
                    span: whole,
                    goodwill: agent.goodwill,
                    accepted: agent.accepted,
                })
                .collect(),
            opens_call_back: agent.opens_call_back,
        }))
    }
}

fn owned(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|&id| id.into()).collect()
}
