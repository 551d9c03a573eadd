//! From every beat there must be a way to an ending.

use std::collections::BTreeSet;

use crate::diagnostic::quote::quote;
use crate::diagnostic::{Diagnostic, Findings};
use crate::scenario::Outline;
use crate::scenario::outline::ids;

pub fn check(outline: &Outline, findings: &mut Findings) {
    let exits_known =
        outline.beats.iter().all(|beat| beat.id.is_some()) && outline.all_exits().all(|exit| exit.to.is_some());
    let endings_known = outline.endings.iter().all(|ending| ending.id.is_some());
    // An ending with conditions is looked for after every reply, wherever the conversation is.
    let ends_anywhere = outline.endings.iter().any(|ending| !ending.when.is_empty());
    if !outline.whole || !exits_known || !endings_known || outline.endings.is_empty() || ends_anywhere {
        return;
    }
    let places = ids(outline.beats.iter().map(|b| &b.id).chain(outline.endings.iter().map(|e| &e.id)));
    let dangling = |to: &str| !places.contains(to);
    let mut ends: BTreeSet<&str> = ids(outline.endings.iter().map(|ending| &ending.id));
    loop {
        let before = ends.len();
        for beat in &outline.beats {
            let out = outline.exits_in(beat).filter_map(|exit| exit.to.as_ref()).map(|to| to.text.as_str());
            // A dangling exit is reported elsewhere; it may well have been meant to lead out.
            if let Some(id) = beat.id.as_ref().filter(|_| out.clone().any(|to| dangling(to) || ends.contains(to))) {
                ends.insert(&id.text);
            }
        }
        if ends.len() == before {
            break;
        }
    }
    for id in outline.beats.iter().filter_map(|beat| beat.id.as_ref()).filter(|id| !ends.contains(id.text.as_str())) {
        findings.push(
            Diagnostic::error(
                id.span.clone(),
                format!("the conversation can never end once it is in {}", quote(&id.text)),
            )
            .why("None of its exits leads to an ending in the end, and no ending has a `when` that could hold here.")
            .help("Add an exit on the way to an ending, or give an ending a `when`, such as `when: [Accepted]`."),
        );
    }
}
