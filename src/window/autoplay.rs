//! A scripted session in the real window: typed visibly, with a picture of each screen; what a person could do, and nothing else.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use bevy::app::AppExit;
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};

use super::Screen;
use super::WindowError;
use super::command::{Command, Pending};
use super::desk::Desk;
use super::idle::Wake;
use super::screens::correction::Correcting;
use super::screens::draft::ConversationDraft;
use crate::language::{Act, acts_named};
use crate::session::Mode;

/// Frames that a script may take for one step before it is given up; a picture needs the longest.
const PATIENCE: u32 = 900;

/// Frames for a screen to settle before its picture is taken.
const SETTLE: u32 = 12;

/// Characters typed in a frame.
const TYPED_A_FRAME: usize = 6;

/// One step of the script.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// Types the reply, then sends it.
    Reply(String),
    /// Types the reply and leaves it there.
    Type(String),
    /// Ticks these acts, and no others, on the panel that asks what a reply should have been read as.
    Tick(Vec<Act>),
    Do(Command),
    /// `/wait 5m`, read by the session's clock.
    Wait(String),
    /// The screen's picture, under this name; the same name twice is numbered.
    Picture(&'static str),
    /// What the script could not know beforehand: end where the session has not ended yet.
    EndIfOpen,
    Quit,
}

/// A script on its way.
#[derive(Resource, Debug)]
pub(super) struct Autoplay {
    steps: VecDeque<Step>,
    folder: Option<PathBuf>,
    frames: u32,
    typed: usize,
    pictures: usize,
    picture: Option<PathBuf>,
}

/// Why the script failed.
#[derive(Resource, Debug)]
pub(super) struct Failure(pub String);

impl Autoplay {
    /// Reads the script; none where nothing is to be played.
    pub fn new(script: Option<&Path>, folder: Option<&Path>) -> Result<Option<Self>, WindowError> {
        if let Some(folder) = folder {
            std::fs::create_dir_all(folder).map_err(|error| WindowError::Folder { path: folder.into(), error })?;
        }
        let Some(script) = script else { return Ok(None) };
        let source =
            std::fs::read_to_string(script).map_err(|error| WindowError::Script { path: script.into(), error })?;
        let steps = steps(&source).map_err(WindowError::Autoplay)?;
        let folder = folder.map(Path::to_path_buf);
        Ok(Some(Self { steps, folder, frames: 0, typed: 0, pictures: 0, picture: None }))
    }
}

/// The whole script: the screens before the talk, the talk, and the screens after it.
fn steps(source: &str) -> Result<VecDeque<Step>, String> {
    let mut steps = VecDeque::from([
        Step::Do(Command::Show(Screen::Home)),
        Step::Picture("home"),
        Step::Do(Command::Show(Screen::Scenarios)),
        Step::Picture("scenarios"),
        Step::Do(Command::Play { scenario: String::new(), mode: Mode::Practise, seed: None }),
        Step::Picture("conversation"),
    ]);
    for (number, line) in source.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(rest) = line.strip_prefix("/play ") {
            let play = play(rest).ok_or_else(|| format!("line {}: write `/play SCENARIO MODE SEED`", number + 1))?;
            for step in &mut steps {
                if matches!(step, Step::Do(Command::Play { .. })) {
                    *step = Step::Do(play.clone());
                }
            }
            continue;
        }
        if let Some(acts) = line.strip_prefix("/wrong ") {
            let acts =
                acts_named(acts).map_err(|unknown| format!("line {}: there is no act `{unknown}`", number + 1))?;
            steps.extend([
                Step::Do(Command::LastReadWrongly),
                Step::Tick(acts),
                Step::Picture("correction"),
                Step::Do(Command::MarkMistaken),
                Step::Picture("conversation"),
            ]);
            continue;
        }
        let step = step(line).ok_or_else(|| format!("line {}: I don't know `{line}`", number + 1))?;
        let quits = step == Step::Quit;
        steps.push_back(step);
        if quits {
            break;
        }
        steps.push_back(Step::Picture("conversation"));
    }
    steps.retain(|step| *step != Step::Quit);
    steps.extend([
        Step::EndIfOpen,
        Step::Picture("debrief"),
        Step::Do(Command::Show(Screen::Progress)),
        Step::Picture("progress"),
        Step::Do(Command::Show(Screen::Home)),
        Step::Picture("home-after"),
        Step::Quit,
    ]);
    Ok(steps)
}

