//! The rubric: the bundled one loads, a changed one judges otherwise, a broken one says everything that is wrong.

use calmline::rules::{RULES, Rubric, judge};

const STANDARD: &str = include_str!("../assets/rubrics/standard.ron");

fn problems(text: &str) -> Vec<String> {
    Rubric::load("mine.ron", text.as_bytes()).expect_err("this rubric is broken").problems
}

/// The standard rubric with one text replaced, which must stand there.
fn with(old: &str, new: &str) -> String {
    assert!(STANDARD.contains(old), "{old}");
    STANDARD.replacen(old, new, 1)
}

#[test]
fn the_bundled_rubric_loads_with_the_hash_of_its_bytes() {
    let bundled = Rubric::bundled();
    assert_eq!(bundled.name, "standard");
    assert_eq!(bundled.hash.len(), 64);
    let changed = Rubric::load("mine.ron", with("weight: 15", "weight: 16").as_bytes()).expect("it is sound");
    assert_ne!(changed.hash, bundled.hash);
}

#[test]
fn headline_rules_weigh_most() {
    let weights = &Rubric::bundled().rules;
    let weight = |headline| {
        RULES
            .iter()
            .filter(move |rule| rule.headline == headline && rule.id != "cannot-help")
            .map(|rule| weights[rule.id].weight)
    };
    assert!(weight(true).min() > weight(false).max());
}

#[test]
fn points_come_from_the_rubric() {
    let rule = RULES.iter().find(|rule| rule.id == "apologise").expect("the rule");
    let conversation = rule.good[0].conversation();
    let mine = with("\"apologise-early\": (points: 100)", "\"apologise-early\": (points: 50)");
    let mine = Rubric::load("mine.ron", mine.as_bytes()).expect("it is sound");
    let score = |rubric| judge(&conversation, rubric).rules.into_iter().find(|rule| rule.rule == "apologise")?.score;
    assert_eq!((score(Rubric::bundled()), score(&mine)), (Some(100), Some(50)));
}

#[test]
fn how_sure_of_a_rude_word_the_reader_must_be_may_be_left_out() {
    let older = Rubric::load("mine.ron", with("rudeness_from: 75, ", "").as_bytes()).expect("it is sound");
    assert_eq!((older.caps.rudeness_from, Rubric::bundled().caps.rudeness_from), (0, 75));
    assert_eq!(problems(&with("rudeness_from: 75", "rudeness_from: 101")), ["caps.rudeness_from: 101 is above 100"]);
}

#[test]
fn all_problems_are_named_at_once() {
    let broken = with("kept_from: 80", "kept_from: 101")
        .replacen("\"apologise-early\": (points: 100)", "\"apologise-early\": (points: -5)", 1)
        .replacen("\"apologise-none\"", "\"apologise-nun\"", 1)
        .replacen("\"stay-calm\": (", "\"stay-cool\": (", 1)
        .replacen("prompt: 45, late: 120", "prompt: 45, late: 20", 1);
    assert_eq!(
        problems(&broken),
        [
            "kept_from: 101 is above 100",
            "limits.phone.late: must not be below prompt",
            "rules.apologise.notes.apologise-early: -5 is not 0 to 100",
            "rules.apologise.notes: \"apologise-none\" is missing",
            "rules.apologise.notes: there is no note \"apologise-nun\"",
            "rules: \"stay-calm\" is missing",
            "rules: there is no rule \"stay-cool\"",
        ]
    );
}

#[test]
fn texts_of_another_shape_are_refused_with_a_place() {
    for (text, says) in [
        (with("broken_below: 40,", "broken_below: 40, colour: 3,"), "colour"),
        (with("kept_from: 80,", "kept_from: 80, kept_from: 80,"), "kept_from"),
        (with("kept_from: 80", "kept_from: 300"), "out of bounds"),
        (with("\"clarify\": (weight: 15, notes: {", "\"apologise\": (weight: 15, notes: {"), "twice"),
        (with("name: \"standard\",", ""), "name"),
        ("(((((((".repeat(1000), ""),
        (String::new(), ""),
    ] {
        let problems = problems(&text);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains(says), "{problems:?}");
        assert!(problems[0].starts_with(|c: char| c.is_ascii_digit()), "{problems:?}");
    }
}

#[test]
fn bytes_that_are_no_text_and_files_too_large_are_refused() {
    let refused = |bytes: &[u8]| Rubric::load("mine.ron", bytes).expect_err("refused").to_string();
    assert!(refused(b"(name: \"\xff\")").contains("byte 8 is not UTF-8"));
    assert!(refused(&vec![b' '; 2 << 20]).contains("larger than"));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        proptest::prop_assert!(Rubric::load("mine.ron", &bytes).is_err());
    }
}
