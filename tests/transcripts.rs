//! Transcripts: the better of two calls scores higher, promises go by the times, and what cannot be told costs nothing.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use calmline::language::LanguagePack;
use calmline::rules::{PromiseStatus, Rubric, Verdict};
use calmline::scenario::Channel;
use calmline::transcript::{Judged, Line, Setting, Speaker, Transcript, load};
use jiff::civil::{DateTime, date};
use proptest::prelude::*;

const MONDAY_AT_TEN: DateTime = date(2026, 3, 2).at(10, 0, 0, 0);

fn setting(channel: Channel, starts: Option<DateTime>) -> Setting<'static> {
    Setting { pack: LanguagePack::bundled_shared("en").unwrap(), channel, rubric: Rubric::bundled(), starts }
}

/// A talk as a story: one `mm:ss C words` or `mm:ss A words` a line.
fn talk(story: &str) -> Transcript {
    let lines = story.lines().map(str::trim).filter(|line| !line.is_empty());
    let json = lines.map(|line| {
        let mut parts = line.splitn(3, ' ');
        let (at, from, text) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let from = if from == "A" { "agent" } else { "customer" };
        format!("{}\n", serde_json::json!({ "from": from, "at": at, "text": text }))
    });
    load("story", json.collect::<String>().as_bytes()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn judged(story: &str) -> Judged {
    talk(story).judge(&setting(Channel::Phone, Some(MONDAY_AT_TEN)))
}

/// What became of the promises of a talk.
fn promises(story: &str) -> Vec<(PromiseStatus, Option<i64>)> {
    judged(story).card.promises.iter().map(|promise| (promise.status, promise.off_by_minutes)).collect()
}

fn verdict(judged: &Judged, rule: &str) -> Verdict {
    judged.card.rules.iter().find(|score| score.rule == rule).unwrap().verdict
}

fn points(judged: &Judged, rule: &str) -> Option<u8> {
    judged.card.rules.iter().find(|score| score.rule == rule).unwrap().score
}

/// A pair's folder begins with its channel where that is not the phone; a language other than English ends it: `…-ru`.
fn score_of(folder: &Path, file: &str) -> u8 {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let channel = match name.split('-').next() {
        Some("chat") => Channel::Chat,
        Some("email") => Channel::Email,
        Some("review") => Channel::Review,
        _ => Channel::Phone,
    };
    let language = name.rsplit('-').next().filter(|tag| ["ru", "bg"].contains(tag)).unwrap_or("en");
    let pack = LanguagePack::bundled_shared(language).unwrap_or_else(|| panic!("{name}: no pack reads {language}"));
    let path = folder.join(file);
    let transcript = load(&name, &fs::read(&path).unwrap()).unwrap_or_else(|problems| panic!("{problems}"));
    transcript.judge(&Setting { pack, ..setting(channel, Some(MONDAY_AT_TEN)) }).card.score
}

#[test]
fn the_better_of_two_calls_scores_higher_in_95_of_100_pairs() {
    let pairs = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts/pairs")).unwrap();
    let mut count = 0;
    let mut wrong = Vec::new();
    for pair in pairs {
        let folder = pair.unwrap().path();
        let (better, worse) = (score_of(&folder, "better.jsonl"), score_of(&folder, "worse.jsonl"));
        count += 1;
        if better <= worse {
            wrong.push(format!("{}: {better} and {worse}", folder.display()));
        }
    }
    assert!(count >= 20, "only {count} pairs");
    assert!(wrong.len() * 20 <= count, "{} of {count} pairs the wrong way round:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn back_in_two_minutes_is_kept_two_minutes_later() {
    let story = "
        00:00 C Where is my parcel?
        00:20 A Let me ask the depot, I'll be back in two minutes.
        00:25 C Fine.
        02:24 A Thank you for waiting. It is in the depot.";
    assert_eq!(promises(story), [(PromiseStatus::Kept, Some(0))]);
    let judged = judged(story);
    assert_eq!(verdict(&judged, "call-back"), Verdict::Kept);
    assert_eq!(points(&judged, "answer-promptly"), Some(100), "the agreed wait is nobody's slowness");
}

#[test]
fn ten_minutes_later_it_is_late_and_forgotten_after_half_an_hour() {
    let back = |at: &str| {
        promises(&format!(
            "00:00 C Where is my parcel?
             00:20 A Let me ask the depot, I'll be back in two minutes.
             {at} A Thank you for waiting. It is in the depot."
        ))
    };
    assert_eq!(back("10:20"), [(PromiseStatus::Late, Some(8))]);
    assert_eq!(back("32:20"), [(PromiseStatus::Forgotten, None)]);
}

#[test]
fn who_goes_on_talking_is_not_back_from_a_promise() {
    let story = "
        00:20 A Let me ask the depot, I'll be back in two minutes.
        00:24 C Fine.
        00:26 A Thank you.
        12:00 A I'm back. It is in the depot.";
    assert_eq!(promises(story), [(PromiseStatus::Late, Some(9))]);
}

#[test]
fn a_call_within_the_hour_is_kept_by_a_call_after_forty_minutes() {
    let story = "
        00:00 C Find out what happened!
        00:10 A I will. I'll call you back within the hour.
        00:15 C All right.
        40:00 A It's Anna from Swiftbox. The depot has found it.";
    assert_eq!(promises(story), [(PromiseStatus::Kept, Some(-21))]);
}

#[test]
fn a_promise_whose_moment_lies_beyond_the_transcript_is_not_called_for() {
    let story = "
        00:00 C Find out what happened!
        00:10 A I will. I'll call you back tomorrow at nine.
        00:15 C All right.
        00:20 A Thank you, Ms Novak.";
    assert_eq!(promises(story), [(PromiseStatus::Open, None)]);
    assert_eq!(verdict(&judged(story), "call-back"), Verdict::NotCalledFor);
}

#[test]
fn a_time_by_the_clock_needs_to_know_when_the_talk_began() {
    let story = "
        00:00 C Find out what happened!
        00:10 A I will. I'll call you back at eleven.
        00:15 C All right.
        01:00:00 A It's Anna from Swiftbox. The depot has found it.";
    assert_eq!(promises(story), [(PromiseStatus::Kept, Some(0))]);
    let nobody_knows = talk(story).judge(&setting(Channel::Phone, None));
    assert_eq!((nobody_knows.card.promises.len(), nobody_knows.undated_promises), (0, 1));
    assert_eq!(verdict(&nobody_knows, "call-back"), Verdict::NotCalledFor);
}

#[test]
fn minutes_from_now_need_no_beginning() {
    let story = "
        00:10 A I'll find out and call you back in ten minutes.
        10:20 A It's Anna. The depot has found it.";
    let judged = talk(story).judge(&setting(Channel::Phone, None));
    let promise = &judged.card.promises[0];
    assert_eq!((promise.status, promise.due.as_str()), (PromiseStatus::Kept, "00:10:10"));
    assert_eq!(judged.undated_promises, 0);
}

#[test]
fn a_short_bad_talk_is_the_whole_talk_and_not_a_beginning() {
    let judged = judged("00:00 C My parcel never came!\n00:10 A I understand your point.");
    for rule in ["clarify", "offer-solutions", "next-steps"] {
        assert_eq!(verdict(&judged, rule), Verdict::Broken, "{rule}");
    }
    assert_eq!(judged.card.outcome, None);
    assert_eq!(verdict(&judged, "cannot-help"), Verdict::NotCalledFor);
}

#[test]
fn on_the_phone_the_customers_own_words_are_no_waiting_and_in_a_chat_the_clock_counts() {
    let tirade = "and then nobody came and I waited ".repeat(30);
    let story = format!("00:00 C {tirade}\n01:40 A I'm so sorry. Where do you live, please?");
    let took = |channel| {
        let judged = talk(&story).judge(&setting(channel, None));
        judged.conversation.agent_turns().map(|(_, reply)| reply.took).next().unwrap()
    };
    assert_eq!(took(Channel::Phone), Some(13));
    assert_eq!(took(Channel::Chat), Some(100));
}

#[test]
fn a_line_that_the_reader_cannot_place_costs_nothing() {
    let plain = "00:00 C Hello?\n00:05 A I'm so sorry. What is the order number, please?";
    let card = judged(&format!("{plain}\n00:30 A Zxq vfl ttr bnm.")).card;
    assert_eq!((card.score, card.turns), (judged(plain).card.score, 2));
}

#[test]
fn the_same_transcript_always_gets_the_same_card() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts/pairs/the-call-that-never-came");
    let transcript = load("call", &fs::read(folder.join("worse.jsonl")).unwrap()).unwrap();
    let card = || transcript.judge(&setting(Channel::Phone, None)).card;
    assert_eq!(card(), card());
}

fn any_line() -> impl Strategy<Value = (bool, u64, String)> {
    (any::<bool>(), 0_u64..5_000, "[ -~а-яё]{0,40}[a-z]")
}

proptest! {
    #[test]
    fn whatever_was_said_is_read_back(said in prop::collection::vec(any_line(), 1..12)) {
        let mut at = 0;
        let mut lines = Vec::new();
        for (customer, wait, text) in said {
            at += wait;
            let from = if customer { Speaker::Customer } else { Speaker::Agent };
            lines.push(Line { from, at, text: text.trim().to_owned() });
        }
        lines.push(Line { from: Speaker::Agent, at, text: "Thank you.".into() });
        let json: String = lines.iter().map(|line| {
            let from = if line.from == Speaker::Agent { "agent" } else { "customer" };
            let at = format!("{:02}:{:02}:{:02}", line.at / 3600, line.at / 60 % 60, line.at % 60);
            format!("{}\r\n", serde_json::json!({ "text": line.text, "at": at, "from": from }))
        }).collect();
        let transcript = load("any", json.as_bytes()).unwrap();
        prop_assert_eq!(&transcript.lines, &lines);
        let card = transcript.judge(&setting(Channel::Chat, None)).card;
        prop_assert!(card.score <= 100 && card.turns >= 1);
    }

    #[test]
    fn any_bytes_are_read_or_refused_with_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Err(problems) = load("any", &bytes) {
            prop_assert!(problems.render(false).contains("help"));
        }
    }

    #[test]
    fn a_damaged_line_is_refused_and_never_panics(cut in 0_usize..80, byte in any::<u8>()) {
        let mut bytes = br#"{"from": "agent", "at": "00:04", "text": "I'm sorry \u00e9 \ud83d\ude00."}"#.to_vec();
        let at = cut % bytes.len();
        bytes[at] = byte;
        if let Err(problems) = load("damaged", &bytes) {
            prop_assert!(problems.render(false).contains("help"));
        }
    }
}

#[test]
fn a_kept_call_back_is_no_slow_answer() {
    let call = judged(
        "00:00 C My boiler is dead!
         00:08 A I'm so sorry, that must be freezing. I'll call you back at half past ten with the plumber's name.
         00:20 C All right.
         29:30 A It's Anna, as promised: the plumber is Tom, and he comes at two.",
    );
    assert_eq!(call.card.promises[0].status, PromiseStatus::Kept);
    assert_eq!(verdict(&call, "answer-promptly"), Verdict::Kept, "{:?}", call.card.rules);
}
