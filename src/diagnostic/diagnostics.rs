//! What is wrong with a file, where, why it matters and what to do: as data.

use std::ops::Range;

/// A stretch of a file, in bytes from its start.
pub type Span = Range<usize>;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but its writer should look here.
    Warning,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// One line: what is wrong.
    pub title: String,
    /// Where; `None` when the file could not be read at all.
    pub span: Option<Span>,
    /// A few words beside the marked place; may be empty.
    pub label: String,
    /// Other places that belong to the problem, with a few words each.
    pub related: Vec<(Span, String)>,
    /// Why it is a problem.
    pub why: String,
    /// What to do about it.
    pub help: String,
    /// Line of `span`, from 1. Set when the diagnostics of a file are gathered.
    pub line: usize,
    /// Column of `span` in characters, from 1.
    pub column: usize,
}

impl Diagnostic {
    fn new(severity: Severity, span: Option<Span>, title: String) -> Self {
        Self {
            severity,
            title,
            span,
            label: String::new(),
            related: Vec::new(),
            why: String::new(),
            help: String::new(),
            line: 1,
            column: 1,
        }
    }

    /// A problem that stops the file from being used.
    #[must_use]
    pub fn error(span: Span, title: impl Into<String>) -> Self {
        Self::new(Severity::Error, Some(span), title.into())
    }

    /// A problem that the writer should know of, no more.
    #[must_use]
    pub fn warning(span: Span, title: impl Into<String>) -> Self {
        Self::new(Severity::Warning, Some(span), title.into())
    }

    /// A problem with the file as such, before anything in it could be read.
    #[must_use]
    pub fn unreadable(title: impl Into<String>) -> Self {
        Self::new(Severity::Error, None, title.into())
    }

    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The problems of one file while they are being gathered. It stops keeping them where nobody would read on.
#[derive(Debug, Default)]
pub struct Findings {
    kept: Vec<Diagnostic>,
    left_out: usize,
}

impl Findings {
    /// How many problems of one file are kept.
    pub const LIMIT: usize = 100;

    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.kept.len() < Self::LIMIT {
            self.kept.push(diagnostic);
        } else {
            self.left_out += 1;
        }
    }

    /// Whether further problems would not be kept. Searches stop here, so that a file of nothing but problems costs little.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.kept.len() >= Self::LIMIT
    }

    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.left_out > 0 || self.kept.iter().any(Diagnostic::is_error)
    }

    /// Drops what stands at or behind a byte from which on a file is too torn to be judged.
    pub fn retain_before(&mut self, doubt_from: Option<usize>) {
        if let Some(doubt) = doubt_from {
            self.kept.retain(|d| d.span.as_ref().is_some_and(|span| span.start < doubt));
            self.left_out = 0;
        }
    }

    /// Takes over the problems of another search.
    pub fn append(&mut self, other: Findings) {
        for diagnostic in other.kept {
            self.push(diagnostic);
        }
        self.left_out += other.left_out;
    }

    /// The problems in the order of the file, each once, with line and column.
    #[must_use]
    pub fn finish(mut self, source: &Source) -> Vec<Diagnostic> {
        for diagnostic in &mut self.kept {
            if let Some(span) = &diagnostic.span {
                (diagnostic.line, diagnostic.column) = source.position(span.start);
            }
        }
        self.kept.sort_by_key(|d| d.span.as_ref().map(|span| (span.start, span.end)));
        self.kept.dedup_by(|a, b| a.title == b.title && a.span == b.span);
        if self.left_out > 0 {
            let end = source.text.len();
            let (line, column) = source.position(end);
            let mut rest =
                Diagnostic::error(end..end, format!("{} or more further problems are not shown", self.left_out))
                    .why(format!("After {} problems the rest of a file is not worth reading.", Self::LIMIT))
                    .help("Mend the ones above and check again.");
            (rest.line, rest.column) = (line, column);
            self.kept.push(rest);
        }
        self.kept
    }
}

/// A file's name and text, kept so that its problems can be shown with their excerpts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    pub text: String,
    line_starts: Vec<usize>,
}

impl Source {
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name: name.into(), text, line_starts }
    }

    /// The number of the line that holds this byte, from 0.
    fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Line and column (in characters) of a byte, both from 1.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_index(offset);
        (line + 1, self.text[self.line_starts[line]..offset].chars().count() + 1)
    }

    /// The byte at a line and column (in characters), both from 1; the nearest one where there is no such place.
    #[must_use]
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let line = line.saturating_sub(1).min(self.line_starts.len() - 1);
        let text = &self.text[self.line_starts[line]..];
        let within = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
        self.line_starts[line] + within.min(text.find('\n').unwrap_or(text.len()))
    }

    /// The whole lines that a span touches, with the number of the first (from 1) and the byte at which it starts.
    pub(super) fn lines(&self, span: &Span) -> (usize, usize, &str) {
        let first = self.line_index(span.start);
        let last = self.line_index(span.end.max(span.start));
        let start = self.line_starts[first];
        let end = self.line_starts.get(last + 1).copied().unwrap_or(self.text.len());
        (first + 1, start, &self.text[start..end])
    }
}

/// Everything wrong with a file that cannot be used, warnings included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    pub diagnostics: Vec<Diagnostic>,
    pub source: Source,
}

impl Problems {
    /// All problems with their excerpts, as a text of several lines.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        super::render_diagnostics(&self.source, &self.diagnostics, colour)
    }
}

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}
