//! What judging gives: a verdict a rule with its evidence, critical failings, one score.

use serde::{Deserialize, Serialize};

use super::PromiseRecord;
use crate::language::{Act, Span};
use crate::scenario::Outcome;

/// A whole session judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scorecard {
    /// 0 to 100, after critical failings have capped it.
    pub score: u8,
    /// 0 to 100, the weighted mean of the rules before any cap.
    pub uncapped: u8,
    pub outcome: Option<Outcome>,
    pub critical: Vec<Critical>,
    /// Every rule, headline rules first, in the order of the registry.
    pub rules: Vec<RuleScore>,
    pub promises: Vec<PromiseRecord>,
    /// How many replies the agent gave.
    pub turns: usize,
}

impl Scorecard {
    /// Whether the other says the same of everybody: the score, the caps and each rule's verdict and points. Why, a later version
    /// may explain more fully.
    #[must_use]
    pub fn judges_as(&self, other: &Scorecard) -> bool {
        let verdict = |rule: &RuleScore| (rule.rule.clone(), rule.verdict, rule.score, rule.weight);
        (self.score, self.uncapped, self.outcome) == (other.score, other.uncapped, other.outcome)
            && (&self.critical, &self.promises) == (&other.critical, &other.promises)
            && self.rules.iter().map(verdict).eq(other.rules.iter().map(verdict))
    }

    /// Whether any rule was called for: else there was nothing to judge, and the score says nothing about anybody.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.rules.iter().any(|rule| rule.score.is_some())
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleScore {
    pub rule: String,
    pub verdict: Verdict,
    /// 0 to 100; none where the rule was not called for.
    pub score: Option<u8>,
    /// How much it weighs in the whole, from the rubric.
    pub weight: u32,
    /// The points that every talk starts with, from the rubric; with those of the findings they make the score, within 0 to 100.
    #[serde(default)]
    pub starts_at: u8,
    /// Every point given or taken, with its words.
    pub findings: Vec<Finding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Kept,
    PartlyKept,
    Broken,
    NotCalledFor,
}

impl Verdict {
    /// The name used in files, such as `partly_kept`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Kept => "kept",
            Verdict::PartlyKept => "partly_kept",
            Verdict::Broken => "broken",
            Verdict::NotCalledFor => "not_called_for",
        }
    }
}

/// One reason for points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found, the key of its words in the locale: `apologise-early`.
    pub note: String,
    /// Positive where earned, negative where lost, out of 100.
    pub points: i32,
    /// An index into the conversation's turns; none where the finding is about what never came.
    pub turn: Option<usize>,
    pub span: Option<Span>,
    /// The words themselves, as written.
    pub words: String,
    pub act: Option<Act>,
    /// The key of a better wording in the phrase book, where one helps.
    pub better: Option<String>,
}

/// A failing that caps the whole score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Critical {
    pub kind: CriticalKind,
    /// The highest score that is left, from the rubric.
    pub cap: u8,
    pub turn: Option<usize>,
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriticalKind {
    Rudeness,
    PromiseForgotten,
    HungUp,
    WentPublic,
}

impl CriticalKind {
    /// The name used in files, such as `promise_forgotten`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            CriticalKind::Rudeness => "rudeness",
            CriticalKind::PromiseForgotten => "promise_forgotten",
            CriticalKind::HungUp => "hung_up",
            CriticalKind::WentPublic => "went_public",
        }
    }
}
