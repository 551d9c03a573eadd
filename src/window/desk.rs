//! What all screens share: the store, the scenarios, who plays, and the session that is being played.

use std::sync::Arc;

use bevy::platform::cell::SyncCell;
use bevy::prelude::Resource;

use super::Options;
use super::play::Play;
use crate::check::Loaded;
use crate::content::{Company, Library};
use crate::progress::{AttemptId, Store, Trainee};
use crate::rules::Rubric;
use crate::session::{Content, Mode, MoodTable};

#[derive(Resource)]
pub(super) struct Desk {
    pub store: SyncCell<Store>,
    pub library: Library,
    pub company: Company,
    pub trainee: Option<Trainee>,
    pub rubric: Arc<Rubric>,
    pub moods: Arc<MoodTable>,
    pub play: Option<Play>,
    /// The attempt that the debrief is about.
    pub debriefed: Option<AttemptId>,
    /// What the command line asked to start at once.
    pub start: Option<(String, Mode, u64)>,
    /// The same, for a script that shows the other screens first.
    pub scripted: Option<(String, Mode, u64)>,
    /// Something went wrong, in words for the person.
    pub notice: Option<String>,
}

impl Desk {
    pub fn new(options: Options) -> Result<Self, String> {
        let Options { mut store, library, company, trainee, start, autoplay, .. } = options;
        let (start, scripted) = if autoplay.is_some() { (None, start) } else { (start, None) };
        let trainee = match trainee {
            Some(name) => Some(store.trainee_named(&name).map_err(|error| error.to_string())?),
            None => store.latest_trainee().map_err(|error| error.to_string())?,
        };
        let moods = Arc::new(MoodTable::bundled());
        Ok(Self {
            store: SyncCell::new(store),
            library,
            company,
            trainee,
            rubric: Arc::new(Rubric::bundled().clone()),
            moods,
            play: None,
            debriefed: None,
            start,
            scripted,
            notice: None,
        })
    }

    pub fn content(&self, loaded: Loaded) -> Result<Content, String> {
        let (rubric, moods) = (self.rubric.clone(), self.moods.clone());
        let content = match self.company.pack(&loaded.scenario.language) {
            Some(pack) => Content::with_pack(loaded, rubric, moods, pack),
            None => Content::new(loaded, rubric, moods),
        };
        content.map_err(|error| error.to_string())
    }

    pub fn say(&mut self, trouble: impl ToString) {
        self.notice = Some(trouble.to_string());
    }
}
