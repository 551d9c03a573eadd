//! Whole conversations judged: from rude to excellent, the order, the apology budget, the caps, and what costs nothing.

use calmline::language::{Act, Contact, FoundAct, FoundPromise, Mention, Reading, Reason, Span};
use calmline::rules::{
    AgentTurn, Conversation, CriticalKind, CustomerTurn, OfferSeen, OfferVerdict, PromiseRecord, PromiseStatus, RULES,
    Rubric, RuleScore, Scorecard, Turn, Verdict, judge,
};
use calmline::scenario::{Channel, Outcome};
use proptest::prelude::*;

use Act::{
    Apology, Arguing, BlameShift, BrushOff, CheckBack, Courtesy, Empathy, Identify, NextStep, Offer, Paraphrase,
    Question, Rudeness, TimedPromise, VaguePromise,
};

/// A conversation in the making: the clock goes on by itself.
#[derive(Default)]
struct Talk {
    conversation: Conversation,
    at: u64,
}

impl Talk {
    fn new(first: &str) -> Self {
        Self::default().customer(first)
    }

    fn customer(mut self, text: &str) -> Self {
        self.at += 5;
        self.conversation.turns.push(Turn::Customer(CustomerTurn { text: text.into(), at: self.at, tells: vec![] }));
        self
    }

    fn tells(mut self, fact: &str) -> Self {
        if let Some(Turn::Customer(customer)) = self.conversation.turns.last_mut() {
            customer.tells.push(fact.into());
        }
        self
    }

    /// A reply in which each act has the words after it as its evidence.
    fn agent(mut self, text: &str, acts: &[(Act, &str)]) -> Self {
        self.at += 10;
        let acts = acts
            .iter()
            .map(|&(act, words)| FoundAct {
                act,
                span: span(text, words),
                certainty: 90,
                because: Reason::Phrase(words.into()),
            })
            .collect();
        self.conversation.turns.push(Turn::Agent(Box::new(AgentTurn {
            text: text.into(),
            at: self.at,
            took: Some(10),
            reading: Reading { recognised: true, acts, ..Reading::default() },
            anger_before: 70,
            anger_after: 70,
            offers: vec![],
            opens_call_back: false,
        })));
        self
    }

    fn last(mut self, change: impl FnOnce(&mut AgentTurn)) -> Self {
        if let Some(Turn::Agent(agent)) = self.conversation.turns.last_mut() {
            change(agent);
        }
        self
    }

    fn asks(self, fact: &str, words: &str) -> Self {
        self.last(|agent| {
            agent.reading.asks.push(Mention { id: fact.into(), span: span(&agent.text, words) });
        })
    }

    fn offers(self, id: &str, verdict: OfferVerdict, words: &str) -> Self {
        self.last(|agent| {
            let span = span(&agent.text, words);
            agent.offers.push(OfferSeen { id: id.into(), verdict, span, goodwill: false, accepted: false });
        })
    }

    fn accepted(self) -> Self {
        self.last(|agent| agent.offers[0].accepted = true)
    }

    fn promise(mut self, status: PromiseStatus) -> Self {
        let turn = self.conversation.turns.len() - 1;
        let (_, agent) = self.conversation.agent_turns().last().expect("a promise is the agent's");
        let span = agent.reading.find(TimedPromise).expect("a timed promise").span;
        self.conversation.promises.push(PromiseRecord {
            turn,
            span,
            text: span.of(&agent.text).into(),
            due: "2026-03-02T10:05".into(),
            status,
            off_by_minutes: None,
        });
        self
    }

    fn silence(mut self, seconds: u64) -> Self {
        self.at += seconds;
        self
    }

    fn ends(mut self, outcome: Outcome) -> Conversation {
        self.conversation.outcome = Some(outcome);
        self.conversation
    }

    fn stops(self) -> Conversation {
        self.conversation
    }
}

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the words stand in the reply");
    Span { start, end: start + words.len() }
}

