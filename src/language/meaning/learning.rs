//! How the learned stage is learned from labelled replies, and how well that went.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::encoder::Encoder;
use super::example::Example;
use super::heads::{Heads, Likeness, MadeFrom, best_clause, rounded_units};
use super::network::ACTS;
use super::refit::refit;
use super::training::{Lesson, Trained, batch_count, train};
pub use super::training::{Origin, Schooling};
use super::{Meaning, weighing};
use crate::language::{Act, Context, Lexicon, Tally, moment};

/// Clauses kept as reasons for each act and language, and the clearest ones from which they are chosen.
const LIKENESSES: usize = 64;
const CLEAREST: usize = 800;
/// How clearly a scenario's option that was read otherwise is then read as labelled: enough to be held against whoever takes it.
const CLEAR: f32 = 0.61;
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
    /// Settled examples that are weighed as stated, and all of them.
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
    encoder: &'static Encoder,
    origin: &Origin,
    (examples, settled): (&[Example], &[Example]),
    made_from: MadeFrom,
    schooling: &Schooling,
    mut progress: impl FnMut(Progress),
) -> Learned {
    let lessons = lessons(encoder, (examples, settled));
    let taught: Vec<&Lesson> = lessons.iter().map(|(_, lesson)| lesson).collect();
    let (mut done, all) = (0, batch_count(taught.len(), schooling));
    let Trained { blocks, network } = train(encoder, origin, &taught, schooling, || {
        done += 1;
        progress(Progress::Learning(done, all));
    });
    let heads = Heads {
        blocks: blocks.into(),
        network,
        weighings: Vec::new(),
        likenesses: Vec::new(),
        memories: Vec::new(),
        made_from,
    };
    weigh_heads(encoder, heads, (examples, settled), progress)
}

/// Weighs what was learned anew against what the phrases find, and chooses its reasons anew, without learning: after a change of
/// a language pack.
pub fn weigh_heads(
    encoder: &'static Encoder,
    mut heads: Heads,
    (examples, settled): (&[Example], &[Example]),
    mut progress: impl FnMut(Progress),
) -> Learned {
    let kept: Vec<&Example> = examples.iter().filter(|example| example.kept_back).collect();
    let all = 2 * kept.len();
    progress(Progress::Measuring(0, all));
    heads.memories.clear();
    heads.likenesses = likenesses(encoder, &heads, &lessons(encoder, (examples, settled)));
    let scored = scored(encoder, &heads, &kept);
    heads.weighings = (0..ACTS).map(|act| weighing::learn(act, &scored)).collect();
    progress(Progress::Measuring(kept.len(), all));
    let misread = refit(encoder, &mut heads, settled, Example::pack, CLEAR);
    // The settled labels have moved the scores a little, so it is measured what is handed out, with all that it heeds.
    let meaning = Meaning { encoder, heads, hash: String::new() };
    let mut figures = measure(&meaning, &kept);
    progress(Progress::Measuring(all, all));
    figures.learned_from = examples.len() + settled.len() - kept.len();
    figures.kept_back = kept.len();
    figures.settled = (settled.len() - misread, settled.len());
    Learned { heads: meaning.heads, figures }
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
    let clauses = encoder.cut(&example.reply, &example.customer, example.pack());
    let scored = heads.score(&encoder.features(&heads.blocks, &clauses));
    Act::ALL.iter().map(|act| best_clause(&scored, *act).map_or(NOTHING, |(_, score)| score)).collect()
}

/// What the phrases find in the replies kept back, and what both stages find.
fn measure(meaning: &Meaning, kept: &[&Example]) -> Figures {
    let mut figures = Figures::default();
    for (example, found) in kept.iter().zip(side_by_side(kept, |example| acts_read(meaning, example))) {
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
        tallies(&mut figures.both, &|act| found[act]);
    }
    figures
}

/// By act: whether both stages together see it in a reply. Nothing is seen in a language that has no pack.
fn acts_read(meaning: &Meaning, example: &Example) -> [bool; ACTS] {
    let Some(pack) = example.pack() else { return [false; ACTS] };
    let context = Context { customer: &example.customer, now: moment::usual() };
    let phrases = pack.read_by_phrases(&example.reply, &context, &Lexicon::empty());
    let reading = meaning.weigh(phrases, &example.reply, &example.customer, pack);
    std::array::from_fn(|act| reading.has(Act::ALL[act]))
}

