//! Before the talk ends, say what happens next, who does it and by when.

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "next-steps",
    title: "Next steps",
    headline: true,
    asks: "Before the talk ends, say what happens next, who does it and by when.",
    why: "\"I've taken it up\" leaves the customer alone with the question: and now? A step with a time lets them put the matter out of their mind.",
    not_called_for: "when a short talk broke off before its end.",
    notes: &[&TIMED, &TIMED_EARLY, &UNTIMED, &NONE, &VAGUE],
    sources: &[
        (Source::Principles, "tell the customer in every contact what is planned next."),
        (Source::Complaints, "the customer must be able to see how far the matter has got."),
    ],
    good: &[talk(&[
        customer("So what happens now?"),
        agent(
            "I'm sending a new one today, and the courier brings it tomorrow by noon.",
            &[Act::Offer, Act::NextStep, Act::TimedPromise],
        ),
    ])],
    bad: &[
        talk(&[
            customer("So what happens now?"),
            agent("Someone will get back to you soon.", &[Act::NextStep, Act::VaguePromise]),
        ]),
        talk(&[
            customer("So what happens now?"),
            agent("I'm sorry about that.", &[Act::Apology]),
            customer("And?"),
            agent("I can offer you a refund.", &[Act::Offer]),
            customer("All right."),
            agent("Thank you. Goodbye.", &[Act::Courtesy]),
        ]),
    ],
    judge,
};

static TIMED: Note =
    Note::earns("next-steps-timed", "A next step with a time, once there is a remedy (or time is needed to find one).");
static TIMED_EARLY: Note = Note::earns("next-steps-timed-early", "A timed step, but none after the remedy.");
static UNTIMED: Note = Note::earns("next-steps-untimed", "A next step without a time.");
static NONE: Note = Note::costs("next-steps-none", "The talk ends without a next step.").better("next-step");
static VAGUE: Note =
    Note::costs("next-steps-vague", "Only a vague promise: \"soon\", \"shortly\".").better("next-step");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::default();
    let remedy = case.first_remedy().map_or(0, |(turn, _)| turn);
    let last = |act| case.replies.iter().rev().find(|(_, reply)| reply.reading.has(act));
    if let Some(&(turn, reply)) = last(Act::TimedPromise) {
        findings.act(if turn >= remedy { &TIMED } else { &TIMED_EARLY }, turn, reply, Act::TimedPromise);
        return Some(findings);
    }
    let vague = last(Act::VaguePromise);
    if let Some(&(turn, reply)) = last(Act::NextStep).or(vague) {
        findings.act(&UNTIMED, turn, reply, Act::NextStep);
        if let Some(&(turn, reply)) = vague {
            findings.act(&VAGUE, turn, reply, Act::VaguePromise);
        }
    } else if case.unfinished() {
        return None;
    } else {
        findings.missing(&NONE);
    }
    Some(findings)
}
