//! The command line: what was asked for, and who does it.

mod check;
mod failure;
#[cfg(feature = "training")]
mod learn;
mod output;
mod play;
mod progress;
pub mod read;
mod readings;
mod replay;
mod scenarios;
mod score;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use failure::Failure;

use crate::content::{Company, Library};
use crate::progress::{Store, Trainee, data_folder};
use crate::rules;
use crate::session::Mode;

const EXAMPLES: &str = "\
Examples:
  calmline                                   open the window
  calmline scenarios                         what there is to play
  calmline play the-parcel-that-never-came   play one in the terminal
  calmline play my-own.ron --mode learn      play a file that you are writing
  calmline check my-own.ron                  what is wrong with it, if anything
  calmline resume                            go on where you left
  calmline score call.jsonl                  judge the transcript of a real call
  calmline replay 3f2a                       prove a stored score, step by step
  calmline readings                          what trainees say was read wrongly
  calmline read < replies.txt                the acts in replies from elsewhere

Exit codes: 0 done · 1 a check or a replay found something · 2 the command line is off · 65 a file has problems ·
66 something is not there · 69 no window can be opened · 74 reading, writing or storing failed";

/// Practise angry customers, and learn why it went as it did.
#[derive(Debug, Parser)]
#[command(name = "calmline", version, after_help = EXAMPLES)]
pub struct Cli {
    #[command(flatten)]
    places: Places,
    /// Open the window, and fail where there is none
    #[arg(long)]
    window: bool,
    /// Play these lines in the window, one reply or command a line
    #[arg(long, value_name = "FILE")]
    autoplay: Option<PathBuf>,
    /// Save a picture of each screen there while playing by itself
    #[arg(long, value_name = "DIR", requires = "autoplay")]
    screenshots: Option<PathBuf>,
    /// How large the window opens, in pixels
    #[arg(long, value_name = "WIDTHxHEIGHT", global = true, value_parser = window_size)]
    size: Option<(u32, u32)>,
    /// The window's colours [default: as the desktop has them]
    #[arg(long, global = true)]
    theme: Option<ThemeArg>,
    /// Who plays
    #[arg(long, value_name = "NAME", global = true)]
    trainee: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum ThemeArg {
    Light,
    Dark,
}

fn window_size(words: &str) -> Result<(u32, u32), String> {
    let size = words.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    size.filter(|(width, height)| (320..=16_384).contains(width) && (240..=16_384).contains(height))
        .ok_or_else(|| "write it like 1280x720".into())
}

/// Where things are kept.
#[derive(Args, Clone, Debug)]
struct Places {
    /// Where attempts are kept [default: the platform's data folder]
    #[arg(long, value_name = "DIR", global = true, env = "CALMLINE_DATA")]
    data: Option<PathBuf>,
    /// Where scenario files are [default: `scenarios` here, else beside the program]
    #[arg(long, value_name = "DIR", global = true)]
    scenarios: Option<PathBuf>,
    /// A company's own phrases and settled readings, to lie over the language packs [default: `company` where attempts are kept]
    #[arg(long, value_name = "DIR", global = true, env = "CALMLINE_COMPANY")]
    company: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play a scenario
    Play(PlayArgs),
    /// Go on with a session that was left
    Resume(ResumeArgs),
    /// List the scenarios
    Scenarios,
    /// Check scenario files, packs, labelled replies and transcripts, and say everything that is wrong with them
    #[command(after_help = check::EXAMPLES)]
    Check {
        /// Files, or folders: then the .ron files directly in them, and the labelled replies such as en.txt
        #[arg(required = true, value_name = "FILE|FOLDER")]
        files: Vec<PathBuf>,
    },
    /// Judge transcripts of real conversations by the same rules
    Score(score::ScoreArgs),
    /// Print the handbook of the rules, as Markdown
    Rules,
    /// Play a stored attempt again from its inputs, and compare every event and the score
    Replay {
        /// The attempt's id, or the start of it
        attempt: String,
        /// Print the debrief as JSON
        #[arg(long)]
        json: bool,
    },
    /// Show a trainee's attempts and scores over time
    Progress,
    /// Learn the heads of the reader from labelled replies, and measure them
    #[cfg(feature = "training")]
    Learn(learn::LearnArgs),
    /// List readings that trainees say are mistaken, and settle them
    #[command(after_help = readings::EXAMPLES)]
    Readings(readings::ReadingsArgs),
    /// Mark the acts in replies from standard input, one a line, or measure the reader on labelled replies
    Read(read::ReadArgs),
}

#[derive(Args, Debug)]
struct PlayArgs {
    /// A scenario's id, or the path of a file
    scenario: String,
    /// Play in the terminal even where a window could be opened
    #[arg(long)]
    terminal: bool,
    /// Play in the window
    #[arg(long = "in-window", conflicts_with = "terminal")]
    in_window: bool,
    #[arg(long, value_enum, default_value_t = ModeArg::Practise)]
    mode: ModeArg,
    /// The same seed brings the same customer
    #[arg(long)]
    seed: Option<u64>,
    /// Print the debrief as JSON, and nothing else, on standard output
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct ResumeArgs {
    /// The attempt's id, or the start of it [default: the newest that was left]
    attempt: Option<String>,
    /// Print the debrief as JSON, and nothing else, on standard output
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModeArg {
    /// Hints, replies to choose from, explanations
    Learn,
    /// Feedback after each reply; go back and try again
    Practise,
    /// Timed, no help, no way back
    Assess,
}

impl From<ModeArg> for Mode {
    fn from(mode: ModeArg) -> Self {
        match mode {
            ModeArg::Learn => Mode::Learn,
            ModeArg::Practise => Mode::Practise,
            ModeArg::Assess => Mode::Assess,
        }
    }
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// Where it cannot be done: a message for the person, and the exit code.
    pub fn run(self) -> Result<(), Failure> {
        let context = Context {
            places: self.places,
            trainee: self.trainee,
            size: self.size,
            dark: self.theme.map(|theme| theme == ThemeArg::Dark),
        };
        match self.command {
            None => play::window_or_terminal(&context, self.window, self.autoplay, self.screenshots),
            Some(Command::Play(args)) => play::play(&context, args),
            Some(Command::Resume(args)) => play::resume(&context, args),
            Some(Command::Scenarios) => scenarios::list(&context),
            Some(Command::Check { files }) => check::check(&context, &files),
            Some(Command::Score(args)) => score::score(&context, &args),
            Some(Command::Rules) => failure::print(&rules::handbook()),
            Some(Command::Replay { attempt, json }) => replay::replay(&context, &attempt, json),
            Some(Command::Progress) => progress::show(&context),
            #[cfg(feature = "training")]
            Some(Command::Learn(args)) => learn::learn(&args),
            Some(Command::Readings(args)) => readings::readings(&context, args),
            Some(Command::Read(args)) => read::read(&context, &args),
        }
    }
}

/// What every command may need.
#[derive(Debug)]
struct Context {
    places: Places,
    trainee: Option<String>,
    /// Only the window wants these two.
    #[cfg_attr(not(feature = "window"), expect(dead_code))]
    size: Option<(u32, u32)>,
    #[cfg_attr(not(feature = "window"), expect(dead_code))]
    dark: Option<bool>,
}

impl Context {
    fn library(&self) -> Result<Library, Failure> {
        match &self.places.scenarios {
            Some(folder) if !folder.is_dir() => Err(Failure::not_there(format!(
                "There is no folder {}. Give --scenarios a folder with .ron files.",
                folder.display()
            ))),
            folder => Ok(Library::open(folder.as_deref())),
        }
    }

    /// The company's packs: of the named folder, else of the one in the data folder where there is one.
    fn company(&self) -> Result<Company, Failure> {
        let named = self.places.company.as_deref().filter(|folder| !folder.as_os_str().is_empty());
        match named {
            Some(folder) => Ok(Company::open(folder)?),
            None => {
                let folder = self.company_folder()?;
                if folder.is_dir() { Ok(Company::open(&folder)?) } else { Ok(Company::none()) }
            }
        }
    }

    /// Where the company's packs are, or would be.
    fn company_folder(&self) -> Result<PathBuf, Failure> {
        match self.places.company.as_ref().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => Ok(folder.clone()),
            None => Ok(data_folder(self.places.data.as_deref())?.join("company")),
        }
    }

    /// The options by which another command finds the same folders, as they were given to this one.
    fn same_places(&self) -> String {
        let given =
            [("--data", "CALMLINE_DATA", &self.places.data), ("--company", "CALMLINE_COMPANY", &self.places.company)];
        let options = given.into_iter().filter_map(|(option, variable, folder)| {
            let folder = folder.as_ref().filter(|folder| !folder.as_os_str().is_empty())?;
            let is_in_environment = std::env::var_os(variable).as_deref() == Some(folder.as_os_str());
            let folder = folder.display().to_string();
            let is_plain = folder.chars().all(|letter| letter.is_alphanumeric() || "/\\:._-".contains(letter));
            let quote = if is_plain { "" } else { "\"" };
            (!is_in_environment).then(|| format!(" {option} {quote}{folder}{quote}"))
        });
        options.collect()
    }

    fn store(&self) -> Result<Store, Failure> {
        Ok(Store::open(&data_folder(self.places.data.as_deref())?)?)
    }

    /// The named trainee, else the one who played last, else one by the name of the person at the machine.
    fn trainee(&self, store: &mut Store) -> Result<Trainee, Failure> {
        if let Some(name) = &self.trainee {
            return Ok(store.trainee_named(name)?);
        }
        if let Some(trainee) = store.latest_trainee()? {
            return Ok(trainee);
        }
        Ok(store.trainee_named(login().as_deref().unwrap_or("trainee"))?)
    }
}

/// The name of the person at the machine.
fn login() -> Option<String> {
    let names = ["USER", "USERNAME", "LOGNAME"];
    names.iter().find_map(|name| std::env::var(name).ok()).filter(|name| !name.trim().is_empty())
}
