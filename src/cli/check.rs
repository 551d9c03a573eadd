//! `calmline check`: everything that is wrong with scenario files, packs, labelled replies and transcripts.

use std::cell::OnceCell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::failure::{colour, print};
use super::read::against;
use super::{Context, Failure};
use crate::check::{self, Loaded};
use crate::content::{Company, MOST_EXAMPLES, PackKind, check_pack, pack_kind};
use crate::diagnostic::{Diagnostic, Findings, Problems, render_diagnostics};
use crate::language::{Act, LanguagePack};
use crate::locale::{text, text_with};
use crate::scenario::MAX_BYTES;
use crate::transcript;

pub const EXAMPLES: &str = "\
Examples:
  calmline check my-own.ron              a scenario
  calmline check scenarios/en            every scenario of a folder
  calmline check company                 a company's phrases and settled readings
  calmline check replies.txt calls.jsonl labelled replies and transcripts

Exit codes: 0 all fine · 2 the command line is off · 65 a file has problems or is not there";

/// Checks the files one after the other, and those of folders; one failure for all of them.
pub fn check(context: &Context, paths: &[PathBuf]) -> Result<(), Failure> {
    let (mut broken, mut all) = (0, 0);
    let company = OnceCell::new();
    for path in paths {
        let files = if path.is_dir() { checkable_in(path) } else { Ok(vec![path.clone()]) };
        let files = files.unwrap_or_else(|failure| {
            (broken, all) = (broken + 1, all + 1);
            eprintln!("{}", failure.message);
            Vec::new()
        });
        for file in files {
            all += 1;
            match check_file(&file, context, &company)? {
                Ok(warnings) => {
                    warnings.iter().filter(|warning| !warning.is_empty()).for_each(|warning| eprintln!("{warning}"));
                    print(&format!("{}\n", text_with("check-fine", [("file", file.display().to_string().into())])))?;
                }
                Err(problems) => {
                    broken += 1;
                    eprintln!("{}", problems.render(colour()));
                }
            }
        }
    }
    match broken {
        0 => Ok(()),
        _ => Err(Failure {
            code: 65,
            ..Failure::found(text_with("check-broken", [("count", broken.into()), ("files", all.into())]))
        }),
    }
}

/// The files directly in a folder that can be checked, in the order of their names: scenarios, packs, and replies labelled in a
/// language by which the file or the folder is named.
fn checkable_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error: std::io::Error| {
        let words = [("folder", folder.display().to_string().into()), ("why", error.to_string().into())];
        Failure::io(text_with("check-unreadable", words))
    };
    let entries = std::fs::read_dir(folder).map_err(unreadable)?;
    let paths: std::io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(unreadable)?;
    paths.retain(|path| match path.extension().and_then(OsStr::to_str) {
        Some("ron") => true,
        Some("txt") => named_for_language(path.file_stem()) || named_for_language(folder.file_name()),
        _ => false,
    });
    paths.sort();
    if paths.is_empty() {
        let words = [("folder", folder.display().to_string().into())];
        return Err(Failure::not_there(text_with("check-nothing", words)));
    }
    Ok(paths)
}

fn named_for_language(name: Option<&OsStr>) -> bool {
    name.is_some_and(|name| LanguagePack::bundled_languages().any(|language| name == language))
}

fn is_ron(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "ron")
}

/// Checks one file, whatever it holds. Answers its warnings, or all its problems.
fn check_file(
    file: &Path,
    context: &Context,
    company: &OnceCell<Company>,
) -> Result<Result<[String; 2], Box<Problems>>, Failure> {
    let name = file.display().to_string();
    if let Some((kind, bytes)) = pack(file) {
        return Ok(check_pack(kind, &name, &bytes).map(|()| Default::default()));
    }
    match lines_of(file) {
        Some(Lines::Labelled) => {
            let replies = against::load(file, None).map_err(|(problems, _)| Box::new(problems));
            return Ok(replies.map(|_| Default::default()));
        }
        Some(Lines::Transcript(bytes)) => {
            return Ok(transcript::load(&name, &bytes).map(|_| Default::default()).map_err(Box::new));
        }
        None => {}
    }
    match check::load_file(file) {
        Ok(loaded) => {
            if company.get().is_none() {
                let _ = company.set(context.company()?);
            }
            let differences = company.get().map_or(Ok(String::new()), |company| disagreements(&loaded, company))?;
            Ok(Ok([loaded.render_warnings(colour()), differences]))
        }
        Err(problems) => Ok(Err(Box::new(problems))),
    }
}

/// What a file holds line by line.
enum Lines {
    Labelled,
    Transcript(Vec<u8>),
}

/// What a text file or a file of JSON lines holds; none where it is anything else, and then the scenario's loader explains it.
fn lines_of(file: &Path) -> Option<Lines> {
    let ending = file.extension()?.to_str()?.to_lowercase();
    let json = ending == "jsonl";
    if !(json || ending == "txt")
        || !std::fs::metadata(file).is_ok_and(|kind| kind.is_file() && kind.len() <= MOST_EXAMPLES as u64)
    {
        return None;
    }
    let bytes = std::fs::read(file).ok()?;
    let start = bytes.trim_ascii_start();
    let talks = || {
        let first = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        serde_json::from_slice::<serde_json::Value>(first).is_ok_and(|line| line.get("from").is_some())
    };
    match json {
        true if talks() => Some(Lines::Transcript(bytes)),
        _ => (!start.starts_with(b"(")).then_some(Lines::Labelled),
    }
}

/// Which pack a file holds, and its bytes; none where it is anything else. A file that says nothing itself is what its name says.
fn pack(file: &Path) -> Option<(PackKind, Vec<u8>)> {
    // Whatever is no plain file of a scenario's size is for the scenario's loader to explain.
    let plain = std::fs::metadata(file).is_ok_and(|kind| kind.is_file() && kind.len() <= MAX_BYTES as u64);
    let bytes = if plain { std::fs::read(file).ok()? } else { return None };
    let text = String::from_utf8_lossy(&bytes);
    let says_nothing = text.trim().is_empty() || text.starts_with(char::REPLACEMENT_CHARACTER);
    let is_named = is_ron(file) && named_for_language(file.file_stem());
    let named = (says_nothing && is_named).then_some(PackKind::Company);
    Some((pack_kind(&text).or(named)?, bytes))
}

/// Where the reader sees other acts in an option than its trainer does, with the place in the file.
fn disagreements(loaded: &Loaded, company: &Company) -> Result<String, Failure> {
    let content = super::play::content(loaded.clone(), company)?;
    let list = |acts: &[Act]| acts.iter().map(|act| act.id()).collect::<Vec<_>>().join(", ");
    let mut findings = Findings::default();
    for (label, option) in loaded.labels().iter().zip(content.option_readings()).filter(|(_, option)| option.differs())
    {
        findings.push(
            Diagnostic::warning(label.span.clone(), text("check-differs"))
                .why(text_with(
                    "check-differs-why",
                    [("read", list(&option.read).into()), ("words", label.text.into())],
                ))
                .help(text("check-differs-help")),
        );
    }
    Ok(render_diagnostics(&loaded.source, &findings.finish(&loaded.source), colour()))
}
