//! Do it yourself where you can; no "that isn't my job".

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "own-it",
    title: "Own it",
    headline: false,
    asks: "Take the matter on yourself where you can. No \"that isn't my job\", no \"nothing I can do\".",
    why: "Everybody hates to hear that it is somebody else's business, and often it is only a way to be rid of work.",
    not_called_for: "",
    notes: &[&TOOK_ON, &BRUSHED_OFF],
    sources: &[(Source::Principles, "if you can do it yourself, do it.")],
    good: &[talk(&[
        customer("Nobody feels responsible at your place."),
        agent("Then let me be the one. I'm checking it with the warehouse now.", &[Act::NextStep]),
    ])],
    bad: &[talk(&[
        customer("Nobody feels responsible at your place."),
        agent("That's not my department.", &[Act::BrushOff]),
    ])],
    judge,
};

static TOOK_ON: Note = Note::earns("own-it-took-on", "A reply that takes something on: a step or a remedy.");
static BRUSHED_OFF: Note = Note::costs("own-it-brushed-off", "Each reply that dismisses the matter or the customer.")
    .better("instead-of-brush-off");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::default();
    for &(turn, reply) in &case.replies {
        if reply.reading.has(Act::BrushOff) {
            findings.act(&BRUSHED_OFF, turn, reply, Act::BrushOff);
        } else if let Some(act) = [Act::NextStep, Act::Offer].into_iter().find(|&act| reply.reading.has(act)) {
            findings.act(&TOOK_ON, turn, reply, act);
        }
    }
    Some(findings)
}
