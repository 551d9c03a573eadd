//! How well the reader reads: precision, recall and F1 per act against labelled replies, and due times of promises.

use jiff::civil::DateTime;
use serde::{Deserialize, Deserializer};

use super::marked::MarkedReply;
use super::{Act, Context, FoundAct, LanguagePack, Lexicon, Reader, Reading, Tally, moment};

/// An act with fewer labelled replies than this does not enter the mean.
pub const FEWEST: usize = 5;

/// One labelled reply: a line of a JSONL file.
#[derive(Clone, Debug, Deserialize)]
pub struct Labelled {
    #[serde(default, deserialize_with = "or_empty")]
    pub id: String,
    #[serde(default, deserialize_with = "or_empty")]
    pub lang: String,
    #[serde(default, deserialize_with = "or_empty")]
    pub customer: String,
    pub reply: String,
    /// The local moment of the reply.
    #[serde(default)]
    pub now: Option<DateTime>,
    /// The acts it holds; absent where only its promise is labelled.
    #[serde(default)]
    pub acts: Option<Vec<Act>>,
    /// Where its promise is labelled: the due time of the earliest, or none.
    #[serde(default, deserialize_with = "stated")]
    pub due: Option<Option<DateTime>>,
}

/// Keeps a stated `null` apart from nothing stated.
fn stated<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<DateTime>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

fn or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

impl From<MarkedReply> for Labelled {
    fn from(reply: MarkedReply) -> Labelled {
        Labelled {
            id: String::new(),
            acts: Some(reply.acts()),
            due: reply.due().map(Some),
            lang: reply.language.unwrap_or_default(),
            customer: reply.customer,
            reply: reply.text,
            now: reply.now,
        }
    }
}

impl Labelled {
    /// The reading of the reply; without a moment of its own it is read on a Monday morning.
    #[must_use]
    pub fn read(&self, pack: &LanguagePack) -> Reading {
        Reader::of(pack).read(&self.reply, &self.context(), &Lexicon::empty())
    }

    /// What surrounds the reply.
    #[must_use]
    pub fn context(&self) -> Context<'_> {
        Context { customer: &self.customer, now: self.now.unwrap_or_else(moment::usual) }
    }
}

/// A reply that was read otherwise than labelled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistake {
    pub id: String,
    pub reply: String,
    pub invented: Vec<Act>,
    /// The words in which the reader saw what is not there.
    pub evidence: Vec<FoundAct>,
    pub missed: Vec<Act>,
    /// The due time found, where it is not the one labelled.
    pub due: Option<Option<DateTime>>,
    /// The due time labelled, where there is one.
    pub labelled_due: Option<DateTime>,
}

/// The reader measured on a set of labelled replies.
#[derive(Clone, Debug)]
pub struct Measure {
    /// By act, in the order of [`Act::ALL`].
    pub acts: Vec<(Act, Tally)>,
    pub replies: usize,
    /// Replies whose labelled due time was found, of all with a promise label.
    pub due_right: usize,
    pub due_all: usize,
    pub mistakes: Vec<Mistake>,
}

impl Default for Measure {
    /// Nothing read yet.
    fn default() -> Measure {
        let acts = Act::ALL.iter().map(|act| (*act, Tally::default())).collect();
        Measure { acts, replies: 0, due_right: 0, due_all: 0, mistakes: Vec::new() }
    }
}

impl Measure {
    /// Reads every reply and compares.
    #[must_use]
    pub fn of(pack: &LanguagePack, replies: &[Labelled]) -> Measure {
        let mut measure = Measure::default();
        for labelled in replies {
            measure.add(labelled, &labelled.read(pack));
        }
        measure
    }

    /// Compares one reading with the labels of its reply.
    pub fn add(&mut self, labelled: &Labelled, reading: &Reading) {
        self.replies += 1;
        let mut mistake = Mistake { id: labelled.id.clone(), reply: labelled.reply.clone(), ..Mistake::default() };
        if let Some(acts) = &labelled.acts {
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
                        mistake.evidence.extend(reading.find(*act).cloned());
                    }
                    (false, false) => {}
                }
            }
        }
        if let Some(due) = labelled.due {
            self.due_all += 1;
            let found = reading.promises.iter().filter_map(|promise| promise.due).min();
            if found == due {
                self.due_right += 1;
            } else {
                mistake.due = Some(found);
                mistake.labelled_due = due;
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
