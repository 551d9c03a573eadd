//! Diagnostics as text: file, line, column, the excerpt, why, and what to do.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::quote::{is_hidden, visible};
use super::{Diagnostic, Severity, Source, Span};

/// All diagnostics of a file as a text of several lines, with a summary at its end; empty when there are none.
#[must_use]
pub fn render_diagnostics(source: &Source, diagnostics: &[Diagnostic], colour: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let name = visible(&source.name);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(source, &name, diagnostic)]));
        out.push_str("\n\n");
    }
    out.push_str(&summary(&name, diagnostics));
    out.push('\n');
    out
}

fn group<'a>(source: &'a Source, name: &'a str, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.title.as_str()));
    group = match &diagnostic.span {
        None => group.element(Origin::path(name)),
        Some(_) if source.text.is_empty() => group.element(Origin::path(name).line(1).char_column(1)),
        Some(span) if source.lines(span).2.len() > LONGEST => {
            let origin = Origin::path(name).line(diagnostic.line).char_column(diagnostic.column);
            group.element(origin).element(cut_out(source, span, diagnostic))
        }
        Some(span) => group.element(excerpt(source, name, span, diagnostic)),
    };
    if !diagnostic.why.is_empty() {
        group = group.element(Level::NOTE.message(diagnostic.why.as_str()));
    }
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(diagnostic.help.as_str()));
    }
    group
}

/// More bytes of lines than this are not shown, only what stands around the mark.
const LONGEST: usize = 10_000;

/// Another place of a problem is shown unless more bytes than this lie between the two.
const FARTHEST: usize = 64_000;

/// The surroundings of the mark in a line that is no line a person wrote.
fn cut_out<'a>(
    source: &'a Source,
    span: &Span,
    diagnostic: &'a Diagnostic,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (line, start, text) = source.lines(&(span.start..span.start));
    let at = span.start - start;
    let from = text.floor_char_boundary(at.saturating_sub(100));
    let to = text.ceil_char_boundary((at + 200).min(text.trim_end_matches(['\r', '\n']).len()).max(at));
    let mark = at - from..(span.end.min(start + to).max(span.start) - start) - from;
    let mut main = AnnotationKind::Primary.span(mark);
    if !diagnostic.label.is_empty() {
        main = main.label(diagnostic.label.as_str());
    }
    Snippet::source(shown(&text[from..to])).line_start(line).annotation(main)
}

/// The marked lines. Only these lines are handed on, so that a long file costs no more than a short one.
fn excerpt<'a>(
    source: &'a Source,
    name: &'a str,
    span: &Span,
    diagnostic: &'a Diagnostic,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let places = || std::iter::once(span).chain(diagnostic.related.iter().map(|(place, _)| place));
    let from = places().map(|place| place.start).min().unwrap_or(0);
    let to = places().map(|place| place.start).max().unwrap_or(0);
    let near = source.lines(&(from..to)).2.len() <= FARTHEST;
    let (from, to) = if near { (from, to) } else { (span.start, span.start) };
    let (line, start, text) = source.lines(&(from..to));
    let local = |place: &Span| {
        let (_, line_start, line) = source.lines(&(place.start..place.start));
        let line_end = line_start + line.trim_end_matches(['\n', '\r']).len();
        // A mark that runs over several lines hides more than it shows: mark its first line only.
        let end = place.end.min(line_end).max(place.start);
        place.start - start..end - start
    };
    let mut main = AnnotationKind::Primary.span(local(span));
    if !diagnostic.label.is_empty() {
        main = main.label(diagnostic.label.as_str());
    }
    let others = diagnostic
        .related
        .iter()
        .filter(|_| near)
        .map(|(place, label)| AnnotationKind::Context.span(local(place)).label(label.as_str()));
    Snippet::source(shown(text)).line_start(line).path(name).annotation(main).annotations(others)
}

/// The lines with whatever is hidden made visible. Every character keeps its length in bytes, so that the marks stay true.
fn shown(text: &str) -> Cow<'_, str> {
    // ASCII controls are drawn by the renderer, as in `␛`.
    let unseen = |c: char| !c.is_ascii() && is_hidden(c);
    if !text.contains(unseen) {
        return Cow::Borrowed(text);
    }
    let stand_in = |c: char| match c.len_utf8() {
        2 => '¿',
        3 => '\u{FFFD}',
        _ => '\u{1F6C7}',
    };
    Cow::Owned(text.chars().map(|c| if unseen(c) { stand_in(c) } else { c }).collect())
}

fn summary(name: &str, diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, w) => format!("{name}: {}", count(w, "warning")),
        (e, 0) => format!("{name}: {}", count(e, "error")),
        (e, w) => format!("{name}: {}, {}", count(e, "error"), count(w, "warning")),
    }
}
