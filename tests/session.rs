//! A session as a story: promises against the clock, moods, rewinds, and a log that always leads to the same place.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use calmline::check;
use calmline::rules::{PromiseStatus, Rubric};
use calmline::scenario::Outcome;
use calmline::session::{
    Content, Event, Hint, Input, LineState, Missing, Mode, MoodTable, Refusal, Said, Session, Setup, State,
    hint_while_writing, replay, still_missing,
};
use proptest::prelude::*;

const PIZZA: &str = r#"(
    title: "The cold pizza",
    starts: "2026-03-02T10:00",
    customer: (name: "Sam Reed", address: "Mr Reed", temper: (anger: 60, trust: 30, patience: 60)),
    facts: [
        (id: "order", asked: ["order number"], answer: ["Number 12."], needed: true),
        (id: "size", asked: ["what size", "how big"], answer: ["A large one."]),
    ],
    offers: [
        (id: "fresh", heard: ["new one", "fresh one"], needs: ["order"], heals: 80, accepted: ["Yes, a hot one."]),
        (id: "free-year", heard: ["pizza for a year"], beyond_authority: true),
    ],
    call_back: (early: 2, late: 3, forgotten: 15),
    beats: [
        (id: "ring", says: ["My pizza is cold!"],
         options: [(text: "I'm sorry, Mr Reed. What is the order number?", expect: [apology, question])],
         exits: [
            (when: [Accepted], to: "fed"),
            (when: [Promised], to: "waiting"),
            (to: "ring"),
         ]),
        (id: "waiting", says: ["Fine. Call me, then."], waits_for_call: true,
         exits: [(when: [Accepted], to: "fed"), (to: "waiting")]),
    ],
    endings: [
        (id: "fed", outcome: Resolved, says: ["All right, thank you."]),
        (id: "gone", outcome: HungUp, says: ["Forget it."]),
    ],
)"#;

fn content() -> Content {
    content_of(PIZZA)
}

fn content_of(text: &str) -> Content {
    let loaded = check::load("pizza.ron", "pizza", text.as_bytes()).unwrap_or_else(|problems| panic!("{problems}"));
    Content::new(loaded, Arc::new(Rubric::bundled().clone()), Arc::new(MoodTable::bundled())).unwrap()
}

fn session(mode: Mode) -> Session {
    let mut session = Session::new(content(), Setup { mode, seed: 7, trainee: "Nadia".into() });
    act(&mut session, Input::Open);
    session
}

fn act(session: &mut Session, input: Input) -> Vec<Event> {
    let events = session.plan(input.clone()).unwrap_or_else(|refusal| panic!("{input:?}: {refusal:?}"));
    session.commit(events.clone());
    events
}

fn say(session: &mut Session, text: &str) -> Vec<Event> {
    act(session, Input::Reply { text: text.into(), took: 10, chosen: None })
}

fn wait_minutes(session: &mut Session, minutes: u64) -> Vec<Event> {
    act(session, Input::Wait { seconds: minutes * 60 })
}

/// A session in which a call in ten minutes was promised and the customer has put the phone down.
fn promised() -> Session {
    let mut session = session(Mode::Practise);
    say(&mut session, "I'm sorry, Mr Reed. I will call you back in ten minutes.");
    assert_eq!(session.state().line, LineState::Closed { ending: None });
    session
}

fn status(session: &Session) -> PromiseStatus {
    session.state().promises[0].status
}

#[test]
fn the_customer_speaks_first_and_a_good_talk_ends_well() {
    let mut session = session(Mode::Practise);
    assert!(matches!(&session.state().transcript[0], Said::Customer { text, .. } if text == "My pizza is cold!"));
    say(&mut session, "I'm so sorry, Mr Reed. What is the order number?");
    assert!(session.state().facts.contains("order"));
    say(&mut session, "I can send you a fresh one right away.");
    let ended = session.state().ended.clone().expect("the customer takes it");
    assert_eq!((ended.outcome, ended.ending.as_deref()), (Outcome::Resolved, Some("fed")));
    assert_eq!(session.plan(Input::Hint), Err(Refusal::Over));
}

