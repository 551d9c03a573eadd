//! What each command does. The only place where the window touches the session and the store.

use bevy::app::AppExit;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::window::{MonitorSelection, WindowMode};

use super::Look;
use super::Screen;
use super::command::{Command, Pending};
use super::desk::Desk;
use super::idle::Wake;
use super::keys::Sheet;
use super::play::{Play, PlayError, dispute_words};
use super::screens::conversation::Leaving;
use super::screens::correction::{Correcting, Correction};
use super::screens::debrief::{self, Shown};
use super::screens::draft::ConversationDraft;
use crate::content::Origin;
use crate::language::Act;
use crate::progress::{AttemptId, Dispute, Recording};
use crate::session::{Input, Mode, Reply, Said, Setup};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pending>()
        .add_systems(Startup, start_at_once)
        .add_systems(Last, perform.before(super::idle::Sleeping));
}

/// What the command line asked for.
fn start_at_once(mut desk: ResMut<Desk>, mut pending: ResMut<Pending>) {
    if let Some((scenario, mode, seed)) = desk.start.take() {
        pending.ask(Command::Play { scenario, mode, seed: Some(seed) });
    }
}

/// All that a command may change.
#[derive(SystemParam)]
struct Room<'w, 's> {
    desk: ResMut<'w, Desk>,
    look: ResMut<'w, Look>,
    sheet: ResMut<'w, Sheet>,
    leaving: ResMut<'w, Leaving>,
    correcting: ResMut<'w, Correcting>,
    shown: ResMut<'w, Shown>,
    draft: ResMut<'w, ConversationDraft>,
    screen: Res<'w, State<Screen>>,
    next: ResMut<'w, NextState<Screen>>,
    time: Res<'w, Time>,
    windows: Query<'w, 's, &'static mut Window>,
    exit: MessageWriter<'w, AppExit>,
}

fn perform(mut pending: ResMut<Pending>, mut room: Room, mut wake: ResMut<Wake>) {
    let Some(command) = pending.take() else { return };
    if let Err(trouble) = room.perform(command) {
        room.desk.say(trouble);
    }
    wake.within(std::time::Duration::ZERO);
}

impl Room<'_, '_> {
    /// Seconds of the app's own clock.
    fn now(&self) -> f64 {
        self.time.elapsed_secs_f64()
    }

    fn fullscreen(&mut self) {
        for mut window in &mut self.windows {
            window.mode = match window.mode {
                WindowMode::Windowed => WindowMode::BorderlessFullscreen(MonitorSelection::Current),
                _ => WindowMode::Windowed,
            };
        }
    }

    fn perform(&mut self, command: Command) -> std::result::Result<(), String> {
        match command {
            Command::Show(screen) => self.next.set(screen),
            Command::Back => self.back(),
            Command::Quit => {
                self.exit.write(AppExit::Success);
            }
            Command::Fullscreen => self.fullscreen(),
            Command::Larger => self.look.zoom = (self.look.zoom + 0.1).min(2.0),
            Command::Smaller => self.look.zoom = (self.look.zoom - 0.1).max(0.6),
            Command::UsualSize => self.look.zoom = 1.0,
            Command::TurnTheme => self.look.turn(),
            Command::TurnMotion => self.look.still = !self.look.still,
            Command::Keys => self.sheet.open = !self.sheet.open,
            Command::Dismiss => self.desk.notice = None,
            Command::BecomeTrainee(name) => {
                let trainee = self.desk.store.get().trainee_named(&name).map_err(|error| error.to_string())?;
                self.desk.trainee = Some(trainee);
            }
            Command::Play { scenario, mode, seed } => self.play(&scenario, mode, seed)?,
            Command::Resume(attempt) => self.resume(attempt)?,
            Command::OpenDebrief(attempt) => {
                self.desk.debriefed = Some(attempt);
                self.next.set(Screen::Debrief);
            }
            Command::PlayAgain { same_seed } => self.play_again(same_seed)?,
            Command::KeepForLater => {
                self.desk.play = None;
                self.next.set(Screen::Home);
            }
            Command::EndNow => {
                self.leaving.0 = false;
                self.input(|play, store, now| match play.state().ended {
                    Some(_) => Ok(()),
                    None => play.act(store, Input::Leave, now),
                })?;
                self.finish()?;
            }
            Command::Stay => self.leaving.0 = false,
            Command::Finish => self.finish()?,
            Command::MarkMistaken => self.mark_mistaken()?,
            Command::LetReadingBe => self.let_reading_be(),
            // What lies over the screen is answered first.
            _ if self.leaving.0 || self.correcting.0.is_some() => {}
            Command::ReadWrongly(reply) => self.ask_what_was_meant(reply),
            _ if self.desk.play.is_none() => {}
            Command::LastReadWrongly => {
                let last = self.desk.play.as_ref().map_or(0, |play| play.state().replies);
                self.ask_what_was_meant(last);
            }
            Command::Skip => self.input(|play, _, _| {
                play.skip_typing();
                Ok(())
            })?,
            Command::Send => self.send()?,
            Command::Choose(index) => self.choose(index)?,
            Command::Hint => self.input(|play, store, now| play.act(store, Input::Hint, now))?,
            Command::Rewind(reply) => self.rewind(reply)?,
            Command::RewindLast => {
                let last = self.desk.play.as_ref().map_or(0, |play| play.state().replies);
                self.rewind(last)?;
            }
            Command::Wait(seconds) => self.input(|play, store, now| play.wait(store, seconds, now))?,
            Command::WaitUntilDue => self.input(|play, store, now| {
                let left = play.until_due();
                play.wait(store, left, now)
            })?,
            Command::CallBack => {
                self.input(Play::call_back)?;
                self.draft.focus = true;
            }
        }
        Ok(())
    }

