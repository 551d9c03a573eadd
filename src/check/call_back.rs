//! A call-back cannot be late and forgotten at once.

use crate::diagnostic::{Diagnostic, Findings};
use crate::scenario::{CallBack, Outline};

pub fn check(outline: &Outline, findings: &mut Findings) {
    let default = CallBack::default();
    let given = &outline.call_back;
    let Some(span) = given.forgotten.as_ref().or(given.late.as_ref()).map(|(_, span)| span.clone()) else { return };
    let late = given.late.as_ref().map_or(u64::from(default.late), |(minutes, _)| *minutes);
    let forgotten = given.forgotten.as_ref().map_or(u64::from(default.forgotten), |(minutes, _)| *minutes);
    if forgotten > late {
        return;
    }
    let mut problem = Diagnostic::error(
        span,
        format!("a call-back is forgotten after {forgotten} minutes, but on time until {late} minutes after"),
    )
    .why("The customer calls again after `forgotten` minutes; until `late` minutes a call still counts as on time.")
    .help(format!(
        "Make `forgotten` larger than `late` (without a word they are {} and {}).",
        default.forgotten, default.late
    ));
    if let (Some(_), Some((_, late))) = (&given.forgotten, &given.late) {
        problem = problem.related(late.clone(), "on time until here");
    }
    findings.push(problem);
}
