//! The reply while it is written: suggestions, a hint, and in *learn* what the reader sees in it so far and what it still lacks.

use std::sync::Arc;

use bevy_egui::egui::{
    self, Align, CornerRadius, Frame, Galley, Id, Layout, Margin, ScrollArea, TextBuffer, TextEdit, Ui, accesskit, vec2,
};

use super::conversation_view::ConversationView;
use super::draft::{ConversationDraft, DraftReading};
use crate::locale::{text, text_with};
use crate::report::{HintWords, hint_words, missing_words};
use crate::rules::{RuleScore, Scorecard, Verdict};
use crate::session::{Hint, LONGEST_REPLY, Mode, hint_while_writing};
use crate::window::command::Command;
use crate::window::parts::{
    MarkKind, TAG_HEIGHT, found_tag_ui, lamp_ui, marked_format, missing_tag_ui, named_lamp_ui, paint_marks, primary,
    quiet, rule_title, verdict_words,
};
use crate::window::style::{self, theme};
use crate::window::theme::{self as tokens, RADIUS, space};

/// The rules that have a lamp.
const HEADLINE: [&str; 6] = ["no-arguing", "apologise", "clarify", "offer-solutions", "next-steps", "call-back"];

/// From this width of the window on there is room for the lamps' names.
const LAMPS_NAMED: f32 = 1100.0;

/// Where the talk and the reply share less height, suggestions and examples give way to the talk.
const CRAMPED: f32 = 440.0;

/// So many things that a draft lacks are named at once.
const MISSING_SHOWN: usize = 2;

/// A draft of fewer words may still become anything: it is not yet said to be unrecognised.
const PLACEABLE_WORDS: usize = 4;

/// Everything below the talk while the customer is on the line; `room` is the height that it shares with the talk.
pub(super) fn reply_ui(
    ui: &mut Ui,
    view: &ConversationView,
    draft: &mut ConversationDraft,
    room: f32,
) -> Option<Command> {
    let theme = theme(ui);
    let mode = view.state.mode();
    let options = view.content.beat(&view.state.beat).map_or(&[][..], |beat| &beat.options[..]);
    let mut command = None;
    if mode == Mode::Learn {
        // Whoever goes back, or chooses, changes the draft without typing.
        draft.reading.follow(view.content, view.state, &draft.reply);
    }
    let cramped = room < CRAMPED;
    let shown = match mode {
        Mode::Learn => !cramped || draft.options,
        Mode::Practise => draft.options,
        Mode::Assess => false,
    };
    // In little room the options, which were asked for, take the place of the hint.
    if mode != Mode::Assess && !(cramped && shown) {
        hint_ui(ui, view, &draft.reading, cramped);
    }
    if shown && !options.is_empty() {
        let tallest = f32::max(176.0, ui.ctx().content_rect().height() * 0.25).min(room * 0.3);
        ScrollArea::vertical().id_salt("options").max_height(tallest).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for (index, option) in options.iter().enumerate().take(4) {
                if option_ui(ui, index, &option.text) {
                    command = Some(Command::Choose(index));
                }
            }
        });
        ui.add_space(space::XS);
    }
    reply_box_ui(ui, view, draft, cramped);
    if mode == Mode::Learn {
        found_ui(ui, view, &draft.reading);
    }
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        if mode != Mode::Assess {
            lamps_ui(ui, view.card);
        } else {
            ui.label(style::small(text("window-talk-assess-quiet")).color(theme.ink_soft.egui()));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let can = !draft.reply.trim().is_empty();
            let send = ui.add_enabled_ui(can, |ui| primary(ui, &text("window-talk-send"))).inner;
            if send.on_hover_text(text("window-talk-send-tip")).clicked() {
                command = Some(Command::Send);
            }
            let hint = text(if mode == Mode::Learn { "window-talk-another-hint" } else { "window-talk-hint" });
            if mode != Mode::Assess && quiet(ui, &hint).on_hover_text("Ctrl+H").clicked() {
                command = Some(Command::Hint);
            }
            if (mode == Mode::Practise || (mode == Mode::Learn && cramped)) && !options.is_empty() {
                let words = if draft.options { "window-talk-hide-options" } else { "window-talk-show-options" };
                if quiet(ui, &text(words)).clicked() {
                    draft.options = !draft.options;
                }
            }
        });
    });
    command
}

