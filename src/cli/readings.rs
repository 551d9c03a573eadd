//! `calmline readings`: what trainees say was read wrongly; a trainer settles or rejects it.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::failure::print;
use super::{Context, Failure, play};
use crate::check;
use crate::content::{Company, append};
use crate::diagnostic::quote::{closest, list};
use crate::language::marked::{self, MarkedReply};
use crate::language::{self, Act, LanguagePack, Lexicon, Reader, Reading};
use crate::locale::{text, text_with};
use crate::progress::{AttemptId, Dispute, LONGEST_NOTE, Ruling, Settlement, Store};
use crate::session::Content;

pub const EXAMPLES: &str = "\
Examples:
  calmline readings                                   what is open, and what is read rightly by now
  calmline readings show 3f2a                         one of them whole, with the evidence
  calmline readings settle 3f2a                       the trainee is right
  calmline readings settle 3f2a --acts apology,question --by Tom
  calmline readings reject 3f2a --because \"A sigh is no apology.\"

A settled reading is written to the company pack as a further example: to `en.txt` in the folder
of --company, or in `company` where attempts are kept.

Acts: apology, question, paraphrase, empathy, offer, next_step, timed_promise, vague_promise,
courtesy, check_back, identify, arguing, blame_shift, brush_off, rudeness; `none` where the reply
holds no act.";

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ReadingsArgs {
    #[command(subcommand)]
    what: Option<What>,
    /// List settled and rejected ones too
    #[arg(long)]
    all: bool,
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show one disputed reading whole
    Show {
        /// Its id, or the start of it
        id: String,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
    /// Say which acts the reply holds; it becomes an example of the company pack
    Settle {
        /// Its id, or the start of it
        id: String,
        /// The acts, with commas between; `none` where it holds no act [default: as the trainee says]
        #[arg(long, value_parser = acts)]
        acts: Option<Acts>,
        /// Who settles it [default: the person at the machine]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Keep the reading as it was
    Reject {
        /// Its id, or the start of it
        id: String,
        /// Why, for the trainee and for later
        #[arg(long, value_name = "REASON")]
        because: String,
        /// Who rejects it [default: the person at the machine]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
}

/// A list of acts as one argument.
#[derive(Clone, Debug)]
struct Acts(Vec<Act>);

fn acts(words: &str) -> Result<Acts, String> {
    language::acts_named(words).map(Acts).map_err(|unknown| {
        let ids = || Act::ALL.iter().map(|act| act.id());
        let near = closest(&unknown, ids()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        format!("`{unknown}` is no act; {near}the acts are {}, or `none` alone", list(ids(), "and"))
    })
}

/// Lists, shows, settles or rejects.
pub fn readings(context: &Context, args: ReadingsArgs) -> Result<(), Failure> {
    let mut store = context.store()?;
    match args.what {
        None => {
            let disputes = if args.all { store.disputes()? } else { store.open_disputes()? };
            let mut reader = Rereader { store: &store, company: context.company()?, contents: BTreeMap::new() };
            if args.json {
                let listed: Vec<Value> =
                    disputes.iter().map(|dispute| as_json(dispute, &reader.read(dispute))).collect();
                return print(&format!("{:#}\n", Value::Array(listed)));
            }
            print(&table(&disputes, &mut reader))
        }
        Some(What::Show { id, json }) => {
            let dispute = store.dispute(store.resolve_dispute(&id)?)?;
            let reading =
                Rereader { store: &store, company: context.company()?, contents: BTreeMap::new() }.read(&dispute);
            print(&match json {
                true => format!("{:#}\n", as_json(&dispute, &reading)),
                false => whole(&dispute, &reading, &context.same_places()),
            })
        }
        Some(What::Settle { id, acts, by }) => {
            let dispute = store.dispute(store.resolve_dispute(&id)?)?;
            settle(context, &mut store, &dispute, acts.map(|acts| acts.0), trainer(by)?)
        }
        Some(What::Reject { id, because, by }) => {
            let because = because.trim();
            if because.is_empty() || because.chars().count() > LONGEST_NOTE {
                return Err(Failure::usage(text("readings-because")));
            }
            let dispute = store.dispute(store.resolve_dispute(&id)?)?;
            let ruling = Ruling::Rejected(because.to_owned());
            store.settle_dispute(dispute.id, &Settlement { ruling, by: trainer(by)?, at: Timestamp::now() })?;
            print(&format!("{}\n", text_with("readings-rejected", [("id", dispute.id.short().into())])))
        }
    }
}

/// The name under which a ruling is kept.
fn trainer(by: Option<String>) -> Result<String, Failure> {
    let name = by.or_else(super::login).unwrap_or_else(|| text("readings-trainer"));
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err(Failure::usage(text("readings-by")));
    }
    Ok(name.to_owned())
}

fn settle(
    context: &Context,
    store: &mut Store,
    dispute: &Dispute,
    acts: Option<Vec<Act>>,
    by: String,
) -> Result<(), Failure> {
    let company = context.company()?;
    let made = &dispute.made;
    let acts = acts.unwrap_or_else(|| made.wanted.clone());
    let reading = Rereader { store, company: company.clone(), contents: BTreeMap::new() }.read(dispute);
    let Some(pack) = company.pack(&made.language) else {
        return Err(Failure::bad_file(text_with("readings-no-pack", [("language", made.language.clone().into())])));
    };
    let mut example = MarkedReply::stated(&made.text, &reading, &acts);
    example.customer.clone_from(&made.customer);
    example.now = Some(made.moment);
    let line = marked::print_reply(&example);
    let now = Timestamp::now();
    let day = now.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d").to_string();
    let origin = text_with(
        "readings-origin",
        [
            ("id", dispute.id.short().into()),
            ("trainee", dispute.trainee_name.clone().into()),
            ("by", by.clone().into()),
            ("day", day.into()),
        ],
    );
    // What the entry above says of its customer ends here.
    let no_customer = if made.customer.is_empty() { ">\n" } else { "" };
    let written = format!("\n# {origin}\n{no_customer}{}", marked::print(&[example]));
    let file = context.company_folder()?.join(format!("{}.txt", pack.language()));
    let settlement = Settlement { ruling: Ruling::Settled(acts), by, at: now };
    store
        .settle_dispute_with(dispute.id, &settlement, || append(&file, &written).map_err(|error| error.to_string()))?;
    let file = file.display().to_string();
    let said = [("id", dispute.id.short().into()), ("file", file.into())];
    print(&format!("{}\n  {line}\n", text_with("readings-settled", said)))
}

/// Reads disputed replies as they would be read today: the scenario of that day, the packs of now.
struct Rereader<'a> {
    store: &'a Store,
    company: Company,
    contents: BTreeMap<AttemptId, Option<Content>>,
}

impl Rereader<'_> {
    fn read(&mut self, dispute: &Dispute) -> Reading {
        let made = &dispute.made;
        let (store, company) = (self.store, &self.company);
        let content = self.contents.entry(made.attempt).or_insert_with(|| content(store, company, made.attempt));
        if let Some(content) = content {
            return content.read_at(&made.text, &made.customer, made.moment);
        }
        // The scenario no longer loads: its own words are lost, the language's are not.
        let context = language::Context { customer: &made.customer, now: made.moment };
        let read = |pack: std::sync::Arc<LanguagePack>| {
            Reader::of(&pack).read_to_judge(&made.text, &context, &Lexicon::empty())
        };
        company.pack(&made.language).map(read).unwrap_or_default()
    }
}

fn content(store: &Store, company: &Company, attempt: AttemptId) -> Option<Content> {
    let attempt = store.attempt(attempt).ok()?;
    let id = &attempt.summary.scenario_id;
    let loaded = check::load(&format!("{id}.ron"), id, attempt.scenario_source.as_bytes()).ok()?;
    play::content(loaded, company).ok()
}

fn held(reading: &Reading) -> Vec<Act> {
    Act::ALL.iter().copied().filter(|act| reading.has(*act)).collect()
}

/// The acts that the reply holds as far as anybody has said: a trainer, else the trainee.
fn rightly(dispute: &Dispute) -> &[Act] {
    match dispute.settlement.as_ref().map(|settlement| &settlement.ruling) {
        Some(Ruling::Settled(acts)) => acts,
        Some(Ruling::Rejected(_)) => &dispute.made.was_read,
        None => &dispute.made.wanted,
    }
}

/// Whether a reading of today is what the reply was said to be.
fn is_right(reading: &Reading, dispute: &Dispute) -> bool {
    let wanted = rightly(dispute);
    let rejected = matches!(&dispute.settlement, Some(Settlement { ruling: Ruling::Rejected(_), .. }));
    let placed = !rejected || dispute.made.recognised;
    reading.recognised == placed && Act::ALL.iter().all(|act| reading.has(*act) == wanted.contains(act))
}

fn read_as(recognised: bool, acts: &[Act]) -> String {
    if recognised { named(acts) } else { text("readings-not-recognised") }
}

fn named(acts: &[Act]) -> String {
    if acts.is_empty() {
        return text("readings-no-act");
    }
    acts.iter().map(|act| act.id()).collect::<Vec<_>>().join(", ")
}

fn day(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d").to_string()
}

fn state(dispute: &Dispute) -> &'static str {
    match dispute.settlement.as_ref().map(|settlement| &settlement.ruling) {
        Some(Ruling::Settled(_)) => "settled",
        Some(Ruling::Rejected(_)) => "rejected",
        None if dispute.superseded => "superseded",
        None => "open",
    }
}

