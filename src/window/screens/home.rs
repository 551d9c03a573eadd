//! Home: who is playing, what to play next, what was left unfinished, how it went lately.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use egui::{Align, Key, Layout, TextEdit, Ui, vec2};
use jiff::Timestamp;

use super::scenarios::{ScenarioCard, cards, mode_choice_ui};
use super::{Drawing, Screen, whole_window};
use crate::locale::{text, text_with};
use crate::progress::AttemptSummary;
use crate::session::Mode;
use crate::window::command::{Command, Pending};
use crate::window::desk::Desk;
use crate::window::parts::{
    ago, card, channel_words, difficulty_ui, empty_ui, mode_words, outcome_words, page_ui, primary, quiet, score_ui,
    secondary, top_bar_ui,
};
use crate::window::style::{self, theme};
use crate::window::theme::space;

/// What home shows.
#[derive(Debug, Default)]
pub struct HomeView {
    /// Who plays; none at the very first start.
    pub name: Option<String>,
    pub others: Vec<String>,
    pub recommended: Option<ScenarioCard>,
    pub unfinished: Vec<AttemptSummary>,
    /// The latest first.
    pub recent: Vec<AttemptSummary>,
    pub now: Timestamp,
}

/// What the person is in the middle of.
#[derive(Debug)]
pub struct HomeDraft {
    pub name: String,
    /// The list of names is open.
    pub choosing: bool,
    pub mode: Mode,
}

impl Default for HomeDraft {
    fn default() -> Self {
        Self { name: String::new(), choosing: false, mode: Mode::Practise }
    }
}

#[derive(Resource, Default)]
struct Shown {
    view: HomeView,
    draft: HomeDraft,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shown>()
        .add_systems(OnEnter(Screen::Home), look)
        .add_systems(Update, look.run_if(in_state(Screen::Home).and_then(resource_changed::<Desk>)))
        .add_systems(EguiPrimaryContextPass, show.in_set(Drawing).run_if(in_state(Screen::Home)));
}

fn look(mut desk: ResMut<Desk>, mut shown: ResMut<Shown>) {
    let view = read(desk.bypass_change_detection());
    match view {
        Ok(view) => shown.view = view,
        Err(error) => desk.say(error),
    }
}

fn read(desk: &mut Desk) -> std::result::Result<HomeView, crate::progress::StoreError> {
    let trainee = desk.trainee.clone();
    let store = desk.store.get();
    let mut view = HomeView { now: Timestamp::now(), ..HomeView::default() };
    view.others = store.trainees()?.into_iter().map(|other| other.name).collect();
    let mut standings = Vec::new();
    if let Some(trainee) = trainee {
        view.others.retain(|name| *name != trainee.name);
        view.name = Some(trainee.name);
        view.unfinished = store.unfinished(trainee.id)?;
        view.recent = store.attempts(trainee.id, 12, 0)?;
        view.recent.retain(|attempt| attempt.score.is_some());
        view.recent.truncate(4);
        standings = store.scenario_standings(trainee.id)?;
    }
    view.recommended = recommended(&cards(&desk.library, &standings));
    Ok(view)
}

/// The easiest scenario not yet played; then the one with the lowest best score.
fn recommended(cards: &[ScenarioCard]) -> Option<ScenarioCard> {
    let key = |card: &&ScenarioCard| (card.best.is_some(), card.best.unwrap_or(0), card.difficulty, card.id.clone());
    cards.iter().min_by_key(key).cloned()
}

fn show(mut contexts: EguiContexts, mut shown: ResMut<Shown>, mut pending: ResMut<Pending>) -> Result {
    let mut ui = whole_window(&mut contexts)?;
    let Shown { view, draft } = &mut *shown;
    if let Some(command) = home_ui(&mut ui, view, draft) {
        pending.ask(command);
    }
    Ok(())
}

/// The whole screen.
pub fn home_ui(ui: &mut Ui, view: &HomeView, draft: &mut HomeDraft) -> Option<Command> {
    let mut command = top_bar_ui(ui, Screen::Home, view.name.as_deref());
    let asked = page_ui(ui, "home", 920.0, |ui| match &view.name {
        None => welcome_ui(ui, view, draft),
        Some(name) => desk_ui(ui, name, view, draft),
    });
    command = asked.or(command);
    command
}

fn welcome_ui(ui: &mut Ui, view: &HomeView, draft: &mut HomeDraft) -> Option<Command> {
    let soft = theme(ui).ink_soft.egui();
    ui.add_space(space::XXL);
    ui.label(style::title(text("window-home-welcome")));
    ui.label(style::body(text("window-home-what")).color(soft));
    ui.add_space(space::XL);
    card(ui, |ui| {
        ui.label(style::heading(text("window-home-who")));
        ui.label(style::small(text("window-home-name-why")).color(soft));
        ui.add_space(space::S);
        name_ui(ui, &view.others, draft)
    })
    .inner
}

