//! When a promise opens, is due, is late and is forgotten: the same for a played session and for a transcript.

use super::{Clock, Promise};
use crate::language::FoundPromise;
use crate::rules::PromiseStatus;
use crate::scenario::CallBack;

/// Promised moments closer than this are one promise said twice, in seconds.
const SAME_PROMISE: u64 = 300;

/// How many seconds around the promised moment still count, and when it counts as forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub early: u64,
    pub late: u64,
    pub forgotten: u64,
}

/// Where and when a promise was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made<'a> {
    /// Counted from 0 among the promises of the conversation.
    pub id: usize,
    /// The reply, counted from 1.
    pub reply: usize,
    /// The whole reply.
    pub text: &'a str,
    /// Seconds since the start.
    pub at: u64,
}

impl Window {
    #[must_use]
    pub fn of(call_back: &CallBack) -> Self {
        let seconds = |minutes: u32| u64::from(minutes) * 60;
        Self { early: seconds(call_back.early), late: seconds(call_back.late), forgotten: seconds(call_back.forgotten) }
    }
}

impl Promise {
    /// The promise as the ledger holds it; none where its moment is vague or has passed already.
    #[must_use]
    pub fn of(found: &FoundPromise, made: &Made, clock: Clock, window: Window) -> Option<Self> {
        let due = found.due?;
        let due_at = clock.seconds_to(due);
        if due_at < made.at {
            return None;
        }
        let opens =
            found.not_before.map_or(made.at, |from| clock.seconds_to(from).saturating_sub(window.early).max(made.at));
        Some(Self {
            id: made.id,
            reply: made.reply,
            span: found.span,
            text: found.span.of(made.text).to_owned(),
            made_at: made.at,
            due,
            opens,
            due_at,
            closes: due_at + window.late,
            forgotten: due_at + window.forgotten,
        })
    }

    /// Whether the other promises the same moment in other words.
    #[must_use]
    pub fn repeats(&self, other: &Promise) -> bool {
        self.due_at.abs_diff(other.due_at) <= SAME_PROMISE
    }

    /// What becomes of the promise when the agent gets in touch at this second.
    #[must_use]
    pub fn met_at(&self, at: u64) -> PromiseStatus {
        if at < self.opens {
            PromiseStatus::Early
        } else if at <= self.closes {
            PromiseStatus::Kept
        } else {
            PromiseStatus::Late
        }
    }

    /// Whole minutes from the promised moment to this second; negative before it.
    #[must_use]
    pub fn off_by_minutes(&self, at: u64) -> i64 {
        let seconds = i64::try_from(at).unwrap_or(i64::MAX) - i64::try_from(self.due_at).unwrap_or(i64::MAX);
        seconds.div_euclid(60)
    }
}
