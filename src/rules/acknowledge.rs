//! Show that you see what the trouble is like for them.

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "acknowledge",
    title: "Acknowledge",
    headline: false,
    asks: "Name what the customer feels, or what the trouble costs them.",
    why: "People calm down once they are seen. A bare \"I understand\" shows nothing.",
    not_called_for: "",
    notes: &[&EARLY, &LATE, &AGAIN, &NONE],
    sources: &[
        (Source::Principles, "service takes a good measure of fellow feeling."),
        (Source::Conflicts, "convince the customer that you understood."),
    ],
    good: &[talk(&[customer("Two hours on hold!"), agent("Two hours on hold would upset me too.", &[Act::Empathy])])],
    bad: &[talk(&[customer("Two hours on hold!"), agent("What is the order number?", &[Act::Question])])],
    judge,
};

static EARLY: Note = Note::earns("acknowledge-early", "Fellow feeling within the first replies.");
static LATE: Note = Note::earns("acknowledge-late", "Fellow feeling, but only later.");
static AGAIN: Note = Note::earns("acknowledge-again", "Once more in a later reply.");
static NONE: Note = Note::costs("acknowledge-none", "No sign that you see what it is like.").better("acknowledge");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::default();
    let Some((number, first, reply)) = case.first_kind(Act::Empathy) else {
        findings.missing(&NONE);
        return Some(findings);
    };
    findings.act(if number <= case.limits.early_empathy { &EARLY } else { &LATE }, first, reply, Act::Empathy);
    let later =
        case.replies.iter().find(|(turn, reply)| *turn > first && reply.reading.has(Act::Empathy) && !reply.hurts());
    if let Some(&(turn, reply)) = later {
        findings.act(&AGAIN, turn, reply, Act::Empathy);
    }
    Some(findings)
}
