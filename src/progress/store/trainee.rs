//! Trainees: found by name, renamed, archived, never deleted.

use rusqlite::{Connection, OptionalExtension, Row};
use unicode_normalization::UnicodeNormalization;

use super::{Answer, Result, Store, StoreError};

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TraineeId(pub(super) i64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trainee {
    pub id: TraineeId,
    pub name: String,
    /// Kept with all attempts, but no longer offered on the start screen.
    pub archived: bool,
}

impl Store {
    /// Everybody who is not archived, by name.
    pub fn trainees(&self) -> Result<Vec<Trainee>> {
        self.read(|db| {
            let mut query =
                db.prepare_cached("SELECT id, name, archived FROM trainees WHERE NOT archived ORDER BY name_key")?;
            Ok(query.query_map([], trainee)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The trainee, archived or not.
    pub fn trainee(&self, id: TraineeId) -> Result<Trainee> {
        self.read(|db| by_id(db, id))
    }

    /// Who played last, for a start screen that need not ask.
    pub fn latest_trainee(&self) -> Result<Option<Trainee>> {
        self.read(|db| {
            let sql = "SELECT trainees.id, name, archived FROM attempts JOIN trainees ON trainees.id = trainee
                       ORDER BY attempts.id DESC LIMIT 1";
            Ok(db.query_row(sql, [], trainee).optional()?.filter(|latest| !latest.archived))
        })
    }

    /// Finds the trainee of this name, upper and lower case alike, or adds one; an archived one is back.
    /// A name has 1 to 80 characters, none of them a control character; spaces around it don't count.
    pub fn trainee_named(&mut self, name: &str) -> Result<Trainee> {
        let (name, key) = clean_name(name)?;
        self.write(|db| {
            let sql = "INSERT INTO trainees (name, name_key) VALUES (?1, ?2)
                       ON CONFLICT (name_key) DO UPDATE SET archived = 0 RETURNING id, name, archived";
            Ok(db.query_row(sql, (name, key), trainee)?)
        })
    }

    /// Gives a trainee another name; their attempts stay theirs.
    pub fn rename_trainee(&mut self, id: TraineeId, name: &str) -> Result<Trainee> {
        let (name, key) = clean_name(name)?;
        self.write(|db| {
            let taken = "SELECT id, name, archived FROM trainees WHERE name_key = ?1 AND id <> ?2";
            if let Some(other) = db.query_row(taken, (&key, id.0), trainee).optional()? {
                return Err(StoreError::NameTaken { name: other.name }.into());
            }
            db.execute("UPDATE trainees SET name = ?2, name_key = ?3 WHERE id = ?1", (id.0, name, key))?;
            by_id(db, id)
        })
    }

    /// Takes a trainee off the list. [`Store::trainee_named`] brings them back.
    pub fn archive_trainee(&mut self, id: TraineeId) -> Result<Trainee> {
        self.write(|db| {
            db.execute("UPDATE trainees SET archived = 1 WHERE id = ?1", [id.0])?;
            by_id(db, id)
        })
    }
}

pub(super) fn by_id(db: &Connection, id: TraineeId) -> Answer<Trainee> {
    let found = db.query_row("SELECT id, name, archived FROM trainees WHERE id = ?1", [id.0], trainee).optional()?;
    Ok(found.ok_or(StoreError::NoSuchTrainee)?)
}

fn trainee(row: &Row) -> rusqlite::Result<Trainee> {
    Ok(Trainee { id: TraineeId(row.get(0)?), name: row.get(1)?, archived: row.get(2)? })
}

/// The name as shown, and the key by which it is found.
fn clean_name(name: &str) -> Result<(String, String)> {
    let name: String = name.trim().nfc().collect();
    let why = if name.is_empty() {
        "needs at least one letter"
    } else if name.chars().count() > LONGEST_NAME {
        "may have at most 80 characters"
    } else if name.chars().any(hidden) {
        "may not hold tabs, line breaks or other invisible control characters"
    } else {
        let key = name.to_lowercase().nfc().collect();
        return Ok((name, key));
    };
    Err(StoreError::BadName { why })
}

/// Control characters, line separators, and the marks that turn the direction of writing. (Joiners are part of real names.)
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
