//! A played session as the rules see it, and its scorecard.

use super::{Content, Event, Said, State};
use crate::rules::{
    self, AgentTurn, Conversation, CustomerTurn, OfferSeen, PromiseRecord, PromiseStatus, Scorecard, Turn,
};

/// Judges a whole log: the same log gives the same card on every machine.
#[must_use]
pub fn judge(content: &Content, setup: &super::Setup, events: &[Event]) -> Scorecard {
    judge_state(content, &State::fold(&content.scenario, setup.clone(), events))
}

/// Judges where a session stands.
#[must_use]
pub fn judge_state(content: &Content, state: &State) -> Scorecard {
    rules::judge(&conversation(content, state), &content.rubric)
}

/// The conversation behind a state.
#[must_use]
pub fn conversation(content: &Content, state: &State) -> Conversation {
    let scenario = &content.scenario;
    let turns: Vec<Turn> = state.transcript.iter().map(|said| turn(content, state, said)).collect();
    let agent_turns: Vec<usize> =
        turns.iter().enumerate().filter(|(_, turn)| matches!(turn, Turn::Agent(_))).map(|(index, _)| index).collect();
    let promises = state
        .promises
        .iter()
        .filter(|tracked| tracked.status != PromiseStatus::Open || state.ended.is_some())
        .map(|tracked| PromiseRecord {
            turn: agent_turns.get(tracked.promise.reply.saturating_sub(1)).copied().unwrap_or_default(),
            span: tracked.promise.span,
            text: tracked.promise.text.clone(),
            due: tracked.promise.due.strftime("%Y-%m-%dT%H:%M").to_string(),
            status: tracked.status,
            off_by_minutes: tracked.settled_at.map(|at| tracked.promise.off_by_minutes(at)),
        })
        .collect();
    Conversation {
        channel: scenario.channel,
        turns,
        promises,
        outcome: state.ended.as_ref().map(|ended| ended.outcome),
        over: state.ended.is_some(),
        needed_facts: scenario.facts.iter().filter(|fact| fact.needed).map(|fact| fact.id.clone()).collect(),
        cannot_help: scenario.cannot_help.is_some(),
        address: scenario.customer.address.clone(),
    }
}

fn turn(content: &Content, state: &State, said: &Said) -> Turn {
    match said {
        Said::Customer { at, text, tells, .. } => {
            Turn::Customer(CustomerTurn { text: text.clone(), at: *at, tells: tells.clone() })
        }
        Said::Agent(reply) => {
            let accepted = |id: &str| state.offers.iter().any(|offer| offer.id == id && offer.accepted);
            let offers = reply
                .offers
                .iter()
                .map(|(id, verdict, span)| OfferSeen {
                    id: id.clone(),
                    verdict: *verdict,
                    span: *span,
                    goodwill: content.offer(id).is_some_and(|offer| offer.goodwill),
                    accepted: accepted(id),
                })
                .collect();
            Turn::Agent(Box::new(AgentTurn {
                text: reply.text.clone(),
                at: reply.at,
                took: Some(reply.took),
                reading: reply.reading.clone(),
                anger_before: reply.mood_before.anger,
                anger_after: reply.mood_after.anger,
                offers,
                opens_call_back: reply.opens_call_back,
            }))
        }
    }
}
