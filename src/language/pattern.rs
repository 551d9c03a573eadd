//! The pattern language of the packs, and the automaton that finds all patterns of a pack at once.
//!
//! A pattern is words with spaces between. `stem*` takes every word that begins so and `*ending`
//! every longer word that ends so; `(a|b c)` takes either; `<class>`
//! takes what the pack's class of that name lists; `x?` may be missing; `_` is any one word and `~3` up to three; `^` and
//! `$` stand for the edges of a clause, `^^` and `$$` for those of a sentence. Commas inside a match do not matter.
//! Built-in classes: `<number>`, `<code>` (letters or dashes with digits), `<link>`, `<capital>` (a capitalised word),
//! `<signature>` (a name after a dash, `^` or `~` at the very end).

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxHashMap;

use super::text::Text;
use super::vocabulary::{ClassId, UNKNOWN, Vocabulary, WordId};
use super::writing::Writing;

/// More ways than this to read one pattern make it an error of the pack.
const MOST_WAYS: usize = 4000;
/// The longest gap that one `~n` may span.
const LONGEST_GAP: u8 = 8;
/// Nesting of brackets and classes.
const DEEPEST: usize = 12;

pub(crate) const NUMBER: ClassId = 0;
const CODE: ClassId = 1;
const LINK: ClassId = 2;
const CAPITAL: ClassId = 3;
const SIGNATURE: ClassId = 4;
const BUILT_IN: &[(&str, ClassId)] =
    &[("number", NUMBER), ("code", CODE), ("link", LINK), ("capital", CAPITAL), ("signature", SIGNATURE)];
const FIRST_FREE_CLASS: ClassId = 5;

#[derive(Clone, Debug)]
enum Element {
    Word(String),
    Stem(String),
    Ending(String),
    Class(String),
    Any,
    Gap(u8),
    Edge(Edge),
    Either(Vec<Vec<Element>>),
    Maybe(Box<Element>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Edge {
    ClauseStart,
    ClauseEnd,
    SentenceStart,
    SentenceEnd,
}

/// One step along a way through a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Step {
    /// A word, by its number in the [`Builder`].
    Word(u32),
    /// Any of the words of a set, by the number of the set in the [`Builder`].
    Set(u32),
    Any,
    Gap(u8),
    /// A gap at the end: as many words of the clause as there are, to make the evidence readable.
    Tail(u8),
    Edge(Edge),
}

fn parse(pattern: &str, writing: &Writing) -> Result<Vec<Element>, String> {
    let letters: Vec<char> = pattern.chars().collect();
    let mut at = 0;
    let elements = sequence(&letters, &mut at, writing, 0)?.pop_only()?;
    if at < letters.len() {
        return Err(format!("`{}` without its opening bracket", letters[at]));
    }
    if elements.is_empty() { Err("empty pattern".into()) } else { Ok(elements) }
}

/// The alternatives between `|`.
struct Alternatives(Vec<Vec<Element>>);

impl Alternatives {
    fn pop_only(mut self) -> Result<Vec<Element>, String> {
        match self.0.len() {
            1 => Ok(self.0.remove(0)),
            _ => Err("`|` needs brackets around it".into()),
        }
    }
}

fn sequence(letters: &[char], at: &mut usize, writing: &Writing, depth: usize) -> Result<Alternatives, String> {
    if depth > DEEPEST {
        return Err("brackets nested too deeply".into());
    }
    let mut ways = vec![Vec::new()];
    while let Some(&letter) = letters.get(*at) {
        let mut element = match letter {
            ' ' => {
                *at += 1;
                continue;
            }
            ')' => break,
            '|' => {
                *at += 1;
                ways.push(Vec::new());
                continue;
            }
            '(' => {
                *at += 1;
                let inner = sequence(letters, at, writing, depth + 1)?;
                if letters.get(*at) != Some(&')') {
                    return Err("`(` is never closed".into());
                }
                *at += 1;
                vec![Element::Either(inner.0)]
            }
            '<' => {
                let end = letters[*at..].iter().position(|&c| c == '>').ok_or("`<` is never closed")?;
                let name: String = letters[*at + 1..*at + end].iter().collect();
                *at += end + 1;
                vec![Element::Class(name)]
            }
            '^' | '$' => {
                let twice = letters.get(*at + 1) == Some(&letter);
                *at += if twice { 2 } else { 1 };
                vec![Element::Edge(match (letter, twice) {
                    ('^', false) => Edge::ClauseStart,
                    ('^', true) => Edge::SentenceStart,
                    (_, false) => Edge::ClauseEnd,
                    (_, true) => Edge::SentenceEnd,
                })]
            }
            '~' => {
                let digit = letters.get(*at + 1).and_then(|c| c.to_digit(10)).ok_or("`~` needs a number")? as u8;
                if digit == 0 || digit > LONGEST_GAP {
                    return Err(format!("a gap spans 1 to {LONGEST_GAP} words"));
                }
                *at += 2;
                vec![Element::Gap(digit)]
            }
            '_' => {
                *at += 1;
                vec![Element::Any]
            }
            '*' if letters.get(*at + 1).is_some_and(|c| c.is_alphabetic() || *c == '-') => {
                *at += 1;
                let word = plain_word(letters, at);
                if letters.get(*at) == Some(&'*') {
                    return Err(format!("`*{word}*` is neither a beginning nor an ending"));
                }
                vec![Element::Ending(super::writing::lower(&word))]
            }
            '?' | '*' => return Err(format!("`{letter}` follows nothing")),
            _ => {
                let word = plain_word(letters, at);
                if word.is_empty() {
                    return Err(format!("`{letter}` has no meaning here"));
                }
                if letters.get(*at) == Some(&'*') {
                    *at += 1;
                    vec![Element::Stem(writing.lower(&word))]
                } else {
                    let words = writing.words(&word);
                    if words.is_empty() {
                        return Err(format!("`{word}` holds no word"));
                    }
                    words.into_iter().map(Element::Word).collect()
                }
            }
        };
        if letters.get(*at) == Some(&'?') {
            *at += 1;
            let inner = if element.len() == 1 { element.remove(0) } else { Element::Either(vec![element]) };
            element = vec![Element::Maybe(Box::new(inner))];
        }
        if let Some(way) = ways.last_mut() {
            way.append(&mut element);
        }
    }
    Ok(Alternatives(ways))
}

/// The letters up to the next mark of the pattern language, which is moved to.
fn plain_word(letters: &[char], at: &mut usize) -> String {
    let end = letters[*at..]
        .iter()
        .position(|c| matches!(c, ' ' | '(' | ')' | '|' | '<' | '>' | '^' | '$' | '~' | '?' | '*'))
        .map_or(letters.len(), |length| *at + length);
    let word = letters[*at..end].iter().collect();
    *at = end;
    word
}

/// The classes of a pack, parsed.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    elements: BTreeMap<String, Vec<Vec<Element>>>,
}

