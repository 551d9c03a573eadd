//! Don't contradict, justify, blame or lecture, and don't answer in kind.

use super::example::{agent, customer, talk};
use super::{AgentTurn, Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "no-arguing",
    title: "No arguing",
    headline: true,
    asks: "Don't contradict, justify, blame or lecture, and don't pay back in kind. If you must deny something, deny the opinion and never the person.",
    why: "To an upset customer you are wrong already. Winning the argument loses the customer; a harsh complaint is still a call for help.",
    not_called_for: "",
    notes: &[&HELD, &PUSHED_AWAY, &ARGUED, &ARGUED_ANGRY, &IN_KIND],
    sources: &[
        (
            Source::Conflicts,
            "excuses and pointing out the customer's share help nobody; listen and show that you understood.",
        ),
        (Source::Complaints, "the aim is a solved problem, not a proof that the company was right."),
        (Source::Principles, "disagree with an opinion, not with the customer."),
    ],
    good: &[talk(&[
        customer("You never sent it. You people are liars!"),
        agent(
            "I'm sorry, that should not have happened. What is the order number, please?",
            &[Act::Apology, Act::Question, Act::Courtesy],
        ),
    ])],
    bad: &[talk(&[
        customer("You never sent it. You people are liars!"),
        agent("That's not true. You should have read the tracking page.", &[Act::Arguing]),
    ])],
    judge,
};

static HELD: Note = Note::shares("no-arguing-held", "A reply that neither argues nor pushes the customer away.");
static PUSHED_AWAY: Note =
    Note::forgoes("no-arguing-pushed-away", "A reply that does not argue, but brushes off or shifts the blame.");
static ARGUED: Note = Note::costs("no-arguing-argued", "A reply that contradicts, justifies, blames or lectures.")
    .better("instead-of-arguing");
static ARGUED_ANGRY: Note =
    Note::costs("no-arguing-argued-angry", "The same, while the customer was angry.").better("instead-of-arguing");
static IN_KIND: Note = Note::costs("no-arguing-in-kind", "An insult paid back in kind.").better("instead-of-rudeness");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::over(case.replies.len());
    for &(turn, reply) in &case.replies {
        match reply.first_hurt() {
            None => findings.reply(&HELD, turn, reply),
            Some(act @ (Act::BrushOff | Act::BlameShift)) if !argues(reply) => {
                findings.act(&PUSHED_AWAY, turn, reply, act);
            }
            Some(_) => {}
        }
        if reply.reading.has(Act::Arguing) {
            let angry = reply.anger_before >= case.limits.angry_from;
            findings.act(if angry { &ARGUED_ANGRY } else { &ARGUED }, turn, reply, Act::Arguing);
        }
        if reply.reading.has(Act::Rudeness) {
            findings.act(&IN_KIND, turn, reply, Act::Rudeness);
        }
    }
    Some(findings)
}

fn argues(reply: &AgentTurn) -> bool {
    [Act::Arguing, Act::Rudeness].into_iter().any(|act| reply.reading.has(act))
}
