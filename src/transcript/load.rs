//! Reading a transcript: every line, with all that is wrong with the file at once.

use super::line::{self, Line, Placed, Speaker};
use crate::diagnostic::{Diagnostic, Findings, Problems, Source, decode};
use crate::fingerprint;

/// The largest transcript, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// The longest transcript, in lines.
pub const MAX_LINES: usize = 5_000;

/// A conversation as it was written down: at least one line of the agent's, times never going backwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// What the file is called in messages and reports.
    pub name: String,
    pub lines: Vec<Line>,
    /// SHA-256 of the file's bytes, as 64 small hexadecimal digits.
    pub hash: String,
}

/// Reads the bytes of a transcript; `name` is what messages call the file.
///
/// # Errors
/// All problems of the file at once, each with its line, excerpt, reason and advice.
pub fn load(name: &str, bytes: &[u8]) -> Result<Transcript, Problems> {
    let mut findings = Findings::default();
    let text = admit(bytes, &mut findings);
    let source = Source::new(name, text.unwrap_or_default());
    if findings.has_errors() && source.text.is_empty() {
        return Err(Problems { diagnostics: findings.finish(&source), source });
    }
    let lines = lines(&source.text, &mut findings);
    if findings.has_errors() {
        return Err(Problems { diagnostics: findings.finish(&source), source });
    }
    let hash = fingerprint::sha256(bytes);
    Ok(Transcript { name: name.to_owned(), lines, hash })
}

/// The bytes as text of the same length; none where they are no text to be looked at.
fn admit(bytes: &[u8], findings: &mut Findings) -> Option<String> {
    if bytes.len() > MAX_BYTES {
        findings.push(
            Diagnostic::unreadable("the file is larger than 1 MiB")
                .why("One conversation is a few pages of text; a file of this size was not read.")
                .help("Check that this is the right file, or split it into one file a conversation."),
        );
        return None;
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        findings.push(
            Diagnostic::unreadable("the file is UTF-16, not UTF-8")
                .why("Transcripts are plain UTF-8 text.")
                .help("Export or save it again as “UTF-8”."),
        );
        return None;
    }
    let mut text = decode(bytes, findings);
    // Many exports begin with a byte order mark.
    if text.starts_with('\u{FEFF}') {
        text.replace_range(0..3, "   ");
    }
    Some(text)
}

fn lines(text: &str, findings: &mut Findings) -> Vec<Line> {
    if text.trim().is_empty() {
        findings.push(
            Diagnostic::error(0..0, "the transcript is empty")
                .why("There is nothing in it to judge.")
                .help("Write one JSON object a line, with from, at and text."),
        );
        return Vec::new();
    }
    if text.trim_start().starts_with('[') {
        let at = text.len() - text.trim_start().len();
        findings.push(
            Diagnostic::error(at..at + 1, "this is one JSON list, not one JSON object a line")
                .why("A transcript is JSON Lines: each line stands for itself, without brackets and commas around.")
                .help("Turn the list into lines, for example with: jq -c '.[]' list.json > transcript.jsonl"),
        );
        return Vec::new();
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut latest: Option<Placed<u64>> = None;
    let mut start = 0;
    let mut count = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        count += 1;
        if count > MAX_LINES {
            findings.push(
                Diagnostic::error(at..at + 1, format!("the transcript has more than {MAX_LINES} lines"))
                    .why("This is more than one conversation; what follows was not read.")
                    .help("Split it into one file a conversation."),
            );
            return lines;
        }
        if findings.is_full() {
            break;
        }
        let Some(parts) = line::read(line.trim_end(), at, findings) else { continue };
        let moment = parts.at.as_ref().map(|at| at.value);
        if let Some(at) = parts.at {
            match &latest {
                Some(before) if at.value < before.value => findings.push(
                    Diagnostic::error(at.span, "this line is earlier than the one before it")
                        .related(before.span.clone(), "the time before")
                        .why("The rules go by the order of the talk and by its times, so both must agree.")
                        .help("Put the lines in the order of their times, or mend the time."),
                ),
                _ => latest = Some(at),
            }
        }
        if let (Some(from), Some(at), Some(text)) = (parts.from, moment, parts.text) {
            lines.push(Line { from, at, text });
        }
    }
    if !findings.has_errors() && lines.iter().all(|line| line.from != Speaker::Agent) {
        findings.push(
            Diagnostic::error(0..text.find('\n').unwrap_or(text.len()), "the agent says nothing in this transcript")
                .why("The rules judge what the agent says.")
                .help("Add the agent's lines, with \"from\": \"agent\"."),
        );
    }
    lines
}