fn scored(conversation: &Conversation) -> Scorecard {
    judge(conversation, Rubric::bundled())
}

fn of<'a>(card: &'a Scorecard, rule: &str) -> &'a RuleScore {
    card.rules.iter().find(|score| score.rule == rule).expect("every rule is on the card")
}

fn notes(score: &RuleScore) -> Vec<&str> {
    score.findings.iter().map(|finding| finding.note.as_str()).collect()
}

fn rude() -> Conversation {
    Talk::new("My parcel never came, and nobody picks up!")
        .agent("Listen, lady, don't shout at me.", &[(Rudeness, "Listen, lady, don't shout at me")])
        .customer("Excuse me?")
        .agent(
            "You should have been at home. That's the courier's fault anyway.",
            &[(Arguing, "You should have been at home"), (BlameShift, "That's the courier's fault")],
        )
        .customer("Unbelievable.")
        .agent("Good luck with that.", &[(Rudeness, "Good luck with that"), (BrushOff, "Good luck with that")])
        .customer("Goodbye!")
        .ends(Outcome::HungUp)
}

fn cold() -> Talk {
    Talk::new("My parcel never came, and nobody picks up!")
        .agent("Order number?", &[(Question, "Order number?")])
        .customer("48-2210.")
        .agent("Delivered.", &[])
        .customer("It was not!")
        .agent("That's what it says.", &[])
        .customer("So what now?")
        .agent("Nothing I can do.", &[(BrushOff, "Nothing I can do")])
        .customer("Thanks for nothing.")
}

fn mediocre() -> Conversation {
    Talk::new("My parcel never came, and nobody picks up!")
        .agent("I'm sorry about that.", &[(Apology, "I'm sorry about that")])
        .customer("And?")
        .agent(
            "I understand that this is annoying, thanks for your patience.",
            &[(Empathy, "this is annoying"), (Courtesy, "thanks for your patience")],
        )
        .customer("What will you do?")
        .agent("Our team will look into it.", &[(NextStep, "Our team will look into it")])
        .customer("When?")
        .agent(
            "Someone will get back to you soon.",
            &[(NextStep, "Someone will get back to you"), (VaguePromise, "get back to you soon")],
        )
        .customer("I see.")
        .ends(Outcome::Unresolved)
}

fn excellent() -> Talk {
    let mut talk = Talk::new("My parcel never came, and nobody picks up!")
        .agent(
            "I'm sorry, Ms Novak, that your parcel didn't come. This is Anna. What is the order number, please?",
            &[
                (Apology, "I'm sorry"),
                (Identify, "This is Anna"),
                (Question, "What is the order number"),
                (Courtesy, "please"),
            ],
        )
        .asks("order", "order number")
        .last(|agent| agent.reading.names_customer = Some(span(&agent.text, "Ms Novak")))
        .customer("48-2210.")
        .tells("order")
        .agent(
            "Thank you. So it was due on Monday and you waited at home for nothing: I'd be cross too. Is that right?",
            &[(Courtesy, "Thank you"), (Paraphrase, "it was due on Monday"), (Empathy, "I'd be cross too")],
        )
        .customer("Yes.")
        .agent(
            "Let me ask the depot. I'll call you back in five minutes.",
            &[(NextStep, "Let me ask the depot"), (TimedPromise, "I'll call you back in five minutes")],
        )
        .promise(PromiseStatus::Kept)
        .customer("Fine.")
        .silence(290)
        .agent(
            "It's Anna again. I can send a new one or refund you. Which suits you?",
            &[(Identify, "It's Anna"), (Offer, "I can send a new one or refund you"), (CheckBack, "Which suits you?")],
        )
        .last(|agent| agent.opens_call_back = true)
        .offers("resend", OfferVerdict::Fits, "send a new one")
        .accepted()
        .offers("refund", OfferVerdict::Fits, "refund you")
        .customer("A new one.")
        .agent(
            "I'm sending it today, and you'll have it tomorrow by noon.",
            &[(Offer, "I'm sending it today"), (NextStep, "I'm sending it today"), (TimedPromise, "tomorrow by noon")],
        )
        .offers("resend", OfferVerdict::Fits, "I'm sending it today")
        .customer("Thank you, Anna.");
    talk.conversation.needed_facts = vec!["order".into()];
    talk.conversation.address = "Ms Novak".into();
    talk
}

