//! How a reply and a silence move the customer's mood.

use super::super::{Cause, Event, State};
use super::Step;
use crate::language::{Act, Reading};
use crate::rules::OfferVerdict;
use crate::scenario::{Channel, Offer};

impl Step<'_> {
    pub(super) fn move_by(&mut self, cause: Cause) {
        let customer = &self.content.scenario.customer;
        let mood = self.content.moods.moved(self.state.mood, cause, &customer.temper, customer.style);
        self.push(Event::MoodMoved { cause: cause.id(), mood });
    }

    /// Silence beyond what the channel forgives, unless the trainee asked for that time.
    pub(super) fn silence(&mut self, since: u64) {
        let forgiven = self.forgiven_silence();
        let agreed = self.state.open_promises().iter().map(|promise| promise.closes).max().unwrap_or(0);
        let silent = self.state.now.saturating_sub(since.max(agreed)).saturating_sub(forgiven);
        for _ in 0..silent.div_ceil(60).min(10) {
            self.move_by(Cause::Silence);
        }
    }

    /// Seconds of silence that the channel forgives.
    pub(super) fn forgiven_silence(&self) -> u64 {
        let silence = self.content.moods.limits.silence;
        match self.content.scenario.channel {
            Channel::Phone => silence.phone,
            Channel::Chat => silence.chat,
            Channel::Email => silence.email,
            Channel::Counter => silence.counter,
            Channel::Review => silence.review,
        }
    }

    pub(super) fn judge_mood(&mut self, reading: &Reading, had: &History) {
        // Not being understood by a machine is no fault of the trainee's: even the turn is free, unless a mood table says otherwise.
        if !reading.recognised {
            self.move_by(Cause::NotRecognised);
            return;
        }
        self.move_by(Cause::Turn);
        for act in Act::ALL.iter().filter(|act| reading.has(**act)) {
            for cause in self.causes_of(*act, reading, had) {
                self.move_by(cause);
            }
        }
        if reading.names_customer.is_some() && !had.named {
            self.move_by(Cause::NamesCustomer);
        }
        if reading.gives_reason.is_some() && self.content.scenario.cannot_help.is_some() && !had.gave_reason {
            self.move_by(Cause::ReasonGiven);
        }
        if !reading.jargon.is_empty() {
            self.move_by(Cause::Jargon);
        }
        if reading.acts.iter().all(|found| found.act == Act::Courtesy) && reading.gives_reason.is_none() {
            self.move_by(Cause::NothingDone);
        }
    }

    pub(super) fn causes_of(&self, act: Act, reading: &Reading, had: &History) -> Vec<Cause> {
        let limits = &self.content.moods.limits;
        match act {
            Act::Apology => vec![match had.count(Act::Apology) {
                0 if had.replies < limits.early_replies => Cause::ApologyEarly,
                0 => Cause::ApologyLate,
                1 => Cause::ApologyAgain,
                _ => Cause::ApologyTooOften,
            }],
            Act::Empathy => vec![if had.count(act) == 0 { Cause::Empathy } else { Cause::EmpathyAgain }],
            Act::Paraphrase => vec![Cause::Paraphrase],
            Act::Question if reading.asks.is_empty() => vec![Cause::QuestionOther],
            Act::Question => {
                let fresh = |id: &str| !self.state.facts.contains(id);
                let needed = |id: &str| self.content.fact(id).is_some_and(|fact| fact.needed);
                if reading.asks.iter().any(|ask| fresh(&ask.id) && needed(&ask.id)) {
                    vec![Cause::QuestionNeeded]
                } else if reading.asks.iter().any(|ask| fresh(&ask.id)) {
                    vec![Cause::QuestionOther]
                } else if reading.has(Act::Paraphrase) {
                    // Saying back what was told, to check it, is no deaf question.
                    vec![]
                } else {
                    vec![Cause::QuestionTold]
                }
            }
            Act::Offer if reading.proposes.is_empty() => vec![Cause::OfferOther],
            Act::Offer => {
                let fresh = reading.proposes.iter().filter(|offer| !self.state.offers.iter().any(|o| o.id == offer.id));
                let offers = fresh.filter_map(|offer| self.content.offer(&offer.id));
                let mut causes: Vec<Cause> =
                    offers.map(|offer| self.offer_cause(offer, had.understanding(reading))).collect();
                causes.sort_unstable();
                causes.dedup();
                causes
            }
            Act::NextStep if had.count(act) < 3 => vec![Cause::NextStep],
            Act::NextStep => vec![],
            Act::TimedPromise if had.count(act) < 3 => vec![Cause::TimedPromise],
            Act::TimedPromise => vec![],
            Act::VaguePromise if reading.has(Act::TimedPromise) => vec![],
            Act::VaguePromise => vec![Cause::VaguePromise],
            Act::Courtesy if had.count(act) == 0 => vec![Cause::Courtesy],
            Act::Courtesy => vec![],
            Act::CheckBack => vec![Cause::CheckBack],
            Act::Identify if had.count(act) == 0 => vec![Cause::Identify],
            Act::Identify => vec![],
            Act::Arguing => vec![Cause::Arguing],
            Act::BlameShift => vec![Cause::BlameShift],
            Act::BrushOff => vec![Cause::BrushOff],
            Act::Rudeness => vec![Cause::Rudeness],
        }
    }

    pub(super) fn offer_cause(&self, offer: &Offer, understanding: bool) -> Cause {
        match self.verdict(offer) {
            OfferVerdict::Fits if understanding => Cause::OfferFits,
            OfferVerdict::Fits => Cause::OfferCold,
            OfferVerdict::TooEarly => Cause::OfferTooEarly,
            OfferVerdict::RuledOut => Cause::OfferRuledOut,
            OfferVerdict::BeyondAuthority => Cause::OfferBeyondAuthority,
            OfferVerdict::Unreasonable => Cause::OfferUnreasonable,
        }
    }
}

/// What was so before the reply at hand.
pub(super) struct History {
    pub(super) replies: usize,
    acts: std::collections::BTreeMap<Act, usize>,
    pub(super) facts: std::collections::BTreeSet<String>,
    named: bool,
    gave_reason: bool,
}

impl History {
    pub(super) fn of(state: &State) -> Self {
        // The reply at hand is in the transcript already, unread.
        Self {
            replies: state.replies.saturating_sub(1),
            acts: state.acts.clone(),
            facts: state.facts.clone(),
            named: state.reply_list().any(|reply| reply.reading.names_customer.is_some()),
            gave_reason: state.reply_list().any(|reply| reply.reading.gives_reason.is_some()),
        }
    }

    pub(super) fn count(&self, act: Act) -> usize {
        self.acts.get(&act).copied().unwrap_or(0)
    }

    pub(super) fn understanding(&self, now: &Reading) -> bool {
        let shows = [Act::Apology, Act::Empathy, Act::Paraphrase, Act::Question];
        shows.iter().any(|act| self.count(*act) > 0 || now.has(*act))
    }
}