fn reply_box_ui(ui: &mut Ui, view: &ConversationView, draft: &mut ConversationDraft, cramped: bool) {
    let ConversationDraft { reply, reading, focus, .. } = draft;
    let theme = theme(ui);
    let learn = view.state.mode() == Mode::Learn;
    // A letter wants room, where there is any.
    let letter = view.content.scenario.channel.is_letter() && !cramped;
    let (rows, tallest) = match (letter, cramped) {
        (true, _) => (6, 216.0),
        (false, false) => (2, 132.0),
        (false, true) => (2, 72.0),
    };
    let tallest = f32::min(tallest, ui.ctx().content_rect().height() * 0.3);
    let hint = text_with("window-talk-reply-hint", [("name", view.content.scenario.customer.name.as_str().into())]);
    ScrollArea::vertical().id_salt("reply box").max_height(tallest).min_scrolled_height(tallest).show(ui, |ui| {
        // The words are read as they are laid out, so that no frame shows marks of other words.
        let mut layouter = |ui: &Ui, words: &dyn TextBuffer, width: f32| -> Arc<Galley> {
            if learn && reading.follow(view.content, view.state, words.as_str()) {
                // The hint above has been drawn already.
                ui.ctx().request_repaint();
            }
            let mut job = egui::text::LayoutJob::default();
            job.wrap.max_width = width;
            job.keep_trailing_whitespace = true;
            job.append(words.as_str(), 0.0, marked_format(ui, tokens::text::BODY));
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let edit = TextEdit::multiline(reply)
            .id(Id::new("reply box"))
            .hint_text(style::body(hint).color(theme.ink_soft.egui()))
            .desired_rows(rows)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(14, 10))
            .char_limit(LONGEST_REPLY / 4)
            .lock_focus(false)
            .layouter(&mut layouter)
            .show(ui);
        if learn {
            paint_marks(ui, &edit.galley, edit.galley_pos, &reading.words, &reading.marks, tokens::text::BODY);
        }
        let edit = edit.response.response;
        edit.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(true, "", &*reply, "");
            info.label = Some(text("window-talk-reply-label"));
            info
        });
        if *focus {
            edit.request_focus();
            *focus = false;
        }
    });
}

/// In *learn*: the acts found in the draft so far, and what it still lacks. Screen readers hear it when it changes.
fn found_ui(ui: &mut Ui, view: &ConversationView, reading: &DraftReading) {
    let soft = theme(ui).ink_soft.egui();
    let missing: Vec<(String, HintWords)> = reading
        .missing
        .iter()
        .take(MISSING_SHOWN)
        .map(|missing| (missing_words(*missing), hint_words(&Hint::Missing(*missing), view.content.pack.language())))
        .collect();
    let found = reading.acts_found();
    // A row that wraps takes the height of its lines from the room around it.
    let usual = std::mem::replace(&mut ui.spacing_mut().interact_size.y, TAG_HEIGHT);
    let row = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, space::XS);
        for (act, mark) in &found {
            let spoken = text_with("window-live-found", [("what", mark.why.replace('\n', ". ").into())]);
            found_tag_ui(ui, mark.kind, act, &spoken).on_hover_text(&mark.why);
        }
        if !reading.reading.recognised && reading.words.split_whitespace().count() >= PLACEABLE_WORDS {
            ui.label(style::small(text("window-live-not-recognised")).color(soft));
        }
        if missing.is_empty() {
            ui.label(style::small(text("window-live-complete")).color(soft));
        } else {
            ui.label(style::small(text("window-live-missing")).color(soft));
        }
        for (words, hint) in &missing {
            let spoken = text_with("window-live-missing-one", [("what", words.as_str().into())]);
            let example = hint.example.map(|example| text_with("window-talk-example", [("words", example.into())]));
            let tip = [Some(hint.words.clone()), example].into_iter().flatten().collect::<Vec<_>>().join("\n");
            missing_tag_ui(ui, words, &spoken).on_hover_text(tip);
        }
    });
    ui.spacing_mut().interact_size.y = usual;
    let acts: Vec<&str> = found.iter().map(|(act, _)| act.as_str()).collect();
    let lacks: Vec<&str> = missing.iter().map(|(words, _)| words.as_str()).collect();
    let summary = text_with(
        "window-live-summary",
        [
            ("acts", acts.len().into()),
            ("found", acts.join(", ").into()),
            ("lacks", lacks.len().into()),
            ("missing", lacks.join(", ").into()),
        ],
    );
    ui.ctx().accesskit_node_builder(row.response.id, |node| {
        node.set_role(accesskit::Role::Status);
        node.set_live(accesskit::Live::Polite);
        node.set_label(summary);
    });
}

