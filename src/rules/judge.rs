//! Judging a conversation: the rules find, the rubric weighs, critical failings cap.

use super::{
    AgentTurn, Case, Conversation, Critical, CriticalKind, Finding, Findings, PromiseStatus, RULES, Rubric, Rule,
    RuleScore, Scorecard, Verdict, Way,
};
use crate::language::{Act, FoundAct};
use crate::scenario::Outcome;

/// Judges a conversation by every rule. The same conversation and rubric always give the same scorecard.
///
/// A talk in which the reader could place no reply at all has nothing to judge: every rule is *not called for* and the
/// score is 0, with no finding against anybody.
#[must_use]
pub fn judge(conversation: &Conversation, rubric: &Rubric) -> Scorecard {
    let case = Case::new(conversation, &rubric.limits);
    let rules: Vec<RuleScore> = RULES.iter().map(|rule| weigh(rule, &case, rubric)).collect();
    let judged = rules.iter().filter_map(|rule| Some((u32::from(rule.score?), rule.weight)));
    let ending = conversation.outcome.and_then(|outcome| rubric.outcome.worth(outcome));
    let ending = ending.filter(|_| !case.replies.is_empty()).map(|worth| (u32::from(worth), rubric.outcome.weight));
    let uncapped = mean(judged.chain(ending));
    let critical = critical_failings(&case, rubric);
    Scorecard {
        score: critical.iter().map(|failing| failing.cap).fold(uncapped, u8::min),
        uncapped,
        outcome: conversation.outcome,
        critical,
        rules,
        promises: conversation.promises.clone(),
        turns: conversation.agent_turns().count(),
    }
}

fn weigh(rule: &Rule, case: &Case, rubric: &Rubric) -> RuleScore {
    // A loaded rubric holds every rule; one that was built by hand and does not simply gives it no weight.
    let weights = rubric.rules.get(rule.id);
    let weight = weights.map_or(0, |weights| weights.weight);
    let findings = if case.replies.is_empty() { None } else { (rule.judge)(case) };
    let (Some(findings), Some(weights)) = (findings, weights) else {
        return RuleScore {
            rule: rule.id.into(),
            verdict: Verdict::NotCalledFor,
            score: None,
            weight,
            starts_at: 0,
            findings: vec![],
        };
    };
    let findings =
        give_points(findings, |key| weights.notes.get(key).map_or((0, None), |note| (note.points, note.most)));
    let sum = findings.iter().fold(i32::from(weights.starts_at), |sum, finding| sum + finding.points);
    let score = u8::try_from(sum.clamp(0, 100)).unwrap_or_default();
    let verdict = match score {
        score if score >= rubric.kept_from => Verdict::Kept,
        score if score < rubric.broken_below => Verdict::Broken,
        _ => Verdict::PartlyKept,
    };
    let starts_at = weights.starts_at;
    RuleScore { rule: rule.id.into(), verdict, score: Some(score), weight, starts_at, findings }
}

/// Turns what was found into points, `points(key)` being those of a note and how often it counts.
fn give_points(findings: Findings, points: impl Fn(&str) -> (i32, Option<usize>)) -> Vec<Finding> {
    let occasions = i32::try_from(findings.occasions.max(1)).unwrap_or(i32::MAX);
    let mut seen: Vec<(&str, i32)> = Vec::new();
    let mut given = Vec::new();
    for found in findings.found {
        let (points, most) = points(found.note.key);
        let times = match seen.iter_mut().find(|(key, _)| *key == found.note.key) {
            Some((_, times)) => {
                *times += 1;
                *times
            }
            None => {
                seen.push((found.note.key, 1));
                1
            }
        };
        let counts = most.is_none_or(|most| usize::try_from(times).is_ok_and(|times| times <= most));
        let points = match found.note.way {
            // Cumulative, so that the parts of all occasions add up to the whole whatever the rounding.
            Way::Shares => points * times / occasions - points * (times - 1) / occasions,
            Way::Earns | Way::Costs if counts => points,
            // What costs is still shown when it costs no more; what earns no more is not worth a line.
            Way::Costs | Way::Forgoes => 0,
            Way::Earns => continue,
        };
        given.push(Finding {
            note: found.note.key.into(),
            points,
            turn: found.turn,
            span: found.span,
            words: found.words,
            act: found.act,
            better: found.note.better.map(Into::into),
        });
    }
    given
}

/// The weighted mean of (value, weight), rounded to the nearest; 0 where nothing weighs.
fn mean(parts: impl Iterator<Item = (u32, u32)>) -> u8 {
    let (sum, weight) = parts.fold((0, 0), |(sum, all), (value, weight)| (sum + value * weight, all + weight));
    (sum + weight / 2).checked_div(weight).map_or(0, |mean| u8::try_from(mean).unwrap_or(100))
}

fn critical_failings(case: &Case, rubric: &Rubric) -> Vec<Critical> {
    let failing =
        |kind, turn: Option<usize>, words: &str| Critical { kind, cap: rubric.cap(kind), turn, words: words.into() };
    let mut critical = Vec::new();
    let rude = |found: &FoundAct| found.act == Act::Rudeness && found.certainty >= rubric.caps.rudeness_from;
    if let Some((turn, words)) = first_words(case, rude) {
        critical.push(failing(CriticalKind::Rudeness, Some(turn), words));
    }
    let forgotten = case.conversation.promises.iter().find(|promise| promise.status == PromiseStatus::Forgotten);
    if let Some(promise) = forgotten {
        critical.push(failing(CriticalKind::PromiseForgotten, Some(promise.turn), &promise.text));
    }
    let lost = match case.conversation.outcome {
        Some(Outcome::HungUp) => Some(CriticalKind::HungUp),
        Some(Outcome::WentPublic) => Some(CriticalKind::WentPublic),
        _ => None,
    };
    if let Some(kind) = lost
        && !case.replies.is_empty()
    {
        let hurt = first_words(case, |found| found.act.hurts());
        let broken = case
            .conversation
            .promises
            .iter()
            .find(|promise| matches!(promise.status, PromiseStatus::Late | PromiseStatus::Forgotten));
        let never = |act| case.replies.iter().all(|(_, reply)| !reply.reading.has(act));
        if let Some((turn, words)) = hurt {
            critical.push(failing(kind, Some(turn), words));
        } else if let Some(promise) = broken {
            critical.push(failing(kind, Some(promise.turn), &promise.text));
        } else if never(Act::Apology) || never(Act::Offer) {
            critical.push(failing(kind, None, ""));
        }
    }
    critical
}

/// The first words that hold such an act, with their turn.
fn first_words<'a>(case: &Case<'a>, is: impl Fn(&FoundAct) -> bool) -> Option<(usize, &'a str)> {
    case.replies.iter().find_map(|&(turn, reply): &(usize, &'a AgentTurn)| {
        let found = reply.reading.acts.iter().find(|found| is(found))?;
        Some((turn, found.span.of(&reply.text)))
    })
}
