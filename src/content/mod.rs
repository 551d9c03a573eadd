//! Where content is found: the scenarios that come with the program, those in a folder beside it, and a company's packs.

mod company;
mod library;

pub use company::{Company, CompanyError, NotWritten, PackKind, append, check_company_pack, pack_kind};
pub use library::{Entry, Library, NotFound, OpenError, Origin};
