//! Attempts: begun once, then finished or abandoned once, never changed after.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use uuid::Uuid;

use super::column::{Count, Moment, Word};
use super::error::Trouble;
use super::{Answer, ContentKind, Result, Store, StoreError, TraineeId, content, trainee};
use crate::scenario::Outcome;
use crate::session::Mode;

/// The id by which people and commands name an attempt: 32 hexadecimal digits, of which the first few usually do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId(Uuid);

impl AttemptId {
    /// The first eight digits, for lists.
    #[must_use]
    pub fn short(self) -> String {
        let mut short = self.to_string();
        short.truncate(8);
        short
    }
}

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.simple())
    }
}

impl FromStr for AttemptId {
    type Err = uuid::Error;

    /// Reads a whole id, with or without hyphens.
    fn from_str(text: &str) -> std::result::Result<Self, uuid::Error> {
        Uuid::try_parse(text).map(Self)
    }
}

/// What is known when a session starts. The store adds the program's own version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttempt {
    pub trainee: TraineeId,
    pub scenario_id: String,
    /// The scenario's file; none for a bundled one.
    pub scenario_path: Option<String>,
    pub scenario_title: String,
    pub language: String,
    pub mode: Mode,
    pub seed: u64,
    pub scenario_hash: String,
    pub rubric_hash: String,
    pub pack_hash: String,
    pub moods_hash: String,
    /// Kept to the microsecond.
    pub started_at: Timestamp,
    /// The scenario's text, kept by its hash.
    pub scenario_source: String,
    /// The rubric's text, kept by its hash.
    pub rubric_source: String,
    /// The hash and the text of the company pack that lies over the language pack; none where there is none.
    pub company: Option<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttemptState {
    /// May be resumed.
    Open,
    Finished,
    /// Given up without a score.
    Abandoned,
}

impl AttemptState {
    fn id(self) -> &'static str {
        match self {
            AttemptState::Open => "open",
            AttemptState::Finished => "finished",
            AttemptState::Abandoned => "abandoned",
        }
    }
}

impl fmt::Display for AttemptState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromSql for AttemptState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let found = value.as_str()?;
        let all = [AttemptState::Open, AttemptState::Finished, AttemptState::Abandoned];
        all.into_iter().find(|state| state.id() == found).ok_or(FromSqlError::InvalidType)
    }
}

/// An attempt as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptSummary {
    pub id: AttemptId,
    pub trainee: TraineeId,
    pub scenario_id: String,
    pub scenario_path: Option<String>,
    pub scenario_title: String,
    pub language: String,
    pub mode: Mode,
    pub started_at: Timestamp,
    pub state: AttemptState,
    /// When it was finished or abandoned.
    pub ended_at: Option<Timestamp>,
    /// 0 to 100, once finished.
    pub score: Option<u8>,
    pub outcome: Option<Outcome>,
    /// How many events are stored.
    pub events: usize,
}

/// An attempt with all that is needed to play on or to replay it, except its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub summary: AttemptSummary,
    pub seed: u64,
    pub scenario_hash: String,
    pub rubric_hash: String,
    pub pack_hash: String,
    pub moods_hash: String,
    /// The version of Calmline that started it.
    pub program: String,
    pub scenario_source: String,
    pub rubric_source: String,
    /// The company pack that lies over the language pack, as one text; none where there is none.
    pub company_source: Option<String>,
}

/// How many attempts a trainee has in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttemptCounts {
    pub open: usize,
    pub finished: usize,
    pub abandoned: usize,
}

pub(super) const OPEN_ONES: &str = "WHERE trainee = ?1 AND state = 'open' ORDER BY started_at DESC, attempts.id DESC";
pub(super) const NEWEST_FIRST: &str =
    "WHERE trainee = ?1 ORDER BY started_at DESC, attempts.id DESC LIMIT ?2 OFFSET ?3";
pub(super) const COUNTS: &str = "SELECT state, COUNT(*) FROM attempts WHERE trainee = ?1 GROUP BY state";
/// "g" is the first letter that no id has.
pub(super) const STARTING_WITH: &str =
    "SELECT public_id FROM attempts WHERE public_id >= ?1 AND public_id < ?1 || 'g' ORDER BY public_id LIMIT 5";

