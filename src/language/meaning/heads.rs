//! What was learned: networks, how their scores are weighed against the patterns, and the examples shown as reasons.

use super::encoder::{Encoded, Encoder};
use super::network::{ACTS, HIDDEN, Network, Scored, chance_of};
use super::tensors::{TensorError, TensorWriter, Tensors};
use crate::language::Act;

/// The most networks that are asked together.
const MOST_NETWORKS: usize = 8;

/// A phrase of this certainty stands, whatever the networks make of it.
const SURE: u8 = 90;

/// How one act is decided from what the networks and the patterns say of a reply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weighing {
    /// What the networks' score counts.
    pub score: f32,
    /// What a pattern's match counts, apart from its certainty.
    pub matched: f32,
    /// What a pattern's certainty counts.
    pub certainty: f32,
    pub bias: f32,
    /// The chance from which an act that a pattern matched is kept.
    pub keep: f32,
    /// The chance from which an act is added that no pattern matched.
    pub add: f32,
}

impl Weighing {
    /// The chance that the reply holds the act; `certainty` is that of the patterns' surest match, where there is one.
    pub(crate) fn chance(&self, score: f32, certainty: Option<u8>) -> f32 {
        let [matched, certainty] = pattern_signs(certainty);
        chance_of(self.score * score + self.matched * matched + self.certainty * certainty + self.bias)
    }
}

impl Weighing {
    /// Whether the reply holds the act, and the chance of it.
    pub(crate) fn decide(&self, score: f32, certainty: Option<u8>) -> (bool, f32) {
        let chance = self.chance(score, certainty);
        let held = certainty.map_or(chance >= self.add, |certainty| certainty >= SURE || chance >= self.keep);
        (held, chance)
    }
}

/// What the patterns say, as numbers to be weighed.
pub(crate) fn pattern_signs(certainty: Option<u8>) -> [f32; 2] {
    certainty.map_or([0.0, 0.0], |certainty| [1.0, f32::from(certainty) / 100.0 - 0.8])
}

/// A labelled clause, kept to show what a new one is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Likeness {
    pub language: String,
    pub act: Act,
    pub text: String,
    /// The first network's units for it, rounded, of length about 127.
    pub units: Vec<i8>,
}

/// Everything that `calmline learn` writes.
#[derive(Clone, Debug)]
pub struct Heads {
    pub(crate) mean: Vec<f32>,
    /// One over the spread of each number.
    pub(crate) unit: Vec<f32>,
    pub(crate) networks: Vec<Network>,
    pub(crate) weighings: Vec<Weighing>,
    pub(crate) likenesses: Vec<Likeness>,
}

impl Heads {
    /// Reads what was learned.
    ///
    /// # Errors
    /// What is missing in the file, cut short or of another shape.
    pub fn open(file: &[u8]) -> Result<Heads, TensorError> {
        let tensors = Tensors::open(file)?;
        let count = tensors.number("networks")? as usize;
        if !(1..=MOST_NETWORKS).contains(&count) {
            return Err(TensorError::Head("networks".into()));
        }
        let networks: Result<Vec<Network>, _> =
            (0..count).map(|at| Network::open(&tensors, &format!("network{at}"))).collect();
        let weighings = tensors.floats("weighings", ACTS * 6)?;
        let weighings = weighings
            .chunks_exact(6)
            .map(|w| Weighing { score: w[0], matched: w[1], certainty: w[2], bias: w[3], keep: w[4], add: w[5] })
            .collect();
        let lines = tensors.lines("likenesses")?;
        let units =
            tensors.bytes("likeness.units", tensors.shape("likeness.units").first().copied().unwrap_or(0), HIDDEN)?;
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
        Ok(Heads {
            mean: tensors.floats("mean", Encoder::FEATURES)?,
            unit: tensors.floats("unit", Encoder::FEATURES)?,
            networks: networks?,
            weighings,
            likenesses,
        })
    }

    /// The file that [`Heads::open`] reads.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = TensorWriter::default();
        writer.about("what", "learned heads".into());
        writer.about("networks", self.networks.len().into());
        writer.floats("mean", &self.mean);
        writer.floats("unit", &self.unit);
        for (at, network) in self.networks.iter().enumerate() {
            network.write(&format!("network{at}"), &mut writer);
        }
        let weighings: Vec<f32> =
            self.weighings.iter().flat_map(|w| [w.score, w.matched, w.certainty, w.bias, w.keep, w.add]).collect();
        writer.floats("weighings", &weighings);
        let lines: Vec<String> = self
            .likenesses
            .iter()
            .map(|one| format!("{}\t{}\t{}", one.language, one.act.id(), one.text.replace(['\n', '\t'], " ")))
            .collect();
        writer.lines("likenesses", &lines);
        let units: Vec<i8> = self.likenesses.iter().flat_map(|one| one.units.iter().copied()).collect();
        writer.bytes("likeness.units", HIDDEN, &units);
        writer.finish()
    }

    /// The numbers of a reply's clauses, each brought to mean 0 and spread 1.
    pub(crate) fn standardise(&self, features: &mut [f32]) {
        for row in features.chunks_exact_mut(Encoder::FEATURES) {
            for ((number, mean), unit) in row.iter_mut().zip(&self.mean).zip(&self.unit) {
                *number = (*number - mean) * unit;
            }
        }
    }

    /// What the networks together make of a reply.
    pub(crate) fn score(&self, encoded: &mut Encoded) -> Scored {
        self.standardise(&mut encoded.features);
        let mut all: Option<Scored> = None;
        for network in &self.networks {
            let scored = network.score(&encoded.features);
            match &mut all {
                None => all = Some(scored),
                Some(all) => {
                    for (sum, scores) in all.scores.iter_mut().zip(scored.scores) {
                        sum.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
                    }
                }
            }
        }
        let mut all = all.unwrap_or_default();
        let share = 1.0 / self.networks.len().max(1) as f32;
        all.scores.iter_mut().flatten().for_each(|score| *score *= share);
        all
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
