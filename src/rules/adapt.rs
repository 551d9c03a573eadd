//! Meet the customer's pace, tone and words.

use unicode_segmentation::UnicodeSegmentation;

use super::example::{agent, customer, talk};
use super::{Case, Findings, Note, Rule, Source};
use crate::language::Act;

pub static RULE: Rule = Rule {
    id: "adapt",
    title: "Adapt",
    headline: false,
    asks: "Meet the customer's pace and tone: no essay for somebody furious, no jollity in distress, no grunts either.",
    why: "On the same wavelength one is heard. An angry customer takes in little at a time, and a joke then sounds like mockery.",
    not_called_for: "when there were too few replies to tell.",
    notes: &[&FITTING, &HURT, &TOO_LONG, &CURT, &JOLLY],
    sources: &[(Source::Principles, "adjust speech, speed and words to the person; a teenager is not a pensioner.")],
    good: &[talk(&[
        customer("This is the third time!"),
        agent("I can see how maddening that is. I'm sorry.", &[Act::Empathy, Act::Apology]).anger(80),
        customer("So?"),
        agent("May I have the order number, please?", &[Act::Question, Act::Courtesy]).anger(70),
    ])],
    bad: &[talk(&[
        customer("This is the third time!"),
        agent("Oh no!! 😀 Let me check your order!", &[Act::NextStep]).anger(80),
        customer("Are you laughing at me?"),
        agent("Order number?", &[Act::Question]).anger(85),
    ])],
    judge,
};

static FITTING: Note = Note::shares("adapt-fitting", "A reply whose length and tone fit the customer's state.");
static HURT: Note = Note::forgoes("adapt-hurt", "A reply that hurts fits no customer's state.");
static TOO_LONG: Note =
    Note::costs("adapt-too-long", "A reply that is too long for the channel or for the anger.").better("shorter");
static CURT: Note = Note::costs("adapt-curt", "A grunt to somebody in distress.").better("longer");
static JOLLY: Note = Note::costs("adapt-jolly", "Jolly marks or emoji for somebody angry.").better("calmer");

fn judge(case: &Case) -> Option<Findings> {
    if case.replies.len() < case.limits.adapt_replies {
        return None;
    }
    let through = case.limits.through(case.conversation.channel);
    let mut findings = Findings::over(case.replies.len());
    for &(turn, reply) in &case.replies {
        let anger = case.anger(reply);
        let angry = anger.is_some_and(|anger| anger >= case.limits.angry_from);
        // Who complains is taken to be in distress where nobody measured it.
        let distressed = anger.is_none_or(|anger| anger >= case.limits.distress_from);
        if let Some(act) = reply.first_hurt() {
            findings.act(&HURT, turn, reply, act);
            continue;
        }
        let words = reply.text.unicode_words().count();
        let marks = reply.text.chars().filter(|&c| c == '!').count();
        let note = if words > if angry { through.words_when_angry } else { through.words } {
            &TOO_LONG
        } else if distressed && words < case.limits.curt_words {
            &CURT
        } else if angry && (marks >= case.limits.jolly_marks || reply.text.chars().any(is_emoji)) {
            &JOLLY
        } else {
            &FITTING
        };
        findings.reply(note, turn, reply);
    }
    Some(findings)
}

/// Whether the character is drawn as a picture by most devices.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}')
}
