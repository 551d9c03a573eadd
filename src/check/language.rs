//! The language must be a language tag, and one that Calmline can read.

use crate::diagnostic::quote::{closest, list, quote};
use crate::diagnostic::{Diagnostic, Findings};
use crate::language::LanguagePack;
use crate::scenario::Outline;

pub fn check(outline: &Outline, findings: &mut Findings) {
    // An empty one was reported with its shape.
    let Some(language) = outline.language.as_ref().filter(|language| !language.text.trim().is_empty()) else { return };
    let mut parts = language.text.split('-');
    let primary = parts.next().unwrap_or_default();
    let is_tag = matches!(primary.len(), 2..=3)
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !is_tag {
        let meant = match language.text.to_lowercase().as_str() {
            "english" => Some("en"),
            "russian" | "русский" => Some("ru"),
            "bulgarian" | "български" => Some("bg"),
            other => closest(other, LanguagePack::bundled_languages()),
        };
        findings.push(
            Diagnostic::error(language.span.clone(), format!("{} is no language tag", quote(&language.text)))
                .why("A language is named by its BCP 47 tag: two or three letters, and a region where it matters, as in `en-GB`.")
                .help(format!("Write `language: \"{}\"`, for example.", meant.unwrap_or("en"))),
        );
    } else if !LanguagePack::bundled_languages().any(|read| read.eq_ignore_ascii_case(primary)) {
        findings.push(
            Diagnostic::warning(
                language.span.clone(),
                format!("Calmline brings no language pack for {}", quote(&language.text)),
            )
            .why(format!("Replies are read in {}.", list(LanguagePack::bundled_languages(), "and")))
            .help("It can be checked but not played yet: change `language`, or wait for its pack."),
        );
    }
}