/// A patient customer, and ways out that hold everywhere.
const EVERYWHERE: &str = r#"(
    title: "The cold pizza",
    customer: (name: "Sam Reed", address: "Mr Reed", temper: (anger: 20, trust: 70, patience: 100)),
    facts: [(id: "order", asked: ["order number"], answer: ["Number 12."], needed: true)],
    offers: [
        (id: "fresh", heard: ["fresh one"], needs: ["order"], heals: 80),
        (id: "free-year", heard: ["pizza for a year"], beyond_authority: true),
    ],
    exits: [(when: [Hurt], to: "storm"), (when: [KnowsNeeded], to: "known")],
    beats: [
        (id: "ring", exits: [(to: "ring")]),
        (id: "storm", exits: [(when: [Hurt], to: "stay"), (to: "ring")]),
        (id: "stay", own_exits_only: true,
         exits: [(when: [AcceptedAny(["free-year", "fresh"])], to: "fed"), (to: "stay")]),
        (id: "known", exits: [(to: "known")]),
    ],
    endings: [(id: "fed", outcome: Resolved)],
)"#;

fn everywhere() -> Session {
    let setup = Setup { mode: Mode::Practise, seed: 7, trainee: "Nadia".into() };
    let mut session = Session::new(content_of(EVERYWHERE), setup);
    act(&mut session, Input::Open);
    session
}

#[test]
fn exits_of_the_scenario_come_before_those_of_the_beat() {
    let mut session = everywhere();
    say(&mut session, "Please calm down, it is only a pizza.");
    assert_eq!(session.state().beat, "storm");
    let mut session = everywhere();
    say(&mut session, "I'm sorry, Mr Reed. What is the order number?");
    assert_eq!(session.state().beat, "known");
}

#[test]
fn an_exit_of_the_scenario_to_where_one_is_leaves_the_choice_to_the_beat() {
    let mut session = everywhere();
    say(&mut session, "Please calm down, it is only a pizza.");
    say(&mut session, "Calm down!");
    assert_eq!(session.state().beat, "stay");
}

#[test]
fn a_beat_may_have_its_own_exits_only() {
    let mut session = everywhere();
    for reply in ["Please calm down, it is only a pizza.", "Calm down!", "Calm down!"] {
        say(&mut session, reply);
    }
    assert_eq!(session.state().beat, "stay");
    for reply in [
        "I'm so sorry, Mr Reed, that was wrong of me, and I understand how annoying a cold pizza is. What is the order number?",
        "I can send you a fresh one right away.",
    ] {
        say(&mut session, reply);
    }
    assert!(session.state().facts.contains("order"), "known, yet not in the beat for it");
    assert_eq!(session.state().ended.as_ref().and_then(|ended| ended.ending.as_deref()), Some("fed"));
}

#[test]
fn a_call_inside_the_window_is_kept() {
    for minutes in [8, 9, 10, 12] {
        let mut session = promised();
        wait_minutes(&mut session, minutes);
        act(&mut session, Input::CallBack);
        assert_eq!(status(&session), PromiseStatus::Kept, "after {minutes} minutes");
        assert_eq!(session.state().line, LineState::Open);
    }
}

#[test]
fn a_call_outside_the_window_is_early_or_late() {
    for (minutes, expected) in [(3, PromiseStatus::Early), (20, PromiseStatus::Late)] {
        let mut session = promised();
        let before = session.state().mood;
        wait_minutes(&mut session, minutes);
        act(&mut session, Input::CallBack);
        assert_eq!(status(&session), expected, "after {minutes} minutes");
        if expected == PromiseStatus::Late {
            assert!(session.state().mood.anger > before.anger);
        }
    }
}

#[test]
fn a_customer_who_was_not_called_calls_again_angrier() {
    let mut session = promised();
    let before = session.state().mood;
    let events = wait_minutes(&mut session, 120);
    assert_eq!(status(&session), PromiseStatus::Forgotten);
    assert_eq!(session.state().line, LineState::Open);
    assert!(session.state().mood.anger > before.anger && session.state().mood.trust < before.trust);
    assert_eq!(
        session.state().now,
        session.state().promises[0].promise.forgotten,
        "the wait ends when the phone rings"
    );
    assert!(events.iter().any(|event| matches!(event, Event::CustomerSaid { .. })));
}

#[test]
fn whoever_leaves_with_a_promise_open_has_forgotten_it() {
    let mut session = promised();
    act(&mut session, Input::Leave);
    assert_eq!(status(&session), PromiseStatus::Forgotten);
    let card = session.scorecard();
    assert!(card.score <= Rubric::bundled().caps.promise_forgotten, "{}", card.score);
}

