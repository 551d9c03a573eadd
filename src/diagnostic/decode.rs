//! Bytes as text, with what is no UTF-8 reported in its place.

use super::{Diagnostic, Findings, Span};

/// A file in another encoding is full of broken bytes: the lines beyond these are only counted.
const SHOWN_LINES: usize = 3;

/// Text of the same length as the bytes, so that places stay true: what is no UTF-8 becomes question marks, and is reported once
/// a line.
pub fn decode(bytes: &[u8], findings: &mut Findings) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut broken: Vec<Span> = Vec::new();
    let mut reported = false;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        reported &= !chunk.valid().contains('\n');
        let at = text.len();
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
        if !chunk.invalid().is_empty() && !reported {
            broken.push(at..text.len());
            reported = true;
        }
    }
    let others = broken.len().saturating_sub(SHOWN_LINES);
    for (number, span) in broken.into_iter().take(SHOWN_LINES).enumerate() {
        let hexadecimal: Vec<String> = bytes[span.clone()].iter().map(|byte| format!("{byte:02X}")).collect();
        let last = number + 1 == SHOWN_LINES && others > 0;
        let and_others = if last { format!(", nor are those of {others} more lines") } else { String::new() };
        let title = format!("these bytes are not UTF-8{and_others}");
        findings.push(
            Diagnostic::error(span, title)
                .label(hexadecimal.join(" "))
                .why("The file was saved in another encoding, or it is no text file; letters would come out wrong.")
                .help("Save or export the file again as UTF-8."),
        );
    }
    text
}
