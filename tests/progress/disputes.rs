//! Disputed readings: kept beside the attempt they are about, settled once, and never touching a score.

use std::sync::Arc;

use calmline::language::Act;
use calmline::progress::{
    DisputeError, Recording, Ruling, Settlement, Store, StoreError, dispute_reading, disputed_replies,
};
use calmline::rules::Rubric;
use calmline::session::{Content, Input, Mode, MoodTable, Setup};

use crate::samples::second;

const SCENARIO: &str = r#"(
    title: "The cold pizza",
    facts: [(id: "order", asked: ["order number"], answer: ["Number 12."])],
    beats: [(id: "ring", says: ["My pizza is cold!"], exits: [(to: "ring")])],
    endings: [(id: "fed", outcome: Resolved, when: [Accepted], says: ["Thanks."])],
)"#;

fn begin(store: &mut Store, mode: Mode) -> Recording {
    let loaded = calmline::check::load("pizza.ron", "pizza", SCENARIO.as_bytes()).unwrap();
    let content = Content::new(loaded, Rubric::bundled().clone().into(), Arc::new(MoodTable::bundled())).unwrap();
    let trainee = store.trainee_named("Mira").unwrap();
    let setup = Setup { mode, seed: 1, trainee: trainee.name };
    Recording::begin(store, trainee.id, content, setup, None).unwrap()
}

fn send(store: &mut Store, recording: &mut Recording, text: &str) {
    recording.act(store, Input::Reply { text: text.into(), took: 5, chosen: None }).unwrap();
}

fn settled(acts: &[Act]) -> Settlement {
    Settlement { ruling: Ruling::Settled(acts.to_vec()), by: "Tom".into(), at: second(9) }
}

#[test]
fn a_trainee_disputes_a_reading_and_a_trainer_settles_it() {
    let mut store = Store::in_memory().unwrap();
    let mut recording = begin(&mut store, Mode::Practise);
    send(&mut store, &mut recording, "I'm so sorry, that pizza should sing.");
    send(&mut store, &mut recording, "Grmpf.");
    let before = recording.session().scorecard();

    let wanted = [Act::Offer, Act::Apology, Act::Offer];
    let id = recording.dispute(&mut store, 1, &wanted, Some("  I meant a new one \n")).unwrap();

    let open = store.open_disputes().unwrap();
    assert_eq!(open.len(), 1);
    let made = &open[0].made;
    assert_eq!((open[0].id, &*open[0].trainee_name, made.reply), (id, "Mira", 1));
    assert_eq!((&*made.customer, &*made.text), ("My pizza is cold!", "I'm so sorry, that pizza should sing."));
    assert_eq!((&*made.was_read, &*made.wanted), (&[Act::Apology][..], &[Act::Apology, Act::Offer][..]));
    assert_eq!(made.note.as_deref(), Some("I meant a new one"));
    assert_eq!(store.resolve_dispute(&id.short()), Ok(id));
    assert_eq!(recording.session().scorecard(), before, "a dispute changes no score");

    store.settle_dispute(id, &settled(&[Act::Apology])).unwrap();
    assert_eq!(store.open_disputes().unwrap(), []);
    let settlement = store.dispute(id).unwrap().settlement;
    assert_eq!(settlement, Some(settled(&[Act::Apology])));
    let again = store.settle_dispute(id, &settled(&[Act::Offer]));
    assert_eq!(again, Err(StoreError::DisputeSettled { dispute: id, by: "Tom".into() }));
}

#[test]
fn a_rejected_dispute_keeps_its_reason() {
    let mut store = Store::in_memory().unwrap();
    let mut recording = begin(&mut store, Mode::Learn);
    send(&mut store, &mut recording, "Grmpf.");
    let id = recording.dispute(&mut store, 1, &[], Some("a greeting here")).unwrap();
    assert!(!store.dispute(id).unwrap().made.recognised, "no act is another thing than not recognised");
    let no = Settlement { ruling: Ruling::Rejected("A growl is no greeting.".into()), by: "Tom".into(), at: second(3) };
    store.settle_dispute(id, &no).unwrap();
    assert_eq!(store.dispute(id).unwrap().settlement, Some(no));
    assert_eq!(store.disputes().unwrap().len(), 1, "nothing is thrown away");
}

