//! Offers that contradict themselves, or that no reply can propose.

use crate::diagnostic::quote::quote;
use crate::diagnostic::{Diagnostic, Findings};
use crate::scenario::Outline;

pub fn check(outline: &Outline, findings: &mut Findings) {
    for offer in &outline.offers {
        for out in &offer.ruled_out_by {
            if let Some(need) = offer.needs.iter().find(|need| need.text == out.text) {
                findings.push(
                    Diagnostic::error(
                        out.span.clone(),
                        format!("{} is both needed for this offer and rules it out", quote(&out.text)),
                    )
                    .related(need.span.clone(), "needed here")
                    .why("Such an offer would be wrong whatever the trainee does.")
                    .help("Delete one of the two."),
                );
            }
        }
        if let Some(id) = offer.id.as_ref().filter(|_| offer.heard.is_empty() && outline.whole) {
            findings.push(
                Diagnostic::warning(id.span.clone(), format!("no reply can propose the offer {}", quote(&id.text)))
                    .why("`heard` is empty, so there are no words by which it is recognised.")
                    .help("Add them, as in `heard: [\"a new one\", \"replacement\"]`."),
            );
        }
    }
}
