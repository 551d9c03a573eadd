//! Please and thank you.

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "courtesy",
    title: "Courtesy",
    headline: false,
    asks: "Say please and thank you.",
    why: "Two small words, and they still work.",
    not_called_for: "",
    notes: &[&FIRST, &AGAIN, &NONE],
    sources: &[(Source::Principles, "don't be shy of please and thank you.")],
    good: &[talk(&[customer("48-2210."), agent("Thank you. Please stay on the line.", &[Act::Courtesy])])],
    bad: &[talk(&[customer("48-2210."), agent("And what is the date on it?", &[Act::Question])])],
    judge,
};

static FIRST: Note = Note::earns("courtesy-first", "A please or a thank you.");
static AGAIN: Note = Note::earns("courtesy-again", "One more in another reply.");
static NONE: Note = Note::costs("courtesy-none", "No please and no thank you.").better("courtesy");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::default();
    let kind = case.replies.iter().filter(|(_, reply)| reply.reading.has(Act::Courtesy) && !reply.hurts());
    for (index, &(turn, reply)) in kind.enumerate() {
        findings.act(if index == 0 { &FIRST } else { &AGAIN }, turn, reply, Act::Courtesy);
    }
    if findings.found.is_empty() {
        findings.missing(&NONE);
    }
    Some(findings)
}
