//! What a line of input means: a reply, or a command that starts with a slash.

/// One line of input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Reply(String),
    /// Counted from 1.
    Option(usize),
    Options,
    /// In the words typed.
    Wait(String),
    Call,
    /// Counted from 1; none is the last reply.
    Rewind(Option<usize>),
    Hint,
    Status,
    Help,
    /// Says that a reply was read wrongly, or asks how it was read.
    Wrong(Wrong),
    /// Leaves, to go on later.
    Pause,
    Quit,
    /// Nothing, or a comment of a plan.
    Nothing,
    Unknown(String),
}

/// What is said about a reading: `/wrong 2 offer, question: I named a way out`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// Counted from 1; none is the last reply.
    pub reply: Option<usize>,
    /// The words that name the acts; none only asks how it was read.
    pub acts: Option<String>,
    pub note: Option<String>,
}

impl Wrong {
    fn parse(words: &str) -> Self {
        let (words, note) = match words.split_once(':') {
            Some((words, note)) => (words.trim(), Some(note.trim().to_owned()).filter(|note| !note.is_empty())),
            None => (words, None),
        };
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let (reply, acts) = match first.parse() {
            Ok(reply) => (Some(reply), rest.trim()),
            Err(_) => (None, words),
        };
        Self { reply, acts: Some(acts.to_owned()).filter(|acts| !acts.is_empty()), note }
    }
}

impl Command {
    /// Reads a line. `//` at the start sends a reply that begins with a slash; `#` starts a comment.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            return Self::Nothing;
        }
        let Some(command) = line.strip_prefix('/') else { return Self::Reply(line.to_owned()) };
        if command.starts_with('/') {
            return Self::Reply(command.to_owned());
        }
        let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let rest = rest.trim();
        match (name.to_lowercase().as_str(), rest) {
            ("option" | "o", number) if !number.is_empty() => {
                number.parse().map_or_else(|_| Self::Unknown(line.to_owned()), Self::Option)
            }
            ("options" | "option" | "o", "") => Self::Options,
            ("wait" | "w", "") => Self::Wait("1m".into()),
            ("wait" | "w", words) => Self::Wait(words.to_owned()),
            ("call" | "c", "") => Self::Call,
            ("rewind" | "r", "") => Self::Rewind(None),
            ("rewind" | "r", number) => {
                number.parse().map_or_else(|_| Self::Unknown(line.to_owned()), |number| Self::Rewind(Some(number)))
            }
            ("hint" | "h", "") => Self::Hint,
            ("status" | "s", "") => Self::Status,
            ("help" | "?", "") => Self::Help,
            ("wrong", words) => Self::Wrong(Wrong::parse(words)),
            ("pause", "") => Self::Pause,
            ("quit" | "q" | "exit", "") => Self::Quit,
            _ => Self::Unknown(line.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_reply_unless_it_starts_with_a_slash() {
        assert_eq!(Command::parse("  I'm sorry.  "), Command::Reply("I'm sorry.".into()));
        assert_eq!(Command::parse("//path is a reply"), Command::Reply("/path is a reply".into()));
        assert_eq!(Command::parse("/option 2"), Command::Option(2));
        assert_eq!(Command::parse("/wait until 16:30"), Command::Wait("until 16:30".into()));
        assert_eq!(Command::parse("/CALL"), Command::Call);
        assert_eq!(Command::parse("/rewind 2"), Command::Rewind(Some(2)));
        assert_eq!(Command::parse("/rewind"), Command::Rewind(None));
        assert_eq!(Command::parse("# a comment"), Command::Nothing);
        assert_eq!(Command::parse("   "), Command::Nothing);
    }

    #[test]
    fn a_reading_is_asked_for_or_corrected() {
        let wrong = |reply, acts: Option<&str>, note: Option<&str>| {
            Command::Wrong(Wrong { reply, acts: acts.map(str::to_owned), note: note.map(str::to_owned) })
        };
        assert_eq!(Command::parse("/wrong"), wrong(None, None, None));
        assert_eq!(Command::parse("/wrong 3"), wrong(Some(3), None, None));
        assert_eq!(Command::parse("/wrong offer, question"), wrong(None, Some("offer, question"), None));
        assert_eq!(
            Command::parse("/Wrong 12 none: that was a joke: really"),
            wrong(Some(12), Some("none"), Some("that was a joke: really"))
        );
    }

    #[test]
    fn what_is_no_command_is_said_to_be_none() {
        for line in ["/dance", "/option two", "/rewind back", "/call me"] {
            assert_eq!(Command::parse(line), Command::Unknown(line.into()));
        }
    }
}