#[test]
fn whole_scorecards() {
    insta::assert_json_snapshot!("rude", scored(&rude()));
    insta::assert_json_snapshot!("mediocre", scored(&mediocre()));
    insta::assert_json_snapshot!("excellent", scored(&excellent().ends(Outcome::Resolved)));
}

#[test]
fn scores_lie_where_people_would_put_them() {
    let score = |conversation: &Conversation| scored(conversation).score;
    assert!(score(&rude()) <= 25, "{}", score(&rude()));
    for cold in [cold().stops(), cold().ends(Outcome::Unresolved), cold().ends(Outcome::Escalated)] {
        assert!(score(&cold) <= 35, "{}", score(&cold));
    }
    assert!((35..=65).contains(&score(&mediocre())), "{}", score(&mediocre()));
    for excellent in [excellent().stops(), excellent().ends(Outcome::Resolved), excellent().ends(Outcome::Left)] {
        assert!(score(&excellent) >= 85, "{}", score(&excellent));
    }
    assert!(score(&rude()) < score(&cold().stops()));
    assert!(score(&cold().stops()) < score(&mediocre()));
}

#[test]
fn only_insults_give_no_point_for_not_arguing() {
    let card = scored(&rude());
    assert_eq!(of(&card, "no-arguing").score, Some(0));
    assert_eq!(of(&card, "stay-calm").score, Some(0));
}

#[test]
fn what_pushes_the_customer_away_without_arguing_is_named_where_it_earns_nothing() {
    let talk = cold().stops();
    let card = scored(&talk);
    let pushed = |rule: &str, note: &str| -> Vec<(i32, &str)> {
        let found = of(&card, rule).findings.iter().filter(|finding| finding.note == note);
        found.map(|finding| (finding.points, finding.words.as_str())).collect()
    };
    assert_eq!(pushed("no-arguing", "no-arguing-pushed-away"), [(0, "Nothing I can do")]);
    assert_eq!(pushed("adapt", "adapt-hurt"), [(0, "Nothing I can do")]);
    // Where it argues as well, that is the reason.
    let both = Talk::new("It never came!").agent(
        "That's the courier's fault. You should have been at home.",
        &[(BlameShift, "That's the courier's fault"), (Arguing, "You should have been at home")],
    );
    assert_eq!(notes(of(&scored(&both.stops()), "no-arguing")), ["no-arguing-argued-angry"]);
}

#[test]
fn a_card_of_an_older_version_that_explained_less_judges_the_same() {
    let card = scored(&mediocre());
    let mut older = card.clone();
    for rule in &mut older.rules {
        rule.starts_at = 0;
        rule.findings.retain(|finding| finding.points != 0);
    }
    assert_ne!(older, card);
    assert!(older.judges_as(&card));
    let verdict = |card: &mut Scorecard| card.rules[0].verdict = Verdict::NotCalledFor;
    let cap = |card: &mut Scorecard| card.score -= 1;
    for change in [&verdict as &dyn Fn(&mut Scorecard), &cap] {
        let mut other = card.clone();
        change(&mut other);
        assert!(!other.judges_as(&card));
    }
}

