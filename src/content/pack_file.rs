//! A pack's file as somebody wrote it: which kind it is, and everything that is wrong with it.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Findings, Problems, Source};
use crate::language::{CompanyPack, LanguagePack, PackError};
use crate::scenario::gate;
use crate::scenario::{fit, syntax};

/// What a pack is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackKind {
    /// It reads a language.
    Language,
    /// It lies over a language pack.
    Company,
}

/// Which pack a file holds, by the name before its first bracket; none where it is a scenario or anything else.
#[must_use]
pub fn pack_kind(text: &str) -> Option<PackKind> {
    match syntax::parse(text, &mut Findings::default()).root?.kind {
        syntax::Kind::Struct { name: Some(name), .. } | syntax::Kind::Tuple { name: Some(name), .. } => {
            match name.text.as_str() {
                "LanguagePack" => Some(PackKind::Language),
                "CompanyPack" => Some(PackKind::Company),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Checks a pack's file alone; the file is named for its language.
///
/// # Errors
/// All problems of the file at once.
pub fn check_pack(kind: PackKind, name: &str, bytes: &[u8]) -> Result<(), Box<Problems>> {
    let language = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match kind {
        PackKind::Company => lay_over(name, &language, Some(bytes), String::new()).map(|_| ()),
        PackKind::Language => check_language_pack(name, &language, bytes),
    }
}

fn check_language_pack(name: &str, language: &str, bytes: &[u8]) -> Result<(), Box<Problems>> {
    let mut findings = Findings::default();
    let source = Source::new(name, gate::admit(bytes, &mut findings).unwrap_or_default());
    let parsed = if findings.has_errors() { None } else { syntax::parse(&source.text, &mut findings).root };
    if findings.has_errors() {
        return Err(problems(findings, source));
    }
    match LanguagePack::from_ron(name, &source.text) {
        Err(error) => said(&error, &source).into_iter().for_each(|problem| findings.push(problem)),
        Ok(pack) if pack.language() != language => {
            let named = parsed.and_then(|root| field(root, "language")).map_or(0..0, |value| value.span);
            let title = format!("the file is named {language}.ron, but its language is `{}`", pack.language());
            findings.push(
                Diagnostic::error(named, title)
                    .why("A language is looked for in the file that is named for it, so this one would not be found.")
                    .help(format!("Name the file {}.ron, or mend its language.", pack.language())),
            );
        }
        Ok(_) => return Ok(()),
    }
    Err(problems(findings, source))
}

/// A field of a bracket with fields.
fn field(root: syntax::Node, name: &str) -> Option<syntax::Node> {
    let syntax::Kind::Struct { fields, .. } = root.kind else { return None };
    fields.into_iter().find(|field| field.name.text == name).map(|field| field.value)
}

fn problems(findings: Findings, source: Source) -> Box<Problems> {
    Box::new(Problems { diagnostics: findings.finish(&source), source })
}

fn refuse_blank(text: &str, findings: &mut Findings) {
    if text.trim().is_empty() && !findings.has_errors() {
        findings.push(
            Diagnostic::error(0..0, "the file holds no pack")
                .why("It is empty, or there are only blanks in it.")
                .help("Start with `CompanyPack(`, or take the file away. The README shows a small one."),
        );
    }
}

/// A company pack laid over the language pack that the program carries; without `bytes`, its settled readings alone.
///
/// # Errors
/// All problems of the file at once.
pub(super) fn lay_over(
    name: &str,
    language: &str,
    bytes: Option<&[u8]>,
    examples: String,
) -> Result<LanguagePack, Box<Problems>> {
    let mut findings = Findings::default();
    let text = bytes.and_then(|bytes| gate::admit(bytes, &mut findings));
    let source = Source::new(name, text.unwrap_or_default());
    if bytes.is_some() {
        refuse_blank(&source.text, &mut findings);
    }
    if !source.text.trim().is_empty() {
        let parsed = syntax::parse(&source.text, &mut findings);
        if let Some(root) = &parsed.root {
            let mut shape = Findings::default();
            fit::fit_company_pack(root, parsed.doubt_from.is_none(), &mut shape);
            // Behind an unpaired bracket or quote nobody knows what belongs to what.
            shape.retain_before(parsed.doubt_from);
            findings.append(shape);
        }
    }
    if findings.has_errors() {
        return Err(problems(findings, source));
    }
    let company = CompanyPack { file: name.into(), language: language.into(), source: source.text.clone(), examples };
    LanguagePack::with_company(company).map_err(|error| {
        for problem in said(&error, &source) {
            findings.push(problem);
        }
        problems(findings, source)
    })
}

/// What the reader could not make use of, with its place in the file.
fn said(error: &PackError, source: &Source) -> Vec<Diagnostic> {
    let place = |line: usize, reason: &str| {
        let from = source.offset(line, 1);
        let end = source.offset(line + 1, 1).max(from);
        let line = source.text.get(from..end).unwrap_or_default();
        let named = reason.split('`').nth(1).filter(|named| !named.is_empty());
        match named.and_then(|named| Some((line.find(named)?, named.len()))) {
            Some((at, length)) => from + at..from + at + length,
            None => from..from + line.trim_end().len(),
        }
    };
    let diagnostic = |problem: &crate::language::PackProblem| {
        Diagnostic::error(place(problem.line, &problem.reason), problem.reason.clone())
            .why("The reader could not use it, and a pack is used whole or not at all.")
            .help("Mend it, and check again: calmline check FILE. The README says how a phrase is written.")
    };
    error.problems.iter().map(diagnostic).collect()
}
