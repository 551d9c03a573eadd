//! Replies with their acts marked, as trainers write them by hand.
//!
//! ```text
//! # a comment
//! > the customer's line
//! @ now 2026-03-02T10:00
//! I'm so sorry about that. {apology} Can you read me the number on the card? {question}
//! I'll ring you at five. {next_step timed_promise due=2026-03-02T17:00}
//! Good morning. {}
//! ```
//!
//! One reply a line. Each clause is followed by its acts in braces; `{}` is a clause without any, and so is what stands after the
//! last braces. The text of the reply is the line without the braces and without the one space before each; blanks at its
//! edges do not count. A customer's line and a moment hold for the replies below them, until the next; `>` alone and
//! `@ now none` end them. `\{`, `\}` and `\\` stand for the characters themselves, as do `\#`, `\>` and `\@`; `\n` is a line
//! break and `\u{200b}` any character by its number.

use std::path::Path;

use jiff::civil::DateTime;
use unicode_segmentation::UnicodeSegmentation;

use super::carried::languages;
use super::{Act, Reading, Span, moment};
use crate::diagnostic::quote::{closest, is_hidden, list, quote};
use crate::diagnostic::{Diagnostic, Findings, Problems, Source};

/// One reply with its acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedReply {
    /// The language, by the folder that the file is in; none where the folder is not named for a language that has a pack.
    pub language: Option<String>,
    /// The customer's line before; empty where none is given.
    pub customer: String,
    /// The local moment of the reply.
    pub now: Option<DateTime>,
    /// The words of the reply, without marks.
    pub text: String,
    /// In the order of the text, apart from each other. Together they hold every word of it.
    pub clauses: Vec<MarkedClause>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// A part of a reply, and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedClause {
    /// Bytes of the reply's text, from its first to its last character that is no blank.
    pub span: Span,
    /// In the order in which they are written, each once; may be empty.
    pub acts: Vec<Act>,
    /// The moment by which a promise of the clause must be kept; only beside [`Act::TimedPromise`].
    pub due: Option<DateTime>,
}

impl MarkedReply {
    /// A reply as the reader sees it: acts whose words overlap share a clause.
    #[must_use]
    pub fn of(text: &str, reading: &Reading) -> MarkedReply {
        let mut clauses: Vec<MarkedClause> = Vec::new();
        for found in &reading.acts {
            let span = with_closing_marks(text, found.span);
            match clauses.last_mut() {
                Some(last) if span.start < last.span.end => {
                    last.span.end = last.span.end.max(span.end);
                    if !last.acts.contains(&found.act) {
                        last.acts.push(found.act);
                    }
                }
                _ => clauses.push(MarkedClause { span, acts: vec![found.act], due: None }),
            }
        }
        for clause in clauses.iter_mut().filter(|clause| clause.acts.contains(&Act::TimedPromise)) {
            let meets = |span: Span| span.start < clause.span.end && clause.span.start < span.end;
            clause.due = reading.promises.iter().filter(|one| meets(one.span)).filter_map(|one| one.due).min();
        }
        MarkedReply {
            language: None,
            customer: String::new(),
            now: None,
            text: text.to_owned(),
            clauses: with_gaps(text, clauses),
            line: 1,
        }
    }

    /// A reply of which somebody has stated the acts: each goes to the clauses that it is found in. An act that the reader did not find goes to the only
    /// clause left without one; where there is no such clause, the whole reply is one.
    #[must_use]
    pub fn stated(reply: &str, reading: &Reading, acts: &[Act]) -> MarkedReply {
        let mut marked = MarkedReply::of(reply, reading);
        for clause in &mut marked.clauses {
            clause.acts.retain(|act| acts.contains(act));
            clause.due = clause.due.filter(|_| clause.acts.contains(&Act::TimedPromise));
        }
        let placed = marked.acts();
        let wanted = || Act::ALL.iter().copied().filter(|act| acts.contains(act));
        let homeless: Vec<Act> = wanted().filter(|act| !placed.contains(act)).collect();
        if homeless.is_empty() {
            return marked;
        }
        let mut empty = marked.clauses.iter_mut().filter(|clause| clause.acts.is_empty());
        match (empty.next(), empty.next()) {
            (Some(only), None) => only.acts = homeless,
            _ => {
                let start = reply.len() - reply.trim_start().len();
                let span = Span { start, end: start + reply.trim().len() };
                let due = marked.due();
                marked.clauses = vec![MarkedClause { span, acts: wanted().collect(), due }];
            }
        }
        marked
    }

