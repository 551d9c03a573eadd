//! `calmline read`: the reader on replies from elsewhere, in bulk, and measured against labelled ones.

pub(super) mod against;
mod batch;
mod lines;
mod record;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::DateTime;

pub use batch::{Answer, Count, answer_lines};
pub use lines::{LONGEST_LINE, Line, Lines};

use self::record::{Record, Refusal, Request, languages};
use super::Failure;
use super::failure::print;
use crate::content::Company;
use crate::diagnostic::quote::quote;
use crate::language::marked::{MarkedReply, print_reply};
use crate::language::{Context, LanguagePack, Lexicon, Reader, Reading, moment, recognise};
use crate::locale::{text, text_with};

const EXAMPLES: &str = "\
Examples:
  calmline read < replies.txt                          mark the acts of each line
  calmline read --jsonl < replies.jsonl > acts.jsonl   for other programs
  calmline read --against labelled.jsonl               how well does the reader read?
  calmline read --against examples/ru/banks.txt --mistakes
  calmline read --against labelled.jsonl --judged      what would be held against somebody, rightly and wrongly?
  calmline read --company our-words < replies.txt      as your company has it
  calmline read --now 2026-03-02T10:00 < replies.txt   with due times counted from there

Plain lines come out in the marked text form: each clause is followed by its acts in braces.
  I'm so sorry about that. {apology} Can you read me the number on the card? {question}
Correct it, save it as a .txt file, and give it to --against.

With --jsonl a line is {\"id\": …, \"lang\": …, \"customer\": …, \"reply\": …, \"now\": …}; all but `reply` may be left out.
`now` is a local moment such as 2026-03-02T10:00. It is answered with
  {\"id\", \"lang\", \"recognised\", \"acts\": [{\"act\", \"start\", \"end\", \"text\", \"certainty\", \"because\"}],
   \"promises\": [{\"start\", \"end\", \"text\", \"due\"}]}
where starts and ends are bytes of the reply, a certainty is 0 to 1, and `due` is null where nobody can check it.
A line that cannot be read is answered with {\"id\", \"line\", \"column\", \"error\", \"advice\"}; the others are read all the same.

Exit codes: 0 done · 2 the command line is off · 65 a line or a file has problems · 66 a file is not there ·
74 reading or writing failed";

/// What `calmline read` is asked for.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ReadArgs {
    /// Lines of JSON in and out, instead of plain replies
    #[arg(long, conflicts_with = "against")]
    jsonl: bool,
    /// Compare with labelled replies: .jsonl files, or .txt files in the marked text form; - is standard input
    #[arg(long, value_name = "GOLD", num_args = 1..)]
    against: Vec<PathBuf>,
    /// List the replies that are read otherwise than labelled
    #[arg(long, requires = "against")]
    mistakes: bool,
    /// Print the figures as JSON
    #[arg(long, requires = "against")]
    json: bool,
    /// Read as a session judges: without acts that hurt and are too doubtful to be held against anybody
    #[arg(long)]
    judged: bool,
    /// Read by the phrases of the language pack alone, the fastest way
    #[arg(long)]
    fast: bool,
    /// The language of replies that state none, such as `en` [default: recognised]
    #[arg(long, value_name = "LANG", value_parser = pack)]
    lang: Option<&'static LanguagePack>,
    /// The local moment of replies that state none [default: 2026-03-02T10:00, a Monday]
    #[arg(long, value_name = "DATE-TIME", value_parser = stated_moment)]
    now: Option<DateTime>,
}

fn pack(language: &str) -> Result<&'static LanguagePack, String> {
    LanguagePack::bundled(language).ok_or_else(|| text_with("read-packs", [("languages", languages().into())]))
}

fn stated_moment(words: &str) -> Result<DateTime, String> {
    moment::parse(words).ok_or_else(|| text("read-moment-form"))
}

/// Reads standard input, or measures the reader.
pub(super) fn read(context: &super::Context, args: &ReadArgs) -> Result<(), Failure> {
    let manner = Manner {
        lang: args.lang,
        now: args.now.unwrap_or_else(moment::usual),
        stages: if args.fast { Stages::Phrases } else { Stages::All },
        judged: args.judged,
        company: context.company()?,
    };
    if !args.against.is_empty() {
        let measures = against::measure(&args.against, &manner)?;
        return print(&match args.json {
            true => format!("{:#}\n", against::figures(&measures, args.mistakes)),
            false => against::table(&measures, args.mistakes),
        });
    }
    // The marked replies are to be measured as they were read.
    if let (Some(now), false) = (args.now, args.jsonl) {
        print(&format!("@ now {}\n", now.strftime("%Y-%m-%dT%H:%M")))?;
    }
    if io::stdin().is_terminal() {
        eprintln!("{}", text("read-typing"));
    }
    let progress = progress_line();
    let show = |count: Count| progress.set_position(count.lines);
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    let count = match args.jsonl {
        true => answer_lines(input, output, |number, line| manner.answer_json(number, line), show),
        false => answer_lines(input, output, |number, line| manner.answer_plain(number, line), show),
    };
    progress.finish_and_clear();
    match count {
        Ok(Count { malformed: 0, .. }) => Ok(()),
        Ok(count) => Err(Failure::bad_file(text_with(
            "read-malformed",
            [("malformed", count.malformed.into()), ("lines", count.lines.into())],
        ))),
        // Whoever reads the output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::io(text_with("read-stopped", [("why", error.to_string().into())]))),
    }
}

/// How far it is, on a terminal's standard error; hidden where the readings themselves go to the terminal.
fn progress_line() -> ProgressBar {
    if io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template(&text("read-progress")).unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::no_length().with_style(style)
}

/// By which stages a reply is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stages {
    /// The phrases of the language pack alone.
    Phrases,
    /// Every stage there is.
    All,
}

