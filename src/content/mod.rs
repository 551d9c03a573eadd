//! Where content is found: the scenarios that come with the program, and those in a folder beside it.

mod library;

pub use library::{Entry, Library, NotFound, OpenError, Origin};
