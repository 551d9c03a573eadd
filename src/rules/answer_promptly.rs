//! Answer fast: silence is the worst answer.

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "answer-promptly",
    title: "Answer promptly",
    headline: false,
    asks: "Answer fast, even when the first answer is short.",
    why: "An answer that comes late is hardly better than none: by then the customer has had time to grow angry.",
    not_called_for: "when nobody knows how long the replies took.",
    notes: &[&PROMPT, &SLOW, &LATE],
    sources: &[
        (
            Source::Complaints,
            "leaving a complaint without an answer is the worst fault; a quick first sign matters more than much content.",
        ),
        (Source::Principles, "where nothing holds you up, answer as fast as you can."),
    ],
    good: &[talk(&[customer("Hello?"), agent("Good morning, this is Anna.", &[Act::Identify]).took(Some(8))])],
    bad: &[talk(&[customer("Hello?"), agent("Yes, I'm looking into it.", &[Act::NextStep]).took(Some(300))])],
    judge,
};

static PROMPT: Note = Note::shares("answer-promptly-prompt", "A reply within the time that the channel asks for.");
static SLOW: Note = Note::shares("answer-promptly-slow", "A reply that took longer, but not too long.");
static LATE: Note = Note::costs("answer-promptly-late", "A reply that came too late.").better("hold-the-line");

fn judge(case: &Case) -> Option<Findings> {
    let limits = case.limits.through(case.conversation.channel);
    let timed = case.replies.iter().filter(|(_, reply)| !reply.opens_call_back);
    let timed: Vec<_> = timed.filter_map(|&(turn, reply)| Some((turn, reply, reply.took?))).collect();
    let mut findings = Findings::over(timed.len());
    for &(turn, reply, took) in &timed {
        let note = match took {
            took if took <= limits.prompt => &PROMPT,
            took if took <= limits.late => &SLOW,
            _ => &LATE,
        };
        findings.reply(note, turn, reply);
    }
    (!timed.is_empty()).then_some(findings)
}
