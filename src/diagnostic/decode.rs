//! Bytes as text, with what is no UTF-8 reported in its place.

use super::{Diagnostic, Findings, Problems, Source, Span};

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
        let and_others = match others {
            _ if !last => String::new(),
            1 => ", nor are those of one more line".into(),
            others => format!(", nor are those of {others} more lines"),
        };
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

/// A file as text.
///
/// # Errors
/// Where it is not UTF-8.
pub fn decode_file(name: &str, bytes: &[u8]) -> Result<String, Box<Problems>> {
    let mut findings = Findings::default();
    let text = decode(bytes, &mut findings);
    if findings.has_errors() {
        let source = Source::new(name, text);
        return Err(Box::new(Problems { diagnostics: findings.finish(&source), source }));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(bytes: &[u8]) -> Vec<String> {
        let problems = decode_file("a.txt", bytes).expect_err("not UTF-8");
        problems.diagnostics.into_iter().map(|problem| format!("{} {}", problem.line, problem.title)).collect()
    }

    #[test]
    fn broken_bytes_are_shown_once_a_line_and_then_counted() {
        let broken = "these bytes are not UTF-8";
        assert_eq!(decode_file("a.txt", "Ещё".as_bytes()).expect("sound"), "Ещё");
        assert_eq!(titles(b"a \xE9 \xE9\n\xE9"), [format!("1 {broken}"), format!("2 {broken}")]);
        let four = titles(b"\xE9\n\xE9\n\xE9\n\xE9");
        assert_eq!((four.len(), &*four[2]), (3, "3 these bytes are not UTF-8, nor are those of one more line"));
        assert!(titles(b"\xE9\n\xE9\n\xE9\n\xE9\n\xE9")[2].ends_with("nor are those of 2 more lines"));
    }
}
