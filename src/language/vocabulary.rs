//! The words that a pack knows, and how the words of a careless typist are brought back to them.

use std::collections::HashMap;

/// A word of the vocabulary.
pub(crate) type WordId = u32;
/// A class of words: a set that a pattern element accepts.
pub(crate) type ClassId = u16;

/// A word that the vocabulary does not hold.
pub(crate) const UNKNOWN: WordId = WordId::MAX;

/// Longer words are neither looked up by prefix nor taken for a slip of a known one.
const LONGEST_WORD: usize = 24;

/// Words, the classes each belongs to, and the words one slip of the keyboard away.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
    ids: HashMap<String, WordId>,
    /// By word: the classes it belongs to, sorted.
    classes: Vec<Vec<ClassId>>,
    /// By word beginning: the classes that accept every word that begins so.
    prefixes: HashMap<String, Vec<ClassId>>,
    /// By word ending: the classes that accept every longer word that ends so.
    endings: HashMap<String, Vec<ClassId>>,
    /// By a word with one letter left out: the words it may have been.
    slips: HashMap<Box<str>, Vec<WordId>>,
    /// Ordinary words outside the patterns, which are no slips.
    ordinary: std::collections::HashSet<String>,
    /// The letters of the shortest word whose slips are mended.
    shortest: usize,
}

impl Vocabulary {
    /// The id of the word, which is added where it is new.
    pub(crate) fn add(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.words.len() as WordId;
        self.words.push(word.to_owned());
        self.classes.push(Vec::new());
        self.ids.insert(word.to_owned(), id);
        id
    }

    pub(crate) fn id(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    /// The known word itself.
    pub(crate) fn word(&self, id: WordId) -> Option<&str> {
        self.words.get(id as usize).map(String::as_str)
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The classes of a known word.
    pub(crate) fn classes(&self, word: WordId) -> &[ClassId] {
        self.classes.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// Puts a word, or with `prefix` every word that begins so, into a class.
    pub(crate) fn put(&mut self, text: &str, prefix: bool, class: ClassId) {
        if prefix {
            let classes = self.prefixes.entry(text.to_owned()).or_default();
            if !classes.contains(&class) {
                classes.push(class);
            }
        } else {
            let id = self.add(text) as usize;
            self.classes[id].push(class);
        }
    }

    /// Puts every longer word that ends so into a class.
    pub(crate) fn put_ending(&mut self, ending: &str, class: ClassId) {
        let classes = self.endings.entry(ending.to_owned()).or_default();
        if !classes.contains(&class) {
            classes.push(class);
        }
    }

    /// Spreads the prefix classes over the known words and learns their slips. To be called once, when all words are in.
    /// Words of fewer letters than `shortest` are nobody's slip.
    pub(crate) fn finish(&mut self, ordinary: impl IntoIterator<Item = String>, shortest: usize) {
        self.shortest = shortest;
        for id in 0..self.words.len() {
            let mut classes = std::mem::take(&mut self.classes[id]);
            self.by_shape(&self.words[id], &mut classes);
            classes.sort_unstable();
            classes.dedup();
            self.classes[id] = classes;
        }
        self.ordinary = ordinary.into_iter().collect();
        for (id, word) in self.words.iter().enumerate() {
            let letters = word.chars().count();
            if (shortest..=LONGEST_WORD).contains(&letters) && word.chars().all(char::is_alphabetic) {
                self.slips.entry(word.as_str().into()).or_default().push(id as WordId);
                for left_out in with_one_left_out(word) {
                    self.slips.entry(left_out.into_boxed_str()).or_default().push(id as WordId);
                }
            }
        }
    }

    /// The classes that take an unknown word by its beginning or its ending.
    pub(crate) fn by_shape(&self, word: &str, classes: &mut Vec<ClassId>) {
        for (at, letter) in word.char_indices().take(LONGEST_WORD) {
            if let Some(found) = self.prefixes.get(&word[..at + letter.len_utf8()]) {
                classes.extend_from_slice(found);
            }
        }
        if !self.endings.is_empty() {
            // "10-th": behind digits an ending needs no stem.
            let stem = if word.starts_with(|c: char| c.is_ascii_digit()) { 1 } else { 2 };
            for (at, _) in word.char_indices().skip(stem).take(LONGEST_WORD) {
                if let Some(found) = self.endings.get(&word[at..]) {
                    classes.extend_from_slice(found);
                }
            }
        }
        classes.sort_unstable();
        classes.dedup();
    }

    /// How much of the word, in bytes, the longest word beginning of a pattern covers.
    pub(crate) fn covered(&self, word: &str) -> usize {
        word.char_indices()
            .take(LONGEST_WORD)
            .map(|(at, letter)| at + letter.len_utf8())
            .filter(|end| self.prefixes.contains_key(&word[..*end]))
            .last()
            .unwrap_or(0)
    }

    fn has_prefix(&self, word: &str) -> bool {
        word.char_indices()
            .take(LONGEST_WORD)
            .any(|(at, letter)| at >= 3 && self.prefixes.contains_key(&word[..at + letter.len_utf8()]))
    }

    /// The known word that an unknown one was most likely meant to be: one letter missing, doubled, wrong or swapped.
    pub(crate) fn meant(&self, typed: &str) -> Option<WordId> {
        let letters = typed.chars().count();
        if !(self.shortest.saturating_sub(1)..=LONGEST_WORD).contains(&letters)
            || !typed.chars().all(char::is_alphabetic)
            || self.ordinary.contains(typed)
            || self.has_prefix(typed)
        {
            return None;
        }
        let mut best: Option<(usize, WordId)> = None;
        let mut consider = |ids: &[WordId]| {
            for &id in ids {
                let word = &self.words[id as usize];
                if word.chars().next() != typed.chars().next() || ends_differ(word, typed) {
                    continue;
                }
                let rank = (strange(word, typed), id);
                if rank.0 <= 1 && best.is_none_or(|found| rank < found) {
                    best = Some(rank);
                }
            }
        };
        if let Some(ids) = self.slips.get(typed) {
            consider(ids);
        }
        if letters >= self.shortest {
            for left_out in with_one_left_out(typed) {
                if let Some(ids) = self.slips.get(left_out.as_str()) {
                    consider(ids);
                }
            }
        }
        best.map(|(_, id)| id)
    }
}

/// Whether the two words differ only by an ending: "waited" is no slip of "waiter".
fn ends_differ(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if long.starts_with(short) {
        return true;
    }
    let (cut, _) = long.char_indices().next_back().unwrap_or((0, ' '));
    a.chars().count() == b.chars().count() && short.starts_with(&long[..cut])
}

/// How many single slips lie between two words; 2 stands for "two or more".
pub(crate) fn strange(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a, b) {
        ([], []) => 0,
        ([_], []) | ([], [_]) | ([_], [_]) => 1,
        ([w, x], [y, z]) if w == z && x == y => 1,
        _ => 2,
    }
}

fn with_one_left_out(word: &str) -> impl Iterator<Item = String> + '_ {
    word.char_indices().map(move |(at, letter)| {
        let mut rest = String::with_capacity(word.len());
        rest.push_str(&word[..at]);
        rest.push_str(&word[at + letter.len_utf8()..]);
        rest
    })
}
