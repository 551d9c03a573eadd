//! The debrief: the score and why, what to do differently, a line a rule with its evidence, the talk, the mood, the promises.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use egui::{Align, CornerRadius, Frame, Layout, Margin, Panel, Ui, vec2};

use super::conversation::{own_bubble_ui, past_bubble_ui};
use super::{Drawing, Screen, whole_window};
use crate::locale::{text, text_with};
use crate::progress::AttemptId;
use crate::rules::{CriticalKind, Finding, PromiseStatus, RuleScore, Scorecard, Verdict};
use crate::session::{Clock, Mode, Mood, Said, Setup, State};
use crate::window::command::{Command, Pending};
use crate::window::desk::Desk;
use crate::window::parts::{
    card, duration, lamp_ui, mode_words, mood_curve_ui, outcome_words, page_ui, primary, quiet, rule_title, score_ui,
    secondary, verdict_words,
};
use crate::window::style::{self, theme};
use crate::window::theme::space;

/// One finished attempt, with all that is said about it.
#[derive(Debug)]
pub struct DebriefView {
    pub attempt: AttemptId,
    pub scenario: String,
    pub title: String,
    pub mode: Mode,
    pub card: Scorecard,
    pub transcript: Vec<Said>,
    /// The mood after each thing said, by simulated seconds.
    pub mood: Vec<(u64, Mood)>,
    pub replies: Vec<u64>,
    pub clock: Clock,
    /// Whether the scenario is still there to be played again.
    pub playable: bool,
}

#[derive(Resource, Default)]
struct Shown(Option<DebriefView>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shown>()
        .add_systems(OnEnter(Screen::Debrief), look)
        .add_systems(EguiPrimaryContextPass, show.in_set(Drawing).run_if(in_state(Screen::Debrief)));
}

fn look(mut desk: ResMut<Desk>, mut shown: ResMut<Shown>) {
    match read(&mut desk) {
        Ok(view) => shown.0 = view,
        Err(error) => {
            shown.0 = None;
            desk.say(error);
        }
    }
}

fn read(desk: &mut Desk) -> std::result::Result<Option<DebriefView>, String> {
    let words = |error: crate::progress::StoreError| error.to_string();
    let Some(id) = desk.debriefed else { return Ok(None) };
    let store = desk.store.get();
    let attempt = store.attempt(id).map_err(words)?;
    let Some(card) = store.scorecard(id).map_err(words)? else { return Ok(None) };
    let events = store.events(id).map_err(words)?;
    let summary = &attempt.summary;
    let name = summary.scenario_path.clone().unwrap_or_else(|| summary.scenario_id.clone());
    let loaded = crate::scenario::load(&name, &summary.scenario_id, attempt.scenario_source.as_bytes())
        .map_err(|problems| problems.render(false))?;
    let content = desk.content(loaded)?;
    let setup = Setup { mode: summary.mode, seed: attempt.seed, trainee: String::new() };
    let first = Mood::of(&content.scenario.customer.temper);
    let clock = content.clock();
    let state = State::fold(&content.scenario, setup, &events);
    Ok(Some(DebriefView {
        attempt: id,
        scenario: summary.scenario_id.clone(),
        title: summary.scenario_title.clone(),
        mode: summary.mode,
        card,
        mood: mood_over_time(first, &state.transcript, state.mood, state.now),
        replies: state.reply_list().map(|reply| reply.at).collect(),
        transcript: state.transcript,
        clock,
        playable: desk.library.get(&summary.scenario_id).is_some_and(|entry| entry.loaded.is_ok()),
    }))
}

/// A point for each thing said, and one for the end.
fn mood_over_time(first: Mood, transcript: &[Said], last: Mood, end: u64) -> Vec<(u64, Mood)> {
    let mut points = vec![(0, first)];
    points.extend(transcript.iter().map(|said| match said {
        Said::Customer { at, mood, .. } => (*at, *mood),
        Said::Agent(reply) => (reply.at, reply.mood_after),
    }));
    points.push((end, last));
    points
}

fn show(mut contexts: EguiContexts, shown: Res<Shown>, mut pending: ResMut<Pending>) -> Result {
    let mut ui = whole_window(&mut contexts)?;
    let Some(view) = &shown.0 else { return Ok(()) };
    if let Some(command) = debrief_ui(&mut ui, view) {
        pending.ask(command);
    }
    Ok(())
}

