//! What a scenario file may be, and what happens to files that are none.
#![allow(clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use calmline::check::{Loaded, load, load_file};
use calmline::diagnostic::Problems;
use calmline::language::Act;
use calmline::scenario::{Beard, Condition, MAX_BYTES};

const SHORT: &str = r#"(
    title: "A short one",
    beats: [
        (id: "ring", says: ["Hello?"], exits: [(to: "done")]),
    ],
    endings: [
        (id: "done", outcome: Resolved),
    ],
)
"#;

fn try_load(text: &str) -> Result<Loaded, Problems> {
    load("test.ron", "test", text.as_bytes())
}

fn loaded(text: &str) -> Loaded {
    try_load(text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn titles(text: &str) -> Vec<String> {
    let problems = try_load(text).expect_err("refused");
    problems.diagnostics.into_iter().map(|d| d.title).collect()
}

#[test]
fn nine_lines_are_enough() {
    let short = loaded(SHORT);
    assert_eq!(SHORT.lines().count(), 9);
    assert!(short.warnings.is_empty());
    assert_eq!((short.scenario.language.as_str(), short.scenario.difficulty, short.scenario.format), ("en", 2, 1));
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let short = loaded(SHORT);
    // From `sha256sum`.
    assert_eq!(short.hash, HASH);
    assert_ne!(loaded(&SHORT.replace('\n', "\r\n")).hash, short.hash);
}
const HASH: &str = "42ffe183eeac7096f45255df17440da1c5d4763a55310fc71d3cac215db91ae1";

#[test]
fn ways_of_writing_mean_the_same() {
    let plain = loaded(SHORT).scenario;
    let same = [
        SHORT.replace('\n', "\r\n"),
        SHORT.replacen('(', "Scenario(", 1),
        format!("#![enable(implicit_some)]\n{SHORT}// the end"),
        format!("/* a /* nested */ comment */ {SHORT}"),
        SHORT.replace("\"A short one\"", "r##\"A short one\"##"),
        SHORT.replace("\"A short one\"", "\"A \\u{73}hort\\x20one\""),
        SHORT.replace("\"A short one\"", "\"A short \\\n      one\""),
        SHORT.replace("\"Hello?\"", "(text: \"Hello?\")"),
        SHORT.replace("\"Hello?\"", "Line(text: \"Hello?\", when: [])"),
        SHORT.replace("says:", "hint: None, says:"),
        SHORT.replace("title:", "cannot_help: None, company: (), customer: Customer(temper: ()), title:"),
        SHORT.split_whitespace().collect::<Vec<_>>().join(" "),
    ];
    for text in same {
        let scenario = try_load(&text).unwrap_or_else(|problems| panic!("{text}\n{problems}")).scenario;
        assert_eq!(scenario, plain, "{text}");
    }
}

#[test]
fn some_may_be_said_or_not() {
    let with = |fields: &str| loaded(&SHORT.replace("title:", &format!("{fields} title:"))).scenario;
    assert_eq!(with("customer: (look: (beard: Shaven)),"), with("customer: (look: (beard: Some(Shaven))),"));
    assert_eq!(with("customer: (look: (beard: Shaven)),").customer.look.beard, Some(Beard::None));
    assert_eq!(with("cannot_help: (reason: [\"gone\"]),"), with("cannot_help: Some((reason: [\"gone\"])),"));
    assert_eq!(with("call_back: (kept: \"ring\"),"), with("call_back: (kept: Some(\"ring\"),),"));
}

#[test]
fn a_beard_of_none_is_pointed_out() {
    let open = loaded(&SHORT.replace("title:", "customer: (look: (beard: None)), title:"));
    assert_eq!(open.scenario.customer.look.beard, None);
    assert!(open.render_warnings(false).contains("Shaven"));
}

#[test]
fn lines_hold_nested_conditions() {
    let line = r#"(text: "Hm.", when: [Not(Any([All([Promised, AngerAbove(3)]), Not(Accepted)]))])"#;
    let scenario = loaded(&SHORT.replace("\"Hello?\"", line)).scenario;
    let nested = Condition::Any(vec![
        Condition::All(vec![Condition::Promised, Condition::AngerAbove(3)]),
        Condition::Not(Box::new(Condition::Accepted)),
    ]);
    assert_eq!(scenario.beats[0].says[0].when, [Condition::Not(Box::new(nested))]);
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    // The scenario, its beats, a beat, its exits, an exit and `when` are six.
    let nested = |depth: usize| {
        let condition = format!("{}Accepted{}", "Not(".repeat(depth), ")".repeat(depth));
        SHORT.replace("exits: [", &format!("exits: [(when: [{condition}], to: \"done\"), "))
    };
    assert!(try_load(&nested(58)).is_ok());
    assert_eq!(titles(&nested(59)), ["more than 64 brackets inside each other"]);
    let lists = format!("{}Accepted{}", "Any([".repeat(29), "])".repeat(29));
    assert!(try_load(&SHORT.replace("exits: [", &format!("exits: [(when: [{lists}], to: \"done\"), "))).is_ok());
    for bomb in ["(", "[", "{", "Not(", "a:("] {
        assert!(try_load(&bomb.repeat(MAX_BYTES / bomb.len())).is_err());
    }
}

#[test]
fn emoji_and_every_script_are_fine_in_texts() {
    for words in ["😡🎉", "👩\u{200D}💻 ❤️", "Здравейте", "日本語", "“quoted”", "naïve – déjà…", "tab\\there"]
    {
        let text = SHORT.replace("Hello?", words);
        assert!(try_load(&text).is_ok(), "{words}");
    }
}

#[test]
fn a_beat_without_exits_stays_until_an_ending_holds() {
    let stays = SHORT.replace(", exits: [(to: \"done\")]", "").replace("Resolved", "Resolved, when: [Accepted]");
    assert!(loaded(&stays).warnings.is_empty());
}

#[test]
fn warnings_do_not_stop_playing() {
    let text = SHORT.replace("title:", "language: \"tlh\", facts: [(id: \"moon\")], offers: [(id: \"o\")], title:");
    let warned = loaded(&text);
    assert_eq!(warned.warnings.len(), 3);
    insta::assert_snapshot!(warned.render_warnings(false));
}

#[test]
fn waiting_for_needed_facts_where_none_is_needed_is_pointed_out() {
    let waits = SHORT.replace("exits: [", "exits: [(when: [Not(KnowsNeeded)], to: \"ring\"), ");
    assert!(loaded(&waits).render_warnings(false).contains("`KnowsNeeded` always holds"));
    let needed = "facts: [(id: \"order\", asked: [\"number\"], answer: [\"1\"], needed: true)], title:";
    assert!(loaded(&waits.replace("title:", needed)).warnings.is_empty());
}

#[test]
fn labels_are_what_the_trainer_expects() {
    let options = r#"options: [(text: "Sorry.", expect: [apology]), (text: "Hm."), (text: "Oh.", expect: [])], exits"#;
    let loaded = loaded(&SHORT.replace("exits", options));
    let labels = loaded.labels();
    let short: Vec<_> = labels.iter().map(|l| (l.beat, l.number, l.text, l.expect)).collect();
    assert_eq!(short, [("ring", 1, "Sorry.", &[Act::Apology][..]), ("ring", 3, "Oh.", &[])]);
    assert_eq!(&loaded.source.text[labels[0].span.clone()], "[apology]");
}

#[test]
fn problems_come_in_the_order_of_the_file_with_their_places() {
    let problems = try_load(&SHORT.replace("ring", "Ring").replace("(to:", "(too:").replace("title", "titel"))
        .expect_err("refused");
    let places: Vec<_> = problems.diagnostics.iter().map(|d| (d.line, d.column)).collect();
    assert_eq!(places, [(2, 5), (4, 14), (4, 49)]);
}

#[test]
fn a_name_with_control_characters_cannot_reach_the_terminal() {
    let problems = load("evil\u{1b}[2J\u{202e}.ron", "evil", b"").expect_err("refused");
    assert!(!problems.to_string().contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn a_file_is_named_by_its_stem() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("the-parcel.ron");
    fs::write(&path, SHORT).expect("written");
    assert_eq!(load_file(&path).expect("loads").id, "the-parcel");
}

fn refusal(path: &Path) -> String {
    let problems = load_file(path).expect_err("refused");
    assert_eq!(problems.diagnostics.len(), 1, "{problems}");
    problems.to_string()
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("folder.ron")).expect("made");
    assert!(refusal(&path("folder.ron")).contains("this is a folder"));
    assert!(refusal(&path("missing.ron")).contains("there is no such file"));
    assert!(refusal(&path("folder.ron/missing.ron")).contains("there is no such file"));
    fs::write(path("large.ron"), vec![b' '; 12 * MAX_BYTES]).expect("written");
    assert!(refusal(&path("large.ron")).contains("larger than 1 MiB"));
    fs::write(path("exact.ron"), format!("{SHORT}{}", " ".repeat(MAX_BYTES - SHORT.len()))).expect("written");
    assert!(load_file(&path("exact.ron")).is_ok(), "1 MiB is allowed");
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_pipes_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("real.ron"), SHORT).expect("written");
    std::os::unix::fs::symlink(path("real.ron"), path("link.ron")).expect("linked");
    assert_eq!(load_file(&path("link.ron")).expect("loads").id, "link");
    std::os::unix::fs::symlink(path("circle.ron"), path("circle.ron")).expect("linked");
    assert!(refusal(&path("circle.ron")).contains("cannot be read"));
    let made = std::process::Command::new("mkfifo").arg(path("pipe.ron")).status();
    if made.is_ok_and(|status| status.success()) {
        assert!(refusal(&path("pipe.ron")).contains("no plain file"));
    }
    assert!(refusal(Path::new("/dev/null")).contains("no plain file"));
}

#[test]
fn a_suggestion_shows_nothing_hidden() {
    let source = "(title: \"T\", beats: [(id: \"\rring\", says: [\"Well?\"], exits: [(to: \"ring\")])], endings: [(id: \"bye\", outcome: HungUp)])";
    let said = load("t.ron", "t", source.as_bytes()).expect_err("a carriage return is no part of an id").render(false);
    assert!(said.contains("did you mean") && !said.contains('\r'), "{said:?}");
}
