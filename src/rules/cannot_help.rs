//! Where nothing can be done: regret, the reason, and something in its place.

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, OfferVerdict, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "cannot-help",
    title: "When you cannot help",
    headline: false,
    asks: "Where the wish can't be met: say that you are sorry, say why, and offer an alternative or a gesture that fits the loss.",
    why: "A no with a reason and something in its place is a service; a bare no is a door shut in the face.",
    not_called_for: "when the wish can be met.",
    notes: &[&REGRET, &REASON, &ALTERNATIVE, &BARE, &FALSE_HOPE],
    sources: &[
        (
            Source::Complaints,
            "prepare for the case that you can't help; a form letter won't do, a fitting gesture is due.",
        ),
        (Source::FiveSteps, "think of something beyond what was agreed."),
    ],
    good: &[talk(&[
        customer("I want that room tonight!"),
        agent(
            "I'm so sorry: the room is under water after a burst pipe. I can put you up next door at our cost.",
            &[Act::Apology, Act::Offer],
        )
        .reason("the room is under water after a burst pipe")
        .offers(&[("next-door", OfferVerdict::Fits)]),
    ])
    .nothing_can_be_done()],
    bad: &[talk(&[customer("I want that room tonight!"), agent("There is nothing I can do.", &[Act::BrushOff])])
        .nothing_can_be_done()],
    judge,
};

static REGRET: Note = Note::earns("cannot-help-regret", "Regret that it can't be done.");
static REASON: Note = Note::earns("cannot-help-reason", "The reason.");
static ALTERNATIVE: Note = Note::earns("cannot-help-alternative", "An alternative or a gesture of goodwill.");
static BARE: Note = Note::costs("cannot-help-bare-no", "A bare no.").better("cannot-help");
static FALSE_HOPE: Note =
    Note::costs("cannot-help-false-hope", "Holding out what can't be given.").better("cannot-help");

fn judge(case: &Case) -> Option<Findings> {
    if !case.conversation.cannot_help {
        return None;
    }
    let mut findings = Findings::default();
    if let Some((_, turn, reply)) = case.first_kind(Act::Apology) {
        findings.act(&REGRET, turn, reply, Act::Apology);
    }
    let reason = case.replies.iter().find_map(|&(turn, reply)| Some((turn, reply, reply.reading.gives_reason?)));
    if let Some((turn, reply, span)) = reason {
        findings.words(&REASON, turn, reply, span);
    }
    let fits = |verdict| matches!(verdict, OfferVerdict::Fits | OfferVerdict::TooEarly);
    let alternative = case.replies.iter().find(|(_, reply)| {
        let unlisted = reply.offers.is_empty() && reply.reading.has(Act::Offer);
        unlisted || reply.offers.iter().any(|offer| fits(offer.verdict))
    });
    if let Some(&(turn, reply)) = alternative {
        findings.act(&ALTERNATIVE, turn, reply, Act::Offer);
    }
    for &(turn, reply) in &case.replies {
        if reply.reading.has(Act::BrushOff) {
            findings.act(&BARE, turn, reply, Act::BrushOff);
        }
        if let Some(offer) = reply.offers.iter().find(|offer| !fits(offer.verdict)) {
            findings.words(&FALSE_HOPE, turn, reply, offer.span);
        }
    }
    Some(findings)
}