#[test]
fn a_happy_customer_still_waits_for_the_promised_call() {
    let mut session = session(Mode::Practise);
    say(&mut session, "I'm so sorry, Mr Reed. What is the order number?");
    say(&mut session, "I'll send you a fresh one now, and I will call you in thirty minutes to make sure it is hot.");
    assert_eq!(session.state().line, LineState::Closed { ending: Some("fed".into()) });
    wait_minutes(&mut session, 30);
    act(&mut session, Input::CallBack);
    assert_eq!(status(&session), PromiseStatus::Kept);
    assert_eq!(session.state().ended.as_ref().map(|ended| ended.outcome), Some(Outcome::Resolved));
}

#[test]
fn insults_end_it() {
    let mut session = session(Mode::Practise);
    for _ in 0..4 {
        if session.state().ended.is_none() {
            say(&mut session, "Shut up, you idiot. Are you deaf?");
        }
    }
    assert_eq!(session.state().ended.as_ref().map(|ended| ended.outcome), Some(Outcome::HungUp));
    assert!(session.scorecard().score <= 25, "{}", session.scorecard().score);
}

#[test]
fn too_early_there_is_no_news_yet() {
    let news = PIZZA
        .replace("forgotten: 15)", "forgotten: 15, kept: \"news\")")
        .replace("endings: [", "endings: [(id: \"told\", outcome: Resolved, when: [Replies(50)], says: [\"Ah.\"]),")
        .replace(
            "        (id: \"waiting\",",
            "        (id: \"news\", says: [\"Well?\"], exits: [(when: [Accepted], to: \"fed\"), (to: \"news\")]),\n        (id: \"waiting\",",
        );
    for (minutes, beat) in [(3, "waiting"), (10, "news")] {
        let mut session =
            Session::new(content_of(&news), Setup { mode: Mode::Practise, seed: 7, trainee: "Nadia".into() });
        act(&mut session, Input::Open);
        say(&mut session, "I'm sorry, Mr Reed. I will call you back in ten minutes.");
        wait_minutes(&mut session, minutes);
        act(&mut session, Input::CallBack);
        assert_eq!(session.state().beat, beat, "after {minutes} minutes");
    }
}

#[test]
fn a_remedy_gives_way_to_a_better_one() {
    let two = PIZZA
        .replace("(id: \"free-year\"", "(id: \"coupon\", heard: [\"coupon\"], heals: 60),\n        (id: \"free-year\"");
    let lasting = two.replace("(when: [Accepted], to: \"fed\"),", "(when: [AcceptedOffer(\"fresh\")], to: \"fed\"),");
    let mut session =
        Session::new(content_of(&lasting), Setup { mode: Mode::Practise, seed: 7, trainee: "Nadia".into() });
    act(&mut session, Input::Open);
    say(&mut session, "I'm so sorry, Mr Reed, that must be annoying. What is the order number?");
    say(&mut session, "I can give you a coupon.");
    assert!(session.state().accepted() && session.state().ended.is_none());
    say(&mut session, "And I can send you a fresh one right away.");
    assert_eq!(session.state().ended.as_ref().map(|ended| ended.outcome), Some(Outcome::Resolved));
}

#[test]
fn silence_on_the_line_costs_patience_but_agreed_waiting_does_not() {
    let mut quiet = session(Mode::Practise);
    let before = quiet.state().mood;
    wait_minutes(&mut quiet, 3);
    assert!(quiet.state().mood.patience < before.patience);
}

#[test]
fn rewinding_brings_back_the_very_same_moment() {
    let mut session = session(Mode::Practise);
    let before = session.state().clone();
    let first = say(&mut session, "Calm down, it is only a pizza.");
    act(&mut session, Input::Rewind { reply: 1 });
    let mut after = session.state().clone();
    assert_eq!(after.rewinds, 1);
    after.rewinds = 0;
    assert_eq!(after, before);
    assert_eq!(say(&mut session, "Calm down, it is only a pizza."), first, "the same words bring the same answer");
    assert_eq!(
        session.events().iter().filter(|event| matches!(event, Event::ReplyRead { .. })).count(),
        2,
        "nothing is lost"
    );
}

#[test]
fn an_assessment_has_no_way_back_and_no_help() {
    let mut session = session(Mode::Assess);
    say(&mut session, "I'm sorry, Mr Reed.");
    assert_eq!(session.plan(Input::Rewind { reply: 1 }), Err(Refusal::NotInThisMode));
    assert_eq!(session.plan(Input::Hint), Err(Refusal::NotInThisMode));
    let option = content().scenario.beats[0].options[0].text.clone();
    assert_eq!(session.plan(Input::Reply { text: option, took: 5, chosen: Some(0) }), Err(Refusal::NotInThisMode));
}

