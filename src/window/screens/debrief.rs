//! The debrief: the score and why, what to do differently, a line a rule with its evidence, the talk, the mood, the promises.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use egui::{Align, CornerRadius, Frame, Layout, Margin, Panel, Ui, vec2};

use super::conversation::{own_bubble_ui, past_bubble_ui};
use super::correction::read_wrongly_ui;
use super::{Drawing, Screen, whole_window};
use crate::locale::{text, text_with};
use crate::progress::{AttemptId, Dispute, Recording, ReopenError, disputed_replies};
use crate::report::{Debrief, FindingLine, RuleLine};
use crate::rules::{PromiseStatus, Verdict};
use crate::session::{Clock, Mode, Mood, Said, State};
use crate::window::command::{Command, Pending};
use crate::window::desk::Desk;
use crate::window::parts::{
    CurvePoint, card, lamp_ui, mode_words, mood_curve_ui, page_ui, primary, quiet, score_ui, secondary, sentence,
};
use crate::window::style::{self, theme};
use crate::window::theme::space;

/// One finished attempt, with all that is said about it.
#[derive(Debug)]
pub struct DebriefView {
    pub attempt: AttemptId,
    pub mode: Mode,
    pub debrief: Debrief,
    pub transcript: Vec<Said>,
    pub mood: Vec<CurvePoint>,
    pub clock: Clock,
    /// Whether the scenario is still there to be played again.
    pub playable: bool,
    /// The replies whose reading was marked as mistaken, counted from 1.
    pub disputed: Vec<(usize, Dispute)>,
}

#[derive(Resource, Default)]
pub(in crate::window) struct Shown(pub Option<DebriefView>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shown>()
        .add_systems(OnEnter(Screen::Debrief), look)
        .add_systems(EguiPrimaryContextPass, show.in_set(Drawing).run_if(in_state(Screen::Debrief)));
}

fn look(mut desk: ResMut<Desk>, mut shown: ResMut<Shown>) {
    show_again(&mut desk, &mut shown);
}

/// Reads the debriefed attempt anew.
pub(in crate::window) fn show_again(desk: &mut Desk, shown: &mut Shown) {
    match read(desk) {
        Ok(view) => shown.0 = view,
        Err(error) => {
            shown.0 = None;
            desk.say(error);
        }
    }
}

fn read(desk: &mut Desk) -> std::result::Result<Option<DebriefView>, ReopenError> {
    let Some(id) = desk.debriefed else { return Ok(None) };
    let store = desk.store.get();
    let attempt = store.attempt(id)?;
    let recording = Recording::reopen(store, id)?;
    let session = recording.session();
    let (content, state) = (&session.content, session.state());
    let mut debrief = Debrief::of(content, state);
    // The score that was given stays the score, whatever the rules have become since.
    if let Some(card) = store.scorecard(id)? {
        debrief.score = card.score;
    }
    Ok(Some(DebriefView {
        attempt: id,
        mode: attempt.summary.mode,
        mood: mood_curve(state, Mood::of(&content.scenario.customer.temper), &debrief),
        debrief,
        transcript: state.transcript.clone(),
        disputed: disputed_replies(store, id, session)?,
        clock: content.clock(),
        playable: desk.library.get(&attempt.summary.scenario_id).is_some_and(|entry| entry.loaded.is_ok()),
    }))
}

/// The mood before the first reply, after each, and where something happened between two: a promise kept or broken.
fn mood_curve(state: &State, first: Mood, debrief: &Debrief) -> Vec<CurvePoint> {
    let mut curve = vec![CurvePoint { at: 0.0, when: 0, mood: first, turned: None }];
    let mut known = first;
    for (index, reply) in state.reply_list().enumerate() {
        if reply.mood_before != known {
            curve.push(CurvePoint { at: index as f32 + 0.5, when: reply.at, mood: reply.mood_before, turned: None });
        }
        known = reply.mood_after;
        let turned = debrief.turning_points.iter().find(|point| point.reply == index + 1).map(|point| point.anger);
        curve.push(CurvePoint { at: index as f32 + 1.0, when: reply.at, mood: known, turned });
    }
    if state.mood != known {
        curve.push(CurvePoint { at: state.replies as f32 + 0.5, when: state.now, mood: state.mood, turned: None });
    }
    curve
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
    let frame =
        Frame::new().fill(theme.surface.egui()).inner_margin(Margin::symmetric(space::L as i8, space::XS as i8));
    Panel::top("debrief header").exact_size(56.0).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            if quiet(ui, &text("window-debrief-home")).clicked() {
                command = Some(Command::Show(Screen::Home));
            }
            ui.add_space(space::S);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if view.playable {
                    if primary(ui, &text("window-debrief-again"))
                        .on_hover_text(text("window-debrief-again-tip"))
                        .clicked()
                    {
                        command = Some(Command::PlayAgain { same_seed: true });
                    }
                    if secondary(ui, &text("window-debrief-fresh"))
                        .on_hover_text(text("window-debrief-fresh-tip"))
                        .clicked()
                    {
                        command = Some(Command::PlayAgain { same_seed: false });
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(style::strong(&view.debrief.title)).truncate());
                    let rest = format!("{} · {}", text("window-debrief-title"), mode_words(view.mode));
                    ui.add(egui::Label::new(style::small(rest).color(theme.ink_soft.egui())).truncate());
                });
            });
        });
    });
    let room = ui.available_rect_before_wrap();
    if room.width() < 900.0 {
        page_ui(ui, "debrief", 760.0, |ui| {
            judged_ui(ui, view);
            ui.add_space(space::L);
            command = talk_ui(ui, view).or(command.take());
        });
    } else {
        let (left, right) = room.split_left_right_at_fraction(0.5);
        ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
            page_ui(ui, "debrief", 640.0, |ui| judged_ui(ui, view))
        });
        ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| {
            let asked = page_ui(ui, "debrief talk", 640.0, |ui| talk_ui(ui, view));
            command = asked.or(command.take());
        });
    }
    command
}

