//! Reads a stream of replies on all cores: a line in, a line out, in the same order, and never more than a batch of them in memory.

use std::io::{self, Read, Write};

use rayon::prelude::*;

use super::lines::{LONGEST_LINE, Line, Lines};

/// So many lines, or so many bytes of them, are read at once.
const BATCH_LINES: usize = 4_096;
const BATCH_BYTES: usize = LONGEST_LINE;

/// What comes of one line.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// What is written for it, without a line end.
    pub text: String,
    /// Whether the line could be read.
    pub fine: bool,
}

/// How many lines there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub lines: u64,
    pub malformed: u64,
}

/// Answers every line of a stream, given with its number from 1. Lines are answered as soon as no more are waiting, so that
/// somebody who types is not kept waiting. `after_batch` is told how far it is.
///
/// # Errors
/// Where the input cannot be read or the output not be written.
pub fn answer_lines(
    input: impl Read,
    mut output: impl Write,
    answer: impl Fn(u64, &Line) -> Answer + Sync,
    mut after_batch: impl FnMut(Count),
) -> io::Result<Count> {
    let mut lines = Lines::new(input);
    let mut count = Count::default();
    loop {
        let batch = next_batch(&mut lines)?;
        if batch.is_empty() {
            return Ok(count);
        }
        let number = |at: usize| count.lines + 1 + at as u64;
        let answers: Vec<Answer> = batch.par_iter().enumerate().map(|(at, line)| answer(number(at), line)).collect();
        for answer in &answers {
            output.write_all(answer.text.as_bytes())?;
            output.write_all(b"\n")?;
            count.lines += 1;
            count.malformed += u64::from(!answer.fine);
        }
        output.flush()?;
        after_batch(count);
    }
}

fn next_batch(lines: &mut Lines<impl Read>) -> io::Result<Vec<Line>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_LINES && bytes < BATCH_BYTES && (batch.is_empty() || lines.is_ready()) {
        let Some(line) = lines.next_line()? else { break };
        if let Line::Bytes(line) = &line {
            bytes += line.len();
        }
        batch.push(line);
    }
    Ok(batch)
}
