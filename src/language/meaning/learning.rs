//! How the heads are learned from labelled replies, and how well that went.

use std::collections::BTreeMap;

use super::encoder::{Encoded, Encoder};
use super::heads::{Heads, Likeness, Weighing, best_clause, pattern_signs, rounded_units};
use super::network::{ACTS, HIDDEN, Lesson, Network, Schooling, Scored, chance_of, learn};
use crate::language::measure::Tally;
use crate::language::{Act, Span};

/// Networks that learn from the same replies and are asked together.
const NETWORKS: u64 = 4;
/// Clauses kept as reasons for each act and language.
const LIKENESSES: usize = 40;
/// The precision that hurting acts must keep on the replies kept back, for they cost points.
const HURTING_PRECISION: f64 = 0.75;
/// Refits of a company's own examples pull the weights at most so many times.
const REFIT_ROUNDS: usize = 60;

/// A labelled reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    pub language: String,
    /// The customer's line before; may be empty.
    pub customer: String,
    pub reply: String,
    /// Its clauses and their acts, in order.
    pub clauses: Vec<(Span, Vec<Act>)>,
    /// By act: the certainty of the patterns' surest match.
    pub matched: Vec<Option<u8>>,
    /// Whether it is kept back to measure on: neither the patterns nor the heads that are measured were made with it in view.
    pub kept_back: bool,
}

impl Example {
    /// The acts that the reply holds.
    #[must_use]
    pub fn acts(&self) -> [bool; ACTS] {
        let mut held = [false; ACTS];
        self.clauses.iter().flat_map(|(_, acts)| acts).for_each(|act| held[*act as usize] = true);
        held
    }
}

/// How far the work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many of so many replies are turned into numbers.
    Encoding(usize, usize),
    /// So many of so many rounds are learned.
    Learning(usize, usize),
}

/// What came of learning.
#[derive(Debug)]
pub struct Learned {
    pub heads: Heads,
    pub figures: Figures,
}

/// Measured on the replies kept back, with heads that had not seen them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Replies learned from, and kept back.
    pub learned_from: usize,
    pub kept_back: usize,
    /// By language and act: what the patterns alone find, and what both stages find together.
    pub patterns: BTreeMap<String, Vec<Tally>>,
    pub both: BTreeMap<String, Vec<Tally>>,
}

/// Learns heads from labelled replies. The same replies in the same order always give the same heads.
pub fn learn_heads(encoder: &Encoder, examples: &[Example], mut progress: impl FnMut(Progress) + Send) -> Learned {
    let encoded = encode_all(encoder, examples, &mut progress);
    let (mean, unit) = spread(&encoded);
    let mut heads = Heads { mean, unit, networks: Vec::new(), weighings: Vec::new(), likenesses: Vec::new() };
    let lessons: Vec<Option<Lesson>> =
        examples.iter().zip(encoded).map(|(example, encoded)| lesson(&heads, example, encoded)).collect();
    let of = |wanted: &dyn Fn(&Example) -> bool| -> Vec<&Lesson> {
        examples
            .iter()
            .zip(&lessons)
            .filter(|(example, _)| wanted(example))
            .filter_map(|(_, lesson)| lesson.as_ref())
            .collect()
    };
    let (part, whole) = (of(&|example| !example.kept_back), of(&|_| true));
    let rounds = Schooling::default().rounds;
    let total = 2 * NETWORKS as usize * rounds;
    let done = std::sync::Mutex::new((0, &mut progress));
    let round_done = |_: usize| {
        if let Ok(mut done) = done.lock() {
            done.0 += 1;
            let so_far = done.0;
            (done.1)(Progress::Learning(so_far, total));
        }
    };
    let school = |lessons: &[&Lesson]| -> Vec<Network> {
        std::thread::scope(|scope| {
            let pupils: Vec<_> = (1..=NETWORKS)
                .map(|seed| {
                    scope.spawn(move || learn(lessons, &Schooling { seed, ..Schooling::default() }, round_done))
                })
                .collect();
            pupils.into_iter().filter_map(|pupil| pupil.join().ok()).collect()
        })
    };
    let trial = school(&part);
    let kept: Vec<(&Example, Vec<f32>)> = examples
        .iter()
        .zip(&lessons)
        .filter(|(example, _)| example.kept_back)
        .map(|(example, lesson)| {
            (example, lesson.as_ref().map_or(vec![-8.0; ACTS], |lesson| together(&trial, &lesson.features)))
        })
        .collect();
    heads.weighings = (0..ACTS).map(|act| weigh(act, &kept)).collect();
    let mut figures =
        Figures { learned_from: examples.len() - kept.len(), kept_back: kept.len(), ..Figures::default() };
    for (example, scores) in &kept {
        let tallies = |all: &mut BTreeMap<String, Vec<Tally>>, found: &dyn Fn(usize) -> bool| {
            let row = all.entry(example.language.clone()).or_insert_with(|| vec![Tally::default(); ACTS]);
            for (act, held) in example.acts().into_iter().enumerate() {
                match (held, found(act)) {
                    (true, true) => row[act].right += 1,
                    (true, false) => row[act].missed += 1,
                    (false, true) => row[act].invented += 1,
                    (false, false) => {}
                }
            }
        };
        tallies(&mut figures.patterns, &|act| example.matched[act].is_some());
        tallies(&mut figures.both, &|act| {
            let weighing = &heads.weighings[act];
            weighing.chance(scores[act], example.matched[act]) >= weighing.threshold
        });
    }
    heads.networks = school(&whole);
    heads.likenesses = likenesses(&heads, examples, &lessons);
    Learned { heads, figures }
}

