//! Conditions that contradict each other, and those that say nothing.

use crate::diagnostic::{Diagnostic, Findings};
use crate::scenario::Outline;
use crate::scenario::outline::{Condition, Holds};

pub fn check(outline: &Outline, findings: &mut Findings) {
    let nothing_needed = outline.whole && !outline.facts.iter().any(|fact| fact.needed);
    for conditions in outline.conditions() {
        all_hold(conditions, nothing_needed, findings);
    }
}

/// Looks at conditions that must hold together.
fn all_hold(conditions: &[Condition], nothing_needed: bool, findings: &mut Findings) {
    for condition in conditions {
        match (&condition.holds, condition.name.as_str()) {
            (Holds::Conditions(inner), "All") => all_hold(inner, nothing_needed, findings),
            (Holds::Conditions(inner), _) => {
                inner.iter().for_each(|c| all_hold(std::slice::from_ref(c), nothing_needed, findings))
            }
            (Holds::Number(0), "AngerBelow" | "TrustBelow" | "PatienceBelow") => findings.push(
                Diagnostic::warning(condition.span.clone(), format!("`{}(0)` never holds", condition.name))
                    .why("The mood never falls below 0.")
                    .help("Raise the number, or delete what depends on it."),
            ),
            (Holds::Nothing, "KnowsNeeded") if nothing_needed => findings.push(
                Diagnostic::warning(condition.span.clone(), "`KnowsNeeded` always holds: no fact is needed")
                    .why("It waits for every fact with `needed: true`, and there is none.")
                    .help("Mark the facts that a remedy needs with `needed: true`, or delete this condition."),
            ),
            _ => {}
        }
    }
    for mood in ["Anger", "Trust", "Patience"] {
        let bound = |side: &'static str| {
            conditions.iter().filter_map(move |condition| match condition.holds {
                Holds::Number(n) if condition.name.strip_prefix(mood) == Some(side) => Some((n, &condition.span)),
                _ => None,
            })
        };
        let (Some((least, above)), Some((below, span))) =
            (bound("Above").max_by_key(|(n, _)| *n), bound("Below").min_by_key(|(n, _)| *n))
        else {
            continue;
        };
        if below <= least {
            findings.push(
                Diagnostic::warning(
                    span.clone(),
                    format!("`{mood}Above({least})` and `{mood}Below({below})` never hold together"),
                )
                .related(above.clone(), "contradicts this")
                .why("All conditions of a `when` must hold at once.")
                .help("Change one of the numbers, or put the two into `Any([…])`."),
            );
        }
    }
}
