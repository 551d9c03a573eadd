//! Contact the customer exactly when you promised.

use super::example::{agent, customer, talk};
use super::{AgentTurn, Case, Findings, Note, PromiseStatus, Rule, Source};
use crate::language::{Act, Contact};

pub static RULE: Rule = Rule {
    id: "call-back",
    title: "Call back",
    headline: true,
    asks: "Contact the customer exactly when you promised; and promise a time that both of you can check.",
    why: "Five minutes means five minutes. A kept call shows that somebody is at work on the matter; a broken one angers more than the first fault did.",
    not_called_for: "when nobody was promised a call or a message.",
    notes: &[&CALLED, &EARLY, &LATE, &FORGOTTEN, &VAGUE],
    sources: &[
        (Source::Conflicts, "whoever promised to ring back in five minutes rings back in exactly five minutes."),
        (Source::Complaints, "an answer that comes long after is hardly better than none."),
    ],
    good: &[talk(&[
        customer("Find out what happened!"),
        agent("I'll ask the depot and call you back in five minutes.", &[Act::NextStep, Act::TimedPromise]),
        customer("Fine."),
        agent("It's Anna from Swiftbox. The depot has found your parcel.", &[Act::Identify]).opens_call_back(true),
    ])
    .promise(PromiseStatus::Kept)],
    bad: &[
        talk(&[
            customer("Find out what happened!"),
            agent("I'll ask the depot and call you back in five minutes.", &[Act::NextStep, Act::TimedPromise]),
            customer("You did not call!"),
        ])
        .promise(PromiseStatus::Forgotten),
        talk(&[
            customer("Find out what happened!"),
            agent("I'll call you back soon.", &[Act::NextStep, Act::VaguePromise]),
        ]),
    ],
    judge,
};

static CALLED: Note = Note::shares("call-back-called", "Getting in touch after a promise to do so.");
static EARLY: Note = Note::costs("call-back-early", "Too early: the customer was not ready, or you had nothing yet.")
    .better("call-back-on-time");
static LATE: Note = Note::costs("call-back-late", "Too late.").better("call-back-on-time");
static FORGOTTEN: Note =
    Note::costs("call-back-forgotten", "Not at all, or so late that the promise counts as forgotten.")
        .better("call-back-on-time");
static VAGUE: Note =
    Note::costs("call-back-vague", "A contact promised \"soon\", where a time was wanted.").better("call-back");

fn judge(case: &Case) -> Option<Findings> {
    let settled: Vec<_> =
        case.conversation.promises.iter().filter(|promise| promise.status != PromiseStatus::Open).collect();
    let mut findings = Findings::over(settled.len());
    for promise in &settled {
        let Some((_, made)) = case.conversation.agent_turns().find(|(turn, _)| *turn == promise.turn) else { continue };
        if promise.status != PromiseStatus::Forgotten {
            findings.words(&CALLED, promise.turn, made, promise.span);
        }
        let cost = match promise.status {
            PromiseStatus::Early => &EARLY,
            PromiseStatus::Late => &LATE,
            PromiseStatus::Forgotten => &FORGOTTEN,
            PromiseStatus::Kept | PromiseStatus::Open => continue,
        };
        findings.words(cost, promise.turn, made, promise.span);
    }
    for &(turn, reply) in case.replies.iter().filter(|(_, reply)| promises_vague_contact(reply)) {
        findings.act(&VAGUE, turn, reply, Act::VaguePromise);
    }
    (!settled.is_empty() || !findings.found.is_empty()).then_some(findings)
}

fn promises_vague_contact(reply: &AgentTurn) -> bool {
    let mut vague = reply.reading.promises.iter().filter(|promise| promise.due.is_none()).peekable();
    reply.reading.has(Act::VaguePromise)
        && (vague.peek().is_none() || vague.any(|promise| promise.contact != Contact::Action))
}
