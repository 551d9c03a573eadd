//! The customer's mood: anger, trust and patience, and the table by which replies move it.

use serde::{Deserialize, Serialize};

use crate::scenario::{Style, Temper};

/// Anger, trust and patience, 0 to 100 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mood {
    pub anger: u8,
    pub trust: u8,
    pub patience: u8,
}

impl Mood {
    /// The mood at the first ring.
    #[must_use]
    pub fn of(temper: &Temper) -> Self {
        Self { anger: temper.anger, trust: temper.trust, patience: temper.patience }
    }
}

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident),+ $(,)?) => {
        /// What can move a mood, in the words of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Cause { $($(#[$doc])* $variant),+ }

        impl Cause {
            /// Every cause, in the order in which the table is best read.
            pub const ALL: &'static [Cause] = &[$(Cause::$variant),+];
        }
    };
}

causes! {
    /// Every reply costs a little patience.
    Turn,
    ApologyEarly,
    ApologyLate,
    ApologyAgain,
    ApologyTooOften,
    Empathy,
    EmpathyAgain,
    Paraphrase,
    /// A question for a fact that is needed and unknown.
    QuestionNeeded,
    /// Any other fresh question.
    QuestionOther,
    /// A question for what was already told.
    QuestionTold,
    OfferFits,
    /// An offer before the agent showed any understanding.
    OfferCold,
    OfferTooEarly,
    OfferRuledOut,
    OfferBeyondAuthority,
    OfferUnreasonable,
    /// A remedy that the scenario does not know.
    OfferOther,
    /// The customer takes an offer.
    Accepted,
    NextStep,
    TimedPromise,
    VaguePromise,
    Courtesy,
    CheckBack,
    Identify,
    NamesCustomer,
    /// The reason why the wish cannot be met, given plainly.
    ReasonGiven,
    Jargon,
    Arguing,
    BlameShift,
    BrushOff,
    Rudeness,
    /// A reply that does none of the acts.
    NothingDone,
    NotRecognised,
    /// Each further minute of silence on the line beyond what the channel allows.
    Silence,
    PromiseKept,
    PromiseEarly,
    PromiseLate,
    PromiseForgotten,
}

impl Cause {
    /// The name used in the table and in events, such as `apology_early`.
    #[must_use]
    pub fn id(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(id)) => id,
            _ => format!("{self:?}"),
        }
    }
}

/// How a cause moves the mood, in points before the customer's temper scales them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Shift {
    pub anger: i32,
    pub trust: i32,
    pub patience: i32,
}

/// The documented table: data, not code.
#[derive(Clone, Debug, PartialEq)]
pub struct MoodTable {
    shifts: std::collections::BTreeMap<Cause, Shift>,
    pub limits: Limits,
    hash: String,
}

/// Thresholds of the mood model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// From this anger on the customer walks away.
    pub walks_away_at_anger: u8,
    /// At this patience or below the customer walks away.
    pub walks_away_at_patience: u8,
    /// From this anger on a customer gives one fact at a time.
    pub holds_back_at_anger: u8,
    /// An offer is taken when `heals + trust / 2 - anger / 2` reaches this.
    pub accepts_from: i32,
    /// So much more for a customer who pushes for more.
    pub manipulative_wants_more: i32,
    /// An apology counts as early within this many replies.
    pub early_replies: usize,
    /// Seconds of silence that a channel forgives.
    pub silence: Silence,
}

/// Seconds of silence that are forgiven, by channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    pub phone: u64,
    pub chat: u64,
    pub email: u64,
    pub counter: u64,
    pub review: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    shifts: Vec<(Cause, Shift)>,
    limits: Limits,
}

/// A mood table that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MoodTableError {
    #[error("{name}:{position}: {reason}. Mend the mood table or remove it to use the one that comes with Calmline.")]
    Syntax { name: String, position: String, reason: String },
    #[error("{name}: no row for {missing}. Every cause needs a row; write zeros where it should not matter.")]
    Missing { name: String, missing: String },
    #[error("{name}: more than one row for {twice}. Keep one.")]
    Twice { name: String, twice: String },
}

impl MoodTable {
    /// The table that comes with Calmline.
    ///
    /// # Panics
    /// Never: a test reads the bundled table.
    #[must_use]
    pub fn bundled() -> Self {
        Self::from_ron("assets/moods/standard.ron", include_str!("../../assets/moods/standard.ron"))
            .expect("the bundled mood table is tested")
    }

