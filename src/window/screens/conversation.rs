//! The conversation: the customer on stage, their words in a bubble, the talk so far with its evidence, and the reply.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use egui::{
    Align, CornerRadius, Frame, Id, Layout, Margin, Panel, Rect, ScrollArea, Stroke, Ui, UiBuilder, pos2, vec2,
};

use super::conversation_view::ConversationView;
use super::correction::{Correcting, read_wrongly_ui};
use super::draft::ConversationDraft;
use super::reply::reply_ui;
use super::waiting::{promise_words, waiting_ui};
use super::{Drawing, Screen, whole_window};
use crate::locale::text;
use crate::progress::Dispute;
use crate::report::rules_first_met;
use crate::session::{LineState, Mode, Mood, Reply, Said, State};
use crate::window::command::{Command, Pending};
use crate::window::desk::Desk;
use crate::window::idle::{Sleeping, Wake};
use crate::window::parts::{
    MoodPart, act_words, cause_words, channel_words, chip, dialog_frame, marked_text_ui, marks_of, meter_ui,
    mode_words, outcome_words, primary, quiet, rule_title, secondary,
};
use crate::window::stage::{StageMotion, StageView};
use crate::window::style::{self, theme};
use crate::window::theme::{self as tokens, RADIUS, space};

/// The widest bubble, logical pixels: some seventy characters.
const WIDEST: f32 = 620.0;

/// Below this width the stage moves to the top.
const NARROW: f32 = 820.0;

/// Below this height a narrow window leaves the stage less.
const LOW: f32 = 560.0;

/// What the customer shows, frame by frame.
fn set_stage(
    mut desk: ResMut<Desk>,
    draft: Res<ConversationDraft>,
    time: Res<Time>,
    look: Res<crate::window::Look>,
    mut stage: ResMut<StageView>,
) {
    let now = time.elapsed_secs_f64();
    let Some(play) = desk.bypass_change_detection().play.as_mut() else { return };
    if look.still {
        play.skip_typing();
    }
    let scenario = &play.session().content.scenario;
    let mood = play.state().mood;
    let part = |value: u8| f32::from(value) / 100.0;
    let area = draft.stage.unwrap_or(Rect::ZERO);
    let corner = |at: egui::Pos2| bevy::math::Vec2::new(at.x, at.y) * look.zoom;
    let mut view = StageView {
        visible: draft.stage.is_some(),
        look: scenario.customer.look,
        name: scenario.customer.name.clone(),
        channel: scenario.channel,
        anger: part(mood.anger),
        trust: part(mood.trust),
        patience: part(mood.patience),
        speaking: play.speaking(now),
        shock: stage.shock,
        area: bevy::math::Rect { min: corner(area.min), max: corner(area.max) },
        still: look.still,
        dark: look.dark,
    };
    if let Some(blow) = play.take_blow() {
        view.shock = blow;
    }
    stage.set_if_neq(view);
}

fn clear_stage(mut stage: ResMut<StageView>) {
    stage.visible = false;
    stage.shock = 0.0;
}

/// The customer breathes, blinks and speaks: the window wakes up when they want to.
fn follow_stage(motion: Res<StageMotion>, mut wake: ResMut<Wake>) {
    if motion.moving {
        wake.within(motion.next_in);
    }
}

/// Whether the question about leaving lies over the screen.
#[derive(Resource, Debug, Default)]
pub(in crate::window) struct Leaving(pub bool);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<ConversationDraft>()
        .init_resource::<Leaving>()
        .add_systems(
            OnEnter(Screen::Conversation),
            |mut draft: ResMut<ConversationDraft>, mut leaving: ResMut<Leaving>| {
                *draft = ConversationDraft { focus: true, ..default() };
                leaving.0 = false;
            },
        )
        .add_systems(OnExit(Screen::Conversation), clear_stage)
        .add_systems(Update, (pass_time, set_stage).chain().run_if(in_state(Screen::Conversation)))
        .add_systems(Last, follow_stage.before(Sleeping).run_if(in_state(Screen::Conversation)))
        .add_systems(EguiPrimaryContextPass, show.in_set(Drawing).run_if(in_state(Screen::Conversation)));
}

