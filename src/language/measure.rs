//! How well the reader reads: precision, recall and F1 per act against labelled replies, and due times of promises.

use jiff::civil::DateTime;
use serde::Deserialize;

use super::{Act, Context, LanguagePack, Lexicon, Reader, Reading};

/// An act with fewer labelled replies than this does not enter the mean.
pub const FEWEST: usize = 5;

/// One labelled reply: a line of a JSONL file.
#[derive(Clone, Debug, Deserialize)]
pub struct Labelled {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub lang: String,
    #[serde(default)]
    pub customer: String,
    pub reply: String,
    /// The local moment of the reply.
    #[serde(default)]
    pub now: Option<DateTime>,
    /// The acts it holds; absent where only its promise is labelled.
    #[serde(default)]
    pub acts: Option<Vec<Act>>,
    /// Where only the promise is labelled: the due time of its earliest, or none.
    #[serde(default)]
    pub due: Option<DateTime>,
}

impl Labelled {
    /// The reading of the reply; without a moment of its own it is read on a Monday morning.
    #[must_use]
    pub fn read(&self, pack: &LanguagePack) -> Reading {
        let monday = jiff::civil::date(2026, 3, 2).at(10, 0, 0, 0);
        let context = Context { customer: &self.customer, now: self.now.unwrap_or(monday) };
        Reader::of(pack).read(&self.reply, &context, &Lexicon::empty())
    }
}

/// How often an act was found and how often it was there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and there.
    pub right: usize,
    /// Found but not there.
    pub invented: usize,
    /// There but not found.
    pub missed: usize,
}

impl Tally {
    /// Of what was found, how much is there: 0 to 1, or none where nothing was found.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        ratio(self.right, self.right + self.invented)
    }

    /// Of what is there, how much was found: 0 to 1, or none where nothing is there.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        ratio(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both: 0 to 1.
    #[must_use]
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.invented + self.missed).unwrap_or(0.0)
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// A reply that was read otherwise than labelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub id: String,
    pub invented: Vec<Act>,
    pub missed: Vec<Act>,
    /// The due time found, where it is not the one labelled.
    pub due: Option<Option<DateTime>>,
}

/// The reader measured on a set of labelled replies.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// By act, in the order of [`Act::ALL`].
    pub acts: Vec<(Act, Tally)>,
    pub replies: usize,
    /// Replies whose labelled due time was found, of all with a promise label.
    pub due_right: usize,
    pub due_all: usize,
    pub mistakes: Vec<Mistake>,
}

impl Measure {
    /// Reads every reply and compares.
    #[must_use]
    pub fn of(pack: &LanguagePack, replies: &[Labelled]) -> Measure {
        let mut measure = Measure {
            acts: Act::ALL.iter().map(|act| (*act, Tally::default())).collect(),
            replies: replies.len(),
            ..Measure::default()
        };
        for labelled in replies {
            measure.add(labelled, &labelled.read(pack));
        }
        measure
    }

    fn add(&mut self, labelled: &Labelled, reading: &Reading) {
        let mut mistake = Mistake { id: labelled.id.clone(), invented: Vec::new(), missed: Vec::new(), due: None };
        match &labelled.acts {
            Some(acts) => {
                for (act, tally) in &mut self.acts {
                    match (acts.contains(act), reading.has(*act)) {
                        (true, true) => tally.right += 1,
                        (true, false) => {
                            tally.missed += 1;
                            mistake.missed.push(*act);
                        }
                        (false, true) => {
                            tally.invented += 1;
                            mistake.invented.push(*act);
                        }
                        (false, false) => {}
                    }
                }
            }
            None => {
                self.due_all += 1;
                let found = reading.promises.iter().filter_map(|promise| promise.due).min();
                if found == labelled.due { self.due_right += 1 } else { mistake.due = Some(found) }
            }
        }
        if !mistake.invented.is_empty() || !mistake.missed.is_empty() || mistake.due.is_some() {
            self.mistakes.push(mistake);
        }
    }

    /// The mean F1 over the acts with at least [`FEWEST`] labelled replies, 0 to 1; none where no act has so many.
    #[must_use]
    pub fn macro_f1(&self) -> Option<f64> {
        let counted: Vec<f64> = self
            .acts
            .iter()
            .filter(|(_, tally)| tally.right + tally.missed >= FEWEST)
            .map(|(_, tally)| tally.f1())
            .collect();
        (!counted.is_empty()).then(|| counted.iter().sum::<f64>() / counted.len() as f64)
    }
}
