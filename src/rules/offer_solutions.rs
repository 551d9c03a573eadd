//! Put one or several ways out on the table, and make sure that they suit.

use super::example::{agent, customer, talk};
use super::{AgentTurn, Case, Findings, Note, OfferVerdict, Rule, Source};
use crate::language::{Act, Span};

pub static RULE: Rule = Rule {
    id: "offer-solutions",
    title: "Offer solutions",
    headline: true,
    asks: "Always put one or several ways out on the table, with something extra where the customer lost by the trouble, and ask whether it suits.",
    why: "A customer calls for a way out. Several satisfy even where the wish itself can't be met, and a way out that the facts rule out costs twice.",
    not_called_for: "when a short talk broke off before a way out could be expected.",
    notes: &[
        &FITS,
        &OFFERED,
        &TOO_EARLY,
        &CHOICE,
        &CHECKED,
        &AGREED,
        &BEYOND,
        &NONE,
        &UNPREPARED,
        &RULED_OUT,
        &BEYOND_AUTHORITY,
        &UNREASONABLE,
    ],
    sources: &[
        (Source::Conflicts, "always offer one or more ways to solve it; ask for time where you need it."),
        (Source::Complaints, "a real complaint deserves compensation where it cannot be put right."),
        (Source::FiveSteps, "pay for the damage, work it out together, and go beyond what was agreed."),
        (Source::Principles, "the solution must suit both sides, so ask whether it does; don't be pressed into more."),
    ],
    good: &[
        talk(&[
            customer("My parcel never came!"),
            agent("I'm sorry. What is the order number?", &[Act::Apology, Act::Question]),
            customer("48-2210."),
            agent("I can send a new one today or refund you.", &[Act::Offer])
                .offers(&[("resend", OfferVerdict::Fits), ("refund", OfferVerdict::Fits)]),
            customer("A new one."),
            agent("Does tomorrow morning suit you?", &[Act::CheckBack]),
        ]),
        talk(&[
            customer("You cut my line off, and I work from home!"),
            agent("So you have had no line since this morning, is that right?", &[Act::Paraphrase, Act::Question]),
            customer("Yes."),
            agent("I can have the line back within the hour.", &[Act::Offer])
                .offers(&[("reconnect", OfferVerdict::Fits)])
                .accepted(true),
            customer("Do that."),
            agent("I can also take this month's fee off your bill.", &[Act::Offer])
                .offers(&[("fee", OfferVerdict::Fits)])
                .goodwill(true),
        ]),
    ],
    bad: &[
        talk(&[
            customer("My parcel never came!"),
            agent("What is the order number?", &[Act::Question]),
            customer("48-2210."),
            agent("Thank you.", &[Act::Courtesy]),
            customer("And now?"),
            agent("We'll be in touch soon.", &[Act::NextStep, Act::VaguePromise]),
        ]),
        talk(&[
            customer("I want a year for free!"),
            agent("What happened?", &[Act::Question]),
            customer("It came a day late."),
            agent("All right, you can have a year for free.", &[Act::Offer])
                .offers(&[("free-year", OfferVerdict::Unreasonable)]),
        ]),
    ],
    judge,
};

static FITS: Note = Note::earns("offer-solutions-fits", "A way out that fits the facts.");
static OFFERED: Note =
    Note::earns("offer-solutions-offered", "A way out, where nobody has listed any (as in a transcript).");
static TOO_EARLY: Note =
    Note::earns("offer-solutions-too-early", "Only a way out for which you did not know enough yet.");
static CHOICE: Note = Note::earns("offer-solutions-choice", "A choice of two or more.");
static CHECKED: Note = Note::earns("offer-solutions-checked", "Asking whether it suits or has worked.");
static AGREED: Note = Note::earns("offer-solutions-agreed", "The customer takes it.");
static BEYOND: Note = Note::earns("offer-solutions-beyond", "A gesture of goodwill on top.");
static NONE: Note = Note::costs("offer-solutions-none", "No way out at all.").better("offer");
static UNPREPARED: Note =
    Note::costs("offer-solutions-unprepared", "A way out before any sign that you understood.").better("say-back");
