//! Where content is found: the scenarios that come with the program, those in a folder beside it, and a company's packs.

mod company;
mod library;

pub use company::{Company, CompanyError, NotWritten, append, check_company_pack, is_company_pack};
pub use library::{Entry, Library, NotFound, OpenError, Origin};