#[test]
fn arguing_costs_more_when_the_customer_is_angry() {
    let with_anger = |anger| {
        let talk = Talk::new("It's late!")
            .agent("It isn't late.", &[(Arguing, "It isn't late")])
            .last(|agent| agent.anger_before = anger)
            .customer("It is!")
            .agent("What is the number?", &[(Question, "What is the number?")]);
        of(&scored(&talk.stops()), "no-arguing").score
    };
    assert!(with_anger(90) < with_anger(20));
}

#[test]
fn an_apology_counts_early_and_less_when_late() {
    let reply = |talk: Talk| talk.agent("I see, let me look.", &[(NextStep, "let me look")]).customer("Well?");
    let sorry = |talk: Talk| talk.agent("I'm sorry.", &[(Apology, "I'm sorry")]);
    let early = scored(&sorry(reply(Talk::new("Late!"))).stops());
    let late = scored(&sorry(reply(reply(Talk::new("Late!")))).stops());
    assert_eq!(notes(of(&early, "apologise")), ["apologise-early"]);
    assert_eq!(of(&early, "apologise").verdict, Verdict::Kept);
    assert_eq!(notes(of(&late, "apologise")), ["apologise-late"]);
    assert_eq!(of(&late, "apologise").verdict, Verdict::PartlyKept);
}

#[test]
fn the_third_apology_costs() {
    let times = |count| {
        let talk = (0..count).fold(Talk::new("Late!"), |talk, _| {
            talk.agent("I'm sorry.", &[(Apology, "I'm sorry")]).customer("And now?")
        });
        of(&scored(&talk.stops()), "apologise").clone()
    };
    assert_eq!(times(1).score, Some(100));
    assert_eq!(times(2).score, Some(100));
    assert!(times(3).score < times(2).score);
    assert!(times(4).score < times(3).score);
}

#[test]
fn a_broken_promise_wants_an_apology_of_its_own() {
    let talk = |words: &str, acts: &[(Act, &str)]| {
        Talk::new("Late!")
            .agent(
                "I'm sorry. I'll call you in five minutes.",
                &[(Apology, "I'm sorry"), (TimedPromise, "I'll call you in five minutes")],
            )
            .promise(PromiseStatus::Late)
            .customer("Fine.")
            .silence(900)
            .agent(words, acts)
            .last(|agent| agent.opens_call_back = true)
            .stops()
    };
    let again = scored(&talk("I'm sorry that I call so late.", &[(Apology, "I'm sorry")]));
    assert_eq!(notes(of(&again, "apologise")), ["apologise-early", "apologise-fresh"]);
    let not_again = scored(&talk("The depot has it.", &[]));
    assert_eq!(notes(of(&not_again, "apologise")), ["apologise-early", "apologise-not-again"]);
}

#[test]
fn a_customer_who_had_to_call_again_is_a_fresh_failing() {
    let talk = Talk::new("Late!")
        .agent(
            "I'm sorry. I'll call you in five minutes.",
            &[(Apology, "I'm sorry"), (TimedPromise, "I'll call you in five minutes")],
        )
        .promise(PromiseStatus::Forgotten)
        .customer("Fine.")
        .silence(1200)
        .customer("You did not call!")
        .agent("I'm sorry, I forgot.", &[(Apology, "I'm sorry")]);
    let card = scored(&talk.stops());
    assert_eq!(notes(of(&card, "apologise")), ["apologise-early", "apologise-fresh"]);
    assert_eq!(of(&card, "call-back").score, Some(0));
    assert_eq!(card.critical.len(), 1);
    assert_eq!(card.critical[0].kind, CriticalKind::PromiseForgotten);
    assert_eq!(card.critical[0].words, "I'll call you in five minutes");
}

#[test]
fn a_reproachful_apology_is_none() {
    let talk = Talk::new("Late!").agent(
        "I'm sorry it's late, but you gave the wrong address.",
        &[(Apology, "I'm sorry it's late"), (Arguing, "you gave the wrong address")],
    );
    let card = scored(&talk.stops());
    assert_eq!(of(&card, "apologise").score, Some(0));
    assert_eq!(notes(of(&card, "apologise")), ["apologise-reproachful", "apologise-none"]);
}

