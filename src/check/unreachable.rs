//! Beats and endings that no conversation gets to.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::quote::quote;
use crate::diagnostic::{Diagnostic, Findings};
use crate::scenario::Outline;
use crate::scenario::outline::{Beat, ids};

pub fn check(outline: &Outline, findings: &mut Findings) {
    let known = outline.beats.iter().all(|beat| beat.id.is_some()) && outline.all_exits().all(|exit| exit.to.is_some());
    let Some(first) = outline.beats.first().and_then(|beat| beat.id.as_ref()).filter(|_| known && outline.whole) else {
        return;
    };
    let beats: BTreeMap<&str, &Beat> =
        outline.beats.iter().filter_map(|beat| Some((beat.id.as_ref()?.text.as_str(), beat))).collect();
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut ahead: Vec<&str> = vec![&first.text];
    ahead.extend([&outline.call_back.kept, &outline.call_back.missed].into_iter().flatten().map(|id| id.text.as_str()));
    while let Some(id) = ahead.pop() {
        if reached.insert(id) {
            let exits = beats.get(id).into_iter().flat_map(|beat| outline.exits_in(beat));
            ahead.extend(exits.filter_map(|exit| exit.to.as_ref()).map(|to| to.text.as_str()));
        }
    }
    // Where an exit leads nowhere, that is the problem, not the place it was meant to lead to.
    let places = ids(outline.beats.iter().map(|b| &b.id).chain(outline.endings.iter().map(|e| &e.id)));
    if reached.iter().any(|id| !places.contains(id)) {
        return;
    }
    for id in outline.beats.iter().filter_map(|beat| beat.id.as_ref()).filter(|id| !reached.contains(id.text.as_str()))
    {
        findings.push(
            Diagnostic::error(id.span.clone(), format!("no conversation gets to the beat {}", quote(&id.text)))
                .why(format!(
                    "No exit on the way from the first beat, {}, leads here, nor does `call_back`.",
                    quote(&first.text)
                ))
                .help("Add an exit that leads here, or delete the beat."),
        );
    }
    for ending in outline.endings.iter().filter(|ending| ending.when.is_empty() && !ending.walks_away) {
        let Some(id) = ending.id.as_ref().filter(|id| !reached.contains(id.text.as_str())) else { continue };
        findings.push(
            Diagnostic::error(id.span.clone(), format!("nothing leads to the ending {}", quote(&id.text)))
                .why("It has no `when`, and no exit that a conversation gets to leads to it.")
                .help("Add an exit that leads to it, give it a `when`, or delete it."),
        );
    }
}
