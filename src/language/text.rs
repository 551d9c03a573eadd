//! A reply cut into words, clauses and sentences, each word knowing its bytes in the original.

use super::Span;
use super::vocabulary::{ClassId, UNKNOWN, Vocabulary, WordId};
use super::writing::Writing;

/// A sentence longer than this is cut, so that no reply can make the reader slow.
const LONGEST_SENTENCE: usize = 96;

/// One word as the patterns see it. A contraction gives several words with the same bytes.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub span: Span,
    /// Lower case, spelled as the pack spells it.
    pub word: Box<str>,
    pub id: WordId,
    /// Classes of a word outside the vocabulary.
    pub classes: Box<[ClassId]>,
    pub shape: Shape,
    pub sentence: u32,
    pub clause: u32,
    pub starts_clause: bool,
    pub ends_clause: bool,
    pub quoted: bool,
}

/// What a token looks like, apart from its letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Holds a digit.
    pub digits: bool,
    /// Written with a capital.
    pub capital: bool,
    /// A web address, a mail address or a mask such as `<url>`.
    pub link: bool,
    /// A name after a dash, `^` or `~` that ends the reply; initials are none.
    pub signature: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    pub asks: bool,
    /// Bytes of the sentence with its closing mark.
    pub span: Span,
}

#[derive(Debug, Default)]
pub(crate) struct Text {
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
}

impl Text {
    /// Whether the token is the first of its sentence.
    pub(crate) fn starts_sentence(&self, at: usize) -> bool {
        at == 0 || self.tokens[at - 1].sentence != self.tokens[at].sentence
    }

    /// The bytes from one token to another, the last included.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        Span { start: self.tokens[first].span.start, end: self.tokens[last].span.end }
    }

    pub(crate) fn read(reply: &str, writing: &Writing, vocabulary: &Vocabulary) -> Text {
        Cutter {
            reply,
            writing,
            vocabulary,
            latin: writing.in_latin(reply),
            text: Text::default(),
            sentence: 0,
            clause: 0,
            first: 0,
            fresh: true,
        }
        .cut()
    }
}

struct Cutter<'a> {
    reply: &'a str,
    writing: &'a Writing,
    vocabulary: &'a Vocabulary,
    /// Whether the reply is typed in Latin letters that stand for others.
    latin: bool,
    text: Text,
    sentence: u32,
    clause: u32,
    /// First token of the open sentence.
    first: usize,
    /// Whether the next word starts a clause.
    fresh: bool,
}

