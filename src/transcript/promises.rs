//! Promises in a transcript, and what its times tell of them.

use crate::language::{Contact, FoundPromise};
use crate::rules::{PromiseRecord, PromiseStatus};
use crate::scenario::CallBack;
use crate::session::{Clock, Made, Promise, Window};

/// A silence counts as being away for a promise from this part of the promised time on, and from so many seconds on.
const PART_OF_THE_WAIT: u64 = 4;
const SHORTEST_SILENCE: u64 = 60;

/// The promises of one transcript while its lines go by.
#[derive(Debug)]
pub(super) struct Ledger {
    clock: Clock,
    /// Whether anybody knows when the talk began.
    dated: bool,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    promise: Promise,
    /// An index into the conversation's turns.
    turn: usize,
    /// From this second on the agent's next line is the promised contact, whether anybody was away or not.
    ripe_from: u64,
    settled: Option<(PromiseStatus, u64)>,
}

impl Ledger {
    pub(super) fn new(clock: Clock, dated: bool) -> Self {
        Self { clock, dated, entries: Vec::new() }
    }

    /// Puts a promise of the agent's own contact into the ledger.
    pub(super) fn make(&mut self, found: &FoundPromise, turn: usize, reply: usize, text: &str, at: u64) {
        if found.contact != Contact::Agent {
            return;
        }
        let made = Made { id: self.entries.len(), reply, text, at };
        let whole = Window::of(&CallBack::default());
        let wait = found.due.map_or(0, |due| self.clock.seconds_to(due).saturating_sub(at));
        // Whoever goes on talking right after "in two minutes" is not back from it yet.
        let window = Window { early: whole.early.min(wait / PART_OF_THE_WAIT), ..whole };
        let Some(promise) = Promise::of(found, &made, self.clock, window) else { return };
        let mut open = self.entries.iter().filter(|entry| entry.settled.is_none());
        if !open.any(|entry| entry.promise.repeats(&promise)) {
            let ripe_from = promise.due_at.saturating_sub(window.early);
            self.entries.push(Entry { promise, turn, ripe_from, settled: None });
        }
    }

    /// The agent speaks at this second, after so many seconds in which nobody did. Settles what this tells of, and says
    /// whether the agent has come back to keep a promise.
    pub(super) fn agent_speaks(&mut self, at: u64, silence: u64) -> bool {
        let mut came_back = false;
        for entry in self.entries.iter_mut().filter(|entry| entry.settled.is_none()) {
            let promise = &entry.promise;
            let wait = promise.due_at - promise.made_at;
            let was_away = silence >= SHORTEST_SILENCE.max(wait / PART_OF_THE_WAIT);
            let status = if at > promise.forgotten {
                PromiseStatus::Forgotten
            } else if entry.ripe_from <= at || was_away {
                promise.met_at(at)
            } else {
                continue;
            };
            entry.settled = Some((status, at));
            came_back |= was_away;
        }
        came_back
    }

    /// The ledger at the end. What the times cannot tell stays open.
    pub(super) fn records(self) -> Vec<PromiseRecord> {
        let Self { dated, entries, .. } = self;
        let record = |entry: Entry| {
            let status = entry.settled.map_or(PromiseStatus::Open, |(status, _)| status);
            let met = entry.settled.filter(|(status, _)| *status != PromiseStatus::Forgotten);
            let due = if dated {
                entry.promise.due.strftime("%Y-%m-%dT%H:%M").to_string()
            } else {
                time_since_start(entry.promise.due_at)
            };
            PromiseRecord {
                turn: entry.turn,
                span: entry.promise.span,
                off_by_minutes: met.map(|(_, at)| entry.promise.off_by_minutes(at)),
                text: entry.promise.text,
                due,
                status,
            }
        };
        entries.into_iter().map(record).collect()
    }
}

/// As `hh:mm:ss`.
fn time_since_start(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