#[test]
fn a_remedy_before_understanding_earns_less() {
    let ask = |talk: Talk| talk.agent("What came?", &[(Question, "What came?")]).customer("A blue one.");
    let offer = |talk: Talk| talk.agent("I can send a red one.", &[(Offer, "I can send a red one")]).customer("Hm.");
    let understood = scored(&offer(ask(Talk::new("Wrong one!"))).stops());
    let hasty = scored(&ask(offer(Talk::new("Wrong one!"))).stops());
    assert!(of(&hasty, "clarify").score < of(&understood, "clarify").score);
    assert!(of(&hasty, "offer-solutions").score < of(&understood, "offer-solutions").score);
    assert!(hasty.score < understood.score);
}

#[test]
fn needed_facts_are_asked_for_once_and_before_the_remedy() {
    let mut talk = Talk::new("Wrong one!")
        .tells("colour")
        .agent("What is the order number?", &[(Question, "What is the order number?")])
        .asks("order", "order number")
        .customer("48.")
        .tells("order")
        .agent("And the order number again?", &[(Question, "And the order number again?")])
        .asks("order", "order number")
        .customer("48!!")
        .agent("I can send a new one.", &[(Offer, "I can send a new one")])
        .customer("Good.");
    talk.conversation.needed_facts = ["order", "colour", "date", "size", "shop"].map(String::from).to_vec();
    let card = scored(&talk.stops());
    // The colour was told unasked; of the four others one was asked for, three never were.
    assert_eq!(notes(of(&card, "clarify")), ["clarify-asked", "clarify-asked-again", "clarify-remedy-first"]);
    let points: Vec<_> = of(&card, "clarify").findings.iter().map(|finding| finding.points).collect();
    assert_eq!(points, [17, -15, -30]);
}

#[test]
fn a_fact_told_unasked_needs_no_question() {
    let talk = |fact| {
        let mut talk = Talk::new("Order 48 is wrong!")
            .tells(fact)
            .agent(
                "So order 48 is wrong. I can send a new one.",
                &[(Paraphrase, "order 48 is wrong"), (Offer, "I can send")],
            )
            .customer("Good.");
        talk.conversation.needed_facts = vec!["order".into()];
        notes(of(&scored(&talk.stops()), "clarify")).join(" ")
    };
    assert_eq!(talk("order"), "clarify-said-back");
    assert_eq!(talk("colour"), "clarify-said-back clarify-remedy-first");
}

#[test]
fn the_same_offer_twice_is_no_choice() {
    let talk = |second: &str, known: bool| {
        let offer = |talk: Talk, id: &str| {
            let talk = talk.agent("I can send one.", &[(Offer, "I can send one")]);
            let talk = if known { talk.offers(id, OfferVerdict::Fits, "send one") } else { talk };
            talk.customer("Hm.")
        };
        let card = scored(&offer(offer(Talk::new("Well?"), "resend"), second).stops());
        notes(of(&card, "offer-solutions")).contains(&"offer-solutions-choice")
    };
    assert!(talk("refund", true));
    assert!(!talk("resend", true));
    assert!(!talk("refund", false));
}

#[test]
fn call_backs_by_what_became_of_them() {
    let became = |status| {
        let talk = Talk::new("Well?")
            .agent("I'll call you in five minutes.", &[(TimedPromise, "I'll call you in five minutes")])
            .promise(status)
            .customer("Fine.");
        of(&scored(&talk.stops()), "call-back").score
    };
    assert_eq!(became(PromiseStatus::Open), None);
    assert_eq!(became(PromiseStatus::Kept), Some(100));
    assert!(became(PromiseStatus::Early) < became(PromiseStatus::Kept));
    assert!(became(PromiseStatus::Late) < became(PromiseStatus::Early));
    assert!(became(PromiseStatus::Forgotten) < became(PromiseStatus::Late));
}

