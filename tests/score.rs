//! `calmline score` as trainers and scripts meet it: the real program, its pages, sheets and complaints.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const CALL: &str = r#"{"from": "customer", "at": "00:00", "text": "My parcel was due on Monday, and nobody answers your phone!"}
{"from": "agent", "at": "00:12", "text": "I'm so sorry. This is Anna from Swiftbox. May I have the order number, please?"}
{"from": "customer", "at": "00:20", "text": "48-2210."}
{"from": "agent", "at": "00:26", "text": "The courier messed that up, not us. I'll ask the depot and call you back in ten minutes."}
{"from": "customer", "at": "10:00", "text": "Well?"}
{"from": "agent", "at": "10:26", "text": "It is in the depot. I can send you a new one today, or pay you back. Which suits you better?"}
"#;

fn score(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calmline"));
    command.arg("score").args(args).current_dir(folder).env("NO_COLOR", "1").env("COLUMNS", "88");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that has already said its error reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Every key of a JSON object; those of lists and of rules stand for all of their kind.
fn keys(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = format!("{path}.{key}");
                keys(value, &path, found);
                found.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, path, found)),
        _ => {}
    }
}

#[test]
fn the_debrief_as_text() {
    let folder = folder_with(&[("call.jsonl", CALL)]);
    let debrief = stdout(&score(folder.path(), &["call.jsonl"], ""));
    for part in [
        "── Debrief · call.jsonl ──",
        " / 100 ",
        "A transcript does not show how it ended",
        "+ 100  Call back (kept)",
        "“I'll ask the depot and call you back in ten minutes” · 00:10:26 · kept on time",
        "“The courier messed that up",
        "·   –  When you cannot help (not called for)",
    ] {
        let spaced = debrief.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = part.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(spaced.contains(&wanted), "no “{part}” in:\n{debrief}");
    }
}

#[test]
fn a_talk_in_which_nothing_can_be_placed_is_not_judged() {
    let talk = r#"{"from": "customer", "at": "00:00", "text": "Where is my parcel?"}
{"from": "agent", "at": "00:12", "text": "qwrtz xcvb mnbv"}
"#;
    let folder = folder_with(&[("noise.jsonl", talk)]);
    let debrief = stdout(&score(folder.path(), &["noise.jsonl"], ""));
    assert!(debrief.contains("Not judged") && !debrief.contains("/ 100"), "{debrief}");
    let json: Value = serde_json::from_str(&stdout(&score(folder.path(), &["noise.jsonl", "--json"], ""))).unwrap();
    assert_eq!((&json["score"], &json["uncapped"]), (&Value::Null, &Value::Null));
    let sheet = stdout(&score(folder.path(), &["noise.jsonl", "--csv"], ""));
    assert!(sheet.lines().nth(1).unwrap().starts_with("noise.jsonl,en,phone,,,"), "{sheet}");
}

#[test]
fn a_talk_in_a_language_that_nobody_reads_says_so() {
    let german = CALL.lines().next().unwrap().to_owned()
        + "\n"
        + r#"{"from": "agent", "at": "00:12", "text": "Das tut uns wirklich leid, wir kümmern uns sofort darum."}"#;
    let folder = folder_with(&[("call.jsonl", &german)]);
    let said = stderr(&score(folder.path(), &["call.jsonl"], ""));
    assert!(said.contains("call.jsonl: no language pack knows what the agent says"), "{said}");
    assert!(said.contains("bg, en, ru") && said.contains("--lang"), "{said}");
    assert_eq!(stderr(&score(folder.path(), &["call.jsonl", "--lang", "en"], "")), "");
}

#[test]
fn a_transcript_comes_from_a_pipe_too() {
    let folder = tempfile::tempdir().unwrap();
    let debrief: Value = serde_json::from_str(&stdout(&score(folder.path(), &["-", "--json"], CALL))).unwrap();
    assert_eq!(debrief["transcript"]["file"], "standard input");
    assert_eq!(debrief["promises"][0]["status"], "kept");
}

