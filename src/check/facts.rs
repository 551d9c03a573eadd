//! Facts that cannot be learned, or that leave the customer speechless.

use std::collections::BTreeSet;

use crate::diagnostic::quote::quote;
use crate::diagnostic::{Diagnostic, Findings};
use crate::scenario::Outline;

pub fn check(outline: &Outline, findings: &mut Findings) {
    let told: BTreeSet<&str> =
        outline.beats.iter().flat_map(|beat| &beat.tells).map(|fact| fact.text.as_str()).collect();
    for fact in &outline.facts {
        let Some(id) = &fact.id else { continue };
        let told = told.contains(id.text.as_str());
        let name = quote(&id.text);
        if fact.asked.is_empty() && !told {
            if !outline.whole {
                continue;
            }
            let why = "No question asks for it (`asked` is empty), and no beat `tells` it.";
            let help =
                "Add the words that ask for it, as in `asked: [\"order number\"]`, or name it in a beat's `tells`.";
            findings.push(if fact.needed {
                Diagnostic::error(id.span.clone(), format!("the needed fact {name} can never be learned"))
                    .why(format!("{why} So every remedy would be premature."))
                    .help(help)
            } else {
                Diagnostic::warning(id.span.clone(), format!("the fact {name} can never be learned"))
                    .why(why)
                    .help(help)
            });
        } else if !fact.asked.is_empty() && fact.answers == 0 && outline.whole {
            findings.push(
                Diagnostic::warning(id.span.clone(), format!("the customer has no answer for the fact {name}"))
                    .why("A question for it would be met with a stock line.")
                    .help("Add `answer: [\"…\"]`."),
            );
        }
    }
}