fn option_ui(ui: &mut Ui, index: usize, words: &str) -> bool {
    let theme = theme(ui);
    let width = ui.available_width();
    let mut job = egui::text::LayoutJob::default();
    job.wrap.max_width = width - 32.0;
    let format = |family, color| egui::TextFormat {
        font_id: egui::FontId::new(tokens::text::SMALL, family),
        line_height: Some((tokens::text::SMALL * tokens::text::LEADING).round()),
        color,
        ..Default::default()
    };
    job.append(&format!("{}   ", index + 1), 0.0, format(style::strong_family(), theme.accent.egui()));
    job.append(words, 0.0, format(egui::FontFamily::Proportional, theme.ink.egui()));
    let button = egui::Button::new(job).wrap().min_size(vec2(width, 34.0));
    ui.scope(|ui| {
        ui.spacing_mut().button_padding = vec2(space::M, space::XS);
        ui.with_layout(Layout::top_down_justified(Align::LEFT), |ui| ui.add(button)).inner
    })
    .inner
    .clicked()
}

fn hint_ui(ui: &mut Ui, view: &ConversationView, draft: &DraftReading, cramped: bool) {
    let theme = theme(ui);
    let asked = view.state.hints.last();
    let language = view.content.pack.language();
    let hint = if view.state.mode() == Mode::Learn {
        let without_example = |key| HintWords { words: text(key), example: None };
        let mut found = draft.reading.acts.iter().zip(&draft.marks);
        if found.any(|(found, mark)| found.act.hurts() && mark.kind == MarkKind::Bad) {
            without_example("window-live-hurts")
        } else {
            hint_while_writing(view.content, view.state, &draft.reading)
                .map_or_else(|| without_example("window-live-all-there"), |hint| hint_words(&hint, language))
        }
    } else {
        let Some(asked) = asked else { return };
        hint_words(asked, language)
    };
    Frame::new()
        .fill(theme.surface.mix(theme.tense, 0.14).egui())
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().interact_size.y = 0.0;
                ui.label(style::strong_small(text("window-talk-hint-title")));
                ui.label(style::small(hint.words));
            });
            if let Some(example) = hint.example.filter(|_| !cramped) {
                let example = text_with("window-talk-example", [("words", example.into())]);
                ui.label(style::small(example).color(theme.ink_soft.egui()));
            }
        });
    ui.add_space(space::XS);
}

/// The six headline rules as lamps.
fn lamps_ui(ui: &mut Ui, card: &Scorecard) {
    ui.spacing_mut().item_spacing.x = space::S;
    let named = ui.ctx().content_rect().width() >= LAMPS_NAMED;
    if named {
        ui.spacing_mut().item_spacing.x = space::L;
    }
    for id in HEADLINE {
        let verdict = card.rules.iter().find(|rule| rule.rule == id).map_or(Verdict::NotCalledFor, so_far);
        let state = match verdict {
            Verdict::NotCalledFor => text("window-lamp-yet"),
            verdict => verdict_words(verdict),
        };
        let words = format!("{}: {}", rule_title(id), state.to_lowercase());
        let lamp =
            if named { named_lamp_ui(ui, verdict, &text(&format!("window-lamp-{id}"))) } else { lamp_ui(ui, verdict) };
        lamp.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, words.clone()));
        lamp.on_hover_text(words);
    }
}

/// A rule's verdict while the talk still runs: only what was said can be a fault; what has not come yet may come.
fn so_far(rule: &RuleScore) -> Verdict {
    let said = |faults: bool| rule.findings.iter().any(|found| found.turn.is_some() && (found.points <= 0) == faults);
    match rule.verdict {
        Verdict::Broken | Verdict::PartlyKept if !said(true) => {
            if said(false) {
                Verdict::PartlyKept
            } else {
                Verdict::NotCalledFor
            }
        }
        verdict => verdict,
    }
}