/// The waiting clock runs, and the window stays awake while something on the screen moves.
fn pass_time(
    mut desk: ResMut<Desk>,
    time: Res<Time>,
    leaving: Res<Leaving>,
    correcting: Res<Correcting>,
    mut wake: ResMut<Wake>,
    mut pending: ResMut<Pending>,
) {
    let now = time.elapsed_secs_f64();
    let Some(play) = desk.bypass_change_detection().play.as_mut() else { return };
    if play.is_waiting() && !leaving.0 && correcting.0.is_none() {
        // A window that slept through a minute has not let the customer wait for half an hour.
        if play.pass(time.delta_secs_f64().min(0.25)) {
            pending.ask(Command::Wait(0));
        }
        wake.smoothly();
    } else if play.speaking(now) {
        wake.smoothly();
    } else if play.clock_runs(now) {
        wake.within(std::time::Duration::from_secs(1));
    }
}

fn show(
    mut contexts: EguiContexts,
    desk: Res<Desk>,
    time: Res<Time>,
    leaving: Res<Leaving>,
    mut draft: ResMut<ConversationDraft>,
    mut pending: ResMut<Pending>,
) -> Result {
    let Some(play) = &desk.play else { return Ok(()) };
    let mut ui = whole_window(&mut contexts)?;
    let now = time.elapsed_secs_f64();
    let view = ConversationView {
        content: &play.session().content,
        state: play.state(),
        card: &play.card,
        typed: play.typed(now),
        now: play.shown_now(now),
        leaving: leaving.0,
        disputed: play.disputed(),
    };
    if let Some(command) = conversation_ui(&mut ui, &view, &mut draft) {
        pending.ask(command);
    }
    Ok(())
}

/// The whole screen.
pub fn conversation_ui(ui: &mut Ui, view: &ConversationView, draft: &mut ConversationDraft) -> Option<Command> {
    let mut command = header_ui(ui, view);
    let room = ui.available_rect_before_wrap();
    let narrow = room.width() < NARROW;
    let (left, right) = if narrow {
        // In a low window the words need the room more than the picture.
        let part = if room.height() < LOW { 0.2 } else { 1.0 / 3.0 };
        room.split_top_bottom_at_y(room.top() + room.height() * part)
    } else {
        room.split_left_right_at_fraction(0.4)
    };
    let meters_height = if narrow { 0.0 } else { 96.0 };
    let (stage, meters) = left.split_top_bottom_at_y(left.bottom() - meters_height);
    draft.stage = Some(stage);
    let ground = theme(ui).ground.egui();
    if !narrow {
        ui.painter().rect_filled(meters, 0, ground);
        let inside = meters.shrink2(vec2(space::XL, space::S));
        ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| meters_ui(ui, view.state.mood));
    }
    ui.painter().rect_filled(right, 0, ground);
    let said = ui.scope_builder(UiBuilder::new().max_rect(right), |ui| talk_ui(ui, view, draft, narrow)).inner;
    command = said.or(command);
    if view.leaving {
        command = leaving_ui(ui, view).or(command);
    }
    command
}

fn header_ui(ui: &mut Ui, view: &ConversationView) -> Option<Command> {
    let theme = theme(ui);
    let mut command = None;
    let frame =
        Frame::new().fill(theme.surface.egui()).inner_margin(Margin::symmetric(space::L as i8, space::XS as i8));
    let panel = Panel::top("talk header").exact_size(56.0).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            if quiet(ui, &text("window-talk-leave")).clicked() {
                command = Some(Command::Back);
            }
            ui.add_space(space::S);
            let scenario = &view.content.scenario;
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let clock = view.content.clock().at(view.now).strftime("%H:%M").to_string();
                ui.label(style::figures(clock, tokens::text::LARGE)).on_hover_text(text("window-talk-clock-tip"));
                for promise in view.state.open_promises().into_iter().take(2) {
                    ui.add_space(space::S);
                    let late = view.now > promise.closes;
                    let soon = view.now >= promise.opens;
                    let tint = if late {
                        theme.bad
                    } else if soon {
                        theme.good
                    } else {
                        theme.accent
                    };
                    let words = promise_words(view.content, promise, view.now);
                    ui.label(style::strong_small(words).color(tint.egui()))
                        .on_hover_text(format!("“{}”", promise.text));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(style::strong(&scenario.title)).truncate());
                    let rest = format!("{} · {}", channel_words(scenario.channel), mode_words(view.state.mode()));
                    ui.add(egui::Label::new(style::small(rest).color(theme.ink_soft.egui())).truncate());
                });
            });
        });
    });
    let line = panel.response.rect;
    ui.painter().hline(line.x_range(), line.bottom() - 0.5, Stroke::new(1.0, theme.line.egui()));
    command
}

fn meters_ui(ui: &mut Ui, mood: Mood) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        let width = ((ui.available_width() - 2.0 * space::XL) / 3.0).min(112.0);
        for part in [MoodPart::Anger, MoodPart::Trust, MoodPart::Patience] {
            meter_ui(ui, part, part.of(mood), width);
        }
    });
}

