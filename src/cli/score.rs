//! `calmline score`: transcripts judged like sessions.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::civil::DateTime;

use super::failure::colour;
use super::output::{check_out, deliver};
use super::{Context, Failure};
use crate::content::Company;
use crate::diagnostic::quote::visible;
use crate::language::{LanguagePack, familiar, recognise};
use crate::locale::{text, text_with};
use crate::report::{Debrief, sheet, transcript_json, transcript_page};
use crate::rules::Rubric;
use crate::scenario::Channel;
use crate::terminal::{Screen, print_debrief};
use crate::transcript::{self, Judged, Setting, Speaker, Transcript};

/// Where a pack knows less of what the agent says, that is in another language.
const FAMILIAR: f64 = 0.3;

const EXAMPLES: &str = "\
A transcript is a text file with one JSON object a line:
  {\"from\": \"customer\", \"at\": \"00:00\", \"text\": \"Where is my parcel?\"}
  {\"from\": \"agent\", \"at\": \"00:12\", \"text\": \"I'm sorry, let me look. What is the order number?\"}
`at` counts from the beginning, mm:ss or hh:mm:ss: on the phone when the line began, in writing when it was sent.

Examples:
  calmline score call.jsonl                             the debrief as text
  calmline score call.jsonl --html --out call.html      a page with the evidence marked
  calmline score call.jsonl --starts 2026-03-02T10:00   follow \"by four o'clock\" too
  calmline score mails.jsonl --channel email --json     the debrief for a script
  calmline score calls/*.jsonl --csv --out sheet.csv    a QA sheet, one row a transcript
  export-call 4711 | calmline score -                   from a pipe

Exit codes: 0 judged · 2 the command line is off · 65 a transcript or the rubric has problems · 66 a file is not there ·
74 reading or writing failed";

/// What to judge, by what, and in which form.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ScoreArgs {
    /// Transcripts; - reads one from standard input
    #[arg(required = true, value_name = "TRANSCRIPT")]
    files: Vec<PathBuf>,
    /// Print the debrief as JSON, in the shape of a played session's
    #[arg(long, group = "form")]
    json: bool,
    /// Make a page of its own, with the evidence marked in the transcript
    #[arg(long, group = "form")]
    html: bool,
    /// Make a QA sheet, one row a transcript
    #[arg(long, group = "form")]
    csv: bool,
    /// Write the JSON, the page or the sheet there
    #[arg(long, value_name = "FILE", requires = "form")]
    out: Option<PathBuf>,
    /// The language of the talk, such as en [default: as the agent's words show]
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// How they talked: sets what counts as prompt and as long
    #[arg(long, value_enum, default_value_t = ChannelArg::Phone)]
    channel: ChannelArg,
    /// Judge by these weights [default: the standard rubric]
    #[arg(long, value_name = "FILE")]
    rubric: Option<PathBuf>,
    /// The moment of 00:00, such as 2026-03-02T10:00; promises by the clock or the calendar need it
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    starts: Option<DateTime>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ChannelArg {
    Phone,
    Chat,
    #[value(alias = "e-mail")]
    Email,
    Counter,
    Review,
}

impl From<ChannelArg> for Channel {
    fn from(channel: ChannelArg) -> Self {
        match channel {
            ChannelArg::Phone => Channel::Phone,
            ChannelArg::Chat => Channel::Chat,
            ChannelArg::Email => Channel::Email,
            ChannelArg::Counter => Channel::Counter,
            ChannelArg::Review => Channel::Review,
        }
    }
}

fn moment(words: &str) -> Result<DateTime, String> {
    // Years in which every day that a promise may name still lies in the calendar.
    let plausible = |moment: &DateTime| (1970..=2999).contains(&moment.year());
    words.parse().ok().filter(plausible).ok_or_else(|| text("score-no-start"))
}

/// Judges the transcripts. Either all can be judged and the result is delivered, or nothing is written.
pub fn score(context: &Context, args: &ScoreArgs) -> Result<(), Failure> {
    if args.files.iter().filter(|file| is_standard_input(file)).count() > 1 {
        return Err(Failure::usage(text("score-stdin-twice")));
    }
    if (args.json || args.html) && args.files.len() > 1 {
        return Err(Failure::usage(text("score-one-page")));
    }
    if let Some(out) = &args.out {
        let inputs: Vec<PathBuf> = args.files.iter().chain(&args.rubric).cloned().collect();
        check_out(out, &inputs)?;
    }
    let own_rubric = args.rubric.as_deref().map(load_rubric).transpose()?;
    let rubric = own_rubric.as_ref().unwrap_or_else(|| Rubric::bundled());
    let company = context.company()?;
    // A wrong --lang is said before anything is read.
    if let Some(language) = &args.lang {
        named_pack(language, &company)?;
    }
    let transcripts = load_all(&args.files)?;
    let mut judged = Vec::with_capacity(transcripts.len());
    for transcript in &transcripts {
        let agent = words_of_agent(transcript);
        let recognised = recognise(&agent).filter(|pack| familiar(&agent, pack) >= FAMILIAR);
        let spoken = args.lang.as_deref().or(recognised.map(LanguagePack::language));
        if spoken.is_none() {
            let known = LanguagePack::bundled_languages().collect::<Vec<_>>().join(", ");
            let said = [("file", visible(&transcript.name).into()), ("known", known.into())];
            eprintln!("{}", text_with("score-other-language", said));
        }
        let pack = named_pack(spoken.unwrap_or("en"), &company)?;
        let setting = Setting { pack, channel: args.channel.into(), rubric, starts: args.starts };
        judged.push(transcript.judge(&setting));
    }
    deliver_all(args, &judged)?;
    for judged in judged.iter().filter(|judged| judged.undated_promises > 0) {
        let file = visible(&judged.name);
        let hint = [("count", judged.undated_promises.into()), ("file", file.into())];
        eprintln!("{}", text_with("score-undated", hint));
    }
    Ok(())
}

fn deliver_all(args: &ScoreArgs, judged: &[Judged]) -> Result<(), Failure> {
    let out = args.out.as_deref();
    if args.csv {
        let sheet = sheet(judged).map_err(|error| Failure::io(error.to_string()))?;
        return deliver(&sheet, out);
    }
    for judged in judged {
        if args.json {
            deliver(format!("{:#}\n", transcript_json(judged)).as_bytes(), out)?;
        } else if args.html {
            deliver(transcript_page(judged).as_bytes(), out)?;
        } else {
            let mut screen = Screen::new(anstream::stdout());
            match print_debrief(&mut screen, &Debrief::of_transcript(judged)) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
                _ => {}
            }
        }
    }
    Ok(())
}

fn words_of_agent(transcript: &Transcript) -> String {
    let agent = transcript.lines.iter().filter(|line| line.from == Speaker::Agent);
    agent.map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn named_pack(language: &str, company: &Company) -> Result<Arc<LanguagePack>, Failure> {
    company.pack(language).ok_or_else(|| {
        let known = LanguagePack::bundled_languages().collect::<Vec<_>>().join(", ");
        Failure::usage(text_with(
            "score-no-language",
            [("language", visible(language).into()), ("known", known.into())],
        ))
    })
}

fn load_rubric(path: &Path) -> Result<Rubric, Failure> {
    let bytes = read(path)?;
    Rubric::load(&visible(&path.display().to_string()), &bytes)
        .map_err(|error| Failure::bad_file(text_with("score-bad-rubric", [("problems", error.to_string().into())])))
}

/// Reads every transcript; the problems of all files are said before it fails.
fn load_all(files: &[PathBuf]) -> Result<Vec<Transcript>, Failure> {
    let mut transcripts = Vec::with_capacity(files.len());
    let mut broken = 0_usize;
    let mut not_read: Option<Failure> = None;
    for file in files {
        match read(file) {
            Ok(bytes) => match transcript::load(&name(file), &bytes) {
                Ok(transcript) => transcripts.push(transcript),
                Err(problems) => {
                    broken += 1;
                    eprintln!("{}", problems.render(colour()));
                }
            },
            Err(failure) => {
                broken += 1;
                if let Some(earlier) = not_read.replace(failure) {
                    eprintln!("{}", earlier.message);
                }
            }
        }
    }
    match not_read {
        Some(failure) => Err(failure),
        None if broken > 0 => Err(Failure::bad_file(text_with("score-broken", [("count", broken.into())]))),
        None => Ok(transcripts),
    }
}

fn is_standard_input(file: &Path) -> bool {
    file == Path::new("-")
}

/// What a file is called in messages and reports.
fn name(file: &Path) -> String {
    if is_standard_input(file) { text("score-stdin") } else { file.display().to_string() }
}

/// Never reads more than a byte beyond what a transcript or rubric may have.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = transcript::MAX_BYTES as u64 + 1;
    let got = if is_standard_input(file) {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    let shown = visible(&name(file));
    match got {
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Failure::not_there(text_with("score-no-file", [("file", shown.into())])))
        }
        Err(error) => {
            let said = [("file", shown.into()), ("why", error.to_string().into())];
            Err(Failure::io(text_with("score-unreadable", said)))
        }
    }
}
