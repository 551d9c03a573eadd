//! How offers fit, and whether the customer takes them.

use super::super::{Cause, Event, SaidBecause};
use super::Step;
use crate::language::Reading;
use crate::rules::OfferVerdict;
use crate::scenario::{Offer, Style};

impl Step<'_> {
    /// How an offer fits what is known now.
    pub(super) fn verdict(&self, offer: &Offer) -> OfferVerdict {
        let knows = |id: &String| self.state.facts.contains(id);
        if offer.unreasonable {
            OfferVerdict::Unreasonable
        } else if offer.beyond_authority {
            OfferVerdict::BeyondAuthority
        } else if offer.ruled_out_by.iter().any(knows) {
            OfferVerdict::RuledOut
        } else if offer.needs.iter().all(knows) {
            OfferVerdict::Fits
        } else {
            OfferVerdict::TooEarly
        }
    }

    /// Puts proposed offers on the table; the customer takes the best one that fits when the mood allows. True where something was said.
    pub(super) fn consider_offers(&mut self, reading: &Reading) -> bool {
        let before = self.state.accepted();
        let mut proposed: Vec<&Offer> = Vec::new();
        for mention in &reading.proposes {
            if let Some(offer) = self.content.offer(&mention.id)
                && !proposed.iter().any(|known| known.id == offer.id)
            {
                let verdict = self.verdict(offer);
                self.push(Event::OfferMade { id: offer.id.clone(), verdict, span: mention.span });
                proposed.push(offer);
            }
        }
        let goodwill = |id: &str| self.content.offer(id).is_some_and(|offer| offer.goodwill);
        let taken = self.state.offers.iter().filter(|offer| offer.accepted);
        let (gestures, remedies): (Vec<_>, Vec<_>) = taken.partition(|offer| goodwill(&offer.id));
        let healed = remedies.iter().filter_map(|offer| self.content.offer(&offer.id)).map(|offer| offer.heals).max();
        // One gesture is enough; a remedy gives way to one that heals more.
        let (gestures, healed) = (gestures.len(), healed.unwrap_or(0));
        let welcome = |offer: &Offer| if offer.goodwill { gestures == 0 } else { offer.heals > healed };
        let on_table: Vec<&Offer> = self
            .state
            .offers
            .iter()
            .filter(|offer| !offer.accepted)
            .filter_map(|offer| self.content.offer(&offer.id))
            .filter(|offer| self.verdict(offer) == OfferVerdict::Fits && welcome(offer))
            .collect();
        // The remedy first: a goodwill gesture is taken on top of it, or where there is nothing else.
        let Some(best) = on_table.iter().max_by_key(|offer| (!offer.goodwill, offer.heals)).copied() else {
            return !before && self.turn_down(&proposed);
        };
        let fitting = self.state.offers.iter().filter_map(|offer| self.content.offer(&offer.id));
        let heals =
            fitting.filter(|offer| self.verdict(offer) == OfferVerdict::Fits).map(|offer| i32::from(offer.heals));
        let limits = &self.content.moods.limits;
        let pushes = match self.content.scenario.customer.style {
            Style::Manipulative => limits.manipulative_wants_more,
            _ => 0,
        };
        let mood = self.state.mood;
        let willing = heals.sum::<i32>().min(100) + i32::from(mood.trust) / 2 - i32::from(mood.anger) / 2;
        if willing < limits.accepts_from + pushes {
            return !before && self.turn_down(&proposed);
        }
        self.push(Event::OfferAccepted { id: best.id.clone() });
        let customer = &self.content.scenario.customer;
        let relief = if best.goodwill { best.heals } else { best.heals - healed };
        let mood = self.content.moods.relieved(self.state.mood, relief, &customer.temper, customer.style);
        self.push(Event::MoodMoved { cause: Cause::Accepted.id(), mood });
        let stock = self.content.pack.customer_lines().offer_accepted.clone();
        let line = self.pick_text(&best.accepted).or_else(|| self.pick_text(&stock));
        self.say_some(line, SaidBecause::Reaction)
    }

    pub(super) fn turn_down(&mut self, proposed: &[&Offer]) -> bool {
        let Some(offer) = proposed.first() else { return false };
        let verdict = self.verdict(offer);
        self.push(Event::OfferDeclined { id: offer.id.clone() });
        let lines = self.content.pack.customer_lines();
        let stock = match verdict {
            OfferVerdict::TooEarly => lines.offer_too_early.clone(),
            _ => lines.offer_declined.clone(),
        };
        let line = self.pick_text(&offer.declined).or_else(|| self.pick_text(&stock));
        self.say_some(line, SaidBecause::Reaction)
    }
}
