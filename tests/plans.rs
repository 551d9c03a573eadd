//! Every shipped scenario, played by every plan beside it: outcomes and scores come out as the plan says.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use calmline::content::Library;
use calmline::progress::{Recording, Store};
use calmline::rules::{Rubric, Scorecard};
use calmline::scenario::Outcome;
use calmline::session::{Content, Mode, MoodTable, Setup, replay};
use calmline::terminal::{Player, Screen};

struct Plan {
    scenario: String,
    name: String,
    text: String,
}

impl Plan {
    fn expects(&self, what: &str) -> Option<&str> {
        let prefix = format!("# expect {what}:");
        self.text.lines().find_map(|line| line.strip_prefix(&prefix)).map(str::trim)
    }
}

fn plans() -> Vec<Plan> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans");
    let mut plans = Vec::new();
    for scenario in sorted(&folder).into_iter().filter(|path| path.is_dir()) {
        for file in sorted(&scenario) {
            plans.push(Plan {
                scenario: scenario.file_name().unwrap().to_string_lossy().into_owned(),
                name: file.file_stem().unwrap().to_string_lossy().into_owned(),
                text: fs::read_to_string(file).unwrap(),
            });
        }
    }
    plans
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn content(library: &Library, id: &str) -> Content {
    let loaded = library.load(id).unwrap_or_else(|error| panic!("{id}: {error}"));
    Content::new(loaded, Arc::new(Rubric::bundled().clone()), Arc::new(MoodTable::bundled())).unwrap()
}

/// Plays the plan through the terminal player; what it would print comes back too.
fn play(library: &Library, plan: &Plan, seed: u64) -> (Scorecard, String) {
    let mut store = Store::in_memory().unwrap();
    let trainee = store.trainee_named("Nadia").unwrap();
    let setup = Setup { mode: Mode::Practise, seed, trainee: trainee.name };
    let content = content(library, &plan.scenario);
    let recording = Recording::begin(&mut store, trainee.id, content, setup, None).unwrap();
    let mut printed = Vec::new();
    let mut player = Player { store: &mut store, recording, screen: Screen::new(&mut printed), interactive: false };
    player.play(plan.text.as_bytes()).unwrap();
    let session = player.session().clone();
    assert_eq!(
        replay(&session.content, &session.setup, session.events()).as_deref(),
        Ok(session.events()),
        "{} by {} does not replay",
        plan.scenario,
        plan.name
    );
    (session.scorecard(), String::from_utf8(printed).unwrap())
}

#[test]
fn every_plan_ends_as_it_says() {
    let library = Library::open(None);
    let mut wrong = Vec::new();
    for plan in plans() {
        let (card, printed) = play(&library, &plan, 7);
        let outcome = card.outcome.map_or("none", Outcome::id);
        let expected: Vec<&str> =
            plan.expects("outcome").expect("a plan says its outcome").split('|').map(str::trim).collect();
        let (low, high) =
            plan.expects("score").and_then(|range| range.split_once("..")).expect("a plan says its score");
        let range = low.trim().parse::<u8>().unwrap()..=high.trim().parse::<u8>().unwrap();
        if !expected.contains(&outcome) || !range.contains(&card.score) {
            wrong.push(format!(
                "{} by {}: {outcome} with {} where {} with {}..{} was expected\n{printed}",
                plan.scenario,
                plan.name,
                card.score,
                expected.join("|"),
                range.start(),
                range.end(),
            ));
        }
    }
    assert!(wrong.is_empty(), "{} plans:\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn rude_mediocre_and_excellent_come_out_in_that_order_whatever_the_seed() {
    let library = Library::open(None);
    let mut by_scenario: BTreeMap<String, BTreeMap<String, Plan>> = BTreeMap::new();
    for plan in plans() {
        by_scenario.entry(plan.scenario.clone()).or_default().insert(plan.name.clone(), plan);
    }
    let mut wrong = Vec::new();
    for (scenario, plans) in by_scenario {
        for seed in [1, 7, 42] {
            let score = |name: &str| play(&library, &plans[name], seed).0.score;
            let (rude, mediocre, excellent) = (score("rude"), score("mediocre"), score("excellent"));
            if !(rude + 10 <= mediocre && mediocre + 10 <= excellent) {
                wrong.push(format!("{scenario}, seed {seed}: rude {rude}, mediocre {mediocre}, excellent {excellent}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_scenario_has_plans_and_is_deep_enough_to_play_again() {
    let library = Library::open(None);
    let plans = plans();
    for entry in library.entries() {
        let loaded = entry.loaded.as_ref().unwrap_or_else(|problems| panic!("{problems}"));
        let scenario = &loaded.scenario;
        for name in ["excellent", "mediocre", "rude"] {
            assert!(
                plans.iter().any(|plan| plan.scenario == entry.id && plan.name == name),
                "{}: no {name} plan",
                entry.id
            );
        }
        let good = |outcome| matches!(outcome, Outcome::Resolved | Outcome::Settled);
        let (good, bad): (Vec<_>, Vec<_>) = scenario.endings.iter().partition(|ending| good(ending.outcome));
        assert!(scenario.beats.len() >= 10, "{}: {} beats", entry.id, scenario.beats.len());
        assert!(good.len() >= 2 && bad.len() >= 3, "{}: {} good and {} bad endings", entry.id, good.len(), bad.len());
        assert!(loaded.warnings.is_empty(), "{}", loaded.render_warnings(false));
    }
}

#[test]
fn what_a_trainer_sees_in_an_option_the_reader_sees_too() {
    let library = Library::open(None);
    let mut wrong = Vec::new();
    for entry in library.entries() {
        for option in content(&library, &entry.id).option_readings().iter().filter(|option| option.differs()) {
            wrong.push(format!(
                "{} · {} {}: {}\n    expected {:?}\n    read     {:?}",
                entry.id, option.beat, option.number, option.text, option.expected, option.read
            ));
        }
    }
    assert!(wrong.is_empty(), "{} options:\n{}", wrong.len(), wrong.join("\n"));
}
