//! Values in words: acts, outcomes, moods, days.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::language::Act;
use crate::locale::{has, text, text_with};
use crate::report::{anger_word, patience_word, trust_word};
use crate::rules::Verdict;
use crate::scenario::{Channel, Outcome};
use crate::session::{Mode, Mood};

/// One of the three parts of a mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoodPart {
    Anger,
    Trust,
    Patience,
}

impl MoodPart {
    /// Its name, to begin a line.
    #[must_use]
    pub fn name(self) -> String {
        sentence(&text(match self {
            MoodPart::Anger => "mood-anger",
            MoodPart::Trust => "mood-trust",
            MoodPart::Patience => "mood-patience",
        }))
    }

    #[must_use]
    pub fn of(self, mood: Mood) -> u8 {
        match self {
            MoodPart::Anger => mood.anger,
            MoodPart::Trust => mood.trust,
            MoodPart::Patience => mood.patience,
        }
    }
}

/// The word for a part of the mood at a level of 0 to 100.
#[must_use]
pub fn mood_word(part: MoodPart, value: u8) -> String {
    match part {
        MoodPart::Anger => anger_word(value),
        MoodPart::Trust => trust_word(value),
        MoodPart::Patience => patience_word(value),
    }
}

/// The words with a capital letter, to begin a line.
#[must_use]
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[must_use]
pub fn channel_words(channel: Channel) -> String {
    sentence(&text(match channel {
        Channel::Phone => "channel-phone",
        Channel::Chat => "channel-chat",
        Channel::Email => "channel-email",
        Channel::Counter => "channel-counter",
        Channel::Review => "channel-review",
    }))
}

#[must_use]
pub fn mode_words(mode: Mode) -> String {
    text(match mode {
        Mode::Learn => "mode-learn",
        Mode::Practise => "mode-practise",
        Mode::Assess => "mode-assess",
    })
}

#[must_use]
pub fn outcome_words(outcome: Outcome) -> String {
    text(&format!("outcome-{}", outcome.id().replace('_', "-")))
}

#[must_use]
pub fn verdict_words(verdict: Verdict) -> String {
    text(match verdict {
        Verdict::Kept => "verdict-kept",
        Verdict::PartlyKept => "verdict-partly-kept",
        Verdict::Broken => "verdict-broken",
        Verdict::NotCalledFor => "verdict-not-called-for",
    })
}

#[must_use]
pub fn act_words(act: Act) -> String {
    sentence(&text(&format!("act-{}", act.id())))
}

/// What moved the mood; nothing where it is not worth a word.
#[must_use]
pub fn cause_words(cause: &str) -> Option<String> {
    let key = format!("window-cause-{}", cause.replace('_', "-"));
    has(&key).then(|| text(&key))
}

#[must_use]
pub fn rule_title(rule: &str) -> String {
    text(&format!("rule-{rule}"))
}

/// So many seconds in words: `4 min`, `1 h 20 min`, `35 s`.
#[must_use]
pub fn duration(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match (hours, minutes) {
        (0, 0) => text_with("window-seconds", [("count", seconds.into())]),
        (0, minutes) => text_with("window-minutes", [("count", minutes.into())]),
        (hours, 0) => text_with("window-hours", [("count", hours.into())]),
        (hours, minutes) => text_with("window-hours-minutes", [("hours", hours.into()), ("minutes", minutes.into())]),
    }
}

/// The day and time of a moment, where the person lives.
#[must_use]
pub fn day(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// How long ago a moment was, in round words.
#[must_use]
pub fn ago(moment: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(moment).as_mins();
    match minutes {
        ..2 => text("window-just-now"),
        2..120 => text_with("window-minutes-ago", [("count", minutes.into())]),
        120..2880 => text_with("window-hours-ago", [("count", (minutes / 60).into())]),
        _ => text_with("window-days-ago", [("count", (minutes / 1440).into())]),
    }
}