fn table(disputes: &[Dispute], reader: &mut Rereader) -> String {
    if disputes.is_empty() {
        return format!("{}\n", text("readings-none"));
    }
    let mut out = String::new();
    let mut right = 0;
    for dispute in disputes {
        let made = &dispute.made;
        let by_now = is_right(&reader.read(dispute), dispute);
        right += usize::from(by_now && dispute.is_open());
        let mut facts = vec![made.language.clone(), day(made.made_at), dispute.trainee_name.clone()];
        if !dispute.is_open() {
            facts.push(text(&format!("readings-state-{}", state(dispute))));
        }
        if by_now {
            facts.push(text("readings-right-now"));
        }
        out.push_str(&format!("{}  {}\n", dispute.id.short(), facts.join(" · ")));
        let rejected = matches!(&dispute.settlement, Some(Settlement { ruling: Ruling::Rejected(_), .. }));
        let (key, wanted) = match rejected {
            true => ("readings-acts-rejected", &made.wanted[..]),
            false => ("readings-acts", rightly(dispute)),
        };
        let acts = [("read", read_as(made.recognised, &made.was_read).into()), ("wanted", named(wanted).into())];
        for line in [format!("“{}”", one_line(&made.text)), text_with(key, acts)] {
            let options = textwrap::Options::new(textwrap::termwidth().clamp(40, 100))
                .initial_indent("          ")
                .subsequent_indent("          ");
            for wrapped in textwrap::wrap(&line, options) {
                out.push_str(&format!("{wrapped}\n"));
            }
        }
    }
    let open = disputes.iter().filter(|dispute| dispute.is_open()).count();
    out.push_str(&format!("\n{}\n", text_with("readings-count", [("open", open.into()), ("right", right.into())])));
    out
}

