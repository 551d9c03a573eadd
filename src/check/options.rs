//! Options that repeat themselves.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Findings, Span};
use crate::scenario::Outline;
use crate::scenario::outline::Text;

pub fn check(outline: &Outline, findings: &mut Findings) {
    for beat in &outline.beats {
        let texts = beat.options.iter().filter_map(|option| option.text.as_ref());
        repeated(
            texts,
            "this option stands in the beat twice",
            "A choice between two equal replies is none.",
            findings,
        );
        for option in &beat.options {
            if let Some((acts, _)) = &option.expect {
                repeated(acts.iter(), "this act is expected twice", "A reply holds an act or does not.", findings);
            }
        }
    }
}

fn repeated<'a>(texts: impl Iterator<Item = &'a Text>, title: &str, why: &str, findings: &mut Findings) {
    let mut first: BTreeMap<&str, &Span> = BTreeMap::new();
    for text in texts {
        if let Some(before) = first.get(text.text.as_str()) {
            findings.push(
                Diagnostic::warning(text.span.clone(), title)
                    .related((*before).clone(), "first here")
                    .why(why)
                    .help("Delete one of them."),
            );
        } else {
            first.insert(&text.text, &text.span);
        }
    }
}
