//! Address the customer by name, and say who you are.

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "be-personal",
    title: "Be personal",
    headline: false,
    asks: "Address the customer by name, say your own, and give the number of the case.",
    why: "Between two people with names there is less shouting, and a name or a number is something to come back to.",
    not_called_for: "",
    notes: &[&NAMED, &IDENTIFIED, &NONE],
    sources: &[
        (Source::Complaints, "address the customer by name, and give them soon a name, a contact and a number."),
        (Source::Principles, "a customer is a partner and no row in a table."),
    ],
    good: &[talk(&[
        customer("Hello?"),
        agent("Good morning, Ms Novak, this is Anna.", &[Act::Identify]).names("Ms Novak"),
    ])
    .with("Ms Novak")],
    bad: &[talk(&[customer("Hello?"), agent("What is the order number?", &[Act::Question])]).with("Ms Novak")],
    judge,
};

static NAMED: Note = Note::shares("be-personal-named", "The customer's name, where it is known.");
static IDENTIFIED: Note =
    Note::shares("be-personal-identified", "Your own name, a direct contact, or the number of the case.");
static NONE: Note = Note::costs("be-personal-none", "Nobody has a name in this talk.").better("be-personal");

fn judge(case: &Case) -> Option<Findings> {
    let named = case.replies.iter().find_map(|&(turn, reply)| Some((turn, reply, reply.reading.names_customer?)));
    let name_is_known = named.is_some() || !case.conversation.address.is_empty();
    let mut findings = Findings::over(if name_is_known { 2 } else { 1 });
    if let Some((turn, reply, span)) = named {
        findings.words(&NAMED, turn, reply, span);
    }
    if let Some((_, turn, reply)) = case.first_kind(Act::Identify) {
        findings.act(&IDENTIFIED, turn, reply, Act::Identify);
    }
    if findings.found.is_empty() {
        findings.missing(&NONE);
    }
    Some(findings)
}
