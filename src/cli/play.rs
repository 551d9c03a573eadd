//! `calmline`, `calmline play` and `calmline resume`.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::failure::print;
use super::{Context, Failure, PlayArgs, ResumeArgs};
use crate::check::Loaded;
use crate::content::{Company, Library, Origin};
use crate::locale::{text, text_with};
use crate::progress::{AttemptState, AttemptSummary, Recording, Store, TraineeId};
use crate::report::debrief_json;
use crate::rules::Rubric;
use crate::session::{Content, MoodTable, Setup};
use crate::terminal::{Player, Screen, Start};

/// Plays one scenario.
pub fn play(context: &Context, args: PlayArgs) -> Result<(), Failure> {
    let library = context.library()?;
    let loaded = library.load(&args.scenario)?;
    let path = match library.get(&args.scenario).map(|entry| &entry.origin) {
        Some(Origin::Bundled) => None,
        Some(Origin::File(path)) => Some(path.display().to_string()),
        None => Some(args.scenario.clone()),
    };
    let company = context.company()?;
    let mut store = context.store()?;
    let trainee = context.trainee(&mut store)?;
    let seed = args.seed.unwrap_or_else(fresh_seed);
    if args.in_window {
        return open_window(context, Some((args.scenario, args.mode.into(), seed)), None, None);
    }
    let _ = args.terminal;
    let interactive = io::stdin().is_terminal();
    if interactive && let Some(left) = unfinished(&store, trainee.id, &loaded.id)? {
        let question = text_with("resume-question", [("title", left.scenario_title.clone().into())]);
        if ask(&question)? {
            let recording = Recording::reopen(&store, left.id)?;
            return run(&mut store, recording, args.json);
        }
        store.abandon_attempt(left.id, jiff::Timestamp::now())?;
    }
    let setup = Setup { mode: args.mode.into(), seed, trainee: trainee.name };
    let recording = Recording::begin(&mut store, trainee.id, content(loaded, &company)?, setup, path)?;
    run(&mut store, recording, args.json)
}

/// Goes on with a session that was left.
pub fn resume(context: &Context, args: ResumeArgs) -> Result<(), Failure> {
    let mut store = context.store()?;
    let attempt = match args.attempt {
        Some(prefix) => store.resolve_prefix(&prefix)?,
        None => {
            let trainee = context.trainee(&mut store)?;
            let left = store.unfinished(trainee.id)?;
            let newest = left.first().ok_or_else(|| Failure::not_there(text("resume-nothing")))?;
            newest.id
        }
    };
    if store.attempt(attempt)?.summary.state != AttemptState::Open {
        return Err(Failure::usage(text("resume-over")));
    }
    let recording = Recording::reopen(&store, attempt)?;
    run(&mut store, recording, args.json)
}

/// The window where there is one, else the terminal player, which says why.
pub fn window_or_terminal(
    context: &Context,
    window_only: bool,
    autoplay: Option<PathBuf>,
    screenshots: Option<PathBuf>,
) -> Result<(), Failure> {
    match can_open() {
        Ok(()) => open_window(context, None, autoplay, screenshots),
        Err(why) if window_only || autoplay.is_some() => {
            Err(Failure::no_window(text_with("window-cannot", [("why", why.into())])))
        }
        Err(why) => {
            eprintln!("{}", text_with("window-falls-back", [("why", why.into())]));
            choose_and_play(context)
        }
    }
}

/// Lets a person pick a scenario by its number or id.
fn choose_and_play(context: &Context) -> Result<(), Failure> {
    let library = context.library()?;
    print(&super::scenarios::numbered(&library))?;
    let input = io::stdin();
    if input.is_terminal() {
        print(&format!("{} ", text("choose-scenario")))?;
        io::stdout().flush()?;
    }
    let mut line = String::new();
    if input.lock().read_line(&mut line).map_err(Failure::from)? == 0 {
        return Ok(());
    }
    let wanted = line.trim();
    let playable: Vec<&str> =
        library.entries().filter(|entry| entry.loaded.is_ok()).map(|entry| entry.id.as_str()).collect();
    let by_number = wanted.parse::<usize>().ok().and_then(|number| playable.get(number.checked_sub(1)?));
    let scenario = by_number.map_or(wanted, |id| *id).to_owned();
    let mode = super::ModeArg::Practise;
    play(context, PlayArgs { scenario, terminal: true, in_window: false, mode, seed: None, json: false })
}

fn run(store: &mut Store, recording: Recording, json: bool) -> Result<(), Failure> {
    let interactive = io::stdin().is_terminal();
    let lines = io::stdin().lock();
    let (start, recording) = if json {
        // The conversation goes where it does not disturb the JSON.
        let screen = Screen::new(anstream::AutoStream::auto(io::stderr()));
        let mut player = Player { store, recording, screen, interactive };
        (player.play(lines)?, player.recording)
    } else {
        let screen = Screen::new(anstream::AutoStream::auto(io::stdout()));
        let mut player = Player { store, recording, screen, interactive };
        (player.play(lines)?, player.recording)
    };
    if json && start == Start::Paused {
        return Err(Failure::found(text("play-paused-json")));
    }
    if json {
        let session = recording.session();
        let debrief = debrief_json(&session.content, session.state());
        print(&format!("{debrief:#}\n"))?;
    }
    Ok(())
}

/// Content with the rubric and mood table that come with the program, read as the company has it.
pub fn content(loaded: Loaded, company: &Company) -> Result<Content, Failure> {
    let (rubric, moods) = (Arc::new(Rubric::bundled().clone()), Arc::new(MoodTable::bundled()));
    let content = match company.pack(&loaded.scenario.language) {
        Some(pack) => Content::with_pack(loaded, rubric, moods, pack),
        None => Content::new(loaded, rubric, moods),
    };
    content.map_err(|error| Failure::bad_file(error.to_string()))
}

fn unfinished(store: &Store, trainee: TraineeId, scenario: &str) -> Result<Option<AttemptSummary>, Failure> {
    Ok(store.unfinished(trainee)?.into_iter().find(|left| left.scenario_id == scenario))
}

fn ask(question: &str) -> Result<bool, Failure> {
    print(&format!("{question} "))?;
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(!matches!(line.trim().to_lowercase().as_str(), "n" | "no"))
}

/// Small enough to be read out and typed again.
fn fresh_seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(since.subsec_nanos()) ^ (since.as_secs() % 1_000_003)
}

#[cfg(feature = "window")]
fn can_open() -> Result<(), String> {
    crate::window::can_open()
}

#[cfg(not(feature = "window"))]
fn can_open() -> Result<(), String> {
    Err(text("window-not-built"))
}

#[cfg(feature = "window")]
fn open_window(
    context: &Context,
    start: Option<(String, crate::session::Mode, u64)>,
    autoplay: Option<PathBuf>,
    screenshots: Option<PathBuf>,
) -> Result<(), Failure> {
    let library: Library = context.library()?;
    let company = context.company()?;
    let store = context.store()?;
    let trainee = context.trainee.clone();
    let (size, dark) = (context.size, context.dark);
    let options = crate::window::Options { store, library, company, trainee, start, autoplay, screenshots, size, dark };
    crate::window::run(options).map_err(|error| Failure::no_window(error.to_string()))
}

#[cfg(not(feature = "window"))]
fn open_window(
    _: &Context,
    _: Option<(String, crate::session::Mode, u64)>,
    _: Option<PathBuf>,
    _: Option<PathBuf>,
) -> Result<(), Failure> {
    let _: Option<Library> = None;
    Err(Failure::no_window(text("window-not-built")))
}
