//! The debrief, ready to be shown by any face.

use crate::language::{Act, Span};
use crate::locale;
use crate::rules::{self, Conversation, Finding, PromiseRecord, PromiseStatus, RuleScore, Scorecard, Turn, Verdict};
use crate::scenario::Outcome;
use crate::session::{Content, Mood, Said, State, conversation, judge_state};
use crate::transcript::Judged;

/// Everything a debrief says, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Debrief {
    pub title: String,
    /// 0 to 100.
    pub score: u8,
    /// 0 to 100, before critical failings capped it.
    pub uncapped: u8,
    pub score_words: String,
    pub outcome: Option<Outcome>,
    pub outcome_words: String,
    pub critical: Vec<String>,
    /// The reply of each critical failing, counted from 1.
    pub critical_replies: Vec<Option<usize>>,
    /// The one thing to do differently next time, with a better wording where one helps.
    pub next_time: Option<(String, Option<String>)>,
    pub headline_rules: Vec<RuleLine>,
    pub supporting_rules: Vec<RuleLine>,
    pub promises: Vec<PromiseLine>,
    pub turning_points: Vec<TurningPoint>,
    pub mood: Vec<MoodPoint>,
    /// The trainee's replies that could not be placed, counted from 1.
    pub not_recognised: Vec<usize>,
    pub card: Scorecard,
}

/// A rule with its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleLine {
    pub id: String,
    pub title: String,
    pub asks: String,
    pub source: String,
    pub verdict: Verdict,
    pub verdict_words: String,
    pub score: Option<u8>,
    pub weight: u32,
    /// Points that every talk starts with.
    pub starts_at: u8,
    pub findings: Vec<FindingLine>,
}

/// Points with their reason and their words.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingLine {
    pub points: i32,
    pub note: String,
    /// The trainee's reply, counted from 1.
    pub reply: Option<usize>,
    pub span: Option<Span>,
    pub words: String,
    pub act: Option<Act>,
    pub better: Option<String>,
}

/// A promise and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseLine {
    /// The trainee's reply that made it, counted from 1.
    pub reply: Option<usize>,
    pub words: String,
    pub due: String,
    pub status: PromiseStatus,
    pub status_words: String,
}

/// A reply after which the mood was not what it had been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurningPoint {
    /// Counted from 1.
    pub reply: usize,
    pub words: String,
    /// How far anger moved, negative where it fell.
    pub anger: i32,
}

/// The mood at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoodPoint {
    /// Simulated seconds since the start.
    pub at: u64,
    pub mood: Mood,
}

/// A reply that moves anger this far is a turning point.
const TURNING_POINT: i32 = 12;

impl Debrief {
    /// The debrief of a played session.
    #[must_use]
    pub fn of(content: &Content, state: &State) -> Self {
        let conversation = conversation(content, state);
        let card = judge_state(content, state);
        let outcome_words = outcome_words(card.outcome);
        Self {
            turning_points: turning_points(state),
            mood: mood_points(state),
            ..Self::bare(content.scenario.title.clone(), outcome_words, content.pack.language(), &conversation, card)
        }
    }

    /// The debrief of a transcript, which shows neither the mood nor how it ended.
    #[must_use]
    pub fn of_transcript(judged: &Judged) -> Self {
        let outcome_words = locale::text("outcome-not-shown");
        let card = judged.card.clone();
        let mut debrief =
            Self::bare(judged.name.clone(), outcome_words, judged.pack.language(), &judged.conversation, card);
        for promise in debrief.promises.iter_mut().filter(|promise| promise.status == PromiseStatus::Open) {
            promise.status_words = locale::text("promise-not-shown");
        }
        debrief
    }

    /// What the scorecard tells, without the customer's mood.
    fn bare(
        title: String,
        outcome_words: String,
        language: &str,
        conversation: &Conversation,
        card: Scorecard,
    ) -> Self {
        let replies = reply_numbers(conversation);
        let reply_of = |turn: Option<usize>| turn.and_then(|turn| replies.get(turn).copied().flatten());
        let line = |score: &RuleScore| rule_line(score, language, &reply_of);
        let (headline, supporting): (Vec<&RuleScore>, Vec<&RuleScore>) =
            card.rules.iter().partition(|score| rules::rule(&score.rule).is_some_and(|rule| rule.headline));
        Self {
            title,
            score: card.score,
            uncapped: card.uncapped,
            score_words: locale::text(match card.score {
                _ if !card.is_judged() => "score-none",
                85.. => "score-excellent",
                70..85 => "score-good",
                50..70 => "score-fair",
                30..50 => "score-weak",
                _ => "score-poor",
            }),
            outcome: card.outcome,
            outcome_words,
            critical: card.critical.iter().map(critical_words).collect(),
            critical_replies: card.critical.iter().map(|critical| reply_of(critical.turn)).collect(),
            next_time: next_time(&card, language),
            headline_rules: headline.into_iter().map(line).collect(),
            supporting_rules: supporting.into_iter().map(line).collect(),
            promises: card.promises.iter().map(|promise| promise_line(promise, reply_of(Some(promise.turn)))).collect(),
            turning_points: Vec::new(),
            mood: Vec::new(),
            not_recognised: conversation
                .agent_turns()
                .enumerate()
                .filter(|(_, (_, reply))| !reply.reading.recognised)
                .map(|(index, _)| index + 1)
                .collect(),
            card,
        }
    }
}

