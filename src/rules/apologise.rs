//! Apologise once, early and plainly, whoever is at fault.

use super::example::{agent, customer, talk};
use super::{Case, Conversation, Findings, Note, PromiseStatus, Rule, Source, Turn};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "apologise",
    title: "Apologise",
    headline: true,
    asks: "Say sorry once, early and plainly, whoever is at fault; and once more after a fresh failing, such as a call that came late.",
    why: "A plain apology shows that the trouble matters to you and opens the way to a solution. A condition or a reproach takes it back, and one sorry after another crowds out the solving.",
    not_called_for: "",
    notes: &[&EARLY, &LATE, &FRESH, &NONE, &REPROACHFUL, &TOO_OFTEN, &NOT_AGAIN],
    sources: &[
        (Source::Conflicts, "apologise whether or not it was your fault."),
        (Source::Complaints, "a complaint alone proves that something went wrong, which is reason enough."),
        (Source::FiveSteps, "admit the mistake at once; an apology is worth more than pride."),
        (Source::Principles, "rather one sorry too many than one too few."),
    ],
    good: &[talk(&[
        customer("My parcel is three days late!"),
        agent("I'm sorry that your parcel is late.", &[Act::Apology]),
    ])],
    bad: &[
        talk(&[
            customer("My parcel is three days late!"),
            agent("What is the order number?", &[Act::Question]),
            customer("48-2210."),
            agent("I will send a new one today.", &[Act::Offer, Act::NextStep, Act::TimedPromise]),
        ]),
        talk(&[
            customer("My parcel is three days late!"),
            agent(
                "I'm sorry that it is late. You should have given us the right address, though.",
                &[Act::Apology, Act::Arguing],
            ),
        ]),
    ],
    judge,
};

static EARLY: Note = Note::earns("apologise-early", "A plain apology within the first replies.");
static LATE: Note = Note::earns("apologise-late", "A plain apology, but only later.");
static FRESH: Note = Note::earns("apologise-fresh", "One more after a promise was broken.");
static NONE: Note = Note::costs("apologise-none", "No apology in the whole talk.").better("apologise");
static REPROACHFUL: Note =
    Note::costs("apologise-reproachful", "An apology with a reproach or a brush-off in the same breath.")
        .better("apologise");
static TOO_OFTEN: Note =
    Note::costs("apologise-too-often", "One apology after another, with nothing fresh to be sorry for.")
        .better("solve-instead");
static NOT_AGAIN: Note =
    Note::costs("apologise-not-again", "No apology after a promise was broken.").better("apologise-again");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::default();
    let mut fresh: Vec<usize> = failings(case.conversation);
    let mut plain = 0;
    for (number, &(turn, reply)) in case.replies.iter().enumerate() {
        let apologies = reply.reading.acts.iter().filter(|found| found.act == Act::Apology).count();
        if apologies == 0 {
            continue;
        }
        if reply.hurts() {
            findings.act(&REPROACHFUL, turn, reply, Act::Apology);
            continue;
        }
        let failed_before = fresh.iter().position(|&failed| failed <= turn);
        if plain == 0 {
            let early = number < case.limits.early_apology;
            findings.act(if early { &EARLY } else { &LATE }, turn, reply, Act::Apology);
            plain = 1;
            fresh.retain(|&failed| failed > turn);
        } else if let Some(index) = failed_before {
            findings.act(&FRESH, turn, reply, Act::Apology);
            fresh.remove(index);
        } else {
            plain += 1;
            if plain > case.limits.apologies {
                findings.act(&TOO_OFTEN, turn, reply, Act::Apology);
            }
        }
        if apologies > case.limits.apologies_in_one_reply {
            findings.act(&TOO_OFTEN, turn, reply, Act::Apology);
        }
    }
    if plain == 0 {
        findings.missing(&NONE);
    }
    for failed in fresh {
        if plain > 0 && case.replies.iter().any(|&(turn, _)| turn >= failed) {
            findings.missing(&NOT_AGAIN);
        }
    }
    Some(findings)
}

/// The turn at which each broken promise came to light: the call that opens late, or else the turn after the longest silence.
fn failings(conversation: &Conversation) -> Vec<usize> {
    let turns = &conversation.turns;
    let at = |turn: usize| match &turns[turn] {
        Turn::Customer(customer) => customer.at,
        Turn::Agent(agent) => agent.at,
    };
    let broken = conversation
        .promises
        .iter()
        .filter(|promise| matches!(promise.status, PromiseStatus::Late | PromiseStatus::Forgotten));
    broken
        .filter_map(|promise| {
            let after = promise.turn + 1..turns.len();
            let opened = |&turn: &usize| matches!(&turns[turn], Turn::Agent(agent) if agent.opens_call_back);
            let silence = |&turn: &usize| at(turn).saturating_sub(at(turn - 1));
            after.clone().find(opened).or_else(|| after.rev().max_by_key(silence))
        })
        .collect()
}