/// `SCENARIO [MODE [SEED]]`
fn play(words: &str) -> Option<Command> {
    let mut words = words.split_whitespace();
    let scenario = words.next()?.to_owned();
    let mode = match words.next() {
        None | Some("practise") => Mode::Practise,
        Some("learn") => Mode::Learn,
        Some("assess") => Mode::Assess,
        Some(_) => return None,
    };
    let seed = words.next().map_or(Some(1), |seed| seed.parse().ok())?;
    Some(Command::Play { scenario, mode, seed: Some(seed) })
}

fn step(line: &str) -> Option<Step> {
    let Some(command) = line.strip_prefix('/') else { return Some(Step::Reply(line.to_owned())) };
    let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
    let rest = rest.trim();
    let counted = || rest.parse::<usize>().ok().filter(|number| *number > 0);
    Some(match name {
        "option" => Step::Do(Command::Choose(counted()? - 1)),
        "rewind" if rest.is_empty() => Step::Do(Command::RewindLast),
        "rewind" => Step::Do(Command::Rewind(counted()?)),
        "wait" => Step::Wait(rest.to_owned()),
        "call" => Step::Do(Command::CallBack),
        "hint" => Step::Do(Command::Hint),
        "type" => Step::Type(rest.to_owned()),
        "back" => Step::Do(Command::Back),
        "stay" => Step::Do(Command::Stay),
        "keys" => Step::Do(Command::Keys),
        "theme" => Step::Do(Command::TurnTheme),
        "motion" => Step::Do(Command::TurnMotion),
        "quit" => Step::Quit,
        _ => return None,
    })
}

pub(super) fn plugin(autoplay: Option<Autoplay>) -> impl Fn(&mut App) {
    let autoplay = std::sync::Mutex::new(autoplay);
    move |app: &mut App| {
        let Some(autoplay) = autoplay.lock().ok().and_then(|mut autoplay| autoplay.take()) else { return };
        app.insert_resource(autoplay).add_systems(Update, play_on);
    }
}

// A Bevy system takes what it needs by its parameters.
#[allow(clippy::too_many_arguments)]
fn play_on(
    mut commands: Commands,
    mut autoplay: ResMut<Autoplay>,
    mut desk: ResMut<Desk>,
    mut pending: ResMut<Pending>,
    mut draft: ResMut<ConversationDraft>,
    mut correcting: ResMut<Correcting>,
    mut wake: ResMut<Wake>,
    mut exit: MessageWriter<AppExit>,
) {
    wake.within(std::time::Duration::from_millis(8));
    autoplay.frames += 1;
    let trouble = desk.bypass_change_detection().notice.clone();
    let stuck = (autoplay.frames > PATIENCE).then(|| format!("no answer to {:?}", autoplay.steps.front()));
    if let Some(why) = trouble.or(stuck) {
        commands.insert_resource(Failure(why));
        exit.write(AppExit::error());
        return;
    }
    let Some(step) = autoplay.steps.front().cloned() else { return };
    let playing = desk.bypass_change_detection().play.as_ref();
    let over = playing.is_none_or(|play| play.state().ended.is_some());
    let done = match step {
        // The script goes on after the end only with what comes after the talk.
        Step::Reply(_) | Step::Type(_) | Step::Wait(_) if over => true,
        Step::Do(Command::Choose(_) | Command::CallBack | Command::Hint) if over => true,
        Step::Reply(reply) => {
            autoplay.typed += TYPED_A_FRAME;
            draft.reply = reply.chars().take(autoplay.typed).collect();
            let typed = autoplay.typed >= reply.chars().count();
            if typed {
                pending.ask(Command::Send);
            }
            typed
        }
        Step::Type(words) => {
            autoplay.typed += TYPED_A_FRAME;
            draft.reply = words.chars().take(autoplay.typed).collect();
            autoplay.typed >= words.chars().count()
        }
        Step::Tick(acts) => match &mut correcting.0 {
            Some(correction) => {
                correction.wanted = acts;
                true
            }
            None => false,
        },
        Step::Wait(words) => {
            match playing.and_then(|play| play.session().content.clock().wait(play.state().now, &words)) {
                Some(seconds) => {
                    pending.ask(Command::Wait(seconds));
                    true
                }
                None => {
                    commands.insert_resource(Failure(format!("`{words}` is no time to wait")));
                    exit.write(AppExit::error());
                    return;
                }
            }
        }
        Step::Do(Command::Play { scenario, .. }) if scenario.is_empty() => {
            // The script names none: what the command line asked for, else the first of all.
            let first = desk.library.entries().find(|entry| entry.loaded.is_ok()).map(|entry| entry.id.clone());
            let asked = desk.bypass_change_detection().scripted.take();
            let (scenario, mode, seed) = asked.unwrap_or((first.unwrap_or_default(), Mode::Practise, 1));
            pending.ask(Command::Play { scenario, mode, seed: Some(seed) });
            true
        }
        Step::Do(command) => {
            pending.ask(command);
            true
        }
        Step::EndIfOpen => {
            match playing {
                Some(_) if over => pending.ask(Command::Finish),
                Some(_) => pending.ask(Command::EndNow),
                None => {}
            }
            true
        }
        Step::Picture(name) => picture(&mut commands, &mut autoplay, playing, name),
        Step::Quit => {
            exit.write(AppExit::Success);
            false
        }
    };
    if done {
        autoplay.steps.pop_front();
        autoplay.frames = 0;
        autoplay.typed = 0;
        autoplay.picture = None;
    }
}