/// Fits the heads to further examples, such as a company's settled readings, in seconds: only the last step of each network
/// moves, and no further than the examples ask for.
pub fn refit(encoder: &Encoder, heads: &mut Heads, examples: &[Example]) {
    let lessons: Vec<Lesson> = examples
        .iter()
        .filter_map(|example| lesson(heads, example, encoder.encode(&example.reply, &example.customer)))
        .collect();
    let networks = std::mem::take(&mut heads.networks);
    for mut network in networks {
        let scored: Vec<Scored> = lessons.iter().map(|lesson| network.score(&lesson.features)).collect();
        for _ in 0..REFIT_ROUNDS {
            for (lesson, scored) in lessons.iter().zip(&scored) {
                for (clause, units) in lesson.clauses.iter().zip(scored.hidden.chunks_exact(HIDDEN)) {
                    let length = units.iter().map(|unit| unit * unit).sum::<f32>();
                    if length <= 0.0 {
                        continue;
                    }
                    let scores = network.scores_of(units);
                    let (weights, bias) = network.last_step();
                    for act in 0..ACTS {
                        // Stops pulling once the example is read rightly with room to spare.
                        let wanted = clause[act];
                        if (wanted > 0.5) == (scores[act] > 0.0) && scores[act].abs() > 1.5 {
                            continue;
                        }
                        let pull = 0.1 * (wanted - chance_of(scores[act])) / (length + 1.0);
                        bias[act] += pull;
                        for (weights, unit) in weights.chunks_exact_mut(ACTS).zip(units) {
                            weights[act] += pull * unit;
                        }
                    }
                }
            }
        }
        heads.networks.push(network);
    }
}

