//! Attempts and their events: appended in order, read back as they were.

use calmline::language::{Act, Contact, FoundAct, FoundPromise, Mention, Reading, Reason, Span};
use calmline::progress::{AttemptCounts, AttemptState, ContentKind, Store, StoreError};
use calmline::rules::{OfferVerdict, PromiseStatus};
use calmline::scenario::Outcome;
use calmline::session::{Event, Input, LineOpener, Mood, Promise, SaidBecause};
use proptest::prelude::*;

use crate::samples::{begin, hint, new_attempt, scorecard, second};

#[test]
fn an_attempt_is_read_back_as_it_was_begun() {
    let mut store = Store::in_memory().unwrap();
    let trainee = store.trainee_named("Mira").unwrap().id;
    let new = new_attempt(trainee, "parcel", 7);
    let id = store.begin_attempt(new.clone()).unwrap();
    let attempt = store.attempt(id).unwrap();
    let summary = &attempt.summary;
    assert_eq!((summary.id, summary.trainee, summary.state), (id, trainee, AttemptState::Open));
    assert_eq!((&summary.scenario_id, &summary.scenario_path), (&new.scenario_id, &new.scenario_path));
    assert_eq!((&summary.scenario_title, &summary.language), (&new.scenario_title, &new.language));
    assert_eq!((summary.mode, attempt.seed, summary.started_at), (new.mode, new.seed, new.started_at));
    assert_eq!((summary.ended_at, summary.score, summary.outcome, summary.events), (None, None, None, 0));
    assert_eq!((&attempt.scenario_hash, &attempt.rubric_hash), (&new.scenario_hash, &new.rubric_hash));
    assert_eq!((&attempt.pack_hash, &attempt.moods_hash), (&new.pack_hash, &new.moods_hash));
    assert_eq!((&attempt.scenario_source, &attempt.rubric_source), (&new.scenario_source, &new.rubric_source));
    assert_eq!(attempt.company_source, new.company.map(|(_, text)| text));
    assert_eq!(attempt.program, env!("CARGO_PKG_VERSION"));
}

#[test]
fn events_go_in_only_in_their_turn() {
    let mut store = Store::in_memory().unwrap();
    let (_, id) = begin(&mut store, "Mira");
    store.append_events(id, 0, &[hint(0), hint(1)]).unwrap();
    for given in [0, 1, 3] {
        let refused = store.append_events(id, given, &[hint("elsewhere")]);
        assert_eq!(refused, Err(StoreError::OutOfStep { attempt: id, expected: 2, given }));
    }
    store.append_events(id, 2, &[]).unwrap();
    store.append_events(id, 2, &[hint(2)]).unwrap();
    assert_eq!(store.events(id).unwrap(), [hint(0), hint(1), hint(2)]);
    assert_eq!(store.attempt(id).unwrap().summary.events, 3);
}

#[test]
fn two_windows_on_one_attempt_cannot_mix_their_events() {
    let folder = tempfile::tempdir().unwrap();
    let mut one = Store::open(folder.path()).unwrap();
    let mut two = Store::open(folder.path()).unwrap();
    let (_, id) = begin(&mut one, "Mira");
    one.append_events(id, 0, &[hint("one")]).unwrap();
    two.append_events(id, 1, &[hint("two")]).unwrap();
    let refused = one.append_events(id, 1, &[hint("one again")]);
    assert_eq!(refused, Err(StoreError::OutOfStep { attempt: id, expected: 2, given: 1 }));
    assert_eq!(one.events(id).unwrap(), [hint("one"), hint("two")]);
}

#[test]
fn an_ended_attempt_takes_nothing_more() {
    let mut store = Store::in_memory().unwrap();
    let (mira, finished) = begin(&mut store, "Mira");
    let abandoned = store.begin_attempt(new_attempt(mira, "parcel", 1)).unwrap();
    store.finish_attempt(finished, second(9), &scorecard(80, &[])).unwrap();
    store.abandon_attempt(abandoned, second(10)).unwrap();
    for (attempt, state) in [(finished, AttemptState::Finished), (abandoned, AttemptState::Abandoned)] {
        let refused = Err(StoreError::Ended { attempt, state });
        assert_eq!(store.append_events(attempt, 0, &[hint("late")]), refused);
        assert_eq!(store.finish_attempt(attempt, second(11), &scorecard(100, &[])), refused);
        assert_eq!(store.abandon_attempt(attempt, second(11)), refused);
    }
    let summary = store.attempt(finished).unwrap().summary;
    assert_eq!((summary.score, summary.outcome), (Some(80), Some(Outcome::Settled)));
    assert_eq!(summary.ended_at, Some(second(9)));
    assert_eq!(store.scorecard(abandoned).unwrap(), None);
}