impl Classes {
    pub(crate) fn add(&mut self, name: &str, patterns: &[String], writing: &Writing) -> Vec<(String, String)> {
        let mut problems = Vec::new();
        let mut parsed = Vec::new();
        for pattern in patterns {
            match parse(pattern, writing) {
                Ok(elements) => parsed.push(elements),
                Err(reason) => problems.push((pattern.clone(), reason)),
            }
        }
        self.elements.insert(name.to_owned(), parsed);
        problems
    }

    /// Every single word that the class lists, for uses outside the patterns.
    pub(crate) fn single_words(&self, name: &str) -> Vec<(String, bool)> {
        let ways = self.elements.get(name).map_or(&[][..], Vec::as_slice);
        ways.iter()
            .filter_map(|way| match way.as_slice() {
                [Element::Word(word)] => Some((word.clone(), false)),
                [Element::Stem(stem)] => Some((stem.clone(), true)),
                _ => None,
            })
            .collect()
    }
}

/// The number of a pattern in its automaton.
pub(crate) type PatternId = u32;

/// A way to read a pattern.
type Way = Vec<Step>;

/// Builds an [`Automaton`]: a trie over the ways of all patterns. Words and sets are numbered, so that ways are cheap to
/// copy and to compare, and each class is worked out once.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    /// Where each step leads from each node; a step leads to a node with a higher number. The root is 0.
    steps: FxHashMap<(u32, Step), u32>,
    /// By node: the patterns that end there.
    ends: Vec<Vec<PatternId>>,
    words: Vec<String>,
    word_numbers: HashMap<String, u32>,
    /// Each the sorted numbers of its words (and, with `*`, word beginnings); built-in classes as `<name>`.
    sets: Vec<Vec<u32>>,
    set_numbers: HashMap<Vec<u32>, u32>,
    expanded: HashMap<String, Vec<Way>>,
}

impl Builder {
    fn word(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.word_numbers.get(word) {
            return number;
        }
        let number = self.words.len() as u32;
        self.words.push(word.to_owned());
        self.word_numbers.insert(word.to_owned(), number);
        number
    }

