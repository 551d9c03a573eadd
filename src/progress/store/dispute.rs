//! Disputed readings: what a trainee says a reply should have been read as, and what a trainer made of that.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::attempt::AttemptKey;
use super::column::{Count, Moment};
use super::{Answer, AttemptId, Result, Store, StoreError, TraineeId};
use crate::language::Act;

/// The longest note or reason, in characters.
pub const LONGEST_NOTE: usize = 500;

/// The id by which people and commands name a dispute: 32 hexadecimal digits, of which the first few usually do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DisputeId(Uuid);

impl DisputeId {
    /// The first eight digits, for lists.
    #[must_use]
    pub fn short(self) -> String {
        let mut short = self.to_string();
        short.truncate(8);
        short
    }
}

impl fmt::Display for DisputeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.simple())
    }
}

impl FromStr for DisputeId {
    type Err = uuid::Error;

    /// Reads a whole id, with or without hyphens.
    fn from_str(text: &str) -> std::result::Result<Self, uuid::Error> {
        Uuid::try_parse(text).map(Self)
    }
}

/// A reading that a trainee says is mistaken. It changes no score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDispute {
    pub attempt: AttemptId,
    /// The number of the event with which the reply was sent, counted from 0.
    pub event: usize,
    /// The reply's number as the trainee saw it, counted from 1.
    pub reply: usize,
    pub language: String,
    /// What the customer said before it; may be empty.
    pub customer: String,
    /// The reply.
    pub text: String,
    /// The simulated moment of the reply.
    pub moment: DateTime,
    /// Whether the reader could place the reply.
    pub recognised: bool,
    /// The acts found, each once.
    pub was_read: Vec<Act>,
    /// The acts that it should have been read as; none where it holds no act.
    pub wanted: Vec<Act>,
    /// Why, in the trainee's words: at most [`LONGEST_NOTE`] characters.
    pub note: Option<String>,
    /// Kept to the microsecond.
    pub made_at: Timestamp,
}

/// A dispute with who made it and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    pub id: DisputeId,
    pub trainee: TraineeId,
    pub trainee_name: String,
    pub scenario_title: String,
    pub made: NewDispute,
    /// None while it is open.
    pub settlement: Option<Settlement>,
    /// Whether the trainee has disputed the same reply again since: only the latest counts.
    pub superseded: bool,
}

impl Dispute {
    /// Whether a trainer still has to look at it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.settlement.is_none() && !self.superseded
    }
}

/// What a trainer made of a dispute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub ruling: Ruling,
    /// The trainer's name.
    pub by: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The acts that the reply holds.
    Settled(Vec<Act>),
    /// The reading stays as it was, for this reason.
    Rejected(String),
}

const DISPUTES: &str = "
    SELECT disputes.*, attempts.public_id AS attempt_id, trainee, scenario_title, trainees.name AS trainee_name,
        acts, because, settled_by, settled_at,
        EXISTS (SELECT 1 FROM disputes AS later
                WHERE later.attempt = disputes.attempt AND later.event = disputes.event AND later.id > disputes.id
        ) AS superseded
    FROM disputes
    JOIN attempts ON attempts.id = disputes.attempt
    JOIN trainees ON trainees.id = trainee
    LEFT JOIN settlements ON settlements.dispute = disputes.id";

