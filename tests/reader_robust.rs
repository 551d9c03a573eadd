//! Whatever is typed: spans fit the text, nothing panics, the same reply reads the same; broken packs say what is wrong.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Command;

use calmline::language::{Context, LanguagePack, Lexicon, Reading};
use proptest::prelude::*;

fn read(reply: &str) -> Reading {
    let now = jiff::civil::date(2026, 3, 2).at(10, 0, 0, 0);
    LanguagePack::bundled("en").expect("the English pack").read(
        reply,
        &Context { customer: "", now },
        &Lexicon::empty(),
    )
}

fn check(reply: &str) {
    let reading = read(reply);
    let spans = reading.acts.iter().map(|found| found.span).chain(reading.promises.iter().map(|promise| promise.span));
    for span in spans.chain(reading.jargon.iter().copied()) {
        assert!(span.start < span.end && reply.get(span.start..span.end).is_some(), "{span:?} in {reply:?}");
    }
    assert!(reading.acts.iter().all(|found| found.certainty <= 100));
    assert_eq!(reading, read(reply));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_string(reply in any::<String>()) {
        check(&reply);
    }

    #[test]
    fn any_words(reply in proptest::collection::vec(prop_oneof![
        Just("I'll call you"), Just("in"), Just("99999999999"), Just("by"), Just("31st"), Just("29 February"), Just("minutes"), Just("sorry"),
        Just("\""), Just("’"), Just("?!"), Just("24:61"), Just("5-"), Just("e\u{301}"), Just("🙂"), Just("not"), Just("\u{202e}"), Just("Friday"),
        Just("between 25 and 3"), Just("months"), Just("99999"), Just("<url>"), Just("<"), Just("http://a.b/?x=1"), Just("p.m."), Just("ß"), Just("İ"),
    ], 0..40)) {
        check(&reply.join(" "));
        check(&reply.concat());
    }
}

#[test]
fn hostile_lengths() {
    check(&"a".repeat(1 << 20));
    check(&"we will not ".repeat(20_000));
    check(&"\"'".repeat(50_000));
    check(&"1:".repeat(50_000));
}

#[test]
fn a_broken_pack_says_every_problem_with_its_line() {
    let source = include_str!("../assets/languages/en.ron");
    let broken = source
        .replacen("\"mea culpa\"", "\"(mea culpa\"", 1)
        .replacen("\"many thanks\"", "\"<no such class>\"", 1)
        .replacen("\"monday\": 1", "\"monday\": 9", 1);
    let error = LanguagePack::from_ron("mine.ron", &broken).expect_err("three problems");
    assert_eq!(error.problems.len(), 3, "{error}");
    for problem in &error.problems {
        assert_eq!(problem.file, "mine.ron");
        assert!(problem.line > 1, "{problem}");
    }
    assert!(error.to_string().contains("never closed"), "{error}");
    let line = 1 + source[..source.find("\"mea culpa\"").expect("the pattern")].matches('\n').count();
    assert!(
        error.problems.iter().any(|problem| problem.line == line && problem.reason.contains("mea culpa")),
        "{error}"
    );
}

#[test]
fn a_pack_that_is_no_pack() {
    for source in ["", "(", "LanguagePack()", "\u{feff}", "LanguagePack(format: 1, format: 1)", &"(".repeat(100_000)] {
        let error = LanguagePack::from_ron("mine.ron", source).expect_err("no pack");
        assert!(!error.problems.is_empty() && error.problems[0].line >= 1);
    }
    let source = include_str!("../assets/languages/en.ron");
    let twice = source.replacen("\"negation\":", "\"negation_ends\": [\"x\"], \"negation\":", 1);
    assert!(LanguagePack::from_ron("mine.ron", &twice).expect_err("a repeated key").to_string().contains("twice"));
}

#[test]
fn the_bundled_pack() {
    let pack = LanguagePack::bundled("en-GB").expect("the English pack");
    assert_eq!(pack.language(), "en");
    assert_eq!(pack.source_hash().len(), 64);
    assert!(pack.customer_lines().hang_up.len() >= 4);
    assert!(LanguagePack::bundled("xx").is_none());
}

#[test]
fn every_language_pack_beside_the_others_is_sound() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/languages");
    let mut languages = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|end| end == "ron") {
            let pack = LanguagePack::from_ron(&path.to_string_lossy(), &fs::read_to_string(&path).unwrap());
            languages.push(pack.unwrap_or_else(|error| panic!("{error}")).language().to_owned());
        }
    }
    languages.sort();
    assert_eq!(languages, LanguagePack::bundled_languages().collect::<Vec<_>>());
}

/// What `calmline check` says about a file of these bytes.
fn checked(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_calmline"))
        .args(["check", &file.to_string_lossy()])
        .env("CALMLINE_DATA", folder.path())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(65));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_language_pack_is_named_for_its_language() {
    let english = include_str!("../assets/languages/en.ron");
    let said = checked("fr.ron", english.as_bytes());
    assert!(said.contains("the file is named fr.ron, but its language is `en`"), "{said}");
}

#[test]
fn a_language_pack_in_another_encoding_is_told_in_few_words() {
    let pack: Vec<u8> = include_str!("../assets/languages/ru.ron")
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap_or(0xE0))
        .collect();
    let said = checked("ru.ron", &pack);
    assert_eq!(said.matches("these bytes are not UTF-8").count(), 3, "{said}");
    assert!(said.contains("nor are those of") && said.lines().count() < 50, "{said}");
}

#[test]
fn a_broken_language_pack_is_shown_with_its_lines() {
    let pack = "LanguagePack(\n    format: 1,\n    language: \"xx\",\n    phrases: [(acts: [sorry], patterns: [\"pardon\"])],\n)";
    let said = checked("xx.ron", pack.as_bytes());
    assert!(said.contains("xx.ron:4:") && said.contains("sorry"), "{said}");
}
