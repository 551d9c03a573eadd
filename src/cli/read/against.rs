//! `calmline read --against`: how well the reader agrees with labelled replies.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::Manner;
use super::record::{because, languages, reason};
use crate::cli::Failure;
use crate::cli::failure::colour;
use crate::diagnostic::quote::{quote, visible};
use crate::diagnostic::{Diagnostic, Findings, Problems, Source, decode};
use crate::language::measure::{FEWEST, Labelled, Measure, Mistake};
use crate::language::{LanguagePack, Reading, Tally, marked, moment};
use crate::locale::{text, text_with};

/// The largest file of labelled replies, in bytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// As a path.
const STANDARD_INPUT: &str = "-";
const LABELLED_FORM: &str =
    r#"Write it like {"id": "1", "lang": "en", "customer": "…", "reply": "…", "acts": ["apology"]}."#;
/// Replies whose language nobody can tell.
const UNDETERMINED: &str = "und";

/// Reads the labelled replies of all files and compares, language by language.
///
/// # Errors
/// Where a file is not there or has problems: all problems of all files.
pub fn measure(files: &[impl AsRef<Path>], manner: &Manner) -> Result<BTreeMap<String, Measure>, Failure> {
    let mut replies = Vec::new();
    let (mut problems, mut missing) = (Vec::new(), false);
    for file in files {
        match load(file.as_ref(), manner.lang) {
            Ok(labelled) => replies.extend(labelled),
            Err((found, not_there)) => {
                missing |= not_there;
                problems.push(found.render(colour()));
            }
        }
    }
    if !problems.is_empty() {
        let message = problems.join("\n");
        return Err(if missing { Failure::not_there(message) } else { Failure::bad_file(message) });
    }
    let read: Vec<(String, Reading)> = replies.par_iter().map(|labelled| reading(labelled, manner)).collect();
    let mut measures: BTreeMap<String, Measure> = BTreeMap::new();
    for (labelled, (language, reading)) in replies.iter().zip(&read) {
        measures.entry(language.clone()).or_default().add(labelled, reading);
    }
    Ok(measures)
}

fn reading(labelled: &Labelled, manner: &Manner) -> (String, Reading) {
    let pack = manner.pack(&labelled.lang).or_else(|| manner.pack_of(&labelled.reply));
    let mut context = labelled.context();
    context.now = labelled.now.unwrap_or(manner.now);
    match pack {
        Some(pack) => (pack.language().to_owned(), manner.read(&pack, &labelled.reply, &context)),
        None => (UNDETERMINED.to_owned(), Reading::default()),
    }
}

/// The labelled replies of a file, or its problems and whether the file is not there.
pub(in crate::cli) fn load(path: &Path, lang: Option<&LanguagePack>) -> Result<Vec<Labelled>, (Problems, bool)> {
    let name = path.display().to_string();
    let bytes = read(path).map_err(|(problem, missing)| {
        (Problems { diagnostics: vec![*problem], source: Source::new(name.clone(), "") }, missing)
    })?;
    let mut findings = Findings::default();
    let source = Source::new(name.clone(), decode(&bytes, &mut findings));
    let replies = if findings.has_errors() {
        Vec::new()
    } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"))
        || (path == Path::new(STANDARD_INPUT) && !source.text.trim_start().starts_with('{'))
    {
        marked_replies(&source, lang).map_err(|problems| (problems, false))?
    } else {
        lines_of_json(&source, &mut findings)
    };
    if replies.is_empty() && !findings.has_errors() {
        findings.push(
            Diagnostic::error(0..0, "there are no labelled replies in this file")
                .why("There is nothing to compare the reader with, nor to learn from.")
                .help("Write one reply a line: JSON in a .jsonl file, the marked text form in a .txt file."),
        );
    }
    if findings.has_errors() {
        return Err((Problems { diagnostics: findings.finish(&source), source }, false));
    }
    Ok(replies)
}

