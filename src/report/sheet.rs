//! The QA sheet: many transcripts as CSV, one row each.

use crate::rules::{PromiseStatus, RULES, Verdict};
use crate::transcript::Judged;

/// A sheet that cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("The sheet could not be made: {0}")]
pub struct SheetError(#[from] csv::Error);

/// The sheet as CSV by RFC 4180, UTF-8: a row of headings, then a row a transcript in the given order.
///
/// Headings: `file`, `language`, `channel`, `score`, `uncapped` (both empty where no reply could be placed), `critical`, for
/// each rule its id (the verdict) and `<id> points` (0 to 100, empty where it was not called for), `replies`,
/// `not recognised`, `promises`, and how many of those were `kept`, `early`, `late`, `forgotten`.
///
/// # Errors
/// Where the rows do not fit together; a test holds that they do.
pub fn sheet(transcripts: &[Judged]) -> Result<Vec<u8>, SheetError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(headings())?;
    for judged in transcripts {
        writer.write_record(row(judged).iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| SheetError(error.into_error().into()))
}

fn headings() -> Vec<String> {
    let start = ["file", "language", "channel", "score", "uncapped", "critical"].map(String::from);
    let rules = RULES.iter().flat_map(|rule| [rule.id.to_owned(), format!("{} points", rule.id)]);
    let end = ["replies", "not recognised", "promises", "kept", "early", "late", "forgotten"].map(String::from);
    start.into_iter().chain(rules).chain(end).collect()
}

fn row(judged: &Judged) -> Vec<String> {
    let card = &judged.card;
    let critical: Vec<String> = card.critical.iter().map(|critical| critical.kind.id().to_owned()).collect();
    let points = |points: u8| if card.is_judged() { points.to_string() } else { String::new() };
    let mut cells = vec![
        judged.name.clone(),
        judged.pack.language().to_owned(),
        judged.conversation.channel.id().to_owned(),
        points(card.score),
        points(card.uncapped),
        critical.join(" "),
    ];
    for rule in RULES {
        let score = card.rules.iter().find(|score| score.rule == rule.id);
        cells.push(score.map_or(Verdict::NotCalledFor, |score| score.verdict).id().to_owned());
        cells.push(score.and_then(|score| score.score).map(|points| points.to_string()).unwrap_or_default());
    }
    let unplaced = judged.conversation.agent_turns().filter(|(_, reply)| !reply.reading.recognised).count();
    cells.push(card.turns.to_string());
    cells.push(unplaced.to_string());
    cells.push(card.promises.len().to_string());
    for status in [PromiseStatus::Kept, PromiseStatus::Early, PromiseStatus::Late, PromiseStatus::Forgotten] {
        cells.push(card.promises.iter().filter(|promise| promise.status == status).count().to_string());
    }
    cells
}

/// A cell that no spreadsheet takes for a formula: one that starts like a formula gets an apostrophe before it.
fn harmless(cell: &str) -> String {
    // Spreadsheets skip blanks, and some read the full-width forms as the plain ones.
    let starts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠');
    if cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(starts) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc", "＝1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["call-7.jsonl", "81", "kept", "", "a=b", "звонок.jsonl"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
