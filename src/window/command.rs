//! Everything that a person can ask the window to do, and the keys for it.

use bevy::prelude::Resource;
use bevy_egui::egui::{self, Event, Key, Modifiers};

use super::Screen;
use crate::progress::AttemptId;
use crate::session::Mode;

/// One thing to do, whether clicked, typed or scripted.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Show(Screen),
    /// One screen back; asks first where a conversation would be left.
    Back,
    Quit,
    Fullscreen,
    Larger,
    Smaller,
    UsualSize,
    /// Light or dark.
    TurnTheme,
    /// Less motion, or as usual.
    TurnMotion,
    /// The sheet with all keys.
    Keys,
    /// Puts a notice away.
    Dismiss,
    BecomeTrainee(String),
    Play {
        scenario: String,
        mode: Mode,
        seed: Option<u64>,
    },
    Resume(AttemptId),
    OpenDebrief(AttemptId),
    PlayAgain {
        same_seed: bool,
    },
    /// The whole line at once, without waiting for the typewriter.
    Skip,
    Send,
    /// One of the options shown, counted from 0.
    Choose(usize),
    Hint,
    /// Back to just before this reply, counted from 1.
    Rewind(usize),
    /// Back to just before the latest reply.
    RewindLast,
    /// Asks what this reply should have been read as, counted from 1.
    ReadWrongly(usize),
    /// The same of the latest reply.
    LastReadWrongly,
    /// Marks the reading as mistaken, as the panel says.
    MarkMistaken,
    /// Puts the panel away.
    LetReadingBe,
    /// Lets so many simulated seconds pass.
    Wait(u64),
    WaitUntilDue,
    CallBack,
    /// The conversation is over: on to the debrief.
    Finish,
    KeepForLater,
    EndNow,
    Stay,
}

/// The command that waits to be carried out at the end of the frame. egui may draw a frame twice: asking twice is asking once.
#[derive(Resource, Debug, Default)]
pub struct Pending(Option<Command>);

impl Pending {
    pub fn ask(&mut self, command: Command) {
        self.0 = Some(command);
    }

    pub(super) fn take(&mut self) -> Option<Command> {
        self.0.take()
    }
}

/// A key for a command.
#[derive(Clone, Debug)]
pub struct Shortcut {
    pub modifiers: Modifiers,
    pub key: Key,
    pub command: Command,
    /// Where it works; empty means everywhere.
    pub on: &'static [Screen],
    /// As it is written on the sheet of keys.
    pub keys: &'static str,
    /// The locale's key of what it does; empty where the sheet shows it with another one.
    pub does: &'static str,
}

/// Every key, in the order of the sheet.
#[must_use]
pub fn shortcuts() -> Vec<Shortcut> {
    use Screen::{Conversation, Debrief, Home, Progress, Scenarios};
    const TALK: &[Screen] = &[Conversation];
    const CALM: &[Screen] = &[Home, Scenarios, Progress, Debrief];
    let none = Modifiers::NONE;
    let ctrl = Modifiers::COMMAND;
    let alt = Modifiers::ALT;
    let key = |modifiers, key, command, on, keys, does| Shortcut { modifiers, key, command, on, keys, does };
    vec![
        key(ctrl, Key::Enter, Command::Send, TALK, "Ctrl+Enter", "window-key-send"),
        key(alt, Key::Num1, Command::Choose(0), TALK, "Alt+1 … Alt+4", "window-key-choose"),
        key(alt, Key::Num2, Command::Choose(1), TALK, "", ""),
        key(alt, Key::Num3, Command::Choose(2), TALK, "", ""),
        key(alt, Key::Num4, Command::Choose(3), TALK, "", ""),
        key(none, Key::Space, Command::Skip, TALK, "Space", "window-key-skip"),
        key(ctrl, Key::H, Command::Hint, TALK, "Ctrl+H", "window-key-hint"),
        key(ctrl, Key::R, Command::RewindLast, TALK, "Ctrl+R", "window-key-rewind"),
        key(ctrl, Key::E, Command::LastReadWrongly, TALK, "Ctrl+E", "window-key-read-wrongly"),
        key(none, Key::F5, Command::CallBack, TALK, "F5, Ctrl+K", "window-key-call"),
        key(ctrl, Key::K, Command::CallBack, TALK, "", ""),
        key(none, Key::Escape, Command::Back, &[], "Esc", "window-key-back"),
        key(ctrl, Key::Num1, Command::Show(Home), CALM, "Ctrl+1", "window-key-home"),
        key(ctrl, Key::Num2, Command::Show(Scenarios), CALM, "Ctrl+2", "window-key-scenarios"),
        key(ctrl, Key::Num3, Command::Show(Progress), CALM, "Ctrl+3", "window-key-progress"),
        key(none, Key::F11, Command::Fullscreen, &[], "F11", "window-key-fullscreen"),
        key(ctrl, Key::Equals, Command::Larger, &[], "Ctrl+=", "window-key-larger"),
        key(ctrl, Key::Plus, Command::Larger, &[], "", ""),
        key(ctrl, Key::Minus, Command::Smaller, &[], "Ctrl+−", "window-key-smaller"),
        key(ctrl, Key::Num0, Command::UsualSize, &[], "Ctrl+0", "window-key-usual"),
        key(ctrl, Key::D, Command::TurnTheme, &[], "Ctrl+D", "window-key-theme"),
        key(ctrl, Key::M, Command::TurnMotion, &[], "Ctrl+M", "window-key-motion"),
        key(none, Key::F1, Command::Keys, &[], "F1", "window-key-keys"),
        key(ctrl, Key::Q, Command::Quit, &[], "Ctrl+Q", "window-key-quit"),
    ]
}

/// Takes the first shortcut that was pressed out of egui's input. Goes by the place of a key, so it works on every layout.
/// Space only skips while `typing` a line with nothing in the reply box.
pub fn pressed(ctx: &egui::Context, screen: Screen, typing: bool) -> Option<Command> {
    let shortcuts = shortcuts();
    ctx.input_mut(|input| {
        let mut found = None;
        input.events.retain(|event| {
            let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return true };
            let here = physical_key.unwrap_or(*key);
            let hit = shortcuts.iter().find(|shortcut| {
                (shortcut.key == here || shortcut.key == *key)
                    && modifiers.matches_exact(shortcut.modifiers)
                    && (shortcut.on.is_empty() || shortcut.on.contains(&screen))
                    && (shortcut.command != Command::Skip || typing)
            });
            match hit {
                Some(shortcut) if found.is_none() => {
                    found = Some(shortcut.command.clone());
                    false
                }
                _ => true,
            }
        });
        match found {
            Some(Command::Skip) => input.events.retain(|event| !matches!(event, Event::Text(text) if text == " ")),
            Some(Command::Choose(_)) => {
                input
                    .events
                    .retain(|event| !matches!(event, Event::Text(text) if text.chars().all(|c| c.is_ascii_digit())));
            }
            _ => {}
        }
        found
    })
}