fn marked_replies(source: &Source, lang: Option<&LanguagePack>) -> Result<Vec<Labelled>, Problems> {
    let replies = marked::parse(&source.name, &source.text)?;
    let labelled = replies.into_iter().map(|reply| {
        let id = format!("{}:{}", source.name, reply.line);
        let labelled = Labelled { id, ..Labelled::from(reply) };
        match lang {
            Some(pack) if labelled.lang.is_empty() => Labelled { lang: pack.language().to_owned(), ..labelled },
            _ => labelled,
        }
    });
    Ok(labelled.collect())
}

fn lines_of_json(source: &Source, findings: &mut Findings) -> Vec<Labelled> {
    let mut replies = Vec::new();
    let mut strange = BTreeSet::new();
    let mut at = 0;
    for (number, line) in (1..).zip(source.text.split_inclusive('\n')) {
        let words = line.trim();
        let span = at..at + line.trim_end().len();
        let start = at;
        at += line.len();
        if words.is_empty() {
            continue;
        }
        if !words.starts_with('{') {
            findings.push(
                Diagnostic::error(span, text("read-no-object"))
                    .why("A line is one labelled reply, as a JSON object.")
                    .help(LABELLED_FORM),
            );
            continue;
        }
        let mut labelled: Labelled = match serde_json::from_str(line.trim_end()) {
            Ok(labelled) => labelled,
            Err(error) => {
                let place = source.text.floor_char_boundary((start + error.column()).saturating_sub(1).max(start));
                findings.push(
                    Diagnostic::error(place..place, reason(&error))
                        .why("A line is one labelled reply, as a JSON object.")
                        .help(LABELLED_FORM),
                );
                continue;
            }
        };
        if labelled.acts.is_none() && labelled.due.is_none() {
            findings.push(
                Diagnostic::error(span, "a reply without labels")
                    .why("Without labels there is nothing to compare the reading with.")
                    .help(r#"Add "acts": [] for a reply without act, or "due" for its promise."#),
            );
        } else if !labelled.lang.is_empty()
            && LanguagePack::bundled(&labelled.lang).is_none()
            && strange.insert(labelled.lang.clone())
        {
            findings.push(
                Diagnostic::error(span, format!("there is no language pack for {}", quote(&labelled.lang)))
                    .why(format!("There are packs for {}.", languages()))
                    .help("Mend the language, or leave it out to have it recognised."),
            );
        }
        if labelled.id.is_empty() {
            labelled.id = format!("{}:{number}", source.name);
        }
        replies.push(labelled);
    }
    replies
}

/// The bytes of a file, or why there are none and whether that is because it is not there.
fn read(path: &Path) -> Result<Vec<u8>, (Box<Diagnostic>, bool)> {
    let unreadable = |error: std::io::Error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let (title, help) = match error.kind() {
            std::io::ErrorKind::NotFound => ("there is no such file", "Check the name and the folder."),
            std::io::ErrorKind::PermissionDenied => ("the file may not be read", "Ask for the right to read it."),
            std::io::ErrorKind::IsADirectory => ("this is a folder, not a file", "Name the files in it."),
            _ => ("the file cannot be read", "Check the name, and the disk it is on."),
        };
        let why = format!("The system says: {error}.");
        (Box::new(Diagnostic::unreadable(title).why(why).help(help)), missing)
    };
    let mut bytes = Vec::new();
    let file: Box<dyn Read> = match path == Path::new(STANDARD_INPUT) {
        true => Box::new(std::io::stdin()),
        false => Box::new(File::open(path).map_err(unreadable)?),
    };
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MAX_BYTES {
        let problem = Diagnostic::unreadable("the file is larger than 64 MiB")
            .why("Labelled replies are written by hand; a file of this size is something else.")
            .help("Check that this is the right file, or split it.");
        return Err((Box::new(problem), false));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    Ok(bytes)
}

/// The figures as tables.
#[must_use]
pub fn table(measures: &BTreeMap<String, Measure>, mistakes: bool) -> String {
    let mut out = String::new();
    for (language, measure) in measures {
        if !out.is_empty() {
            out.push('\n');
        }
        let replies = [("language", language.as_str().into()), ("count", measure.replies.into())];
        out.push_str(&text_with("read-language", replies));
        out.push('\n');
        let labelled = measure.acts.iter().filter(|(_, tally)| tally.any());
        if labelled.clone().next().is_some() {
            out.push_str(&format!(
                "  {:<14} {:>9} {:>7} {:>6} {:>9} {:>7}\n",
                text("read-act"),
                text("read-precision"),
                text("read-recall"),
                "F1",
                text("read-labelled"),
                text("read-found")
            ));
        }
        for (act, tally) in labelled {
            out.push_str(&format!(
                "  {:<14} {:>9} {:>7} {:>6.2} {:>9} {:>7}\n",
                act.id(),
                share(tally.precision()),
                share(tally.recall()),
                tally.f1(),
                tally.right + tally.missed,
                tally.right + tally.invented
            ));
        }
        if let Some(f1) = measure.macro_f1() {
            let args = [("f1", format!("{f1:.2}").into()), ("fewest", FEWEST.into())];
            out.push_str(&format!("  {}\n", text_with("read-macro", args)));
        }
        if measure.due_all > 0 {
            let args = [("right", measure.due_right.into()), ("all", measure.due_all.into())];
            out.push_str(&format!("  {}\n", text_with("read-due", args)));
        }
        if mistakes {
            for mistake in &measure.mistakes {
                out.push_str(&told(mistake));
            }
        }
    }
    out
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "–".into(), |share| format!("{share:.2}"))
}