fn name_ui(ui: &mut Ui, others: &[String], draft: &mut HomeDraft) -> Option<Command> {
    let mut chosen = None;
    if !others.is_empty() {
        ui.horizontal_wrapped(|ui| {
            for name in others {
                if secondary(ui, name).clicked() {
                    chosen = Some(name.clone());
                }
            }
        });
    }
    ui.horizontal(|ui| {
        let hint = text("window-home-name-hint");
        let edit = TextEdit::singleline(&mut draft.name)
            .id_salt("name")
            .hint_text(style::body(hint))
            .char_limit(80)
            .margin(egui::Margin::symmetric(12, 9))
            .desired_width(280.0);
        let edit = ui.add(edit);
        if draft.name.is_empty() && others.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
            edit.request_focus();
        }
        let enter = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let pressed = ui
            .add_enabled_ui(!draft.name.trim().is_empty(), |ui| primary(ui, &text("window-home-start")).clicked())
            .inner;
        if (enter || pressed) && !draft.name.trim().is_empty() {
            chosen = Some(std::mem::take(&mut draft.name));
        }
    });
    if chosen.is_some() {
        draft.choosing = false;
    }
    chosen.map(Command::BecomeTrainee)
}

fn desk_ui(ui: &mut Ui, name: &str, view: &HomeView, draft: &mut HomeDraft) -> Option<Command> {
    let soft = theme(ui).ink_soft.egui();
    let mut command = None;
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        ui.label(style::title(text_with("window-home-hello", [("name", name.into())])));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if quiet(ui, &text("window-home-other-person")).clicked() {
                draft.choosing = !draft.choosing;
            }
        });
    });
    if draft.choosing {
        card(ui, |ui| {
            ui.label(style::strong(text("window-home-who")));
            command = name_ui(ui, &view.others, draft);
        });
    }
    ui.add_space(space::S);
    for attempt in view.unfinished.iter().take(2) {
        card(ui, |ui| {
            ui.horizontal(|ui| {
                ui.vertical(|ui| {
                    ui.label(style::small(text("window-home-unfinished")).color(soft));
                    ui.label(style::heading(&attempt.scenario_title));
                    let when = format!("{} · {}", mode_words(attempt.mode), ago(attempt.started_at, view.now));
                    ui.label(style::small(when).color(soft));
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if primary(ui, &text("window-home-continue")).clicked() {
                        command = Some(Command::Resume(attempt.id));
                    }
                });
            });
        });
        ui.add_space(space::S);
    }
    card(ui, |ui| match &view.recommended {
        None => empty_ui(ui, &text("window-home-nothing-title"), &text("window-home-nothing")),
        Some(scenario) => {
            ui.label(style::small(text("window-home-next")).color(soft));
            ui.add_space(space::XS);
            ui.label(style::title(&scenario.title));
            ui.horizontal(|ui| {
                ui.label(
                    style::small(format!("{} · {}", channel_words(scenario.channel), scenario.company)).color(soft),
                );
                difficulty_ui(ui, scenario.difficulty);
            });
            ui.add_space(space::XS);
            ui.scope(|ui| {
                ui.set_max_width(ui.available_width().min(640.0));
                ui.label(style::body(&scenario.summary));
            });
            ui.add_space(space::M);
            ui.horizontal_wrapped(|ui| {
                mode_choice_ui(ui, &mut draft.mode);
                ui.add_space(space::L);
                let label = text_with("window-home-play", [("mode", mode_words(draft.mode).into())]);
                if primary(ui, &label).clicked() {
                    command = Some(Command::Play { scenario: scenario.id.clone(), mode: draft.mode, seed: None });
                }
                if secondary(ui, &text("window-home-all")).clicked() {
                    command = Some(Command::Show(Screen::Scenarios));
                }
            });
        }
    });
    ui.add_space(space::XL);
    ui.horizontal(|ui| {
        ui.label(style::heading(text("window-home-recent")));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if !view.recent.is_empty() && quiet(ui, &text("window-home-progress")).clicked() {
                command = Some(Command::Show(Screen::Progress));
            }
        });
    });
    card(ui, |ui| {
        if view.recent.is_empty() {
            empty_ui(ui, &text("window-home-no-results-title"), &text("window-home-no-results"));
        }
        for (index, attempt) in view.recent.iter().enumerate() {
            if index > 0 {
                ui.separator();
            }
            if attempt_row_ui(ui, attempt, view.now) {
                command = Some(Command::OpenDebrief(attempt.id));
            }
        }
    });
    command
}

/// One finished attempt in a line. True when its debrief is wanted.
fn attempt_row_ui(ui: &mut Ui, attempt: &AttemptSummary, now: Timestamp) -> bool {
    let soft = theme(ui).ink_soft.egui();
    ui.horizontal(|ui| {
        score_ui(ui, attempt.score.unwrap_or_default(), 44.0);
        ui.add_space(space::S);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, 2.0);
            ui.label(style::strong(&attempt.scenario_title));
            let outcome = attempt.outcome.map(outcome_words).unwrap_or_default();
            let words = [mode_words(attempt.mode), ago(attempt.ended_at.unwrap_or(attempt.started_at), now), outcome];
            ui.label(style::small(words.join(" · ")).color(soft));
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| quiet(ui, &text("window-open-debrief")).clicked())
            .inner
    })
    .inner
}
