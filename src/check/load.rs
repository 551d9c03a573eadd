//! Loading a scenario: every step looks for all problems it can find, and only a file without any is played.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ron::extensions::Extensions;

use super::check;
use super::labels::{Label, labels};
use crate::diagnostic::quote::visible;
use crate::diagnostic::{Diagnostic, Findings, Problems, Source, Span, render_diagnostics};
use crate::scenario::gate::{self, MAX_BYTES};
use crate::scenario::outline::Outline;
use crate::scenario::syntax::{self, MAX_DEPTH};
use crate::scenario::{Scenario, fit};

/// A scenario that can be played.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub scenario: Scenario,
    /// The stem of the file's name.
    pub id: String,
    /// SHA-256 of the file's bytes, as 64 small hexadecimal digits.
    pub hash: String,
    /// What its writer should look at; nothing that stops it from being played.
    pub warnings: Vec<Diagnostic>,
    /// The file's name and text.
    pub source: Source,
    pub(super) expected: Vec<(usize, usize, Span)>,
}

impl Loaded {
    /// The warnings with their excerpts, as a text of several lines; empty when there are none.
    #[must_use]
    pub fn render_warnings(&self, colour: bool) -> String {
        render_diagnostics(&self.source, &self.warnings, colour)
    }

    /// What the trainer expects the reader to see in the options.
    #[must_use]
    pub fn labels(&self) -> Vec<Label<'_>> {
        labels(self)
    }
}

/// Reads and checks the bytes of a scenario file. `name` stands in messages; `id` is the scenario's id.
///
/// # Errors
/// All problems of the file at once.
pub fn load(name: &str, id: &str, bytes: &[u8]) -> Result<Loaded, Problems> {
    let mut findings = Findings::default();
    let text = gate::admit(bytes, &mut findings);
    let source = Source::new(name, text.unwrap_or_default());
    let outline = if source.text.is_empty() && findings.has_errors() { None } else { examine(&source, &mut findings) };
    let problems = |findings: Findings, source: Source| Problems { diagnostics: findings.finish(&source), source };
    let Some(outline) = outline.filter(|_| !findings.has_errors()) else { return Err(problems(findings, source)) };
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        // One bracket takes several steps of ron's; the depth of brackets was limited before.
        .with_recursion_limit(MAX_DEPTH * 8);
    match options.from_str::<Scenario>(&source.text) {
        Ok(scenario) => {
            let expected = outline.beats.iter().enumerate().flat_map(|(b, beat)| {
                let labelled = beat.options.iter().enumerate();
                labelled.filter_map(move |(o, option)| option.expect.as_ref().map(|(_, span)| (b, o, span.clone())))
            });
            let expected = expected.collect();
            let hash = crate::fingerprint::sha256(bytes);
            let warnings = findings.finish(&source);
            Ok(Loaded { scenario, id: id.to_owned(), hash, warnings, source, expected })
        }
        Err(error) => {
            let from = source.offset(error.span.start.line, error.span.start.col);
            let to = source.offset(error.span.end.line, error.span.end.col).max(from);
            findings.push(
                Diagnostic::error(from..to, visible(&error.code.to_string()))
                    .why("This does not fit what a scenario is made of.")
                    .help("Compare it with the handbook's description of the format."),
            );
            Err(problems(findings, source))
        }
    }
}

/// Looks at the form, the shape and the sense of a file.
fn examine(source: &Source, findings: &mut Findings) -> Option<Outline> {
    let parsed = syntax::parse(&source.text, findings);
    let root = parsed.root?;
    let mut shape = Findings::default();
    fit::fit(&root, parsed.doubt_from.is_none(), &mut shape);
    // Behind an unpaired bracket or quote nobody knows what belongs to what.
    shape.retain_before(parsed.doubt_from);
    findings.append(shape);
    if parsed.doubt_from.is_some() {
        return None;
    }
    let outline = Outline::of(&root, parsed.lost);
    check(&outline, findings);
    Some(outline)
}

/// Reads and checks a scenario file. Never reads more than 1 MiB and a byte.
///
/// # Errors
/// All problems of the file at once; also when there is no file, when it cannot be read, and when it is no plain file.
pub fn load_file(path: &Path) -> Result<Loaded, Problems> {
    let name = path.display().to_string();
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match read(path) {
        Ok(bytes) => load(&name, &id, &bytes),
        Err(problem) => Err(Problems { diagnostics: vec![*problem], source: Source::new(name, "") }),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    // Asked before opening: opening a pipe would wait for someone to write into it.
    let kind = std::fs::metadata(path).map_err(|error| unreadable(&error))?.file_type();
    if !kind.is_file() {
        let (title, help) = if kind.is_dir() {
            ("this is a folder, not a file", "Name a scenario file in it.")
        } else {
            ("this is no plain file", "Name a scenario file; pipes and devices are not read.")
        };
        let why = "A scenario is one text file.";
        return Err(Box::new(Diagnostic::unreadable(title).why(why).help(help)));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

fn unreadable(error: &std::io::Error) -> Box<Diagnostic> {
    let (title, help) = match error.kind() {
        std::io::ErrorKind::NotFound => ("there is no such file", "Check the name and the folder."),
        std::io::ErrorKind::PermissionDenied => ("the file may not be read", "Ask for the right to read it."),
        _ => ("the file cannot be read", "Check the name, and the disk it is on."),
    };
    Box::new(Diagnostic::unreadable(title).why(format!("The system says: {error}.")).help(help))
}