impl Store {
    /// Keeps a dispute. The attempt may be open or over; nothing of it changes.
    pub fn add_dispute(&mut self, new: NewDispute) -> Result<DisputeId> {
        let id = DisputeId(Uuid::new_v4());
        self.write(|db| {
            let attempt = AttemptKey::of(db, new.attempt)?;
            let there = "SELECT 1 FROM events WHERE attempt = ?1 AND seq = ?2";
            if db.query_row(there, (attempt, Count(new.event)), |_| Ok(())).optional()?.is_none() {
                return Err(StoreError::NoSuchReply { attempt: new.attempt, reply: new.reply }.into());
            }
            let sql = "INSERT INTO disputes (public_id, attempt, event, reply, language, customer, text, moment, recognised, was_read,
                           wanted,
                           note, made_at)
                       VALUES (:public_id, :attempt, :event, :reply, :language, :customer, :text, :moment, :recognised, :was_read,
                           :wanted,
                           :note, :made_at)";
            db.execute(
                sql,
                named_params! {
                    ":public_id": id, ":attempt": attempt, ":event": Count(new.event), ":reply": Count(new.reply),
                    ":language": new.language, ":customer": new.customer, ":text": new.text,
                    ":moment": new.moment.to_string(), ":recognised": new.recognised, ":was_read": Json(&new.was_read), ":wanted": Json(&new.wanted),
                    ":note": new.note, ":made_at": Moment(new.made_at),
                },
            )?;
            Ok(id)
        })
    }

    /// The disputes of all trainees that nobody has settled or rejected yet, oldest first.
    pub fn open_disputes(&self) -> Result<Vec<Dispute>> {
        let rest = "WHERE settlements.dispute IS NULL AND NOT superseded ORDER BY disputes.id";
        self.read(|db| {
            let mut query = db.prepare_cached(&format!("{DISPUTES} {rest}"))?;
            Ok(query.query_map([], dispute)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Every dispute of all trainees, oldest first.
    pub fn disputes(&self) -> Result<Vec<Dispute>> {
        self.read(|db| {
            let mut query = db.prepare_cached(&format!("{DISPUTES} ORDER BY disputes.id"))?;
            Ok(query.query_map([], dispute)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// What was disputed in one attempt, each reply's latest only, in the order in which they were sent.
    pub fn disputes_of(&self, attempt: AttemptId) -> Result<Vec<Dispute>> {
        self.read(|db| {
            let key = AttemptKey::of(db, attempt)?;
            let rest = "WHERE disputes.attempt = ?1 AND NOT superseded ORDER BY disputes.event";
            let mut query = db.prepare_cached(&format!("{DISPUTES} {rest}"))?;
            Ok(query.query_map([key], dispute)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One dispute, open or not.
    pub fn dispute(&self, id: DisputeId) -> Result<Dispute> {
        self.read(|db| find(db, id))
    }

    /// The dispute whose id starts like this; hyphens, spaces around it and upper case don't matter.
    pub fn resolve_dispute(&self, prefix: &str) -> Result<DisputeId> {
        let wanted = prefix.trim().replace('-', "").to_ascii_lowercase();
        let missing = || StoreError::NoSuchDispute { prefix: prefix.into() };
        if wanted.is_empty() || !wanted.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(missing());
        }
        self.read(|db| {
            // "g" is the first letter that no id has.
            let sql = "SELECT public_id FROM disputes WHERE public_id >= ?1 AND public_id < ?1 || 'g' ORDER BY public_id LIMIT 5";
            let mut query = db.prepare_cached(sql)?;
            let candidates: Vec<DisputeId> =
                query.query_map([&wanted], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            match candidates[..] {
                [] => Err(missing().into()),
                [only] => Ok(only),
                _ => Err(StoreError::AmbiguousDispute { prefix: prefix.into(), candidates }.into()),
            }
        })
    }

    /// Records what a trainer made of an open dispute; only once, and never again changed.
    pub fn settle_dispute(&mut self, id: DisputeId, settlement: &Settlement) -> Result<()> {
        self.settle_dispute_with(id, settlement, || Ok(()))
    }

    /// Records it together with something that is written elsewhere: where `write` fails, with these words, nothing is recorded, and
    /// nobody else settles meanwhile.
    pub fn settle_dispute_with(
        &mut self,
        id: DisputeId,
        settlement: &Settlement,
        write: impl FnOnce() -> std::result::Result<(), String>,
    ) -> Result<()> {
        self.write(|db| {
            let found = find(db, id)?;
            if let Some(before) = found.settlement {
                return Err(StoreError::DisputeSettled { dispute: id, by: before.by }.into());
            }
            if found.superseded {
                return Err(StoreError::DisputeSuperseded { dispute: id }.into());
            }
            let (acts, because) = match &settlement.ruling {
                Ruling::Settled(acts) => (Some(Json(acts)), None),
                Ruling::Rejected(because) => (None, Some(because)),
            };
            let sql = "INSERT INTO settlements (dispute, acts, because, settled_by, settled_at)
                       SELECT id, ?2, ?3, ?4, ?5 FROM disputes WHERE public_id = ?1";
            db.execute(sql, (id, acts, because, &settlement.by, Moment(settlement.at)))?;
            write().map_err(|why| StoreError::NotSettled { dispute: id, why }.into())
        })
    }
}

fn find(db: &Connection, id: DisputeId) -> Answer<Dispute> {
    let mut query = db.prepare_cached(&format!("{DISPUTES} WHERE disputes.public_id = ?1"))?;
    let found = query.query_row([id], dispute).optional()?;
    Ok(found.ok_or_else(|| StoreError::NoSuchDispute { prefix: id.to_string() })?)
}

fn dispute(row: &Row) -> rusqlite::Result<Dispute> {
    let moment: String = row.get("moment")?;
    let settlement = match row.get::<_, Option<String>>("settled_by")? {
        None => None,
        Some(by) => {
            let ruling = match row.get::<_, Option<Json<Vec<Act>>>>("acts")? {
                Some(Json(acts)) => Ruling::Settled(acts),
                None => Ruling::Rejected(row.get::<_, Option<String>>("because")?.unwrap_or_default()),
            };
            Some(Settlement { ruling, by, at: row.get::<_, Moment>("settled_at")?.0 })
        }
    };
    Ok(Dispute {
        id: row.get("public_id")?,
        trainee: TraineeId(row.get("trainee")?),
        trainee_name: row.get("trainee_name")?,
        scenario_title: row.get("scenario_title")?,
        made: NewDispute {
            attempt: row.get("attempt_id")?,
            event: row.get::<_, Count>("event")?.0,
            reply: row.get::<_, Count>("reply")?.0,
            language: row.get("language")?,
            customer: row.get("customer")?,
            text: row.get("text")?,
            moment: moment.parse().map_err(|error| conversion("moment", error))?,
            recognised: row.get("recognised")?,
            was_read: row.get::<_, Json<_>>("was_read")?.0,
            wanted: row.get::<_, Json<_>>("wanted")?.0,
            note: row.get("note")?,
            made_at: row.get::<_, Moment>("made_at")?.0,
        },
        settlement,
        superseded: row.get("superseded")?,
    })
}

fn conversion(column: &str, error: jiff::Error) -> rusqlite::Error {
    let why = format!("{column}: {error}");
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, why.into())
}

/// A value as the tables hold it: as JSON.
struct Json<T>(T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let json = serde_json::to_string(&self.0);
        json.map(Into::into).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

impl ToSql for DisputeId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for DisputeId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}
