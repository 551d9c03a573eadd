//! The window's screens without a window: drawn by egui alone, read and clicked by what stands on them.

#![cfg(feature = "window")]

use std::sync::Arc;

use bevy_egui::egui::{self, Event, Key, Modifiers};
use calmline::check;
use calmline::language::Act;
use calmline::locale;
use calmline::progress::{Recording, Ruling, Settlement, Store, disputed_replies};
use calmline::rules::Rubric;
use calmline::scenario::Channel;
use calmline::session::{Content, Input, Mode, MoodTable, Session, Setup};
use calmline::window::Screen;
use calmline::window::command::{Command, pressed, shortcuts};
use calmline::window::parts::{MarkKind, marks_of};
use calmline::window::screens::conversation::conversation_ui;
use calmline::window::screens::conversation_view::ConversationView;
use calmline::window::screens::correction::{Correction, correction_ui};
use calmline::window::screens::draft::ConversationDraft;
use calmline::window::screens::home::{HomeDraft, HomeView, home_ui};
use calmline::window::screens::scenarios::{BrokenScenario, ScenarioCard, ScenariosDraft, ScenariosView, scenarios_ui};
use calmline::window::style;
use egui::accesskit::{Role, Toggled};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

/// A screen with what it was asked for last.
struct Seen<T> {
    draft: T,
    asked: Option<Command>,
}

fn harness<'a, T: 'a>(
    size: [f32; 2],
    draft: T,
    mut screen: impl FnMut(&mut egui::Ui, &mut T) -> Option<Command> + 'a,
) -> Harness<'a, Seen<T>> {
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(size).build_ui_state(
        move |ui, seen: &mut Seen<T>| {
            if !dressed {
                ui.ctx().set_fonts(style::fonts());
                style::apply(ui.ctx(), false);
                dressed = true;
                ui.ctx().request_repaint();
                return;
            }
            if let Some(command) = screen(ui, &mut seen.draft) {
                seen.asked = Some(command);
            }
        },
        Seen { draft, asked: None },
    );
    harness.run();
    harness
}

fn card(id: &str, channel: Channel, difficulty: u8, best: Option<u8>) -> ScenarioCard {
    ScenarioCard {
        id: id.into(),
        title: format!("The {id}"),
        summary: "Somebody waits for something.".into(),
        company: "Swiftbox".into(),
        channel,
        difficulty,
        best,
        last: best,
        attempts: usize::from(best.is_some()),
    }
}

#[test]
fn a_first_start_asks_for_a_name() {
    let view = HomeView::default();
    let mut home = harness([1000.0, 700.0], HomeDraft::default(), |ui, draft| home_ui(ui, &view, draft));
    home.get_by_label("Start").click();
    home.run();
    assert_eq!(home.state().asked, None, "nobody is nobody");
    home.state_mut().draft.name = " Mira ".into();
    home.run();
    home.get_by_label("Start").click();
    home.run();
    assert_eq!(home.state().asked, Some(Command::BecomeTrainee(" Mira ".into())));
}

#[test]
fn home_plays_what_it_recommends_in_the_chosen_mode() {
    let view = HomeView {
        name: Some("Mira".into()),
        recommended: Some(card("parcel", Channel::Phone, 2, None)),
        ..HomeView::default()
    };
    let mut home = harness([1000.0, 700.0], HomeDraft::default(), |ui, draft| home_ui(ui, &view, draft));
    home.get_by_label("Assess").click();
    home.run();
    home.get_by_label("Assess now").click();
    home.run();
    let wanted = Command::Play { scenario: "parcel".into(), mode: Mode::Assess, seed: None };
    assert_eq!(home.state().asked, Some(wanted));
}

#[test]
fn filters_leave_only_what_fits() {
    let cards = [
        card("parcel", Channel::Phone, 2, Some(70)),
        card("hotel", Channel::Counter, 4, None),
        card("bank", Channel::Chat, 3, None),
    ];
    let fitting = |draft: &ScenariosDraft| -> Vec<&str> {
        cards.iter().filter(|card| draft.fits(card)).map(|card| card.id.as_str()).collect()
    };
    let all = ScenariosDraft::default();
    assert_eq!(fitting(&all), ["parcel", "hotel", "bank"]);
    assert_eq!(fitting(&ScenariosDraft { channel: Some(Channel::Chat), ..ScenariosDraft::default() }), ["bank"]);
    assert_eq!(fitting(&ScenariosDraft { difficulty: Some(3), ..ScenariosDraft::default() }), ["parcel", "bank"]);
    assert_eq!(fitting(&ScenariosDraft { played: Some(false), ..ScenariosDraft::default() }), ["hotel", "bank"]);
    assert_eq!(fitting(&ScenariosDraft { search: "HOTEL swift".into(), ..ScenariosDraft::default() }), ["hotel"]);
    assert!(fitting(&ScenariosDraft { search: "hotel parcel".into(), ..ScenariosDraft::default() }).is_empty());
}

