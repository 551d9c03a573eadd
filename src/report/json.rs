//! The debrief as JSON: a stable shape for scripts and learning systems.

use serde_json::{Map, Value, json};

use super::Debrief;
use super::debrief::{FindingLine, RuleLine};
use crate::language::Reader;
use crate::scenario::Outcome;
use crate::session::{Content, State};
use crate::transcript::Judged;

/// The debrief of a played session as a JSON object: the same session gives the same bytes.
#[must_use]
pub fn debrief_json(content: &Content, state: &State) -> Value {
    let mut debrief = body(&Debrief::of(content, state));
    debrief["scenario"] = json!(content.id);
    debrief["mode"] = json!(state.setup.mode);
    debrief["seed"] = json!(state.setup.seed);
    debrief["trainee"] = json!(state.setup.trainee);
    debrief["mood"] = json!({ "anger": state.mood.anger, "trust": state.mood.trust, "patience": state.mood.patience });
    debrief["hashes"] = json!(content.hashes);
    debrief
}

/// The debrief of a transcript in the same shape: what only a played session has is null, and `transcript` says what was
/// judged as what. The same transcript and setting give the same bytes.
#[must_use]
pub fn transcript_json(judged: &Judged) -> Value {
    let mut debrief = body(&Debrief::of_transcript(judged));
    debrief["scenario"] = Value::Null;
    debrief["mode"] = json!("transcript");
    debrief["seed"] = Value::Null;
    debrief["trainee"] = Value::Null;
    debrief["mood"] = Value::Null;
    debrief["hashes"] = json!({
        "scenario": null,
        "transcript": judged.hash,
        "rubric": judged.rubric_hash,
        "language_pack": Reader::of(&judged.pack).hash(),
        "moods": null,
    });
    debrief["transcript"] = json!({
        "file": judged.name,
        "language": judged.pack.language(),
        "channel": judged.conversation.channel.id(),
        "starts": judged.starts.map(|starts| starts.strftime("%Y-%m-%dT%H:%M").to_string()),
    });
    debrief
}

/// What every debrief says.
fn body(debrief: &Debrief) -> Value {
    let rules: Map<String, Value> = debrief
        .headline_rules
        .iter()
        .chain(&debrief.supporting_rules)
        .map(|line| (line.id.clone(), rule_json(line)))
        .collect();
    json!({
        "score": debrief.card.is_judged().then_some(debrief.score),
        "uncapped": debrief.card.is_judged().then_some(debrief.uncapped),
        "outcome": debrief.outcome.map(Outcome::id),
        "critical": debrief.critical_replies.iter().zip(&debrief.card.critical).map(|(reply, critical)| json!({
            "kind": critical.kind,
            "cap": critical.cap,
            "reply": reply,
            "words": critical.words,
        })).collect::<Vec<_>>(),
        "rules": rules,
        "promises": debrief.promises.iter().zip(&debrief.card.promises).map(|(line, promise)| json!({
            "text": promise.text,
            "due": promise.due,
            "status": promise.status,
            "off_by_minutes": promise.off_by_minutes,
            "reply": line.reply,
        })).collect::<Vec<_>>(),
        "turns": debrief.card.turns,
        "not_recognised": debrief.not_recognised,
        "next_time": debrief.next_time.as_ref().map(|(advice, better)| json!({ "advice": advice, "better": better })),
    })
}

fn rule_json(line: &RuleLine) -> Value {
    json!({
        "score": line.score,
        "verdict": line.verdict,
        "weight": line.weight,
        "starts_at": line.starts_at,
        "evidence": line.findings.iter().map(finding_json).collect::<Vec<_>>(),
    })
}

fn finding_json(finding: &FindingLine) -> Value {
    json!({
        "points": finding.points,
        "note": finding.note,
        "reply": finding.reply,
        "start": finding.span.map(|span| span.start),
        "end": finding.span.map(|span| span.end),
        "words": finding.words,
        "act": finding.act,
        "better": finding.better,
    })
}