#[test]
fn the_json_has_the_shape_of_a_played_sessions() {
    let folder = folder_with(&[("call.jsonl", CALL)]);
    let scored: Value = serde_json::from_str(&stdout(&score(folder.path(), &["call.jsonl", "--json"], ""))).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_calmline"));
    command.args(["play", "the-parcel-that-never-came", "--terminal", "--seed", "7", "--json", "--data", "record"]);
    command.current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let replies = "I'm so sorry, Ms Novak. What is the order number?\nThe courier messed that up, not us. I'll call you back in ten minutes.\n/wait 10m\n/call\n/quit\n";
    child.stdin.take().unwrap().write_all(replies.as_bytes()).unwrap();
    let played: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    let shape = |debrief: &Value| {
        let mut found = BTreeSet::new();
        keys(debrief, "", &mut found);
        found
    };
    // What only one of the two can know is null in the other, and only one of them went wrong badly.
    let one_sided = |path: &String| [".transcript", ".mood.", ".critical."].iter().any(|start| path.starts_with(start));
    let difference: Vec<String> =
        shape(&scored).symmetric_difference(&shape(&played)).filter(|path| !one_sided(path)).cloned().collect();
    assert_eq!(difference, [".hashes.transcript"]);
}

#[test]
fn the_sheet_has_a_row_a_transcript_and_no_formula() {
    let folder = folder_with(&[("=cmd.jsonl", CALL), ("two, three.jsonl", CALL)]);
    let sheet = stdout(&score(folder.path(), &["=cmd.jsonl", "two, three.jsonl", "--csv"], ""));
    assert_eq!(sheet.matches("\r\n").count(), 3);
    assert!(sheet.starts_with("file,language,channel,score,uncapped,critical,apologise,apologise points,"));
    assert!(sheet.contains(",replies,not recognised,promises,kept,early,late,forgotten\r\n"));
    let mut reader = csv::Reader::from_reader(sheet.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, heading: &str| {
        rows[row].get(headings.iter().position(|name| name == heading).unwrap()).unwrap().to_owned()
    };
    assert_eq!((cell(0, "file"), cell(1, "file")), ("'=cmd.jsonl".into(), "two, three.jsonl".into()));
    assert_eq!((cell(0, "no-blame-shifting"), cell(0, "no-blame-shifting points")), ("broken".into(), "35".into()));
    assert_eq!((cell(0, "cannot-help"), cell(0, "cannot-help points")), ("not_called_for".into(), String::new()));
    assert_eq!((cell(0, "replies"), cell(0, "promises"), cell(0, "kept")), ("3".into(), "1".into(), "1".into()));
}

#[test]
fn the_page_stands_alone_and_takes_no_word_for_markup() {
    let nasty = r#"{"from": "customer", "at": "00:00", "text": "</p><script>alert(1)</script> & <img src=x onerror=alert(2)>"}
{"from": "agent", "at": "00:05", "text": "I'm so sorry\" onmouseover=\"alert(3), that must be <b>awful</b>. You should have read the contract. What is it?"}
"#;
    let folder = folder_with(&[("<i>call.jsonl", nasty)]);
    let output = score(folder.path(), &["<i>call.jsonl", "--html", "--out", "call.html"], "");
    assert_eq!(stdout(&output), "");
    let page = fs::read_to_string(folder.path().join("call.html")).unwrap();
    for markup in ["<script", "<img", "<i>", "<b>", "\" onmouseover", "http://", "https://", "src=", "url(", "@import"]
    {
        assert!(!page.replace("onerror", "").replace("src=x", "").contains(markup), "{markup} in:\n{page}");
    }
    for part in [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        r#"title="arguing">You should have read the contract</mark>"#,
        "prefers-color-scheme: dark",
        "@media print",
        "Source: ",
        r##"href="#reply-1""##,
    ] {
        assert!(page.contains(part), "no {part} in:\n{page}");
    }
}

#[test]
fn the_page_takes_its_colours_from_the_theme() {
    let style = include_str!("../assets/styles/debrief.css");
    let theme = include_str!("../src/window/theme.rs");
    let colours: Vec<&str> = style.match_indices('#').map(|(at, _)| &style[at + 1..at + 7]).collect();
    assert_eq!(colours.len(), 20);
    for colour in colours {
        assert!(theme.contains(&format!("0x{colour}")), "#{colour} is not in the theme");
    }
}

#[test]
fn everything_wrong_with_a_transcript_is_said_at_once() {
    let broken = r#"{"from": "custmer", "at": "00:00", "text": "Hm"}
{"from": "agent", "at": "00:99", "text": "x", "tone": 3}
not json
{"from": "agent", "at": "00:10", "text": "  "}

{"from": "agent", "at": "00:08", "text": "late", "text": "twice"}
{"from": "agent", "at": 8}
{"from": "agent", "at": "00:20", "text": "never closed
{"from": "supervisor", "at": "00:30", "text": "Hello."} and more
["agent", "00:40", "no"]
{"from": "supervisor", "at": "00:50", "text": "\ud800"}
"#;
    let folder = folder_with(&[("broken.jsonl", broken)]);
    let output = score(folder.path(), &["broken.jsonl"], "");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(65), &b""[..]));
    insta::assert_snapshot!(stderr(&output));
}