#[test]
fn the_list_plays_a_scenario_and_shows_what_is_broken() {
    let view = ScenariosView {
        who: None,
        cards: vec![card("parcel", Channel::Phone, 2, Some(70))],
        broken: vec![BrokenScenario { name: "draft.ron".into(), problems: "draft.ron:3:7: no title".into() }],
    };
    let mut list = harness([1000.0, 800.0], ScenariosDraft::default(), |ui, draft| scenarios_ui(ui, &view, draft));
    list.get_by_label("draft.ron").click();
    list.run();
    list.get_by_label("draft.ron:3:7: no title");
    list.get_by_label("Practise: The parcel").click();
    list.run();
    let wanted = Command::Play { scenario: "parcel".into(), mode: Mode::Practise, seed: None };
    assert_eq!(list.state().asked, Some(wanted));
}

const TALK: &str = r#"(
    title: "The cold pizza",
    customer: (name: "Sam Reed", temper: (anger: 60, trust: 40, patience: 70)),
    facts: [(id: "order", asked: ["order number"], answer: ["Number 12."], needed: true)],
    offers: [(id: "fresh", heard: ["a new one"], needs: ["order"], heals: 90)],
    beats: [
        (id: "ring", says: ["My pizza is cold!"], options: [(text: "I'm sorry. What is the order number?")],
         exits: [(when: [Promised], to: "waiting"), (to: "ring")]),
        (id: "waiting", says: ["Then call me."], waits_for_call: true, exits: [(to: "waiting")]),
    ],
    endings: [(id: "fed", outcome: Resolved, when: [Accepted], says: ["All right."])],
)"#;

fn session(mode: Mode, inputs: &[Input]) -> Session {
    let loaded = check::load("pizza.ron", "pizza", TALK.as_bytes()).expect("a playable scenario");
    let rubric = Arc::new(Rubric::bundled().clone());
    let content = Content::new(loaded, rubric, Arc::new(MoodTable::bundled())).expect("English is there");
    let mut session = Session::new(content, Setup { mode, seed: 1, trainee: "Mira".into() });
    for input in [Input::Open].iter().chain(inputs) {
        let events = session.plan(input.clone()).expect("it can be done now");
        session.commit(events);
    }
    session
}

fn reply(text: &str) -> Input {
    Input::Reply { text: text.into(), took: 5, chosen: None }
}

fn talk<'a>(session: &'a Session, typed: Option<usize>, leaving: bool) -> Harness<'a, Seen<ConversationDraft>> {
    let card = session.scorecard();
    harness([1280.0, 720.0], ConversationDraft::default(), move |ui, draft| {
        let view = ConversationView {
            content: &session.content,
            state: session.state(),
            card: &card,
            typed,
            now: session.state().now,
            leaving,
            disputed: &[],
        };
        conversation_ui(ui, &view, draft)
    })
}

#[test]
fn a_reply_can_be_sent_only_once_there_is_one() {
    let session = session(Mode::Practise, &[]);
    let mut screen = talk(&session, None, false);
    screen.get_by_label("Send").click();
    screen.run();
    assert_eq!(screen.state().asked, None);
    screen.state_mut().draft.reply = "Good morning.".into();
    screen.run();
    screen.get_by_label("Send").click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::Send));
}

#[test]
fn the_typewriter_is_skipped_by_a_click_on_the_bubble() {
    let session = session(Mode::Practise, &[]);
    let mut screen = talk(&session, Some(3), false);
    screen.get_by_label("My pizza is cold!").click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::Skip));
}

