//! How a command fails: words for the person, and an exit code for scripts.

use std::io::{self, Write};

use crate::content::{CompanyError, OpenError};
use crate::progress::{ActError, ReopenError, StoreError};
use crate::terminal::PlayError;

/// What went wrong, and the exit code that says so.
#[derive(Debug)]
pub struct Failure {
    pub message: String,
    pub code: u8,
}

impl Failure {
    /// A check or a comparison found something.
    pub fn found(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }

    /// The command line is off.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }

    /// A file has problems.
    pub fn bad_file(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 65 }
    }

    /// Something that was named is not there.
    pub fn not_there(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 66 }
    }

    /// No window can be opened.
    pub fn no_window(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 69 }
    }

    /// Reading, writing or storing failed.
    pub fn io(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 74 }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::BadName { .. }
            | StoreError::AmbiguousPrefix { .. }
            | StoreError::AmbiguousDispute { .. }
            | StoreError::DisputeSettled { .. }
            | StoreError::DisputeSuperseded { .. } => Self::usage(error.to_string()),
            StoreError::NoSuchAttempt { .. }
            | StoreError::NoSuchPrefix { .. }
            | StoreError::NoSuchReply { .. }
            | StoreError::NoSuchDispute { .. } => Self::not_there(error.to_string()),
            _ => Self::io(error.to_string()),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotFound(error) => Self::not_there(error.to_string()),
            OpenError::Problems(problems) => Self::bad_file(problems.render(colour())),
        }
    }
}

impl From<CompanyError> for Failure {
    fn from(error: CompanyError) -> Self {
        match error {
            CompanyError::NoFolder(_) => Self::not_there(error.to_string()),
            CompanyError::Unreadable { .. } => Self::io(error.to_string()),
            CompanyError::Problems(files) => {
                Self::bad_file(files.iter().map(|file| file.render(colour())).collect::<Vec<_>>().join("\n"))
            }
        }
    }
}

impl From<ReopenError> for Failure {
    fn from(error: ReopenError) -> Self {
        match error {
            ReopenError::Store(error) => error.into(),
            other => Self::bad_file(format!("The attempt cannot be opened with this version of Calmline. {other}")),
        }
    }
}

impl From<ActError> for Failure {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Store(error) => error.into(),
            ActError::Refused(refusal) => Self::usage(crate::locale::text(refusal.key())),
        }
    }
}

impl From<PlayError> for Failure {
    fn from(error: PlayError) -> Self {
        match error {
            PlayError::Store(error) => error.into(),
            PlayError::Io(_) => Self::io(error.to_string()),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::io(format!("Output could not be written: {error}."))
    }
}

/// Whether messages on standard error may be coloured.
pub fn colour() -> bool {
    anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
}

/// Prints to standard output; a reader that has seen enough is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    match anstream::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
