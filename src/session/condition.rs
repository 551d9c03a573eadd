//! Whether a scenario's condition holds.

use super::State;
use crate::rules::PromiseStatus;
use crate::scenario::Condition;

impl State {
    /// Whether all conditions hold; an empty list does.
    #[must_use]
    pub fn holds_all(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| self.holds(condition))
    }

    /// Whether the condition holds now.
    #[must_use]
    pub fn holds(&self, condition: &Condition) -> bool {
        let latest = self.last_reply().map(|reply| &reply.reading);
        let at_least = |count: usize, wanted: u32| u32::try_from(count).unwrap_or(u32::MAX) >= wanted;
        match condition {
            Condition::Act(act) => latest.is_some_and(|reading| reading.has(*act)),
            Condition::Hurt => latest.is_some_and(|reading| reading.acts.iter().any(|found| found.act.hurts())),
            Condition::EverAct(act) => self.acts.contains_key(act),
            Condition::Fact(id) => self.facts.contains(id),
            Condition::KnowsNeeded => self.needed.is_subset(&self.facts),
            Condition::Asked(id) => latest.is_some_and(|reading| reading.asks.iter().any(|ask| ask.id == *id)),
            Condition::Offer(id) => self.offers.iter().any(|offer| offer.id == *id),
            Condition::Proposed(id) => latest.is_some_and(|reading| reading.proposes.iter().any(|p| p.id == *id)),
            Condition::Accepted => self.accepted(),
            Condition::AcceptedOffer(id) => self.said_yes_to(id),
            Condition::AcceptedAny(ids) => ids.iter().any(|id| self.said_yes_to(id)),
            Condition::AngerAbove(level) => self.mood.anger >= *level,
            Condition::AngerBelow(level) => self.mood.anger < *level,
            Condition::TrustAbove(level) => self.mood.trust >= *level,
            Condition::TrustBelow(level) => self.mood.trust < *level,
            Condition::PatienceAbove(level) => self.mood.patience >= *level,
            Condition::PatienceBelow(level) => self.mood.patience < *level,
            Condition::Promised => !self.open_promises().is_empty(),
            Condition::PromiseKept => self.promises.iter().any(|tracked| tracked.status == PromiseStatus::Kept),
            Condition::PromiseBroken => self
                .promises
                .iter()
                .any(|tracked| matches!(tracked.status, PromiseStatus::Late | PromiseStatus::Forgotten)),
            Condition::RepliesHere(count) => at_least(self.replies_here, *count),
            Condition::Replies(count) => at_least(self.replies, *count),
            Condition::Minutes(count) => self.now / 60 >= u64::from(*count),
            Condition::NotRecognised => latest.is_some_and(|reading| !reading.recognised),
            Condition::Not(inner) => !self.holds(inner),
            Condition::Any(inner) => inner.iter().any(|condition| self.holds(condition)),
            Condition::All(inner) => self.holds_all(inner),
        }
    }

    fn said_yes_to(&self, id: &str) -> bool {
        self.offers.iter().any(|offer| offer.accepted && offer.id == id)
    }
}