    fn set(&mut self, words: Vec<u32>) -> Step {
        if let Some(&number) = self.set_numbers.get(&words) {
            return Step::Set(number);
        }
        let number = self.sets.len() as u32;
        self.sets.push(words.clone());
        self.set_numbers.insert(words, number);
        Step::Set(number)
    }

    fn ways(&mut self, elements: &[Element], classes: &Classes, depth: usize) -> Result<Vec<Way>, String> {
        if depth > DEEPEST {
            return Err("classes nested too deeply, or a class that holds itself".into());
        }
        let mut ways: Vec<Way> = vec![Vec::new()];
        for element in elements {
            let next = self.ways_of(element, classes, depth)?;
            if ways.len() * next.len() > MOST_WAYS {
                return Err(format!("more than {MOST_WAYS} ways to read it; split it"));
            }
            if let [only] = next.as_slice() {
                ways.iter_mut().for_each(|way| way.extend_from_slice(only));
                continue;
            }
            let mut longer = Vec::with_capacity(ways.len() * next.len());
            for way in &ways {
                for tail in &next {
                    let mut whole = Vec::with_capacity(way.len() + tail.len() + 4);
                    whole.extend_from_slice(way);
                    whole.extend_from_slice(tail);
                    longer.push(whole);
                }
            }
            ways = longer;
        }
        Ok(ways)
    }

    fn ways_of(&mut self, element: &Element, classes: &Classes, depth: usize) -> Result<Vec<Way>, String> {
        let step = match element {
            Element::Word(word) => Step::Word(self.word(word)),
            Element::Stem(stem) => {
                let stem = self.word(&format!("{stem}*"));
                self.set(vec![stem])
            }
            Element::Ending(ending) => {
                let ending = self.word(&format!("*{ending}"));
                self.set(vec![ending])
            }
            Element::Any => Step::Any,
            Element::Gap(most) => Step::Gap(*most),
            Element::Edge(edge) => Step::Edge(*edge),
            Element::Maybe(inner) => {
                let mut ways = self.ways_of(inner, classes, depth + 1)?;
                ways.push(Vec::new());
                return Ok(ways);
            }
            Element::Class(name) if BUILT_IN.iter().any(|(built_in, _)| built_in == name) => {
                let name = self.word(&format!("<{name}>"));
                self.set(vec![name])
            }
            Element::Class(name) => {
                if let Some(ways) = self.expanded.get(name) {
                    return Ok(ways.clone());
                }
                let patterns = classes.elements.get(name).ok_or_else(|| format!("no class is called `{name}`"))?;
                let ways = self.either(patterns, classes, depth)?;
                self.expanded.insert(name.clone(), ways.clone());
                return Ok(ways);
            }
            Element::Either(alternatives) => return self.either(alternatives, classes, depth),
        };
        Ok(vec![vec![step]])
    }

    /// Single words melt into one set, so that a class of fifty words is one step and not fifty ways.
    fn either(&mut self, alternatives: &[Vec<Element>], classes: &Classes, depth: usize) -> Result<Vec<Way>, String> {
        let mut set = Vec::new();
        let mut ways = Vec::new();
        for alternative in alternatives {
            for way in self.ways(alternative, classes, depth + 1)? {
                match way.as_slice() {
                    [Step::Word(word)] => set.push(*word),
                    [Step::Set(number)] if !self.is_built_in(*number) => {
                        set.extend_from_slice(&self.sets[*number as usize]);
                    }
                    _ => ways.push(way),
                }
            }
        }
        if !set.is_empty() {
            set.sort_unstable();
            set.dedup();
            ways.push(vec![self.set(set)]);
        }
        ways.sort();
        ways.dedup();
        Ok(ways)
    }

    fn is_built_in(&self, set: u32) -> bool {
        self.sets[set as usize].iter().any(|word| self.words[*word as usize].starts_with('<'))
    }