    /// Every act of the reply, each once, in the order of [`Act::ALL`].
    #[must_use]
    pub fn acts(&self) -> Vec<Act> {
        Act::ALL.iter().copied().filter(|act| self.clauses.iter().any(|clause| clause.acts.contains(act))).collect()
    }

    /// The earliest due time of its promises. None where a timed promise stands without one, so that nothing can be said.
    #[must_use]
    pub fn due(&self) -> Option<DateTime> {
        let promises = || self.clauses.iter().filter(|clause| clause.acts.contains(&Act::TimedPromise));
        if promises().any(|clause| clause.due.is_none()) { None } else { promises().filter_map(|one| one.due).min() }
    }
}

/// A span with the marks that close it: a full stop, a bracket, a quotation mark.
fn with_closing_marks(text: &str, span: Span) -> Span {
    let rest = text.get(span.end..).unwrap_or_default();
    let marks = rest.find(|c: char| c.is_alphanumeric() || c.is_whitespace()).unwrap_or(rest.len());
    Span { start: span.start, end: span.end + marks }
}

/// The clauses with the words between them. Whole sentences between two of them are a clause without act; what is left of a
/// sentence belongs to the clause beside it.
fn with_gaps(text: &str, found: Vec<MarkedClause>) -> Vec<MarkedClause> {
    let ends = sentence_ends(text);
    let mut clauses: Vec<MarkedClause> = Vec::new();
    // All before this byte is in a clause.
    let mut at = 0;
    for mut clause in found {
        let mut gap = ends.iter().copied().filter(|end| (at..=clause.span.start).contains(end));
        let first = gap.next();
        let last = gap.next_back().or(first);
        if let (Some(end), Some(before)) = (first, clauses.last_mut()) {
            before.span.end = end;
            at = end;
        }
        if let Some(end) = last
            && let Some(between) = without_act(text, at, end)
        {
            clauses.push(between);
            at = end;
        }
        clause.span.start = at;
        at = clause.span.end;
        clauses.extend(trimmed(text, clause.span).map(|span| MarkedClause { span, ..clause }));
    }
    let end = text.trim_end().len();
    if let Some(last) = clauses.last_mut() {
        let sentence = ends.iter().copied().find(|end| at <= *end).unwrap_or(end);
        // Marks and pictures alone are no clause.
        at = if text[sentence..].contains(char::is_alphanumeric) { sentence } else { end };
        last.span.end = at;
    }
    clauses.extend(without_act(text, at, end));
    clauses
}

fn without_act(text: &str, start: usize, end: usize) -> Option<MarkedClause> {
    let span = trimmed(text, Span { start, end })?;
    Some(MarkedClause { span, acts: Vec::new(), due: None })
}

/// Where sentences end that a mark closes, blanks behind them not counted.
fn sentence_ends(text: &str) -> Vec<usize> {
    text.split_sentence_bound_indices()
        .map(|(at, sentence)| (sentence.trim_end(), at))
        .filter(|(sentence, _)| !sentence.ends_with(|c: char| c.is_alphanumeric() || c == ','))
        .map(|(sentence, at)| at + sentence.len())
        .collect()
}

/// The span without blanks at its edges; none where nothing else is in it.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    (!words.trim().is_empty()).then(|| Span { start, end: start + words.trim().len() })
}