fn encode_all(encoder: &Encoder, examples: &[Example], progress: &mut (impl FnMut(Progress) + Send)) -> Vec<Encoded> {
    let done = std::sync::Mutex::new((0, progress));
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = examples.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = examples
            .chunks(share)
            .map(|part| {
                let done = &done;
                scope.spawn(move || {
                    let one = |example: &Example| {
                        let encoded = encoder.encode(&example.reply, &example.customer);
                        if let Ok(mut done) = done.lock() {
                            done.0 += 1;
                            let so_far = done.0;
                            (done.1)(Progress::Encoding(so_far, examples.len()));
                        }
                        encoded
                    };
                    part.iter().map(one).collect::<Vec<_>>()
                })
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

/// The mean of each number over all clauses, and one over its spread.
fn spread(encoded: &[Encoded]) -> (Vec<f32>, Vec<f32>) {
    let (mut sum, mut squares, mut count) = (vec![0.0f64; Encoder::FEATURES], vec![0.0f64; Encoder::FEATURES], 0.0f64);
    for row in encoded.iter().flat_map(|one| one.features.chunks_exact(Encoder::FEATURES)) {
        count += 1.0;
        for ((sum, squares), number) in sum.iter_mut().zip(&mut squares).zip(row) {
            *sum += f64::from(*number);
            *squares += f64::from(*number) * f64::from(*number);
        }
    }
    let count = count.max(1.0);
    let mean: Vec<f64> = sum.iter().map(|sum| sum / count).collect();
    let unit = squares
        .iter()
        .zip(&mean)
        .map(|(squares, mean)| (1.0 / ((squares / count - mean * mean).max(0.0).sqrt() + 1e-4)) as f32)
        .collect();
    (mean.into_iter().map(|mean| mean as f32).collect(), unit)
}

/// A reply as a lesson; none where it has no clause to learn from.
fn lesson(heads: &Heads, example: &Example, mut encoded: Encoded) -> Option<Lesson> {
    if encoded.clauses.is_empty() {
        return None;
    }
    heads.standardise(&mut encoded.features);
    let mut clauses = vec![[0.0; ACTS]; encoded.clauses.len()];
    for (found, row) in encoded.clauses.iter().zip(&mut clauses) {
        for (marked, acts) in &example.clauses {
            let shared = found.end.min(marked.end).saturating_sub(found.start.max(marked.start));
            if shared > 0 && (2 * shared >= found.end - found.start || 2 * shared >= marked.end - marked.start) {
                acts.iter().for_each(|act| row[*act as usize] = 1.0);
            }
        }
    }
    let reply = example.acts().map(|held| f32::from(u8::from(held)));
    Some(Lesson { features: encoded.features, clauses, reply })
}

/// The best score of each act over a reply's clauses, by the mean of the networks.
fn together(networks: &[Network], features: &[f32]) -> Vec<f32> {
    let mut best = vec![f32::NEG_INFINITY; ACTS];
    let all: Vec<Scored> = networks.iter().map(|network| network.score(features)).collect();
    for clause in 0..all.first().map_or(0, |scored| scored.scores.len()) {
        for (act, best) in best.iter_mut().enumerate() {
            let mean = all.iter().map(|scored| scored.scores[clause][act]).sum::<f32>() / all.len() as f32;
            *best = best.max(mean);
        }
    }
    best
}

/// Learns how one act is decided from the score and the patterns: a logistic regression on the replies kept back, drawn
/// towards trusting the score as it is; then the threshold that gives the best F1.
fn weigh(act: usize, kept: &[(&Example, Vec<f32>)]) -> Weighing {
    const PRIOR: [f64; 4] = [1.0, 0.5, 0.0, 0.0];
    const HOLD: [f64; 4] = [4.0, 4.0, 4.0, 1.0];
    let rows: Vec<([f64; 4], f64)> = kept
        .iter()
        .map(|(example, scores)| {
            let [matched, certainty] = pattern_signs(example.matched[act]);
            let row = [scores[act], matched, certainty, 1.0].map(f64::from);
            (row, f64::from(u8::from(example.acts()[act])))
        })
        .collect();
    let mut weights = PRIOR;
    for _ in 0..40 {
        let mut slope = [0.0; 4];
        let mut bend = [[0.0; 4]; 4];
        for at in 0..4 {
            slope[at] = HOLD[at] * (weights[at] - PRIOR[at]);
            bend[at][at] = HOLD[at];
        }
        for (row, held) in &rows {
            let sum: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + libm::exp(-sum));
            for a in 0..4 {
                slope[a] += (chance - held) * row[a];
                for b in 0..4 {
                    bend[a][b] += chance * (1.0 - chance) * row[a] * row[b];
                }
            }
        }
        let step = solve(bend, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    let [score, matched, certainty, bias] = weights.map(|weight| weight as f32);
    let mut weighing = Weighing { score, matched, certainty, bias, threshold: 0.5 };
    let mut best = (false, f64::MIN);
    for percent in (25..=75).step_by(5) {
        let threshold = percent as f32 / 100.0;
        let mut tally = Tally::default();
        for (example, scores) in kept {
            let found = weighing.chance(scores[act], example.matched[act]) >= threshold;
            match (example.acts()[act], found) {
                (true, true) => tally.right += 1,
                (true, false) => tally.missed += 1,
                (false, true) => tally.invented += 1,
                (false, false) => {}
            }
        }
        let precise = !Act::ALL[act].hurts() || tally.precision().unwrap_or(1.0) >= HURTING_PRECISION;
        // Where none is precise enough, the most precise is taken.
        let worth = if precise { tally.f1() } else { tally.precision().unwrap_or(1.0) };
        if (precise, worth) > best {
            best = (precise, worth);
            weighing.threshold = threshold;
        }
    }
    weighing
}

/// Solves four equations by elimination; the matrix is positive definite.
fn solve(mut matrix: [[f64; 4]; 4], mut right: [f64; 4]) -> [f64; 4] {
    for at in 0..4 {
        for below in at + 1..4 {
            let by = matrix[below][at] / matrix[at][at];
            let above = matrix[at];
            matrix[below].iter_mut().zip(above).skip(at).for_each(|(number, above)| *number -= by * above);
            right[below] -= by * right[at];
        }
    }
    for at in (0..4).rev() {
        for after in at + 1..4 {
            right[at] -= matrix[at][after] * right[after];
        }
        right[at] /= matrix[at][at];
    }
    right
}

/// The clearest clauses of each act and language, to be shown as reasons.
fn likenesses(heads: &Heads, examples: &[Example], lessons: &[Option<Lesson>]) -> Vec<Likeness> {
    let Some(first) = heads.networks.first() else { return Vec::new() };
    type Clear = (f32, String, Vec<i8>);
    let mut found: BTreeMap<(String, Act), Vec<Clear>> = BTreeMap::new();
    for (example, lesson) in examples.iter().zip(lessons) {
        let Some(lesson) = lesson else { continue };
        let spans = super::clauses::clauses(&example.reply);
        let scored = first.score(&lesson.features);
        for (at, (span, labels)) in spans.iter().zip(&lesson.clauses).enumerate() {
            let text = span.of(&example.reply);
            if text.chars().count() > 90 {
                continue;
            }
            for &act in Act::ALL {
                if labels[act as usize] > 0.5 {
                    let units = &scored.hidden[at * HIDDEN..(at + 1) * HIDDEN];
                    let entry = (scored.scores[at][act as usize], text.to_owned(), rounded_units(units));
                    found.entry((example.language.clone(), act)).or_default().push(entry);
                }
            }
        }
    }
    let mut kept = Vec::new();
    for ((language, act), mut clauses) in found {
        clauses.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        clauses.dedup_by(|a, b| a.1 == b.1);
        for (_, text, units) in clauses.into_iter().take(LIKENESSES) {
            kept.push(Likeness { language: language.clone(), act, text, units });
        }
    }
    kept
}

/// Reads a labelled reply again with the heads: by act, whether it is found. For measuring.
#[must_use]
pub fn acts_found(encoder: &Encoder, heads: &Heads, example: &Example) -> Vec<bool> {
    let mut encoded = encoder.encode(&example.reply, &example.customer);
    let scored = heads.score(&mut encoded);
    Act::ALL
        .iter()
        .map(|act| {
            let score = best_clause(&scored, *act).map_or(-8.0, |(_, score)| score);
            let weighing = heads.weighing(*act);
            weighing.chance(score, example.matched[*act as usize]) >= weighing.threshold
        })
        .collect()
}
