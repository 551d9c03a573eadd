//! What was learned: blocks and a network, how its scores are weighed against the patterns, and the examples shown as reasons.

use std::sync::Arc;

use super::network::{ACTS, HIDDEN, Network, Scored};
#[cfg(any(test, feature = "training"))]
use super::tensors::TensorWriter;
use super::tensors::{TensorError, Tensors};
use super::transformer::Block;
use super::weighing::Weighing;
use crate::fingerprint::short_sha256;
use crate::language::Act;

/// The most blocks that a file may hold.
pub(super) const MOST_BLOCKS: usize = 12;

/// A labelled clause, kept to show what a new one is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Likeness {
    pub language: String,
    pub act: Act,
    pub text: String,
    /// The network's units for it, rounded, of length about 127.
    pub units: Vec<i8>,
}

/// A clause whose labels somebody has stated, kept so that clauses like it are read as stated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Memory {
    /// The network's units for it, rounded, of length about 127.
    pub units: Vec<i8>,
    /// By act: what is added to the score of the clause itself, and the less, the less another is like it.
    pub pulls: [f32; ACTS],
}

/// From this cosine of their units on, clauses are like one whose labels are stated: what is stated of one is to change no
/// others that only do the same.
const ALIKE: f32 = 0.95;
/// Clauses of this cosine are all but the same: what was stated of one holds for the other, even against textbook words.
const ALL_BUT_THE_SAME: f32 = 0.985;

impl Memory {
    /// How much another clause is like this one: 1 where it is the same, 0 where it is not like it.
    pub(crate) fn likeness(&self, units: &[f32]) -> f32 {
        ((self.cosine(units) - ALIKE) / (1.0 - ALIKE)).clamp(0.0, 1.0)
    }

    fn cosine(&self, units: &[f32]) -> f32 {
        let length = units.iter().map(|unit| unit * unit).sum::<f32>().sqrt();
        if length <= 0.0 {
            return 0.0;
        }
        let product: f32 = self.units.iter().zip(units).map(|(known, unit)| f32::from(*known) * unit).sum();
        product / (127.0 * length)
    }

    /// All that makes it up, for its fingerprint.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let pulls = self.pulls.iter().flat_map(|pull| pull.to_le_bytes());
        self.units.iter().flat_map(|unit| unit.to_le_bytes()).chain(pulls).collect()
    }
}

/// What something was learned from, by hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MadeFrom {
    /// Of the files of labelled replies, see [`digest`].
    pub examples: String,
    /// Of the labelled replies that were kept back to weigh on, by the same digest.
    pub kept_back: String,
    /// Of each language pack whose phrases were weighed, in the order of the languages.
    pub packs: String,
}

/// The start of the SHA-256 over names and contents of files, in hexadecimal. Line ends count as one character.
#[must_use]
pub fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut all = Vec::new();
    for (name, content) in files {
        all.extend_from_slice(name.as_bytes());
        all.push(0);
        all.extend_from_slice(content.replace("\r\n", "\n").as_bytes());
        all.push(0);
    }
    short_sha256(&all)
}

/// Everything that `calmline learn` writes.
#[derive(Clone, Debug)]
pub struct Heads {
    pub(crate) blocks: Arc<[Block]>,
    pub(crate) network: Network,
    pub(crate) weighings: Vec<Weighing>,
    pub(crate) likenesses: Vec<Likeness>,
    /// Of settled labels.
    pub(crate) memories: Vec<Memory>,
    pub made_from: MadeFrom,
}

