//! Scores: the whole scorecard of a finished attempt, and each rule's points over time.

use jiff::Timestamp;
use rusqlite::OptionalExtension;

use super::attempt::{AttemptKey, damaged, open_attempt};
use super::column::{Count, Moment, Word};
use super::{AttemptId, Result, Store, StoreError, TraineeId};
use crate::rules::Scorecard;

/// One rule over a trainee's finished attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleHistory {
    pub rule: String,
    /// Oldest first; attempts that did not call for the rule are left out.
    pub points: Vec<RulePoint>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RulePoint {
    /// When the attempt was finished.
    pub at: Timestamp,
    /// 0 to 100.
    pub score: u8,
    pub attempt: AttemptId,
}

/// How a trainee stands in one scenario, over finished attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioStanding {
    pub scenario_id: String,
    pub attempts: usize,
    /// The highest score, 0 to 100.
    pub best: u8,
    /// The score of the latest attempt, 0 to 100.
    pub last: u8,
    pub last_at: Timestamp,
    pub last_attempt: AttemptId,
}

pub(super) const RULES_OVER_TIME: &str = "
    SELECT rule, ended_at, rule_scores.score, public_id
    FROM attempts JOIN rule_scores ON rule_scores.attempt = attempts.id
    WHERE trainee = ?1 AND state = 'finished' AND rule_scores.score IS NOT NULL
    ORDER BY rule, ended_at, attempts.id";
pub(super) const STANDINGS: &str = "
    WITH mine AS (
        SELECT scenario_id, id, score, ended_at,
            ROW_NUMBER() OVER (PARTITION BY scenario_id ORDER BY ended_at DESC, id DESC) AS age
        FROM attempts WHERE trainee = ?1 AND state = 'finished'),
    standing AS (
        SELECT scenario_id, COUNT(*) AS attempts, MAX(score) AS best, MAX(CASE age WHEN 1 THEN id END) AS last
        FROM mine GROUP BY scenario_id)
    SELECT standing.scenario_id, attempts, best, score, ended_at, public_id
    FROM standing JOIN attempts AS latest ON latest.id = last ORDER BY standing.scenario_id";

impl Store {
    /// Ends an open attempt with its scorecard; only once.
    pub fn finish_attempt(&mut self, attempt: AttemptId, finished_at: Timestamp, scorecard: &Scorecard) -> Result<()> {
        let unfit = |why: String| StoreError::BadScorecard { attempt, why };
        let over = |score: u8| (score > 100).then(|| unfit(format!("a score of {score} is over 100")));
        let scores = scorecard.rules.iter().filter_map(|rule| rule.score).chain([scorecard.score]);
        if let Some(error) = scores.filter_map(over).next() {
            return Err(error);
        }
        let mut rules: Vec<&str> = scorecard.rules.iter().map(|rule| rule.rule.as_str()).collect();
        rules.sort_unstable();
        if let Some(pair) = rules.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(unfit(format!("the rule {} is scored twice", pair[0])));
        }
        let json = serde_json::to_string(scorecard).map_err(|error| unfit(error.to_string()))?;
        self.write(|db| {
            let key = open_attempt(db, attempt)?;
            db.execute("INSERT INTO scorecards (attempt, json) VALUES (?1, ?2)", (key, json))?;
            let sql = "INSERT INTO rule_scores (attempt, rule, verdict, score, weight) VALUES (?1, ?2, ?3, ?4, ?5)";
            let mut insert = db.prepare_cached(sql)?;
            for rule in &scorecard.rules {
                insert.execute((key, &rule.rule, Word(rule.verdict), rule.score, rule.weight))?;
            }
            let sql = "UPDATE attempts SET state = 'finished', ended_at = ?2, score = ?3, outcome = ?4 WHERE id = ?1";
            db.execute(sql, (key, Moment(finished_at), scorecard.score, scorecard.outcome.map(Word)))?;
            Ok(())
        })
    }

    /// The scorecard; none while the attempt is open, and where it was abandoned.
    pub fn scorecard(&self, attempt: AttemptId) -> Result<Option<Scorecard>> {
        self.read(|db| {
            let key = AttemptKey::of(db, attempt)?;
            let broken = |why: &dyn std::fmt::Display| damaged(attempt, "its scorecard".into(), why);
            let sql = "SELECT json FROM scorecards WHERE attempt = ?1";
            let Some(json) = db.query_row(sql, [key], |row| Ok(row.get::<_, String>(0))).optional()? else {
                return Ok(None);
            };
            let json = json.map_err(|error| broken(&error))?;
            serde_json::from_str(&json).map(Some).map_err(|error| broken(&error))
        })
    }

    /// Each rule that the trainee was ever scored on, by its id.
    pub fn rule_history(&self, trainee: TraineeId) -> Result<Vec<RuleHistory>> {
        self.read(|db| {
            let mut query = db.prepare_cached(RULES_OVER_TIME)?;
            let mut rows = query.query([trainee.0])?;
            let mut histories: Vec<RuleHistory> = Vec::new();
            while let Some(row) = rows.next()? {
                let rule: String = row.get(0)?;
                let point = RulePoint { at: row.get::<_, Moment>(1)?.0, score: row.get(2)?, attempt: row.get(3)? };
                match histories.last_mut() {
                    Some(history) if history.rule == rule => history.points.push(point),
                    _ => histories.push(RuleHistory { rule, points: vec![point] }),
                }
            }
            Ok(histories)
        })
    }

    /// How the trainee stands in each scenario that they finished, by the scenario's id.
    pub fn scenario_standings(&self, trainee: TraineeId) -> Result<Vec<ScenarioStanding>> {
        self.read(|db| {
            let mut query = db.prepare_cached(STANDINGS)?;
            let rows = query.query_map([trainee.0], |row| {
                Ok(ScenarioStanding {
                    scenario_id: row.get(0)?,
                    attempts: row.get::<_, Count>(1)?.0,
                    best: row.get(2)?,
                    last: row.get(3)?,
                    last_at: row.get::<_, Moment>(4)?.0,
                    last_attempt: row.get(5)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}
