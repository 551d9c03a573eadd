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
#[derive(Debug)]
pub struct Rubric;
impl Rubric {
    pub fn hash(&self) -> &str {
        "rubric"
    }
    pub fn source(&self) -> &str {
        "rubric"
    }
    pub fn bundled() -> std::sync::Arc<Self> {
        std::sync::Arc::new(Rubric)
    }
}
pub fn judge(c: &Conversation, _: &Rubric) -> Scorecard {
    use crate::language::Act;
    let table = [
        ("no-arguing", Act::Arguing, -40),
        ("apologise", Act::Apology, 100),
        ("clarify", Act::Question, 60),
        ("offer-solutions", Act::Offer, 80),
        ("next-steps", Act::NextStep, 70),
        ("call-back", Act::TimedPromise, 50),
        ("stay-calm", Act::Rudeness, -100),
        ("acknowledge", Act::Empathy, 100),
        ("courtesy", Act::Courtesy, 100),
    ];
    let rules: Vec<RuleScore> = table
        .iter()
        .enumerate()
        .map(|(i, (rule, act, points))| {
            let findings: Vec<Finding> = c
                .agent_turns()
                .filter_map(|(turn, t)| {
                    t.reading.find(*act).map(|f| Finding {
                        note: format!("{rule}-{act}"),
                        points: *points,
                        turn: Some(turn),
                        span: Some(f.span),
                        words: f.span.of(&t.text).into(),
                        act: Some(*act),
                        better: (*points < 0).then(|| "better".into()),
                    })
                })
                .collect();
            let base = if *points < 0 { 100 } else { 0 };
            let sum: i32 = base + findings.iter().map(|f| f.points).sum::<i32>();
            let score = sum.clamp(0, 100) as u8;
            let called = i != 5 || !c.promises.is_empty();
            RuleScore {
                rule: (*rule).into(),
                verdict: match score {
                    _ if !called => Verdict::NotCalledFor,
                    80.. => Verdict::Kept,
                    40.. => Verdict::PartlyKept,
                    _ => Verdict::Broken,
                },
                score: called.then_some(score),
                weight: 10,
                findings,
            }
        })
        .collect();
    let scored: Vec<u32> = rules.iter().filter_map(|r| r.score).map(u32::from).collect();
    let score = (scored.iter().sum::<u32>() / scored.len().max(1) as u32) as u8;
    let critical = if rules[6].score == Some(0) {
        vec![Critical { kind: CriticalKind::Rudeness, cap: 40, turn: Some(1), words: "idiot".into() }]
    } else {
        vec![]
    };
    Scorecard {
        score,
        uncapped: score,
        outcome: c.outcome,
        critical,
        rules,
        promises: c.promises.clone(),
        turns: c.agent_turns().count(),
    }
}