/// For each turn of the conversation, which of the agent's replies it is, counted from 1.
pub(super) fn reply_numbers(conversation: &Conversation) -> Vec<Option<usize>> {
    let mut count = 0;
    conversation
        .turns
        .iter()
        .map(|turn| match turn {
            Turn::Agent(_) => {
                count += 1;
                Some(count)
            }
            Turn::Customer(_) => None,
        })
        .collect()
}

fn outcome_words(outcome: Option<Outcome>) -> String {
    let id = outcome.map_or("none", Outcome::id);
    locale::text(&format!("outcome-{}", id.replace('_', "-")))
}

fn critical_words(critical: &rules::Critical) -> String {
    let id = critical.kind.id().replace('_', "-");
    let said = locale::text(&format!("critical-{id}"));
    let cap = locale::text_with("critical-cap", [("cap", critical.cap.into())]);
    if critical.words.is_empty() { format!("{said} {cap}") } else { format!("{said} “{}” {cap}", critical.words) }
}

fn rule_line(score: &RuleScore, language: &str, reply_of: &dyn Fn(Option<usize>) -> Option<usize>) -> RuleLine {
    let rule = rules::rule(&score.rule);
    RuleLine {
        id: score.rule.clone(),
        title: locale::text(&format!("rule-{}", score.rule)),
        asks: rule.map(|rule| rule.asks.to_owned()).unwrap_or_default(),
        source: rule.map(rules::Rule::source_words).unwrap_or_default(),
        verdict: score.verdict,
        verdict_words: locale::text(&format!("verdict-{}", score.verdict.id().replace('_', "-"))),
        score: score.score,
        weight: score.weight,
        starts_at: score.starts_at,
        findings: score
            .findings
            .iter()
            .map(|finding| FindingLine {
                points: finding.points,
                note: locale::text(&finding.note),
                reply: reply_of(finding.turn),
                span: finding.span,
                words: finding.words.clone(),
                act: finding.act,
                better: better(finding, language),
            })
            .collect(),
    }
}

fn better(finding: &Finding, language: &str) -> Option<String> {
    let key = finding.better.as_deref()?;
    rules::better_wording(language, key).map(str::to_owned)
}

/// The rule that cost most, and its heaviest finding.
fn next_time(card: &Scorecard, language: &str) -> Option<(String, Option<String>)> {
    let lost = |score: &RuleScore| score.score.map_or(0, |points| u32::from(100 - points) * score.weight);
    let worst = card.rules.iter().filter(|score| lost(score) > 0).max_by_key(|score| lost(score))?;
    let finding = worst.findings.iter().filter(|finding| finding.points <= 0).min_by_key(|finding| finding.points);
    let advice = locale::text(&format!("next-time-{}", worst.rule));
    Some((advice, finding.and_then(|finding| better(finding, language))))
}

fn promise_line(promise: &PromiseRecord, reply: Option<usize>) -> PromiseLine {
    let id = match promise.status {
        PromiseStatus::Open => "open",
        PromiseStatus::Kept => "kept",
        PromiseStatus::Early => "early",
        PromiseStatus::Late => "late",
        PromiseStatus::Forgotten => "forgotten",
    };
    let minutes = promise.off_by_minutes.unwrap_or(0).unsigned_abs();
    PromiseLine {
        reply,
        words: promise.text.clone(),
        due: promise.due.replace('T', " "),
        status: promise.status,
        status_words: locale::text_with(&format!("promise-{id}"), [("minutes", minutes.into())]),
    }
}

fn turning_points(state: &State) -> Vec<TurningPoint> {
    state
        .reply_list()
        .enumerate()
        .map(|(index, reply)| TurningPoint {
            reply: index + 1,
            words: reply.text.clone(),
            anger: i32::from(reply.mood_after.anger) - i32::from(reply.mood_before.anger),
        })
        .filter(|point| point.anger.abs() >= TURNING_POINT)
        .collect()
}

fn mood_points(state: &State) -> Vec<MoodPoint> {
    state
        .transcript
        .iter()
        .map(|said| match said {
            Said::Customer { at, mood, .. } => MoodPoint { at: *at, mood: *mood },
            Said::Agent(reply) => MoodPoint { at: reply.at, mood: reply.mood_after },
        })
        .collect()
}
