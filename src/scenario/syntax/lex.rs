//! From text to tokens.

use super::super::gate::hidden_character;
use crate::diagnostic::quote::{is_hidden, quote};
use crate::diagnostic::{Diagnostic, Findings, Span};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Open(Bracket),
    Close(Bracket),
    Comma,
    Colon,
    Text(String),
    Number(String),
    Word(String),
    Char,
    Bytes,
    /// Something unreadable that stands where a value would; already reported.
    Broken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Square,
    Curly,
}

impl Bracket {
    pub(super) const ALL: [Self; 3] = [Self::Round, Self::Square, Self::Curly];

    pub(super) fn open(self) -> char {
        ['(', '[', '{'][self as usize]
    }
    pub(super) fn close(self) -> char {
        [')', ']', '}'][self as usize]
    }
}

#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub token: Token,
    pub span: Span,
}

/// The tokens of a file.
pub(super) struct Lexed {
    pub lexemes: Vec<Lexeme>,
    /// From this byte on the reading is a guess, because a text or a comment is not closed.
    pub doubt_from: Option<usize>,
    /// A comment or a raw text runs on to the end of the file.
    pub swallowed: bool,
}

/// Where a text without an end on its own line is taken to end.
#[derive(Clone, Copy, PartialEq)]
enum Texts {
    /// At the next quote, be it lines away.
    AcrossLines,
    /// At the end of its line. Used when the quotes of a file do not pair up.
    WithinLine,
}

pub(super) fn lex(source: &str, findings: &mut Findings) -> Lexed {
    let mut first = Findings::default();
    let Lexer { lexemes, doubt_from, unpaired, swallowed, .. } =
        Lexer::new(source, Texts::AcrossLines, &mut first).run();
    if !unpaired {
        findings.append(first);
        return Lexed { lexemes, doubt_from, swallowed };
    }
    let again = Lexer::new(source, Texts::WithinLine, findings).run();
    Lexed { lexemes: again.lexemes, doubt_from: again.doubt_from.or(doubt_from), swallowed: again.swallowed }
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    texts: Texts,
    findings: &'a mut Findings,
    lexemes: Vec<Lexeme>,
    doubt_from: Option<usize>,
    /// A text reached the end of the file.
    unpaired: bool,
    swallowed: bool,
}

impl<'a> Lexer<'a> {
    fn new(source: &'a str, texts: Texts, findings: &'a mut Findings) -> Self {
        Self {
            source,
            at: 0,
            texts,
            findings,
            lexemes: Vec::new(),
            doubt_from: None,
            unpaired: false,
            swallowed: false,
        }
    }

    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn run(mut self) -> Self {
        self.headers();
        while let Some(c) = self.rest().chars().next() {
            let start = self.at;
            if c.is_whitespace() || is_hidden(c) || c == '\u{200D}' {
                self.at += c.len_utf8();
                if c.is_whitespace() && !c.is_ascii() && !is_hidden(c) {
                    self.findings.push(
                        Diagnostic::error(
                            start..self.at,
                            format!("an unusual blank (U+{:04X}) outside a text", u32::from(c)),
                        )
                        .why("It looks like a blank but is another character; it often comes from word processors.")
                        .help("Write a plain blank instead."),
                    );
                }
            } else if c == '/' {
                self.comment(start);
            } else if let Some(token) = self.literal(c, start) {
                self.lexemes.push(Lexeme { token, span: start..self.at });
            }
        }
        self
    }

    /// `#![enable(…)]` at the start.
    fn headers(&mut self) {
        loop {
            let start = self.at + (self.rest().len() - self.rest().trim_start().len());
            if !self.source[start..].starts_with("#!") {
                return;
            }
            let end = self.source[start..].find(['\n', ']']).map_or(self.source.len(), |n| start + n + 1);
            let header: String = self.source[start..end].chars().filter(|c| !c.is_whitespace()).collect();
            self.at = end;
            if header != "#![enable(implicit_some)]" {
                self.findings.push(
                    Diagnostic::error(start..end, format!("the header {} is not allowed here", quote(header.trim())))
                        .why("Headers change how a file is read; format 1 is always read in one way.")
                        .help("Delete the header. `Some(…)` may be left out in any case."),
                );
            }
        }
    }

    fn comment(&mut self, start: usize) {
        if self.rest().starts_with("//") {
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        } else if self.rest().starts_with("/*") {
            let mut depth = 0usize;
            loop {
                let rest = self.rest();
                if rest.starts_with("/*") {
                    depth += 1;
                    self.at += 2;
                } else if rest.starts_with("*/") {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                } else if let Some(c) = rest.chars().next() {
                    self.at += c.len_utf8();
                } else {
                    self.doubt_from.get_or_insert(start);
                    self.swallowed = true;
                    self.findings.push(
                        Diagnostic::error(start..start + 2, "this comment never ends")
                            .label("starts here")
                            .why("Everything after it counts as comment. Comments inside comments need their own end.")
                            .help("Write `*/` where it should end."),
                    );
                    return;
                }
            }
        } else {
            self.at += 1;
            self.findings.push(
                Diagnostic::error(start..self.at, "a stray `/`")
                    .why("A slash outside a text only starts a comment.")
                    .help("Write `//` before a comment, or delete the slash."),
            );
        }
    }

