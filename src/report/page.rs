//! The debrief of a transcript as one HTML page that needs nothing else: for the screen, light or dark, and for paper.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::debrief::{FindingLine, RuleLine, reply_numbers};
use super::{Debrief, PromiseLine};
use crate::language::{Act, Reading};
use crate::locale::{text, text_with};
use crate::rules::{AgentTurn, PromiseStatus, Turn, Verdict};
use crate::transcript::Judged;

const STYLE: &str = include_str!("../../assets/styles/debrief.css");

/// Below this certainty, in percent, a mark is shown as unsure.
const SURE_FROM: u8 = 65;

/// The page. Whatever stands in the transcript is text in it and never markup; the page loads and runs nothing.
#[must_use]
pub fn transcript_page(judged: &Judged) -> String {
    let debrief = Debrief::of_transcript(judged);
    let language = judged.pack.language();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (text("page-heading")) " · " (debrief.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    (top(&debrief, judged))
                    div.columns {
                        section { (talk(&debrief, judged)) }
                        section {
                            (rules("debrief-headline", &debrief.headline_rules, language))
                            (rules("debrief-supporting", &debrief.supporting_rules, language))
                        }
                    }
                    p.soft { (text("page-footer")) }
                }
            }
        }
    };
    page.into_string()
}

fn top(debrief: &Debrief, judged: &Judged) -> Markup {
    let channel = text(&format!("channel-{}", judged.conversation.channel.id()));
    let starts = judged.starts.map(|starts| starts.strftime("%Y-%m-%d %H:%M").to_string());
    let facts = [
        ("page-language", judged.pack.language().to_owned()),
        ("page-channel", channel),
        ("page-starts", starts.unwrap_or_else(|| text("page-starts-unknown"))),
        ("page-rubric", judged.rubric_name.clone()),
    ];
    html! {
        p.soft { (text("page-heading")) }
        h1 { (debrief.title) }
        p.score {
            @if debrief.card.is_judged() { strong { (debrief.score) " / 100" } }
            span { (debrief.score_words) }
        }
        p.soft { (debrief.outcome_words) }
        dl.facts.soft {
            @for (name, value) in facts { div { dt { (text(name)) } dd { (value) } } }
        }
        @if !debrief.critical.is_empty() {
            h2.bad { "! " (text("page-critical")) }
            @for (critical, reply) in debrief.critical.iter().zip(&debrief.critical_replies) {
                p.card { (critical) @if let Some(reply) = reply { " (" (to_reply(*reply)) ")" } }
            }
        }
        @if let Some((advice, better)) = &debrief.next_time {
            h2 { (text("debrief-next-time")) }
            div.card {
                p { (advice) }
                @if let Some(better) = better { (better_wording(better, judged.pack.language())) }
            }
        }
        @if !debrief.promises.is_empty() {
            h2 { (text("debrief-promises")) }
            ul { @for promise in &debrief.promises { (promise_line(promise, judged.pack.language())) } }
        }
    }
}

fn promise_line(promise: &PromiseLine, language: &str) -> Markup {
    let (mark, class) = match promise.status {
        PromiseStatus::Kept => ("+", "good"),
        PromiseStatus::Open => ("·", "soft"),
        PromiseStatus::Early | PromiseStatus::Late | PromiseStatus::Forgotten => ("−", "bad"),
    };
    html! {
        li.card {
            span class=(class) { (mark) " " (promise.status_words) } " · "
            q lang=(language) { (promise.words) } " · " (promise.due)
            @if let Some(reply) = promise.reply { " (" (to_reply(reply)) ")" }
        }
    }
}

fn talk(debrief: &Debrief, judged: &Judged) -> Markup {
    let numbers = reply_numbers(&judged.conversation);
    html! {
        h2 { (text("page-transcript")) }
        p.soft.legend { (text("page-legend")) }
        @for (turn, number) in judged.conversation.turns.iter().zip(numbers) {
            @match turn {
                Turn::Customer(customer) => {
                    article.card.turn.customer {
                        header { strong { (text("page-customer")) } time { (clock(customer.at)) } }
                        p lang=(judged.pack.language()) { (customer.text) }
                    }
                }
                Turn::Agent(agent) => (reply(debrief, judged.pack.language(), agent, number.unwrap_or_default())),
            }
        }
    }
}

fn reply(debrief: &Debrief, language: &str, agent: &AgentTurn, number: usize) -> Markup {
    let heard = Act::ALL.iter().filter(|act| agent.reading.has(**act));
    let acts: Vec<String> = heard.map(|act| act_words(*act)).collect();
    html! {
        article.card.turn.agent id={ "reply-" (number) } {
            header {
                strong { (text("page-agent")) }
                time { (clock(agent.at)) }
                span { (text_with("debrief-reply", [("number", number.into())])) }
                @if !agent.reading.recognised { span { (text("page-not-recognised")) } }
                @if !acts.is_empty() { span { (acts.join(" · ")) } }
            }
            p lang=(language) { (marked(&agent.text, &agent.reading)) }
            ul.points {
                @for (rule, finding) in findings(debrief, number) {
                    li {
                        (points(finding))
                        span {
                            (finding.note)
                            @if finding.points <= 0 && finding.span.is_some() { " " q lang=(language) { (finding.words) } }
                            " " a href={ "#rule-" (rule.id) } { (rule.title) }
                        }
                    }
                }
            }
        }
    }
}