fn talk_ui(ui: &mut Ui, view: &ConversationView, draft: &mut ConversationDraft, narrow: bool) -> Option<Command> {
    let theme = theme(ui);
    let mut command = None;
    let waiting = matches!(view.state.line, LineState::Closed { .. }) && view.state.ended.is_none();
    let room = ui.available_height();
    let frame = Frame::new().fill(theme.ground.egui()).inner_margin(Margin { left: 24, right: 24, top: 8, bottom: 16 });
    Panel::bottom("reply").resizable(false).show_separator_line(false).frame(frame).show(ui, |ui| {
        command = if view.state.ended.is_some() {
            ended_ui(ui, view)
        } else if waiting {
            waiting_ui(ui, view)
        } else {
            reply_ui(ui, view, draft, room)
        };
    });
    let margin = Margin { left: 24, right: 18, top: 16, bottom: 4 };
    let said = Frame::new().inner_margin(margin).show(ui, |ui| {
        if narrow {
            ui.horizontal_wrapped(|ui| {
                let mood = view.state.mood;
                for part in [MoodPart::Anger, MoodPart::Trust, MoodPart::Patience] {
                    let words = format!("{}: {}", part.name(), crate::window::parts::mood_word(part, part.of(mood)));
                    ui.label(style::small(words).color(theme.ink_soft.egui()));
                    ui.add_space(space::M);
                }
            });
        }
        ScrollArea::vertical()
            .id_salt("talk")
            .auto_shrink(false)
            // However little room is left, it never runs into the reply.
            .min_scrolled_height(0.0)
            .stick_to_bottom(true)
            .show(ui, |ui| {
                let command = transcript_ui(ui, view, &mut draft.lesson);
                // What is new comes into view, however far up somebody has read.
                let (seen, said) = (Id::new("lines seen"), view.state.transcript.len());
                if ui.data_mut(|data| data.get_temp::<usize>(seen)) != Some(said) {
                    ui.data_mut(|data| data.insert_temp(seen, said));
                    ui.scroll_to_cursor(Some(Align::Max));
                }
                command
            })
    });
    command.or(said.inner.inner)
}

/// The talk so far. The customer's latest words come last, large, in the bubble that points at them.
fn transcript_ui(ui: &mut Ui, view: &ConversationView, lesson: &mut Option<&'static str>) -> Option<Command> {
    let said = &view.state.transcript;
    let latest = said.len() - said.iter().rev().take_while(|said| matches!(said, Said::Customer { .. })).count();
    let waiting = !matches!(view.state.line, LineState::Open) && view.state.ended.is_none();
    let feedback = view.state.mode() != Mode::Assess;
    let mut command = None;
    let mut replies = 0;
    for (index, said) in said[..latest].iter().enumerate() {
        match said {
            Said::Customer { text, .. } => past_bubble_ui(ui, text),
            Said::Agent(reply) => {
                replies += 1;
                let newest = replies == view.state.replies;
                own_bubble_ui(ui, ("talk", index), reply, feedback, feedback && newest);
                if feedback {
                    let dispute = view.disputed.iter().find(|(number, _)| *number == replies);
                    let asked = second_thoughts_ui(ui, replies, newest, dispute.map(|(_, dispute)| dispute));
                    command = asked.or(command);
                }
                if newest && view.state.mode() == Mode::Learn {
                    lesson_ui(ui, view.state, lesson);
                }
            }
        }
        ui.add_space(space::S);
    }
    if latest < said.len() {
        let words: Vec<&str> = said[latest..].iter().map(words_of).collect();
        if latest_bubble_ui(ui, &words, view.typed, !waiting) && view.typed.is_some() {
            command = Some(Command::Skip);
        }
    }
    ui.add_space(space::XS);
    command
}

fn words_of(said: &Said) -> &str {
    match said {
        Said::Customer { text, .. } => text,
        Said::Agent(reply) => &reply.text,
    }
}

/// A line of the customer's from before.
pub(super) fn past_bubble_ui(ui: &mut Ui, words: &str) {
    let theme = theme(ui);
    let widest = (ui.available_width() * 0.86).min(WIDEST);
    Frame::new()
        .fill(theme.surface.egui())
        .corner_radius(CornerRadius { nw: 3, ..CornerRadius::same(RADIUS) })
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_max_width(widest);
            ui.label(style::small(words));
        });
}