    pub(crate) fn add(
        &mut self,
        pattern: &str,
        id: PatternId,
        classes: &Classes,
        writing: &Writing,
    ) -> Result<(), String> {
        let ways = self.ways(&parse(pattern, writing)?, classes, 0)?;
        for mut way in ways {
            if let Some(last) = way.last_mut()
                && let Step::Gap(most) = *last
            {
                *last = Step::Tail(most);
            }
            if !way.iter().any(|step| matches!(step, Step::Word(_) | Step::Set(_))) {
                return Err("it names no word; put one beside the gaps and `_`".into());
            }
            if matches!(way.first(), Some(Step::Gap(_) | Step::Any)) {
                return Err("it begins with a gap".into());
            }
            if way.iter().filter(|step| matches!(step, Step::Gap(_))).count() > 3 {
                return Err("more than three gaps".into());
            }
            if self.ends.is_empty() {
                self.ends.push(Vec::new());
            }
            let mut node = 0;
            for step in way {
                let fresh = self.ends.len() as u32;
                node = *self.steps.entry((node, step)).or_insert(fresh);
                if node == fresh {
                    self.ends.push(Vec::new());
                }
            }
            let ends = &mut self.ends[node as usize];
            if !ends.contains(&id) {
                ends.push(id);
            }
        }
        Ok(())
    }

    /// `sets` are word sets named by the caller that become classes too; the ids of these come back in the same order.
    pub(crate) fn build(
        self,
        sets: &[Vec<(String, bool)>],
        vocabulary: &mut Vocabulary,
        ordinary: impl IntoIterator<Item = String>,
        shortest: usize,
    ) -> (Automaton, Vec<ClassId>) {
        let mut next_class = FIRST_FREE_CLASS;
        let mut class_of: Vec<Option<ClassId>> = vec![None; self.sets.len()];
        let mut named = Vec::new();
        for set in sets {
            for (word, prefix) in set {
                vocabulary.put(word, *prefix, next_class);
            }
            named.push(next_class);
            next_class += 1;
        }
        let mut steps: Vec<((u32, Step), u32)> = self.steps.into_iter().collect();
        steps.sort_unstable();
        let mut steps = steps.into_iter().peekable();
        let mut nodes: Vec<Node> = Vec::with_capacity(self.ends.len());
        for (at, ends) in self.ends.into_iter().enumerate() {
            let mut node = Node { ends, ..Node::default() };
            while let Some(((_, step), next)) = steps.next_if(|((from, _), _)| *from as usize == at) {
                match step {
                    Step::Word(word) => node.words.push((vocabulary.add(&self.words[word as usize]), next)),
                    Step::Set(number) => {
                        let class = *class_of[number as usize].get_or_insert_with(|| {
                            let words: Vec<&str> =
                                self.sets[number as usize].iter().map(|word| &*self.words[*word as usize]).collect();
                            let name = words[0].strip_prefix('<').and_then(|name| name.strip_suffix('>'));
                            if let Some((_, class)) = BUILT_IN.iter().find(|(built_in, _)| Some(*built_in) == name) {
                                return *class;
                            }
                            let class = next_class;
                            next_class += 1;
                            for word in words {
                                match (word.strip_suffix('*'), word.strip_prefix('*')) {
                                    (Some(stem), _) => vocabulary.put(stem, true, class),
                                    (None, Some(ending)) => vocabulary.put_ending(ending, class),
                                    (None, None) => vocabulary.put(word, false, class),
                                }
                            }
                            class
                        });
                        node.classes.push((class, next));
                    }
                    Step::Any => node.any = Some(next),
                    Step::Gap(most) => node.gaps.push((most, next)),
                    Step::Tail(most) => node.tails.push((most, next)),
                    Step::Edge(edge) => node.edges.push((edge, next)),
                }
            }
            node.words.sort_unstable();
            node.classes.sort_unstable();
            nodes.push(node);
        }
        vocabulary.finish(ordinary, shortest);
        let root = nodes.first().cloned().unwrap_or_default();
        let mut starts: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.len()];
        for &(word, next) in &root.words {
            starts[word as usize].push(next);
        }
        for (word, starts) in starts.iter_mut().enumerate() {
            for &class in vocabulary.classes(word as WordId) {
                let from = root.classes.partition_point(|(other, _)| *other < class);
                starts.extend(root.classes[from..].iter().take_while(|(other, _)| *other == class).map(|(_, to)| *to));
            }
        }
        (Automaton { nodes, starts }, named)
    }
}

#[derive(Clone, Debug, Default)]
struct Node {
    words: Vec<(WordId, u32)>,
    classes: Vec<(ClassId, u32)>,
    any: Option<u32>,
    gaps: Vec<(u8, u32)>,
    tails: Vec<(u8, u32)>,
    edges: Vec<(Edge, u32)>,
    ends: Vec<PatternId>,
}

/// All patterns of a pack, ready to run over a text.
#[derive(Debug, Default)]
pub(crate) struct Automaton {
    nodes: Vec<Node>,
    /// By known word: where it leads from the root.
    starts: Vec<Vec<u32>>,
}

