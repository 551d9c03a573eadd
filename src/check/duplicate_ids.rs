//! Two parts of one kind must not share an id. Beats and endings count as one kind: exits lead to either.

use std::collections::BTreeMap;

use crate::diagnostic::quote::quote;
use crate::diagnostic::{Diagnostic, Findings, Span};
use crate::scenario::Outline;
use crate::scenario::outline::Text;

pub fn check(outline: &Outline, findings: &mut Findings) {
    unique("fact", outline.facts.iter().map(|fact| &fact.id), findings);
    unique("offer", outline.offers.iter().map(|offer| &offer.id), findings);
    let places = outline.beats.iter().map(|beat| &beat.id).chain(outline.endings.iter().map(|ending| &ending.id));
    unique("beat or ending", places, findings);
}

fn unique<'a>(what: &str, ids: impl Iterator<Item = &'a Option<Text>>, findings: &mut Findings) {
    let mut first: BTreeMap<&str, &Span> = BTreeMap::new();
    for id in ids.flatten() {
        match first.get(id.text.as_str()) {
            None => {
                first.insert(&id.text, &id.span);
            }
            Some(before) => findings.push(
                Diagnostic::error(id.span.clone(), format!("another {what} has the id {} already", quote(&id.text)))
                    .related((*before).clone(), "first here")
                    .why("Whoever uses the id could mean either.")
                    .help("Give one of them another id, and look at where it is used."),
            ),
        }
    }
}