    /// # Errors
    /// Where the text is no mood table, or a cause has no row or two.
    pub fn from_ron(name: &str, text: &str) -> Result<Self, MoodTableError> {
        let source: Source = ron::from_str(text).map_err(|error| MoodTableError::Syntax {
            name: name.into(),
            position: format!("{}:{}", error.span.start.line, error.span.start.col),
            reason: error.code.to_string(),
        })?;
        let mut shifts = std::collections::BTreeMap::new();
        let mut twice = Vec::new();
        for (cause, shift) in source.shifts {
            if shifts.insert(cause, shift).is_some() {
                twice.push(cause.id());
            }
        }
        if !twice.is_empty() {
            return Err(MoodTableError::Twice { name: name.into(), twice: twice.join(", ") });
        }
        let missing: Vec<_> = Cause::ALL.iter().filter(|cause| !shifts.contains_key(cause)).map(|c| c.id()).collect();
        if !missing.is_empty() {
            return Err(MoodTableError::Missing { name: name.into(), missing: missing.join(", ") });
        }
        Ok(Self { shifts, limits: source.limits, hash: crate::fingerprint::sha256(text.as_bytes()) })
    }

    /// SHA-256 of the table's text, in hex.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The mood after one cause. Volatility scales what hurts, forgiveness what heals; both from half to one and a half times.
    #[must_use]
    pub fn moved(&self, mood: Mood, cause: Cause, temper: &Temper, style: Style) -> Mood {
        let shift = self.shifts.get(&cause).copied().unwrap_or_default();
        self.shifted(mood, shift, temper, style)
    }

    /// The mood after an offer that heals this much was taken.
    #[must_use]
    pub fn relieved(&self, mood: Mood, heals: u8, temper: &Temper, style: Style) -> Mood {
        let base = self.shifts.get(&Cause::Accepted).copied().unwrap_or_default();
        let part = |points: i32| points * i32::from(heals) / 100;
        let shift = Shift { anger: part(base.anger), trust: part(base.trust), patience: part(base.patience) };
        self.shifted(mood, shift, temper, style)
    }

    #[allow(clippy::unused_self)]
    fn shifted(&self, mood: Mood, shift: Shift, temper: &Temper, style: Style) -> Mood {
        let kindness = if style == Style::Kind { 0.8 } else { 1.0 };
        let hurts = (0.5 + temper.volatility) * kindness;
        let heals = 0.5 + temper.forgiveness;
        let moved = |from: u8, by: i32, good: bool| {
            let scale = if good { heals } else { hurts };
            let to = i32::from(from) + (f64::from(by) * scale).round() as i32;
            to.clamp(0, 100) as u8
        };
        Mood {
            anger: moved(mood.anger, shift.anger, shift.anger < 0),
            trust: moved(mood.trust, shift.trust, shift.trust > 0),
            patience: moved(mood.patience, shift.patience, shift.patience > 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_table_has_every_cause() {
        let table = MoodTable::bundled();
        assert_eq!(table.shifts.len(), Cause::ALL.len());
    }

    #[test]
    fn a_missing_row_is_named() {
        let text = include_str!("../../assets/moods/standard.ron").replace("(rudeness,", "(arguing,");
        let error = MoodTable::from_ron("mine.ron", &text).expect_err("a row is missing");
        assert!(error.to_string().contains("arguing"), "{error}");
    }

    #[test]
    fn a_volatile_customer_takes_an_insult_harder_and_a_forgiving_one_an_apology_better() {
        let table = MoodTable::bundled();
        let at_ease = Temper { volatility: 0.1, forgiveness: 0.1, ..Temper::default() };
        let touchy = Temper { volatility: 0.9, forgiveness: 0.9, ..at_ease };
        let start = Mood { anger: 50, trust: 50, patience: 50 };
        let after = |temper, cause| table.moved(start, cause, temper, Style::Precise);
        assert!(after(&touchy, Cause::Rudeness).anger > after(&at_ease, Cause::Rudeness).anger);
        assert!(after(&touchy, Cause::ApologyEarly).anger < after(&at_ease, Cause::ApologyEarly).anger);
    }
}
