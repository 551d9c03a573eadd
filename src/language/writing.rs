//! How a language is written: contractions, careless spellings, abbreviations, words that join clauses.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::vocabulary::Vocabulary;

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
    /// How the letters of the language are typed where only Latin ones are at hand: a Latin spelling and what it may
    /// stand for, the likeliest first. A reply that is mostly Latin is read by this table.
    pub latin: Vec<(String, Vec<String>)>,
    /// Short forms that stand right behind a number, and the words they are: `"min": "minutes"` for "15min".
    pub after_digits: BTreeMap<String, String>,
    /// The letters of the shortest word whose slips of the keyboard are mended.
    pub shortest_slip: Option<usize>,
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
    /// Longest spelling first.
    latin: Vec<(String, Vec<String>)>,
    after_digits: BTreeMap<String, String>,
}

/// So many readings of one word in Latin letters are tried.
const MOST_SPELLINGS: usize = 192;
/// Longer words in Latin letters are left as typed.
const LONGEST_LATIN: usize = 28;

impl Writing {
    pub(crate) fn of(source: &WritingSource) -> Writing {
        let words = |text: &String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut inflections = source.inflections.clone();
        inflections.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
        let mut latin: Vec<_> = source
            .latin
            .iter()
            .filter(|(spelling, meant)| !spelling.is_empty() && !meant.is_empty())
            .cloned()
            .collect();
        latin.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        Writing {
            letters: source.letters.clone(),
            rewrites: source.rewrites.iter().map(|(form, text)| (form.clone(), words(text))).collect(),
            endings: source.endings.iter().map(|(form, text)| (form.clone(), words(text))).collect(),
            abbreviations: source.abbreviations.iter().cloned().collect(),
            joiners: source.joiners.iter().cloned().collect(),
            inflections,
            latin,
            after_digits: source.after_digits.clone(),
        }
    }

    /// In lower case and with the pack's letters: "Ещё" → "еще".
    pub(crate) fn lower(&self, raw: &str) -> String {
        let lower = lower(raw);
        if self.letters.is_empty() {
            return lower;
        }
        lower.chars().map(|letter| *self.letters.get(&letter).unwrap_or(&letter)).collect()
    }

    /// Whether the text is written mostly in Latin letters although the language has letters of its own.
    pub(crate) fn in_latin(&self, text: &str) -> bool {
        if self.latin.is_empty() {
            return false;
        }
        let (mut latin, mut own) = (0, 0);
        for word in text.split_whitespace().filter(|word| !self.is_link(&lower(word))) {
            latin += word.chars().filter(char::is_ascii_alphabetic).count();
            own += word.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
        }
        latin > own
    }

    /// What a word in Latin letters was most likely meant to be: a word the pack knows, else one that begins as its
    /// patterns do, else the likeliest letters. A word known as it stands stays, and so does one with digits that are
    /// no letters.
    pub(crate) fn out_of_latin(&self, word: &str, vocabulary: &Vocabulary) -> Option<String> {
        let known = |word: &str| {
            vocabulary.id(word).is_some() || self.rewrites.contains_key(word) || self.joiners.contains(word)
        };
        if known(word) || word.len() > LONGEST_LATIN || !word.bytes().any(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let mut found: Vec<String> = vec![String::with_capacity(word.len() * 2)];
        let mut rest = word;
        while let Some(letter) = rest.chars().next() {
            let fits = self.latin.iter().find(|(spelling, _)| rest.starts_with(spelling.as_str()));
            let Some((spelling, meant)) = fits else {
                found.iter_mut().for_each(|way| way.push(letter));
                rest = &rest[letter.len_utf8()..];
                continue;
            };
            let most = if found.len() * meant.len() > MOST_SPELLINGS { 1 } else { meant.len() };
            found = found.iter().flat_map(|way| meant[..most].iter().map(move |tail| format!("{way}{tail}"))).collect();
            rest = &rest[spelling.len()..];
        }
        if let Some(at) = found.iter().position(|way| known(way)) {
            return Some(found.swap_remove(at));
        }
        // The likeliest of those that begin as a pattern's word does.
        let best =
            found.iter().enumerate().max_by_key(|(at, way)| (vocabulary.covered(way), std::cmp::Reverse(*at)))?.0;
        let digits = word.bytes().any(|b| b.is_ascii_digit());
        let alien =
            digits && (vocabulary.covered(&found[best]) < 6 || found[best].contains(|c: char| c.is_ascii_digit()));
        (!alien).then(|| found.swap_remove(best))
    }

    /// "15min" → ("15", "minutes").
    pub(crate) fn split_number<'w>(&'w self, word: &'w str) -> Option<(&'w str, &'w str)> {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
        let short = word[digits.len()..].trim_matches('.');
        let starts = digits.starts_with(|c: char| c.is_ascii_digit());
        self.after_digits.get(short).filter(|_| starts).map(|whole| (digits, whole.as_str()))
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

/// Lower case, with a straight apostrophe and without characters that have no width.
pub(crate) fn lower(raw: &str) -> String {
    let visible = |c: &char| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}');
    raw.chars()
        .filter(visible)
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '’' | '‘' | 'ʼ' | '`' | '´') { '\'' } else { c })
        .collect()
}
