//! How the learned stage is learned from labelled replies, and how well that went.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::encoder::Encoder;
use super::example::Example;
use super::heads::{Heads, Likeness, MadeFrom, best_clause, rounded_units};
use super::network::ACTS;
use super::refit::refit;
use super::training::{Lesson, Trained, batch_count, train};
pub use super::training::{Origin, Schooling};
use super::weighing::{self, Weighing};
use crate::language::Act;
use crate::language::measure::Tally;

/// Clauses kept as reasons for each act and language.
const LIKENESSES: usize = 40;
/// The score of every act in a reply without a clause.
const NOTHING: f32 = -8.0;

/// How far the work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many of so many batches are learned.
    Learning(usize, usize),
    /// So many of so many replies kept back are read.
    Measuring(usize, usize),
}

/// What came of learning.
#[derive(Debug)]
pub struct Learned {
    pub heads: Heads,
    pub figures: Figures,
}

/// Measured on the replies kept back. The blocks and the network had not seen them, but the weights and thresholds between
/// phrases and network are fitted to them, so they flatter a little.
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

/// Learns from the labelled replies that are not kept back, and weighs what was learned on those that are. The same replies in
/// the same order give the same heads on the same kind of machine.
///
/// `settled` are labels that trainers have stated, such as those of a scenario's options: they teach like the others, and in the
/// end the heads are fitted until they are read as stated.
pub fn learn_heads(
    encoder: &Encoder,
    origin: &Origin,
    (examples, settled): (&[Example], &[Example]),
    made_from: MadeFrom,
    schooling: &Schooling,
    mut progress: impl FnMut(Progress),
) -> Learned {
    let lessons: Vec<(&Example, Lesson)> = examples
        .iter()
        .filter(|example| !example.kept_back)
        .chain(settled)
        .filter_map(|example| Some((example, lesson(encoder, example)?)))
        .collect();
    let taught: Vec<&Lesson> = lessons.iter().map(|(_, lesson)| lesson).collect();
    let (mut done, all) = (0, batch_count(taught.len(), schooling));
    let Trained { blocks, network } = train(encoder, origin, &taught, schooling, || {
        done += 1;
        progress(Progress::Learning(done, all));
    });
    let mut heads = Heads {
        blocks: blocks.into(),
        network,
        weighings: Vec::new(),
        likenesses: Vec::new(),
        memories: Vec::new(),
        made_from,
    };
    heads.likenesses = likenesses(encoder, &heads, &lessons);
    weigh_heads(encoder, heads, (examples, settled), progress)
}

/// Weighs what was learned anew against what the phrases find, without learning: after a change of a language pack.
pub fn weigh_heads(
    encoder: &Encoder,
    mut heads: Heads,
    (examples, settled): (&[Example], &[Example]),
    mut progress: impl FnMut(Progress),
) -> Learned {
    let kept: Vec<&Example> = examples.iter().filter(|example| example.kept_back).collect();
    let all = 2 * kept.len();
    progress(Progress::Measuring(0, all));
    heads.memories.clear();
    let scored = scored(encoder, &heads, &kept);
    heads.weighings = (0..ACTS).map(|act| weighing::learn(act, &scored)).collect();
    progress(Progress::Measuring(kept.len(), all));
    let misread = refit(encoder, &mut heads, settled);
    // The settled labels have moved the scores a little, so it is measured what is handed out.
    let mut figures = measure(&heads.weighings, &self::scored(encoder, &heads, &kept));
    progress(Progress::Measuring(all, all));
    figures.learned_from = examples.len() + settled.len() - kept.len();
    figures.kept_back = kept.len();
    figures.settled = (settled.len() - misread, settled.len());
    Learned { heads, figures }
}

/// The replies with the best score of each act.
fn scored<'a>(encoder: &Encoder, heads: &Heads, kept: &[&'a Example]) -> Vec<(&'a Example, Vec<f32>)> {
    side_by_side(kept, |example| (*example, best_scores(encoder, heads, example)))
}

/// What comes of each thing, in the order of the things.
fn side_by_side<T: Sync, R: Send>(things: &[T], of: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    things.par_iter().map(of).collect()
}

/// By act: the best score over a reply's clauses.
fn best_scores(encoder: &Encoder, heads: &Heads, example: &Example) -> Vec<f32> {
    let clauses = encoder.cut(&example.reply, &example.customer);
    let scored = heads.score(&encoder.features(&heads.blocks, &clauses));
    Act::ALL.iter().map(|act| best_clause(&scored, *act).map_or(NOTHING, |(_, score)| score)).collect()
}

/// What the phrases find in the replies kept back, and what both stages find.
fn measure(weighings: &[Weighing], kept: &[(&Example, Vec<f32>)]) -> Figures {
    let mut figures = Figures::default();
    for (example, scores) in kept {
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
        tallies(&mut figures.both, &|act| weighings[act].decide(scores[act], example.matched[act]).0);
    }
    figures
}

/// A reply as a lesson; none where it has no clause to learn from.
fn lesson(encoder: &Encoder, example: &Example) -> Option<Lesson> {
    let mut clauses = encoder.cut(&example.reply, &example.customer);
    // The rest of a reply too long to be understood at once teaches nothing.
    let window = encoder.windows(&clauses).into_iter().next()?;
    let whole = window.len() == clauses.len();
    clauses.truncate(window.end);
    let mut labels = vec![[0.0; ACTS]; clauses.len()];
    for (found, row) in clauses.iter().map(|clause| clause.span).zip(&mut labels) {
        for (marked, acts) in &example.clauses {
            let shared = found.end.min(marked.end).saturating_sub(found.start.max(marked.start));
            if shared > 0 && (2 * shared >= found.end - found.start || 2 * shared >= marked.end - marked.start) {
                acts.iter().for_each(|act| row[*act as usize] = 1.0);
            }
        }
    }
    let placed = example.clauses.len() > 1 || clauses.len() == 1;
    let reply = match whole {
        true => example.acts().map(|held| f32::from(u8::from(held))),
        false if placed => std::array::from_fn(|act| labels.iter().map(|row| row[act]).fold(0.0, f32::max)),
        false => return None,
    };
    Some(Lesson { clauses, labels, placed, reply })
}

/// The clearest clauses of each act and language, to be shown as reasons.
fn likenesses(encoder: &Encoder, heads: &Heads, lessons: &[(&Example, Lesson)]) -> Vec<Likeness> {
    type Clear = (f32, String, Vec<i8>);
    let mut found: BTreeMap<(String, Act), Vec<Clear>> = BTreeMap::new();
    let scored = side_by_side(lessons, |(_, lesson)| heads.score(&encoder.features(&heads.blocks, &lesson.clauses)));
    for ((example, lesson), scored) in lessons.iter().zip(scored) {
        for (at, (clause, labels)) in lesson.clauses.iter().zip(&lesson.labels).enumerate() {
            let text = clause.span.of(&example.reply);
            if text.chars().count() > 90 {
                continue;
            }
            for &act in Act::ALL {
                if labels[act as usize] > 0.5 {
                    let units = scored.units(at);
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
