//! The last exit of a beat has no condition, and only the last. The exits of the scenario all have one.
//!
//! A beat without exits keeps the conversation where it is until an exit of the scenario or the `when` of an ending holds;
//! `endless` sees to it that there is one.

use crate::diagnostic::{Diagnostic, Findings};
use crate::scenario::Outline;

pub fn check(outline: &Outline, findings: &mut Findings) {
    for exit in outline.exits.iter().filter(|exit| exit.when.is_empty()) {
        findings.push(
            Diagnostic::error(exit.span.start..exit.span.start + 1, "an exit of the whole scenario has no condition")
                .why("It would be taken after every reply, wherever the conversation is, so no beat's own exit ever were.")
                .help("Give it a `when`, such as `when: [Hurt]`, or move it to the end of a beat's exits."),
        );
    }
    for beat in &outline.beats {
        let Some((last, others)) = beat.exits.split_last() else { continue };
        if !last.when.is_empty() {
            findings.push(
                Diagnostic::error(last.span.start..last.span.start + 1, "the last exit of a beat has a condition")
                    .why("Exits are tried in order; when none holds there must be one that always does.")
                    .help("Add `(to: \"…\")` after it. To stay in the beat, lead it back to the beat itself."),
            );
        }
        if let Some(open) = others.iter().position(|exit| exit.when.is_empty()) {
            let next = &beat.exits[open + 1].span;
            findings.push(
                Diagnostic::error(next.start..next.start + 1, "no conversation gets to this exit")
                    .related(others[open].span.start..others[open].span.start + 1, "this one is always taken")
                    .why("Exits are tried in order, and one without `when` always holds.")
                    .help("Put the exit without `when` last, or give it a condition."),
            );
        }
    }
}
