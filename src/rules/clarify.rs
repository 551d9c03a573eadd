//! Listen, ask precise questions, say back what you understood: find the cause before the cure.

use super::example::{agent, customer, talk};
use super::rule::Place;
use super::{AgentTurn, Case, Findings, Note, OfferVerdict, Rule, Source, Turn};
use crate::language::{Act, Span};

pub static RULE: Rule = Rule {
    id: "clarify",
    title: "Clarify",
    headline: true,
    asks: "Ask precise questions, say back in your own words what you understood, and find the cause before you offer the cure.",
    why: "\"Soon\" and \"broken\" mean different things to different people. A question shows interest, saying it back shows respect, and both spare you the wrong remedy.",
    not_called_for: "when a short talk broke off before there was a question, a remedy, or room for either.",
    notes: &[&ASKED, &QUESTION, &SAID_BACK, &SAID_BACK_LATE, &NONE, &REMEDY_FIRST, &ASKED_AGAIN],
    sources: &[
        (Source::Conflicts, "ask clarifying questions and let the abuse pass by."),
        (Source::FiveSteps, "look into the mistake before you do anything about it."),
        (Source::Principles, "where exactly, when exactly, how many; then put it in your own words and check."),
    ],
    good: &[
        talk(&[
            customer("My parcel never came!"),
            agent("What is the order number, and when was it due?", &[Act::Question]).asks(&["order"]),
            customer("48-2210, due on Monday.").tells(&["order"]),
            agent("So order 48-2210 was due on Monday and never came, right?", &[Act::Paraphrase, Act::Question]),
            customer("Yes."),
            agent("I can send you a new one.", &[Act::Offer]).offers(&[("resend", OfferVerdict::Fits)]),
        ])
        .needs(&["order"]),
        talk(&[
            customer("The heating is broken again!"),
            agent(
                "So it went out again after our repair. Since when exactly is it cold?",
                &[Act::Paraphrase, Act::Question],
            ),
            customer("Since last night."),
            agent("I can send a technician this afternoon.", &[Act::Offer]),
        ]),
    ],
    bad: &[talk(&[
        customer("My parcel never came!"),
        agent("I can send you a new one.", &[Act::Offer]).offers(&[("resend", OfferVerdict::TooEarly)]),
    ])
    .needs(&["order"])],
    judge,
};

static ASKED: Note = Note::shares("clarify-asked", "A needed fact found by a question before the remedy.");
static QUESTION: Note = Note::earns(
    "clarify-question",
    "Where nobody has listed the needed facts: a reply with a question about the case.",
);
static SAID_BACK: Note = Note::earns("clarify-said-back", "Saying back what you understood before the remedy.");
static SAID_BACK_LATE: Note = Note::earns("clarify-said-back-late", "Saying it back only after the remedy.");
static NONE: Note = Note::costs("clarify-none", "Nothing asked and nothing said back.").better("clarify");
static REMEDY_FIRST: Note =
    Note::costs("clarify-remedy-first", "A remedy while most of what was needed was still unknown.").better("clarify");
static ASKED_AGAIN: Note =
    Note::costs("clarify-asked-again", "Asking for what the customer had told you already.").better("say-back");

fn judge(case: &Case) -> Option<Findings> {
    let remedy = case.first_remedy();
    let understanding = case.first_place(&[Act::Question, Act::Paraphrase]);
    if remedy.is_none() && understanding.is_none() && case.unfinished() {
        return None;
    }
    let in_time = |place: Place| remedy.is_none_or(|remedy| place <= remedy);
    // A fact that the customer told unasked needs no question.
    let unasked = |id: &str| told(case, id).is_some_and(|told| asked(case, id).is_none_or(|(turn, ..)| told < turn));
    let to_find: Vec<&str> =
        case.conversation.needed_facts.iter().map(String::as_str).filter(|id| !unasked(id)).collect();
    let mut findings = Findings::over(to_find.len());
    for id in &to_find {
        if let Some((turn, reply, span)) = asked(case, id).filter(|&(turn, _, span)| in_time((turn, span.start))) {
            findings.words(&ASKED, turn, reply, span);
        }
    }
    for &(turn, reply) in &case.replies {
        if to_find.is_empty() && reply.reading.has(Act::Question) {
            findings.act(&QUESTION, turn, reply, Act::Question);
        }
        // Saying back what was told, to check it, is no deaf question; nor is a reply that also asks for something new.
        let asks = &reply.reading.asks;
        let all_told = asks.iter().all(|ask| told(case, &ask.id).is_some_and(|told| told < turn));
        if let Some(ask) = asks.first().filter(|_| all_told && !reply.reading.has(Act::Paraphrase)) {
            findings.words(&ASKED_AGAIN, turn, reply, ask.span);
        }
    }
    if let Some((_, turn, reply)) = case.first_kind(Act::Paraphrase) {
        let start = reply.reading.find(Act::Paraphrase).map_or(0, |found| found.span.start);
        findings.act(if in_time((turn, start)) { &SAID_BACK } else { &SAID_BACK_LATE }, turn, reply, Act::Paraphrase);
    }
    let Some(understanding) = understanding else {
        findings.missing(&NONE);
        return Some(findings);
    };
    if let Some((turn, _)) = remedy {
        let known = |id: &String| {
            told(case, id).is_some_and(|told| told < turn)
                || asked(case, id).is_some_and(|(turn, _, span)| in_time((turn, span.start)))
        };
        let needed = &case.conversation.needed_facts;
        let unknown = needed.iter().filter(|id| !known(id)).count();
        let premature = !in_time(understanding) || unknown * 2 > needed.len();
        if let Some(&(_, reply)) = case.replies.iter().find(|&&(at, _)| at == turn && premature) {
            findings.act(&REMEDY_FIRST, turn, reply, Act::Offer);
        }
    }
    Some(findings)
}

/// Where the fact was first asked for.
fn asked<'a>(case: &Case<'a>, id: &str) -> Option<(usize, &'a AgentTurn, Span)> {
    case.replies.iter().find_map(|&(turn, reply)| {
        let ask = reply.reading.asks.iter().find(|ask| ask.id == id)?;
        Some((turn, reply, ask.span))
    })
}

/// The turn in which the customer first gave the fact away.
fn told(case: &Case, id: &str) -> Option<usize> {
    case.conversation.turns.iter().position(|turn| match turn {
        Turn::Customer(customer) => customer.tells.iter().any(|told| told == id),
        Turn::Agent(_) => false,
    })
}