/// Reads a file of marked replies. `name` is its path; it stands in messages, and the folder in it names the language.
///
/// # Errors
/// All problems of the file at once.
pub fn parse(name: &str, source: &str) -> Result<Vec<MarkedReply>, Problems> {
    let source = Source::new(name, source);
    let mut reader =
        FileReader { language: language_of(name), customer: String::new(), now: None, findings: Findings::default() };
    let mut replies = Vec::new();
    let mut at = 0;
    for (number, line) in (1..).zip(source.text.split_inclusive('\n')) {
        let words = line.trim_end_matches(['\n', '\r']);
        replies.extend(reader.line(words, at, number));
        at += line.len();
    }
    if reader.findings.has_errors() {
        return Err(Problems { diagnostics: reader.findings.finish(&source), source });
    }
    Ok(replies)
}

/// The language that the folder of a file is named for.
fn language_of(name: &str) -> Option<String> {
    let folder = Path::new(name).parent()?.file_name()?.to_str()?;
    languages().into_iter().find(|language| *language == folder)
}

struct FileReader {
    language: Option<String>,
    customer: String,
    now: Option<DateTime>,
    findings: Findings,
}

impl FileReader {
    /// Takes in one line that starts at byte `at` of the file.
    fn line(&mut self, line: &str, at: usize, number: usize) -> Option<MarkedReply> {
        let blanks = |c: char| c.is_whitespace() || c == '\u{feff}';
        let words = line.trim_start_matches(blanks);
        let start = at + (line.len() - words.len());
        let words = words.trim_end();
        match words.chars().next()? {
            '#' => None,
            '>' => {
                let said = words[1..].trim_start();
                self.customer = self.unescaped(said, start + words.len() - said.len());
                None
            }
            '@' => {
                self.directive(words, start);
                None
            }
            _ => self.reply(words, start, number),
        }
    }

    fn directive(&mut self, words: &str, at: usize) {
        let span = at..at + words.len();
        let mut parts = words[1..].split_whitespace();
        match (parts.next(), parts.next(), parts.next()) {
            (Some("now"), Some("none"), None) => self.now = None,
            (Some("now"), Some(stated), None) => match moment::parse(stated) {
                Some(now) => self.now = Some(now),
                None => self.findings.push(
                    Diagnostic::error(span, format!("{} is no moment", quote(stated)))
                        .why("The times that a reply promises are counted from the moment of the reply.")
                        .help("Write it like `@ now 2026-03-02T10:00`, or `@ now none` to end the one above."),
                ),
            },
            _ => self.findings.push(
                Diagnostic::error(span, "a line that starts with `@` and sets nothing known")
                    .why("`@ now` is the only setting of such a file.")
                    .help("Write `@ now 2026-03-02T10:00`; where the reply itself starts with it, write `\\@`."),
            ),
        }
    }

    /// The words with their escapes resolved. Braces are words here.
    fn unescaped(&mut self, words: &str, at: usize) -> String {
        let mut text = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(letter) = rest.chars().next() {
            let place = at + words.len() - rest.len();
            let (meant, taken) = if letter == '\\' { self.escape(rest, place) } else { (letter, letter.len_utf8()) };
            text.push(meant);
            rest = &rest[taken..];
        }
        text
    }

    /// What the escape at the start of the words stands for, and its length.
    fn escape(&mut self, words: &str, at: usize) -> (char, usize) {
        let mut letters = words[1..].chars();
        let (title, length) = match letters.next() {
            Some(plain @ ('{' | '}' | '\\' | '#' | '>' | '@')) => return (plain, 2),
            Some('n') => return ('\n', 2),
            Some('u') => {
                let end = words.find('}').filter(|end| *end <= 10 && words[2..].starts_with('{'));
                let number = end.and_then(|end| words.get(3..end));
                let meant = number.and_then(|number| u32::from_str_radix(number, 16).ok()).and_then(char::from_u32);
                if let (Some(meant), Some(end)) = (meant, end) {
                    return (meant, end + 1);
                }
                ("an escape that names no character".to_owned(), 2)
            }
            Some(other) => {
                (format!("the escape {} has no meaning", quote(&format!("\\{other}"))), 1 + other.len_utf8())
            }
            None => ("a backslash with nothing behind it".to_owned(), 1),
        };
        self.findings.push(
            Diagnostic::error(at..at + length, title)
                .why("A backslash makes what follows it a plain character.")
                .help(
                    "Write `\\\\` for a backslash that belongs to the words; there are also `\\{`, `\\}`, `\\n` and `\\u{200b}`.",
                ),
        );
        ('\\', length)
    }

