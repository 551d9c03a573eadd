//! `calmline check`: everything that is wrong with scenario files.

use std::path::PathBuf;

use super::Failure;
use super::failure::{colour, print};
use crate::check::{self, Loaded};
use crate::diagnostic::{Diagnostic, Findings, render_diagnostics};
use crate::language::Act;
use crate::locale::{text, text_with};

/// Checks the files one after the other; one failure for all of them.
pub fn check(files: &[PathBuf]) -> Result<(), Failure> {
    let mut broken = 0;
    for file in files {
        match check::load_file(file) {
            Ok(loaded) => {
                let warnings = loaded.render_warnings(colour());
                if !warnings.is_empty() {
                    eprintln!("{warnings}");
                }
                let differences = disagreements(&loaded)?;
                if !differences.is_empty() {
                    eprintln!("{differences}");
                }
                let name = file.display().to_string();
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

/// Where the reader sees other acts in an option than its trainer does, with the place in the file.
fn disagreements(loaded: &Loaded) -> Result<String, Failure> {
    let content = super::play::content(loaded.clone())?;
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
