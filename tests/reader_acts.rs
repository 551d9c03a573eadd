//! What the English reader sees in replies, and what it must not see: a table of own examples per act.

use calmline::language::{Act, Context, LanguagePack, Lexicon, Reading};

fn read(reply: &str) -> Reading {
    let pack = LanguagePack::bundled("en").expect("the English pack");
    let now = jiff::civil::date(2026, 3, 2).at(10, 0, 0, 0);
    pack.read(reply, &Context { customer: "", now }, &Lexicon::empty())
}

/// Each reply holds the act (`true`) or does not.
fn check(act: Act, table: &[(bool, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(holds, reply)| read(reply).has(act) != *holds)
        .map(|(holds, reply)| {
            format!("{act} should {}be in: {reply}\n  {:?}", if *holds { "" } else { "not " }, read(reply).acts)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn apology() {
    check(
        Act::Apology,
        &[
            (true, "I'm so sorry about the long wait, Ms Novak."),
            (true, "im realy sory for teh mess"),
            (true, "Please accept my apologies for the noise last night."),
            (true, "We regret the trouble this has caused you."),
            (true, "I'm sorry, but I can't bring the train back. What I can offer is a taxi."),
            (true, "I owe you better than that."),
            (true, "Sorry you had to wait so long!"),
            (false, "Sorry?"),
            (false, "Sorry, I didn't catch that."),
            (false, "I'm sorry you feel that way."),
            (false, "Sorry, but you should have read the terms."),
            (false, "I will not apologise for following the rules."),
            (false, "You want me to say sorry?"),
            (false, "Why should I apologise?"),
            (false, "Unfortunately the parcel is late."),
            (false, "The note said \"sorry we missed you\", did it?"),
            (false, "That was our mistake."),
        ],
    );
}

#[test]
fn question() {
    check(
        Act::Question,
        &[
            (true, "What is the order number?"),
            (true, "When exactly did the line go dead?"),
            (true, "could you tell me the last four digits"),
            (true, "Please send me a photo of the damage."),
            (true, "Meter number, please?"),
            (true, "Have you tried switching it off at the wall?"),
            (false, "How can I help you?"),
            (false, "Is there anything else I can do for you?"),
            (false, "Can I put you on hold for a moment?"),
            (false, "Are you deaf?"),
            (false, "Does that work for you?"),
            (false, "Would you like a refund or a replacement?"),
            (false, "I'll send the engineer tomorrow."),
        ],
    );
}

#[test]
fn paraphrase() {
    check(
        Act::Paraphrase,
        &[
            (true, "If I understand you correctly, the money left your account twice."),
            (true, "So the tracker says delivered, but nothing came, right?"),
            (true, "Let me make sure I've got this right: two nights booked, one charged twice."),
            (true, "You called three times and nobody answered?"),
            (false, "I understand."),
            (false, "Order 48-2210."),
            (false, "So I'll send a courier tomorrow."),
        ],
    );
}

#[test]
fn empathy() {
    check(
        Act::Empathy,
        &[
            (true, "I can see how frustrating that is."),
            (true, "Two hours on hold would upset me too."),
            (true, "That must have been a horrible evening for you."),
            (true, "You have every right to be angry."),
            (true, "no wonder youre upset"),
            (true, "In your place I would be furious."),
            (false, "I understand."),
            (false, "Calm down."),
            (false, "I'm sorry."),
            (false, "I don't understand why you are so angry."),
        ],
    );
}

#[test]
fn offer() {
    check(
        Act::Offer,
        &[
            (true, "I can send you a new one or refund you."),
            (true, "We'll take the fee off your bill."),
            (true, "How about a room on the quiet side?"),
            (true, "Would you like a refund?"),
            (true, "I have refunded you in full."),
            (true, "Please restart the router and wait a minute."),
            (true, "Have you tried another cable?"),
            (true, "A pair of dry boots, size nine, brought over by my wife. Does that suit you?"),
            (false, "Does that suit you?"),
            (false, "I'll look into it."),
            (false, "I can't give you a refund."),
            (false, "There is no refund for this ticket."),
            (false, "Our returns policy is on the website."),
        ],
    );
}

#[test]
fn next_step() {
    check(
        Act::NextStep,
        &[
            (true, "Let me check your order."),
            (true, "I'm opening a ticket with the warehouse."),
            (true, "A courier will collect it."),
            (true, "Our billing team will call you."),
            (true, "I've passed this on to my manager."),
            (true, "I'll call you back at four."),
            (false, "One moment, please."),
            (false, "Bear with me."),
            (false, "I can refund you."),
            (false, "I'll be honest with you."),
            (false, "I won't check that again."),
        ],
    );
}

#[test]
fn promises() {
    check(
        Act::TimedPromise,
        &[
            (true, "I'll call you back in five minutes."),
            (true, "You'll have it by Friday."),
            (true, "A technician will be with you within 24 hours."),
            (true, "The money should be on your card by Thursday."),
            (false, "We called you at 9:45 yesterday."),
            (false, "We're open from 8 until 6."),
            (false, "You need to pay it by Friday."),
            (false, "I can't promise anything by tomorrow."),
            (false, "I could have it there by Friday."),
            (false, "I'll call you back soon."),
            (false, "We hope to have it fixed by tomorrow."),
        ],
    );
    check(
        Act::VaguePromise,
        &[
            (true, "We'll get back to you soon."),
            (true, "I'll call you as soon as I hear from them."),
            (true, "Somebody will be in touch shortly."),
            (false, "I'll call you back at 16:30."),
            (false, "One moment."),
            (false, "You will be called."),
        ],
    );
}

#[test]
fn courtesy_check_back_identify() {
    check(
        Act::Courtesy,
        &[
            (true, "Please hold on."),
            (true, "thx for waiting"),
            (true, "We appreciate your patience."),
            (false, "Thanks a lot for shouting."),
            (false, "I can see that."),
        ],
    );
    check(
        Act::CheckBack,
        &[
            (true, "Does that work for you?"),
            (true, "Are you happy with that?"),
            (true, "Let us know whether that helped."),
            (true, "Is it working now?"),
            (false, "Is there anything else?"),
            (false, "Do you understand?"),
            (false, "What is your address?"),
        ],
    );
    check(
        Act::Identify,
        &[
            (true, "This is Anna from billing."),
            (true, "My name is Peter."),
            (true, "Your case number is 4471."),
            (true, "It's on its way. — Becky"),
            (false, "It's on its way. ^JK"),
            (false, "May I have your name?"),
            (false, "What is your order number?"),
        ],
    );
}

#[test]
fn arguing() {
    check(
        Act::Arguing,
        &[
            (true, "That's not true."),
            (true, "You should have read the contract."),
            (true, "As I already told you, the office is closed."),
            (true, "It isn't our fault."),
            (true, "But we did send it on time."),
            (true, "You must have pressed the wrong button."),
            (false, "After 90 days we can't accept returns."),
            (false, "We should have called you."),
            (false, "You did nothing wrong."),
            (false, "You should receive it by Friday."),
            (false, "Our records show two payments; does that match yours?"),
            (false, "It's not your fault."),
        ],
    );
}

#[test]
fn blame_shift() {
    check(
        Act::BlameShift,
        &[
            (true, "That's the courier's fault."),
            (true, "The warehouse messed up, not us."),
            (true, "Blame the bank for that."),
            (true, "Sales should have told you."),
            (false, "Our billing team will call you."),
            (false, "Our warehouse sent the wrong one, and that is on us."),
            (false, "A courier will collect it."),
            (false, "I'll ask the driver where he left it."),
        ],
    );
}

#[test]
fn brush_off() {
    check(
        Act::BrushOff,
        &[
            (true, "Calm down."),
            (true, "There is nothing I can do."),
            (true, "Not my department."),
            (true, "That's just our policy."),
            (true, "It's only two days."),
            (true, "Sorry you feel that way."),
            (true, "Tickets are not refundable."),
            (false, "I'm sorry, tickets are not refundable, but I can move you to Thursday."),
            (false, "I'm putting you through to billing."),
            (false, "Don't worry, I'll sort this out."),
        ],
    );
}

#[test]
fn rudeness() {
    check(
        Act::Rudeness,
        &[
            (true, "Are you deaf?"),
            (true, "Listen, lady, I have other callers."),
            (true, "Good luck with that."),
            (true, "Can't you read?"),
            (true, "shut up"),
            (false, "No."),
            (false, "Send the number."),
            (false, "That was stupid of us."),
            (false, "Please log off and back on."),
        ],
    );
}

#[test]
fn evidence_is_a_clause_that_makes_sense_alone() {
    for (act, reply, words) in [
        (Act::Apology, "I'm so sorry about the wait, Ms Novak.", "I'm so sorry about the wait"),
        (Act::Paraphrase, "Hello. You've restarted it twice, right?", "You've restarted it twice, right?"),
        (Act::CheckBack, "We can send it on Friday. Is that okay for you?", "Is that okay for you?"),
        (Act::NextStep, "Thanks. I'll check with the depot.", "I'll check with the depot"),
        (
            Act::TimedPromise,
            "I'll check and call you back in 30 minutes.",
            "I'll check and call you back in 30 minutes",
        ),
        (Act::Courtesy, "Could you wait, please?", "please"),
    ] {
        assert_eq!(read(reply).find(act).map(|found| found.span.of(reply)), Some(words), "{act} in {reply}");
    }
}

#[test]
fn hurting_kinds() {
    check(
        Act::Rudeness,
        &[
            (true, "Grow up."),
            (true, "One more word and I hang up."),
            (true, "Your five-minute sob story won't help."),
            (false, "Could you read me the number on the label?"),
            (false, "I can see how annoying it is."),
        ],
    );
    check(
        Act::BrushOff,
        &[
            (true, "It's just a parcel."),
            (true, "Everybody has to wait."),
            (false, "It's only one."),
            (false, "Just a moment, please."),
        ],
    );
    check(
        Act::Arguing,
        &[
            (true, "If you'd called earlier, this wouldn't have happened."),
            (true, "Are you sure you didn't press it yourself?"),
            (false, "Nobody else has got them."),
            (false, "You should never have been charged."),
        ],
    );
    check(
        Act::BlameShift,
        &[
            (true, "Whoever packed it made the mistake."),
            (true, "Ask them, not us."),
            (false, "Our billing team will call you."),
        ],
    );
}

#[test]
fn evidence_says_where_and_why() {
    let reply = "Oh dear. I'm really sorry about that. What's the order number?";
    let reading = read(reply);
    let apology = reading.find(Act::Apology).expect("an apology");
    assert!(apology.span.of(reply).contains("sorry"));
    assert!(matches!(&apology.because, calmline::language::Reason::Phrase(pattern) if pattern.contains("sorry")));
    assert_eq!(reading.find(Act::Question).map(|found| found.span.of(reply)), Some("What's the order number?"));
}

#[test]
fn what_cannot_be_placed_is_not_recognised() {
    for reply in ["", "   ", "🙂🙂", "asdf qwer zxcv", "…", "\u{200b}"] {
        assert!(!read(reply).recognised, "{reply:?}");
        assert!(read(reply).acts.is_empty(), "{reply:?}");
    }
    for reply in ["Okay.", "I understand.", "I'm sorry.", "Hello!"] {
        assert!(read(reply).recognised, "{reply:?}");
    }
}