#[test]
fn a_trainee_who_thinks_again_is_heard_with_the_later_word() {
    let mut store = Store::in_memory().unwrap();
    let mut recording = begin(&mut store, Mode::Practise);
    send(&mut store, &mut recording, "Grmpf.");
    let first = recording.dispute(&mut store, 1, &[Act::Empathy], None).unwrap();
    let second = recording.dispute(&mut store, 1, &[Act::Rudeness], None).unwrap();
    let open: Vec<_> = store.open_disputes().unwrap().into_iter().map(|open| open.id).collect();
    assert_eq!(open, [second]);
    assert_eq!(store.settle_dispute(first, &settled(&[])), Err(StoreError::DisputeSuperseded { dispute: first }));
}

#[test]
fn a_dispute_stays_with_its_reply_when_the_trainee_goes_back() {
    let mut store = Store::in_memory().unwrap();
    let mut recording = begin(&mut store, Mode::Practise);
    for reply in ["One two.", "Three four.", "Five six."] {
        send(&mut store, &mut recording, reply);
    }
    recording.dispute(&mut store, 1, &[Act::Empathy], None).unwrap();
    recording.dispute(&mut store, 2, &[Act::Offer], None).unwrap();
    recording.act(&mut store, Input::Rewind { reply: 2 }).unwrap();
    send(&mut store, &mut recording, "Seven eight.");
    recording.dispute(&mut store, 2, &[Act::Question], None).unwrap();

    let disputed = disputed_replies(&store, recording.attempt, recording.session()).unwrap();
    let disputed: Vec<_> =
        disputed.iter().map(|(reply, found)| (*reply, &*found.made.text, &*found.made.wanted)).collect();
    assert_eq!(disputed, [(1, "One two.", &[Act::Empathy][..]), (2, "Seven eight.", &[Act::Question][..])]);
    let all: Vec<_> = store.open_disputes().unwrap().into_iter().map(|found| found.made.text).collect();
    assert_eq!(all, ["One two.", "Three four.", "Seven eight."], "what was taken back was still read wrongly");
}

#[test]
fn an_assessment_is_disputed_once_it_is_over() {
    let mut store = Store::in_memory().unwrap();
    let mut recording = begin(&mut store, Mode::Assess);
    send(&mut store, &mut recording, "Grmpf.");
    let early = recording.dispute(&mut store, 1, &[Act::Empathy], None);
    assert!(matches!(early, Err(DisputeError::NotYet)), "{early:?}");
    recording.act(&mut store, Input::Leave).unwrap();
    let card = store.scorecard(recording.attempt).unwrap();
    assert!(card.is_some(), "it is finished");
    dispute_reading(&mut store, recording.attempt, recording.session(), 1, &[Act::Empathy], None).unwrap();
    assert_eq!(store.scorecard(recording.attempt).unwrap(), card);
}

#[test]
fn what_makes_no_dispute_is_refused() {
    let mut store = Store::in_memory().unwrap();
    let mut recording = begin(&mut store, Mode::Practise);
    send(&mut store, &mut recording, "I'm so sorry.");
    let mut refused = |reply, wanted: &[Act], note: Option<&str>| {
        recording.dispute(&mut store, reply, wanted, note).unwrap_err().key().unwrap()
    };
    assert_eq!(refused(0, &[Act::Offer], None), "dispute-no-such-reply");
    assert_eq!(refused(2, &[Act::Offer], None), "dispute-no-such-reply");
    assert_eq!(refused(1, &[Act::Apology], None), "dispute-same-as-read");
    assert_eq!(refused(1, &[], Some(&"ы".repeat(501))), "dispute-note-too-long");
    assert_eq!(store.open_disputes().unwrap(), []);
    for prefix in ["", "xyz", "%", "0"] {
        assert_eq!(store.resolve_dispute(prefix), Err(StoreError::NoSuchDispute { prefix: prefix.into() }));
    }
}
