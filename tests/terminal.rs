//! The terminal player as a person and as a script meet it: the real program, fed from a pipe.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

const PARCEL: &str = "the-parcel-that-never-came";

fn calmline(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calmline"));
    command.args(args).arg("--data").arg(data).arg("--trainee").arg("Nadia");
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env("NO_COLOR", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(data: &Path, args: &[&str], input: &str) -> Output {
    let mut child = calmline(data, args).spawn().unwrap();
    // A program that has already said its error reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn debrief(data: &Path, input: &str) -> Value {
    let output = run(data, &["play", PARCEL, "--terminal", "--seed", "7", "--json"], input);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn piped_replies_are_played_and_the_end_of_the_input_brings_the_debrief() {
    let data = tempfile::tempdir().unwrap();
    let output = run(
        data.path(),
        &["play", PARCEL, "--terminal", "--seed", "7"],
        "I'm so sorry about the wait. May I have the order number?\n",
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let printed = stdout(&output);
    for part in ["apology “", "question “", "Debrief", "/ 100", "You left before it was over."] {
        assert!(printed.contains(part), "no “{part}” in:\n{printed}");
    }
    assert!(!printed.contains('\u{1b}'), "NO_COLOR is respected");
}

#[test]
fn json_is_alone_on_standard_output_and_has_its_promised_fields() {
    let data = tempfile::tempdir().unwrap();
    let debrief = debrief(data.path(), "Sorry about that. What is the order number?\n/quit\n");
    assert!((0..=100).contains(&debrief["score"].as_u64().unwrap()));
    assert_eq!(debrief["outcome"], "left");
    assert!(debrief["critical"].is_array());
    assert!(debrief["promises"].is_array());
    assert_eq!(debrief["turns"], 1);
    for rule in ["no-arguing", "apologise", "clarify", "offer-solutions", "next-steps", "call-back"] {
        let rule = &debrief["rules"][rule];
        assert!(rule["score"].is_u64() || rule["score"].is_null(), "{rule}");
        assert!(rule["verdict"].is_string() && rule["evidence"].is_array(), "{rule}");
    }
}

#[test]
fn the_same_words_typed_and_chosen_are_worth_the_same() {
    let (typed_data, chosen_data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let library = calmline::content::Library::open(None);
    let option = library.load(PARCEL).unwrap().scenario.beats[0].options[0].text.clone();
    let typed = debrief(typed_data.path(), &format!("{option}\n"));
    let chosen = debrief(chosen_data.path(), "/option 1\n");
    assert_eq!(typed, chosen);
}

#[test]
fn a_promise_that_is_left_behind_is_forgotten_and_one_that_is_kept_is_kept() {
    let promise = "I'm sorry, Ms Novak. What is the order number?\nI will call you back in ten minutes.\n";
    let left = tempfile::tempdir().unwrap();
    let forgotten = debrief(left.path(), &format!("{promise}/quit\n"));
    assert_eq!(forgotten["promises"][0]["status"], "forgotten", "{forgotten:#}");
    assert_eq!(forgotten["critical"][0]["kind"], "promise_forgotten");
}

#[test]
fn leaving_after_one_word_is_no_good_score_and_a_real_start_is_worth_more() {
    let score = |words: &str| {
        let data = tempfile::tempdir().unwrap();
        debrief(data.path(), words)["score"].as_u64().unwrap()
    };
    let (word, start) = (score("Sorry.\n"), score("I am so sorry, Ms Novak. May I have your order number, please?\n"));
    assert!(word < start && start < 60, "{word} and {start}");
}

#[test]
fn the_same_session_gives_the_same_bytes() {
    let words = "I'm sorry, Ms Novak. What is the order number?\nI'll call you back in ten minutes.\n/wait 9m\n/call\n";
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert_eq!(debrief(one.path(), words).to_string(), debrief(other.path(), words).to_string());
}

#[test]
fn a_session_left_for_later_has_no_json_and_says_so() {
    let data = tempfile::tempdir().unwrap();
    let output = run(data.path(), &["play", PARCEL, "--terminal", "--json"], "I'm sorry.\n/pause\n");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]));
    assert!(stderr(&output).contains("calmline resume"), "{}", stderr(&output));
}

#[test]
fn assessments_show_nothing_and_allow_no_help() {
    let data = tempfile::tempdir().unwrap();
    let output = run(
        data.path(),
        &["play", PARCEL, "--terminal", "--mode", "assess"],
        "I'm so sorry.\n/hint\n/options\n/option 1\n/rewind 1\n",
    );
    let printed = stdout(&output);
    assert_eq!(printed.matches("An assessment does not allow that.").count(), 4, "{printed}");
    let before_debrief = printed.split("Debrief").next().unwrap();
    assert!(!before_debrief.contains("apology"), "{before_debrief}");
}

#[test]
fn rewinding_takes_a_reply_back() {
    let data = tempfile::tempdir().unwrap();
    let debrief = debrief(data.path(), "Shut up, you idiot. Are you deaf?\n/rewind 1\nI'm sorry about the wait.\n");
    assert_eq!(debrief["turns"], 1);
    assert_eq!(debrief["critical"].as_array().unwrap().len(), 0, "{debrief:#}");
}

#[test]
fn rewinding_without_a_number_takes_the_last_reply_back() {
    let data = tempfile::tempdir().unwrap();
    let first = "I'm so sorry about the wait. What is the order number?";
    let kept = debrief(data.path(), &format!("{first}\nShut up, you idiot. Are you deaf?\n/rewind\n"));
    assert_eq!((&kept["turns"], &kept["critical"]), (&1.into(), &Value::Array(Vec::new())));
    let untouched = debrief(data.path(), &format!("/rewind\n{first}\n"));
    assert_eq!(untouched["turns"], 1, "there was nothing to take back");
}

#[test]
fn a_session_killed_in_the_middle_goes_on_where_it_was() {
    let data = tempfile::tempdir().unwrap();
    let mut child = calmline(data.path(), &["play", PARCEL, "--terminal", "--seed", "7"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "I'm so sorry about the wait, Ms Novak. What is the order number?").unwrap();
    input.flush().unwrap();
    wait_for(&mut child, "apology");
    // SIGKILL: no handler runs, nothing is flushed.
    child.kill().unwrap();
    child.wait().unwrap();

    let output = run(data.path(), &["resume", "--json"], "/quit\n");
    assert!(output.status.success(), "{}", stderr(&output));
    let debrief: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(debrief["turns"], 1, "the reply that was shown as sent is there");
}

fn wait_for(child: &mut Child, words: &str) {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let seen = lines.any(|line| line.unwrap().contains(words));
    assert!(seen, "the player never said “{words}”");
}

#[test]
fn a_stored_attempt_replays_bit_for_bit() {
    let data = tempfile::tempdir().unwrap();
    let played = run(data.path(), &["play", PARCEL, "--terminal"], "I'm sorry. What is the order number?\n/hint\n");
    let printed = stdout(&played);
    let id = printed.split("attempt ").nth(1).unwrap().split('.').next().unwrap().to_owned();
    let output = run(data.path(), &["replay", &id], "");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("bit for bit"), "{}", stdout(&output));
}

#[test]
fn a_label_that_the_reader_does_not_share_is_pointed_out_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.ron");
    let scenario = r#"(title: "Mine", beats: [(id: "ring", says: ["Well?"],
        options: [(text: "I'm so sorry.", expect: [offer])], exits: [(to: "bye")])],
        endings: [(id: "bye", outcome: Resolved, says: ["Bye."])])"#;
    std::fs::write(&file, scenario).unwrap();
    let output = run(folder.path(), &["check", file.to_str().unwrap()], "");
    assert!(output.status.success());
    let said = stderr(&output);
    assert!(said.contains("mine.ron:2:") && said.contains("it sees [apology]"), "{said}");
}