    fn reply(&mut self, words: &str, at: usize, number: usize) -> Option<MarkedReply> {
        let mut text = String::with_capacity(words.len());
        let mut clauses = Vec::new();
        let mut from = 0;
        // How far the text reaches without blanks that are not escaped.
        let mut solid = 0;
        let mut rest = words;
        while let Some(letter) = rest.chars().next() {
            let place = at + words.len() - rest.len();
            match letter {
                '\\' => {
                    let (meant, taken) = self.escape(rest, place);
                    text.push(meant);
                    solid = text.len();
                    rest = &rest[taken..];
                }
                '{' => {
                    let inside = &rest[1..];
                    let end = inside.find(['{', '}']);
                    let Some(end) = end.filter(|end| inside[*end..].starts_with('}')) else {
                        self.findings.push(
                            Diagnostic::error(place..place + 1, "braces that are never closed")
                                .why("The acts of a clause stand between braces, on the same line.")
                                .help("Close them with `}`; write `\\{` for a brace that belongs to the words."),
                        );
                        return None;
                    };
                    if text.ends_with(' ') && text.len() > solid.max(from) {
                        text.pop();
                    }
                    let (acts, due) = self.acts(&inside[..end], place + 1);
                    match trimmed(&text, Span { start: from, end: text.len() }) {
                        Some(span) => clauses.push(MarkedClause { span, acts, due }),
                        None => self.findings.push(
                            Diagnostic::error(place..place + end + 2, "braces without words before them")
                                .why("Acts belong to the words before them.")
                                .help("Put all acts of a clause into one pair of braces behind it, as in `{apology courtesy}`."),
                        ),
                    }
                    from = text.len();
                    rest = &inside[end + 1..];
                }
                '}' => {
                    self.findings.push(
                        Diagnostic::error(place..place + 1, "a closing brace that closes nothing")
                            .why("The acts of a clause stand between `{` and `}`.")
                            .help("Delete it, or write `\\}` where it belongs to the words."),
                    );
                    rest = &rest[1..];
                }
                _ => {
                    text.push(letter);
                    if !letter.is_whitespace() {
                        solid = text.len();
                    }
                    rest = &rest[letter.len_utf8()..];
                }
            }
        }
        text.truncate(solid);
        clauses.extend(
            trimmed(&text, Span { start: from.min(text.len()), end: text.len() }).map(|span| MarkedClause {
                span,
                acts: Vec::new(),
                due: None,
            }),
        );
        Some(MarkedReply {
            language: self.language.clone(),
            customer: self.customer.clone(),
            now: self.now,
            text,
            clauses,
            line: number,
        })
    }

