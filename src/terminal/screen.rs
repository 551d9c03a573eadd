//! Where the text face writes: wrapped, coloured where colour is wanted, never by colour alone.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::locale;
use crate::report::{anger_word, patience_word, trust_word};
use crate::session::Mood;

/// A line-based screen over any writer; escape codes are stripped by the writer where they are not wanted.
#[derive(Debug)]
pub struct Screen<W: Write> {
    out: W,
    width: usize,
}

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Title,
    Soft,
    Customer,
    Good,
    Bad,
    Unsure,
}

impl Tone {
    fn style(self) -> Style {
        match self {
            Tone::Plain => Style::new(),
            Tone::Title => Style::new().bold(),
            Tone::Soft => Style::new().dimmed(),
            Tone::Customer => AnsiColor::Cyan.on_default().bold(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Bad => AnsiColor::Red.on_default(),
            Tone::Unsure => AnsiColor::Magenta.on_default(),
        }
    }
}

impl<W: Write> Screen<W> {
    pub fn new(out: W) -> Self {
        Self { out, width: textwrap::termwidth().clamp(40, 88) }
    }

    /// A paragraph, wrapped, each line indented by so many spaces.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn say(&mut self, tone: Tone, indent: usize, text: &str) -> io::Result<()> {
        self.labelled(tone, &" ".repeat(indent), text)
    }

    /// A paragraph whose first line starts with a label; the rest lines up below the text.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn labelled(&mut self, tone: Tone, label: &str, text: &str) -> io::Result<()> {
        let hang = " ".repeat(textwrap::core::display_width(label));
        let options = textwrap::Options::new(self.width).initial_indent(label).subsequent_indent(&hang);
        let style = tone.style();
        for line in textwrap::wrap(&printable(text), options) {
            writeln!(self.out, "{style}{line}{style:#}")?;
        }
        Ok(())
    }

    /// # Errors
    /// Where the output cannot be written.
    pub fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// The three bars with their words.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn mood(&mut self, mood: Mood) -> io::Result<()> {
        let part = |key: &str, level: u8, word: String| format!("{} {} {word}", locale::text(key), bar(level));
        let line = [
            part("mood-anger", mood.anger, anger_word(mood.anger)),
            part("mood-trust", mood.trust, trust_word(mood.trust)),
            part("mood-patience", mood.patience, patience_word(mood.patience)),
        ]
        .join("   ");
        self.say(Tone::Soft, 2, &line)
    }

    /// Shows a prompt and what was written so far.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn prompt(&mut self, text: &str) -> io::Result<()> {
        write!(self.out, "{text}")?;
        self.out.flush()
    }
}

fn bar(level: u8) -> String {
    let full = usize::from(level).div_ceil(10).min(10);
    format!("{}{}", "█".repeat(full), "░".repeat(10 - full))
}

/// Typed or scripted text must not steer the terminal, nor hide in it or turn it round.
fn printable(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !(c.is_control() || is_hidden(*c))).collect()
}

/// Marks that take no room, and those that turn the direction of writing.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_cannot_steer_or_turn_the_terminal() {
        assert_eq!(printable("a\u{1b}[2Jb\u{7}\u{202e}c\u{200b}d\ne"), "a[2Jbcd\ne");
    }
}
