//! The store: one SQLite file. One operation is one named method in one transaction; all SQL is in this folder, one file a noun.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

mod attempt;
mod column;
mod content;
mod dispute;
mod error;
mod event;
mod folder;
mod opening;
mod score;
mod trainee;

pub use attempt::{Attempt, AttemptCounts, AttemptId, AttemptState, AttemptSummary, NewAttempt};
pub use content::ContentKind;
pub use dispute::{Dispute, DisputeId, LONGEST_NOTE, NewDispute, Ruling, Settlement};
pub use error::StoreError;
pub use folder::data_folder;
pub use opening::STORE_FILE;
pub use score::{RuleHistory, RulePoint, ScenarioStanding};
pub use trainee::{Trainee, TraineeId};

use error::Trouble;

type Result<T> = std::result::Result<T, StoreError>;
/// What the SQL files answer with, before the place of the store is added.
type Answer<T> = std::result::Result<T, Trouble>;

/// The record of everybody who trains here. When a method that writes has returned `Ok`, what it wrote is on the disk;
/// when it returns an error, nothing of it is.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    file: PathBuf,
}

impl Store {
    /// Opens the store in the folder, and creates either where missing. An older store is brought up to date. A file that is
    /// not a store of this program, or of a newer one, is refused and left as it is.
    pub fn open(folder: &Path) -> Result<Self> {
        let (db, file) = opening::open(folder)?;
        Ok(Self { db, file })
    }

    /// Opens an existing store for reading only, as from a write-protected folder. Every method that writes then answers with
    /// [`StoreError::ReadOnly`].
    pub fn open_read_only(folder: &Path) -> Result<Self> {
        let (db, file) = opening::open_read_only(folder)?;
        Ok(Self { db, file })
    }

    /// A store that lives as long as the value.
    pub fn in_memory() -> Result<Self> {
        Ok(Self { db: opening::in_memory()?, file: PathBuf::from("(memory)") })
    }

    /// Where the store is kept.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    fn read<T>(&self, operation: impl FnOnce(&Connection) -> Answer<T>) -> Result<T> {
        operation(&self.db).map_err(|trouble| trouble.at(&self.file))
    }

    /// Takes the right to write at once, so that what the operation reads first is still true when it writes.
    fn write<T>(&mut self, operation: impl FnOnce(&Transaction) -> Answer<T>) -> Result<T> {
        let run = || -> Answer<T> {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = operation(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        };
        run().map_err(|trouble| trouble.at(&self.file))
    }
}

#[cfg(test)]
mod tests;
