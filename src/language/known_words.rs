//! The words that a pack names, by which a reply shows its language.

use std::collections::HashSet;

use whatlang::{Script, detect_script};

use super::writing::lower;

/// A shorter word beginning accepts too much to be taken for a sign of a language.
const SHORTEST_STEM: usize = 3;

/// The words that a pack names anywhere, and the beginnings of words.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownWords {
    words: HashSet<String>,
    stems: HashSet<String>,
    letters: HashSet<char>,
}

impl KnownWords {
    pub(crate) fn add(&mut self, word: &str) {
        let word = lower(word);
        self.letters.extend(word.chars());
        self.words.insert(word);
    }

    /// The words of a pattern, without what only the pattern language gives a meaning.
    pub(crate) fn add_pattern(&mut self, pattern: &str) {
        let mut in_class = false;
        let parts = pattern.split_inclusive(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
        for part in parts {
            let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !in_class && word.contains(|c: char| c.is_alphabetic()) {
                if part.ends_with('*') {
                    if word.chars().count() >= SHORTEST_STEM {
                        let stem = lower(word);
                        self.letters.extend(stem.chars());
                        self.stems.insert(stem);
                    }
                } else {
                    self.add(word);
                }
            }
            in_class = part.ends_with('<') || (in_class && !part.ends_with('>'));
        }
    }

    pub(super) fn knows(&self, word: &str) -> bool {
        let base = word.split('\'').next().unwrap_or_default();
        self.words.contains(word)
            || self.words.contains(base)
            || word
                .char_indices()
                .skip(SHORTEST_STEM - 1)
                .any(|(at, letter)| self.stems.contains(&word[..at + letter.len_utf8()]))
    }

    /// Of all the letters, how many stand in known words: 0 to 1.
    pub(super) fn share<'w>(&self, words: impl Iterator<Item = &'w str>) -> f64 {
        let (mut known, mut all) = (0, 0);
        for word in words {
            let letters = word.chars().count();
            all += letters;
            known += if self.knows(word) { letters } else { 0 };
        }
        if all == 0 { 0.0 } else { f64::from(known as u32) / f64::from(all as u32) }
    }

    /// Of all words, how many hold a letter that none of the known ones holds: 0 to 1.
    pub(super) fn foreign(&self, words: &[&str]) -> f64 {
        let strange = |word: &&&str| word.chars().any(|c| c.is_alphabetic() && !self.letters.contains(&c));
        let count = words.iter().filter(strange).count();
        if words.is_empty() { 0.0 } else { count as f64 / words.len() as f64 }
    }

    /// The script that most of the words are written in.
    pub(super) fn script(&self) -> Option<Script> {
        let mut sample: Vec<&str> = self.words.iter().chain(&self.stems).map(String::as_str).collect();
        sample.sort_unstable();
        // The shortest words of any pack hold foreign ones: names, units, "ok".
        sample.retain(|word| word.chars().count() >= SHORTEST_STEM);
        detect_script(&sample.join(" "))
    }

    pub(super) fn romanised(&self) -> KnownWords {
        let long = |stem: &String| stem.chars().count() >= SHORTEST_STEM;
        KnownWords {
            words: self.words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect(),
            stems: self.stems.iter().map(|stem| fold(stem)).filter(long).collect(),
            letters: HashSet::new(),
        }
    }
}

/// A word as its sounds, whether typed in Cyrillic or in Latin letters in any of the usual ways: "съжалявам", "sazhalyavam",
/// "syjalqvam" and "sujaliavam" come out the same. Vowels that the ways of typing confuse are one.
pub(super) fn fold(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut folded = String::with_capacity(word.len());
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (sound, taken) = match (letters[at], next) {
            ('s', 'h') => ("S", 2),
            ('c', 'h') => ("C", 2),
            ('z', 'h') => ("j", 2),
            ('k', 'h') => ("h", 2),
            ('t', 's') => ("c", 2),
            ('y' | 'i', 'a') => ("a", 2),
            ('y' | 'i', 'u') => ("u", 2),
            ('ш' | '6', _) => ("S", 1),
            ('щ', _) => ("St", 1),
            ('ч' | '4', _) => ("C", 1),
            ('ж' | 'j', _) => ("j", 1),
            ('ц' | 'c', _) => ("c", 1),
            ('а' | 'ъ' | 'у' | 'я' | 'ы' | 'a' | 'u' | 'y' | 'q', _) => ("a", 1),
            ('ю', _) => ("u", 1),
            ('е' | 'э' | 'ё' | 'e', _) => ("e", 1),
            ('и' | 'й' | 'i', _) => ("i", 1),
            ('о' | 'o', _) => ("o", 1),
            ('в' | 'v' | 'w', _) => ("v", 1),
            ('х' | 'h' | 'x', _) => ("h", 1),
            ('б' | 'b', _) => ("b", 1),
            ('г' | 'g', _) => ("g", 1),
            ('д' | 'd', _) => ("d", 1),
            ('з' | 'z', _) => ("z", 1),
            ('к' | 'k', _) => ("k", 1),
            ('л' | 'l', _) => ("l", 1),
            ('м' | 'm', _) => ("m", 1),
            ('н' | 'n', _) => ("n", 1),
            ('п' | 'p', _) => ("p", 1),
            ('р' | 'r', _) => ("r", 1),
            ('с' | 's', _) => ("s", 1),
            ('т' | 't', _) => ("t", 1),
            ('ф' | 'f', _) => ("f", 1),
            _ => ("", 1),
        };
        folded.push_str(sound);
        at += taken;
    }
    folded
}