#[test]
fn a_vague_delivery_is_no_vague_call_back() {
    let vague = |contact| {
        let talk = Talk::new("Well?").agent("It comes soon.", &[(VaguePromise, "soon")]).last(|agent| {
            let span = span(&agent.text, "soon");
            agent.reading.promises.push(FoundPromise { span, due: None, not_before: None, contact });
        });
        of(&scored(&talk.stops()), "call-back").verdict
    };
    assert_eq!(vague(Contact::Action), Verdict::NotCalledFor);
    assert_eq!(vague(Contact::Agent), Verdict::Broken);
}

#[test]
fn a_lost_customer_caps_only_where_the_agent_lost_them() {
    let good = || excellent().ends(Outcome::WentPublic);
    assert_eq!(scored(&good()).critical, []);
    let mut argued = good();
    if let Turn::Agent(agent) = &mut argued.turns[1] {
        let acts = &mut agent.reading.acts;
        acts.push(FoundAct { act: Arguing, ..acts[0].clone() });
    }
    let card = scored(&argued);
    assert_eq!(card.critical.len(), 1);
    assert_eq!((card.critical[0].kind, card.critical[0].turn), (CriticalKind::WentPublic, Some(1)));
    assert!(card.score <= 40 && card.score < card.uncapped);
}

#[test]
fn one_rude_word_caps_an_excellent_talk() {
    let talk = excellent().agent("Bye, grumpy.", &[(Rudeness, "grumpy")]);
    let card = scored(&talk.ends(Outcome::Resolved));
    assert!(card.uncapped > 60);
    assert_eq!(card.score, 35);
    assert_eq!(card.critical[0].words, "grumpy");
}

#[test]
fn a_rude_word_of_which_the_reader_is_unsure_costs_its_rule_and_caps_nothing() {
    let read_with = |certainty| {
        let talk = excellent().agent("Bye, grumpy.", &[(Rudeness, "grumpy")]);
        scored(&talk.last(|agent| agent.reading.acts[0].certainty = certainty).ends(Outcome::Resolved))
    };
    let (unsure, sure) = (read_with(74), read_with(75));
    assert_eq!((unsure.critical.len(), sure.critical.len()), (0, 1));
    assert_eq!((unsure.score, unsure.uncapped), (sure.uncapped, sure.uncapped));
    assert_eq!(unsure.rules, sure.rules);
}

#[test]
fn a_reply_that_nobody_can_place_costs_nothing_and_earns_nothing() {
    let talk = excellent().agent("asdf qwer", &[]).last(|agent| agent.reading.recognised = false);
    let (without, with) = (scored(&excellent().stops()), scored(&talk.stops()));
    assert_eq!((without.score, &without.rules), (with.score, &with.rules));
    assert_eq!(with.turns, without.turns + 1);
}

#[test]
fn nothing_to_judge_is_not_called_for() {
    let unread = Talk::new("Late!").agent("asdf", &[]).last(|agent| agent.reading.recognised = false);
    for conversation in [Conversation::default(), Talk::new("Late!").stops(), unread.ends(Outcome::Unresolved)] {
        let card = scored(&conversation);
        assert!(card.rules.iter().all(|rule| rule.verdict == Verdict::NotCalledFor && rule.findings.is_empty()));
        assert_eq!((card.score, card.critical.len()), (0, 0));
    }
}

#[test]
fn one_good_reply_is_not_blamed_for_what_belongs_later() {
    let talk = Talk::new("Late!").agent(
        "I'm sorry, that's maddening. What is the order number, please?",
        &[(Apology, "I'm sorry"), (Empathy, "that's maddening"), (Question, "order number"), (Courtesy, "please")],
    );
    let card = scored(&talk.stops());
    assert_eq!(of(&card, "offer-solutions").verdict, Verdict::NotCalledFor);
    assert_eq!(of(&card, "next-steps").verdict, Verdict::NotCalledFor);
    assert!(card.score >= 75, "{}", card.score);
}

