//! A session whose every event is stored before anybody sees it.

use jiff::Timestamp;

use super::{Attempt, AttemptId, AttemptState, NewAttempt, Store, StoreError, TraineeId};
use crate::check;
use crate::diagnostic::Problems;
use crate::language::{CompanyPack, LanguagePack, PackError};
use crate::rules::{Rubric, RubricError};
use crate::session::{Content, ContentError, Event, Input, Mode, MoodTable, Refusal, Session, Setup};

/// A session being played and stored.
#[derive(Debug)]
pub struct Recording {
    pub attempt: AttemptId,
    session: Session,
}

/// Why an input had no effect.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It cannot be done now.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// It could not be stored, so it did not happen.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a stored attempt cannot be opened again.
#[derive(Debug, thiserror::Error)]
pub enum ReopenError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Scenario(#[from] Problems),
    #[error("{0}")]
    Rubric(#[from] RubricError),
    #[error("{0}")]
    CompanyPack(#[from] PackError),
    #[error(transparent)]
    Content(#[from] ContentError),
}

/// What has changed since an attempt was played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub language_pack: bool,
    pub moods: bool,
}

impl Changes {
    #[must_use]
    pub fn any(self) -> bool {
        self.language_pack || self.moods
    }
}

impl Recording {
    /// Starts an attempt and picks up.
    ///
    /// # Errors
    /// Where it cannot be stored.
    pub fn begin(
        store: &mut Store,
        trainee: TraineeId,
        content: Content,
        setup: Setup,
        path: Option<String>,
    ) -> Result<Self, ActError> {
        let attempt = store.begin_attempt(NewAttempt {
            trainee,
            scenario_id: content.id.clone(),
            scenario_path: path,
            scenario_title: content.scenario.title.clone(),
            language: content.scenario.language.clone(),
            mode: setup.mode,
            seed: setup.seed,
            scenario_hash: content.hashes.scenario.clone(),
            rubric_hash: content.hashes.rubric.clone(),
            pack_hash: content.hashes.language_pack.clone(),
            moods_hash: content.hashes.moods.clone(),
            started_at: Timestamp::now(),
            scenario_source: content.source.to_string(),
            rubric_source: content.rubric.source.clone(),
            company: content.pack.company().map(|company| (company.hash(), company.frozen())),
        })?;
        let mut recording = Self { attempt, session: Session::new(content, setup) };
        recording.act(store, Input::Open)?;
        Ok(recording)
    }

    /// Goes on with an attempt that was left, in the content it was started with.
    ///
    /// # Errors
    /// Where it cannot be read, or its content no longer loads.
    pub fn reopen(store: &Store, attempt: AttemptId) -> Result<Self, ReopenError> {
        let (content, setup, _) = frozen(store, &store.attempt(attempt)?)?;
        let events = store.events(attempt)?;
        Ok(Self { attempt, session: Session::resume(content, setup, events) })
    }

    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Does what the trainee did: stores the events, then lets them count, and answers with them. In an assessment the end of
    /// the session is final; elsewhere one may still rewind, until [`Recording::finish`].
    ///
    /// # Errors
    /// Where it cannot be done now, or cannot be stored; nothing has happened then.
    pub fn act(&mut self, store: &mut Store, input: Input) -> Result<Vec<Event>, ActError> {
        let events = self.session.plan(input).map_err(ActError::Refused)?;
        store.append_events(self.attempt, self.session.events().len(), &events)?;
        self.session.commit(events.clone());
        if self.is_over() && self.session.setup.mode == Mode::Assess {
            self.finish(store)?;
        }
        Ok(events)
    }

    #[must_use]
    pub fn is_over(&self) -> bool {
        self.session.state().ended.is_some()
    }

    /// Stores the score of a session that is over. The attempt takes nothing more after that; finishing twice is once.
    ///
    /// # Errors
    /// Where it cannot be stored; the attempt can still be finished later.
    pub fn finish(&mut self, store: &mut Store) -> Result<(), StoreError> {
        if !self.is_over() || store.attempt(self.attempt)?.summary.state != AttemptState::Open {
            return Ok(());
        }
        store.finish_attempt(self.attempt, Timestamp::now(), &self.session.scorecard())
    }
}

/// The content that an attempt was started with, from what the store froze.
///
/// # Errors
/// Where it no longer loads.
pub fn frozen(store: &Store, attempt: &Attempt) -> Result<(Content, Setup, Changes), ReopenError> {
    let summary = &attempt.summary;
    let name = summary.scenario_path.clone().unwrap_or_else(|| format!("{}.ron", summary.scenario_id));
    let loaded = check::load(&name, &summary.scenario_id, attempt.scenario_source.as_bytes())?;
    let rubric = Rubric::load("the attempt's rubric", attempt.rubric_source.as_bytes())?;
    let moods = MoodTable::bundled().into();
    let content = match &attempt.company_source {
        None => Content::new(loaded, rubric.into(), moods)?,
        Some(text) => {
            let pack = LanguagePack::with_company(CompanyPack::thawed(text)?)?;
            Content::with_pack(loaded, rubric.into(), moods, pack.into())?
        }
    };
    let setup = Setup { mode: summary.mode, seed: attempt.seed, trainee: store.trainee(summary.trainee)?.name };
    let changes = Changes {
        language_pack: content.hashes.language_pack != attempt.pack_hash,
        moods: content.hashes.moods != attempt.moods_hash,
    };
    Ok((content, setup, changes))
}
