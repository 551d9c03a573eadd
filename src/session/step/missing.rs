//! What a reply that is still being written lacks, as the rules see the moment it is written in.

use super::super::{Content, LineState, Missing, State};
use crate::language::{Act, Contact, Reading};
use crate::rules::PromiseStatus;

/// What a good reply would still do here, the most pressing first, given what the draft does already.
///
/// An empty draft reads as [`Reading::default`]. Nothing is left where the draft does all that this moment asks for; while
/// needed facts are unknown, no remedy is asked for.
#[must_use]
pub fn still_missing(content: &Content, state: &State, draft: &Reading) -> Vec<Missing> {
    if matches!(state.line, LineState::Closed { .. }) {
        return vec![Missing::CallBack];
    }
    let moment = Moment { content, state, draft };
    let mut missing = Vec::new();
    missing.extend(moment.time_for_a_promise());
    missing.extend(moment.apology());
    let unknown = moment.needed_facts_are_unknown();
    if unknown && !moment.asks_for_something_new() {
        missing.push(Missing::Question);
    }
    if !moment.said(Act::Empathy) && !moment.said(Act::Paraphrase) {
        missing.push(Missing::Empathy);
    }
    if !unknown {
        missing.extend(moment.reason());
        missing.extend(moment.way_out());
    }
    missing
}

struct Moment<'a> {
    content: &'a Content,
    state: &'a State,
    draft: &'a Reading,
}

impl Moment<'_> {
    fn said(&self, act: Act) -> bool {
        self.state.acts.contains_key(&act) || self.draft.has(act)
    }

    /// "Soon" is no time, unless one stands beside it.
    fn time_for_a_promise(&self) -> Option<Missing> {
        let draft = self.draft;
        if !draft.has(Act::VaguePromise) || draft.has(Act::TimedPromise) {
            return None;
        }
        let mut vague = draft.promises.iter().filter(|promise| promise.due.is_none()).peekable();
        let contact = vague.peek().is_none() || vague.any(|promise| promise.contact != Contact::Action);
        Some(if contact { Missing::CallBackTime } else { Missing::StepTime })
    }

    /// One early, and one more after each broken promise. An apology with a reproach beside it counts for nothing.
    fn apology(&self) -> Option<Missing> {
        if self.draft.has(Act::Apology) {
            return None;
        }
        let plain = |reading: &Reading| reading.has(Act::Apology) && !reading.acts.iter().any(|f| f.act.hurts());
        let Some(latest) = self.state.reply_list().filter(|reply| plain(&reply.reading)).map(|reply| reply.at).last()
        else {
            return Some(Missing::Apology);
        };
        let broken_since = self.state.promises.iter().any(|tracked| match tracked.status {
            PromiseStatus::Late => tracked.settled_at.is_some_and(|at| at > latest),
            PromiseStatus::Forgotten => tracked.promise.forgotten > latest,
            PromiseStatus::Open | PromiseStatus::Kept | PromiseStatus::Early => false,
        });
        broken_since.then_some(Missing::ApologyAgain)
    }

    fn needed_facts_are_unknown(&self) -> bool {
        self.content.scenario.facts.iter().any(|fact| fact.needed && !self.state.facts.contains(&fact.id))
    }

    fn asks_for_something_new(&self) -> bool {
        let asks = &self.draft.asks;
        self.draft.has(Act::Question) && (asks.is_empty() || asks.iter().any(|ask| !self.state.facts.contains(&ask.id)))
    }

    fn reason(&self) -> Option<Missing> {
        let given = self.draft.gives_reason.is_some()
            || self.state.reply_list().any(|reply| reply.reading.gives_reason.is_some());
        (self.content.scenario.cannot_help.is_some() && !given).then_some(Missing::Reason)
    }

    /// The remedy, then whether it suits, then what happens next and by when.
    fn way_out(&self) -> Option<Missing> {
        let offers_now = self.draft.has(Act::Offer)
            && (self.draft.proposes.is_empty() || self.draft.proposes.iter().any(|offer| self.can_stand(&offer.id)));
        if self.state.accepted() {
            return self.next_step();
        }
        if offers_now {
            // "Which would you rather have?" asks whether it suits, too.
            let asks = self.draft.has(Act::CheckBack) || self.draft.has(Act::Question);
            return (!asks).then_some(Missing::CheckBack);
        }
        if !self.remedy_on_the_table() {
            return Some(Missing::Offer);
        }
        (!self.draft.has(Act::CheckBack)).then_some(Missing::CheckBack)
    }

    fn next_step(&self) -> Option<Missing> {
        let from_remedy_on =
            self.state.reply_list().skip_while(|reply| reply.offers.is_empty() && !reply.reading.has(Act::Offer));
        let timed = self.draft.has(Act::TimedPromise)
            || from_remedy_on.into_iter().any(|reply| reply.reading.has(Act::TimedPromise));
        if timed {
            None
        } else if self.draft.has(Act::VaguePromise) {
            // Asked for already.
            None
        } else if self.draft.has(Act::NextStep) {
            Some(Missing::StepTime)
        } else {
            Some(Missing::NextStep)
        }
    }

    /// Whether the offer is one that the trainee may make and that no known fact rules out.
    fn can_stand(&self, id: &str) -> bool {
        self.content.offer(id).is_some_and(|offer| {
            !offer.unreasonable
                && !offer.beyond_authority
                && !offer.ruled_out_by.iter().any(|fact| self.state.facts.contains(fact))
        })
    }

    fn remedy_on_the_table(&self) -> bool {
        let offers = &self.state.offers;
        if offers.is_empty() {
            return self.state.acts.contains_key(&Act::Offer);
        }
        offers.iter().any(|offer| self.can_stand(&offer.id))
    }
}
