//! Insults are not about you: no rudeness, ever.

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "stay-calm",
    title: "Stay calm",
    headline: false,
    asks: "Never insult, mock, threaten or sneer, whatever was said to you.",
    why: "The insult is meant for the trouble, not for you. One rude word from you and the talk is about that word.",
    not_called_for: "",
    notes: &[&RUDE],
    sources: &[(
        Source::Conflicts,
        "take no insult personally and don't answer in the same spirit; this is work and no duel.",
    )],
    good: &[talk(&[
        customer("Are you stupid or what?"),
        agent("I can hear how angry this makes you.", &[Act::Empathy]),
    ])],
    bad: &[talk(&[customer("Are you stupid or what?"), agent("Listen, lady, watch your mouth.", &[Act::Rudeness])])],
    judge,
};

static RUDE: Note = Note::costs("stay-calm-rude", "Each rude reply.").better("instead-of-rudeness");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::default();
    for &(turn, reply) in case.replies.iter().filter(|(_, reply)| reply.reading.has(Act::Rudeness)) {
        findings.act(&RUDE, turn, reply, Act::Rudeness);
    }
    Some(findings)
}