/// What counted in a reply: points for some of its words, and whatever cost something.
fn findings(debrief: &Debrief, number: usize) -> impl Iterator<Item = (&RuleLine, &FindingLine)> {
    let rules = debrief.headline_rules.iter().chain(&debrief.supporting_rules);
    rules
        .flat_map(|rule| rule.findings.iter().map(move |finding| (rule, finding)))
        .filter(move |(_, finding)| finding.reply == Some(number) && (finding.span.is_some() || finding.points <= 0))
}

/// The reply with its evidence underlined. Where marks overlap, what hurts shows before what helps.
fn marked(words: &str, reading: &Reading) -> Markup {
    let acts = reading.acts.iter().map(|found| {
        let kind = match found.certainty {
            ..SURE_FROM => Kind::Unsure,
            // "Soon" hurts nobody at once, but it costs points wherever it stands.
            _ if found.act.hurts() || found.act == Act::VaguePromise => Kind::Bad,
            _ => Kind::Good,
        };
        (found.span, kind, act_words(found.act))
    });
    let jargon = reading.jargon.iter().map(|span| (*span, Kind::Bad, text("page-jargon")));
    let marks: Vec<_> = acts.chain(jargon).filter(|(span, ..)| !span.of(words).is_empty()).collect();
    let mut cuts: Vec<usize> = marks.iter().flat_map(|(span, ..)| [span.start, span.end]).collect();
    cuts.extend([0, words.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for part in cuts.windows(2) {
            @let piece = words.get(part[0]..part[1]).unwrap_or_default();
            @let over: Vec<_> = marks.iter().filter(|(span, ..)| span.start <= part[0] && part[1] <= span.end).collect();
            @match over.iter().map(|(_, kind, _)| *kind).max() {
                Some(kind) => {
                    @let why: Vec<&str> = over.iter().map(|(.., why)| why.as_str()).collect();
                    mark class=(kind.class()) title=(why.join(" · ")) { (piece) }
                }
                None => (piece),
            }
        }
    }
}

/// What a mark says; the later one shows where two overlap.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Unsure,
    Good,
    Bad,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Kind::Unsure => "unsure",
            Kind::Good => "good",
            Kind::Bad => "bad",
        }
    }
}

fn act_words(act: Act) -> String {
    text(&format!("act-{}", act.id()))
}

fn rules(heading: &str, lines: &[RuleLine], language: &str) -> Markup {
    html! {
        h2 { (text(heading)) }
        @for line in lines { (rule(line, language)) }
    }
}

fn rule(line: &RuleLine, language: &str) -> Markup {
    let (mark, class) = match line.verdict {
        Verdict::Kept => ("+", "good"),
        Verdict::PartlyKept => ("~", ""),
        Verdict::Broken => ("−", "bad"),
        Verdict::NotCalledFor => ("·", "soft"),
    };
    let weight = line.weight;
    let worth = match line.score {
        Some(score) => text_with("page-points", [("score", score.into()), ("weight", weight.into())]),
        None => text_with("page-weight", [("weight", weight.into())]),
    };
    html! {
        section.card.rule id={ "rule-" (line.id) } {
            header {
                h3 { span class=(class) { (mark) } " " (line.title) }
                span class=(class) { (line.verdict_words) }
                span.soft.worth { (worth) }
            }
            p.soft { (line.asks) }
            ul.points {
                @if line.starts_at > 0 {
                    li { span.number.good { (format!("+{}", line.starts_at)) } span { (text("debrief-starts-at")) } }
                }
                @for group in line.findings.chunk_by(same_for_whole_replies) { li { (finding_group(group, language)) } }
            }
            p.soft { (text_with("debrief-source", [("source", line.source.as_str().into())])) }
        }
    }
}

/// Whether two findings are the same good point for replies as a whole, and can share a line.
fn same_for_whole_replies(a: &FindingLine, b: &FindingLine) -> bool {
    let whole = |finding: &FindingLine| finding.points > 0 && finding.span.is_none();
    a.note == b.note && whole(a) && whole(b)
}

fn finding_group(group: &[FindingLine], language: &str) -> Markup {
    let [finding] = group else {
        let sum: i32 = group.iter().map(|finding| finding.points).sum();
        let first = group.first();
        return html! {
            span.number.good { (format!("{sum:+}")) }
            span {
                (first.map(|finding| finding.note.as_str()).unwrap_or_default())
                @for reply in group.iter().filter_map(|finding| finding.reply) { " · " (to_reply(reply)) }
            }
        };
    };
    html! {
        (points(finding))
        span {
            (finding.note)
            @if !finding.words.is_empty() && finding.span.is_some() { " " q lang=(language) { (finding.words) } }
            @if let Some(reply) = finding.reply { " (" (to_reply(reply)) ")" }
            @if let Some(better) = finding.better.as_ref().filter(|_| finding.points <= 0) { (better_wording(better, language)) }
        }
    }
}

fn points(finding: &FindingLine) -> Markup {
    match finding.points {
        0 => html! { span.number { "0" } },
        points if points > 0 => html! { span.number.good { (format!("+{points}")) } },
        points => html! { span.number.bad { "−" (points.unsigned_abs()) } },
    }
}

fn better_wording(better: &str, language: &str) -> Markup {
    html! { p.better { (text("debrief-better")) ": " q lang=(language) { (better) } } }
}

fn to_reply(number: usize) -> Markup {
    html! { a href={ "#reply-" (number) } { (text_with("debrief-reply", [("number", number.into())])) } }
}

/// Seconds as the transcript writes them.
fn clock(seconds: u64) -> String {
    match seconds / 3600 {
        0 => format!("{:02}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours:02}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}