fn judged_ui(ui: &mut Ui, view: &DebriefView) {
    let theme = theme(ui);
    let soft = theme.ink_soft.egui();
    let debrief = &view.debrief;
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if debrief.card.is_judged() {
            score_ui(ui, debrief.score, 112.0);
            ui.add_space(space::L);
        }
        ui.vertical(|ui| {
            ui.add_space(space::S);
            ui.spacing_mut().item_spacing.y = space::XS;
            let (first, rest) = debrief.score_words.split_once(':').unwrap_or((&debrief.score_words, ""));
            ui.label(style::title(first));
            if !rest.is_empty() {
                ui.label(style::body(sentence(rest.trim())));
            }
            ui.label(style::body(&debrief.outcome_words).color(soft));
            let count = text_with("window-debrief-replies", [("count", debrief.card.turns.into())]);
            ui.label(style::small(count).color(soft));
        });
    });
    ui.add_space(space::M);
    for words in &debrief.critical {
        Frame::new()
            .fill(theme.surface.mix(theme.bad, 0.12).egui())
            .corner_radius(CornerRadius::same(crate::window::theme::RADIUS))
            .inner_margin(Margin::same(space::M as i8))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.label(style::body(words).color(theme.bad.mix(theme.ink, 0.3).egui()));
            });
        ui.add_space(space::S);
    }
    if let Some((advice, better)) = &debrief.next_time {
        card(ui, |ui| {
            ui.label(style::strong_small(text("window-debrief-next-time")).color(theme.accent.egui()));
            ui.label(style::body(advice));
            if let Some(better) = better {
                ui.label(
                    style::small(text_with("window-debrief-better", [("words", better.as_str().into())])).color(soft),
                );
            }
        });
        ui.add_space(space::M);
    }
    rules_ui(ui, &text("debrief-headline"), &debrief.headline_rules);
    ui.add_space(space::L);
    ui.label(style::heading(text("window-debrief-mood")));
    card(ui, |ui| mood_curve_ui(ui, &view.mood, view.clock));
    promises_ui(ui, debrief);
    ui.add_space(space::L);
    rules_ui(ui, &text("debrief-supporting"), &debrief.supporting_rules);
}

fn rules_ui(ui: &mut Ui, title: &str, rules: &[RuleLine]) {
    let soft = theme(ui).ink_soft.egui();
    ui.label(style::heading(title));
    let (called, silent): (Vec<&RuleLine>, Vec<&RuleLine>) =
        rules.iter().partition(|rule| rule.verdict != Verdict::NotCalledFor);
    if !called.is_empty() {
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (index, rule) in called.iter().enumerate() {
                if index > 0 {
                    ui.separator();
                }
                rule_ui(ui, rule);
            }
        });
    }
    if !silent.is_empty() {
        let names: Vec<&str> = silent.iter().map(|rule| rule.title.as_str()).collect();
        ui.label(
            style::small(text_with("window-debrief-not-called", [("rules", names.join(", ").into())])).color(soft),
        );
    }
}

