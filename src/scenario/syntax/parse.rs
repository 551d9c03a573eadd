//! From tokens to the tree. Each rule reports what it misses and goes on.

use super::balance::balance;
use super::lex::{Bracket, Lexeme, Token, lex};
use super::tree::{Field, Kind, Name, Node};
use crate::diagnostic::quote::quote;
use crate::diagnostic::{Diagnostic, Findings, Span};

/// How deep brackets may be nested.
pub const MAX_DEPTH: usize = 64;

/// A file's tree, and how far it can be trusted.
#[derive(Debug)]
pub struct Parsed {
    /// `None` when there is no value in the file at all.
    pub root: Option<Node>,
    /// From this byte on the nesting is a guess: a bracket, a text or a comment does not end where it should.
    pub doubt_from: Option<usize>,
    /// Something was skipped, so that what is missing from the tree may well stand in the file.
    pub lost: bool,
}

/// Reads the text of a file. Every problem of its form goes to `findings`.
pub fn parse(source: &str, findings: &mut Findings) -> Parsed {
    let lexed = lex(source, findings);
    let end = source.trim_end().len();
    let mut brackets = Findings::default();
    let (lexemes, unbalanced) = balance(lexed.lexemes, end, &mut brackets);
    if !lexed.swallowed {
        findings.append(brackets);
    }
    let doubt_from = [lexed.doubt_from, unbalanced].into_iter().flatten().min();
    let mut form = Findings::default();
    let mut parser = Parser { lexemes, at: 0, depth: 0, end, lost: false, findings: &mut form };
    let root = parser.document(doubt_from.is_some());
    let lost = parser.lost;
    form.retain_before(doubt_from);
    findings.append(form);
    Parsed { root, doubt_from, lost }
}