    fn literal(&mut self, c: char, start: usize) -> Option<Token> {
        let rest = self.rest();
        for bracket in Bracket::ALL {
            if c == bracket.open() || c == bracket.close() {
                self.at += 1;
                return Some(if c == bracket.open() { Token::Open(bracket) } else { Token::Close(bracket) });
            }
        }
        match c {
            ',' | ':' => {
                self.at += 1;
                Some(if c == ',' { Token::Comma } else { Token::Colon })
            }
            '=' | ';' => {
                self.at += 1;
                let (token, right, where_) = match c {
                    '=' => (Token::Colon, ':', "A field and its value are joined by a colon."),
                    _ => (Token::Comma, ',', "Fields and items are separated by commas."),
                };
                self.findings.push(
                    Diagnostic::error(start..self.at, format!("`{c}` where `{right}` should stand"))
                        .why(where_)
                        .help(format!("Write `{right}`.")),
                );
                Some(token)
            }
            '"' => Some(self.text(start)),
            'r' if is_raw_text(&rest[1..]) => Some(Token::Text(self.raw_text(start, 1))),
            'r' if rest[1..].starts_with('#') => {
                self.at += 2;
                self.findings.push(
                    Diagnostic::error(start..self.at, "`r#` before a name")
                        .why("No name of the format needs it.")
                        .help("Delete it."),
                );
                None
            }
            'b' if rest[1..].starts_with('"') => {
                self.at += 1;
                self.text(start);
                Some(Token::Bytes)
            }
            'b' if rest[1..].starts_with('r') && is_raw_text(&rest[2..]) => {
                self.raw_text(start, 2);
                Some(Token::Bytes)
            }
            'b' if rest[1..].starts_with('\'') => {
                self.at += 1;
                self.character(start);
                Some(Token::Bytes)
            }
            '\'' => Some(self.character(start)),
            '“' | '”' | '„' | '«' | '»' | '‘' | '’' => Some(self.typographic_text(c, start)),
            '0'..='9' | '+' | '-' | '.' => Some(self.number()),
            c if c == '_' || c.is_alphabetic() => {
                let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                self.at += length;
                Some(Token::Word(rest[..length].to_owned()))
            }
            c => {
                // One report for a whole run of such characters.
                let odd = |c: char| !(c.is_alphanumeric() || c.is_whitespace() || "_()[]{},:;=\"'/+-.".contains(c));
                let length = rest.find(|c| !odd(c)).unwrap_or(rest.len()).max(c.len_utf8());
                self.at += length;
                self.findings.push(
                    Diagnostic::error(start..self.at, format!("{} does not belong here", quote(&rest[..length])))
                        .why("Outside of texts there are only names, numbers, brackets, commas, colons and comments.")
                        .help("Delete it, or put it inside a text in double quotes."),
                );
                None
            }
        }
    }

    fn number(&mut self) -> Token {
        let rest = self.rest();
        let mut before = ' ';
        let length = rest
            .char_indices()
            .find(|(at, c)| {
                let goes_on = *at == 0
                    || c.is_alphanumeric()
                    || matches!(c, '_' | '.')
                    || (matches!(c, '+' | '-') && matches!(before, 'e' | 'E'));
                before = *c;
                !goes_on
            })
            .map_or(rest.len(), |(at, _)| at);
        self.at += length;
        Token::Number(rest[..length].to_owned())
    }

