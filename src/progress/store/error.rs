//! What can go wrong with the store, in words that say where, why and what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::{AttemptId, AttemptState, DisputeId};

/// Why the store could not do it. Whatever the error, what was stored before is still there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error(
        "This machine names no folder for a program's data. Say where to keep the record: --data FOLDER, or set CALMLINE_DATA."
    )]
    NoFolder,
    #[error("The folder {} cannot be used: {why}. Make it a folder you may write to, or name another: --data FOLDER.", .folder.display())]
    Folder { folder: PathBuf, why: String },
    #[error("There is no store at {}. Name another folder (--data FOLDER), or play once to start one.", .file.display())]
    Missing { file: PathBuf },
    #[error("{} cannot be opened: {why}. Check that you may read and write there, or name another folder: --data FOLDER.", .file.display())]
    CannotOpen { file: PathBuf, why: String },
    #[error("{} is not a Calmline store: {why}. It was left as it is. Move it away, or name another folder: --data FOLDER.", .file.display())]
    NotAStore { file: PathBuf, why: String },
    #[error(
        "{} was written by a newer Calmline (store version {found}; this program knows {known}). It was left as it is. \
         Use the newer Calmline, or name another folder: --data FOLDER.",
        .file.display()
    )]
    Newer { file: PathBuf, found: u32, known: u32 },
    #[error(
        "{} was written by an older Calmline (store version {found}; this program reads {known}) and cannot be brought up to \
         date while it is write-protected. Open it once where you may write.",
        .file.display()
    )]
    Older { file: PathBuf, found: u32, known: u32 },
    #[error(
        "{} could not be brought up to date: {why}. It is as it was before. Try again; if it stays so, copy the folder and ask for help.",
        .file.display()
    )]
    Upgrade { file: PathBuf, why: String },
    #[error("Another program holds {} and does not let go. Close other Calmline windows that use it, then try again.", .file.display())]
    Locked { file: PathBuf },
    #[error(
        "{} is write-protected, so nothing can be stored. Make the file and its folder writable, or name another folder: --data FOLDER.",
        .file.display()
    )]
    ReadOnly { file: PathBuf },
    #[error("The disk with {} is full: this was not stored, everything before is. Free some space, then try again.", .file.display())]
    Full { file: PathBuf },
    #[error(
        "{} is damaged: {why}. It was left as it is. Copy its whole folder before anything else; then put back a backup, \
         or start afresh elsewhere: --data FOLDER.",
        .file.display()
    )]
    Corrupt { file: PathBuf, why: String },
    #[error("{}: attempt {attempt}: {what} cannot be read: {why}. The other attempts are not touched by this.", .file.display())]
    Damaged { file: PathBuf, attempt: AttemptId, what: String, why: String },
    #[error("{}: the disk did not do as asked: {why}. Check the disk and its connection, then try again.", .file.display())]
    Disk { file: PathBuf, why: String },
    #[error("{}: {why}. This was not stored; everything before is.", .file.display())]
    Refused { file: PathBuf, why: String },

    #[error("A name {why}.")]
    BadName { why: &'static str },
    #[error("There is already a trainee called {name}. Choose another name.")]
    NameTaken { name: String },
    #[error("There is no such trainee in this store.")]
    NoSuchTrainee,
    #[error("There is no attempt {attempt} in this store.")]
    NoSuchAttempt { attempt: AttemptId },
    #[error("No attempt starts with “{prefix}”. An attempt's id is made of the digits 0–9 and the letters a–f.")]
    NoSuchPrefix { prefix: String },
    #[error("Several attempts start with “{prefix}”: {}. Give more of the id.", short_list(.candidates))]
    AmbiguousPrefix { prefix: String, candidates: Vec<AttemptId> },
    #[error("Attempt {attempt} is {state} already; it takes nothing more. Start a new one.")]
    Ended { attempt: AttemptId, state: AttemptState },
    #[error(
        "Attempt {attempt} went on elsewhere: its next event is number {expected}, not {given}. \
         It is probably open in another window; go on there, or resume it from the start screen."
    )]
    OutOfStep { attempt: AttemptId, expected: usize, given: usize },
    #[error("Attempt {attempt} cannot be scored: {why}.")]
    BadScorecard { attempt: AttemptId, why: String },
    #[error("The {kind} with this hash is stored already with other words. A hash must belong to one text only.")]
    ContentDiffers { kind: super::ContentKind },
    #[error("Attempt {attempt} has no reply {reply}.")]
    NoSuchReply { attempt: AttemptId, reply: usize },
    #[error("No disputed reading starts with “{prefix}”. See them with: calmline readings")]
    NoSuchDispute { prefix: String },
    #[error("Several disputed readings start with “{prefix}”: {}. Give more of the id.", .candidates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    AmbiguousDispute { prefix: String, candidates: Vec<DisputeId> },
    #[error(
        "The disputed reading {dispute} was ruled on before, by {by}. A ruling stays; the trainee may dispute the reply again."
    )]
    DisputeSettled { dispute: DisputeId, by: String },
    #[error("The disputed reading {dispute} stays open. {why}")]
    NotSettled { dispute: DisputeId, why: String },
    #[error("The trainee has disputed the same reply again since {dispute}. Settle the later one: calmline readings")]
    DisputeSuperseded { dispute: DisputeId },
}

fn short_list(candidates: &[AttemptId]) -> String {
    candidates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// An error on its way up to where the file's name is known.
#[derive(Debug)]
pub(super) enum Trouble {
    Sqlite(rusqlite::Error),
    Said(StoreError),
    Damaged { attempt: AttemptId, what: String, why: String },
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Trouble::Sqlite(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Trouble::Said(error)
    }
}

impl Trouble {
    pub(super) fn at(self, file: &Path) -> StoreError {
        match self {
            Trouble::Sqlite(error) => explain(&error, file),
            Trouble::Said(error) => error,
            Trouble::Damaged { attempt, what, why } => StoreError::Damaged { file: file.into(), attempt, what, why },
        }
    }
}

/// Tells the kinds apart that a person can do something about.
pub(super) fn explain(error: &rusqlite::Error, file: &Path) -> StoreError {
    let file = file.to_path_buf();
    let why = error.to_string();
    let code = match error {
        rusqlite::Error::SqliteFailure(failure, _) | rusqlite::Error::SqlInputError { error: failure, .. } => {
            failure.code
        }
        // A value of a kind that this program never writes.
        _ => return StoreError::Corrupt { file, why },
    };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            StoreError::Locked { file }
        }
        ErrorCode::ReadOnly => StoreError::ReadOnly { file },
        ErrorCode::DiskFull => StoreError::Full { file },
        ErrorCode::NotADatabase => StoreError::NotAStore { file, why: "SQLite cannot read it".into() },
        // The SQL is fixed, so a table or column that is missing is missing in the file.
        ErrorCode::DatabaseCorrupt | ErrorCode::Unknown | ErrorCode::TypeMismatch => StoreError::Corrupt { file, why },
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => StoreError::CannotOpen { file, why },
        ErrorCode::SystemIoFailure => StoreError::Disk { file, why },
        _ => StoreError::Refused { file, why },
    }
}