#[test]
fn suggestions_are_shown_where_the_mode_shows_them() {
    let option = "1   I'm sorry. What is the order number?";
    let learning = session(Mode::Learn, &[]);
    let mut screen = talk(&learning, None, false);
    screen.get_by_label(option).click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::Choose(0)));

    let practising = session(Mode::Practise, &[]);
    let mut screen = talk(&practising, None, false);
    assert!(screen.query_by_label(option).is_none());
    screen.get_by_label("Suggestions").click();
    screen.run();
    screen.get_by_label(option);

    let assessed = session(Mode::Assess, &[]);
    let screen = talk(&assessed, None, false);
    assert!(screen.query_by_label(option).is_none());
    assert!(screen.query_by_label("Suggestions").is_none());
    assert!(screen.query_by_label("Hint").is_none());
}

#[test]
fn in_learn_a_draft_is_read_while_it_is_typed_and_told_what_it_lacks() {
    let learning = session(Mode::Learn, &[]);
    let mut screen = talk(&learning, None, false);
    screen.get_by_label("Still missing: an apology");
    screen.get_by_label("Still missing: a question about the case");
    screen.state_mut().draft.focus = true;
    screen.run();
    screen.event(Event::Text("I'm so sorry about that. ".into()));
    screen.run();
    assert_eq!(screen.state().draft.reply, "I'm so sorry about that. ");
    screen.get_by_label_contains("Found: Apology. The reader is");
    screen.get_by_label("Ask for what you need to know before you offer a way out.");
    assert!(screen.query_by_label("Still missing: an apology").is_none(), "it is there now");

    screen.event(Event::Text("What is the order number? I can see how annoying this is.".into()));
    screen.run();
    screen.get_by_label_contains("Found: Question.");
    screen.get_by_label("Nothing is missing here.");

    screen.state_mut().draft.reply = "Zxqv kjhg wpld mnrt brdf.".into();
    screen.run();
    screen.get_by_label("Not recognised so far.");
    assert!(screen.query_by_label_contains("Found: Apology").is_none(), "marks follow the words");
}

#[test]
fn only_learn_reads_over_the_shoulder() {
    for mode in [Mode::Practise, Mode::Assess] {
        let session = session(mode, &[]);
        let mut screen = talk(&session, None, false);
        screen.state_mut().draft.reply = "I'm so sorry about that.".into();
        screen.run();
        assert!(screen.query_by_label_contains("Found: Apology").is_none());
        assert!(screen.query_by_label_contains("Still missing").is_none());
    }
}

#[test]
fn a_reply_that_cannot_be_placed_says_so_in_every_mode() {
    for mode in [Mode::Learn, Mode::Practise, Mode::Assess] {
        let session = session(mode, &[reply("Zxqv kjhg wpld mnrt brdf.")]);
        talk(&session, None, false).get_by_label_contains("I could not place this reply. It costs nothing");
    }
}

#[test]
fn a_reading_is_asked_to_be_corrected_below_its_reply_but_not_while_an_assessment_runs() {
    let inputs = [reply("I'm sorry. What is the order number?")];
    let practising = session(Mode::Practise, &inputs);
    let mut screen = talk(&practising, None, false);
    screen.get_by_label("Read wrongly?").click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::ReadWrongly(1)));

    let assessed = session(Mode::Assess, &inputs);
    assert!(talk(&assessed, None, false).query_by_label("Read wrongly?").is_none());
}

fn correction() -> Correction {
    let session = session(Mode::Practise, &[reply("I'm sorry. What is the order number?")]);
    Correction::of(1, session.state().last_reply().expect("one reply"), None)
}

#[test]
fn the_panel_ticks_what_was_found_and_marks_only_what_differs() {
    for size in [[1280.0, 720.0], [640.0, 480.0]] {
        let mut panel = harness(size, correction(), correction_ui);
        for act in Act::ALL {
            let name = locale::text(&format!("act-{act}"));
            let ticked = matches!(act, Act::Apology | Act::Question);
            let boxes = panel
                .query_all_by_role(Role::CheckBox)
                .filter(|node| node.accesskit_node().label().is_some_and(|label| label.eq_ignore_ascii_case(&name)));
            let toggled: Vec<_> = boxes.map(|node| node.accesskit_node().toggled() == Some(Toggled::True)).collect();
            assert_eq!(toggled, [ticked], "{act}");
        }
        panel.get_by_label("Mark as mistaken").click();
        panel.run();
        assert_eq!(panel.state().asked, None, "nothing differs yet");

        panel.get_by_label("Empathy").click();
        panel.get_by_label("Question").click();
        panel.run();
        assert_eq!(panel.state().draft.wanted, [Act::Apology, Act::Empathy]);
        panel.get_by_label("Mark as mistaken").click();
        panel.run();
        assert_eq!(panel.state().asked, Some(Command::MarkMistaken));
    }
}

