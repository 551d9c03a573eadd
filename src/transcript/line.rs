//! One line of a transcript: a JSON object with who spoke, when and what.

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::diagnostic::quote::{closest, is_hidden, list, quote, visible};
use crate::diagnostic::{Diagnostic, Findings, Span};
use crate::session::LONGEST_REPLY;

/// The fields of a line, all of them needed.
const FIELDS: [&str; 3] = ["from", "at", "text"];
const SPEAKERS: [&str; 2] = ["customer", "agent"];
/// How a moment is written.
pub const TIME_FORMS: &str = "mm:ss or hh:mm:ss";
const EXAMPLE: &str = r#"{"from": "customer", "at": "00:04", "text": "Where is my parcel?"}"#;
/// More hours than a year has.
const MOST_HOURS: u64 = 9_999;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    Customer,
    Agent,
}

/// What somebody said, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub from: Speaker,
    /// Seconds since 00:00.
    pub at: u64,
    /// Never empty; nothing hidden in it.
    pub text: String,
}

/// A line's field that could be read, with its place in the file.
pub(super) struct Placed<T> {
    pub value: T,
    pub span: Span,
}

/// What could be read of a line; none for each field that could not.
pub(super) struct Parts {
    pub from: Option<Speaker>,
    pub at: Option<Placed<u64>>,
    pub text: Option<String>,
}

/// Reads one line, without its end, that starts at byte `start` of the file, and reports everything that is wrong with it.
pub(super) fn read(line: &str, start: usize, findings: &mut Findings) -> Option<Parts> {
    let whole = start..start + line.len();
    let fields = match serde_json::from_str::<Fields>(line) {
        Ok(fields) => fields.0,
        Err(error) => {
            findings.push(broken(line, start, whole, &error));
            return None;
        }
    };
    let place = |raw: &RawValue| {
        let from = start + (raw.get().as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
        from..from + raw.get().len()
    };
    let mut values: [Option<&RawValue>; 3] = [None; 3];
    for (key, value) in fields {
        let name: String = serde_json::from_str(key.get()).unwrap_or_default();
        let Some(field) = FIELDS.iter().position(|field| *field == name) else {
            findings.push(unknown_field(&name, place(key)));
            continue;
        };
        if values[field].is_some() {
            findings.push(
                Diagnostic::error(place(key), format!("{} stands here twice", quote(&name)))
                    .why("Nobody can tell which of the two is meant.")
                    .help("Keep one."),
            );
        }
        values[field] = Some(value);
    }
    let missing: Vec<&str> =
        FIELDS.iter().zip(&values).filter(|(_, value)| value.is_none()).map(|(field, _)| *field).collect();
    if !missing.is_empty() {
        findings.push(
            Diagnostic::error(whole, format!("{} is missing", list(missing, "and")))
                .why("A line says who spoke, when, and what was said.")
                .help(format!("Write it like {EXAMPLE}.")),
        );
    }
    let [from, at, text] = values;
    let mut string = |value: Option<&RawValue>, field: &str, should: &str| {
        let value = value?;
        match serde_json::from_str::<String>(value.get()) {
            Ok(text) => Some(Placed { value: text, span: place(value) }),
            Err(_) => {
                findings.push(
                    Diagnostic::error(place(value), format!("{} is no text", quote(field)))
                        .why(should)
                        .help(format!("Write it in quotes, as in {EXAMPLE}.")),
                );
                None
            }
        }
    };
    let from = string(from, "from", "It says who spoke.");
    let at = string(at, "at", "It says when the line was said, counted from the beginning.");
    let text = string(text, "text", "It holds the words that were said.");
    Some(Parts {
        from: from.and_then(|from| speaker(&from, findings)),
        at: at.and_then(|at| moment(at, findings)),
        text: text.and_then(|text| words(text, findings)),
    })
}

fn broken(line: &str, start: usize, whole: Span, error: &serde_json::Error) -> Diagnostic {
    let first = line.trim_start();
    let is_object = first.starts_with('{');
    let span = if is_object {
        let at = line.floor_char_boundary(error.column().saturating_sub(1));
        start + at..start + line.ceil_char_boundary(at + 1)
    } else {
        whole
    };
    let reason = error.to_string();
    let reason = match error.classify() {
        Category::Eof => "it ends here, in the middle",
        _ => reason.split(" at line ").next().unwrap_or_default(),
    };
    let title = if is_object { "this line is no complete JSON object" } else { "this line is no JSON object" };
    let diagnostic = Diagnostic::error(span, title);
    let diagnostic = if is_object { diagnostic.label(visible(reason)) } else { diagnostic };
    diagnostic
        .why("A transcript has one JSON object a line, whole on that line (JSON Lines).")
        .help(format!("Write it like {EXAMPLE}."))
}

fn unknown_field(name: &str, span: Span) -> Diagnostic {
    let help = match closest(name, FIELDS) {
        Some(near) => format!("Did you mean {}? A line has {}.", quote(near), list(FIELDS, "and")),
        None => format!("Leave it out: a line has {}, and nothing else.", list(FIELDS, "and")),
    };
    Diagnostic::error(span, format!("there is no field {}", quote(name)))
        .why("What nobody reads may be a slip of the keyboard.")
        .help(help)
}

fn speaker(from: &Placed<String>, findings: &mut Findings) -> Option<Speaker> {
    match from.value.as_str() {
        "customer" => Some(Speaker::Customer),
        "agent" => Some(Speaker::Agent),
        other => {
            let help = match closest(other, SPEAKERS) {
                Some(near) => format!("Did you mean {}?", quote(near)),
                None => format!("Write {}. Leave out lines of anybody else.", list(SPEAKERS, "or")),
            };
            findings.push(
                Diagnostic::error(from.span.clone(), format!("{} is nobody in a transcript", quote(other)))
                    .why("The rules judge a talk between a customer and an agent.")
                    .help(help),
            );
            None
        }
    }
}

fn moment(at: Placed<String>, findings: &mut Findings) -> Option<Placed<u64>> {
    let seconds = seconds(&at.value);
    if seconds.is_none() {
        findings.push(
            Diagnostic::error(at.span.clone(), format!("{} is no time", quote(&at.value)))
                .why(format!("Times are counted from the beginning of the talk, as {TIME_FORMS}."))
                .help("Write it like \"02:15\" or \"01:02:15\"; minutes and seconds behind a colon are 00 to 59."),
        );
    }
    Some(Placed { value: seconds?, span: at.span })
}

/// The seconds of `mm:ss` or `hh:mm:ss`. The first part may be larger than 59: some talks are long.
fn seconds(words: &str) -> Option<u64> {
    let parts: Vec<&str> = words.split(':').collect();
    let number = |part: &str| -> Option<u64> {
        let digits = !part.is_empty() && part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok())?
    };
    let small = |part: &str| number(part).filter(|number| part.len() == 2 && *number < 60);
    let (hours, minutes, seconds) = match parts[..] {
        [minutes, seconds] => (0, number(minutes)?, small(seconds)?),
        [hours, minutes, seconds] => (number(hours)?, small(minutes)?, small(seconds)?),
        _ => return None,
    };
    let total = hours * 3600 + minutes * 60 + seconds;
    (total <= MOST_HOURS * 3600).then_some(total)
}

