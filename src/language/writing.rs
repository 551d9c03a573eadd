//! How a language is written: contractions, careless spellings, abbreviations, words that join clauses.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// The writing part of a pack as it stands in the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub(crate) struct WritingSource {
    /// Letters that are written in place of others, before anything else is looked up: `'ё': 'е'`.
    pub letters: BTreeMap<char, char>,
    /// A written form and the words it stands for: `"im": "i am"`.
    pub rewrites: BTreeMap<String, String>,
    /// Endings that are words of their own: `("n't", "not")`.
    pub endings: Vec<(String, String)>,
    /// Words whose full stop ends no sentence.
    pub abbreviations: BTreeSet<String>,
    /// Words that start a new clause.
    pub joiners: BTreeSet<String>,
    /// Endings that inflection adds; cut off where a scenario's words are compared.
    pub inflections: Vec<String>,
    /// Ordinary words that must not be taken for a slip of a pattern's word.
    pub ordinary: String,
}

#[derive(Debug, Default)]
pub(crate) struct Writing {
    letters: BTreeMap<char, char>,
    pub rewrites: std::collections::HashMap<String, Vec<String>>,
    endings: Vec<(String, Vec<String>)>,
    pub abbreviations: std::collections::HashSet<String>,
    pub joiners: std::collections::HashSet<String>,
    inflections: Vec<String>,
}

impl Writing {
    pub(crate) fn of(source: &WritingSource) -> Writing {
        let words = |text: &String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut inflections = source.inflections.clone();
        inflections.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
        Writing {
            letters: source.letters.clone(),
            rewrites: source.rewrites.iter().map(|(form, text)| (form.clone(), words(text))).collect(),
            endings: source.endings.iter().map(|(form, text)| (form.clone(), words(text))).collect(),
            abbreviations: source.abbreviations.iter().cloned().collect(),
            joiners: source.joiners.iter().cloned().collect(),
            inflections,
        }
    }

    /// In lower case and with the pack's letters: "Ещё" → "еще".
    pub(crate) fn lower(&self, raw: &str) -> String {
        let lower = super::text::lower(raw);
        if self.letters.is_empty() {
            return lower;
        }
        lower.chars().map(|letter| *self.letters.get(&letter).unwrap_or(&letter)).collect()
    }

    /// "couldn't" → ("could", ["not"]).
    pub(crate) fn split_ending<'w>(&'w self, word: &'w str) -> Option<(&'w str, &'w [String])> {
        if !word.contains('\'') {
            return None;
        }
        self.endings.iter().find_map(|(ending, words)| {
            word.strip_suffix(ending.as_str()).filter(|base| !base.is_empty()).map(|base| (base, words.as_slice()))
        })
    }

    pub(crate) fn is_link(&self, lower: &str) -> bool {
        lower.starts_with("http:")
            || lower.starts_with("https:")
            || lower.starts_with("www.")
            || (lower.contains('@') && lower.contains('.'))
    }

    /// The word without its inflection, for loose comparison. At least three letters stay.
    pub(crate) fn stem<'w>(&self, word: &'w str) -> &'w str {
        for ending in &self.inflections {
            if let Some(base) = word.strip_suffix(ending.as_str())
                && base.chars().count() >= 3
            {
                return base;
            }
        }
        word
    }

    /// The words of a phrase in a pattern or a scenario, spelled as in a text.
    pub(crate) fn words(&self, phrase: &str) -> Vec<String> {
        let mut words = Vec::new();
        for raw in phrase.split(|c: char| c.is_whitespace() || c == '-' || c == ',' || c == '/') {
            let word = self.lower(raw.trim_matches(|c: char| !c.is_alphanumeric()));
            if word.is_empty() {
                continue;
            }
            if let Some(rewritten) = self.rewrites.get(&word) {
                words.extend(rewritten.iter().cloned());
            } else if let Some((base, ending)) = self.split_ending(&word) {
                match self.rewrites.get(base) {
                    Some(rewritten) => words.extend(rewritten.iter().cloned()),
                    None => words.push(base.to_owned()),
                }
                words.extend(ending.iter().cloned());
            } else {
                words.push(word);
            }
        }
        words
    }
}
