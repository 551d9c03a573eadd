//! Words one's own grandmother would know.

use unicode_segmentation::UnicodeSegmentation;

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "plain-language",
    title: "Plain language",
    headline: false,
    asks: "Use words that your grandmother would know: no house jargon, no officialese.",
    why: "Your short forms are yours. A customer who must guess feels stupid or put off.",
    not_called_for: "when too little was said to tell.",
    notes: &[&JARGON],
    sources: &[
        (Source::Principles, "speak as you would with your grandmother; nobody knows your indicators."),
        (Source::Complaints, "answer in warm words and not in those of an office."),
    ],
    good: &[talk(&[
        customer("Where is it?"),
        agent(
            "I have looked: the courier could not find the house and took your parcel back to the depot in Lime Street. It is safe there, and I can have it brought to you tomorrow.",
            &[Act::Offer],
        ),
    ])],
    bad: &[talk(&[
        customer("Where is it?"),
        agent(
            "As per the POD in our CRM the consignment was actioned within the SLA. That's just our policy.",
            &[Act::BrushOff],
        )
        .jargon(&["POD", "CRM", "SLA", "consignment"]),
    ])],
    judge,
};

static JARGON: Note = Note::costs("plain-language-jargon", "Each word of jargon or officialese.").better("plain");

fn judge(case: &Case) -> Option<Findings> {
    let mut findings = Findings::default();
    for &(turn, reply) in &case.replies {
        for &span in &reply.reading.jargon {
            findings.words(&JARGON, turn, reply, span);
        }
    }
    let words: usize = case.replies.iter().map(|(_, reply)| reply.text.unicode_words().count()).sum();
    (words >= case.limits.plain_words || !findings.found.is_empty()).then_some(findings)
}