struct Parser<'a> {
    lexemes: Vec<Lexeme>,
    at: usize,
    depth: usize,
    end: usize,
    lost: bool,
    findings: &'a mut Findings,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.lexemes.get(self.at).map(|lexeme| &lexeme.token)
    }

    fn after(&self) -> Option<&Token> {
        self.lexemes.get(self.at + 1).map(|lexeme| &lexeme.token)
    }

    fn span(&self) -> Span {
        self.lexemes.get(self.at).map_or(self.end..self.end, |lexeme| lexeme.span.clone())
    }

    /// The end of the token before this one.
    fn last_end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.lexemes.get(at)).map_or(0, |lexeme| lexeme.span.end)
    }

    fn document(&mut self, in_doubt: bool) -> Option<Node> {
        if self.lexemes.is_empty() {
            self.findings.push(
                Diagnostic::error(0..0, "the file holds no scenario")
                    .why("It is empty, or there are only blanks and comments in it.")
                    .help("Start with `Scenario(`, then `title`, `beats` and `endings`, then `)`."),
            );
            return None;
        }
        let root = self.value();
        // After an unpaired bracket the rest is no surprise and was reported there.
        if self.at < self.lexemes.len() && !in_doubt {
            let start = self.span().start;
            let first = self.span();
            self.lost = true;
            let mut problem = Diagnostic::error(first, "something follows the end of the scenario")
                .why("A file holds one scenario and nothing after it but comments.")
                .help("Delete it, or find the bracket that closes the scenario too early.");
            if let Some(close) = start.checked_sub(1).and(self.at.checked_sub(1)).and_then(|at| self.lexemes.get(at)) {
                problem = problem.related(close.span.clone(), "the scenario ends here");
            }
            self.findings.push(problem);
        }
        Some(root)
    }

    /// Any value. Always makes progress unless it stands on a comma, a closing bracket or the end.
    fn value(&mut self) -> Node {
        let span = self.span();
        let Some(token) = self.peek().cloned() else {
            return self.missing_value(span);
        };
        let kind = match token {
            Token::Comma | Token::Close(_) => return self.missing_value(span),
            Token::Colon => {
                self.at += 1;
                return self.missing_value(span);
            }
            Token::Open(bracket) => return self.bracketed(bracket, None),
            Token::Word(word) => {
                self.at += 1;
                if self.peek() == Some(&Token::Open(Bracket::Round)) {
                    return self.bracketed(Bracket::Round, Some(Name { text: word, span }));
                }
                match word.as_str() {
                    "true" => Kind::Bool(true),
                    "false" => Kind::Bool(false),
                    _ => Kind::Word(word),
                }
            }
            Token::Text(text) => self.take(Kind::Text(text)),
            Token::Number(number) => self.take(Kind::Number(number)),
            Token::Char => self.take(Kind::Char),
            Token::Bytes => self.take(Kind::Bytes),
            Token::Broken => {
                self.lost = true;
                self.take(Kind::Broken)
            }
        };
        Node { span, kind }
    }

    fn take(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        kind
    }

    fn missing_value(&mut self, span: Span) -> Node {
        self.lost = true;
        self.findings.push(
            Diagnostic::error(span.clone(), "a value is missing here")
                .why("A text, a number, `true`, `false`, a name or a bracket should stand here.")
                .help("Write the value, or delete what announces it."),
        );
        Node { span, kind: Kind::Broken }
    }

    fn bracketed(&mut self, bracket: Bracket, name: Option<Name>) -> Node {
        let start = name.as_ref().map_or(self.span().start, |name| name.span.start);
        if self.depth == MAX_DEPTH {
            let span = self.span();
            self.findings.push(
                Diagnostic::error(span, format!("more than {MAX_DEPTH} brackets inside each other"))
                    .why("No scenario needs that; such a file only wears out the program that reads it.")
                    .help("Say it with less nesting. `Not(Not(x))` is the same as `x`."),
            );
            self.lost = true;
            self.skip_bracket();
            return Node { span: start..self.last_end(), kind: Kind::Broken };
        }
        self.depth += 1;
        self.at += 1;
        let kind = match bracket {
            Bracket::Round => self.round(name),
            Bracket::Square => {
                let mut items = Vec::new();
                self.separated(|parser| {
                    let item = parser.value();
                    if parser.peek() == Some(&Token::Colon) {
                        parser.stray_colon();
                    }
                    items.push(item);
                });
                Kind::List(items)
            }
            Bracket::Curly => {
                let mut entries = Vec::new();
                self.separated(|parser| {
                    let key = parser.value();
                    if parser.peek() == Some(&Token::Colon) {
                        parser.at += 1;
                        let value = parser.value();
                        entries.push((key, value));
                    } else {
                        let span = key.span.clone();
                        entries.push((key, Node { span, kind: Kind::Broken }));
                    }
                });
                Kind::Map(entries)
            }
        };
        self.at += 1;
        self.depth -= 1;
        Node { span: start..self.last_end(), kind }
    }

    fn round(&mut self, name: Option<Name>) -> Kind {
        let mut fields = Vec::new();
        let mut items: Vec<Node> = Vec::new();
        let lost_before = std::mem::take(&mut self.lost);
        self.separated(|parser| {
            if parser.after() == Some(&Token::Colon)
                && !matches!(parser.peek(), Some(Token::Open(_) | Token::Close(_) | Token::Comma | Token::Colon))
            {
                let span = parser.span();
                let text = match parser.peek() {
                    Some(Token::Word(word)) => Some(word.clone()),
                    Some(Token::Text(text)) => {
                        let (span, text) = (span.clone(), text.clone());
                        parser.findings.push(
                            Diagnostic::error(span, format!("the field name {} stands in quotes", quote(&text)))
                                .why("That is how JSON does it; here a field's name is a bare word.")
                                .help("Write it without quotes."),
                        );
                        Some(text)
                    }
                    _ => {
                        parser.findings.push(
                            Diagnostic::error(span.clone(), "this is no name for a field")
                                .why("What stands before a colon is the name of a field: letters and `_`.")
                                .help("Write the field's name, or delete the colon."),
                        );
                        None
                    }
                };
                parser.at += 2;
                let value = parser.value();
                match text {
                    Some(text) => fields.push(Field { name: Name { text, span }, value }),
                    None => parser.lost = true,
                }
            } else {
                items.push(parser.value());
            }
        });
        let torn = self.lost || (!fields.is_empty() && !items.is_empty());
        self.lost |= lost_before | torn;
        if fields.is_empty() {
            return Kind::Tuple { name, items };
        }
        for item in items.iter().filter(|item| !matches!(item.kind, Kind::Broken)) {
            self.findings.push(
                Diagnostic::error(item.span.clone(), "a value without a field name")
                    .why("Beside it stand fields with names, so nobody can know which field this one is for.")
                    .help("Write `name: ` before it."),
            );
        }
        Kind::Struct { name, fields, torn }
    }

    /// Items with commas between them, up to the closing bracket, which stays.
    fn separated(&mut self, mut item: impl FnMut(&mut Self)) {
        loop {
            match self.peek() {
                None | Some(Token::Close(_)) => return,
                Some(Token::Comma) => {
                    let span = self.span();
                    self.at += 1;
                    self.findings.push(
                        Diagnostic::error(span, "a comma with nothing before it")
                            .why("A comma ends an item; one may stand after the last item, but not two in a row.")
                            .help("Delete it, or write what is missing before it."),
                    );
                    continue;
                }
                Some(_) => {}
            }
            let before = self.at;
            item(self);
            match self.peek() {
                None | Some(Token::Close(_)) => return,
                Some(Token::Comma) => self.at += 1,
                Some(Token::Colon) => {
                    self.stray_colon();
                    self.at += usize::from(self.peek() == Some(&Token::Comma));
                }
                Some(_) if self.at > before => {
                    let end = self.last_end();
                    let next = self.span();
                    self.findings.push(
                        Diagnostic::error(end..end, "a comma is missing here")
                            .related(next, "before this")
                            .why("Fields and items are separated by commas.")
                            .help("Write a comma."),
                    );
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// Skips from a colon that follows no name up to the next comma or closing bracket.
    fn stray_colon(&mut self) {
        let span = self.span();
        self.lost = true;
        self.findings.push(
            Diagnostic::error(span, "a colon that follows no field name")
                .why("A colon joins the name of a field in round brackets to its value.")
                .help("In a list, put the fields in round brackets: `[(id: \"a\")]`. Otherwise delete the colon."),
        );
        loop {
            match self.peek() {
                None | Some(Token::Comma | Token::Close(_)) => break,
                Some(Token::Open(_)) => self.skip_bracket(),
                Some(_) => self.at += 1,
            }
        }
    }

    /// Skips a bracket and all in it, without recursion.
    fn skip_bracket(&mut self) {
        let mut depth = 0usize;
        while let Some(token) = self.peek() {
            match token {
                Token::Open(_) => depth += 1,
                Token::Close(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }
}