    /// A text in double quotes; the lexer stands on the quote.
    fn text(&mut self, start: usize) -> Token {
        self.at += 1;
        let mut text = String::new();
        loop {
            let Some(c) = self.rest().chars().next() else {
                self.unpaired = true;
                self.unclosed_text(start);
                return Token::Text(text);
            };
            match c {
                '"' => {
                    self.at += 1;
                    return Token::Text(text);
                }
                '\n' if self.texts == Texts::WithinLine => {
                    // Give back what closes the line: it hardly belongs to the text.
                    let line = self.source[start..self.at].trim_end();
                    let kept = line.trim_end_matches([',', ')', ']', '}', ' ']);
                    self.at = start + kept.len().max(1);
                    self.unclosed_text(start);
                    return Token::Broken;
                }
                '\\' => self.escape(&mut text),
                c => {
                    text.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn unclosed_text(&mut self, start: usize) {
        self.doubt_from.get_or_insert(start);
        self.findings.push(
            Diagnostic::error(start..self.at, "this text has no closing quote")
                .label("starts here")
                .why("Without its end, everything up to the next quote counts as text.")
                .help("Close it with `\"`. A double quote inside a text is written `\\\"`."),
        );
    }

    /// An escape; the lexer stands on the backslash.
    fn escape(&mut self, text: &mut String) {
        let start = self.at;
        let rest = &self.source[start + 1..];
        let mut length = 2;
        let decoded = match rest.chars().next() {
            Some(c @ ('"' | '\'' | '\\')) => Some(c),
            Some('n') => Some('\n'),
            Some('t') => Some('\t'),
            Some('r') => Some('\r'),
            Some('0') => Some('\0'),
            Some('x') => {
                length = 4;
                // Half a character in two or more bytes is RON too, but nobody can read it.
                rest.get(1..3).and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(u8::is_ascii).map(char::from)
            }
            Some('u') => {
                let code = rest.strip_prefix("u{");
                let end = code.and_then(|code| code.bytes().take(8).position(|b| b == b'}'));
                let digits = code.zip(end).map(|(code, end)| &code[..end]);
                length = digits.map_or(2, |digits| digits.len() + 4);
                digits
                    .filter(|d| (1..=6).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_hexdigit()))
                    .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                    .and_then(char::from_u32)
            }
            Some('\n' | '\r') => {
                // A line that goes on: the break and the next line's indent are no part of the text.
                self.at = self.source.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
                return;
            }
            _ => None,
        };
        match decoded {
            Some(c) => {
                self.at = start + length;
                if c == '\r' || is_hidden(c) {
                    self.findings.push(hidden_character(start..self.at, c));
                }
                text.push(c);
            }
            None => {
                self.at = start + 1;
                let shown = rest.chars().next().filter(|c| !c.is_whitespace());
                self.at += shown.map_or(0, |c| if c == '"' { 0 } else { c.len_utf8() });
                self.findings.push(
                    Diagnostic::error(start..self.at, format!("{} is no escape", quote(&self.source[start..self.at])))
                        .why("A backslash in a text starts an escape.")
                        .help("Write `\\\"`, `\\n`, `\\t` or `\\u{e9}`; a plain backslash is `\\\\`."),
                );
            }
        }
    }

    /// A raw text; the lexer stands `prefix` bytes before its hashes.
    fn raw_text(&mut self, start: usize, prefix: usize) -> String {
        let body = &self.source[start + prefix..];
        let hashes = body.len() - body.trim_start_matches('#').len();
        let from = start + prefix + hashes + 1;
        let ending = format!("\"{}", "#".repeat(hashes));
        match self.source[from..].find(&ending) {
            Some(length) => {
                self.at = from + length + ending.len();
                self.source[from..from + length].to_owned()
            }
            None => {
                self.at = self.source.len();
                self.swallowed = true;
                self.doubt_from.get_or_insert(start);
                self.findings.push(
                    Diagnostic::error(start..from, "this raw text never ends")
                        .label("starts here")
                        .why("A raw text ends at a quote followed by as many `#` as stand before it.")
                        .help(format!("Write `{ending}` where it should end.")),
                );
                String::new()
            }
        }
    }

    /// `'x'`, or a text in single quotes; the lexer stands on the quote.
    fn character(&mut self, start: usize) -> Token {
        let body = &self.source[self.at + 1..];
        let escaped = if body.starts_with("\\'") { 2 } else { 0 };
        let end = body[escaped..].find(['\'', '\n']).map(|at| at + escaped);
        if let Some(end) = end.filter(|end| body[*end..].starts_with('\'')) {
            self.at += end + 2;
            return Token::Char;
        }
        self.at += 1;
        self.findings.push(
            Diagnostic::error(start..self.at, "a stray `'`")
                .why("Texts stand in double quotes.")
                .help("Delete it, or put the whole text in double quotes."),
        );
        Token::Broken
    }

    fn typographic_text(&mut self, open: char, start: usize) -> Token {
        let body = &self.source[start + open.len_utf8()..];
        let closes = |c: char| match open {
            '«' => c == '»',
            '‘' | '’' => matches!(c, '’' | '‘'),
            _ => matches!(c, '”' | '“' | '"'),
        };
        let line = body.char_indices().take(300).take_while(|(_, c)| *c != '\n');
        let end = line.into_iter().find(|(_, c)| closes(*c)).map(|(at, c)| at + c.len_utf8());
        self.at += open.len_utf8() + end.unwrap_or(0);
        self.findings.push(
            Diagnostic::error(start..self.at, "typographic quotes around a text")
                .why("Word processors turn straight quotes into curly ones; only straight ones mark a text here.")
                .help("Write `\"` at both ends. Inside a text curly quotes are fine."),
        );
        Token::Broken
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn is_raw_text(after_r: &str) -> bool {
    after_r.trim_start_matches('#').starts_with('"')
}