#[test]
fn the_panel_is_worked_by_the_keyboard_alone() {
    let mut panel = harness([1280.0, 720.0], correction(), correction_ui);
    // The first act has the keyboard: the apology is unticked, and everything else is a Tab away.
    panel.key_press(Key::Space);
    panel.run();
    assert_eq!(panel.state().draft.wanted, [Act::Question]);
    for _ in 0..Act::ALL.len() {
        panel.key_press(Key::Tab);
        panel.run();
    }
    panel.event(Event::Text("I never said so".into()));
    panel.run();
    assert_eq!(panel.state().draft.note, "I never said so");
    panel.key_press(Key::Tab);
    panel.run();
    panel.key_press(Key::Enter);
    panel.run();
    assert_eq!(panel.state().asked, Some(Command::MarkMistaken));
}

#[test]
fn what_became_of_a_mark_stands_below_its_reply() {
    let mut store = Store::in_memory().expect("a store");
    let trainee = store.trainee_named("Mira").expect("a trainee");
    let practised = session(Mode::Practise, &[]);
    let mut recording =
        Recording::begin(&mut store, trainee.id, practised.content.clone(), practised.setup.clone(), None)
            .expect("an attempt");
    recording.act(&mut store, reply("That pizza should sing.")).expect("sent");
    let shown = |store: &Store, words: &str| {
        let session = recording.session();
        let disputed = disputed_replies(store, recording.attempt, session).expect("readable");
        let card = session.scorecard();
        let screen = harness([1280.0, 720.0], ConversationDraft::default(), move |ui, draft| {
            let view = ConversationView {
                content: &session.content,
                state: session.state(),
                card: &card,
                typed: None,
                now: session.state().now,
                leaving: false,
                disputed: &disputed,
            };
            conversation_ui(ui, &view, draft)
        });
        screen.get_by_label(words);
    };
    shown(&store, "Read wrongly?");
    let id = recording.dispute(&mut store, 1, &[Act::Empathy], None).expect("kept");
    shown(&store, "Marked as mistaken");
    let ruling = Ruling::Settled(vec![Act::Empathy]);
    let settlement = Settlement { ruling, by: "Tom".into(), at: jiff::Timestamp::UNIX_EPOCH };
    store.settle_dispute(id, &settlement).expect("settled");
    shown(&store, "Marked as mistaken · settled");
}

#[test]
fn learning_explains_each_rule_when_it_is_first_met() {
    let first = reply("I'm sorry. What is the order number?");
    let learning = session(Mode::Learn, std::slice::from_ref(&first));
    let mut screen = talk(&learning, None, false);
    screen.get_by_label_contains("Say sorry once");
    screen.get_by_label("Clarify").click();
    screen.run();
    assert!(screen.query_by_label_contains("Say sorry once").is_none(), "one rule at a time");

    let again = session(Mode::Learn, &[first, reply("I'm sorry, I'm so sorry.")]);
    let screen = talk(&again, None, false);
    assert!(screen.query_by_label_contains("Say sorry once").is_none(), "it was explained already");
}

#[test]
fn a_rule_is_no_fault_before_its_time_has_come() {
    let started = session(Mode::Practise, &[reply("I'm sorry. What is the order number?")]);
    let screen = talk(&started, None, false);
    screen.get_by_label("Apologise: kept");
    screen.get_by_label("Next steps: not yet");
    screen.get_by_label("Offer solutions: not yet");

    let argued = session(Mode::Practise, &[reply("You are wrong, you should have read the terms!")]);
    let screen = talk(&argued, None, false);
    screen.get_by_label("No arguing: broken");
}

#[test]
fn after_the_end_the_last_reply_can_be_tried_again_but_not_in_assess() {
    let inputs = [reply("I'm sorry. What is the order number?"), Input::Leave];
    let practised = session(Mode::Practise, &inputs);
    let mut screen = talk(&practised, None, false);
    screen.get_by_label("Try the last reply again").click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::RewindLast));
    screen.get_by_label("See the debrief").click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::Finish));

    let assessed = session(Mode::Assess, &inputs);
    assert!(talk(&assessed, None, false).query_by_label("Try the last reply again").is_none());
}

