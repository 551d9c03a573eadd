//! Events: appended in order, in a transaction of their own, before anybody sees their effect.

use super::attempt::{AttemptKey, damaged, open_attempt};
use super::column::Count;
use super::{AttemptId, Result, Store, StoreError};
use crate::session::Event;

impl Store {
    /// Adds events to an open attempt, all or none. `first_seq` is the number of the first, counted from 0: how many there are
    /// already. Any other number means that the attempt was played on elsewhere: [`StoreError::OutOfStep`].
    pub fn append_events(&mut self, attempt: AttemptId, first_seq: usize, events: &[Event]) -> Result<()> {
        self.write(|db| {
            let key = open_attempt(db, attempt)?;
            let next = "SELECT COALESCE(MAX(seq) + 1, 0) FROM events WHERE attempt = ?1";
            let Count(expected) = db.prepare_cached(next)?.query_row([key], |row| row.get(0))?;
            if expected != first_seq {
                return Err(StoreError::OutOfStep { attempt, expected, given: first_seq }.into());
            }
            let mut insert = db.prepare_cached("INSERT INTO events (attempt, seq, json) VALUES (?1, ?2, ?3)")?;
            for (seq, event) in (first_seq..).zip(events) {
                let json =
                    serde_json::to_string(event).map_err(|error| damaged(attempt, format!("event {seq}"), &error))?;
                insert.execute((key, Count(seq), json))?;
            }
            Ok(())
        })
    }

    /// Every event of the attempt, in order.
    pub fn events(&self, attempt: AttemptId) -> Result<Vec<Event>> {
        self.read(|db| {
            let key = AttemptKey::of(db, attempt)?;
            let mut query = db.prepare_cached("SELECT seq, json FROM events WHERE attempt = ?1 ORDER BY seq")?;
            let mut rows = query.query([key])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                let seq: i64 = row.get(0)?;
                let broken = |why: &dyn std::fmt::Display| damaged(attempt, format!("event {seq}"), why);
                if usize::try_from(seq) != Ok(events.len()) {
                    return Err(broken(&format!("event {} is missing before it", events.len())));
                }
                let json: String = row.get(1).map_err(|error| broken(&error))?;
                events.push(serde_json::from_str(&json).map_err(|error| broken(&error))?);
            }
            Ok(events)
        })
    }
}
