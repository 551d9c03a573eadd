//! The lines of a stream of any bytes, one after the other, none longer than memory bears.

use std::io::{self, BufRead, BufReader, Read};

/// The longest line that is read, in bytes. A reply of a million words is far shorter.
pub const LONGEST_LINE: usize = 8 * 1024 * 1024;

/// One line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    Bytes(Vec<u8>),
    /// Longer than [`LONGEST_LINE`]; it was skipped.
    TooLong,
}

/// Cuts a stream at its line feeds. A carriage return before one and a byte order mark at the very start are no part of a line.
#[derive(Debug)]
pub struct Lines<R> {
    input: BufReader<R>,
    started: bool,
}

impl<R: Read> Lines<R> {
    pub fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(256 * 1024, input), started: false }
    }

    /// The next line; none at the end of the stream.
    ///
    /// # Errors
    /// Where the stream cannot be read.
    pub fn next_line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let limit = LONGEST_LINE as u64 + 1;
        if self.input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if !std::mem::replace(&mut self.started, true) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        } else if line.len() > LONGEST_LINE {
            self.input.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Bytes(line)))
    }

    /// Whether the next line is here already, so that asking for it does not wait for whoever writes.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.input.buffer().contains(&b'\n')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<Line> {
        let mut lines = Lines::new(bytes);
        std::iter::from_fn(|| lines.next_line().expect("memory can be read")).collect()
    }

    fn bytes(text: &[u8]) -> Line {
        Line::Bytes(text.to_vec())
    }

    #[test]
    fn ends_and_marks_are_no_part_of_a_line() {
        assert_eq!(lines(b""), []);
        assert_eq!(lines(b"\n"), [bytes(b"")]);
        assert_eq!(lines(b"\xef\xbb\xbfa\r\nb\n\nc"), [bytes(b"a"), bytes(b"b"), bytes(b""), bytes(b"c")]);
        assert_eq!(lines(b"a\rb\n\xff\0"), [bytes(b"a\rb"), bytes(b"\xff\0")]);
    }

    #[test]
    fn a_line_without_end_is_skipped_and_the_next_is_read() {
        let mut long = vec![b'x'; LONGEST_LINE];
        long.extend(b"\nb\n");
        assert_eq!(lines(&long).last(), Some(&bytes(b"b")));
        assert_eq!(lines(&long)[0], bytes(&long[..LONGEST_LINE]));
        long.insert(0, b'x');
        assert_eq!(lines(&long), [Line::TooLong, bytes(b"b")]);
        long.truncate(LONGEST_LINE + 1);
        assert_eq!(lines(&long), [Line::TooLong]);
    }
}