fn words(text: Placed<String>, findings: &mut Findings) -> Option<String> {
    let said = plain(&text.value);
    let problem = if said.is_empty() {
        Diagnostic::error(text.span, "nothing is said in this line")
            .why("An empty line has nothing to judge.")
            .help("Leave the line out. A silence shows in the times of the lines around it.")
    } else if said.len() > LONGEST_REPLY {
        Diagnostic::error(text.span.start..text.span.start + 1, "this line is too long")
            .label(format!("{} bytes", said.len()))
            .why(format!("A line of a transcript has {LONGEST_REPLY} bytes at most, as a reply in a session has."))
            .help("Split it where the speaker paused, or leave out what was only quoted.")
    } else {
        return Some(said);
    };
    findings.push(problem);
    None
}

/// The words without what a screen would hide, or be steered or turned round by: exports of chats are full of it.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', " ");
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        // A joiner behind a picture makes one emoji of two.
        let joins = c == '\u{200D}' && plain.chars().next_back().is_some_and(|before| before >= '\u{2190}');
        if joins || !is_hidden(c) {
            plain.push(c);
        }
    }
    plain.trim().to_owned()
}

/// The keys and values of an object in their order, with repetitions.
struct Fields<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Vec<(&'de RawValue, &'de RawValue)>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    if fields.len() == MOST_FIELDS {
                        return Err(A::Error::custom(format!("more than {MOST_FIELDS} fields")));
                    }
                    fields.push(entry);
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Object).map(Fields)
    }
}

/// So many fields no line has.
const MOST_FIELDS: usize = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_minutes_and_seconds_or_hours_too() {
        assert_eq!(seconds("00:00"), Some(0));
        assert_eq!(seconds("02:15"), Some(135));
        assert_eq!(seconds("2:15"), Some(135));
        assert_eq!(seconds("75:00"), Some(4500));
        assert_eq!(seconds("01:02:15"), Some(3735));
        assert_eq!(seconds("49:00:00"), Some(176_400));
    }

    #[test]
    fn other_times_are_none() {
        for words in [
            "",
            ":",
            "12",
            "1:2",
            "00:60",
            "01:60:00",
            "-1:00",
            "+1:00",
            "00:00:00:00",
            "1.5:00",
            "٠٢:١٥",
            "99999:00:00",
        ] {
            assert_eq!(seconds(words), None, "{words}");
        }
    }

    #[test]
    fn what_hides_or_steers_is_left_out_of_the_words() {
        assert_eq!(plain(" a\u{1b}[2Jb\u{200b}\u{202e}c\r\nd\u{ad}\t "), "a[2Jbc\nd");
        assert_eq!(plain("👩\u{200d}💻 a\u{200d}b"), "👩\u{200d}💻 ab");
    }
}
