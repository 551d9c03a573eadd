//! `calmline check`: everything that is wrong with scenario files, company packs and language packs.

use std::path::{Path, PathBuf};

use super::failure::{colour, print};
use super::{Context, Failure};
use crate::check::{self, Loaded};
use crate::content::{Company, PackKind, check_pack, pack_kind};
use crate::diagnostic::{Diagnostic, Findings, render_diagnostics};
use crate::language::Act;
use crate::locale::{text, text_with};
use crate::scenario::MAX_BYTES;

/// Checks the files one after the other; one failure for all of them.
pub fn check(context: &Context, files: &[PathBuf]) -> Result<(), Failure> {
    let company = context.company()?;
    let mut broken = 0;
    for file in files {
        let name = file.display().to_string();
        if let Some((kind, bytes)) = pack(file) {
            match check_pack(kind, &name, &bytes) {
                Ok(()) => print(&format!("{}\n", text_with("check-fine", [("file", name.into())])))?,
                Err(problems) => {
                    broken += 1;
                    eprintln!("{}", problems.render(colour()));
                }
            }
            continue;
        }
        match check::load_file(file) {
            Ok(loaded) => {
                let warnings = loaded.render_warnings(colour());
                if !warnings.is_empty() {
                    eprintln!("{warnings}");
                }
                let differences = disagreements(&loaded, &company)?;
                if !differences.is_empty() {
                    eprintln!("{differences}");
                }
                print(&format!("{}\n", text_with("check-fine", [("file", name.into())])))?;
            }
            Err(problems) => {
                broken += 1;
                eprintln!("{}", problems.render(colour()));
            }
        }
    }
    match broken {
        0 => Ok(()),
        _ => Err(Failure {
            code: 65,
            ..Failure::found(text_with("check-broken", [("count", broken.into()), ("files", files.len().into())]))
        }),
    }
}

/// Which pack a file holds, and its bytes; none where it is anything else.
fn pack(file: &Path) -> Option<(PackKind, Vec<u8>)> {
    // Whatever is no plain file of a scenario's size is for the scenario's loader to explain.
    let plain = std::fs::metadata(file).is_ok_and(|kind| kind.is_file() && kind.len() <= MAX_BYTES as u64);
    let bytes = if plain { std::fs::read(file).ok()? } else { return None };
    Some((pack_kind(&String::from_utf8_lossy(&bytes))?, bytes))
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
