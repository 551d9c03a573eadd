//! A company's folder: for each language a file of phrases, `en.ron`, and one of settled readings, `en.txt`.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Findings, Problems, Source};
use crate::language::{CompanyPack, LanguagePack, PackError};
use crate::scenario::MAX_BYTES;
use crate::scenario::gate;
use crate::scenario::{fit, syntax};

/// The largest file of settled readings, in bytes.
const MOST_EXAMPLES: usize = 16 * 1024 * 1024;

/// A company's packs, each laid over the language pack that the program carries.
#[derive(Clone, Debug, Default)]
pub struct Company {
    folder: Option<PathBuf>,
    packs: BTreeMap<String, Arc<LanguagePack>>,
}

/// Why a company's folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    #[error("There is no folder {}. Make it, or give --company another folder with files such as en.ron.", .0.display())]
    NoFolder(PathBuf),
    #[error("{} cannot be read: {why}.", .file.display())]
    Unreadable { file: PathBuf, why: String },
    /// One for each file that has any.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problems>),
}

/// Why a settled reading could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {why}. Nothing was changed. Check that you may write there, or name another folder: --company FOLDER.", .file.display())]
pub struct NotWritten {
    pub file: PathBuf,
    pub why: String,
}

impl Company {
    /// No company: replies are read as the language packs say.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads every pack of a folder.
    ///
    /// # Errors
    /// Where there is no such folder, a file cannot be read, or a pack has problems: all of them at once.
    pub fn open(folder: &Path) -> Result<Self, CompanyError> {
        if !folder.is_dir() {
            return Err(CompanyError::NoFolder(folder.to_owned()));
        }
        let mut packs = BTreeMap::new();
        let mut broken = Vec::new();
        for language in languages(folder)? {
            let (file, texts) = (folder.join(format!("{language}.ron")), folder.join(format!("{language}.txt")));
            let examples = read(&texts, MOST_EXAMPLES)?.unwrap_or_default();
            // What stands in a settled reading is a reply, and may hold anything but broken letters.
            let examples = match String::from_utf8(examples) {
                Ok(examples) => examples,
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    broken.push(not_utf8(&texts, at, &String::from_utf8_lossy(&error.into_bytes())));
                    continue;
                }
            };
            let (name, bytes) = match read(&file, MAX_BYTES)? {
                Some(bytes) => (file.display().to_string(), bytes),
                None => (texts.display().to_string(), Vec::new()),
            };
            match lay_over(&name, &language, &bytes, examples) {
                Ok(pack) => {
                    let settled = pack.company().map(|company| company.settled(&texts.display().to_string()));
                    broken.extend(settled.and_then(Result::err));
                    packs.insert(language, Arc::new(pack));
                }
                Err(problems) => broken.push(*problems),
            }
        }
        if broken.is_empty() {
            Ok(Self { folder: Some(folder.to_owned()), packs })
        } else {
            Err(CompanyError::Problems(broken))
        }
    }

    /// The folder; none where there is no company pack.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The pack for a language, such as `en` (or `en-GB`): the company's, else the one that the program carries.
    #[must_use]
    pub fn pack(&self, language: &str) -> Option<Arc<LanguagePack>> {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        self.packs.get(&primary).cloned().or_else(|| LanguagePack::bundled_shared(language))
    }
}

/// Checks a company pack's file alone, for the language that it names.
///
/// # Errors
/// All problems of the file at once.
pub fn check_company_pack(name: &str, bytes: &[u8]) -> Result<(), Box<Problems>> {
    let language = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    lay_over(name, &language, bytes, String::new()).map(|_| ())
}

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

/// The languages that a folder has files for: `en.ron`, `en.txt`. Other files are left alone.
fn languages(folder: &Path) -> Result<Vec<String>, CompanyError> {
    let unreadable = |why: std::io::Error| CompanyError::Unreadable { file: folder.into(), why: why.to_string() };
    let mut languages = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let (Some(stem), Some(ending)) = (path.file_stem().and_then(|s| s.to_str()), path.extension()) else {
            continue;
        };
        if ending == "ron" || (ending == "txt" && LanguagePack::bundled_languages().any(|read| read == stem)) {
            languages.push(stem.to_owned());
        }
    }
    languages.sort_unstable();
    languages.dedup();
    Ok(languages)
}

/// The bytes of a file, and one more than `most` where it is larger; none where there is no such file.
fn read(file: &Path, most: usize) -> Result<Option<Vec<u8>>, CompanyError> {
    let unreadable = |why: String| CompanyError::Unreadable { file: file.into(), why };
    // Asked before opening: opening a pipe would wait for someone to write into it.
    match std::fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error.to_string())),
        Ok(metadata) if !metadata.is_file() => return Err(unreadable("it is no plain file".into())),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|opened| opened.take(most as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() > most && most == MOST_EXAMPLES {
        return Err(unreadable(format!("it is larger than {} MiB", MOST_EXAMPLES / 1024 / 1024)));
    }
    Ok(Some(bytes))
}

fn not_utf8(file: &Path, at: usize, text: &str) -> Problems {
    let source = Source::new(file.display().to_string(), text);
    let mut findings = Findings::default();
    findings.push(
        Diagnostic::error(at..at + char::REPLACEMENT_CHARACTER.len_utf8(), "these bytes are not UTF-8")
            .why("The file was saved in another encoding, or it is no text file; letters would come out wrong.")
            .help("Save the file as UTF-8 in your editor."),
    );
    Problems { diagnostics: findings.finish(&source), source }
}

fn lay_over(name: &str, language: &str, bytes: &[u8], examples: String) -> Result<LanguagePack, Box<Problems>> {
    let mut findings = Findings::default();
    let text = if bytes.is_empty() { Some(String::new()) } else { gate::admit(bytes, &mut findings) };
    let source = Source::new(name, text.unwrap_or_default());
    let problems =
        |findings: Findings, source: Source| Box::new(Problems { diagnostics: findings.finish(&source), source });
    if !source.text.is_empty() {
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

/// Adds text to the end of a file, wholly or not at all: a copy with the text takes the file's place. The folder is made where it is
/// missing.
///
/// # Errors
/// Where it cannot be written; the file is then as it was.
pub fn append(file: &Path, text: &str) -> Result<(), NotWritten> {
    let failed = |why: std::io::Error| NotWritten { file: file.into(), why: why.to_string() };
    let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut whole = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(failed(error)),
    };
    if whole.last().is_some_and(|last| *last != b'\n') {
        whole.push(b'\n');
    }
    whole.extend_from_slice(text.as_bytes());
    // Beside the file, so that taking its place is one step of the file system.
    let mut copy = file.as_os_str().to_os_string();
    copy.push(format!(".{}.new", std::process::id()));
    let copy = PathBuf::from(copy);
    let write = || -> std::io::Result<()> {
        let mut opened = std::fs::File::create(&copy)?;
        opened.write_all(&whole)?;
        if let Ok(before) = std::fs::metadata(file) {
            opened.set_permissions(before.permissions())?;
        }
        opened.sync_all()?;
        std::fs::rename(&copy, file)
    };
    write().map_err(|error| {
        let _ = std::fs::remove_file(&copy);
        failed(error)
    })
}
