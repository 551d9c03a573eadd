//! Marking a reading as mistaken: what of a session is kept with it, and when it may be done.

use jiff::Timestamp;

use super::{AttemptId, Dispute, DisputeId, LONGEST_NOTE, NewDispute, Recording, Store, StoreError};
use crate::language::Act;
use crate::session::{Mode, Session};

/// Why a reading cannot be marked as mistaken. Nothing has happened then.
#[derive(Debug, thiserror::Error)]
pub enum DisputeError {
    /// Readings of an assessment are shown once it is over, and may be disputed from then on.
    #[error("refused: the assessment is not over")]
    NotYet,
    #[error("refused: there is no such reply")]
    NoSuchReply,
    /// The acts that it should have been read as are the ones it was read as.
    #[error("refused: it was read so")]
    SameAsRead,
    /// Longer than [`LONGEST_NOTE`].
    #[error("refused: the note is too long")]
    NoteTooLong,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DisputeError {
    /// The key of its words in the locale; none for what went wrong with the store.
    #[must_use]
    pub fn key(&self) -> Option<&'static str> {
        match self {
            DisputeError::NotYet => Some("dispute-not-yet"),
            DisputeError::NoSuchReply => Some("dispute-no-such-reply"),
            DisputeError::SameAsRead => Some("dispute-same-as-read"),
            DisputeError::NoteTooLong => Some("dispute-note-too-long"),
            DisputeError::Store(_) => None,
        }
    }
}

/// Whether readings of this session may be disputed by now.
#[must_use]
pub fn may_dispute(session: &Session) -> bool {
    session.setup.mode != Mode::Assess || session.state().ended.is_some()
}

/// Marks the reading of a reply as mistaken. It changes no score by itself.
///
/// `reply` is counted from 1 among the replies that count; `wanted` are the acts that it should have been read as, none where
/// it is plain but holds no act. The attempt may be over. A further dispute of the same reply takes the place of one that is still open.
///
/// # Errors
/// Where it may not be done now, there is no such reply, it was read so already, or it cannot be stored.
pub fn dispute_reading(
    store: &mut Store,
    attempt: AttemptId,
    session: &Session,
    reply: usize,
    wanted: &[Act],
    note: Option<&str>,
) -> Result<DisputeId, DisputeError> {
    if !may_dispute(session) {
        return Err(DisputeError::NotYet);
    }
    let (Some(event), Some((customer, found))) = (session.reply_event(reply), session.state().exchange(reply)) else {
        return Err(DisputeError::NoSuchReply);
    };
    let each_once =
        |holds: &dyn Fn(Act) -> bool| Act::ALL.iter().copied().filter(|act| holds(*act)).collect::<Vec<_>>();
    let was_read = each_once(&|act| found.reading.has(act));
    let wanted = each_once(&|act| wanted.contains(&act));
    if found.reading.recognised && wanted == was_read {
        return Err(DisputeError::SameAsRead);
    }
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
        return Err(DisputeError::NoteTooLong);
    }
    Ok(store.add_dispute(NewDispute {
        attempt,
        event,
        reply,
        language: session.content.scenario.language.clone(),
        customer,
        text: found.text.clone(),
        moment: session.content.clock().at(found.at),
        recognised: found.reading.recognised,
        was_read,
        wanted,
        note: note.map(str::to_owned),
        made_at: Timestamp::now(),
    })?)
}

/// The dispute of each reply that counts and whose reading was marked as mistaken, by the reply's number, counted from 1.
///
/// # Errors
/// Where the store cannot be read.
pub fn disputed_replies(
    store: &Store,
    attempt: AttemptId,
    session: &Session,
) -> Result<Vec<(usize, Dispute)>, StoreError> {
    let disputes = store.disputes_of(attempt)?;
    let numbered = |dispute: Dispute| {
        let reply = (1..=session.state().reply_list().count())
            .find(|number| session.reply_event(*number) == Some(dispute.made.event))?;
        Some((reply, dispute))
    };
    Ok(disputes.into_iter().filter_map(numbered).collect())
}

impl Recording {
    /// Marks the reading of a reply as mistaken, as [`dispute_reading`] does.
    ///
    /// # Errors
    /// As there.
    pub fn dispute(
        &self,
        store: &mut Store,
        reply: usize,
        wanted: &[Act],
        note: Option<&str>,
    ) -> Result<DisputeId, DisputeError> {
        dispute_reading(store, self.attempt, self.session(), reply, wanted, note)
    }
}