/// Words on one line, without what steers a terminal.
fn one_line(words: &str) -> String {
    crate::diagnostic::quote::visible(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn whole(dispute: &Dispute, reading: &Reading, places: &str) -> String {
    let made = &dispute.made;
    let mut rows: Vec<(&str, String)> = vec![
        ("readings-show-who", format!("{} · {}", dispute.trainee_name, day(made.made_at))),
        (
            "readings-show-where",
            text_with(
                "readings-show-place",
                [
                    ("title", dispute.scenario_title.clone().into()),
                    ("attempt", made.attempt.short().into()),
                    ("reply", made.reply.into()),
                ],
            ),
        ),
        ("readings-show-customer", one_line(&made.customer)),
        ("readings-show-reply", one_line(&made.text)),
        ("readings-show-read", read_as(made.recognised, &made.was_read)),
        ("readings-show-wanted", named(&made.wanted)),
        ("readings-show-note", made.note.as_deref().map(one_line).unwrap_or_default()),
        ("readings-show-now", read_as(reading.recognised, &held(reading))),
    ];
    for found in &reading.acts {
        let because = match &found.because {
            language::Reason::Phrase(pattern) => pattern.clone(),
            language::Reason::Construction(name) => name.clone(),
            language::Reason::Example(like) => text_with("readings-show-like", [("example", one_line(like).into())]),
        };
        let words = one_line(found.span.of(&made.text));
        rows.push(("", format!("{} {}% “{words}”: {because}", found.act, found.certainty)));
    }
    if let Some(settlement) = &dispute.settlement {
        let ruling = match &settlement.ruling {
            Ruling::Settled(acts) => format!("{}: {}", text("readings-settled-as"), named(acts)),
            Ruling::Rejected(because) => format!("{}: {}", text("readings-rejected-as"), one_line(because)),
        };
        rows.push(("readings-show-ruling", format!("{ruling} ({}, {})", settlement.by, day(settlement.at))));
    }
    let mut out = format!("{}  {}\n", dispute.id, text(&format!("readings-state-{}", state(dispute))));
    for (key, said) in rows.into_iter().filter(|(_, said)| !said.is_empty()) {
        let label = if key.is_empty() { String::new() } else { text(key) };
        let label = format!("  {label:<16} ");
        let hang = " ".repeat(label.chars().count());
        let options = textwrap::Options::new(textwrap::termwidth().clamp(40, 100))
            .initial_indent(&label)
            .subsequent_indent(&hang);
        for line in textwrap::wrap(&said, options) {
            out.push_str(&format!("{line}\n"));
        }
    }
    if dispute.is_open() {
        let how = [
            ("id", dispute.id.short().into()),
            ("acts", settle_acts(&made.wanted).into()),
            ("places", places.to_owned().into()),
        ];
        out.push_str(&format!("\n{}\n", text_with("readings-how", how)));
    }
    out
}

/// The acts as `--acts` takes them.
fn settle_acts(acts: &[Act]) -> String {
    if acts.is_empty() { "none".into() } else { acts.iter().map(|act| act.id()).collect::<Vec<_>>().join(",") }
}

fn as_json(dispute: &Dispute, reading: &Reading) -> Value {
    let made = &dispute.made;
    json!({
        "id": dispute.id.to_string(),
        "state": state(dispute),
        "trainee": dispute.trainee_name,
        "scenario": dispute.scenario_title,
        "attempt": made.attempt.to_string(),
        "reply": made.reply,
        "made_at": made.made_at.to_string(),
        "lang": made.language,
        "customer": made.customer,
        "text": made.text,
        "moment": made.moment.to_string(),
        "was_recognised": made.recognised,
        "was_read": made.was_read,
        "should_be": made.wanted,
        "note": made.note,
        "recognised_now": reading.recognised,
        "read_now": held(reading),
        "right_now": is_right(reading, dispute),
        "settlement": dispute.settlement.as_ref().map(|settlement| json!({
            "by": settlement.by,
            "at": settlement.at.to_string(),
            "acts": match &settlement.ruling { Ruling::Settled(acts) => Some(acts), Ruling::Rejected(_) => None },
            "because": match &settlement.ruling { Ruling::Rejected(because) => Some(because), Ruling::Settled(_) => None },
        })),
    })
}
