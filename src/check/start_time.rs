//! The conversation starts at a moment that exists.

use crate::diagnostic::quote::quote;
use crate::diagnostic::{Diagnostic, Findings};
use crate::scenario::Outline;

pub fn check(outline: &Outline, findings: &mut Findings) {
    let Some(starts) = outline.starts.as_ref().filter(|starts| !starts.text.trim().is_empty()) else { return };
    let digits = "dddd-dd-ddTdd:dd";
    let has_form = starts.text.len() == digits.len()
        && starts.text.chars().zip(digits.chars()).all(|(c, d)| if d == 'd' { c.is_ascii_digit() } else { c == d });
    let exists = starts.text.parse::<jiff::civil::DateTime>().is_ok();
    if has_form && exists {
        return;
    }
    let why = if has_form {
        "There is no such day or time."
    } else {
        "It must have the form `YYYY-MM-DDTHH:MM`, local time."
    };
    findings.push(
        Diagnostic::error(starts.span.clone(), format!("{} is no moment to start at", quote(&starts.text)))
            .why(why)
            .help("Write it like `starts: \"2026-03-02T10:00\"`."),
    );
}