/// A reply of the trainee's at the right, with what was seen in it.
pub(super) fn own_bubble_ui(ui: &mut Ui, id: impl egui::AsIdSalt, reply: &Reply, marked: bool, feedback: bool) {
    let theme = theme(ui);
    let widest = (ui.available_width() * 0.86).min(WIDEST);
    ui.with_layout(Layout::top_down(Align::Max), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        Frame::new()
            .fill(theme.surface.mix(theme.accent, if theme.dark { 0.18 } else { 0.12 }).egui())
            .corner_radius(CornerRadius { ne: 3, ..CornerRadius::same(RADIUS) })
            .inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 10 })
            .show(ui, |ui| {
                ui.set_max_width(widest);
                let marks = if marked { marks_of(&reply.reading) } else { Vec::new() };
                marked_text_ui(ui, id, &reply.text, &marks, tokens::text::SMALL);
            });
        // Said in every mode: not to be understood is no fault.
        if !reply.reading.recognised {
            let soft = theme.ink_soft.egui();
            ui.label(style::small(text("window-talk-not-recognised")).color(soft));
        }
        if feedback {
            feedback_ui(ui, reply);
        }
    });
}

/// What the reply did: its acts, and how the mood moved.
fn feedback_ui(ui: &mut Ui, reply: &Reply) {
    let theme = theme(ui);
    let soft = theme.ink_soft.egui();
    let mut seen = Vec::new();
    let mut acts = egui::text::LayoutJob::default();
    acts.wrap.max_width = ui.available_width();
    acts.halign = Align::Max;
    let mut why = Vec::new();
    for (found, mark) in reply.reading.acts.iter().zip(marks_of(&reply.reading)) {
        if seen.contains(&found.act) {
            continue;
        }
        seen.push(found.act);
        let format = egui::TextFormat {
            font_id: egui::FontId::new(tokens::text::SMALL, style::strong_family()),
            line_height: Some((tokens::text::SMALL * tokens::text::LEADING).round()),
            color: mark.kind.tint(theme).egui(),
            ..Default::default()
        };
        acts.append(
            &format!("{} {}", mark.kind.sign(), act_words(found.act)),
            if seen.len() > 1 { space::M } else { 0.0 },
            format,
        );
        why.push(mark.why);
    }
    if !seen.is_empty() {
        ui.label(acts).on_hover_text(why.join("\n\n"));
    }
    let moved = |part: MoodPart| {
        let by = i16::from(part.of(reply.mood_after)) - i16::from(part.of(reply.mood_before));
        (by != 0).then(|| format!("{} {}{}", part.name(), if by > 0 { "+" } else { "−" }, by.abs()))
    };
    let moves: Vec<String> =
        [MoodPart::Anger, MoodPart::Trust, MoodPart::Patience].into_iter().filter_map(moved).collect();
    if !moves.is_empty() {
        let why: Vec<String> = reply.causes.iter().filter_map(|cause| cause_words(cause)).collect();
        let label = ui.label(style::small(moves.join(" · ")).color(soft));
        if !why.is_empty() {
            label.on_hover_text(why.join("\n"));
        }
    }
}

/// In *learn*: what the rules ask that the newest reply met for the first time. One at a time; the others a click away.
fn lesson_ui(ui: &mut Ui, state: &State, chosen: &mut Option<&'static str>) {
    let mut met = rules_first_met(state);
    met.sort_by_key(|rule| !rule.headline);
    let shown = met.iter().find(|rule| Some(rule.id) == *chosen).or(met.first());
    let Some(shown) = shown else { return };
    let theme = theme(ui);
    Frame::new()
        .fill(theme.surface.mix(theme.accent, 0.06).egui())
        .stroke(Stroke::new(1.0, theme.line.egui()))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width().min(WIDEST));
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().interact_size.y = 0.0;
                ui.label(style::strong_small(rule_title(shown.id)));
                ui.label(style::small(text("window-talk-rule-met")).color(theme.ink_soft.egui()));
            });
            ui.label(style::small(shown.asks));
            if met.len() > 1 {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = space::XS;
                    for rule in &met {
                        if chip(ui, rule.id == shown.id, &rule_title(rule.id)).clicked() {
                            *chosen = Some(rule.id);
                        }
                    }
                });
            }
        });
}

/// Below a reply: try it again, or say that it was read wrongly.
fn second_thoughts_ui(ui: &mut Ui, reply: usize, newest: bool, dispute: Option<&Dispute>) -> Option<Command> {
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let words = text(if newest { "window-talk-rewind-last" } else { "window-talk-rewind" });
        let rewind = quiet(ui, &words).on_hover_text(text("window-talk-rewind-tip")).clicked();
        let wrongly = read_wrongly_ui(ui, reply, dispute);
        rewind.then_some(Command::Rewind(reply)).or(wrongly)
    })
    .inner
}

