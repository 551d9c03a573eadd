//! The debrief as text.

use std::io::{self, Write};

use super::Screen;
use super::screen::Tone;
use crate::locale::{text, text_with};
use crate::report::{Debrief, FindingLine, RuleLine};
use crate::rules::{PromiseStatus, Verdict};

/// Prints a debrief.
///
/// # Errors
/// Where the output cannot be written.
pub fn print_debrief<W: Write>(screen: &mut Screen<W>, debrief: &Debrief) -> io::Result<()> {
    screen.gap()?;
    screen.say(Tone::Title, 0, &format!("── {} · {} ──", text("debrief-heading"), debrief.title))?;
    screen.gap()?;
    let tone = if debrief.score >= 70 { Tone::Good } else { Tone::Bad };
    if debrief.card.is_judged() {
        screen.say(tone, 0, &format!("{} / 100   {}", debrief.score, debrief.score_words))?;
    } else {
        screen.say(Tone::Plain, 0, &debrief.score_words)?;
    }
    screen.say(Tone::Plain, 0, &debrief.outcome_words)?;
    for critical in &debrief.critical {
        screen.labelled(Tone::Bad, "! ", critical)?;
    }
    if let Some((advice, better)) = &debrief.next_time {
        screen.gap()?;
        screen.labelled(Tone::Title, &format!("{}: ", text("debrief-next-time")), advice)?;
        if let Some(better) = better {
            screen.labelled(Tone::Good, &format!("  {}: ", text("debrief-better")), &format!("“{better}”"))?;
        }
    }
    for (heading, lines) in
        [("debrief-headline", &debrief.headline_rules), ("debrief-supporting", &debrief.supporting_rules)]
    {
        screen.gap()?;
        screen.say(Tone::Title, 0, &text(heading))?;
        for line in lines {
            print_rule(screen, line)?;
        }
    }
    if !debrief.promises.is_empty() {
        screen.gap()?;
        screen.say(Tone::Title, 0, &text("debrief-promises"))?;
        for promise in &debrief.promises {
            let kept = matches!(promise.status, PromiseStatus::Kept | PromiseStatus::Open);
            let tone = if kept { Tone::Good } else { Tone::Bad };
            screen.labelled(
                tone,
                "  ",
                &format!("“{}” · {} · {}", promise.words, promise.due, promise.status_words),
            )?;
        }
    }
    if !debrief.turning_points.is_empty() {
        screen.gap()?;
        screen.say(Tone::Title, 0, &text("debrief-turning-points"))?;
        for point in &debrief.turning_points {
            let (key, tone) =
                if point.anger > 0 { ("debrief-anger-rose", Tone::Bad) } else { ("debrief-anger-fell", Tone::Good) };
            let moved = text_with(key, [("points", point.anger.unsigned_abs().into())]);
            let reply = text_with("debrief-reply", [("number", point.reply.into())]);
            screen.labelled(tone, "  ", &format!("{reply}: {moved}"))?;
        }
    }
    if !debrief.not_recognised.is_empty() {
        screen.gap()?;
        let replies = debrief.not_recognised.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let count = debrief.not_recognised.len();
        let said = text_with("debrief-not-recognised", [("count", count.into()), ("replies", replies.into())]);
        screen.say(Tone::Unsure, 0, &said)?;
    }
    Ok(())
}

fn print_rule<W: Write>(screen: &mut Screen<W>, line: &RuleLine) -> io::Result<()> {
    let (mark, tone) = match line.verdict {
        Verdict::Kept => ('+', Tone::Good),
        Verdict::PartlyKept => ('~', Tone::Plain),
        Verdict::Broken => ('-', Tone::Bad),
        Verdict::NotCalledFor => ('·', Tone::Soft),
    };
    let score = line.score.map_or_else(|| "  –".to_owned(), |score| format!("{score:>3}"));
    screen.say(tone, 0, &format!("{mark} {score}  {} ({})", line.title, line.verdict_words))?;
    if line.starts_at > 0 {
        screen.labelled(Tone::Soft, &format!("      {:>+4}  ", line.starts_at), &text("debrief-starts-at"))?;
    }
    for group in
        line.findings.chunk_by(|a, b| a.note == b.note && a.points > 0 && b.points > 0 && is_long(a) && is_long(b))
    {
        match group {
            [finding] => print_finding(screen, finding)?,
            group => print_group(screen, group)?,
        }
    }
    Ok(())
}

/// Words beyond this stand shortened: the transcript has them whole.
const QUOTED: usize = 70;

fn is_long(finding: &FindingLine) -> bool {
    finding.words.chars().count() > QUOTED
}

fn quoted(words: &str) -> String {
    let mut short: String = words.chars().take(QUOTED).collect();
    if short.len() < words.len() {
        let end = short.rfind(' ').unwrap_or(short.len());
        short.truncate(end);
        short.push('…');
    }
    format!("“{short}”")
}

/// The same good point for several whole replies, on one line.
fn print_group<W: Write>(screen: &mut Screen<W>, group: &[FindingLine]) -> io::Result<()> {
    let points: i32 = group.iter().map(|finding| finding.points).sum();
    let replies = group.iter().filter_map(|finding| finding.reply).map(|number| number.to_string()).collect::<Vec<_>>();
    let replies = text_with("debrief-replies", [("numbers", replies.join(", ").into())]);
    screen.labelled(Tone::Soft, &format!("      {points:>+4}  "), &format!("{} ({replies})", group[0].note))
}

fn print_finding<W: Write>(screen: &mut Screen<W>, finding: &FindingLine) -> io::Result<()> {
    let points = if finding.points == 0 { String::new() } else { format!("{:+}", finding.points) };
    let label = format!("      {points:>4}  ");
    let mut said = finding.note.clone();
    if !finding.words.is_empty() {
        said.push_str(&format!(" {}", quoted(&finding.words)));
    }
    if let Some(number) = finding.reply {
        said.push_str(&format!(" ({})", text_with("debrief-reply", [("number", number.into())])));
    }
    screen.labelled(Tone::Soft, &label, &said)?;
    match &finding.better {
        Some(better) if finding.points <= 0 => {
            screen.labelled(Tone::Soft, "            ", &format!("{}: “{better}”", text("debrief-better")))
        }
        _ => Ok(()),
    }
}