    /// Something done to the session; what it could not do is told in words.
    fn input(
        &mut self,
        act: impl FnOnce(&mut Play, &mut crate::progress::Store, f64) -> std::result::Result<(), PlayError>,
    ) -> std::result::Result<(), String> {
        let now = self.now();
        let Desk { play, store, .. } = &mut *self.desk;
        let Some(play) = play else { return Ok(()) };
        act(play, store.get(), now).map_err(|error| error.to_string())
    }

    fn back(&mut self) {
        if self.sheet.open {
            self.sheet.open = false;
        } else if self.desk.notice.is_some() {
            self.desk.notice = None;
        } else if self.correcting.0.is_some() {
            self.let_reading_be();
        } else if *self.screen.get() == Screen::Conversation {
            self.leaving.0 = !self.leaving.0;
        } else if *self.screen.get() != Screen::Home {
            self.next.set(Screen::Home);
        }
    }

    fn play(&mut self, scenario: &str, mode: Mode, seed: Option<u64>) -> std::result::Result<(), String> {
        let Some(trainee) = self.desk.trainee.clone() else {
            self.next.set(Screen::Home);
            return Err(crate::locale::text("window-no-trainee"));
        };
        let loaded = self.desk.library.load(scenario).map_err(|error| error.to_string())?;
        let path = match self.desk.library.get(scenario).map(|entry| &entry.origin) {
            Some(Origin::File(path)) => Some(path.display().to_string()),
            Some(Origin::Bundled) => None,
            None => Some(scenario.to_owned()),
        };
        let content = self.desk.content(loaded)?;
        let seed = seed.unwrap_or_else(|| u64::from(uuid::Uuid::new_v4().as_fields().0));
        let now = self.now();
        let store = self.desk.store.get();
        let setup = Setup { mode, seed, trainee: trainee.name };
        let play = Play::begin(store, trainee.id, content, setup, path, now).map_err(|error| error.to_string())?;
        self.desk.play = Some(play);
        self.next.set(Screen::Conversation);
        Ok(())
    }

    fn resume(&mut self, attempt: AttemptId) -> std::result::Result<(), String> {
        let now = self.now();
        let play = Play::resume(self.desk.store.get(), attempt, now).map_err(|error| error.to_string())?;
        self.desk.play = Some(play);
        self.next.set(Screen::Conversation);
        Ok(())
    }

    fn play_again(&mut self, same_seed: bool) -> std::result::Result<(), String> {
        let Some(id) = self.desk.debriefed else { return Ok(()) };
        let attempt = self.desk.store.get().attempt(id).map_err(|error| error.to_string())?;
        let seed = same_seed.then_some(attempt.seed);
        self.play(&attempt.summary.scenario_id, attempt.summary.mode, seed)
    }