/// The whole screen: what is judged on the left, the talk on the right, where it was while it was held.
pub fn debrief_ui(ui: &mut Ui, view: &DebriefView) -> Option<Command> {
    let theme = theme(ui);
    let mut command = None;
    let frame = Frame::new().fill(theme.surface.egui()).inner_margin(Margin::symmetric(space::L as i8, space::XS as i8));
    Panel::top("debrief header").exact_size(56.0).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            if quiet(ui, &text("window-debrief-home")).clicked() {
                command = Some(Command::Show(Screen::Home));
            }
            ui.add_space(space::S);
            ui.label(style::strong(&view.title));
            ui.label(style::small(format!("{} · {}", text("window-debrief-title"), mode_words(view.mode))).color(theme.ink_soft.egui()));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if view.playable {
                    if primary(ui, &text("window-debrief-again")).on_hover_text(text("window-debrief-again-tip")).clicked() {
                        command = Some(Command::PlayAgain { same_seed: true });
                    }
                    if secondary(ui, &text("window-debrief-fresh")).on_hover_text(text("window-debrief-fresh-tip")).clicked() {
                        command = Some(Command::PlayAgain { same_seed: false });
                    }
                }
            });
        });
    });
    let room = ui.available_rect_before_wrap();
    if room.width() < 900.0 {
        page_ui(ui, "debrief", 760.0, |ui| {
            judged_ui(ui, view);
            ui.add_space(space::L);
            talk_ui(ui, view);
        });
    } else {
        let (left, right) = room.split_left_right_at_fraction(0.5);
        ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| page_ui(ui, "debrief", 640.0, |ui| judged_ui(ui, view)));
        ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| page_ui(ui, "debrief talk", 640.0, |ui| talk_ui(ui, view)));
    }
    command
}

fn judged_ui(ui: &mut Ui, view: &DebriefView) {
    let theme = theme(ui);
    let soft = theme.ink_soft.egui();
    ui.horizontal(|ui| {
        score_ui(ui, view.card.score, 112.0);
        ui.add_space(space::L);
        ui.vertical(|ui| {
            ui.add_space(space::S);
            ui.label(style::title(text(verdict_of(view.card.score))));
            let outcome = view.card.outcome.map(outcome_words).unwrap_or_default();
            ui.label(style::body(outcome).color(soft));
            let count = text_with("window-debrief-replies", [("count", view.card.turns.into())]);
            ui.label(style::small(count).color(soft));
        });
    });
    ui.add_space(space::M);
    for critical in &view.card.critical {
        Frame::new()
            .fill(theme.surface.mix(theme.bad, 0.12).egui())
            .corner_radius(CornerRadius::same(crate::window::theme::RADIUS))
            .inner_margin(Margin::same(space::M as i8))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.label(style::strong(critical_words(critical.kind)).color(theme.bad.egui()));
                let cap = text_with("window-debrief-cap", [("cap", critical.cap.into()), ("uncapped", view.card.uncapped.into())]);
                ui.label(style::small(cap));
                if !critical.words.is_empty() {
                    ui.label(style::small(format!("“{}”", critical.words)).color(soft));
                }
            });
        ui.add_space(space::S);
    }
    if let Some(words) = differently(&view.card) {
        card(ui, |ui| {
            ui.label(style::small(text("window-debrief-next-time")).color(theme.accent.egui()));
            ui.label(style::body(words));
        });
        ui.add_space(space::M);
    }
    rules_ui(ui, view);
    ui.add_space(space::L);
    ui.label(style::heading(text("window-debrief-mood")));
    card(ui, |ui| mood_curve_ui(ui, &view.mood, &view.replies, view.clock));
    promises_ui(ui, &view.card);
}

/// The locale's key of a score's verdict.
fn verdict_of(score: u8) -> &'static str {
    match score {
        85.. => "window-debrief-excellent",
        70.. => "window-debrief-good",
        50.. => "window-debrief-fair",
        30.. => "window-debrief-weak",
        _ => "window-debrief-poor",
    }
}

fn critical_words(kind: CriticalKind) -> String {
    text(match kind {
        CriticalKind::Rudeness => "window-critical-rudeness",
        CriticalKind::PromiseForgotten => "window-critical-promise-forgotten",
        CriticalKind::HungUp => "window-critical-hung-up",
        CriticalKind::WentPublic => "window-critical-went-public",
    })
}

/// The rule that cost most, as the one thing to do differently.
fn differently(card: &Scorecard) -> Option<String> {
    let lost = |rule: &&RuleScore| rule.score.map_or(0, |score| u32::from(100 - score.min(100)) * rule.weight);
    let worst = card.rules.iter().filter(|rule| lost(rule) > 0).max_by_key(lost)?;
    let key = format!("window-differently-{}", worst.rule);
    Some(if crate::locale::has(&key) { text(&key) } else { rule_title(&worst.rule) })
}