impl Heads {
    /// Reads what was learned.
    ///
    /// # Errors
    /// What is missing in the file, cut short or of another shape.
    pub fn open(file: &[u8]) -> Result<Heads, TensorError> {
        let tensors = Tensors::open(file)?;
        let count = tensors.number("blocks")? as usize;
        if !(1..=MOST_BLOCKS).contains(&count) {
            return Err(TensorError::Head("blocks".into()));
        }
        let blocks: Result<Arc<[Block]>, _> =
            (0..count).map(|at| Block::open(&tensors, &format!("block{at}"))).collect();
        let weighings = tensors.floats("weighings", ACTS * Weighing::NUMBERS)?;
        let weighings = weighings.as_chunks().0.iter().copied().map(Weighing::from_numbers).collect();
        let lines = tensors.lines("likenesses")?;
        let units =
            tensors.bytes("likeness.units", tensors.shape("likeness.units").first().copied().unwrap_or(0), HIDDEN)?;
        if units.len() != lines.len() * HIDDEN {
            return Err(TensorError::Array("likenesses".into()));
        }
        let mut likenesses = Vec::new();
        for (line, units) in lines.iter().zip(units.chunks_exact(HIDDEN)) {
            let broken = || TensorError::Array("likenesses".into());
            let (language, rest) = line.split_once('\t').ok_or_else(broken)?;
            let (act, text) = rest.split_once('\t').ok_or_else(broken)?;
            let act = Act::ALL.iter().find(|known| known.id() == act).ok_or_else(broken)?;
            likenesses.push(Likeness {
                language: language.into(),
                act: *act,
                text: text.into(),
                units: units.to_vec(),
            });
        }
        let count = tensors.shape("memories.units").first().copied().unwrap_or(0);
        let units = tensors.bytes("memories.units", count, HIDDEN)?;
        let pulls = tensors.floats("memories.pulls", count * ACTS)?;
        let memories = units.chunks_exact(HIDDEN).zip(pulls.as_chunks::<ACTS>().0);
        let memories = memories.map(|(units, pulls)| Memory { units: units.to_vec(), pulls: *pulls }).collect();
        let made_from = MadeFrom {
            examples: tensors.word("examples")?,
            kept_back: tensors.word("kept_back")?,
            packs: tensors.word("packs")?,
        };
        Ok(Heads { blocks: blocks?, network: Network::open(&tensors)?, weighings, likenesses, memories, made_from })
    }

    /// The file that [`Heads::open`] reads.
    #[cfg(any(test, feature = "training"))]
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = TensorWriter::default();
        writer.about("what", "what calmline learned".into());
        writer.about("examples", self.made_from.examples.clone().into());
        writer.about("kept_back", self.made_from.kept_back.clone().into());
        writer.about("packs", self.made_from.packs.clone().into());
        writer.about("blocks", self.blocks.len().into());
        for (at, block) in self.blocks.iter().enumerate() {
            block.write(&format!("block{at}"), &mut writer);
        }
        self.network.write(&mut writer);
        let weighings: Vec<f32> = self.weighings.iter().flat_map(|weighing| weighing.numbers()).collect();
        writer.floats("weighings", &weighings);
        let lines: Vec<String> = self
            .likenesses
            .iter()
            .map(|one| format!("{}\t{}\t{}", one.language, one.act.id(), one.text.replace(['\n', '\t'], " ")))
            .collect();
        writer.lines("likenesses", &lines);
        let units: Vec<i8> = self.likenesses.iter().flat_map(|one| one.units.iter().copied()).collect();
        writer.bytes("likeness.units", HIDDEN, &units);
        let units: Vec<i8> = self.memories.iter().flat_map(|one| one.units.iter().copied()).collect();
        writer.bytes("memories.units", HIDDEN, &units);
        let pulls: Vec<f32> = self.memories.iter().flat_map(|one| one.pulls).collect();
        writer.floats("memories.pulls", &pulls);
        writer.finish()
    }

    /// What the network makes of a reply, and what is remembered of clauses like its own.
    pub(crate) fn score(&self, features: &[f32]) -> Scored {
        self.remembered(&self.network.score(features))
    }

    /// The scores with what is remembered of clauses like theirs.
    pub(crate) fn remembered(&self, scored: &Scored) -> Scored {
        let mut remembered = scored.clone();
        for (clause, scores) in remembered.scores.iter_mut().enumerate() {
            for memory in &self.memories {
                let likeness = memory.likeness(scored.units(clause));
                if likeness > 0.0 {
                    scores.iter_mut().zip(&memory.pulls).for_each(|(score, pull)| *score += likeness * pull);
                }
            }
        }
        remembered
    }

    /// The labelled clause of the act that the units are most like: of the language where there is one, else of any.
    pub(crate) fn like(&self, language: &str, act: Act, units: &[f32]) -> Option<&str> {
        let closeness =
            |one: &Likeness| one.units.iter().zip(units).map(|(known, unit)| f32::from(*known) * unit).sum::<f32>();
        self.likenesses
            .iter()
            .filter(|one| one.act == act)
            .map(|one| (one.language == language, closeness(one), one))
            .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
            .map(|(.., one)| one.text.as_str())
    }

    /// Whether it was stated of a clause all but the same that it is not the act.
    pub(crate) fn denies(&self, act: Act, units: &[f32]) -> bool {
        self.stated(act, units).any(|pull| pull < 0.0)
    }

    /// Whether it was stated of a clause all but the same that it is the act.
    pub(crate) fn affirms(&self, act: Act, units: &[f32]) -> bool {
        self.stated(act, units).any(|pull| pull > 0.0)
    }

    /// How what was stated of clauses all but the same pulls at the act.
    fn stated(&self, act: Act, units: &[f32]) -> impl Iterator<Item = f32> {
        let pulls = self.memories.iter().map(move |memory| (memory.pulls[act as usize], memory));
        let pulls = pulls.filter(|(pull, _)| *pull != 0.0);
        pulls.filter(move |(_, memory)| memory.cosine(units) >= ALL_BUT_THE_SAME).map(|(pull, _)| pull)
    }

    pub(crate) fn weighing(&self, act: Act) -> &Weighing {
        &self.weighings[act as usize]
    }
}