#[test]
fn files_that_are_no_transcripts_are_refused_with_a_reason() {
    let lines = "{\"from\": \"agent\", \"at\": \"00:00\", \"text\": \"Yes.\"}\n".repeat(5_001);
    let cases = [
        ("", "the transcript is empty"),
        ("\n \n", "the transcript is empty"),
        ("[{\"from\": \"agent\"}]", "one JSON list"),
        ("{\"from\": \"customer\", \"at\": \"00:00\", \"text\": \"Hello?\"}", "the agent says nothing"),
        (&lines, "more than 5000 lines"),
        (&"x".repeat(1_100_000), "larger than 1 MiB"),
    ];
    for (text, reason) in cases {
        let folder = folder_with(&[("file.jsonl", text)]);
        let output = score(folder.path(), &["file.jsonl", "--json"], "");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(65), &b""[..]), "{reason}");
        assert!(stderr(&output).contains(reason), "no “{reason}” in {}", stderr(&output));
    }
}

#[test]
fn other_encodings_are_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("utf16.jsonl"), [0xFF, 0xFE, b'{', 0]).unwrap();
    fs::write(folder.path().join("1251.jsonl"), b"{\"from\": \"agent\", \"at\": \"00:00\", \"text\": \"\xc4\xe0\"}")
        .unwrap();
    let output = score(folder.path(), &["utf16.jsonl", "1251.jsonl", "--csv"], "");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(65), &b""[..]));
    for reason in ["UTF-16, not UTF-8", "1251.jsonl:1:", "not UTF-8"] {
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let folder = folder_with(&[("call.jsonl", &format!("\u{feff}{}", CALL.replace('\n', "\r\n")))]);
    assert!(score(folder.path(), &["call.jsonl"], "").status.success());
}

#[test]
fn nothing_is_written_where_one_of_the_files_is_broken() {
    let folder = folder_with(&[("fine.jsonl", CALL), ("broken.jsonl", "?"), ("sheet.csv", "as it was")]);
    let output = score(folder.path(), &["fine.jsonl", "broken.jsonl", "--csv", "--out", "sheet.csv"], "");
    assert_eq!(output.status.code(), Some(65));
    assert_eq!(fs::read_to_string(folder.path().join("sheet.csv")).unwrap(), "as it was");
    let written = score(folder.path(), &["fine.jsonl", "--csv", "--out", "sheet.csv"], "");
    assert!(written.status.success());
    assert!(fs::read_to_string(folder.path().join("sheet.csv")).unwrap().starts_with("file,language"));
    let names: BTreeSet<String> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["broken.jsonl", "fine.jsonl", "sheet.csv"].map(String::from).into());
}

