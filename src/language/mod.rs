//! From the words of a reply to the acts it holds, with evidence and certainty, and to promises with due times.

mod act;
mod by_phrases;
mod carried;
mod company;
mod known_words;
#[cfg(feature = "learned")]
mod letters;
mod lexicon;
pub mod marked;
#[cfg(feature = "learned")]
pub mod meaning;
pub mod measure;
pub mod moment;
mod overlay;
mod pack;
mod pack_format;
mod pattern;
mod promise;
mod reader;
mod reading;
mod recognise;
mod stages;
mod tally;
mod text;
mod vocabulary;
mod writing;

pub use act::{Act, acts_named};
pub use company::CompanyPack;
pub use lexicon::{Lexicon, Subject};
pub use pack::LanguagePack;
pub use pack_format::{CustomerLines, PackError, PackProblem};
pub use reader::Context;
pub use reading::{Contact, FoundAct, FoundPromise, Mention, Reading, Reason, Span};
pub use recognise::{Recogniser, familiar, recognise};
pub use stages::Reader;
pub use tally::Tally;
