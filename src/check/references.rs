//! Every id that is used must be the id of something.

use std::collections::BTreeSet;

use crate::diagnostic::quote::{closest, list, quote, visible};
use crate::diagnostic::{Diagnostic, Findings};
use crate::scenario::Outline;
use crate::scenario::outline::{Condition, Holds, Text, ids};

/// The ids of one kind.
struct Known<'a> {
    what: &'static str,
    article: &'static str,
    ids: BTreeSet<&'a str>,
    /// False when some could not be read, so that a reference may well be right.
    complete: bool,
}

pub fn check(outline: &Outline, findings: &mut Findings) {
    if !outline.whole {
        return;
    }
    fn known<'a>(what: &'static str, texts: impl Iterator<Item = &'a Option<Text>> + Clone) -> Known<'a> {
        let article = if what.starts_with('o') { "an" } else { "a" };
        Known { what, article, complete: texts.clone().all(Option::is_some), ids: ids(texts) }
    }
    let facts = known("fact", outline.facts.iter().map(|fact| &fact.id));
    let offers = known("offer", outline.offers.iter().map(|offer| &offer.id));
    let beats = known("beat", outline.beats.iter().map(|beat| &beat.id));
    let endings = outline.endings.iter().map(|ending| &ending.id);
    let places = known("beat or ending", outline.beats.iter().map(|beat| &beat.id).chain(endings));

    for offer in &outline.offers {
        offer.needs.iter().chain(&offer.ruled_out_by).for_each(|fact| facts.resolve(fact, findings));
    }
    outline.beats.iter().flat_map(|beat| &beat.tells).for_each(|fact| facts.resolve(fact, findings));
    for beat in [&outline.call_back.kept, &outline.call_back.missed].into_iter().flatten() {
        beats.resolve(beat, findings);
    }
    for to in outline.all_exits().filter_map(|exit| exit.to.as_ref()) {
        places.resolve(to, findings);
    }
    outline.conditions().flatten().for_each(|condition| resolve_in(condition, &facts, &offers, findings));
}

fn resolve_in(condition: &Condition, facts: &Known, offers: &Known, findings: &mut Findings) {
    match (&condition.holds, condition.name.as_str()) {
        (Holds::Id(id), "Fact" | "Asked") => facts.resolve(id, findings),
        (Holds::Id(id), "Offer" | "Proposed" | "AcceptedOffer") => offers.resolve(id, findings),
        (Holds::Ids(ids), "AcceptedAny") => ids.iter().for_each(|id| offers.resolve(id, findings)),
        (Holds::Conditions(inner), _) => inner.iter().for_each(|c| resolve_in(c, facts, offers, findings)),
        _ => {}
    }
}

impl Known<'_> {
    fn resolve(&self, id: &Text, findings: &mut Findings) {
        // An empty id was reported with its shape.
        if findings.is_full() || !self.complete || id.text.is_empty() || self.ids.contains(id.text.as_str()) {
            return;
        }
        let near = closest(&id.text, self.ids.iter().copied());
        let mut problem = Diagnostic::error(id.span.clone(), format!("there is no {} {}", self.what, quote(&id.text)));
        if let Some(near) = near {
            problem = problem.label(format!("did you mean {}?", quote(near)));
        }
        let why = if self.ids.is_empty() {
            format!("The scenario has no {} at all.", self.what)
        } else {
            format!("The scenario has {}.", list(self.ids.iter().copied(), "and"))
        };
        let help = match near {
            Some(near) => format!("Write `\"{}\"`, or add {} {} with this id.", visible(near), self.article, self.what),
            None => format!("Add {} {} with this id, or use one that is there.", self.article, self.what),
        };
        findings.push(problem.why(why).help(help));
    }
}