impl Store {
    /// Starts an attempt and freezes the texts that it is played with.
    pub fn begin_attempt(&mut self, new: NewAttempt) -> Result<AttemptId> {
        let id = AttemptId(Uuid::new_v4());
        self.write(|db| {
            trainee::by_id(db, new.trainee)?;
            content::freeze(db, ContentKind::Scenario, &new.scenario_hash, &new.scenario_source)?;
            content::freeze(db, ContentKind::Rubric, &new.rubric_hash, &new.rubric_source)?;
            if let Some((hash, text)) = &new.company {
                content::freeze(db, ContentKind::CompanyPack, hash, text)?;
            }
            let sql = "INSERT INTO attempts (public_id, trainee, scenario_id, scenario_path, scenario_title, language, mode, seed,
                           scenario_hash, rubric_hash, pack_hash, moods_hash, company_hash, program, started_at)
                       VALUES (:public_id, :trainee, :scenario_id, :scenario_path, :scenario_title, :language, :mode, :seed,
                           :scenario_hash, :rubric_hash, :pack_hash, :moods_hash, :company_hash, :program, :started_at)";
            db.execute(
                sql,
                named_params! {
                    ":public_id": id, ":trainee": new.trainee.0, ":scenario_id": new.scenario_id,
                    ":scenario_path": new.scenario_path, ":scenario_title": new.scenario_title,
                    ":language": new.language, ":mode": Word(new.mode), ":seed": new.seed.cast_signed(),
                    ":scenario_hash": new.scenario_hash, ":rubric_hash": new.rubric_hash,
                    ":pack_hash": new.pack_hash, ":moods_hash": new.moods_hash,
                    ":company_hash": new.company.as_ref().map(|(hash, _)| hash),
                    ":program": env!("CARGO_PKG_VERSION"), ":started_at": Moment(new.started_at),
                },
            )?;
            Ok(id)
        })
    }

    /// Gives an open attempt up, without a score.
    pub fn abandon_attempt(&mut self, attempt: AttemptId, at: Timestamp) -> Result<()> {
        self.write(|db| {
            let key = open_attempt(db, attempt)?;
            db.execute("UPDATE attempts SET state = 'abandoned', ended_at = ?2 WHERE id = ?1", (key, Moment(at)))?;
            Ok(())
        })
    }

    /// The trainee's attempts that can be resumed, newest first.
    pub fn unfinished(&self, trainee: TraineeId) -> Result<Vec<AttemptSummary>> {
        let sql = summaries(OPEN_ONES);
        self.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([trainee.0], summary)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The trainee's attempts in any state, newest first: at most `limit` of them, after the first `offset`.
    pub fn attempts(&self, trainee: TraineeId, limit: usize, offset: usize) -> Result<Vec<AttemptSummary>> {
        let sql = summaries(NEWEST_FIRST);
        self.read(|db| {
            let mut query = db.prepare_cached(&sql)?;
            let rows = query.query_map((trainee.0, Count(limit), Count(offset)), summary)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// How many attempts the trainee has in each state.
    pub fn attempt_counts(&self, trainee: TraineeId) -> Result<AttemptCounts> {
        self.read(|db| {
            let mut query = db.prepare_cached(COUNTS)?;
            let mut rows = query.query([trainee.0])?;
            let mut counts = AttemptCounts::default();
            while let Some(row) = rows.next()? {
                *match row.get(0)? {
                    AttemptState::Open => &mut counts.open,
                    AttemptState::Finished => &mut counts.finished,
                    AttemptState::Abandoned => &mut counts.abandoned,
                } = row.get::<_, Count>(1)?.0;
            }
            Ok(counts)
        })
    }

    /// Everything about the attempt but its events.
    pub fn attempt(&self, attempt: AttemptId) -> Result<Attempt> {
        self.read(|db| {
            let key = AttemptKey::of(db, attempt)?;
            let (mut found, company) = db.query_row(&summaries("WHERE attempts.id = ?1"), [key], |row| {
                let company: Option<String> = row.get("company_hash")?;
                let found = Attempt {
                    summary: summary(row)?,
                    seed: row.get::<_, i64>("seed")?.cast_unsigned(),
                    scenario_hash: row.get("scenario_hash")?,
                    rubric_hash: row.get("rubric_hash")?,
                    pack_hash: row.get("pack_hash")?,
                    moods_hash: row.get("moods_hash")?,
                    program: row.get("program")?,
                    scenario_source: String::new(),
                    rubric_source: String::new(),
                    company_source: None,
                };
                Ok((found, company))
            })?;
            let source = |kind: ContentKind, hash: &str| {
                content::find(db, kind, hash)?
                    .ok_or_else(|| damaged(attempt, format!("its {kind}"), &"it is not in the store"))
            };
            found.scenario_source = source(ContentKind::Scenario, &found.scenario_hash)?;
            found.rubric_source = source(ContentKind::Rubric, &found.rubric_hash)?;
            found.company_source = company.map(|hash| source(ContentKind::CompanyPack, &hash)).transpose()?;
            Ok(found)
        })
    }

    /// The attempt whose id starts like this; hyphens, spaces around it and upper case don't matter.
    pub fn resolve_prefix(&self, prefix: &str) -> Result<AttemptId> {
        let wanted = prefix.trim().replace('-', "").to_ascii_lowercase();
        let missing = || StoreError::NoSuchPrefix { prefix: prefix.into() };
        if wanted.is_empty() || !wanted.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(missing());
        }
        self.read(|db| {
            let mut query = db.prepare_cached(STARTING_WITH)?;
            let candidates: Vec<AttemptId> =
                query.query_map([&wanted], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            match candidates[..] {
                [] => Err(missing().into()),
                [only] => Ok(only),
                _ => Err(StoreError::AmbiguousPrefix { prefix: prefix.into(), candidates }.into()),
            }
        })
    }
}

/// The number by which the tables refer to an attempt.
#[derive(Clone, Copy)]
pub(super) struct AttemptKey(i64);

impl AttemptKey {
    pub(super) fn of(db: &Connection, attempt: AttemptId) -> Answer<Self> {
        let mut query = db.prepare_cached("SELECT id FROM attempts WHERE public_id = ?1")?;
        let key = query.query_row([attempt], |row| row.get(0)).optional()?;
        Ok(Self(key.ok_or(StoreError::NoSuchAttempt { attempt })?))
    }
}

impl ToSql for AttemptKey {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

/// The key of an attempt that still takes events.
pub(super) fn open_attempt(db: &Connection, attempt: AttemptId) -> Answer<AttemptKey> {
    let key = AttemptKey::of(db, attempt)?;
    match db.prepare_cached("SELECT state FROM attempts WHERE id = ?1")?.query_row([key], |row| row.get(0))? {
        AttemptState::Open => Ok(key),
        state => Err(StoreError::Ended { attempt, state }.into()),
    }
}

pub(super) fn damaged(attempt: AttemptId, what: String, why: &dyn fmt::Display) -> Trouble {
    Trouble::Damaged { attempt, what, why: why.to_string() }
}

pub(super) fn summaries(rest: &str) -> String {
    format!(
        "SELECT attempts.*, COALESCE((SELECT MAX(seq) + 1 FROM events WHERE attempt = attempts.id), 0) AS events
         FROM attempts {rest}"
    )
}

fn summary(row: &Row) -> rusqlite::Result<AttemptSummary> {
    Ok(AttemptSummary {
        id: row.get("public_id")?,
        trainee: TraineeId(row.get("trainee")?),
        scenario_id: row.get("scenario_id")?,
        scenario_path: row.get("scenario_path")?,
        scenario_title: row.get("scenario_title")?,
        language: row.get("language")?,
        mode: row.get::<_, Word<_>>("mode")?.0,
        started_at: row.get::<_, Moment>("started_at")?.0,
        state: row.get("state")?,
        ended_at: row.get::<_, Option<Moment>>("ended_at")?.map(|moment| moment.0),
        score: row.get("score")?,
        outcome: row.get::<_, Option<Word<_>>>("outcome")?.map(|word| word.0),
        events: row.get::<_, Count>("events")?.0,
    })
}

impl ToSql for AttemptId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for AttemptId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}
