//! Everything a session is played with, fixed when it starts and named by hash.

use std::sync::Arc;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::{Clock, MoodTable, vocabulary};
use crate::check::Loaded;
use crate::language::{Act, Context, LanguagePack, Lexicon, Reader, Reading};
use crate::rules::Rubric;
use crate::scenario::{Beat, Ending, Fact, Offer, Scenario};

/// A scenario with the language pack, rubric and mood table it is played with.
#[derive(Clone, Debug)]
pub struct Content {
    pub scenario: Arc<Scenario>,
    /// The scenario file's stem.
    pub id: String,
    pub pack: Arc<LanguagePack>,
    pub rubric: Arc<Rubric>,
    pub moods: Arc<MoodTable>,
    pub hashes: Hashes,
    /// The scenario's text, as it was read.
    pub source: Arc<str>,
    lexicon: Arc<Lexicon>,
    clock: Clock,
}

/// SHA-256 of what a session is played with; a score is always said together with these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashes {
    pub scenario: String,
    pub rubric: String,
    pub language_pack: String,
    pub moods: String,
}

/// Why a scenario cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    #[error(
        "no language pack reads `{language}`, the language of `{scenario}`. \
         Set `language` in the scenario to one that is installed: {known}."
    )]
    NoLanguagePack { scenario: String, language: String, known: String },
    #[error("`{scenario}` starts at `{starts}`, which is no date and time. Write it like 2026-03-02T10:00.")]
    Starts { scenario: String, starts: String },
}

/// An option's acts as its trainer and as the reader see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionReading {
    pub beat: String,
    /// Counted from 1.
    pub number: usize,
    pub text: String,
    pub expected: Vec<Act>,
    pub read: Vec<Act>,
}

impl OptionReading {
    #[must_use]
    pub fn differs(&self) -> bool {
        self.expected != self.read
    }
}

impl Content {
    /// A scenario with the language pack that the program carries for its language.
    ///
    /// # Errors
    /// Where no language pack reads the scenario's language.
    pub fn new(loaded: Loaded, rubric: Arc<Rubric>, moods: Arc<MoodTable>) -> Result<Self, ContentError> {
        let language = &loaded.scenario.language;
        let pack = LanguagePack::bundled_shared(language).ok_or_else(|| ContentError::NoLanguagePack {
            scenario: loaded.id.clone(),
            language: language.clone(),
            known: LanguagePack::bundled_languages().collect::<Vec<_>>().join(", "),
        })?;
        Self::with_pack(loaded, rubric, moods, pack)
    }

    /// A scenario with a language pack that reads its language, such as one with a company pack over it.
    ///
    /// # Errors
    /// Where the scenario's start is no date and time.
    pub fn with_pack(
        loaded: Loaded,
        rubric: Arc<Rubric>,
        moods: Arc<MoodTable>,
        pack: Arc<LanguagePack>,
    ) -> Result<Self, ContentError> {
        let Loaded { scenario, id, hash, source, .. } = loaded;
        let start: DateTime = scenario
            .starts
            .parse()
            .map_err(|_| ContentError::Starts { scenario: id.clone(), starts: scenario.starts.clone() })?;
        let hashes = Hashes {
            scenario: hash,
            rubric: rubric.hash.clone(),
            language_pack: Reader::of(&pack).hash(),
            moods: moods.hash().to_owned(),
        };
        let lexicon = Arc::new(vocabulary(&scenario, &pack));
        Ok(Self {
            scenario: Arc::new(scenario),
            id,
            pack,
            rubric,
            moods,
            hashes,
            source: source.text.as_str().into(),
            lexicon,
            clock: Clock::starting(start),
        })
    }

    /// The simulated clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Reads one reply, given the customer's words before it.
    #[must_use]
    pub fn read(&self, reply: &str, customer: &str, now: u64) -> Reading {
        self.read_at(reply, customer, self.clock.at(now))
    }

    /// Reads one reply as if it were given at this moment.
    #[must_use]
    pub fn read_at(&self, reply: &str, customer: &str, now: DateTime) -> Reading {
        Reader::of(&self.pack).read_to_judge(reply, &Context { customer, now }, &self.lexicon)
    }

    /// What the phrases of the pack alone find in an option: what learning weighs the words against.
    #[must_use]
    pub fn read_phrases(&self, reply: &str, customer: &str) -> Reading {
        let context = Context { customer, now: self.clock.at(0) };
        Reader::fast(&self.pack).read(reply, &context, &self.lexicon)
    }

    /// How the reader reads each option whose acts its trainer has stated.
    #[must_use]
    pub fn option_readings(&self) -> Vec<OptionReading> {
        let mut readings = Vec::new();
        for beat in &self.scenario.beats {
            let customer = beat.says.first().map(|line| line.text.as_str()).unwrap_or_default();
            for (number, option) in (1..).zip(&beat.options) {
                let Some(expect) = &option.expect else { continue };
                let reading = self.read(&option.text, customer, 0);
                let mut expected = expect.clone();
                expected.sort_unstable();
                let read = Act::ALL.iter().copied().filter(|act| reading.has(*act)).collect();
                readings.push(OptionReading {
                    beat: beat.id.clone(),
                    number,
                    text: option.text.clone(),
                    expected,
                    read,
                });
            }
        }
        readings
    }

    #[must_use]
    pub fn beat(&self, id: &str) -> Option<&Beat> {
        self.scenario.beats.iter().find(|beat| beat.id == id)
    }

    #[must_use]
    pub fn ending(&self, id: &str) -> Option<&Ending> {
        self.scenario.endings.iter().find(|ending| ending.id == id)
    }

    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.scenario.facts.iter().find(|fact| fact.id == id)
    }

    #[must_use]
    pub fn offer(&self, id: &str) -> Option<&Offer> {
        self.scenario.offers.iter().find(|offer| offer.id == id)
    }
}
