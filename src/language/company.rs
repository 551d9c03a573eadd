//! A company pack: what a trainer lays over a language pack, its own phrases, product names, jargon and settled readings.

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::marked::{self, MarkedReply};
use super::pack_format::{FORMAT, PackError, PackProblem, PhraseGroup, UniqueMap, parse, primary};
use super::writing::lower;
use super::{Act, Reading, Span};
use crate::diagnostic::Problems;
use crate::fingerprint::sha256;

/// A company's files for one language, as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyPack {
    /// The pack's file, for messages; no part of what is kept.
    #[serde(skip)]
    pub file: String,
    /// The language that it lies over, as a BCP 47 tag.
    pub language: String,
    /// The pack in RON; empty where the company has only settled readings.
    pub source: String,
    /// Settled readings in the marked text form: replies with their acts, from which the reader may learn further.
    pub examples: String,
}

/// What stands in a company pack's file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename = "CompanyPack")]
pub(super) struct CompanySource {
    format: u32,
    language: String,
    #[serde(default)]
    #[expect(dead_code, reason = "the company's name is for whoever reads the file")]
    name: String,
    #[serde(default)]
    pub phrases: Vec<PhraseGroup>,
    #[serde(default)]
    pub classes: UniqueMap<Vec<String>>,
    #[serde(default)]
    pub rewrites: UniqueMap<String>,
    #[serde(default)]
    pub products: Vec<String>,
    #[serde(default)]
    pub jargon: Vec<String>,
}

impl CompanyPack {
    /// The pack as one text, so that an attempt can keep what it was played with.
    #[must_use]
    pub fn frozen(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// SHA-256 of [`CompanyPack::frozen`], in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(self.frozen().as_bytes())
    }

    /// The pack that was kept as one text.
    ///
    /// # Errors
    /// Where the text is none that [`CompanyPack::frozen`] wrote.
    pub fn thawed(text: &str) -> Result<Self, PackError> {
        let file = "the attempt's company pack";
        let problem = |reason: String| PackProblem { file: file.into(), line: 1, reason };
        serde_json::from_str(text)
            .map(|pack| Self { file: file.into(), ..pack })
            .map_err(|error| PackError { problems: vec![problem(error.to_string())] })
    }

    /// The settled readings, one by one.
    ///
    /// # Errors
    /// Everything that is wrong with their file, which is called `name`.
    pub fn settled(&self, name: &str) -> Result<Vec<MarkedReply>, Problems> {
        let mut replies = marked::parse(name, &self.examples)?;
        for reply in &mut replies {
            reply.language = Some(self.language.clone());
        }
        Ok(replies)
    }

    /// What stands in the pack, and what of it cannot be meant so.
    pub(super) fn parse(&self) -> Result<(CompanySource, BTreeSet<PackProblem>), PackError> {
        if self.source.is_empty() {
            return Ok(Default::default());
        }
        let mut found: CompanySource = parse(&self.file, &self.source)?;
        let mut problems = BTreeSet::new();
        if found.format != FORMAT {
            let reason = format!("format {} is unknown; this program reads {FORMAT}", found.format);
            problems.insert(self.problem("format", reason));
        }
        if primary(&found.language) != primary(&self.language) {
            let reason = format!("the language is `{}`, but the file is for `{}`", found.language, self.language);
            problems.insert(self.problem("language", reason));
        }
        if !problems.is_empty() {
            // Of another format or language, the rest would be misunderstood.
            return Err(PackError { problems: problems.into_iter().collect() });
        }
        for product in found.products.iter().filter(|product| !product.contains(char::is_alphanumeric)) {
            problems.insert(self.problem(&format!("{product:?}"), format!("`{product}` is no name of a product")));
        }
        // A bad rewrite would spoil the patterns of the language pack too, and those are sound.
        found.rewrites.0.retain(|form, text| {
            let is_word = !form.is_empty() && !form.contains(char::is_whitespace) && *form == lower(form);
            let is_sound = is_word && !text.trim().is_empty();
            if !is_sound {
                let reason = format!("`{form}`: `{text}`: one word in small letters is rewritten to one or more words");
                problems.insert(self.problem(&format!("{form:?}"), reason));
            }
            is_sound
        });
        Ok((found, problems))
    }

    /// That none of the `known` languages is the one that the company pack lies over.
    pub(super) fn no_language(&self, known: &str) -> PackProblem {
        let reason = format!("no language pack reads `{}`; the file is named for one of these: {known}", self.language);
        self.problem("language", reason)
    }

    fn problem(&self, text: &str, reason: String) -> PackProblem {
        let at = self.source.find(text).unwrap_or(0);
        let line = self.source[..at].bytes().filter(|byte| *byte == b'\n').count() + 1;
        PackProblem { file: self.file.clone(), line, reason }
    }
}

impl PhraseGroup {
    /// A company's phrase is surer by a notch than the language's of the same certainty, and its words that help are not taken
    /// for words that hurt, nor the other way round.
    pub(super) fn of_company(mut self) -> Self {
        self.own = true;
        self.certainty = (self.certainty + 1).min(100);
        if let Some(first) = self.acts.first() {
            let hurts = first.hurts();
            if self.acts.iter().all(|act| act.hurts() == hurts) {
                let others = Act::ALL.iter().filter(|act| act.hurts() != hurts && !self.hides.contains(act));
                let others: Vec<Act> = others.copied().collect();
                self.hides.extend(others);
            }
        }
        self
    }
}

/// The names of a company's products: no slips of the keyboard, no jargon, however they are capitalised.
#[derive(Debug, Default)]
pub(crate) struct Products {
    /// Each name as its words, in small letters.
    names: Vec<Vec<String>>,
    words: HashSet<String>,
}

impl Products {
    pub(super) fn of(names: &[String]) -> Self {
        let split = |name: &String| -> Vec<String> {
            let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
            words.map(lower).collect()
        };
        let names: Vec<Vec<String>> = names.iter().map(split).filter(|words| !words.is_empty()).collect();
        let words = names.iter().flatten().cloned().collect();
        Self { names, words }
    }

    /// Every word of a product's name.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.words.iter().cloned().collect();
        words.sort_unstable();
        words
    }

    /// Whether the word, in small letters, is part of a product's name.
    pub(crate) fn holds(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Takes the jargon out of a reading that is only the name of a product.
    pub(super) fn spare(&self, reply: &str, reading: &mut Reading) {
        if reading.jargon.is_empty() || self.names.is_empty() {
            return;
        }
        let named = self.find(reply);
        reading.jargon.retain(|span| !named.iter().any(|name| name.start < span.end && span.start < name.end));
    }

    /// Where the reply names a product.
    fn find(&self, reply: &str) -> Vec<Span> {
        let mut words: Vec<(Span, String)> = Vec::new();
        let mut start = None;
        for (at, letter) in reply.char_indices().chain([(reply.len(), ' ')]) {
            match (letter.is_alphanumeric() || letter == '\'', start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    words.push((Span { start: from, end: at }, lower(&reply[from..at])));
                    start = None;
                }
                _ => {}
            }
        }
        let mut found = Vec::new();
        for name in &self.names {
            for window in words.windows(name.len()) {
                if window.iter().map(|(_, word)| word).eq(name) {
                    found.push(Span { start: window[0].0.start, end: window[window.len() - 1].0.end });
                }
            }
        }
        found
    }
}