/// The customer's latest words, as far as the typewriter is. True when clicked.
fn latest_bubble_ui(ui: &mut Ui, lines: &[&str], typed: Option<usize>, points: bool) -> bool {
    let theme = theme(ui);
    let whole = lines.join("\n");
    let frame = Frame::new()
        .fill(theme.surface.egui())
        .stroke(Stroke::new(1.0, theme.line.egui()))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::symmetric(16, 12))
        .outer_margin(Margin { left: 10, ..Margin::ZERO });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width().min(WIDEST));
        let size = if whole.chars().count() > 180 { tokens::text::BODY } else { tokens::text::LARGE };
        // The whole text is laid out at once, so that words don't jump to the next line while they are typed.
        let (job_shown, job_hidden) = split_at_char(&whole, typed.unwrap_or(usize::MAX));
        let mut job = egui::text::LayoutJob::default();
        job.wrap.max_width = ui.available_width();
        let format = |color| egui::TextFormat {
            font_id: egui::FontId::proportional(size),
            line_height: Some((size * tokens::text::LEADING).round()),
            color,
            ..Default::default()
        };
        job.append(job_shown, 0.0, format(theme.ink.egui()));
        job.append(job_hidden, 0.0, format(egui::Color32::TRANSPARENT));
        ui.label(job);
    });
    let bubble = shown.response.rect;
    if points {
        let y = (bubble.top() + 26.0).min(bubble.center().y);
        let edge = bubble.left() + 11.0;
        let fill = theme.surface.egui();
        let tip = vec![pos2(edge, y - 9.0), pos2(bubble.left() - 4.0, y), pos2(edge, y + 9.0)];
        ui.painter().add(egui::Shape::convex_polygon(tip.clone(), fill, Stroke::NONE));
        ui.painter().add(egui::Shape::line(
            vec![tip[0] - vec2(1.0, 0.0), tip[1], tip[2] - vec2(1.0, 0.0)],
            Stroke::new(1.0, theme.line.egui()),
        ));
    }
    ui.interact(bubble, Id::new("latest words"), egui::Sense::click()).clicked()
}

fn split_at_char(words: &str, count: usize) -> (&str, &str) {
    words.char_indices().nth(count).map_or((words, ""), |(at, _)| words.split_at(at))
}

fn ended_ui(ui: &mut Ui, view: &ConversationView) -> Option<Command> {
    let theme = theme(ui);
    let outcome = view.state.ended.as_ref().map(|ended| outcome_words(ended.outcome)).unwrap_or_default();
    ui.label(style::heading(text("window-talk-over")));
    ui.label(style::body(outcome).color(theme.ink_soft.egui()));
    ui.add_space(space::S);
    let mut command = None;
    ui.horizontal(|ui| {
        let debrief = primary(ui, &text("window-talk-to-debrief"));
        if ui.memory(|memory| memory.focused().is_none()) {
            debrief.request_focus();
        }
        if debrief.clicked() {
            command = Some(Command::Finish);
        }
        if view.state.mode() != Mode::Assess
            && view.state.replies > 0
            && secondary(ui, &text("window-talk-last-again")).on_hover_text(text("window-talk-rewind-tip")).clicked()
        {
            command = Some(Command::RewindLast);
        }
    });
    command
}

/// Leaving: keep the session for later, or end it?
fn leaving_ui(ui: &mut Ui, view: &ConversationView) -> Option<Command> {
    let modal = egui::Modal::new("leaving".into()).frame(dialog_frame(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(420.0);
        ui.label(style::heading(text("window-leave-title")));
        let words = if view.state.open_promises().is_empty() { "window-leave-words" } else { "window-leave-promise" };
        ui.label(style::body(text(words)));
        ui.add_space(space::M);
        let mut command = None;
        ui.horizontal_wrapped(|ui| {
            let keep = primary(ui, &text("window-leave-keep"));
            if ui.memory(|memory| memory.focused().is_none()) {
                keep.request_focus();
            }
            if keep.clicked() {
                command = Some(Command::KeepForLater);
            }
            if secondary(ui, &text("window-leave-end")).clicked() {
                command = Some(Command::EndNow);
            }
            if quiet(ui, &text("window-leave-stay")).clicked() {
                command = Some(Command::Stay);
            }
        });
        command
    });
    modal.inner.or(modal.backdrop_response.clicked().then_some(Command::Stay))
}