/// A mistake in a few lines: the reply, what was not seen, what was seen and why.
fn told(mistake: &Mistake) -> String {
    let mut out = format!("\n  {}  {}\n", visible(&mistake.id), visible(&mistake.reply));
    let mut line = |words: String| out.push_str(&format!("      {words}\n"));
    for act in &mistake.missed {
        line(text_with("read-missed", [("act", act.id().into())]));
    }
    for found in &mistake.evidence {
        let args = [
            ("act", found.act.id().into()),
            ("words", visible(found.span.of(&mistake.reply)).into()),
            ("because", because(&found.because).into()),
        ];
        line(text_with("read-invented", args));
    }
    if let Some(found) = mistake.due {
        let told = |due: Option<_>| due.map_or_else(|| text("read-no-due"), moment::print);
        let args = [("found", told(found).into()), ("labelled", told(mistake.labelled_due).into())];
        line(text_with("read-due-differs", args));
    }
    out
}

/// The figures as JSON.
#[must_use]
pub fn figures(measures: &BTreeMap<String, Measure>, mistakes: bool) -> Value {
    let languages: serde_json::Map<String, Value> = measures
        .iter()
        .map(|(language, measure)| {
            let acts: serde_json::Map<String, Value> =
                measure.acts.iter().map(|(act, tally)| (act.id().to_owned(), tally_figures(*tally))).collect();
            let mut figures = json!({
                "replies": measure.replies,
                "macro_f1": measure.macro_f1().map(rounded),
                "acts": acts,
                "promises": { "right": measure.due_right, "of": measure.due_all },
            });
            if mistakes {
                figures["mistakes"] = measure.mistakes.iter().map(mistake_figures).collect();
            }
            (language.clone(), figures)
        })
        .collect();
    json!({ "languages": languages })
}

fn tally_figures(tally: Tally) -> Value {
    json!({
        "precision": tally.precision().map(rounded),
        "recall": tally.recall().map(rounded),
        "f1": tally.any().then(|| rounded(tally.f1())),
        "right": tally.right,
        "invented": tally.invented,
        "missed": tally.missed,
    })
}

fn mistake_figures(mistake: &Mistake) -> Value {
    let invented = mistake.evidence.iter().map(|found| {
        json!({ "act": found.act, "start": found.span.start, "end": found.span.end,
            "text": found.span.of(&mistake.reply), "because": because(&found.because) })
    });
    let mut told = json!({
        "id": mistake.id, "reply": mistake.reply, "missed": mistake.missed, "invented": invented.collect::<Vec<_>>(),
    });
    if let Some(found) = mistake.due {
        told["due"] = json!({ "found": found.map(moment::print), "labelled": mistake.labelled_due.map(moment::print) });
    }
    told
}

/// Four decimals say all that a few hundred replies can.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
