//! Bytes as text, with what is no UTF-8 reported in its place.

use super::{Diagnostic, Findings};

/// Text of the same length as the bytes, so that places stay true: what is no UTF-8 becomes question marks. It is reported once a
/// line, for a file in another encoding is full of it.
pub fn decode(bytes: &[u8], findings: &mut Findings) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut reported = false;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        reported &= !chunk.valid().contains('\n');
        let broken = chunk.invalid();
        let at = text.len();
        text.extend(std::iter::repeat_n('?', broken.len()));
        if !broken.is_empty() && !reported && !findings.is_full() {
            findings.push(
                Diagnostic::error(at..text.len(), "these bytes are not UTF-8")
                    .label(broken.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" "))
                    .why("The file was saved in another encoding, or it is no text file; letters would come out wrong.")
                    .help("Save or export the file again as UTF-8."),
            );
            reported = true;
        }
    }
    text
}