/// What is learned from: every reply that is not kept back.
fn lessons<'a>(encoder: &Encoder, (examples, settled): (&'a [Example], &'a [Example])) -> Vec<(&'a Example, Lesson)> {
    let taught = examples.iter().filter(|example| !example.kept_back).chain(settled);
    taught.filter_map(|example| Some((example, lesson(encoder, example)?))).collect()
}

/// A reply as a lesson; none where it has no clause to learn from.
fn lesson(encoder: &Encoder, example: &Example) -> Option<Lesson> {
    let mut clauses = encoder.cut(&example.reply, &example.customer, example.pack());
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

/// Clear clauses of each act and language, to be shown as reasons.
fn likenesses(encoder: &Encoder, heads: &Heads, lessons: &[(&Example, Lesson)]) -> Vec<Likeness> {
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
                    let units = rounded_units(scored.units(at));
                    let clear = Clear { score: scored.scores[at][act as usize], text: text.to_owned(), units };
                    found.entry((example.language.clone(), act)).or_default().push(clear);
                }
            }
        }
    }
    let found: Vec<((String, Act), Vec<Clear>)> = found.into_iter().collect();
    let telling: Vec<Vec<Likeness>> = side_by_side(&found, |((language, act), clauses)| {
        let likeness = |Clear { text, units, .. }| Likeness { language: language.clone(), act: *act, text, units };
        most_telling(clauses.clone()).into_iter().map(likeness).collect()
    });
    telling.into_iter().flatten().collect()
}

/// A labelled clause, and how clearly it does what its label says.
#[derive(Clone, Debug)]
struct Clear {
    score: f32,
    text: String,
    units: Vec<i8>,
}

impl Clear {
    fn likeness(&self, other: &Clear) -> i32 {
        self.units.iter().zip(&other.units).map(|(one, two)| i32::from(*one) * i32::from(*two)).sum()
    }
}

/// Of the clearest clauses those that together stand for all of them: each in turn is the one that brings the others closest
/// to what is chosen.
fn most_telling(mut clauses: Vec<Clear>) -> Vec<Clear> {
    clauses.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
    let mut known = BTreeSet::new();
    clauses.retain(|clear| known.insert(clear.text.trim().to_lowercase()));
    clauses.truncate(CLEAREST);
    let alike: Vec<Vec<i32>> =
        clauses.iter().map(|one| clauses.iter().map(|other| one.likeness(other)).collect()).collect();
    let mut closest = vec![0; clauses.len()];
    let mut chosen = Vec::new();
    for _ in 0..LIKENESSES.min(clauses.len()) {
        let gain = |at: usize| -> i64 {
            alike[at].iter().zip(&closest).map(|(likeness, closest)| i64::from((likeness - closest).max(0))).sum()
        };
        let others = (0..clauses.len()).filter(|at| !chosen.contains(at));
        let Some(best) = others.max_by_key(|at| (gain(*at), std::cmp::Reverse(*at))) else { break };
        chosen.push(best);
        closest.iter_mut().zip(&alike[best]).for_each(|(closest, likeness)| *closest = (*closest).max(*likeness));
    }
    chosen.into_iter().map(|at| clauses[at].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_telling_clauses_stand_for_all_and_not_for_the_clearest_alone() {
        let clear = |score, text: &str, units: [i8; 2]| Clear { score, text: text.into(), units: units.into() };
        let many = (0..2 * LIKENESSES).map(|at| clear(9.0, &format!("sorry {at}"), [100, 0]));
        let other = clear(1.0, "I could sink into the ground", [0, 100]);
        let again = clear(0.5, "i could sink into the ground", [0, 99]);
        let chosen = most_telling(many.chain([other, again]).collect());
        assert_eq!(chosen.len(), LIKENESSES);
        assert_eq!(chosen[1].text, "I could sink into the ground");
        assert!(chosen[2..].iter().all(|clear| clear.text.starts_with("sorry")));
    }
}
