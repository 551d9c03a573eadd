//! From the words of a reply to the acts it holds, with evidence and certainty, and to promises with due times.

mod act;
mod lexicon;
pub mod measure;
mod pack;
mod pattern;
mod promise;
mod reader;
mod reading;
mod text;
mod vocabulary;
mod writing;

pub use act::Act;
pub use lexicon::Lexicon;
pub use pack::{CustomerLines, LanguagePack, PackError, PackProblem};
pub use reader::Context;
pub use reading::{Contact, FoundAct, FoundPromise, Mention, Reading, Reason, Span};
#[derive(Clone, Debug)]
pub struct LanguagePack;
#[derive(Clone, Debug, Default)]
pub struct Lexicon;
pub struct Context<'a> {
    pub customer: &'a str,
    pub now: jiff::civil::DateTime,
}
#[derive(Default)]
pub struct CustomerLines {
    pub hang_up: Vec<String>,
    pub go_public: Vec<String>,
    pub escalate: Vec<String>,
    pub calls_again: Vec<String>,
    pub called_back_on_time: Vec<String>,
    pub called_back_late: Vec<String>,
    pub called_back_early: Vec<String>,
    pub still_there: Vec<String>,
    pub offer_accepted: Vec<String>,
    pub offer_declined: Vec<String>,
    pub offer_too_early: Vec<String>,
    pub calmed: Vec<String>,
    pub thanks: Vec<String>,
    pub provoked: Vec<String>,
    pub already_told: Vec<String>,
    pub not_understood: Vec<String>,
    pub waits_for_call: Vec<String>,
}
impl LanguagePack {
    pub fn bundled(_: &str) -> Option<&'static Self> {
        None
    }
    pub fn language(&self) -> &str {
        "en"
    }
    pub fn source_hash(&self) -> &str {
        ""
    }
    pub fn customer_lines(&self) -> &CustomerLines {
        unimplemented!()
    }
    pub fn read(&self, _: &str, _: &Context, _: &Lexicon) -> Reading {
        unimplemented!()
    }
}
impl Lexicon {
    pub fn of(_: &crate::scenario::Scenario, _: &LanguagePack) -> Self {
        Self
    }
}
