//! Progress: how each rule went over time, and every finished attempt.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use egui::{Align, Layout, Ui, vec2};

use super::{Drawing, Screen, whole_window};
use crate::locale::{text, text_with};
use crate::progress::{AttemptSummary, RuleHistory, StoreError};
use crate::window::command::{Command, Pending};
use crate::window::desk::Desk;
use crate::window::parts::{
    card, day, empty_ui, mode_words, outcome_words, page_ui, primary, quiet, row_ui, rule_title, sparkline_ui,
    top_bar_ui,
};
use crate::window::style::{self, theme};
use crate::window::theme::space;

/// Attempts on one page of the table.
const PAGE: usize = 20;

#[derive(Debug, Default)]
pub struct ProgressView {
    pub who: Option<String>,
    pub rules: Vec<RuleHistory>,
    /// One page, the latest first.
    pub attempts: Vec<AttemptSummary>,
    pub finished: usize,
}

/// Which page of the table is shown, counted from 0.
#[derive(Debug, Default)]
pub struct ProgressDraft {
    pub page: usize,
}

#[derive(Resource, Default)]
struct Shown {
    view: ProgressView,
    draft: ProgressDraft,
    read_page: usize,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shown>()
        .add_systems(OnEnter(Screen::Progress), look)
        .add_systems(Update, look.run_if(in_state(Screen::Progress).and_then(page_turned)))
        .add_systems(EguiPrimaryContextPass, show.in_set(Drawing).run_if(in_state(Screen::Progress)));
}

fn page_turned(shown: Res<Shown>) -> bool {
    shown.draft.page != shown.read_page
}

fn look(mut desk: ResMut<Desk>, mut shown: ResMut<Shown>) {
    let page = shown.draft.page;
    match read(&mut desk, page) {
        Ok(view) => shown.view = view,
        Err(error) => desk.say(error),
    }
    shown.read_page = page;
}

fn read(desk: &mut Desk, page: usize) -> std::result::Result<ProgressView, StoreError> {
    let Some(trainee) = desk.trainee.clone() else { return Ok(ProgressView::default()) };
    let store = desk.store.get();
    let mut attempts = store.attempts(trainee.id, PAGE, page * PAGE)?;
    attempts.retain(|attempt| attempt.score.is_some());
    let mut rules = store.rule_history(trainee.id)?;
    const FIRST: [&str; 6] = ["no-arguing", "apologise", "clarify", "offer-solutions", "next-steps", "call-back"];
    rules.sort_by_key(|history| FIRST.iter().position(|rule| *rule == history.rule).unwrap_or(FIRST.len()));
    let finished = store.attempt_counts(trainee.id)?.finished;
    Ok(ProgressView { who: Some(trainee.name), rules, attempts, finished })
}

fn show(mut contexts: EguiContexts, mut shown: ResMut<Shown>, mut pending: ResMut<Pending>) -> Result {
    let mut ui = whole_window(&mut contexts)?;
    let Shown { view, draft, .. } = &mut *shown;
    if let Some(command) = progress_ui(&mut ui, view, draft) {
        pending.ask(command);
    }
    Ok(())
}

/// The whole screen.
pub fn progress_ui(ui: &mut Ui, view: &ProgressView, draft: &mut ProgressDraft) -> Option<Command> {
    let gone = top_bar_ui(ui, Screen::Progress, view.who.as_deref());
    let asked = page_ui(ui, "progress", 1040.0, |ui| {
        ui.label(style::title(text("window-progress-title")));
        if view.attempts.is_empty() && view.rules.is_empty() {
            return card(ui, |ui| {
                empty_ui(ui, &text("window-progress-none-title"), &text("window-progress-none"));
                let start = ui.vertical_centered(|ui| primary(ui, &text("window-home-all")).clicked()).inner;
                ui.add_space(space::L);
                start.then_some(Command::Show(Screen::Scenarios))
            })
            .inner;
        }
        ui.add_space(space::S);
        ui.label(style::heading(text("window-progress-rules")));
        rules_ui(ui, &view.rules);
        ui.add_space(space::L);
        ui.label(style::heading(text("window-progress-attempts")));
        attempts_ui(ui, view, draft)
    });
    asked.or(gone)
}

fn rules_ui(ui: &mut Ui, rules: &[RuleHistory]) {
    let soft = theme(ui).ink_soft.egui();
    let columns = if ui.available_width() > 900.0 { 3 } else { 2 };
    for row in rules.chunks(columns) {
        row_ui(ui, columns, 126.0, row, |ui, history| {
            ui.spacing_mut().item_spacing.y = space::XS;
            let scores: Vec<u8> = history.points.iter().map(|point| point.score).collect();
            let latest = scores.last().copied().unwrap_or_default();
            ui.add(egui::Label::new(style::strong_small(rule_title(&history.rule))).truncate());
            ui.horizontal(|ui| {
                ui.label(style::figures(latest.to_string(), 28.0));
                let shown = &scores[scores.len().saturating_sub(30)..];
                let width = ui.available_width().min(170.0);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| sparkline_ui(ui, shown, (width, 40.0)));
            });
            let trend = match scores.len() {
                0 | 1 => text("window-progress-first"),
                count => text_with("window-progress-from", [("first", scores[0].into()), ("count", count.into())]),
            };
            ui.label(style::small(trend).color(soft));
        });
        ui.add_space(space::XS);
    }
}

fn attempts_ui(ui: &mut Ui, view: &ProgressView, draft: &mut ProgressDraft) -> Option<Command> {
    let soft = theme(ui).ink_soft.egui();
    let mut command = None;
    card(ui, |ui| {
        let wide = ui.available_width();
        egui::Grid::new("attempts").num_columns(6).spacing(vec2(space::XL, space::XS)).min_row_height(36.0).show(
            ui,
            |ui| {
                for head in [
                    "window-col-date",
                    "window-col-scenario",
                    "window-col-mode",
                    "window-col-score",
                    "window-col-outcome",
                ] {
                    ui.label(style::small(text(head)).color(soft));
                }
                ui.end_row();
                for attempt in &view.attempts {
                    ui.label(style::figures(day(attempt.ended_at.unwrap_or(attempt.started_at)), 14.0));
                    ui.scope(|ui| {
                        ui.set_max_width(wide * 0.32);
                        ui.add(egui::Label::new(style::small(&attempt.scenario_title)).truncate());
                    });
                    ui.label(style::small(mode_words(attempt.mode)));
                    ui.label(style::figures(format!("{:>3}", attempt.score.unwrap_or_default()), 16.0));
                    ui.label(style::small(attempt.outcome.map(outcome_words).unwrap_or_default()));
                    if quiet(ui, &text("window-open-debrief")).clicked() {
                        command = Some(Command::OpenDebrief(attempt.id));
                    }
                    ui.end_row();
                }
            },
        );
        let pages = view.finished.div_ceil(PAGE);
        if pages > 1 {
            ui.horizontal(|ui| {
                if ui.add_enabled_ui(draft.page > 0, |ui| quiet(ui, &text("window-progress-newer"))).inner.clicked() {
                    draft.page -= 1;
                }
                let words = [("page", (draft.page + 1).into()), ("pages", pages.into())];
                ui.label(style::small(text_with("window-progress-page", words)).color(soft));
                if ui
                    .add_enabled_ui(draft.page + 1 < pages, |ui| quiet(ui, &text("window-progress-older")))
                    .inner
                    .clicked()
                {
                    draft.page += 1;
                }
            });
        }
    });
    command
}