    /// The acts between two braces.
    fn acts(&mut self, inside: &str, at: usize) -> (Vec<Act>, Option<DateTime>) {
        let mut acts: Vec<Act> = Vec::new();
        let mut due: Option<(DateTime, std::ops::Range<usize>)> = None;
        for word in inside.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
            let start = at + (word.as_ptr() as usize - inside.as_ptr() as usize);
            let span = start..start + word.len();
            if let Some(stated) = word.strip_prefix("due=") {
                match moment::parse(stated) {
                    Some(_) if due.is_some() => self.findings.push(
                        Diagnostic::error(span, "a second due time for one clause")
                            .why("A clause holds one promise.")
                            .help("Cut the clause in two, each with its own braces."),
                    ),
                    Some(moment) => due = Some((moment, span)),
                    None => self.findings.push(
                        Diagnostic::error(span, format!("{} is no moment", quote(stated)))
                            .why("A due time is a local date with a time of day.")
                            .help("Write it like `due=2026-03-02T17:00`."),
                    ),
                }
            } else if let Some(act) = Act::ALL.iter().copied().find(|act| act.id() == word) {
                if acts.contains(&act) {
                    self.findings.push(
                        Diagnostic::error(span, format!("`{act}` stands here twice"))
                            .why("A clause holds an act or does not.")
                            .help("Delete one of them."),
                    );
                } else {
                    acts.push(act);
                }
            } else {
                self.unknown_act(word, span);
            }
        }
        if let Some((_, span)) = due.clone()
            && !acts.contains(&Act::TimedPromise)
        {
            self.findings.push(
                Diagnostic::error(span, "a due time without a promise")
                    .why("Only a `timed_promise` is due at a moment.")
                    .help("Add `timed_promise`, or delete the due time."),
            );
        }
        (acts, due.map(|(moment, _)| moment))
    }

    fn unknown_act(&mut self, word: &str, span: std::ops::Range<usize>) {
        let ids = || Act::ALL.iter().map(|act| act.id());
        let help = match closest(word, ids()) {
            Some(meant) => format!("Perhaps `{meant}` is meant."),
            None => "Write one of the acts, or `\\{` for a brace that belongs to the words.".to_owned(),
        };
        self.findings.push(
            Diagnostic::error(span, format!("no act is called {}", quote(word)))
                .why(format!("The acts are {}.", list(ids(), "and")))
                .help(help),
        );
    }
}

/// The reply as one line of the form, without its customer and its moment. A reply without words gives an empty line.
#[must_use]
pub fn print_reply(reply: &MarkedReply) -> String {
    let text = &reply.text;
    let mut line = String::with_capacity(text.len() + 16 * reply.clauses.len());
    let solid = text.trim();
    let first = text.len() - text.trim_start().len();
    let edge = |at: usize| at < first || at >= first + solid.len();
    let mut at = 0;
    for clause in &reply.clauses {
        let end = text.floor_char_boundary(clause.span.end.min(text.len())).max(at);
        push_escaped(&mut line, &text[at..end], at, &edge, true);
        let mut marks: Vec<String> = clause.acts.iter().map(|act| act.id().to_owned()).collect();
        marks.extend(clause.due.map(|due| format!("due={}", moment::print(due))));
        line.push_str(&format!(" {{{}}}", marks.join(" ")));
        at = end;
    }
    push_escaped(&mut line, &text[at..], at, &edge, true);
    line
}

/// A file of marked replies, such that [`parse`] gives the same ones.
#[must_use]
pub fn print(replies: &[MarkedReply]) -> String {
    let mut out = String::new();
    let mut customer = "";
    let mut now = None;
    for reply in replies {
        if reply.customer != customer {
            customer = &reply.customer;
            out.push('>');
            if !customer.is_empty() {
                out.push(' ');
                let first = customer.len() - customer.trim_start().len();
                let last = first + customer.trim().len();
                push_escaped(&mut out, customer, 0, &|at| at < first || at >= last, false);
            }
            out.push('\n');
        }
        if reply.now != now {
            now = reply.now;
            out.push_str(&format!("@ now {}\n", now.map_or_else(|| "none".to_owned(), moment::print)));
        }
        out.push_str(&print_reply(reply));
        out.push('\n');
    }
    out
}

/// Adds words so that they are read again as they are: `at` is where they start in their text, `edge` says which bytes of it are
/// blanks at its edges.
fn push_escaped(line: &mut String, words: &str, at: usize, edge: &dyn Fn(usize) -> bool, marks: bool) {
    for (offset, letter) in words.char_indices() {
        let begins = marks && line.is_empty() && matches!(letter, '#' | '>' | '@');
        // A joiner only holds the pictures of an emoji together.
        let hidden = letter != '\u{200d}' && is_hidden(letter);
        if letter == '\n' {
            line.push_str("\\n");
        } else if hidden || (letter.is_whitespace() && edge(at + offset)) {
            line.extend(letter.escape_unicode());
        } else {
            if letter == '\\' || (marks && matches!(letter, '{' | '}')) || begins {
                line.push('\\');
            }
            line.push(letter);
        }
    }
}
