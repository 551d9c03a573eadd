//! One reply as a line of JSON in, its reading as a line of JSON out.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::diagnostic::quote::{closest, list, quote, visible};
use crate::language::{Act, LanguagePack, Reading, Reason, Span, moment};
use crate::locale::{text, text_with};

/// Messages of the JSON reader may hold what stands in the file; more of them than this is not repeated. In characters.
const LONGEST_REASON: usize = 200;

/// A reply to be read, as it stands in the line. Other fields are passed over.
#[derive(Debug, Default, Deserialize)]
pub struct Request {
    /// As it stands in the line, so that no number loses digits.
    #[serde(default)]
    pub id: Option<Box<RawValue>>,
    #[serde(default)]
    pub lang: Option<String>,
    #[serde(default)]
    pub customer: Option<String>,
    pub reply: String,
    #[serde(default)]
    now: Option<String>,
}

impl Request {
    /// The request of a line.
    ///
    /// # Errors
    /// What is wrong with it, with its place where there is one.
    pub fn of(line: &[u8]) -> Result<(Request, Option<DateTime>), Refusal> {
        let words = std::str::from_utf8(line).map_err(|error| Refusal {
            column: Some(error.valid_up_to() + 1),
            error: text("read-not-utf8"),
            advice: text("read-not-utf8-help"),
            ..Refusal::default()
        })?;
        if words.trim().is_empty() {
            return Err(Refusal { error: text("read-blank"), advice: text("read-form"), ..Refusal::default() });
        }
        // A list would fill the fields by their order.
        if !words.trim_start().starts_with('{') {
            return Err(Refusal { error: text("read-no-object"), advice: text("read-form"), ..Refusal::default() });
        }
        let request: Request = serde_json::from_str(words).map_err(|error| Refusal {
            id: id_of(words),
            column: Some(error.column()).filter(|column| *column > 0),
            error: reason(&error),
            advice: text("read-form"),
            ..Refusal::default()
        })?;
        // Kept as it stands, it must still be sound: its text may hold half a character.
        if let Some(id) = &request.id {
            serde_json::from_str::<Value>(id.get()).map_err(|error| Refusal {
                error: reason(&error),
                advice: text("read-form"),
                ..Refusal::default()
            })?;
        }
        let now = match request.now.as_deref().filter(|now| !now.is_empty()) {
            None => None,
            Some(stated) => Some(moment::parse(stated).ok_or_else(|| Refusal {
                id: request.id.clone(),
                error: text_with("read-no-moment", [("words", quote(stated).into())]),
                advice: text("read-moment-form"),
                ..Refusal::default()
            })?),
        };
        Ok((request, now))
    }
}

/// The id of a line that is JSON but no request.
fn id_of(words: &str) -> Option<Box<RawValue>> {
    #[derive(Deserialize)]
    struct Named {
        id: Option<Box<RawValue>>,
    }
    let named: Named = serde_json::from_str(words).ok()?;
    named.id.filter(|id| serde_json::from_str::<Value>(id.get()).is_ok())
}

/// What the JSON reader says, without its own "at line 1 column 5": the place is told apart.
pub fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = plain(words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words));
    let mut short: String = words.chars().take(LONGEST_REASON).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    visible(&short)
}

/// The JSON reader's words, where they are not plain, in plain ones.
fn plain(words: &str) -> String {
    if ["hex escape", "surrogate", "unicode code point"].iter().any(|half| words.contains(half)) {
        return text("read-half-character");
    }
    if let Some((found, wanted)) = words.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        let kind = |words: &str| match words {
            "a string" => text("read-kind-text"),
            "sequence" | "a sequence" => text("read-kind-list"),
            "map" | "a map" => text("read-kind-object"),
            other => other.to_owned(),
        };
        return text_with("read-other-kind", [("found", kind(found).into()), ("wanted", kind(wanted).into())]);
    }
    if let Some((unknown, _)) = words.strip_prefix("unknown variant `").and_then(|rest| rest.split_once('`')) {
        let ids = || Act::ALL.iter().map(|act| act.id());
        let word = quote(unknown).into();
        return match closest(unknown, ids()) {
            Some(near) => text_with("read-no-act-near", [("word", word), ("near", near.into())]),
            None => text_with("read-no-act", [("word", word), ("acts", list(ids(), "and").into())]),
        };
    }
    if let Some(field) = words.strip_prefix("missing field ") {
        return text_with("read-missing-field", [("field", field.to_owned().into())]);
    }
    if words.starts_with("EOF while parsing") {
        return text("read-ends-early");
    }
    words.to_owned()
}

/// The languages that have packs, listed.
pub fn languages() -> String {
    list(LanguagePack::bundled_languages(), "and")
}

/// A line that cannot be read.
#[derive(Debug, Default, Serialize)]
pub struct Refusal {
    pub id: Option<Box<RawValue>>,
    /// From 1.
    pub line: u64,
    /// In bytes, from 1; none where the whole line is meant.
    pub column: Option<usize>,
    pub error: String,
    pub advice: String,
}

/// The reading of a reply.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    id: Option<&'a RawValue>,
    lang: Option<&'a str>,
    recognised: bool,
    acts: Vec<ActRecord<'a>>,
    promises: Vec<PromiseRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct ActRecord<'a> {
    act: Act,
    /// Bytes of the reply.
    start: usize,
    end: usize,
    text: &'a str,
    /// 0 to 1.
    certainty: f64,
    because: String,
}

#[derive(Debug, Serialize)]
struct PromiseRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    due: Option<String>,
}

impl<'a> Record<'a> {
    pub fn of(request: &'a Request, lang: Option<&'a str>, reading: &Reading) -> Record<'a> {
        let words = |span: Span| span.of(&request.reply);
        Record {
            id: request.id.as_deref(),
            lang,
            recognised: reading.recognised,
            acts: reading
                .acts
                .iter()
                .map(|found| ActRecord {
                    act: found.act,
                    start: found.span.start,
                    end: found.span.end,
                    text: words(found.span),
                    certainty: f64::from(found.certainty) / 100.0,
                    because: because(&found.because),
                })
                .collect(),
            promises: reading
                .promises
                .iter()
                .map(|promise| PromiseRecord {
                    start: promise.span.start,
                    end: promise.span.end,
                    text: words(promise.span),
                    due: promise.due.map(moment::print),
                })
                .collect(),
        }
    }
}

/// Why the reader sees an act: "phrase: …" with the pattern of the pack, "construction: …" with its name, "example: …"
/// with the labelled clause that it is like.
pub fn because(reason: &Reason) -> String {
    match reason {
        Reason::Phrase(pattern) => format!("phrase: {pattern}"),
        Reason::Construction(name) => format!("construction: {name}"),
        Reason::Example(like) => format!("example: {like}"),
    }
}
