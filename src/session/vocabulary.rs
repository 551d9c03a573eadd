//! What a scenario adds to the language that its replies are read in.

use crate::language::{LanguagePack, Lexicon, Subject};
use crate::scenario::Scenario;

/// The scenario's own words: of its facts, offers, reasons and jargon, and the customer's name.
#[must_use]
pub fn vocabulary(scenario: &Scenario, pack: &LanguagePack) -> Lexicon {
    let facts =
        scenario.facts.iter().flat_map(|fact| fact.asked.iter().map(|phrase| (Subject::Fact, &*fact.id, &**phrase)));
    let offers = scenario
        .offers
        .iter()
        .flat_map(|offer| offer.heard.iter().map(|phrase| (Subject::Offer, &*offer.id, &**phrase)));
    let reasons =
        scenario.cannot_help.iter().flat_map(|cannot| &cannot.reason).map(|phrase| (Subject::Reason, "", &**phrase));
    let jargon = scenario.company.jargon.iter().map(|phrase| (Subject::Jargon, "", &**phrase));
    let customer = &scenario.customer;
    let names = [&customer.address, &customer.name].map(|name| (Subject::Customer, "", name.as_str()));
    Lexicon::of(facts.chain(offers).chain(reasons).chain(jargon).chain(names), pack)
}