fn rules_ui(ui: &mut Ui, view: &DebriefView) {
    let soft = theme(ui).ink_soft.egui();
    ui.label(style::heading(text("window-debrief-rules")));
    let (called, quiet_rules): (Vec<&RuleScore>, Vec<&RuleScore>) =
        view.card.rules.iter().partition(|rule| rule.verdict != Verdict::NotCalledFor);
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for (index, rule) in called.iter().enumerate() {
            if index > 0 {
                ui.separator();
            }
            rule_ui(ui, rule);
        }
    });
    if !quiet_rules.is_empty() {
        let names: Vec<String> = quiet_rules.iter().map(|rule| rule_title(&rule.rule)).collect();
        ui.label(style::small(text_with("window-debrief-not-called", [("rules", names.join(", ").into())])).color(soft));
    }
}

fn rule_ui(ui: &mut Ui, rule: &RuleScore) {
    let soft = theme(ui).ink_soft.egui();
    let id = ui.make_persistent_id(("rule", &rule.rule));
    let state = egui::collapsing_header::CollapsingState::load_with_default_open(ui.ctx(), id, false);
    let header = state.show_header(ui, |ui| {
        lamp_ui(ui, rule.verdict);
        ui.label(style::body(rule_title(&rule.rule)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let score = rule.score.map_or_else(|| "–".to_owned(), |score| score.to_string());
            ui.label(style::figures(format!("{score:>3}"), 16.0));
            ui.label(style::small(verdict_words(rule.verdict)).color(soft));
        });
    });
    header.body(|ui| {
        if rule.findings.is_empty() {
            ui.label(style::small(text("window-debrief-no-findings")).color(soft));
        }
        for finding in &rule.findings {
            finding_ui(ui, finding);
        }
        let source = format!("rule-{}-source", rule.rule);
        if crate::locale::has(&source) {
            ui.label(style::small(text(&source)).color(soft));
        }
    });
}

fn finding_ui(ui: &mut Ui, finding: &Finding) {
    let theme = theme(ui);
    ui.horizontal_top(|ui| {
        let sign = if finding.points > 0 { "+" } else if finding.points < 0 { "−" } else { "" };
        let tint = if finding.points < 0 { theme.bad } else { theme.good };
        ui.allocate_ui_with_layout(vec2(44.0, 20.0), Layout::right_to_left(Align::Min), |ui| {
            ui.label(style::figures(format!("{sign}{}", finding.points.abs()), 14.0).color(tint.egui()));
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.label(style::small(note_words(&finding.note)));
            if !finding.words.is_empty() {
                ui.label(style::small(format!("“{}”", finding.words)).color(theme.ink_soft.egui()));
            }
            if let Some(better) = &finding.better {
                let better = text_with("window-debrief-better", [("words", better_words(better).into())]);
                ui.label(style::small(better).color(theme.accent.egui()));
            }
        });
    });
}

/// A finding's note in words.
fn note_words(note: &str) -> String {
    text(note)
}

fn better_words(key: &str) -> String {
    text(key)
}

fn promises_ui(ui: &mut Ui, scorecard: &Scorecard) {
    if scorecard.promises.is_empty() {
        return;
    }
    let theme = theme(ui);
    ui.add_space(space::L);
    ui.label(style::heading(text("window-debrief-promises")));
    card(ui, |ui| {
        for promise in &scorecard.promises {
            let (words, tint) = match promise.status {
                PromiseStatus::Kept => ("window-promise-kept", theme.good),
                PromiseStatus::Early => ("window-promise-early", theme.unsure),
                PromiseStatus::Late => ("window-promise-was-late", theme.bad),
                PromiseStatus::Forgotten => ("window-promise-forgotten", theme.bad),
                PromiseStatus::Open => ("window-promise-open", theme.ink_soft),
            };
            ui.horizontal_wrapped(|ui| {
                ui.label(style::strong_small(text(words)).color(tint.egui()));
                let due = promise.due.rsplit('T').next().unwrap_or_default().to_owned();
                let off = promise.off_by_minutes.unwrap_or_default();
                let by = duration(off.unsigned_abs() * 60);
                let by = match off {
                    0 => String::new(),
                    1.. => text_with("window-promise-after", [("time", by.into())]),
                    _ => text_with("window-promise-before", [("time", by.into())]),
                };
                let due = text_with("window-promise-due", [("due", due.into())]);
                ui.label(style::small(format!("“{}” · {due} {by}", promise.text)));
            });
        }
    });
}

fn talk_ui(ui: &mut Ui, view: &DebriefView) {
    ui.label(style::heading(text("window-debrief-talk")));
    ui.label(style::small(text("window-debrief-legend")).color(theme(ui).ink_soft.egui()));
    ui.add_space(space::S);
    for (index, said) in view.transcript.iter().enumerate() {
        match said {
            Said::Customer { text, .. } => past_bubble_ui(ui, text),
            Said::Agent(reply) => own_bubble_ui(ui, ("debrief", index), reply, true, true),
        }
        ui.add_space(space::XS);
    }
}
