//! The rubric: every weight, point, window, limit and cap, read from RON and checked.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::{CriticalKind, RULES, Rule, Way};
use crate::scenario::{Channel, Outcome};

/// The largest rubric file that is read.
const MOST_BYTES: usize = 1 << 20;

/// How the rules weigh and what they allow. A session freezes its rubric by [`Rubric::hash`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    pub name: String,
    /// A rule's verdict is *kept* from this many points on.
    pub kept_from: u8,
    /// A rule's verdict is *broken* below this many points.
    pub broken_below: u8,
    pub outcome: Outcomes,
    pub caps: Caps,
    pub limits: Limits,
    /// By rule id.
    #[serde(deserialize_with = "without_duplicates")]
    pub rules: BTreeMap<String, RuleWeights>,
    /// SHA-256 of the file, in hexadecimal.
    #[serde(skip)]
    pub hash: String,
    /// The file's text, to be kept with an attempt.
    #[serde(skip)]
    pub source: String,
}

/// How much the ending counts, and what each is worth out of 100; an ending without a value does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    pub weight: u32,
    pub resolved: Option<u8>,
    pub settled: Option<u8>,
    pub unresolved: Option<u8>,
    pub escalated: Option<u8>,
    pub hung_up: Option<u8>,
    pub went_public: Option<u8>,
    pub left: Option<u8>,
}

/// The highest whole score that each critical failing leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caps {
    pub rudeness: u8,
    /// How sure the reader must be of a rude word, in percent, for it to cap the whole score. Below that it costs only what the
    /// rules take for it. Left out, any rude word caps, as it did in older rubrics.
    #[serde(default)]
    pub rudeness_from: u8,
    pub promise_forgotten: u8,
    pub hung_up: u8,
    pub went_public: u8,
}

/// What the rules allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Up to this many replies, a talk that just stops is not blamed for what belongs to its later part.
    pub unfinished_replies: usize,
    /// An apology is early within this many replies.
    pub early_apology: usize,
    /// This many plain apologies are free, fresh failings apart.
    pub apologies: usize,
    /// This many apologies within one reply are free.
    pub apologies_in_one_reply: usize,
    /// Empathy is early within this many replies.
    pub early_empathy: usize,
    /// A customer is angry from this anger on, 0 to 100.
    pub angry_from: u8,
    /// A customer is in distress from this anger on, 0 to 100.
    pub distress_from: u8,
    /// A reply of fewer words is curt.
    pub curt_words: usize,
    /// This many exclamation marks in one reply are jolly.
    pub jolly_marks: usize,
    /// `adapt` needs this many replies to say anything.
    pub adapt_replies: usize,
    /// `plain-language` needs this many words in all to say anything.
    pub plain_words: usize,
    pub phone: ThroughChannel,
    pub chat: ThroughChannel,
    pub email: ThroughChannel,
    pub counter: ThroughChannel,
    pub review: ThroughChannel,
}

/// What is prompt and what is long on one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThroughChannel {
    /// Simulated seconds within which an answer is prompt.
    pub prompt: u32,
    /// Simulated seconds after which it is late.
    pub late: u32,
    /// Words that a reply may have.
    pub words: usize,
    /// Words that a reply to an angry customer may have.
    pub words_when_angry: usize,
}

/// One rule's weight and points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleWeights {
    /// How much the rule weighs in the whole score.
    pub weight: u32,
    /// Points before anything is found, 0 to 100.
    #[serde(default)]
    pub starts_at: u8,
    /// By the key of the note.
    #[serde(deserialize_with = "without_duplicates")]
    pub notes: BTreeMap<String, Points>,
}

/// What a note gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// -100 to 100: for each time, or for all occasions together where the note shares them.
    pub points: i32,
    /// How often it counts at most.
    #[serde(default)]
    pub most: Option<usize>,
}

/// A rubric that cannot be used, with everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is no rubric:\n  {}", problems.join("\n  "))]
pub struct RubricError {
    pub name: String,
    pub problems: Vec<String>,
}

