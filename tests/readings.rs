//! Disputed readings as a trainee and a trainer meet them: the real program, fed from a pipe.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const PARCEL: &str = "the-parcel-that-never-came";
const BLOOM: &str = "A Swift Bloom for you.";

fn run(data: &Path, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calmline"));
    command.args(args).arg("--data").arg(data).arg("--trainee").arg("Nadia");
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("CALMLINE_COMPANY").env("NO_COLOR", "1");
    command.env("USER", "tom").env("TZ", "UTC");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that has already said its error reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What a command that must do its work prints.
fn said(data: &Path, args: &[&str], input: &str) -> String {
    let output = run(data, args, input);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The exit code of a command that must not, and what it says.
fn refused(data: &Path, args: &[&str]) -> (i32, String) {
    let output = run(data, args, "");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn play(data: &Path, mode: &str, input: &str) -> String {
    said(data, &["play", PARCEL, "--terminal", "--seed", "7", "--mode", mode], input)
}

fn listed(data: &Path, args: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = ["readings", "--json"].iter().chain(args).copied().collect();
    serde_json::from_str(&said(data, &args, "")).unwrap()
}

fn id(dispute: &Value) -> &str {
    dispute["id"].as_str().unwrap()
}

/// Ids and dates differ from run to run.
fn stable() -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"\b[0-9a-f]{32}\b", "<whole id>");
    settings.add_filter(r"\b[0-9a-f]{8}\b", "<id>");
    settings.add_filter(r"\b20\d\d-\d\d-\d\d\b", "<day>");
    settings.add_filter(r"--data \S+", "--data <folder>");
    // How sure the reader is depends on which stages the program was built with.
    settings.add_filter(r"\b[0-9]+% ", "<sure> ");
    settings.bind_to_scope()
}

#[test]
fn a_reply_that_is_not_recognised_says_so_and_how_to_object() {
    let data = tempfile::tempdir().unwrap();
    let printed = play(data.path(), "practise", "Florp the wibble.\n/wrong\n/wrong offer: I meant a present\n/wrong\n");
    for part in [
        "Not recognised: this reply could not be placed, and it costs you nothing.",
        "/wrong",
        "not recognised: it cost you nothing",
        "reply 1 should be offer",
        "You marked this as read wrongly: it should be offer.",
    ] {
        assert!(printed.split_whitespace().collect::<Vec<_>>().join(" ").contains(part), "no “{part}” in:\n{printed}");
    }
    let open = listed(data.path(), &[]);
    assert_eq!(open.len(), 1);
    assert_eq!((&open[0]["text"], &open[0]["note"]), (&"Florp the wibble.".into(), &"I meant a present".into()));
    assert_eq!((&open[0]["was_read"], &open[0]["should_be"]), (&Value::Array(vec![]), &serde_json::json!(["offer"])));
    assert_eq!(open[0]["right_now"], false);
}

#[test]
fn a_dispute_leaves_the_score_and_the_replay_as_they_are() {
    let score = |input: &str| {
        let data = tempfile::tempdir().unwrap();
        let args = ["play", PARCEL, "--terminal", "--seed", "7", "--json"];
        let debrief: Value = serde_json::from_str(&said(data.path(), &args, input)).unwrap();
        debrief.to_string()
    };
    let reply = "I'm so sorry, Ms Novak. What is the order number?\n";
    assert_eq!(score(reply), score(&format!("{reply}/wrong 1 offer\n")));

    let data = tempfile::tempdir().unwrap();
    let printed = play(data.path(), "practise", &format!("{reply}/wrong 1 offer\n/quit\n/wrong none\n"));
    let attempt = printed.split("attempt ").nth(1).unwrap().split('.').next().unwrap().to_owned();
    assert!(said(data.path(), &["replay", &attempt], "").contains("bit for bit"));
    assert_eq!(listed(data.path(), &[])[0]["should_be"], Value::Array(vec![]), "the later word counts");
}

#[test]
fn an_assessment_is_objected_to_after_its_debrief() {
    let data = tempfile::tempdir().unwrap();
    let input = format!("{BLOOM}\n/wrong\n/wrong 1 offer\n/quit\n/wrong 1\n/wrong 1 offer\n/wrong 2 offer\n");
    let printed = play(data.path(), "assess", &input);
    let (before, after) = printed.split_once("Debrief").unwrap();
    assert_eq!(before.matches("An assessment shows how your replies were read").count(), 2, "{before}");
    assert!(!before.contains("Your reply 1 was read like this"), "{before}");
    assert!(after.contains("Your reply 1 was read like this"), "{after}");
    assert!(after.contains("There is no such reply."), "{after}");
    assert_eq!(listed(data.path(), &[]).len(), 1);
}

#[test]
fn what_is_no_act_is_said_with_the_nearest_one() {
    let data = tempfile::tempdir().unwrap();
    let printed =
        play(data.path(), "learn", "I'm so sorry.\n/wrong appology\n/wrong xyzzy\n/wrong apology\n/wrong 9 offer\n");
    for part in
        ["Did you mean `apology`?", "No act is called “xyzzy”.", "That is how it was read.", "There is no such reply."]
    {
        assert!(printed.contains(part), "no “{part}” in:\n{printed}");
    }
    assert_eq!(listed(data.path(), &[]), [] as [Value; 0]);
}

#[test]
fn a_trainer_settles_a_reading_and_it_becomes_an_example_of_the_company_pack() {
    let data = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let company = folder.path().to_str().unwrap();
    let reply = "I'm so sorry. A Swift Bloom for you.";
    play(data.path(), "practise", &format!("{reply}\n/wrong apology, offer: a bunch of flowers\n"));
    let _stable = stable();
    insta::assert_snapshot!("list", said(data.path(), &["readings"], ""));
    let open = listed(data.path(), &[]);
    insta::assert_snapshot!("show", said(data.path(), &["readings", "show", &id(&open[0])[..6]], ""));

    let settled = said(data.path(), &["readings", "settle", id(&open[0]), "--by", "Tom", "--company", company], "");
    insta::assert_snapshot!("settle", settled.replace(company, "company"));
    let written = fs::read_to_string(folder.path().join("en.txt")).unwrap();
    insta::assert_snapshot!("example", written);
    assert_eq!(listed(data.path(), &[]), [] as [Value; 0]);
    let all = listed(data.path(), &["--all", "--company", company]);
    assert_eq!((&all[0]["state"], &all[0]["settlement"]["by"]), (&"settled".into(), &"Tom".into()));

    let (code, why) = refused(data.path(), &["readings", "settle", id(&open[0]), "--company", company]);
    assert!(code == 2 && why.contains("was ruled on before, by Tom"), "{code}: {why}");
    assert_eq!(fs::read_to_string(folder.path().join("en.txt")).unwrap(), written, "nothing is written twice");
}

#[test]
fn a_company_in_the_data_folder_needs_no_naming() {
    let data = tempfile::tempdir().unwrap();
    play(data.path(), "practise", &format!("{BLOOM}\n/wrong offer\n"));
    let pack = r#"CompanyPack(format: 1, language: "en", phrases: [(acts: [offer], patterns: ["swift bloom"])])"#;
    fs::create_dir(data.path().join("company")).unwrap();
    fs::write(data.path().join("company/en.ron"), pack).unwrap();

    let open = listed(data.path(), &[]);
    assert_eq!((&open[0]["right_now"], &open[0]["read_now"]), (&true.into(), &serde_json::json!(["offer"])));
    assert!(said(data.path(), &["readings"], "").contains("1 of them read as the trainee wants by now"));
    let played = play(data.path(), "practise", &format!("{BLOOM}\n"));
    assert!(played.contains("offer “A Swift Bloom for you”"), "{played}");

    said(data.path(), &["readings", "settle", id(&open[0]), "--acts", "offer, courtesy"], "");
    let written = fs::read_to_string(data.path().join("company/en.txt")).unwrap();
    assert!(written.contains("A Swift Bloom for you. {offer courtesy}\n"), "{written}");
    assert!(written.contains("settled by tom"), "{written}");
}

#[test]
fn a_trainer_rejects_with_a_reason() {
    let data = tempfile::tempdir().unwrap();
    play(data.path(), "practise", "Florp.\n/wrong empathy\n");
    let open = listed(data.path(), &[]);
    let (code, why) = refused(data.path(), &["readings", "reject", id(&open[0]), "--because", "  "]);
    assert!(code == 2 && why.contains("--because"), "{why}");
    said(data.path(), &["readings", "reject", id(&open[0]), "--because", "A florp is no empathy."], "");
    assert!(!data.path().join("company").exists(), "a rejected reading teaches nothing");
    let shown = said(data.path(), &["readings", "show", id(&open[0])], "");
    assert!(shown.contains("rejected: A florp is no empathy. (tom,"), "{shown}");
    assert!(said(data.path(), &["readings"], "").contains("Nothing is open"));
}

#[test]
fn what_cannot_be_done_is_explained_and_nothing_is_settled() {
    let data = tempfile::tempdir().unwrap();
    play(data.path(), "practise", "Florp.\n/wrong empathy\n");
    let open = listed(data.path(), &[]);
    let settle = |args: &[&str]| refused(data.path(), &[&["readings", "settle", id(&open[0])], args].concat());
    let (code, why) = settle(&["--acts", "appology"]);
    assert!(code == 2 && why.contains("did you mean `apology`?"), "{code}: {why}");
    let (code, why) = settle(&["--company", "no/such/folder"]);
    assert!(code == 66 && why.contains("There is no folder no/such/folder"), "{code}: {why}");
    let (code, why) = refused(data.path(), &["readings", "show", "zzz"]);
    assert!(code == 66 && why.contains("calmline readings"), "{code}: {why}");

    // The file of examples cannot be written: a folder stands in its place.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("en.ron"), "CompanyPack(format: 1, language: \"en\")").unwrap();
    let broken = tempfile::tempdir().unwrap();
    fs::write(broken.path().join("en.ron"), "CompanyPack(format: 1, lang: \"en\")").unwrap();
    let (code, why) = settle(&["--company", broken.path().to_str().unwrap()]);
    assert!(code == 65 && why.contains("en.ron:1:"), "{code}: {why}");
    fs::create_dir(folder.path().join("en.txt")).unwrap();
    let (code, why) = settle(&["--company", folder.path().to_str().unwrap()]);
    assert!(code == 74 && why.contains("en.txt"), "{code}: {why}");
    assert_eq!(listed(data.path(), &[]).len(), 1, "it is still open");
}

#[test]
fn a_company_pack_is_checked_like_a_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("en.ron");
    fs::write(&file, "// Ours.\nCompanyPack(format: 1, language: \"en\", jargon: [\"pod\"])").unwrap();
    assert!(said(folder.path(), &["check", file.to_str().unwrap()], "").contains("en.ron: fine"));
    fs::write(&file, "CompanyPack(format: 1, language: \"en\", jargno: [\"pod\"])").unwrap();
    let (code, why) = refused(folder.path(), &["check", file.to_str().unwrap()]);
    assert!(code == 65 && why.contains("did you mean `jargon`?"), "{code}: {why}");
}

#[test]
fn a_company_folder_is_checked_with_its_settled_readings() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = folder.path().to_str().unwrap();
    let (code, why) = refused(data.path(), &["check", path]);
    assert!(code == 65 && why.contains("nothing directly in it to check"), "{code}: {why}");
    // Words beside the packs are nobody's replies.
    fs::write(folder.path().join("notes.txt"), "A note {").unwrap();
    fs::write(folder.path().join("en.ron"), "CompanyPack(format: 1, language: \"en\", jargon: [\"pod\"])").unwrap();
    fs::write(folder.path().join("en.txt"), "> My flowers are dead!\nA Swift Bloom for you. {offer}\n").unwrap();
    let both = said(data.path(), &["check", path], "");
    assert!(both.contains("en.ron: fine") && both.contains("en.txt: fine"), "{both}");
    fs::write(folder.path().join("en.txt"), "A Swift Bloom for you. {ofer}\nAnd one more. {gift\n").unwrap();
    let (code, why) = refused(data.path(), &["check", path]);
    assert!(code == 65 && why.contains("en.txt:1:") && why.contains("en.txt:2:"), "{code}: {why}");
}
