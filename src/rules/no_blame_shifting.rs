//! Don't name another department or colleague as the culprit.

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "no-blame-shifting",
    title: "No blame-shifting",
    headline: false,
    asks: "Don't put the fault on another department, a colleague, a supplier or the system.",
    why: "To the customer you are the company. Blaming a colleague solves nothing and makes the whole house look bad.",
    not_called_for: "",
    notes: &[&SHIFTED],
    sources: &[(Source::Conflicts, "saying that others slipped up brings no solution and harms the company's name.")],
    good: &[talk(&[
        customer("Where is my parcel?"),
        agent("I'm sorry, we sent it to the wrong depot, and that is on us.", &[Act::Apology]),
    ])],
    bad: &[talk(&[
        customer("Where is my parcel?"),
        agent("The warehouse messed that up, not us.", &[Act::BlameShift]),
    ])],
    judge,
};

static SHIFTED: Note = Note::costs("no-blame-shifting-shifted", "Each reply that names somebody else as the culprit.")
    .better("instead-of-blame");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::default();
    for &(turn, reply) in case.replies.iter().filter(|(_, reply)| reply.reading.has(Act::BlameShift)) {
        findings.act(&SHIFTED, turn, reply, Act::BlameShift);
    }
    Some(findings)
}