impl Cutter<'_> {
    fn cut(mut self) -> Text {
        let reply = self.reply;
        let quotes = quoted_parts(reply);
        let mut quote = 0;
        let mut at = 0;
        while let Some(letter) = reply[at..].chars().next() {
            let width = letter.len_utf8();
            while quote < quotes.len() && quotes[quote].end <= at {
                quote += 1;
            }
            let quoted = quotes.get(quote).is_some_and(|part| part.start <= at && at < part.end);
            if letter == '<'
                && let Some(end) = mask_end(&reply[at..])
            {
                self.push(Span { start: at, end: at + end }, &reply[at + 1..at + end - 1], quoted, true);
                at += end;
            } else if letter.is_alphanumeric() {
                let end = at + word_end(&reply[at..]);
                self.word(Span { start: at, end }, quoted);
                at = end;
            } else {
                self.mark(letter, at);
                at += width;
            }
            if self.text.tokens.len() - self.first >= LONGEST_SENTENCE {
                self.close_sentence(at, false);
            }
        }
        self.close_sentence(reply.len(), false);
        self.mark_signature();
        self.text
    }

    fn mark_signature(&mut self) {
        let Some(last) = self.text.tokens.last_mut() else { return };
        let before = self.reply[..last.span.start].trim_end_matches(' ');
        let raw = last.span.of(self.reply);
        let initials = raw.chars().count() < 3 || raw.chars().all(char::is_uppercase);
        let signs = before.ends_with(['^', '~', '–', '—']) || (before.ends_with('-') && !before.ends_with("--"));
        last.shape.signature = signs && !initials && raw.starts_with(char::is_uppercase);
    }

    fn mark(&mut self, mark: char, at: usize) {
        match mark {
            '?' | '？' => self.close_sentence(at + mark.len_utf8(), true),
            '!' | '…' | '\n' => self.close_sentence(at + mark.len_utf8(), false),
            '.' if !self.after_abbreviation() => self.close_sentence(at + 1, false),
            ',' | ';' | ':' | '–' | '—' | '(' | ')' | '"' | '“' | '”' | '/' | '*' | '|' => self.close_clause(),
            '-' if self.reply[..at].ends_with(' ') || self.reply[at + 1..].starts_with([' ', '-']) => {
                self.close_clause()
            }
            _ => {}
        }
    }

    fn after_abbreviation(&self) -> bool {
        self.text.tokens[self.first..].last().is_some_and(|token| self.writing.abbreviations.contains(&*token.word))
    }

    fn close_clause(&mut self) {
        if let Some(last) = self.text.tokens[self.first..].last_mut() {
            last.ends_clause = true;
            self.clause += 1;
        }
        self.fresh = true;
    }

    fn close_sentence(&mut self, end: usize, asks: bool) {
        self.close_clause();
        if let Some(token) = self.text.tokens.get(self.first) {
            let span = Span { start: token.span.start, end };
            self.text.sentences.push(Sentence { first: self.first, end: self.text.tokens.len(), asks, span });
            self.first = self.text.tokens.len();
            self.sentence += 1;
        } else if asks && let Some(last) = self.text.sentences.last_mut() {
            // "…?!", "!?": the question mark still counts for the sentence just closed.
            if self.reply[last.span.end..end].chars().all(|c| !c.is_whitespace()) {
                last.asks = true;
                last.span.end = end;
            }
        }
    }

    fn word(&mut self, span: Span, quoted: bool) {
        let raw = span.of(self.reply);
        let capital = raw.chars().next().is_some_and(char::is_uppercase);
        let lower = self.writing.lower(raw);
        if self.writing.is_link(&lower) {
            return self.push(span, &lower, quoted, true);
        }
        let mut start = span.start;
        // A hyphen joins words unless digits make it a number, a range or a code.
        if lower.contains('-')
            && !lower.contains(|c: char| c.is_ascii_digit())
            && !self.writing.rewrites.contains_key(&lower)
        {
            for part in raw.split('-') {
                let part_span = Span { start, end: start + part.len() };
                if !part.is_empty() {
                    self.plain(part_span, &self.writing.lower(part), capital, quoted);
                }
                start += part.len() + 1;
            }
        } else {
            self.plain(span, &lower, capital, quoted);
        }
    }

    fn plain(&mut self, span: Span, lower: &str, capital: bool, quoted: bool) {
        let spelled = if self.latin { self.writing.out_of_latin(lower, self.vocabulary) } else { None };
        let lower = spelled.as_deref().unwrap_or(lower);
        let joins = self.writing.joiners.contains(lower);
        if joins && !self.fresh {
            self.close_clause();
        }
        let before = self.text.tokens.len();
        let writing = self.writing;
        if let Some(words) = writing.rewrites.get(lower) {
            for word in words {
                self.push(span, word, quoted, false);
            }
        } else if let Some((digits, whole)) = writing.split_number(lower) {
            self.push(span, digits, quoted, false);
            self.push(span, whole, quoted, false);
        } else if let Some((base, ending)) = writing.split_ending(lower) {
            self.plain_base(span, base, quoted);
            for word in ending {
                self.push(span, word, quoted, false);
            }
        } else {
            self.plain_base(span, lower, quoted);
        }
        for token in &mut self.text.tokens[before..] {
            token.shape.capital = capital;
        }
        if joins {
            self.fresh = true;
        }
    }

    fn plain_base(&mut self, span: Span, word: &str, quoted: bool) {
        match self.writing.rewrites.get(word) {
            Some(words) => {
                for word in words {
                    self.push(span, word, quoted, false);
                }
            }
            None => self.push(span, word, quoted, false),
        }
    }

    fn push(&mut self, span: Span, word: &str, quoted: bool, link: bool) {
        let digits = word.bytes().any(|b| b.is_ascii_digit());
        let mut classes = Vec::new();
        let mut id = if link { UNKNOWN } else { self.vocabulary.id(word).unwrap_or(UNKNOWN) };
        if id == UNKNOWN && !link {
            id = if digits { UNKNOWN } else { self.vocabulary.meant(word).unwrap_or(UNKNOWN) };
            if id == UNKNOWN {
                self.vocabulary.by_shape(word, &mut classes);
            }
        }
        self.text.tokens.push(Token {
            span,
            word: word.into(),
            id,
            classes: classes.into(),
            shape: Shape { digits, link, ..Shape::default() },
            sentence: self.sentence,
            clause: self.clause,
            starts_clause: self.fresh,
            ends_clause: false,
            quoted,
        });
        self.fresh = false;
    }
}