/// Waits for the screen to settle, takes its picture, and waits until it is on the disk. True when done.
fn picture(commands: &mut Commands, autoplay: &mut Autoplay, playing: Option<&super::play::Play>, name: &str) -> bool {
    let Some(folder) = autoplay.folder.clone() else { return autoplay.frames > 2 };
    if autoplay.frames < SETTLE {
        return false;
    }
    if let Some(path) = &autoplay.picture {
        return path.exists();
    }
    let name = match playing {
        Some(play) if name == "conversation" && play.is_waiting() => "conversation-waiting".to_owned(),
        Some(_) if name == "conversation" => {
            autoplay.pictures += 1;
            format!("conversation-{}", autoplay.pictures)
        }
        _ => name.to_owned(),
    };
    let path = folder.join(format!("{name}.png"));
    // A picture of an earlier run must not be taken for this one.
    let _ = std::fs::remove_file(&path);
    autoplay.picture = Some(path.clone());
    commands.spawn(Screenshot::primary_window()).observe(
        move |captured: On<ScreenshotCaptured>, mut commands: Commands| {
            if let Err(why) = save(&captured.image, &path) {
                commands.insert_resource(Failure(why.clone()));
                commands.queue(move |world: &mut World| {
                    world.resource_mut::<Desk>().say(&why);
                });
            }
        },
    );
    false
}

/// Writes beside the place and moves it there, so that a picture that can be seen is whole.
fn save(image: &Image, path: &Path) -> Result<(), String> {
    let picture = image.clone().try_into_dynamic().map_err(|error| error.to_string())?;
    let beside = path.with_extension("part.png");
    picture.to_rgb8().save(&beside).map_err(|error| error.to_string())?;
    std::fs::rename(&beside, path).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_line_by_line() {
        let script =
            "# a comment\n\nI'm sorry.\n/option 2\n/wait 5m\n/call\n/rewind 1\n/hint\n/type I am\n/wrong apology\n";
        let steps = steps(&format!("{script}/quit\nnever")).expect("a good script");
        let talk: Vec<&Step> = steps
            .iter()
            .skip(6)
            .filter(|step| !matches!(step, Step::Picture(_) | Step::EndIfOpen | Step::Quit))
            .collect();
        let wanted = [
            Step::Reply("I'm sorry.".into()),
            Step::Do(Command::Choose(1)),
            Step::Wait("5m".into()),
            Step::Do(Command::CallBack),
            Step::Do(Command::Rewind(1)),
            Step::Do(Command::Hint),
            Step::Type("I am".into()),
            Step::Do(Command::LastReadWrongly),
            Step::Tick(vec![Act::Apology]),
            Step::Do(Command::MarkMistaken),
        ];
        assert_eq!(talk[..10], wanted.iter().collect::<Vec<_>>());
        assert!(!steps.contains(&Step::Reply("never".into())));
    }

    #[test]
    fn a_script_says_what_is_played() {
        let steps = steps("/play parcel assess 7").expect("a good script");
        let play = Command::Play { scenario: "parcel".into(), mode: Mode::Assess, seed: Some(7) };
        assert!(steps.contains(&Step::Do(play)));
    }

    #[test]
    fn an_unknown_command_is_named_with_its_line() {
        let error = steps("Hello.\n/dance").expect_err("no such command");
        assert!(error.contains("line 2") && error.contains("/dance"), "{error}");
        assert!(steps("/wrong apology, dance").is_err_and(|error| error.contains("`dance`")));
        assert!(steps("/option 0").is_err());
        assert!(steps("/play parcel sometimes").is_err());
    }
}