#[test]
fn lists_are_newest_first_and_only_one_trainees() {
    let mut store = Store::in_memory().unwrap();
    let mira = store.trainee_named("Mira").unwrap().id;
    let pavel = store.trainee_named("Pavel").unwrap().id;
    let ids: Vec<_> = [30, 10, 20].map(|at| store.begin_attempt(new_attempt(mira, "parcel", at)).unwrap()).into();
    store.begin_attempt(new_attempt(pavel, "parcel", 40)).unwrap();
    let list = |store: &Store, limit, offset| -> Vec<_> {
        store.attempts(mira, limit, offset).unwrap().into_iter().map(|attempt| attempt.id).collect()
    };
    assert_eq!(list(&store, usize::MAX, 0), [ids[0], ids[2], ids[1]]);
    assert_eq!(list(&store, 1, 1), [ids[2]]);
    assert_eq!(list(&store, 5, 3), []);
    store.finish_attempt(ids[2], second(50), &scorecard(50, &[])).unwrap();
    store.abandon_attempt(ids[1], second(60)).unwrap();
    let unfinished: Vec<_> = store.unfinished(mira).unwrap().into_iter().map(|attempt| attempt.id).collect();
    assert_eq!(unfinished, [ids[0]]);
    assert_eq!(store.attempt_counts(mira).unwrap(), AttemptCounts { open: 1, finished: 1, abandoned: 1 });
}