#[test]
fn what_cannot_be_done_is_refused_and_nothing_happens() {
    let session = session(Mode::Practise);
    let refused = |input| session.plan(input).expect_err("refused");
    let reply = |text: &str, chosen| Input::Reply { text: text.into(), took: 1, chosen };
    assert_eq!(refused(reply("   \n", None)), Refusal::EmptyReply);
    assert_eq!(refused(reply(&"a".repeat(30_000), None)), Refusal::TooLong);
    assert_eq!(refused(reply("not the option", Some(0))), Refusal::NoSuchOption);
    assert_eq!(refused(Input::CallBack), Refusal::LineOpen);
    assert_eq!(refused(Input::Rewind { reply: 1 }), Refusal::NoSuchReply);
    assert_eq!(refused(Input::Open), Refusal::LineOpen);
    assert_eq!(promised().plan(reply("Hello?", None)), Err(Refusal::LineClosed));
}

#[test]
fn the_same_seed_brings_the_same_customer_and_another_seed_may_bring_another() {
    let play = |seed| {
        let library = calmline::content::Library::open(None);
        let loaded = library.load("the-parcel-that-never-came").unwrap();
        let content =
            Content::new(loaded, Arc::new(Rubric::bundled().clone()), Arc::new(MoodTable::bundled())).unwrap();
        let mut session = Session::new(content, Setup { mode: Mode::Practise, seed, trainee: "Nadia".into() });
        act(&mut session, Input::Open);
        say(&mut session, "I'm sorry to hear that. What is the order number?");
        session.events().to_vec()
    };
    assert_eq!(play(7), play(7));
    assert!((0..20).any(|seed| play(seed) != play(7)));
}

/// What a draft still lacks, in order.
fn lacks(session: &Session, draft: &str) -> String {
    let state = session.state();
    let reading = session.content.read(draft, &state.customer_words(), state.now);
    let missing = still_missing(&session.content, state, &reading);
    if missing.is_empty() { "nothing".into() } else { missing.iter().map(|m| m.id()).collect::<Vec<_>>().join(", ") }
}

#[test]
fn a_draft_is_told_what_it_still_lacks_and_no_remedy_is_asked_for_before_the_facts() {
    let session = session(Mode::Learn);
    let drafts = [
        "(nothing)",
        "Good morning, Mr Reed.",
        "I'm so sorry.",
        "I'm so sorry. What is the order number?",
        "I'm so sorry. A cold pizza must be so annoying.",
        "I'm so sorry. A cold pizza must be so annoying. What is the order number?",
        "What is the order number? I'll get back to you soon.",
        "What is the order number? I'll call you back in ten minutes.",
    ];
    let told: Vec<String> = drafts.iter().map(|draft| format!("{draft} → {}", lacks(&session, draft))).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    (nothing) → apology, question, empathy
    Good morning, Mr Reed. → apology, question, empathy
    I'm so sorry. → question, empathy
    I'm so sorry. What is the order number? → empathy
    I'm so sorry. A cold pizza must be so annoying. → question
    I'm so sorry. A cold pizza must be so annoying. What is the order number? → nothing
    What is the order number? I'll get back to you soon. → call_back_time, apology, empathy
    What is the order number? I'll call you back in ten minutes. → apology, empathy
    ");
}