fn rule_ui(ui: &mut Ui, rule: &RuleLine) {
    let soft = theme(ui).ink_soft.egui();
    let id = ui.make_persistent_id(("rule", &rule.id));
    let mut state = egui::collapsing_header::CollapsingState::load_with_default_open(ui.ctx(), id, false);
    // The whole line opens, not only the arrow.
    let line = egui::Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 36.0));
    let header = ui.interact(line, id.with("line"), egui::Sense::click());
    header.widget_info(|| {
        egui::WidgetInfo::selected(egui::WidgetType::CollapsingHeader, true, state.is_open(), &rule.title)
    });
    if header.clicked() {
        state.toggle(ui);
    }
    if header.has_focus() {
        ui.painter().rect_stroke(line, 6, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    let header = state.show_header(ui, |ui| {
        lamp_ui(ui, rule.verdict);
        ui.label(style::body(&rule.title));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let score = rule.score.map_or_else(|| "–".to_owned(), |score| score.to_string());
            ui.allocate_ui_with_layout(vec2(36.0, 24.0), Layout::right_to_left(Align::Center), |ui| {
                ui.set_min_width(36.0);
                ui.label(style::figures(score, 16.0));
            });
            ui.label(style::small(&rule.verdict_words).color(soft));
        });
    });
    header.body(|ui| {
        ui.label(style::small(&rule.asks).color(soft));
        if rule.findings.is_empty() {
            ui.label(style::small(text("window-debrief-no-findings")));
        }
        if rule.starts_at > 0 {
            points_ui(ui, i32::from(rule.starts_at), |ui| {
                ui.label(style::small(text("debrief-starts-at")));
            });
        }
        for finding in &rule.findings {
            finding_ui(ui, finding);
        }
        ui.label(style::small(text_with("debrief-source", [("source", rule.source.as_str().into())])).color(soft));
        ui.add_space(space::S);
    });
}

fn finding_ui(ui: &mut Ui, finding: &FindingLine) {
    let theme = theme(ui);
    let (soft, accent) = (theme.ink_soft.egui(), theme.accent.egui());
    points_ui(ui, finding.points, |ui| {
        ui.label(style::small(&finding.note));
        let reply = finding.reply.map(|number| text_with("debrief-reply", [("number", number.into())]));
        let words = (!finding.words.is_empty()).then(|| format!("“{}”", finding.words));
        let evidence: Vec<String> = reply.into_iter().chain(words).collect();
        if !evidence.is_empty() {
            ui.label(style::small(sentence(&evidence.join(": "))).color(soft));
        }
        if let Some(better) = &finding.better {
            let better = text_with("window-debrief-better", [("words", better.as_str().into())]);
            ui.label(style::small(better).color(accent));
        }
    });
}

/// Points, where there are any, and beside them what they are for.
fn points_ui(ui: &mut Ui, points: i32, what_for: impl FnOnce(&mut Ui)) {
    let theme = theme(ui);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(40.0, 20.0), Layout::right_to_left(Align::Min), |ui| {
            ui.set_min_width(40.0);
            if points != 0 {
                let (sign, tint) = if points < 0 { ("−", theme.bad) } else { ("+", theme.good) };
                ui.label(style::figures(format!("{sign}{}", points.abs()), 14.0).color(tint.egui()));
            }
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            what_for(ui);
        });
    });
}

fn promises_ui(ui: &mut Ui, debrief: &Debrief) {
    if debrief.promises.is_empty() {
        return;
    }
    let theme = theme(ui);
    ui.add_space(space::L);
    ui.label(style::heading(text("window-debrief-promises")));
    card(ui, |ui| {
        for promise in &debrief.promises {
            let (sign, tint) = match promise.status {
                PromiseStatus::Kept => ("✓", theme.good),
                PromiseStatus::Early => ("✗", theme.unsure),
                PromiseStatus::Late | PromiseStatus::Forgotten => ("✗", theme.bad),
                PromiseStatus::Open => ("–", theme.ink_soft),
            };
            ui.horizontal_wrapped(|ui| {
                ui.label(style::strong_small(format!("{sign} {}", sentence(&promise.status_words))).color(tint.egui()));
                let due = text_with("window-promise-due", [("due", promise.due.as_str().into())]);
                ui.label(style::small(format!("“{}” · {due}", promise.words)));
            });
        }
    });
}

fn talk_ui(ui: &mut Ui, view: &DebriefView) -> Option<Command> {
    ui.label(style::heading(text("window-debrief-talk")));
    ui.label(style::small(text("window-debrief-legend")).color(theme(ui).ink_soft.egui()));
    ui.add_space(space::S);
    let mut command = None;
    let mut replies = 0;
    for (index, said) in view.transcript.iter().enumerate() {
        match said {
            Said::Customer { text, .. } => past_bubble_ui(ui, text),
            Said::Agent(reply) => {
                replies += 1;
                own_bubble_ui(ui, ("debrief", index), reply, true, true);
                let dispute = view.disputed.iter().find(|(number, _)| *number == replies).map(|(_, dispute)| dispute);
                let asked =
                    ui.with_layout(Layout::right_to_left(Align::Min), |ui| read_wrongly_ui(ui, replies, dispute));
                command = asked.inner.or(command);
            }
        }
        ui.add_space(space::XS);
    }
    command
}