#[test]
fn promptness_follows_the_channel() {
    let on = |channel, took| {
        let mut talk = Talk::new("Hello?").agent("Good morning.", &[]).last(|agent| agent.took = took);
        talk.conversation.channel = channel;
        of(&scored(&talk.stops()), "answer-promptly").score
    };
    assert_eq!(on(Channel::Phone, Some(45)), Some(100));
    assert_eq!(on(Channel::Phone, Some(46)), Some(50));
    assert_eq!(on(Channel::Phone, Some(121)), Some(0));
    assert_eq!(on(Channel::Email, Some(121)), Some(100));
    assert_eq!(on(Channel::Phone, None), None);
}

#[test]
fn shared_points_add_up_whatever_the_rounding() {
    for replies in 1..=20 {
        let talk = (0..replies).fold(Talk::new("Well?"), |talk, _| {
            talk.agent("Let me check that for you.", &[(NextStep, "Let me check")]).customer("And?")
        });
        assert_eq!(of(&scored(&talk.stops()), "no-arguing").score, Some(100));
    }
}

/// Nobody lists facts or offers here, as in a transcript, and the wish cannot be met.
fn regretful() -> Conversation {
    let mut talk = Talk::new("You cancelled my scan for the second time! I want it today!")
        .agent(
            "I'm so sorry. Twice is one time too many, and you took the day off for it. May I ask whether the evening suits you at all?",
            &[
                (Apology, "I'm so sorry"),
                (Empathy, "Twice is one time too many"),
                (Question, "May I ask whether the evening suits you"),
            ],
        )
        .customer("Evenings are fine. But today!")
        .agent(
            "So you need it before your doctor's visit on Thursday. I'm afraid it can't be today: the scanner is being repaired.",
            &[(Paraphrase, "you need it before your doctor's visit")],
        )
        .last(|agent| agent.reading.gives_reason = Some(span(&agent.text, "the scanner is being repaired")))
        .customer("Great.")
        .agent(
            "I can book you in at our other house tomorrow at six, taxi paid. Does that work for you?",
            &[(Offer, "I can book you in at our other house"), (CheckBack, "Does that work for you?")],
        )
        .customer("Well. Yes.")
        .agent(
            "Thank you. I'm booking it now, and you get a message with the number of your case by noon.",
            &[(Courtesy, "Thank you"), (NextStep, "I'm booking it now"), (TimedPromise, "by noon")],
        )
        .customer("All right.");
    talk.conversation.cannot_help = true;
    talk.ends(Outcome::Settled)
}

#[test]
fn a_good_talk_scores_well_where_the_wish_cannot_be_met() {
    let card = scored(&regretful());
    assert_eq!(of(&card, "cannot-help").verdict, Verdict::Kept);
    assert!(card.score >= 85, "{}", card.score);
    let mut bare = regretful();
    bare.turns.truncate(2);
    bare.outcome = Some(Outcome::Unresolved);
    let bare = scored(&bare);
    assert_eq!(of(&bare, "cannot-help").verdict, Verdict::Broken);
    assert!(bare.score < 65, "{}", bare.score);
}

#[test]
fn offers_are_judged_by_how_they_fit() {
    let with = |verdict| {
        let talk = Talk::new("Broken!")
            .agent("What is broken?", &[(Question, "What is broken?")])
            .customer("The lid.")
            .agent("I can send a lid.", &[(Offer, "I can send a lid")])
            .offers("lid", verdict, "send a lid");
        of(&scored(&talk.stops()), "offer-solutions").score
    };
    assert!(with(OfferVerdict::TooEarly) < with(OfferVerdict::Fits));
    for wrong in [OfferVerdict::RuledOut, OfferVerdict::BeyondAuthority, OfferVerdict::Unreasonable] {
        assert_eq!(with(wrong), Some(0));
    }
}