impl Rubric {
    /// The rubric that comes with the program.
    #[must_use]
    pub fn bundled() -> &'static Rubric {
        static STANDARD: LazyLock<Rubric> = LazyLock::new(|| {
            Rubric::load("standard.ron", include_bytes!("../../assets/rubrics/standard.ron"))
                .expect("a test loads the bundled rubric")
        });
        &STANDARD
    }

    /// Reads and checks a rubric; `name` is what errors call it.
    ///
    /// # Errors
    /// Everything that is wrong at once: no UTF-8, no RON of this shape (with line and column), values out of range,
    /// rules or notes that are missing or unknown.
    pub fn load(name: &str, bytes: &[u8]) -> Result<Rubric, RubricError> {
        let failed = |problems| Err(RubricError { name: name.into(), problems });
        if bytes.len() > MOST_BYTES {
            return failed(vec![format!("it is larger than {MOST_BYTES} bytes")]);
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => return failed(vec![format!("byte {} is not UTF-8", error.valid_up_to())]),
        };
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let mut rubric: Rubric = match options.from_str(text) {
            Ok(rubric) => rubric,
            Err(error) => return failed(vec![format!("{}: {}", error.span.start, error.code)]),
        };
        let problems = rubric.problems();
        if !problems.is_empty() {
            return failed(problems);
        }
        rubric.hash = crate::fingerprint::sha256(bytes);
        rubric.source = text.to_owned();
        Ok(rubric)
    }

    /// The cap that a critical failing sets.
    #[must_use]
    pub fn cap(&self, kind: CriticalKind) -> u8 {
        match kind {
            CriticalKind::Rudeness => self.caps.rudeness,
            CriticalKind::PromiseForgotten => self.caps.promise_forgotten,
            CriticalKind::HungUp => self.caps.hung_up,
            CriticalKind::WentPublic => self.caps.went_public,
        }
    }

    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut hold = |holds: bool, problem: String| {
            if !holds {
                problems.push(problem);
            }
        };
        hold(!self.name.trim().is_empty(), "name: a rubric needs one".into());
        hold(self.broken_below <= self.kept_from, "broken_below: must not be above kept_from".into());
        let outcome = &self.outcome;
        let hundreds = [
            ("kept_from", Some(self.kept_from)),
            ("broken_below", Some(self.broken_below)),
            ("outcome.resolved", outcome.resolved),
            ("outcome.settled", outcome.settled),
            ("outcome.unresolved", outcome.unresolved),
            ("outcome.escalated", outcome.escalated),
            ("outcome.hung_up", outcome.hung_up),
            ("outcome.went_public", outcome.went_public),
            ("outcome.left", outcome.left),
            ("caps.rudeness", Some(self.caps.rudeness)),
            ("caps.rudeness_from", Some(self.caps.rudeness_from)),
            ("caps.promise_forgotten", Some(self.caps.promise_forgotten)),
            ("caps.hung_up", Some(self.caps.hung_up)),
            ("caps.went_public", Some(self.caps.went_public)),
            ("limits.angry_from", Some(self.limits.angry_from)),
            ("limits.distress_from", Some(self.limits.distress_from)),
        ];
        for (what, value) in hundreds {
            let value = value.unwrap_or_default();
            hold(value <= 100, format!("{what}: {value} is above 100"));
        }
        hold(outcome.weight <= 100, format!("outcome.weight: {} is above 100", outcome.weight));
        let limits = &self.limits;
        for (what, value) in [
            ("early_apology", limits.early_apology),
            ("apologies", limits.apologies),
            ("apologies_in_one_reply", limits.apologies_in_one_reply),
            ("early_empathy", limits.early_empathy),
            ("jolly_marks", limits.jolly_marks),
        ] {
            hold(value > 0, format!("limits.{what}: must be at least 1"));
        }
        for (what, channel) in [
            ("phone", limits.phone),
            ("chat", limits.chat),
            ("email", limits.email),
            ("counter", limits.counter),
            ("review", limits.review),
        ] {
            hold(channel.prompt > 0, format!("limits.{what}.prompt: must be at least 1"));
            hold(channel.prompt <= channel.late, format!("limits.{what}.late: must not be below prompt"));
            hold(channel.words > 0 && channel.words_when_angry > 0, format!("limits.{what}.words: must be at least 1"));
        }
        for rule in RULES {
            match self.rules.get(rule.id) {
                Some(weights) => weights.check(rule, &mut hold),
                None => hold(false, format!("rules: {:?} is missing", rule.id)),
            }
        }
        for id in self.rules.keys() {
            hold(super::rule(id).is_some(), format!("rules: there is no rule {id:?}"));
        }
        hold(self.rules.values().any(|rule| rule.weight > 0), "rules: one of them must weigh something".into());
        problems
    }
}

impl RuleWeights {
    fn check(&self, rule: &Rule, hold: &mut impl FnMut(bool, String)) {
        let id = rule.id;
        hold(self.weight <= 100, format!("rules.{id}.weight: {} is above 100", self.weight));
        hold(self.starts_at <= 100, format!("rules.{id}.starts_at: {} is above 100", self.starts_at));
        for note in rule.weighed_notes() {
            let Some(points) = self.notes.get(note.key) else {
                hold(false, format!("rules.{id}.notes: {:?} is missing", note.key));
                continue;
            };
            let fits = match note.way {
                Way::Costs => (-100..=0).contains(&points.points),
                Way::Earns | Way::Shares | Way::Forgoes => (0..=100).contains(&points.points),
            };
            let range = if note.way == Way::Costs { "-100 to 0" } else { "0 to 100" };
            hold(fits, format!("rules.{id}.notes.{}: {} is not {range}", note.key, points.points));
        }
        for key in self.notes.keys() {
            hold(
                rule.weighed_notes().any(|note| note.key == key),
                format!("rules.{id}.notes: there is no note {key:?}"),
            );
        }
    }
}

impl Outcomes {
    /// What the ending is worth; none where it does not count.
    #[must_use]
    pub fn worth(&self, outcome: Outcome) -> Option<u8> {
        match outcome {
            Outcome::Resolved => self.resolved,
            Outcome::Settled => self.settled,
            Outcome::Unresolved => self.unresolved,
            Outcome::Escalated => self.escalated,
            Outcome::HungUp => self.hung_up,
            Outcome::WentPublic => self.went_public,
            Outcome::Left => self.left,
        }
    }
}

impl Limits {
    #[must_use]
    pub fn through(&self, channel: Channel) -> &ThroughChannel {
        match channel {
            Channel::Phone => &self.phone,
            Channel::Chat => &self.chat,
            Channel::Email => &self.email,
            Channel::Counter => &self.counter,
            Channel::Review => &self.review,
        }
    }
}

/// A map in which a key that stands twice is an error and not the last one's victory.
fn without_duplicates<'de, D, V>(deserializer: D) -> Result<BTreeMap<String, V>, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
{
    struct Unique<V>(std::marker::PhantomData<V>);
    impl<'de, V: Deserialize<'de>> Visitor<'de> for Unique<V> {
        type Value = BTreeMap<String, V>;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a map with each key once")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some((key, value)) = entries.next_entry::<String, V>()? {
                if map.contains_key(&key) {
                    return Err(serde::de::Error::custom(format!("{key:?} stands here twice")));
                }
                map.insert(key, value);
            }
            Ok(map)
        }
    }
    deserializer.deserialize_map(Unique(std::marker::PhantomData))
}
