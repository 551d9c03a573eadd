//! Every rule is documented, weighed, worded, and judges its own examples as it says.

use std::collections::BTreeSet;

use calmline::language::{Act, Context, LanguagePack, Lexicon};
use calmline::rules::{Example, RULES, Rubric, Rule, RuleScore, Verdict, Way, better_wording, handbook, judge, rule};
use fluent_templates::fluent_bundle::{FluentBundle, FluentResource};

fn judged(rule: &Rule, example: &Example) -> RuleScore {
    let card = judge(&example.conversation(), Rubric::bundled());
    card.rules.into_iter().find(|score| score.rule == rule.id).expect("a scorecard has every rule")
}

#[test]
fn rules_are_sorted_headline_first_and_found_by_id() {
    let order: Vec<_> = RULES.iter().map(|rule| (!rule.headline, rule.id)).collect();
    assert!(order.is_sorted_by(|one, other| one < other), "{order:?}");
    assert_eq!(RULES.iter().filter(|rule| rule.headline).count(), 6);
    assert!(RULES.iter().all(|each| rule(each.id).is_some_and(|found| std::ptr::eq(found, *each))));
    assert!(rule("no-such-rule").is_none());
}

#[test]
fn every_rule_is_documented() {
    for rule in RULES {
        for (what, text) in [("title", rule.title), ("asks", rule.asks), ("why", rule.why)] {
            assert!(!text.trim().is_empty(), "{}: {what}", rule.id);
        }
        assert!(!rule.sources.is_empty() && !rule.good.is_empty() && !rule.bad.is_empty(), "{}", rule.id);
        assert!(rule.notes.iter().all(|note| note.key.starts_with(rule.id)), "{}", rule.id);
        assert!(rule.notes.iter().all(|note| note.when.ends_with('.')), "{}", rule.id);
    }
}

#[test]
fn note_keys_are_unique() {
    let keys: Vec<_> = RULES.iter().flat_map(|rule| rule.notes).map(|note| note.key).collect();
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
}

#[test]
fn good_examples_keep_their_rule() {
    for rule in RULES {
        for example in rule.good {
            let score = judged(rule, example);
            assert_eq!(score.verdict, Verdict::Kept, "{}: {score:#?}", rule.id);
        }
    }
}

#[test]
fn bad_examples_break_their_rule_and_say_why() {
    for rule in RULES {
        for example in rule.bad {
            let score = judged(rule, example);
            assert!(matches!(score.verdict, Verdict::Broken | Verdict::PartlyKept), "{}: {score:#?}", rule.id);
            let costs = |key: &str| rule.notes.iter().any(|note| note.key == key && note.way == Way::Costs);
            assert!(score.findings.iter().any(|finding| costs(&finding.note)), "{}: {score:#?}", rule.id);
        }
    }
}

#[test]
fn examples_label_words_that_they_hold() {
    for example in RULES.iter().flat_map(|rule| rule.good.iter().chain(rule.bad)) {
        for said in example.said {
            let Some(agent) = said.agent else { continue };
            let labels = agent.jargon.iter().copied().chain([agent.names, agent.reason]);
            assert!(labels.into_iter().all(|words| said.text.contains(words)), "{said:?}");
        }
    }
}

#[test]
fn every_note_rule_verdict_and_failing_has_words() {
    let words = FluentResource::try_new(include_str!("../assets/locales/en/rules.ftl").into()).expect("it is Fluent");
    let mut bundle = FluentBundle::new(vec![]);
    bundle.add_resource(&words).expect("each message stands once");
    let notes = RULES.iter().flat_map(|rule| rule.notes).map(|note| note.key.to_owned());
    let titles = RULES.iter().map(|rule| format!("rule-{}", rule.id));
    let others = [
        "verdict-kept",
        "verdict-partly-kept",
        "verdict-broken",
        "verdict-not-called-for",
        "critical-rudeness",
        "critical-promise-forgotten",
        "critical-hung-up",
        "critical-went-public",
    ];
    let missing: Vec<_> =
        notes.chain(titles).chain(others.map(String::from)).filter(|key| !bundle.has_message(key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_better_wording_is_in_the_phrase_book_and_every_cost_has_one() {
    for note in RULES.iter().flat_map(|rule| rule.notes) {
        assert_eq!(note.way == Way::Costs, note.better.is_some(), "{}", note.key);
        let words = note.better.map(|key| better_wording("en", key));
        assert!(words.is_none_or(|words| words.is_some_and(|words| !words.is_empty())), "{}", note.key);
    }
    assert_eq!(better_wording("en", "no such key"), None);
    assert_eq!(better_wording("tlh", "apologise"), None);
}

/// Run with `UPDATE_HANDBOOK=1` to write it anew.
#[test]
fn the_handbook_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/handbook/en.md");
    if std::env::var_os("UPDATE_HANDBOOK").is_some() {
        std::fs::write(path, handbook()).expect("the handbook can be written");
    }
    let committed = std::fs::read_to_string(path).expect("the handbook can be read").replace("\r\n", "\n");
    assert_eq!(committed, handbook(), "run with UPDATE_HANDBOOK=1");
}

/// The labels of the examples are a trainer's; the bundled reader must see the same acts in the words.
#[test]
fn the_reader_sees_in_the_examples_what_they_are_labelled_with() {
    let pack = LanguagePack::bundled("en").expect("the English pack is bundled");
    let now = jiff::civil::date(2026, 3, 2).at(10, 0, 0, 0);
    let mut wrong = BTreeSet::new();
    for rule in RULES {
        for example in rule.good.iter().chain(rule.bad) {
            let mut before = "";
            for said in example.said {
                let Some(agent) = said.agent else {
                    before = said.text;
                    continue;
                };
                let reading = pack.read(said.text, &Context { customer: before, now }, &Lexicon::empty());
                let read: Vec<Act> = Act::ALL.iter().copied().filter(|act| reading.has(*act)).collect();
                let mut labelled = agent.acts.to_vec();
                labelled.sort_unstable();
                if read != labelled {
                    wrong.insert(format!(
                        "{}: {}\n    labelled {labelled:?}\n    read     {read:?}",
                        rule.id, said.text
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
}