    fn finish(&mut self) -> std::result::Result<(), String> {
        self.input(|play, store, _| play.finish(store))?;
        if let Some(play) = self.desk.play.take() {
            self.desk.debriefed = Some(play.attempt());
            self.next.set(Screen::Debrief);
        }
        Ok(())
    }

    fn send(&mut self) -> std::result::Result<(), String> {
        let reply = self.draft.reply.trim().to_owned();
        if reply.is_empty() {
            return Ok(());
        }
        self.input(|play, store, now| play.reply(store, reply, None, now))?;
        self.draft.reply.clear();
        self.draft.focus = true;
        Ok(())
    }

    fn choose(&mut self, index: usize) -> std::result::Result<(), String> {
        self.input(|play, store, now| {
            let beat = play.session().content.beat(&play.state().beat);
            let Some(option) = beat.and_then(|beat| beat.options.get(index)) else { return Ok(()) };
            let text = option.text.clone();
            play.reply(store, text, Some(index), now)
        })?;
        self.draft.focus = true;
        Ok(())
    }

    fn rewind(&mut self, reply: usize) -> std::result::Result<(), String> {
        let before =
            self.desk.play.as_ref().and_then(|play| play.state().reply_list().nth(reply.wrapping_sub(1)).cloned());
        let Some(before) = before else { return Ok(()) };
        self.input(|play, store, now| play.act(store, Input::Rewind { reply }, now))?;
        // What was said can be said better: it is there to be changed.
        self.draft.reply = before.text;
        self.draft.focus = true;
        Ok(())
    }

    /// Opens the panel on which a reading is corrected; in an assessment only once it is over.
    fn ask_what_was_meant(&mut self, number: usize) {
        let correction = match (*self.screen.get(), &self.desk.play, &self.shown.0) {
            (Screen::Conversation, Some(play), _) if play.state().mode() != Mode::Assess => {
                let reply = play.state().reply_list().nth(number.wrapping_sub(1));
                reply.map(|reply| Correction::of(number, reply, known(play.disputed(), number)))
            }
            (Screen::Debrief, _, Some(view)) => {
                let mut replies = view.transcript.iter().filter_map(agent);
                let reply = replies.nth(number.wrapping_sub(1));
                reply.map(|reply| Correction::of(number, reply, known(&view.disputed, number)))
            }
            _ => None,
        };
        self.correcting.0 = correction;
    }

    fn mark_mistaken(&mut self) -> std::result::Result<(), String> {
        let Some(mut correction) = self.correcting.0.take() else { return Ok(()) };
        let Correction { reply, wanted, note, .. } = &correction;
        let marked = if *self.screen.get() == Screen::Conversation {
            self.input(|play, store, _| play.dispute(store, *reply, wanted, note))
        } else {
            self.dispute_in_debrief(*reply, wanted, note)
        };
        match marked {
            Ok(()) => self.draft.focus = true,
            // The note is not lost: the panel stays, and says what is the matter.
            Err(trouble) => {
                correction.trouble = Some(trouble);
                self.correcting.0 = Some(correction);
            }
        }
        Ok(())
    }

    fn dispute_in_debrief(&mut self, reply: usize, wanted: &[Act], note: &str) -> std::result::Result<(), String> {
        let Some(id) = self.desk.debriefed else { return Ok(()) };
        let store = self.desk.store.get();
        let recording = Recording::reopen(store, id).map_err(|error| error.to_string())?;
        recording.dispute(store, reply, wanted, Some(note)).map_err(|error| dispute_words(&error))?;
        debrief::show_again(&mut self.desk, &mut self.shown);
        Ok(())
    }

    fn let_reading_be(&mut self) {
        self.correcting.0 = None;
        self.draft.focus = true;
    }
}

fn known(disputed: &[(usize, Dispute)], reply: usize) -> Option<&Dispute> {
    disputed.iter().find(|(number, _)| *number == reply).map(|(_, dispute)| dispute)
}

fn agent(said: &Said) -> Option<&Reply> {
    match said {
        Said::Agent(reply) => Some(reply),
        Said::Customer { .. } => None,
    }
}