#[test]
fn the_first_digits_of_an_id_are_enough() {
    let mut store = Store::in_memory().unwrap();
    let (mira, first) = begin(&mut store, "Mira");
    assert_eq!(store.resolve_prefix(&first.short()).unwrap(), first);
    assert_eq!(store.resolve_prefix(&format!(" {} ", first.to_string().to_uppercase())).unwrap(), first);
    assert_eq!(first.to_string().parse(), Ok(first));
    for unknown in ["", "xyz", "%", "g", &format!("{first}0")] {
        assert_eq!(store.resolve_prefix(unknown), Err(StoreError::NoSuchPrefix { prefix: unknown.into() }));
    }
    // Seventeen ids have sixteen first digits to share.
    let mut ids = vec![first];
    ids.extend((1..17).map(|at| store.begin_attempt(new_attempt(mira, "parcel", at)).unwrap()));
    let digit = |id: &calmline::progress::AttemptId| id.to_string()[..1].to_string();
    let shared = ids.iter().map(digit).find(|one| ids.iter().filter(|id| digit(id) == *one).count() > 1).unwrap();
    match store.resolve_prefix(&shared) {
        Err(StoreError::AmbiguousPrefix { candidates, .. }) => {
            assert!(candidates.len() > 1 && candidates.iter().all(|id| digit(id) == shared));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_is_kept_once_and_never_replaced() {
    let mut store = Store::in_memory().unwrap();
    let (mira, _) = begin(&mut store, "Mira");
    store.begin_attempt(new_attempt(mira, "parcel", 1)).unwrap();
    let mut changed = new_attempt(mira, "parcel", 2);
    changed.scenario_source.push(' ');
    let refused = Err(StoreError::ContentDiffers { kind: ContentKind::Scenario });
    assert_eq!(store.begin_attempt(changed), refused);
    assert_eq!(store.attempts(mira, 10, 0).unwrap().len(), 2);
    store.freeze_content(ContentKind::LanguagePack, "hash of the pack", "Pack()").unwrap();
    store.freeze_content(ContentKind::LanguagePack, "hash of the pack", "Pack()").unwrap();
    assert_eq!(store.content(ContentKind::LanguagePack, "hash of the pack").unwrap().as_deref(), Some("Pack()"));
    assert_eq!(store.content(ContentKind::Moods, "hash of the pack").unwrap(), None);
}

fn span() -> impl Strategy<Value = Span> {
    (0usize..500, 0usize..500).prop_map(|(start, end)| Span { start, end })
}

fn moment() -> impl Strategy<Value = jiff::civil::DateTime> {
    (2020i16..2040, 1i8..=12, 1i8..=28, 0i8..24, 0i8..60, 0i8..60).prop_map(
        |(year, month, day, hour, minute, second)| jiff::civil::date(year, month, day).at(hour, minute, second, 0),
    )
}

fn reading() -> impl Strategy<Value = Reading> {
    let reason = prop_oneof![any::<String>().prop_map(Reason::Phrase), any::<String>().prop_map(Reason::Construction)];
    let act = (0..Act::ALL.len(), span(), any::<u8>(), reason).prop_map(|(act, span, certainty, because)| FoundAct {
        act: Act::ALL[act],
        span,
        certainty,
        because,
    });
    let promise = (span(), proptest::option::of(moment()), proptest::option::of(moment()))
        .prop_map(|(span, due, not_before)| FoundPromise { span, due, not_before, contact: Contact::Colleague });
    let mention = (any::<String>(), span()).prop_map(|(id, span)| Mention { id, span });
    (
        any::<bool>(),
        prop::collection::vec(act, 0..3),
        prop::collection::vec(promise, 0..2),
        prop::collection::vec(mention, 0..2),
        prop::collection::vec(span(), 0..2),
        proptest::option::of(span()),
    )
        .prop_map(|(recognised, acts, promises, mentions, jargon, names_customer)| Reading {
            recognised,
            acts,
            promises,
            asks: mentions.clone(),
            proposes: mentions,
            jargon,
            names_customer,
            gives_reason: names_customer,
        })
}

fn event() -> impl Strategy<Value = Event> {
    let input = prop_oneof![
        Just(Input::Open),
        (any::<String>(), any::<u32>(), any::<Option<usize>>()).prop_map(|(text, took, chosen)| Input::Reply {
            text,
            took,
            chosen
        }),
        any::<u64>().prop_map(|seconds| Input::Wait { seconds }),
        any::<usize>().prop_map(|reply| Input::Rewind { reply }),
        Just(Input::Leave),
    ];
    let promise =
        (any::<usize>(), span(), any::<String>(), any::<u64>(), moment()).prop_map(|(id, span, text, at, due)| {
            Promise { id, reply: id, span, text, made_at: at, due, opens: at, due_at: at, closes: at, forgotten: at }
        });
    prop_oneof![
        (any::<u64>(), input).prop_map(|(at, input)| Event::Did { at, input }),
        (any::<u64>(), any::<String>()).prop_map(|(at, text)| Event::CustomerSaid {
            at,
            text,
            because: SaidBecause::CallBack
        }),
        reading().prop_map(|reading| Event::ReplyRead { reading }),
        any::<String>().prop_map(|id| Event::FactLearned { id }),
        (any::<String>(), span()).prop_map(|(id, span)| Event::OfferMade { id, verdict: OfferVerdict::TooEarly, span }),
        promise.prop_map(|promise| Event::PromiseMade { promise }),
        any::<usize>().prop_map(|id| Event::PromiseSettled { id, status: PromiseStatus::Late }),
        (any::<String>(), any::<[u8; 3]>()).prop_map(|(cause, [anger, trust, patience])| Event::MoodMoved {
            cause,
            mood: Mood { anger, trust, patience }
        }),
        any::<u64>().prop_map(|at| Event::LineOpened { at, by: LineOpener::Customer }),
        (any::<u64>(), any::<Option<String>>()).prop_map(|(at, ending)| Event::Ended {
            at,
            ending,
            outcome: Outcome::WentPublic
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_events_come_back_as_they_went_in(batches in prop::collection::vec(prop::collection::vec(event(), 0..6), 0..5)) {
        let mut store = Store::in_memory().unwrap();
        let (_, id) = begin(&mut store, "Mira");
        let mut stored = Vec::new();
        for batch in batches {
            store.append_events(id, stored.len(), &batch).unwrap();
            stored.extend(batch);
        }
        prop_assert_eq!(store.events(id).unwrap(), stored);
    }
}
