//! What the trainee is in the middle of, and what the reader sees in it so far.

use bevy::prelude::*;
use bevy_egui::egui::Rect;

use crate::language::Reading;
use crate::session::{Content, Missing, State, still_missing};
use crate::window::parts::{Mark, act_words, marks_of};

/// What the trainee is in the middle of.
#[derive(Debug, Default, Resource)]
pub struct ConversationDraft {
    pub reply: String,
    /// In *practise* the options are shown on request.
    pub options: bool,
    /// In *learn*: which of the rules just met is being read, where it is not the first.
    pub lesson: Option<&'static str>,
    /// In *learn*: what the reader sees in the reply so far.
    pub reading: DraftReading,
    /// The reply box wants the keyboard.
    pub focus: bool,
    /// Where the stage is, left free by the screen.
    pub stage: Option<Rect>,
}

/// What the reader sees in the reply that is being written. It reads again only when the words or the moment change.
#[derive(Debug, Default)]
pub struct DraftReading {
    pub(super) words: String,
    /// Lines said before it, by which the moment is known; none before the first look.
    lines_said: Option<usize>,
    pub(super) reading: Reading,
    pub(super) marks: Vec<Mark>,
    pub(super) missing: Vec<Missing>,
}

impl DraftReading {
    /// Reads the draft where it is not the one that was read last. True where it was read.
    pub(super) fn follow(&mut self, content: &Content, state: &State, words: &str) -> bool {
        let lines_said = Some(state.transcript.len());
        if self.lines_said == lines_said && self.words == words {
            return false;
        }
        self.reading = if words.trim().is_empty() {
            Reading::default()
        } else {
            content.read(words, &state.customer_words(), state.now)
        };
        self.marks = marks_of(&self.reading);
        self.missing = still_missing(content, state, &self.reading);
        words.clone_into(&mut self.words);
        self.lines_said = lines_said;
        true
    }

    /// Each act once, in the order of the words, with its first mark.
    pub(super) fn acts_found(&self) -> Vec<(String, &Mark)> {
        let mut seen = Vec::new();
        let mut found = Vec::new();
        for (act, mark) in self.reading.acts.iter().zip(&self.marks) {
            if !seen.contains(&act.act) {
                seen.push(act.act);
                found.push((act_words(act.act), mark));
            }
        }
        found
    }
}