#[test]
fn feedback_and_the_way_back_come_after_each_reply_but_not_in_assess() {
    let inputs = [reply("I'm sorry. What is the order number?")];
    let practising = session(Mode::Practise, &inputs);
    let mut screen = talk(&practising, None, false);
    screen.get_by_label_contains("✓ Apology");
    screen.get_by_label("Try this reply again").click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::Rewind(1)));

    let assessed = session(Mode::Assess, &inputs);
    let screen = talk(&assessed, None, false);
    assert!(screen.query_by_label_contains("✓ Apology").is_none());
    assert!(screen.query_by_label("Try this reply again").is_none());
}

#[test]
fn a_promise_leads_to_the_waiting_desk() {
    let session = session(Mode::Practise, &[reply("I'm sorry. I'll call you back in five minutes.")]);
    let mut screen = talk(&session, None, false);
    assert!(screen.query_by_label("Send").is_none(), "nobody is on the line");
    screen.get_by_label("Wait 5 min").click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::Wait(300)));
    screen.get_by_label("Call back now").click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::CallBack));
}

#[test]
fn leaving_asks_what_should_become_of_the_talk() {
    let session = session(Mode::Practise, &[]);
    let mut screen = talk(&session, None, true);
    screen.get_by_label("Keep for later").click();
    screen.run();
    assert_eq!(screen.state().asked, Some(Command::KeepForLater));
}

#[test]
fn marks_tell_good_from_bad() {
    let session = session(Mode::Practise, &[reply("I'm sorry. But you are wrong, you should have read the terms!")]);
    let marks = marks_of(&session.state().last_reply().expect("one reply").reading);
    assert!(marks.iter().any(|mark| mark.kind == MarkKind::Bad), "{marks:?}");
    assert!(marks.iter().all(|mark| !mark.why.is_empty()));
}

#[test]
fn shortcuts_go_by_the_place_of_the_key() {
    // On a Russian layout the key of R gives к: egui has no name for it but the key's place.
    let event = Event::Key {
        key: Key::Questionmark,
        physical_key: Some(Key::R),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND | Modifiers::CTRL,
    };
    let press = |screen| {
        let mut keyboard = harness([200.0, 100.0], (), move |ui, ()| pressed(ui.ctx(), screen, false));
        keyboard.event(event.clone());
        keyboard.run();
        keyboard.state().asked.clone()
    };
    assert_eq!(press(Screen::Conversation), Some(Command::RewindLast));
    assert_eq!(press(Screen::Home), None);
}

#[test]
fn no_two_shortcuts_share_a_key_on_one_screen() {
    let all = shortcuts();
    let everywhere = [Screen::Home, Screen::Scenarios, Screen::Conversation, Screen::Debrief, Screen::Progress];
    for screen in everywhere {
        let mut keys: Vec<_> = all
            .iter()
            .filter(|shortcut| shortcut.on.is_empty() || shortcut.on.contains(&screen))
            .map(|shortcut| format!("{:?} {:?}", shortcut.modifiers, shortcut.key))
            .collect();
        let count = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count, "{screen:?}");
    }
}

#[test]
fn every_word_on_the_screens_is_in_the_locale() {
    fn keys_in(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("the sources are here") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                keys_in(&path, found);
            } else {
                let source = std::fs::read_to_string(&path).expect("text");
                let quoted = source.split('"').filter(|part| part.starts_with("window-") && !part.contains('{'));
                found.extend(quoted.map(str::to_owned));
            }
        }
    }
    let mut keys = Vec::new();
    keys_in(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/window"), &mut keys);
    assert!(keys.len() > 50, "{keys:?}");
    // A message with gaps is only found when they are filled.
    let gaps = [
        "acts", "best", "count", "due", "example", "first", "found", "from", "hours", "lacks", "last", "left", "level",
        "minutes", "missing", "mode", "name", "page", "pages", "percent", "phrase", "rules", "score", "title", "to",
        "value", "what", "words",
    ];
    let there = |key: &str| locale::text_with(key, gaps.map(|gap| (gap, 1.into()))) != *key;
    let missing: Vec<&String> = keys.iter().filter(|key| !there(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
