//! The gate: what the bytes of a file must be before anyone looks at their meaning.

use crate::diagnostic::quote::is_hidden;
use crate::diagnostic::{Diagnostic, Findings, Span, decode};

/// The largest scenario file, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Turns bytes into text of the same length, so that places stay true. Whatever does not belong is reported and, where it
/// would disturb the reading, blanked. `None` when the file is too large to be looked at.
pub fn admit(bytes: &[u8], findings: &mut Findings) -> Option<String> {
    if bytes.len() > MAX_BYTES {
        findings.push(
            Diagnostic::error(0..0, "the file is larger than 1 MiB")
                .why("A scenario is a few pages of text; a file of this size is something else, and it was not read.")
                .help("Check that this is the right file, or split it into several scenarios."),
        );
        return None;
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        findings.push(
            Diagnostic::error(0..0, "the file is UTF-16, not UTF-8")
                .why("Calmline reads plain UTF-8 text.")
                .help("Save it again as “UTF-8” (without BOM) in your editor."),
        );
        return None;
    }
    let mut text = decode(bytes, findings);
    if text.starts_with('\u{FEFF}') {
        findings.push(
            Diagnostic::error(0..3, "the file starts with a byte order mark (BOM)")
                .why("It is invisible and no part of the text; other programs trip over it.")
                .help("Save the file as “UTF-8” without BOM."),
        );
        text.replace_range(0..3, "   ");
    }
    hidden_characters(&text, findings);
    Some(text)
}

fn hidden_characters(text: &str, findings: &mut Findings) {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let fine = match c {
            '\r' => next == Some('\n'),
            '\u{200D}' => is_pictograph(before) && next.is_some_and(is_pictograph),
            c => !is_hidden(c),
        };
        if !fine {
            if findings.is_full() {
                return;
            }
            findings.push(hidden_character(at..at + c.len_utf8(), c));
        }
        before = c;
    }
}

/// Whether a joiner beside this character makes one picture of two, as in the emoji of a family.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// The problem with one hidden character, written as it is or as an escape.
pub fn hidden_character(span: Span, c: char) -> Diagnostic {
    let code = u32::from(c);
    let (title, why) = match c {
        '\0' => ("a NUL character".to_owned(), "Text does not hold NUL; the file may be damaged or no text file."),
        '\r' => (
            "a carriage return without a line feed".to_owned(),
            "Line ends are LF or CR LF; a lone CR makes editors disagree about what a line is.",
        ),
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => (
            format!("a character that turns the direction of writing (U+{code:04X})"),
            "It can make a text look different from what it says.",
        ),
        c if c.is_control() => {
            (format!("a control character (U+{code:04X})"), "It is invisible and can disturb a terminal.")
        }
        _ => (
            format!("an invisible character (U+{code:04X})"),
            "Nobody can see it, but comparisons of words trip over it.",
        ),
    };
    Diagnostic::error(span, title)
        .why(why)
        .help("Delete it. It often comes along when text is pasted from a web page or a chat.")
}