#[test]
fn a_command_line_that_is_off_says_why() {
    let folder = folder_with(&[("call.jsonl", CALL), ("bad.ron", "(name: \"x\")")]);
    let cases: &[(&[&str], i32, &str)] = &[
        (&["nowhere.jsonl"], 66, "There is no file nowhere.jsonl."),
        (&["call.jsonl", "--lang", "tlh"], 2, "no language pack for “tlh”"),
        (&["call.jsonl", "--rubric", "bad.ron"], 65, "bad.ron is no rubric"),
        (&["call.jsonl", "--rubric", "none.ron"], 66, "There is no file none.ron."),
        (&["call.jsonl", "--starts", "monday"], 2, "like 2026-03-02T10:00"),
        (&["call.jsonl", "--channel", "pigeon"], 2, "possible values"),
        (&["call.jsonl", "--out", "page.html"], 2, "--html"),
        (&["call.jsonl", "--html", "--out", "call.jsonl"], 2, "one of the transcripts"),
        (&["call.jsonl", "--html", "--out", "."], 2, "no plain file"),
        (&["call.jsonl", "--html", "--out", "no/such/page.html"], 66, "There is no folder for no/such/page.html."),
        (&["call.jsonl", "call.jsonl", "--json"], 2, "--csv"),
        (&["call.jsonl", "--json", "--csv"], 2, "cannot be used with"),
        (&["-", "-", "--csv"], 2, "only once"),
        (&["."], 74, "cannot be read"),
        (&[], 2, "TRANSCRIPT"),
    ];
    for (args, code, words) in cases {
        let output = score(folder.path(), args, "");
        assert_eq!(output.status.code(), Some(*code), "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(words), "{args:?}: {}", stderr(&output));
    }
    assert_eq!(fs::read_to_string(folder.path().join("call.jsonl")).unwrap(), CALL);
}

#[test]
fn an_own_rubric_and_the_channel_change_the_score() {
    let lenient = include_str!("../assets/rubrics/standard.ron")
        .replace(r#""no-blame-shifting-shifted": (points: -65)"#, r#""no-blame-shifting-shifted": (points: 0)"#)
        .replace(r#"name: "standard""#, r#"name: "lenient""#);
    let folder = folder_with(&[("call.jsonl", CALL), ("lenient.ron", &lenient)]);
    let rule = |args: &[&str], rule: &str| -> Value {
        let debrief: Value = serde_json::from_str(&stdout(&score(folder.path(), args, ""))).unwrap();
        debrief["rules"][rule]["score"].clone()
    };
    assert_eq!(rule(&["call.jsonl", "--json"], "no-blame-shifting"), 35);
    assert_eq!(rule(&["call.jsonl", "--json", "--rubric", "lenient.ron"], "no-blame-shifting"), 100);
    let slow = CALL.replace("00:12", "01:00").replace("00:20", "01:10").replace("00:26", "01:20");
    fs::write(folder.path().join("slow.jsonl"), slow).unwrap();
    let prompt = |channel| rule(&["slow.jsonl", "--json", "--channel", channel], "answer-promptly").as_u64().unwrap();
    assert!(prompt("counter") < prompt("e-mail"));
}

#[test]
fn a_promise_by_the_clock_asks_when_the_talk_began() {
    let call = CALL.replace("in ten minutes", "at 10:10");
    let folder = folder_with(&[("call.jsonl", &call)]);
    let unknown = score(folder.path(), &["call.jsonl", "--json"], "");
    assert!(stderr(&unknown).contains("--starts 2026-03-02T10:00"), "{}", stderr(&unknown));
    let known = score(folder.path(), &["call.jsonl", "--json", "--starts", "2026-03-02T10:00"], "");
    let debrief: Value = serde_json::from_str(&stdout(&known)).unwrap();
    assert_eq!(debrief["promises"][0]["due"], "2026-03-02T10:10");
    assert_eq!(debrief["promises"][0]["status"], "kept");
    assert_eq!(stderr(&known), "");
}