#[test]
fn a_step_with_a_time_is_worth_most_after_the_remedy() {
    let timed = |talk: Talk| talk.agent("I'll ask by noon.", &[(TimedPromise, "by noon")]).customer("Fine.");
    let offer = |talk: Talk| talk.agent("I can send one.", &[(Offer, "I can send one")]).customer("Good.");
    let step = |talk: Talk| talk.agent("I'll ask.", &[(NextStep, "I'll ask")]).customer("Fine.");
    let vague = |talk: Talk| talk.agent("Soon.", &[(NextStep, "Soon"), (VaguePromise, "Soon")]).customer("Hm.");
    let score = |talk: Talk| of(&scored(&talk.stops()), "next-steps").score;
    let start = || Talk::new("Late!");
    assert_eq!(score(timed(offer(start()))), Some(100));
    assert_eq!(score(timed(start())), Some(100));
    let falling =
        [timed(offer(start())), offer(timed(start())), step(offer(start())), vague(offer(start()))].map(score);
    assert!(falling.is_sorted_by(|one, other| one > other), "{falling:?}");
}

fn any_conversation() -> impl Strategy<Value = Conversation> {
    let act = proptest::sample::select(Act::ALL);
    let reply = (proptest::collection::vec(act, 0..5), any::<bool>(), 0..=100u8, proptest::option::of(0..500u32));
    let outcome = proptest::option::of(proptest::sample::select(vec![
        Outcome::Resolved,
        Outcome::Unresolved,
        Outcome::HungUp,
        Outcome::Left,
    ]));
    let status = proptest::sample::select(vec![
        PromiseStatus::Open,
        PromiseStatus::Kept,
        PromiseStatus::Early,
        PromiseStatus::Late,
        PromiseStatus::Forgotten,
    ]);
    let promises = proptest::collection::vec((0..20usize, status), 0..3);
    (proptest::collection::vec(reply, 0..12), outcome, promises, any::<bool>()).prop_map(
        |(replies, outcome, promises, cannot_help)| {
            let talk = replies.into_iter().fold(Talk::new("Well?"), |talk, (acts, recognised, anger, took)| {
                let acts: Vec<_> = acts.into_iter().map(|act| (act, "those words")).collect();
                talk.agent("I say those words!", &acts)
                    .last(|agent| {
                        agent.reading.recognised = recognised;
                        agent.anger_before = anger;
                        agent.took = took;
                    })
                    .customer("And?")
            });
            let mut conversation = Conversation { outcome, cannot_help, ..talk.conversation };
            conversation.promises = promises
                .into_iter()
                .map(|(turn, status)| PromiseRecord {
                    turn,
                    span: Span { start: 0, end: 3 },
                    text: "soon".into(),
                    due: "2026-03-02T10:05".into(),
                    status,
                    off_by_minutes: None,
                })
                .collect();
            conversation
        },
    )
}

proptest! {
    #[test]
    fn any_conversation_gets_a_sound_scorecard(conversation in any_conversation()) {
        let card = scored(&conversation);
        prop_assert_eq!(&card, &scored(&conversation));
        prop_assert!(card.score <= card.uncapped && card.uncapped <= 100);
        prop_assert_eq!(card.rules.len(), RULES.len());
        for (score, rule) in card.rules.iter().zip(RULES) {
            prop_assert_eq!(&score.rule, rule.id);
            prop_assert_eq!(score.score.is_none(), score.verdict == Verdict::NotCalledFor);
            for finding in &score.findings {
                let note = rule.notes.iter().find(|note| note.key == finding.note);
                prop_assert!(note.is_some(), "{} is not declared by {}", finding.note, rule.id);
                prop_assert!(finding.turn.is_none_or(|turn| turn < conversation.turns.len()));
            }
        }
    }
}