/// A pattern found: tokens from `first` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub first: usize,
    pub end: usize,
    pub pattern: PatternId,
    /// A negation stands in one of its gaps.
    pub negated_inside: bool,
}

impl Automaton {
    /// Every pattern in the text, by first token. `negation` is the class of words that deny.
    pub(crate) fn find(&self, text: &Text, vocabulary: &Vocabulary, negation: ClassId) -> Vec<Hit> {
        let mut hits = Vec::new();
        let Some(root) = self.nodes.first() else { return hits };
        for sentence in &text.sentences {
            let mut walk =
                Walk { automaton: self, text, vocabulary, negation, end: sentence.end, first: 0, hits: &mut hits };
            for at in sentence.first..sentence.end {
                walk.first = at;
                for &(edge, next) in &root.edges {
                    if walk.stands(edge, at) {
                        walk.from(next, at, false);
                    }
                }
                let token = &text.tokens[at];
                if let Some(starts) = self.starts.get(token.id as usize) {
                    for &next in starts {
                        walk.from(next, at + 1, false);
                    }
                } else {
                    for &(class, next) in &root.classes {
                        if walk.in_class(at, class) {
                            walk.from(next, at + 1, false);
                        }
                    }
                }
                // Known words are looked up above; what a word looks like is not part of the vocabulary.
                if token.id != UNKNOWN {
                    for &(class, next) in root.classes.iter().take_while(|(class, _)| *class < FIRST_FREE_CLASS) {
                        if walk.shaped(at, class) && !vocabulary.classes(token.id).contains(&class) {
                            walk.from(next, at + 1, false);
                        }
                    }
                }
            }
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }
}

struct Walk<'a> {
    automaton: &'a Automaton,
    text: &'a Text,
    vocabulary: &'a Vocabulary,
    negation: ClassId,
    /// One past the sentence's last token.
    end: usize,
    first: usize,
    hits: &'a mut Vec<Hit>,
}

impl Walk<'_> {
    fn from(&mut self, node: u32, at: usize, negated: bool) {
        let automaton = self.automaton;
        let node = &automaton.nodes[node as usize];
        for &pattern in &node.ends {
            if at > self.first {
                self.hits.push(Hit { first: self.first, end: at, pattern, negated_inside: negated });
            }
        }
        for &(edge, next) in &node.edges {
            if self.stands(edge, at) {
                self.from(next, at, negated);
            }
        }
        for &(most, next) in &node.gaps {
            let mut denied = negated;
            for skipped in 0..=usize::from(most) {
                let to = at + skipped;
                self.from(next, to, denied);
                if to >= self.end {
                    break;
                }
                denied |= self.in_class(to, self.negation);
            }
        }
        for &(most, next) in &node.tails {
            let tokens = &self.text.tokens;
            let same = |to: &usize| tokens[*to].clause == tokens[at - 1].clause;
            let words = (at..self.end).take(usize::from(most)).take_while(same).count();
            self.from(next, at + words, negated);
        }
        if at >= self.end {
            return;
        }
        let id = self.text.tokens[at].id;
        if id != UNKNOWN
            && let Ok(found) = node.words.binary_search_by_key(&id, |(word, _)| *word)
        {
            self.from(node.words[found].1, at + 1, negated);
        }
        for &(class, next) in &node.classes {
            if self.in_class(at, class) {
                self.from(next, at + 1, negated);
            }
        }
        if let Some(next) = node.any {
            self.from(next, at + 1, negated);
        }
    }

    fn stands(&self, edge: Edge, at: usize) -> bool {
        match edge {
            Edge::ClauseStart => at < self.end && self.text.tokens[at].starts_clause,
            Edge::SentenceStart => at < self.end && self.text.starts_sentence(at),
            Edge::ClauseEnd => at > 0 && (at == self.end || self.text.tokens[at - 1].ends_clause),
            Edge::SentenceEnd => at == self.end,
        }
    }

    fn shaped(&self, at: usize, class: ClassId) -> bool {
        let shape = self.text.tokens[at].shape;
        match class {
            NUMBER => shape.digits,
            CODE => shape.digits,
            LINK => shape.link,
            CAPITAL => shape.capital,
            SIGNATURE => shape.signature,
            _ => false,
        }
    }

    fn in_class(&self, at: usize, class: ClassId) -> bool {
        let token = &self.text.tokens[at];
        let listed = if token.id == UNKNOWN { &*token.classes } else { self.vocabulary.classes(token.id) };
        listed.binary_search(&class).is_ok() || (class < FIRST_FREE_CLASS && self.shaped(at, class))
    }
}