static RULED_OUT: Note =
    Note::costs("offer-solutions-ruled-out", "A way out that a known fact rules out.").better("offer-choice");
static BEYOND_AUTHORITY: Note =
    Note::costs("offer-solutions-beyond-authority", "More than you may give.").better("within-authority");
static UNREASONABLE: Note =
    Note::costs("offer-solutions-unreasonable", "Giving in to an unreasonable demand.").better("within-authority");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::default();
    let listed = case.replies.iter().any(|(_, reply)| !reply.offers.is_empty());
    let first = if listed { weigh_listed(case, &mut findings) } else { note_unlisted(case, &mut findings) };
    let Some(first) = first else {
        if case.unfinished() {
            return None;
        }
        findings.missing(&NONE);
        return Some(findings);
    };
    let checked = case.replies.iter().find(|(turn, reply)| *turn >= first && reply.reading.has(Act::CheckBack));
    if let Some(&(turn, reply)) = checked {
        findings.act(&CHECKED, turn, reply, Act::CheckBack);
    }
    let understood = case.first_place(&[Act::Question, Act::Paraphrase, Act::Empathy]);
    if let Some((turn, _)) = case.first_remedy().filter(|&remedy| understood.is_none_or(|place| place > remedy))
        && let Some(&(_, reply)) = case.replies.iter().find(|(at, _)| *at == turn)
    {
        findings.act(&UNPREPARED, turn, reply, Act::Offer);
    }
    Some(findings)
}

/// Weighs the offers that the scenario knows; gives the turn of the first.
fn weigh_listed(case: &Case, findings: &mut Findings) -> Option<usize> {
    let mut first = None;
    let mut fitting: Vec<&str> = Vec::new();
    let mut too_early = None;
    let mut agreed = false;
    for &(turn, reply) in &case.replies {
        for offer in &reply.offers {
            first = first.or(Some(turn));
            let counts_as_remedy = !offer.goodwill || case.conversation.cannot_help;
            match offer.verdict {
                OfferVerdict::Fits if !counts_as_remedy => findings.words(&BEYOND, turn, reply, offer.span),
                OfferVerdict::Fits if fitting.contains(&offer.id.as_str()) => {}
                OfferVerdict::Fits => {
                    match fitting.len() {
                        0 => findings.words(&FITS, turn, reply, offer.span),
                        1 => findings.words(&CHOICE, turn, reply, offer.span),
                        _ => {}
                    }
                    fitting.push(&offer.id);
                }
                OfferVerdict::TooEarly => too_early = too_early.or(Some((turn, reply, offer.span))),
                OfferVerdict::RuledOut => findings.words(&RULED_OUT, turn, reply, offer.span),
                OfferVerdict::BeyondAuthority => findings.words(&BEYOND_AUTHORITY, turn, reply, offer.span),
                OfferVerdict::Unreasonable => findings.words(&UNREASONABLE, turn, reply, offer.span),
            }
            if offer.accepted && offer.verdict == OfferVerdict::Fits && !agreed {
                findings.words(&AGREED, turn, reply, offer.span);
                agreed = true;
            }
        }
    }
    if let Some((turn, reply, span)) = too_early.filter(|_| fitting.is_empty()) {
        findings.words(&TOO_EARLY, turn, reply, span);
    }
    first
}

/// Notes the offers of a talk for which nobody listed any; gives the turn of the first. Only offers within one reply are
/// taken for a choice: a later one may be the same again in other words.
fn note_unlisted(case: &Case, findings: &mut Findings) -> Option<usize> {
    let offers = |reply: &AgentTurn| -> Vec<Span> {
        reply.reading.acts.iter().filter(|found| found.act == Act::Offer).map(|found| found.span).collect()
    };
    let &(first, reply) = case.replies.iter().find(|(_, reply)| reply.reading.has(Act::Offer))?;
    findings.act(&OFFERED, first, reply, Act::Offer);
    let choice = case.replies.iter().find_map(|&(turn, reply)| Some((turn, reply, *offers(reply).get(1)?)));
    if let Some((turn, reply, second)) = choice {
        findings.words(&CHOICE, turn, reply, second);
    }
    Some(first)
}
