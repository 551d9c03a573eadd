//! How the heads are learned from labelled replies, and how well that went.

use std::collections::BTreeMap;

use super::encoder::{Encoded, Encoder};
use super::heads::{Heads, Likeness, Weighing, pattern_signs, rounded_units};
use super::network::{ACTS, HIDDEN, Lesson, Network, Schooling, Scored, learn};
use crate::language::marked::MarkedReply;
use crate::language::measure::Tally;
use crate::language::{Act, Context, LanguagePack, Lexicon, Reading, Span, moment};

/// Networks that learn from the same replies and are asked together.
const NETWORKS: u64 = 4;
/// Clauses kept as reasons for each act and language.
const LIKENESSES: usize = 40;
/// The precision that hurting acts must keep on the replies kept back, for they cost points.
const HURTING_PRECISION: f64 = 0.75;
/// The same for the acts that help, so that none is credited lightly.
const HELPING_PRECISION: f64 = 0.75;
/// Refits of a company's own examples pull the weights at most so many times.
const REFIT_ROUNDS: usize = 80;
/// By how much one pull moves the score of the example itself.
const REFIT_STEP: f32 = 0.4;

/// A labelled reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    pub language: String,
    /// The customer's line before; may be empty.
    pub customer: String,
    pub reply: String,
    /// Its clauses and their acts, in order; one clause over the whole reply where it is not known which does what.
    pub clauses: Vec<(Span, Vec<Act>)>,
    /// By act: the certainty of the patterns' surest match.
    pub matched: Vec<Option<u8>>,
    /// Whether it is kept back to measure on: neither the patterns nor the heads that are measured were made with it in view.
    pub kept_back: bool,
}

impl Example {
    /// A reply marked by hand, with what the phrases of a pack see in it.
    #[must_use]
    pub fn of(reply: MarkedReply, pack: Option<&LanguagePack>) -> Example {
        let context = Context { customer: &reply.customer, now: reply.now.unwrap_or_else(moment::usual) };
        let phrases = pack.map(|pack| pack.read(&reply.text, &context, &Lexicon::empty()));
        Example {
            matched: Example::surest(&phrases.unwrap_or_default()),
            language: reply.language.unwrap_or_default(),
            customer: reply.customer,
            reply: reply.text,
            clauses: reply.clauses.into_iter().map(|clause| (clause.span, clause.acts)).collect(),
            kept_back: false,
        }
    }

    /// By act: the certainty of the surest match of a reading by phrases.
    #[must_use]
    pub fn surest(reading: &Reading) -> Vec<Option<u8>> {
        let mut surest: Vec<Option<u8>> = vec![None; ACTS];
        for found in &reading.acts {
            let best = &mut surest[found.act as usize];
            *best = Some(best.unwrap_or(0).max(found.certainty));
        }
        surest
    }

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
    /// Settled examples that are read as stated, and all of them.
    pub settled: (usize, usize),
    /// By language and act: what the patterns alone find, and what both stages find together.
    pub patterns: BTreeMap<String, Vec<Tally>>,
    pub both: BTreeMap<String, Vec<Tally>>,
}

/// Learns heads from labelled replies. The same replies in the same order always give the same heads.
///
/// `settled` are labels that trainers have stated, such as those of a scenario's options: they teach like the others, and in the
/// end the heads are fitted until they are read as stated.
pub fn learn_heads(
    encoder: &Encoder,
    examples: &[Example],
    settled: &[Example],
    mut progress: impl FnMut(Progress) + Send,
) -> Learned {
    let all: Vec<Example> = examples.iter().chain(settled).cloned().collect();
    let examples = &all[..];
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
        tallies(&mut figures.both, &|act| heads.weighings[act].decide(scores[act], example.matched[act]).0);
    }
    heads.networks = school(&whole);
    let misread = refit(encoder, &mut heads, settled);
    figures.settled = (settled.len() - misread, settled.len());
    heads.likenesses = likenesses(&heads, examples, &lessons);
    Learned { heads, figures }
}

/// Fits the heads to further examples, such as a company's settled readings, in seconds: only the last step of each network
/// moves, and only until an example is read as it is labelled. Answers how many still are not.
pub fn refit(encoder: &Encoder, heads: &mut Heads, examples: &[Example]) -> usize {
    let lessons: Vec<(&Example, Lesson)> = examples
        .iter()
        .filter_map(|example| {
            Some((example, lesson(heads, example, encoder.encode(&example.reply, &example.customer))?))
        })
        .collect();
    let units: Vec<Vec<Vec<f32>>> = lessons
        .iter()
        .map(|(_, lesson)| heads.networks.iter().map(|network| network.score(&lesson.features).hidden).collect())
        .collect();
    let mut misread = 0;
    for _ in 0..REFIT_ROUNDS {
        misread = 0;
        for ((example, lesson), units) in lessons.iter().zip(&units) {
            let held = example.acts();
            let mut scores = vec![[0.0f32; ACTS]; lesson.clauses.len()];
            for (network, units) in heads.networks.iter().zip(units) {
                for (sum, units) in scores.iter_mut().zip(units.chunks_exact(HIDDEN)) {
                    sum.iter_mut().zip(network.scores_of(units)).for_each(|(sum, score)| *sum += score);
                }
            }
            let share = 1.0 / heads.networks.len().max(1) as f32;
            let mut wrong = false;
            for act in 0..ACTS {
                let best =
                    scores.iter().map(|scores| scores[act] * share).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
                let Some((clause, score)) = best else { continue };
                if heads.weighings[act].decide(score, example.matched[act]).0 == held[act] {
                    continue;
                }
                wrong = true;
                let pull = if held[act] { REFIT_STEP } else { -REFIT_STEP };
                for (network, units) in heads.networks.iter_mut().zip(units) {
                    let units = &units[clause * HIDDEN..(clause + 1) * HIDDEN];
                    let length = units.iter().map(|unit| unit * unit).sum::<f32>();
                    let (weights, _) = network.last_step();
                    for (weights, unit) in weights.chunks_exact_mut(ACTS).zip(units) {
                        weights[act] += pull * unit / (length + 1.0);
                    }
                }
            }
            misread += usize::from(wrong);
        }
        if misread == 0 {
            break;
        }
    }
    misread
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
    let placed = example.clauses.len() > 1 || clauses.len() == 1;
    Some(Lesson { features: encoded.features, clauses, placed, reply })
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
    let mut weighing = Weighing { score, matched, certainty, bias, keep: 0.5, add: 0.5 };
    let mut best = (false, f64::MIN);
    for keep in (10..=60).step_by(5) {
        for add in (35..=80).step_by(5) {
            let (keep, add) = (keep as f32 / 100.0, add as f32 / 100.0);
            let trial = Weighing { keep, add, ..weighing };
            let mut tally = Tally::default();
            for (example, scores) in kept {
                match (example.acts()[act], trial.decide(scores[act], example.matched[act]).0) {
                    (true, true) => tally.right += 1,
                    (true, false) => tally.missed += 1,
                    (false, true) => tally.invented += 1,
                    (false, false) => {}
                }
            }
            let least = if Act::ALL[act].hurts() { HURTING_PRECISION } else { HELPING_PRECISION };
            let precise = tally.precision().unwrap_or(1.0) >= least;
            // Where none is precise enough, the most precise is taken.
            let worth = if precise { tally.f1() } else { tally.precision().unwrap_or(1.0) };
            if (precise, worth) > best {
                best = (precise, worth);
                weighing = trial;
            }
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
