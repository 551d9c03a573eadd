//! `calmline check`: everything that is wrong with scenario files.

use std::path::PathBuf;

use super::Failure;
use super::failure::{colour, print};
use crate::check;
use crate::locale::text_with;

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
                for note in disagreements(loaded)? {
                    eprintln!("{}: {note}", file.display());
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

/// Where the reader sees other acts in an option than its trainer does.
fn disagreements(loaded: check::Loaded) -> Result<Vec<String>, Failure> {
    let content = super::play::content(loaded)?;
    Ok(content
        .option_readings()
        .into_iter()
        .filter(|option| option.differs())
        .map(|option| {
            let list = |acts: &[crate::language::Act]| acts.iter().map(|act| act.id()).collect::<Vec<_>>().join(", ");
            text_with(
                "check-differs",
                [
                    ("beat", option.beat.clone().into()),
                    ("option", option.number.into()),
                    ("expected", list(&option.expected).into()),
                    ("read", list(&option.read).into()),
                ],
            )
        })
        .collect())
}