/// How replies are read that do not say so themselves.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Their language; where there is none it is recognised.
    pub lang: Option<&'static LanguagePack>,
    /// Their local moment.
    pub now: DateTime,
    pub stages: Stages,
    /// Whether what is too doubtful to be held against anybody is left out.
    pub judged: bool,
    /// Whose own phrases and settled readings lie over the language packs.
    pub company: Company,
}

impl Manner {
    /// The pack for a language, as the company has it.
    #[must_use]
    pub fn pack(&self, language: &str) -> Option<Arc<LanguagePack>> {
        self.company.pack(language)
    }

    /// The pack for a reply that states no language; none where none is recognised.
    #[must_use]
    pub fn pack_of(&self, reply: &str) -> Option<Arc<LanguagePack>> {
        self.lang.or_else(|| recognise(reply)).and_then(|pack| self.pack(pack.language()))
    }

    /// Reads one reply. The one place in which this command calls the reader.
    #[must_use]
    pub fn read(&self, pack: &LanguagePack, reply: &str, context: &Context) -> Reading {
        let reader = match self.stages {
            Stages::Phrases => Reader::fast(pack),
            Stages::All => Reader::of(pack),
        };
        match self.judged {
            true => reader.read_to_judge(reply, context, &Lexicon::empty()),
            false => reader.read(reply, context, &Lexicon::empty()),
        }
    }

    /// The answer to a plain line: the reply with its acts marked, or a comment that says what is wrong with the line.
    #[must_use]
    pub fn answer_plain(&self, number: u64, line: &Line) -> Answer {
        let refused = |why: String| Answer {
            text: format!("# {}", text_with("read-line-refused", [("line", number.into()), ("why", why.into())])),
            fine: false,
        };
        let Line::Bytes(bytes) = line else { return refused(too_long()) };
        let Ok(words) = std::str::from_utf8(bytes) else { return refused(text("read-not-utf8")) };
        let reply = words.trim();
        let reading = match self.pack_of(reply) {
            Some(pack) => self.read(&pack, reply, &Context { customer: "", now: self.now }),
            None => Reading::default(),
        };
        Answer { text: print_reply(&MarkedReply::of(reply, &reading)), fine: true }
    }

    /// The answer to a line of JSON: the reading, or an object that says what is wrong with the line.
    #[must_use]
    pub fn answer_json(&self, number: u64, line: &Line) -> Answer {
        match self.answer_request(line) {
            Ok(text) => Answer { text, fine: true },
            Err(refusal) => {
                let refusal = Refusal { line: number, ..refusal };
                Answer { text: serde_json::to_string(&refusal).unwrap_or_default(), fine: false }
            }
        }
    }

    fn answer_request(&self, line: &Line) -> Result<String, Refusal> {
        let Line::Bytes(bytes) = line else {
            return Err(Refusal { error: too_long(), advice: text("read-form"), ..Refusal::default() });
        };
        let (request, now) = Request::of(bytes)?;
        let pack = match request.lang.as_deref().filter(|lang| !lang.is_empty()) {
            Some(lang) => Some(self.pack(lang).ok_or_else(|| Refusal {
                id: request.id.clone(),
                error: text_with("read-no-pack", [("language", quote(lang).into())]),
                advice: text_with("read-packs", [("languages", languages().into())]),
                ..Refusal::default()
            })?),
            None => self.pack_of(&request.reply),
        };
        let context =
            Context { customer: request.customer.as_deref().unwrap_or_default(), now: now.unwrap_or(self.now) };
        let reading = pack.as_ref().map(|pack| self.read(pack, &request.reply, &context)).unwrap_or_default();
        let record = Record::of(&request, pack.as_ref().map(|pack| pack.language()), &reading);
        serde_json::to_string(&record).map_err(|error| Refusal {
            id: request.id.clone(),
            error: error.to_string(),
            ..Refusal::default()
        })
    }
}

fn too_long() -> String {
    text_with("read-too-long", [("most", (LONGEST_LINE / 1024 / 1024).into())])
}