/// The clause with the best score for an act, with that score.
pub(crate) fn best_clause(scored: &Scored, act: Act) -> Option<(usize, f32)> {
    scored
        .scores
        .iter()
        .map(|scores| scores[act as usize])
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}

/// Units rounded so that two clauses can be compared by a product.
pub(crate) fn rounded_units(units: &[f32]) -> Vec<i8> {
    let length = units.iter().map(|unit| unit * unit).sum::<f32>().sqrt();
    let by = if length > 0.0 { 127.0 / length } else { 0.0 };
    units.iter().map(|unit| (unit * by).round().clamp(-127.0, 127.0) as i8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::meaning::carried;

    #[test]
    fn what_is_written_is_what_was_read() {
        let mut heads = Heads::open(carried("heads.bin").expect("what was learned")).expect("a sound file");
        heads.memories.push(Memory { units: vec![7; HIDDEN], pulls: [0.5; ACTS] });
        let again = Heads::open(&heads.to_bytes()).expect("a sound file");
        assert_eq!((&again.weighings, &again.likenesses), (&heads.weighings, &heads.likenesses));
        assert_eq!((&again.memories, &again.made_from), (&heads.memories, &heads.made_from));
        let features: Vec<f32> = (0..776).map(|at| (at % 13) as f32 / 13.0).collect();
        assert_eq!(again.score(&features).scores, heads.score(&features).scores);
        let mut rows = vec![0.25; 2 * crate::language::meaning::transformer::WIDTH];
        let mut others = rows.clone();
        heads.blocks[0].apply(&mut rows);
        again.blocks[0].apply(&mut others);
        assert_eq!(rows, others);
    }

    #[test]
    fn memories_of_other_clauses_or_other_pulls_are_told_apart() {
        let memory = |unit, pull| Memory { units: vec![unit; HIDDEN], pulls: [pull; ACTS] }.bytes();
        assert_ne!(memory(1, 0.4), memory(2, 0.4));
        assert_ne!(memory(1, 0.4), memory(1, 0.8));
    }

    #[test]
    fn a_memory_pulls_what_is_like_it_and_nothing_else() {
        let mut units = vec![0; HIDDEN];
        units[0] = 127;
        let memory = Memory { units, pulls: [1.0; ACTS] };
        let mut same = [0.0; HIDDEN];
        same[0] = 3.0;
        let mut other = same;
        other[1] = 3.0;
        assert!((memory.likeness(&same) - 1.0).abs() < 1e-5);
        assert_eq!((memory.likeness(&other), memory.likeness(&[0.0; HIDDEN])), (0.0, 0.0));
    }
}