/// Where the word that the text begins with ends: letters and digits, and the marks that hold such together.
fn word_end(text: &str) -> usize {
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    let mut previous = ' ';
    while let Some((at, letter)) = letters.next() {
        if letter.is_alphanumeric() || is_combining(letter) {
            end = at + letter.len_utf8();
            previous = letter;
            continue;
        }
        let Some(&(_, next)) = letters.peek() else { break };
        let holds = match letter {
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' => next.is_alphabetic() && previous.is_alphanumeric(),
            '-' | '‑' | '_' | '@' => next.is_alphanumeric(),
            '.' | ',' | ':' => (previous.is_ascii_digit() && next.is_ascii_digit()) || is_initialism(text, at, next),
            '/' => previous.is_ascii_digit() && next.is_ascii_digit(),
            _ => false,
        };
        let address = matches!(letter, '.' | ':' | '/' | '?' | '=' | '&' | '#' | '%')
            && (text.starts_with("http") || text.starts_with("www.") || at < 64 && text[..at].contains('@'))
            && !next.is_whitespace();
        if !holds && !address {
            break;
        }
        previous = letter;
    }
    end
}

/// "p.m", "e.g": single letters with stops between.
fn is_initialism(text: &str, at: usize, next: char) -> bool {
    let mut before = text[..at].chars().rev();
    let letter = before.next().is_some_and(char::is_alphabetic);
    let alone = before.next().is_none_or(|c| c == '.' || c.is_ascii_digit());
    let mut after = text[at + 1..].chars().skip(1);
    letter && alone && next.is_alphabetic() && after.next().is_none_or(|c| !c.is_alphanumeric())
}

fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}')
}

/// The length of a mask such as `<url>`, where the text begins with one.
fn mask_end(text: &str) -> Option<usize> {
    let end = text.bytes().take(16).position(|b| b == b'>')?;
    (end > 1 && text[1..end].bytes().all(|b| b.is_ascii_alphabetic())).then_some(end + 1)
}

/// The parts between quotation marks. A reply that is quoted as a whole is not.
fn quoted_parts(reply: &str) -> Vec<Span> {
    const REACH: usize = 400;
    let mut parts: Vec<Span> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut previous = ' ';
    for (at, letter) in reply.char_indices() {
        if let Some((start, _)) = open
            && (at - start > REACH || letter == '\n')
        {
            open = None;
        }
        let next = || reply[at + letter.len_utf8()..].chars().next().unwrap_or(' ');
        match (letter, open) {
            ('“' | '«' | '„', None) => open = Some((at, letter)),
            ('”' | '»' | '“', Some((start, '“' | '«' | '„'))) => {
                parts.push(Span { start, end: at });
                open = None;
            }
            ('"', None) => open = Some((at, '"')),
            ('"', Some((start, '"'))) => {
                parts.push(Span { start, end: at });
                open = None;
            }
            ('\'' | '‘', None) if !previous.is_alphanumeric() && next().is_alphanumeric() => open = Some((at, '\'')),
            ('\'' | '’', Some((start, '\''))) if !previous.is_whitespace() && !next().is_alphanumeric() => {
                parts.push(Span { start, end: at });
                open = None;
            }
            _ => {}
        }
        previous = letter;
    }
    let inside: usize = parts.iter().map(|part| part.end - part.start).sum();
    if inside * 10 >= reply.trim().len() * 9 { Vec::new() } else { parts }
}
