//! The documented rules, one file each; the conversation they judge; verdicts with evidence; the rubric that weighs them.

mod conversation;
mod example;
mod handbook;
mod judge;
mod phrasebook;
mod registry;
mod rubric;
mod rule;
mod scorecard;

mod acknowledge;
mod adapt;
mod answer_promptly;
mod apologise;
mod be_personal;
mod call_back;
mod cannot_help;
mod clarify;
mod courtesy;
mod next_steps;
mod no_arguing;
mod no_blame_shifting;
mod offer_solutions;
mod own_it;
mod plain_language;
mod stay_calm;

pub use conversation::{
    AgentTurn, Conversation, CustomerTurn, OfferSeen, OfferVerdict, PromiseRecord, PromiseStatus, Turn,
};
pub use example::{Agent, Example, Said};
pub use handbook::handbook;
pub use judge::judge;
pub use phrasebook::better_wording;
pub use registry::{RULES, rule};
pub use rubric::{Caps, Limits, Outcomes, Points, Rubric, RubricError, RuleWeights, ThroughChannel};
pub use rule::{Case, Findings, Found, Note, Rule, Source, Way};
pub use scorecard::{Critical, CriticalKind, Finding, RuleScore, Scorecard, Verdict};
