//! `calmline read` as a person, a script and a hostile file meet it.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use calmline::cli::read::{Answer, Count, LONGEST_LINE, Line, Manner, Stages, answer_lines};
use calmline::content::Company;
use calmline::language::moment;
use proptest::prelude::*;
use serde_json::Value;

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calmline"));
    // Not the company that somebody has on this machine.
    command.arg("read").args(args).env("NO_COLOR", "1").env("CALMLINE_DATA", env!("CARGO_TARGET_TMPDIR"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that has already said its error reads nothing.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join();
    output
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn manner() -> Manner {
    Manner { lang: None, now: moment::usual(), stages: Stages::All, judged: false, company: Company::none() }
}

#[test]
fn plain_lines_come_out_marked_one_for_one() {
    let output =
        run(&[], "I'm so sorry about that. What is the order number?\r\n\n  🙏 \nI'll call at five.".as_bytes());
    assert!(output.status.success());
    insta::assert_snapshot!(words(&output.stdout), @r"
    I'm so sorry about that. {apology} What is the order number? {question}

    🙏 {}
    I'll call at five. {next_step timed_promise due=2026-03-02T17:00}
    ");
    assert_eq!(words(&output.stderr), "");
}

#[test]
fn what_was_read_at_a_moment_is_measured_at_that_moment() {
    let read = run(&["--now", "2026-07-01T16:00", "--lang", "en"], b"I'll call at five.");
    assert_eq!(
        words(&read.stdout),
        "@ now 2026-07-01T16:00\nI'll call at five. {next_step timed_promise due=2026-07-01T17:00}\n"
    );
    let measured = words(&run(&["--against", "-", "--lang", "en"], &read.stdout).stdout);
    assert!(measured.contains("promises due right: 1 of 1"), "{measured}");
}

#[test]
fn a_transcript_is_checked_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("call.jsonl");
    let check = |lines: &str| {
        std::fs::write(&file, lines).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_calmline")).arg("check").arg(&file).env("NO_COLOR", "1").output();
        let output = output.unwrap();
        (output.status.code(), words(&output.stdout) + &words(&output.stderr))
    };
    let (code, said) = check(r#"{"from": "agent", "at": "00:05", "text": "Hello."}"#);
    assert!(code == Some(0) && said.contains("call.jsonl: fine"), "{said}");
    let (code, said) = check(r#"{"from": "robot", "at": "00:05", "text": "Hello."}"#);
    assert!(code == Some(65) && said.contains("robot"), "{said}");
}

#[test]
fn a_company_has_its_own_words() {
    let folder = tempfile::tempdir().unwrap();
    let pack = r#"CompanyPack(format: 1, language: "en", phrases: [(acts: [offer], patterns: ["swift bloom"])])"#;
    std::fs::write(folder.path().join("en.ron"), pack).unwrap();
    let read =
        |args: &[&str]| words(&run(&[&["--fast", "--lang", "en"], args].concat(), b"A Swift Bloom for you.").stdout);
    assert_eq!(read(&[]), "A Swift Bloom for you. {}\n");
    assert_eq!(read(&["--company", &folder.path().to_string_lossy()]), "A Swift Bloom for you. {offer}\n");
    let nowhere = run(&["--company", "no-such-folder"], b"Hello.");
    assert_eq!(nowhere.status.code(), Some(66));
    assert!(words(&nowhere.stderr).contains("no-such-folder"), "{}", words(&nowhere.stderr));
}

#[test]
fn a_line_of_json_has_its_promised_fields() {
    let line = r#"{"id": 7, "customer": "Where is it?!", "reply": "Désolé… I'm so sorry. I'll call you in 15 minutes.", "now": "2026-03-02T16:00"}"#;
    let output = run(&["--jsonl", "--lang", "en", "--fast"], line.as_bytes());
    assert!(output.status.success());
    insta::assert_snapshot!(words(&output.stdout));
}

/// Phrases alone are hardly ever so doubtful.
#[cfg(feature = "learned")]
#[test]
fn what_is_too_doubtful_to_be_held_against_anybody_is_left_out_where_one_judges() {
    let unseen = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/unseen/en.txt")).unwrap();
    let requests: String = calmline::language::marked::parse("en.txt", &unseen)
        .unwrap()
        .into_iter()
        .map(|reply| {
            format!("{}\n", serde_json::json!({ "lang": "en", "customer": reply.customer, "reply": reply.text }))
        })
        .collect();
    let read = |args: &[&str]| -> Vec<Value> {
        let output = words(&run(args, requests.as_bytes()).stdout);
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let hurts = ["arguing", "blame_shift", "brush_off", "rudeness"];
    let is_doubtful = |act: &Value| {
        let by_meaning = act["because"].as_str().unwrap().starts_with("example: ");
        let least = if by_meaning { 0.6 } else { 0.3 };
        hurts.contains(&act["act"].as_str().unwrap()) && act["certainty"].as_f64().unwrap() < least
    };
    let mut spared = 0;
    for (all, judged) in read(&["--jsonl"]).iter().zip(read(&["--jsonl", "--judged"])) {
        let acts = all["acts"].as_array().unwrap();
        let held: Vec<&Value> = acts.iter().filter(|act| !is_doubtful(act)).collect();
        spared += acts.len() - held.len();
        assert_eq!(judged["acts"].as_array().unwrap().iter().collect::<Vec<_>>(), held, "{all}");
        assert!(judged["recognised"] == true || held.is_empty(), "{judged}");
    }
    assert!(spared > 0, "no reply of these is doubtful");
    let measured = |extra: &[&str]| {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/unseen/en.txt");
        let output = run(&[&["--lang", "en", "--json", "--against", file], extra].concat(), b"");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let found = |figures: &Value| -> u64 {
        let of = |act| &figures["languages"]["en"]["acts"][act];
        hurts.iter().map(|act| of(*act)["right"].as_u64().unwrap() + of(*act)["invented"].as_u64().unwrap()).sum()
    };
    assert!(found(&measured(&["--judged"])) < found(&measured(&[])));
}

#[test]
fn malformed_lines_say_so_in_their_place_and_the_rest_is_read() {
    let mut input = br#"{"id": "a", "reply": "Sorry about that."}
{"id": "b", "reply": "\ud83d alone"}
{"id": "c"}
{"id": "d", "reply": ["Sorry"]}
{"id": "e", "reply": "Sorry.", "lang": "tlh"}
{"id": "f", "reply": "Sorry.", "now": "2026-03-02"}
["g", "en", "", "Sorry.", null]

{"id": "i", "reply": "Sor
"#
    .to_vec();
    input.extend(b"{\"id\": \"j\", \"reply\": \"\xff\"}\n{\"id\": \"k\", \"reply\": \"\"}\n");
    let output = run(&["--jsonl"], &input);
    assert_eq!(output.status.code(), Some(65));
    let filters = vec![
        ("There are packs for [^.]*", "There are packs for [languages]"),
        // How sure the reader is depends on which stages the program was built with.
        (r#""certainty":[0-9.]+"#, r#""certainty":[sure]"#),
    ];
    insta::with_settings!({filters => filters}, {
        insta::assert_snapshot!(format!("{}{}", words(&output.stdout), words(&output.stderr)));
    });
}

#[test]
fn a_plain_line_that_is_no_text_becomes_a_comment() {
    let output = run(&[], b"\xcf\xf0\xee\xf1\xf2\xe8\xf2\xe5\nThanks for waiting.\n");
    assert_eq!(output.status.code(), Some(65));
    assert_eq!(
        words(&output.stdout),
        "# line 1 could not be read: these bytes are not UTF-8\nThanks for waiting. {courtesy}\n"
    );
    assert_eq!(words(&output.stderr), "1 of 2 lines could not be read; each says why in its place.\n");
}

/// The figures against two files: one of JSON, one in the marked text form.
fn against(folder: &Path, extra: &[&str]) -> Output {
    let gold = r#"{"id": "g1", "lang": "en", "customer": "", "reply": "I'm so sorry about that.", "acts": ["apology"]}
{"id": "g2", "lang": "en-GB", "reply": "Thanks for waiting.", "acts": ["apology", "courtesy"]}
{"reply": "I'll call you back in five minutes.", "now": "2026-03-02T16:10", "due": "2026-03-02T16:15"}
{"id": "g4", "reply": "I'll call you back at six.", "now": "2026-03-02T16:10", "due": null}
"#;
    std::fs::write(folder.join("gold.jsonl"), gold).unwrap();
    std::fs::create_dir_all(folder.join("en")).unwrap();
    std::fs::write(folder.join("en/shop.txt"), "Sorry about that. {apology} Thanks for waiting. {}\n").unwrap();
    let (json, marked) = (folder.join("gold.jsonl"), folder.join("en/shop.txt"));
    let mut args = vec!["--against", json.to_str().unwrap(), marked.to_str().unwrap()];
    args.extend(extra);
    run(&args, b"")
}

#[test]
fn the_reader_is_measured_against_labelled_replies() {
    let folder = tempfile::tempdir().unwrap();
    let output = against(folder.path(), &["--mistakes"]);
    assert!(output.status.success(), "{}", words(&output.stderr));
    let told = words(&output.stdout).replace(folder.path().to_str().unwrap(), "");
    insta::assert_snapshot!(told);
}

#[test]
fn the_figures_are_there_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let output = against(folder.path(), &["--json", "--mistakes"]);
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    let english = &figures["languages"]["en"];
    assert_eq!(english["replies"], 5);
    assert_eq!(english["macro_f1"], Value::Null, "no act has five labelled replies");
    let apology = serde_json::json!(
        {"precision": 1.0, "recall": 0.6667, "f1": 0.8, "right": 2, "invented": 0, "missed": 1}
    );
    assert_eq!(english["acts"]["apology"], apology);
    assert_eq!(english["promises"], serde_json::json!({"right": 1, "of": 2}));
    assert_eq!(english["mistakes"][1]["due"], serde_json::json!({"found": "2026-03-02T18:00", "labelled": null}));
}

#[test]
fn all_problems_of_all_labelled_files_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let gold = r#"{"reply": "Sorry.", "acts": ["apolgy"]}
{"reply": "Sorry."}
[]
{"reply": "Sorry.", "acts": [], "lang": "tlh"}
"#;
    std::fs::write(folder.path().join("gold.jsonl"), gold).unwrap();
    std::fs::write(folder.path().join("shop.txt"), b"Sorry. {sorrow}\n").unwrap();
    std::fs::write(folder.path().join("old.txt"), b"\xcf\xf0\xee {}\n").unwrap();
    std::fs::write(folder.path().join("empty.txt"), b"# nothing yet\n").unwrap();
    let paths: Vec<String> = ["gold.jsonl", "shop.txt", "old.txt", "empty.txt"]
        .map(|name| folder.path().join(name).to_str().unwrap().to_owned())
        .to_vec();
    let mut args = vec!["--against"];
    args.extend(paths.iter().map(String::as_str));
    let output = run(&args, b"");
    assert_eq!(output.status.code(), Some(65));
    let told = words(&output.stderr);
    for part in [
        "`apolgy` is no act; perhaps `apology` is meant",
        "gold.jsonl:1:",
        "a reply without labels",
        "the line is no JSON object",
        "no language pack for `tlh`",
        "no act is called `sorrow`",
        "not UTF-8",
        "no labelled replies",
    ] {
        assert!(told.contains(part), "no “{part}” in:\n{told}");
    }
    let checked = Command::new(env!("CARGO_BIN_EXE_calmline")).arg("check").args(&paths).env("NO_COLOR", "1").output();
    let checked = checked.unwrap();
    let said = words(&checked.stderr);
    assert!(checked.status.code() == Some(65) && said.contains("4 of 4 files cannot be used."), "{said}");
    let lines = told.lines().filter(|line| line.starts_with("error: "));
    lines.for_each(|line| assert!(said.contains(line), "no “{line}” in:\n{said}"));
    assert_eq!(run(&["--against", "no-such-file.jsonl"], b"").status.code(), Some(66));
    assert_eq!(run(&["--lang", "tlh"], b"").status.code(), Some(2));
    assert_eq!(run(&["--now", "today"], b"").status.code(), Some(2));
    assert_eq!(run(&["--json"], b"").status.code(), Some(2));
}

#[test]
fn long_streams_come_out_in_order_batch_by_batch() {
    let input: String = (0..10_000).map(|at| format!("Part {at} of it\n")).collect();
    let (mut output, mut batches) = (Vec::new(), 0);
    let answer = |number, line: &Line| manner().answer_plain(number, line);
    let count = answer_lines(input.as_bytes(), &mut output, answer, |_| batches += 1).unwrap();
    assert_eq!(count, Count { lines: 10_000, malformed: 0 });
    assert!(batches >= 2, "never all lines in memory");
    for (at, line) in words(&output).lines().enumerate() {
        assert!(line.starts_with(&format!("Part {at} of it {{")), "{line}");
    }
}

/// Whatever the bytes: as many lines out as in, each JSON in the promised form, ranges on character boundaries. May be called by
/// any fuzzer.
fn any_bytes(bytes: &[u8]) {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').count();
    let mut json = Vec::new();
    let count = answer_lines(bytes, &mut json, |number, line| manner().answer_json(number, line), |_| {}).unwrap();
    assert_eq!((count.lines, words(&json).lines().count()), (lines as u64, lines));
    for line in words(&json).split_terminator('\n') {
        check_answer(line);
    }
    let mut plain = Vec::new();
    answer_lines(bytes, &mut plain, |number, line| manner().answer_plain(number, line), |_| {}).unwrap();
    let plain = words(&plain);
    assert_eq!(plain.split_terminator('\n').count(), lines);
    calmline::language::marked::parse("printed.txt", &plain).unwrap_or_else(|problems| panic!("{problems}"));
}

fn check_answer(line: &str) {
    let answer: Value = serde_json::from_str(line).unwrap();
    if answer["error"].is_string() {
        assert!(answer["line"].as_u64().is_some_and(|line| line > 0) && answer["advice"].is_string(), "{answer}");
        return;
    }
    assert!(answer["recognised"].is_boolean() && answer.get("id").is_some() && answer.get("lang").is_some());
    for act in answer["acts"].as_array().unwrap() {
        assert!((0.0..=1.0).contains(&act["certainty"].as_f64().unwrap()));
    }
    for found in answer["acts"].as_array().unwrap().iter().chain(answer["promises"].as_array().unwrap()) {
        let (start, end) = (found["start"].as_u64().unwrap(), found["end"].as_u64().unwrap());
        assert_eq!(found["text"].as_str().unwrap().len() as u64, end - start);
        assert!(start < end);
    }
}

fn reply_of(words: &str) -> Value {
    let line = Line::Bytes(serde_json::json!({ "reply": words }).to_string().into_bytes());
    let Answer { text, fine } = manner().answer_json(1, &line);
    assert!(fine, "{text}");
    check_answer(&text);
    let answer: Value = serde_json::from_str(&text).unwrap();
    for found in answer["acts"].as_array().unwrap().iter().chain(answer["promises"].as_array().unwrap()) {
        let range = found["start"].as_u64().unwrap() as usize..found["end"].as_u64().unwrap() as usize;
        assert_eq!(words.get(range), found["text"].as_str());
    }
    answer
}

#[test]
fn replies_that_nobody_should_write() {
    for empty in ["", " \t", "🙂🙂🙂", "\u{200b}\u{202e}", "\0", "？！"] {
        let answer = reply_of(empty);
        assert_eq!((&answer["recognised"], &answer["lang"]), (&Value::Bool(false), &Value::Null), "{empty:?}");
    }
    reply_of(&"a".repeat(1 << 20));
    reply_of(&"ж".repeat(1 << 19));
    reply_of(&"sorry ".repeat(1 << 17));
    let hidden = reply_of("I'm so s\u{200b}orry\u{202e} about that, извините 🙏. Désolé, ще се обадя!");
    assert_eq!(hidden["lang"], "en");
    let answer = manner().answer_json(3, &Line::TooLong);
    assert!(!answer.fine && answer.text.contains("longer than 8 MiB"), "{answer:?}");
    assert!(manner().answer_plain(3, &Line::TooLong).text.starts_with("# line 3 "));
    any_bytes(&vec![b'['; LONGEST_LINE / 4]);
    any_bytes(b"{\"id\":\"\xed\xa0\x80\",\"reply\":\"\\udead\"}\n\x00\xff\xfe\n\r\n\r\r\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        any_bytes(&bytes);
    }

    /// Sound lines with bytes put in, taken out and turned, as a fuzzer does it.
    #[test]
    fn nearly_sound_lines_are_answered(
        at in any::<proptest::sample::Index>(),
        with in proptest::collection::vec(any::<u8>(), 0..4),
        out in 0..6_usize,
        stock in proptest::collection::vec(prop_oneof![
            Just(r#"{"id": 1, "lang": "en", "customer": "What?", "reply": "I'm sorry. I'll call at 5.", "now": "2026-03-02T10:00"}"#),
            Just(r#"{"reply": "\ud83d\ude42 Thanks \u202e for \\ waiting\n\nAnna", "now": "9999-12-31T23:59"}"#),
            Just(r#"{"reply": "We will ring within 99999 months", "now": "9999-12-31T23:59", "id": {"a": [1.0e400]}}"#),
            Just("Sorry {about} that \\ # > @ now"),
            Just(""),
        ], 1..4)
    ) {
        let mut bytes = stock.join("\n").into_bytes();
        let from = at.index(bytes.len() + 1);
        let to = (from + out).min(bytes.len());
        bytes.splice(from..to, with);
        any_bytes(&bytes);
    }

    #[test]
    fn any_reply_is_read(reply in any::<String>(), words in "[ a-zа-я\u{300}\u{200b}\u{202e}’'.,!?0-9:-]{0,80}") {
        reply_of(&reply);
        reply_of(&words);
    }
}
