//! `calmline progress`: a trainee's attempts and scores over time.

use super::failure::print;
use super::{Context, Failure};
use crate::locale::{text, text_with};
use crate::progress::AttemptState;

/// How many attempts are listed, and how many scores a rule's line shows.
const LISTED: usize = 20;

/// Prints attempts, newest first, and each rule's scores.
pub fn show(context: &Context) -> Result<(), Failure> {
    let mut store = context.store()?;
    let trainee = context.trainee(&mut store)?;
    let attempts = store.attempts(trainee.id, LISTED, 0)?;
    let mut out = format!("{}\n\n", text_with("progress-of", [("trainee", trainee.name.clone().into())]));
    if attempts.is_empty() {
        out.push_str(&format!("{}\n", text("progress-none")));
        return print(&out);
    }
    for attempt in &attempts {
        let when = attempt.started_at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
        let result = match (attempt.state, attempt.score) {
            (AttemptState::Finished, Some(score)) => format!("{score:>3}"),
            (AttemptState::Open, _) => text("progress-open"),
            _ => text("progress-abandoned"),
        };
        let outcome = attempt.outcome.map(|outcome| outcome.id().replace('_', " ")).unwrap_or_default();
        let mode = text(&format!("mode-{}", attempt.mode.id()));
        out.push_str(&format!(
            "{when}  {}  {result}  {mode:<9} {:<34} {outcome}\n",
            attempt.id.short(),
            attempt.scenario_title
        ));
    }
    out.push_str(&format!("\n{}\n", text("progress-rules")));
    for rule in store.rule_history(trainee.id)? {
        let recent = rule.points.len().saturating_sub(LISTED);
        let scores: Vec<String> = rule.points[recent..].iter().map(|point| point.score.to_string()).collect();
        out.push_str(&format!("  {:<28} {}\n", text(&format!("rule-{}", rule.rule)), scores.join(" → ")));
    }
    print(&out)
}