#[test]
fn once_the_facts_are_known_a_draft_lacks_a_way_out_and_then_a_step_with_a_time() {
    let mut session = everywhere();
    say(&mut session, "I'm so sorry, Mr Reed, that must be so annoying. What is the order number?");
    let mut told = Vec::new();
    let mut tell = |session: &Session, draft: &str| told.push(format!("{draft} → {}", lacks(session, draft)));
    tell(&session, "Thank you.");
    tell(&session, "You can have pizza for a year.");
    tell(&session, "I can send you a fresh one.");
    tell(&session, "I can send you a fresh one. Does that suit you?");
    say(&mut session, "I can send you a fresh one. Does that suit you?");
    assert!(session.state().accepted());
    tell(&session, "Thank you.");
    tell(&session, "I'll tell the kitchen.");
    tell(&session, "I'll tell the kitchen, and it will be with you at eleven.");
    insta::assert_snapshot!(told.join("\n"), @r"
    Thank you. → offer
    You can have pizza for a year. → offer
    I can send you a fresh one. → check_back
    I can send you a fresh one. Does that suit you? → nothing
    Thank you. → next_step
    I'll tell the kitchen. → step_time
    I'll tell the kitchen, and it will be with you at eleven. → nothing
    ");
}

#[test]
fn after_a_broken_promise_another_apology_is_missing_until_it_is_said() {
    let mut session = promised();
    assert_eq!(lacks(&session, ""), "call_back");
    wait_minutes(&mut session, 20);
    act(&mut session, Input::CallBack);
    assert_eq!(lacks(&session, "What is the order number?"), "apology_again, empathy");
    say(&mut session, "I'm sorry, I promised to call and I was late. What is the order number?");
    assert_eq!(lacks(&session, ""), "empathy, offer");
    assert_eq!(lacks(&session, "I can see why you are angry."), "offer");
}

#[test]
fn the_hint_moves_on_with_the_draft() {
    let session = session(Mode::Learn);
    let hint = |draft: &str| {
        let state = session.state();
        hint_while_writing(&session.content, state, &session.content.read(draft, "", state.now))
    };
    let drafts = [
        "",
        "I'm so sorry.",
        "I'm so sorry. What is the order number?",
        "I'm so sorry, that must be so annoying. What is the order number?",
    ];
    let hints = drafts.map(hint);
    let wanted = [Some(Missing::Apology), Some(Missing::Question), Some(Missing::Empathy), None];
    assert_eq!(hints, wanted.map(|missing| missing.map(Hint::Missing)));
}

#[test]
fn a_reply_that_cannot_be_placed_costs_neither_mood_nor_score() {
    let mut session = session(Mode::Assess);
    say(&mut session, "I'm so sorry, Mr Reed. What is the order number?");
    let (mood, card) = (session.state().mood, session.scorecard());
    say(&mut session, "Glimmer wal rus, fjord bzz.");
    assert!(!session.state().last_reply().expect("it was sent").reading.recognised);
    assert_eq!(session.state().mood, mood);
    assert_eq!(session.scorecard().score, card.score);
}

fn any_input() -> impl Strategy<Value = Input> {
    let words = prop::sample::select(vec![
        "I'm so sorry, Mr Reed.",
        "What is the order number?",
        "What size was it?",
        "I can send you a fresh one.",
        "I'll call you back in ten minutes.",
        "I'll ring you tomorrow morning.",
        "We'll get back to you soon.",
        "You should have read the menu.",
        "Are you deaf?",
        "Pizza for a year, how about that?",
        "🍕🍕🍕",
        "zzz qqq",
    ]);
    prop_oneof![
        6 => (words, 0_u32..400).prop_map(|(text, took)| Input::Reply { text: text.into(), took, chosen: None }),
        2 => (0_u64..40_000).prop_map(|seconds| Input::Wait { seconds }),
        2 => Just(Input::CallBack),
        1 => (0_usize..6).prop_map(|reply| Input::Rewind { reply }),
        1 => Just(Input::Hint),
        1 => ".{0,40}".prop_map(|text| Input::Reply { text, took: 5, chosen: None }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever a trainee does, in whatever order: no panic, moods in range, time never runs back but by a rewind, and the
    /// log alone leads to the same state and replays to itself.
    #[test]
    fn any_session_folds_and_replays_to_itself(inputs in prop::collection::vec(any_input(), 0..24), seed in 0_u64..50) {
        let mut session = Session::new(content(), Setup { mode: Mode::Practise, seed, trainee: "Nadia".into() });
        act(&mut session, Input::Open);
        for input in inputs {
            let before = session.state().now;
            let rewinds = matches!(input, Input::Rewind { .. });
            if let Ok(events) = session.plan(input) {
                session.commit(events);
                prop_assert!(rewinds || session.state().now >= before);
            }
            let mood = session.state().mood;
            prop_assert!(mood.anger <= 100 && mood.trust <= 100 && mood.patience <= 100);
            prop_assert!(session.scorecard().score <= 100);
        }
        let folded = State::fold(&session.content.scenario, session.setup.clone(), session.events());
        prop_assert_eq!(&folded, session.state());
        let replayed = replay(&session.content, &session.setup, session.events());
        prop_assert_eq!(replayed.as_deref(), Ok(session.events()));
        let json = serde_json::to_string(session.events()).unwrap();
        let read: Vec<Event> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read.as_slice(), session.events());
    }
}
