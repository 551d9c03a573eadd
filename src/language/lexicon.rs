//! What one scenario adds to a language: words of its facts, offers, reasons and jargon, and the customer's name.

use std::collections::HashMap;

use super::text::{Text, Token};
use super::vocabulary::UNKNOWN;
use super::{LanguagePack, Span};

/// Words that may stand between two words of a phrase.
const GAP: usize = 3;
/// A phrase of more words than this is found by its first ones.
const LONGEST_PHRASE: usize = 8;
/// A name shorter than this, or one that is also a word, counts only with a capital.
const PLAIN_NAME: usize = 4;

/// The words of one scenario, ready for reading. Compiled once per scenario.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    phrases: Vec<Phrase>,
    /// By the first stem of a phrase.
    by_first: HashMap<String, Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Phrase {
    of: Subject,
    id: String,
    stems: Vec<String>,
    /// Must be spelled exactly, and with capitals where it is no unusual word.
    name: bool,
}

/// What a phrase of a scenario stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Asks for a fact.
    Fact,
    /// Names an offer.
    Offer,
    /// Gives the reason why something cannot be done.
    Reason,
    Jargon,
    /// The customer's name or the way to address them; each part of it counts too.
    Customer,
}

/// A phrase of the scenario's in a reply.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub of: Subject,
    pub id: String,
    pub first: usize,
    pub end: usize,
    pub span: Span,
}

impl Lexicon {
    /// What a scenario adds to the language of the pack: phrases, each with what it stands for and the id of that.
    #[must_use]
    pub fn of<'s>(phrases: impl IntoIterator<Item = (Subject, &'s str, &'s str)>, pack: &LanguagePack) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (of, id, phrase) in phrases {
            lexicon.add(of, id, phrase, pack);
            if of != Subject::Customer {
                continue;
            }
            for part in phrase.split_whitespace() {
                if part.chars().filter(|c| c.is_alphabetic()).count() >= 3
                    && !pack.writing.abbreviations.contains(&super::writing::lower(part.trim_end_matches('.')))
                {
                    lexicon.add(of, id, part, pack);
                }
            }
        }
        lexicon
    }

    /// No scenario: only the language itself.
    #[must_use]
    pub fn empty() -> Lexicon {
        Lexicon::default()
    }

    fn add(&mut self, of: Subject, id: &str, phrase: &str, pack: &LanguagePack) {
        let name = of == Subject::Customer;
        let mut stems: Vec<String> = pack.writing.words(phrase);
        stems.truncate(LONGEST_PHRASE);
        if !name {
            stems = stems.iter().map(|word| pack.writing.stem(word).to_owned()).collect();
        }
        let Some(first) = stems.first().cloned() else { return };
        self.by_first.entry(first).or_default().push(self.phrases.len());
        self.phrases.push(Phrase { of, id: id.to_owned(), stems, name });
    }

    /// Every phrase of the scenario in the text, in order.
    pub(crate) fn find(&self, text: &Text, pack: &LanguagePack) -> Vec<Named> {
        let mut found = Vec::new();
        if self.phrases.is_empty() {
            return found;
        }
        for sentence in &text.sentences {
            for at in sentence.first..sentence.end {
                let token = &text.tokens[at];
                let stem = pack.writing.stem(&token.word);
                let mut candidates: Vec<usize> = Vec::new();
                for key in [stem, &*token.word, meant(token, pack)] {
                    candidates.extend(self.by_first.get(key).into_iter().flatten().copied());
                }
                let slip = token.id == UNKNOWN && !pack.products.holds(&token.word);
                if candidates.is_empty() && slip && token.word.len() >= 5 && !token.shape.digits {
                    candidates.extend((0..self.phrases.len()).filter(|number| {
                        let phrase = &self.phrases[*number];
                        !phrase.name && phrase.stems.first().is_some_and(|wanted| same(stem, wanted))
                    }));
                }
                candidates.sort_unstable();
                candidates.dedup();
                for number in candidates {
                    let phrase = &self.phrases[number];
                    if let Some(end) = phrase.ends(text, at, sentence.end, pack) {
                        let span = text.span(at, end - 1);
                        found.push(Named { of: phrase.of, id: phrase.id.clone(), first: at, end, span });
                    }
                }
            }
        }
        found
    }
}

impl Phrase {
    /// One past the last token of the phrase, where it begins at `at`.
    fn ends(&self, text: &Text, at: usize, limit: usize, pack: &LanguagePack) -> Option<usize> {
        if self.name && !self.named_by(&text.tokens[at]) {
            return None;
        }
        let mut next = at + 1;
        for wanted in &self.stems[1..] {
            let reach = if self.name { next + 1 } else { (next + GAP + 1).min(limit) };
            let found = (next..reach.min(limit)).find(|place| {
                let word = &*text.tokens[*place].word;
                if self.name {
                    word == wanted
                } else {
                    (same(pack.writing.stem(word), wanted) && !pack.products.holds(word))
                        || pack.writing.stem(word) == wanted
                        || word == wanted
                        || meant(&text.tokens[*place], pack) == wanted
                }
            })?;
            next = found + 1;
        }
        Some(next)
    }

    fn named_by(&self, token: &Token) -> bool {
        token.shape.capital || (token.id == UNKNOWN && token.word.chars().count() >= PLAIN_NAME) || self.stems.len() > 1
    }
}

/// The stem of the word that the pack takes the token for, where it was mistyped.
fn meant<'a>(token: &'a Token, pack: &'a LanguagePack) -> &'a str {
    pack.writing.stem(pack.vocabulary.word(token.id).unwrap_or(&token.word))
}

/// Whether two stems are the same but for one slip in a longer one.
fn same(typed: &str, wanted: &str) -> bool {
    typed == wanted
        || (wanted.len() >= 5
            && typed.len().abs_diff(wanted.len()) <= 1
            && typed.as_bytes()[..1] == wanted.as_bytes()[..1]
            && super::vocabulary::strange(typed, wanted) <= 1)
}
