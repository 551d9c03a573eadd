//! Where content is found: the scenarios that come with the program, those in a folder beside it, and a company's packs.

mod company;
mod library;
mod pack_file;

pub use company::{Company, CompanyError, MOST_EXAMPLES, NotWritten, append};
pub use library::{Entry, Library, NotFound, OpenError, Origin};
pub use pack_file::{PackKind, check_pack, pack_kind};
