//! The handbook: every rule with its points and its models, as Markdown, written from the registry and the rubric.

use std::fmt::Write;

use super::{Example, Note, RULES, Rubric, Rule, Said, Source, Way, better_wording, rubric};
use crate::scenario::Channel;

/// The handbook of the rules under the bundled rubric, in English.
#[must_use]
pub fn handbook() -> String {
    let rubric = Rubric::bundled();
    let mut page = String::new();
    write_handbook(&mut page, rubric).expect("writing to a string does not fail");
    page
}

fn write_handbook(page: &mut String, rubric: &Rubric) -> std::fmt::Result {
    writeln!(page, "# The rules\n")?;
    writeln!(
        page,
        "Each rule gives a session 0 to 100 points. From {} on it is *kept*, below {} it is *broken*, between the two it \
         is *partly kept*; where the talk gave no occasion for it, it is *not called for* and does not count. The score \
         of a session is the mean of its rules by weight; how the talk ended weighs {}. Points are those of the rubric \
         *{}*: change them there.\n",
        rubric.kept_from, rubric.broken_below, rubric.outcome.weight, rubric.name
    )?;
    writeln!(page, "A reply that the reader cannot place costs nothing and earns nothing.\n")?;
    writeln!(page, "Whatever else was good, a session scores at most\n")?;
    let rubric::Caps { rudeness, rudeness_from, .. } = rubric.caps;
    writeln!(page, "* {rudeness} when the trainee was rude and the reader is sure of it ({rudeness_from} % or more),")?;
    writeln!(page, "* {} when a promised call was forgotten,", rubric.caps.promise_forgotten)?;
    writeln!(page, "* {} when the customer hung up because of the trainee,", rubric.caps.hung_up)?;
    writeln!(page, "* {} when the customer went public because of the trainee.\n", rubric.caps.went_public)?;
    writeln!(page, "Order counts: apology, then understanding, then a way out, then the next step.\n")?;
    write_channels(page, rubric)?;
    for (title, headline) in [("The six headline rules", true), ("The supporting rules", false)] {
        writeln!(page, "## {title}\n")?;
        for rule in RULES.iter().filter(|rule| rule.headline == headline) {
            write_rule(page, rule, rubric)?;
        }
    }
    writeln!(page, "## Sources\n")?;
    for source in Source::ALL {
        writeln!(page, "* *{}*: {}", source.name(), source.title())?;
    }
    Ok(())
}

fn write_channels(page: &mut String, rubric: &Rubric) -> std::fmt::Result {
    writeln!(page, "| channel | prompt within | late after | words in a reply | to an angry customer |")?;
    writeln!(page, "| --- | --- | --- | --- | --- |")?;
    for channel in [Channel::Phone, Channel::Chat, Channel::Email, Channel::Counter, Channel::Review] {
        let limits = rubric.limits.through(channel);
        let (prompt, late) = (duration(limits.prompt), duration(limits.late));
        writeln!(page, "| {channel:?} | {prompt} | {late} | {} | {} |", limits.words, limits.words_when_angry)?;
    }
    writeln!(page)
}

fn duration(seconds: u32) -> String {
    match seconds {
        hours if hours % 3600 == 0 => format!("{} h", hours / 3600),
        minutes if minutes % 60 == 0 => format!("{} min", minutes / 60),
        seconds => format!("{seconds} s"),
    }
}

fn write_rule(page: &mut String, rule: &Rule, rubric: &Rubric) -> std::fmt::Result {
    let weights = rubric.rules.get(rule.id);
    writeln!(page, "### {} (`{}`)\n", rule.title, rule.id)?;
    writeln!(page, "**Asks.** {}\n", rule.asks)?;
    writeln!(page, "**Why.** {}\n", rule.why)?;
    if !rule.not_called_for.is_empty() {
        writeln!(page, "**Not called for** {}\n", rule.not_called_for)?;
    }
    if let Some(weights) = weights {
        writeln!(page, "**Weighs** {}; starts at {} points.\n", weights.weight, weights.starts_at)?;
    }
    let points = |note: &Note| weights.and_then(|weights| weights.notes.get(note.key)).copied();
    for (title, costs) in [("Earns", false), ("Costs", true)] {
        writeln!(page, "**{title}**\n")?;
        let notes = rule.notes.iter().filter(|note| (note.way == Way::Costs) == costs);
        if !costs && rule.notes.iter().all(|note| note.way == Way::Costs) {
            writeln!(page, "* Nothing to do: the points that it starts with are kept by leaving out what costs.")?;
        }
        for note in notes {
            if note.way == Way::Forgoes {
                writeln!(page, "* {} It earns nothing.", note.when)?;
            }
            let Some(points) = points(note) else { continue };
            write!(page, "* {} ({:+}", note.when, points.points)?;
            if note.way == Way::Shares {
                write!(page, " in all, shared by the occasions")?;
            }
            if let Some(most) = points.most {
                write!(page, ", {most} × at most")?;
            }
            write!(page, ")")?;
            if let Some(better) = note.better.and_then(|key| better_wording("en", key)) {
                write!(page, " Better: *{better}*")?;
            }
            writeln!(page)?;
        }
        writeln!(page)?;
    }
    for (title, examples) in [("Good", rule.good), ("Bad", rule.bad)] {
        for example in examples {
            writeln!(page, "**{title}**\n")?;
            write_example(page, example)?;
        }
    }
    writeln!(page, "**Source**\n")?;
    for (source, says) in rule.sources {
        writeln!(page, "* *{}*: {says}", source.name())?;
    }
    writeln!(page)
}

fn write_example(page: &mut String, example: &Example) -> std::fmt::Result {
    for (index, said) in example.said.iter().enumerate() {
        if index > 0 {
            writeln!(page, ">")?;
        }
        writeln!(page, "> {}", line(said))?;
    }
    writeln!(page)
}

fn line(said: &Said) -> String {
    let Some(agent) = said.agent else { return format!("Customer: {}", said.text) };
    let after = agent.took.map(|seconds| format!(", after {}", duration(seconds))).unwrap_or_default();
    let calls = if agent.opens_call_back { ", calling back" } else { "" };
    format!("**You{after}{calls}: {}**", said.text)
}
