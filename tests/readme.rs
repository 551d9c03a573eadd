//! What the README shows works: its commands run, its scenario plays.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const README: &str = include_str!("../README.md");

fn blocks(language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// Runs a line of a block in a shell in which `calmline` is the program, with a display-less environment and its own record.
fn shell(folder: &Path, line: &str) -> std::process::Output {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_calmline"));
    let script = format!("calmline() {{ {} --data record \"$@\"; }}\n{line}", program.display());
    let mut command = Command::new("bash");
    command.arg("-c").arg(script).current_dir(folder).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command.stdin(Stdio::null()).output().unwrap()
}

#[test]
fn the_two_commands_come_first() {
    let first = blocks("sh");
    assert_eq!(first[0].trim(), "cargo run");
    assert_eq!(first[1].trim(), "cargo test");
}

#[test]
fn the_scenario_in_the_readme_is_fine_and_ends_well() {
    let source = &blocks("ron")[0];
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("my-scenario.ron"), source).unwrap();
    let replies = "I'm so sorry, Mr Reed. What is the order number?\nI can send you a fresh one right away. Would that suit you?\n";
    let mut child = Command::new(env!("CARGO_BIN_EXE_calmline"))
        .args(["--data", "record", "play", "my-scenario.ron", "--terminal", "--json"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(replies.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let debrief: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(debrief["outcome"], "resolved", "{debrief:#}");
}

#[test]
fn every_command_in_the_readme_runs() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("my-scenario.ron"), &blocks("ron")[0]).unwrap();
    std::fs::create_dir(folder.path().join("company")).unwrap();
    std::fs::write(folder.path().join("company/en.ron"), &blocks("ron")[1]).unwrap();
    let began =
        shell(folder.path(), "printf 'Sorry about that.\\n/pause\\n' | calmline play my-scenario.ron --terminal");
    assert!(began.status.success(), "a session to resume: {}", String::from_utf8_lossy(&began.stderr));
    let mut ran = 0;
    for block in blocks("sh").iter().filter(|block| block.contains("calmline ")) {
        let joined = block.replace("\\\n", " ");
        for line in joined.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let output = shell(folder.path(), line);
            assert!(output.status.success(), "`{line}`: {}", String::from_utf8_lossy(&output.stderr));
            ran += 1;
        }
    }
    assert!(ran >= 8, "only {ran} commands were found in the README");
}

#[test]
fn every_file_that_the_readme_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let links = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for link in links.filter(|link| !link.starts_with("http")) {
        assert!(root.join(link).exists(), "{link} is not there");
    }
}
