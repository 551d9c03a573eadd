//! What stands in the file of a language pack or of a company's.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::promise::TimeSource;
use super::writing::WritingSource;
use super::{Act, Contact};

/// The version of the pack format that this program reads.
pub(super) const FORMAT: u32 = 1;

/// A language pack's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "LanguagePack")]
pub(super) struct PackSource {
    pub format: u32,
    pub language: String,
    pub writing: WritingSource,
    pub classes: UniqueMap<Vec<String>>,
    pub phrases: Vec<PhraseGroup>,
    pub time: TimeSource,
    /// Officialese that no customer should have to read.
    #[serde(default)]
    pub jargon: Vec<String>,
    pub customer_lines: CustomerLines,
}

/// Patterns that mean the same.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhraseGroup {
    /// The acts that each of the patterns is; none where the group only plays a role or hides others.
    #[serde(default)]
    pub acts: Vec<Act>,
    /// 0 to 100.
    #[serde(default = "usual_certainty")]
    pub certainty: u8,
    #[serde(default)]
    pub within: Within,
    /// Whether a negation before it takes it back. Left out: as for helping acts yes, for hurting ones no.
    #[serde(default)]
    pub deniable: Option<bool>,
    /// Acts that are none where their words overlap with a match of this group.
    #[serde(default)]
    pub hides: Vec<Act>,
    /// Acts that the whole sentence does not hold, unless a phrase of the pack says so with more certainty.
    #[serde(default)]
    pub clears: Vec<Act>,
    #[serde(default)]
    pub role: Option<Role>,
    /// Not said where the whole reply holds one of these: a refusal with an alternative brushes nobody off.
    #[serde(default)]
    pub unless: Vec<Act>,
    pub patterns: Vec<String>,
    /// Whether it is the company's: what it says of its words is final, whatever they mean elsewhere.
    #[serde(skip)]
    pub own: bool,
}

fn usual_certainty() -> u8 {
    85
}

/// In which sentences a phrase counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum Within {
    #[default]
    Any,
    /// Only where the sentence ends with a question mark.
    Questions,
    /// Only where it does not.
    Statements,
}

/// What a phrase does besides being an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Role {
    /// Commits somebody to something: with a time it is a promise.
    Commits(Contact),
    /// Makes the time in its clause no promise: the past, opening hours, the customer's own deadline, a mere hope.
    Unbinds,
    /// A time that nobody can check.
    Vague,
    /// Puts what it names on the table, so that an offer of the scenario named beside it is proposed.
    Proposes,
    /// Turns down what it names.
    Refuses,
    /// Shows that the reply was placed although it holds no act: a greeting, an acknowledgement, plain information.
    Known,
}

/// Stock lines that a customer says where the scenario has none of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerLines {
    /// Puts the phone down.
    pub hang_up: Vec<String>,
    /// Takes it to the public.
    pub go_public: Vec<String>,
    /// Asks for a supervisor.
    pub escalate: Vec<String>,
    /// Was not called back and calls again.
    pub calls_again: Vec<String>,
    pub called_back_on_time: Vec<String>,
    pub called_back_late: Vec<String>,
    pub called_back_early: Vec<String>,
    /// After a long silence.
    pub still_there: Vec<String>,
    pub offer_accepted: Vec<String>,
    pub offer_declined: Vec<String>,
    /// An offer came before the trouble was understood.
    pub offer_too_early: Vec<String>,
    pub calmed: Vec<String>,
    pub thanks: Vec<String>,
    /// In answer to arguing or rudeness.
    pub provoked: Vec<String>,
    /// Was asked again for what was already told.
    pub already_told: Vec<String>,
    /// Could not make sense of the reply.
    pub not_understood: Vec<String>,
    /// Agrees to wait for a call.
    pub waits_for_call: Vec<String>,
}

impl CustomerLines {
    pub(super) fn fields(&self) -> [(&'static str, &[String]); 17] {
        [
            ("hang_up", &self.hang_up),
            ("go_public", &self.go_public),
            ("escalate", &self.escalate),
            ("calls_again", &self.calls_again),
            ("called_back_on_time", &self.called_back_on_time),
            ("called_back_late", &self.called_back_late),
            ("called_back_early", &self.called_back_early),
            ("still_there", &self.still_there),
            ("offer_accepted", &self.offer_accepted),
            ("offer_declined", &self.offer_declined),
            ("offer_too_early", &self.offer_too_early),
            ("calmed", &self.calmed),
            ("thanks", &self.thanks),
            ("provoked", &self.provoked),
            ("already_told", &self.already_told),
            ("not_understood", &self.not_understood),
            ("waits_for_call", &self.waits_for_call),
        ]
    }
}

/// A map whose keys may not be said twice.
#[derive(Debug)]
pub(super) struct UniqueMap<V>(pub BTreeMap<String, V>);

impl<V> Default for UniqueMap<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for UniqueMap<V> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Unique<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> serde::de::Visitor<'de> for Unique<V> {
            type Value = UniqueMap<V>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<String, V>()? {
                    if entries.contains_key(&key) {
                        return Err(serde::de::Error::custom(format_args!("`{key}` stands here twice")));
                    }
                    entries.insert(key, value);
                }
                Ok(UniqueMap(entries))
            }
        }
        deserializer.deserialize_map(Unique(std::marker::PhantomData))
    }
}

/// Everything that is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct PackError {
    pub problems: Vec<PackProblem>,
}

/// One thing that is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackProblem {
    /// The name of the pack's file.
    pub file: String,
    /// From 1.
    pub line: usize,
    pub reason: String,
}

impl std::fmt::Display for PackProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// `en` of `en-GB`.
pub(super) fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(name: &str, source: &str) -> Result<T, PackError> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .with_recursion_limit(64)
        .from_str(source)
        .map_err(|error| PackError {
            problems: vec![PackProblem {
                file: name.into(),
                line: error.span.start.line.max(1),
                reason: error.code.to_string(),
            }],
        })
}
