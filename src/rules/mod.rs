//! The documented rules, one file each; the conversation they judge; verdicts with evidence; the rubric that weighs them.

mod conversation;
mod scorecard;

pub use conversation::{
    AgentTurn, Conversation, CustomerTurn, OfferSeen, OfferVerdict, PromiseRecord, PromiseStatus, Turn,
};
pub use scorecard::{Critical, CriticalKind, Finding, RuleScore, Scorecard, Verdict};
#[derive(Debug)]
pub struct Rubric;
impl Rubric {
    pub fn hash(&self) -> &str {
        ""
    }
}
pub fn judge(_: &Conversation, _: &Rubric) -> Scorecard {
    unimplemented!()
}