#[test]
fn what_is_not_there_is_said_with_the_nearest_name() {
    let data = tempfile::tempdir().unwrap();
    let output = run(data.path(), &["play", "parcel", "--terminal"], "");
    assert_eq!(output.status.code(), Some(66));
    assert!(stderr(&output).contains("Did you mean `the-parcel-that-never-came`"), "{}", stderr(&output));
    let output = run(data.path(), &["play", "no/such/file.ron", "--terminal"], "");
    assert!(!output.status.success());
}

#[test]
fn any_bytes_on_standard_input_are_survived() {
    let data = tempfile::tempdir().unwrap();
    let mut child = calmline(data.path(), &["play", PARCEL, "--terminal", "--json"]).spawn().unwrap();
    let mut bytes =
        b"\xff\xfe\x00 sorry \xf0\x9f\n\r\n\x1b[2J/\n//\n/wait 999999999999999h\n/option 99999999999999999999\n"
            .to_vec();
    bytes.extend(std::iter::repeat_n(b'a', 100_000));
    let _ = child.stdin.take().unwrap().write_all(&bytes);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice::<Value>(&output.stdout).unwrap();
}

#[test]
fn without_a_display_plain_calmline_is_the_terminal_player_and_says_so() {
    let data = tempfile::tempdir().unwrap();
    let output = run(data.path(), &[], "1\nI'm sorry about that.\n");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("terminal player"), "{}", stderr(&output));
    assert!(stdout(&output).contains("Debrief"), "{}", stdout(&output));
    let output = run(data.path(), &["--window"], "");
    assert_eq!(output.status.code(), Some(69), "{}", stderr(&output));
}

#[test]
fn a_record_that_is_no_record_is_refused_and_left_as_it_is() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join(calmline::progress::STORE_FILE);
    std::fs::write(&file, "not a store").unwrap();
    let output = run(data.path(), &["play", PARCEL, "--terminal"], "Sorry.\n");
    assert_eq!(output.status.code(), Some(74), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "not a store");
}
