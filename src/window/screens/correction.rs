//! Marking a reading as mistaken: the panel on which a trainee says what a reply should have been read as.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use egui::{Checkbox, CornerRadius, Margin, ScrollArea, Stroke, TextEdit, Ui};

use super::{Drawing, Screen};
use crate::language::Act;
use crate::locale::{text, text_with};
use crate::progress::{Dispute, LONGEST_NOTE, Ruling};
use crate::session::Reply;
use crate::window::command::{Command, Pending};
use crate::window::parts::{act_words, dialog_frame, faint, primary, quiet};
use crate::window::style::{self, theme};
use crate::window::theme::space;

/// How wide the panel is where the window lets it, logical pixels.
const WIDTH: f32 = 560.0;

/// From this width on the acts stand in three columns.
const THREE_COLUMNS: f32 = 500.0;

/// What a trainee says of one reading, until it is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The reply, counted from 1.
    pub reply: usize,
    pub words: String,
    /// Whether the reader could place it at all.
    pub recognised: bool,
    /// The acts as they were read.
    pub found: Vec<Act>,
    /// The acts as they should have been read.
    pub wanted: Vec<Act>,
    pub note: String,
    /// Why it could not be saved.
    pub trouble: Option<String>,
    /// Not yet drawn: the first act wants the keyboard.
    fresh: bool,
}

impl Correction {
    /// Starts from what was read, or from what the trainee said of it before.
    #[must_use]
    pub fn of(number: usize, reply: &Reply, before: Option<&Dispute>) -> Self {
        let found: Vec<Act> = Act::ALL.iter().copied().filter(|act| reply.reading.has(*act)).collect();
        Self {
            reply: number,
            words: reply.text.clone(),
            recognised: reply.reading.recognised,
            wanted: before.map_or_else(|| found.clone(), |dispute| dispute.made.wanted.clone()),
            found,
            note: before.and_then(|dispute| dispute.made.note.clone()).unwrap_or_default(),
            trouble: None,
            fresh: true,
        }
    }

    /// Whether it says anything other than what was read. Where nothing was recognised, that there is no act to find is news.
    #[must_use]
    pub fn differs(&self) -> bool {
        !self.recognised || Act::ALL.iter().any(|act| self.found.contains(act) != self.wanted.contains(act))
    }

    fn tick(&mut self, act: Act, ticked: bool) {
        self.wanted.retain(|known| *known != act);
        if ticked {
            self.wanted.push(act);
        }
    }
}

/// The panel that lies over the conversation or the debrief.
#[derive(Resource, Debug, Default)]
pub(in crate::window) struct Correcting(pub Option<Correction>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Correcting>()
        .add_systems(OnExit(Screen::Conversation), close)
        .add_systems(OnExit(Screen::Debrief), close)
        .add_systems(EguiPrimaryContextPass, show.after(Drawing));
}

fn close(mut correcting: ResMut<Correcting>) {
    correcting.0 = None;
}

fn show(mut contexts: EguiContexts, mut correcting: ResMut<Correcting>, mut pending: ResMut<Pending>) -> Result {
    let Some(correction) = &mut correcting.bypass_change_detection().0 else { return Ok(()) };
    let ctx = contexts.ctx_mut()?;
    let modal =
        egui::Modal::new("correction".into()).frame(dialog_frame(ctx)).show(ctx, |ui| correction_ui(ui, correction));
    // A click beside it must not throw away what was typed.
    if let Some(command) = modal.inner {
        pending.ask(command);
    }
    Ok(())
}

/// The panel.
pub fn correction_ui(ui: &mut Ui, correction: &mut Correction) -> Option<Command> {
    let theme = theme(ui);
    let soft = theme.ink_soft.egui();
    let window = ui.ctx().content_rect();
    let width = WIDTH.min(window.width() - 4.0 * space::XL);
    ui.set_width(width);
    ui.label(style::heading(text("window-correct-title")));
    ui.label(style::small(text("window-correct-what")).color(soft));
    let mut command = None;
    // What is above and below the scrolled part has to stay on the window.
    let tallest = (window.height() - 300.0).max(120.0);
    ScrollArea::vertical().id_salt("correction").max_height(tallest).show(ui, |ui| {
        ui.set_width(width);
        ui.label(style::small(format!("“{}”", correction.words)));
        ui.add_space(space::XS);
        let (helping, hurting): (Vec<Act>, Vec<Act>) = Act::ALL.iter().copied().partition(|act| !act.hurts());
        if width >= THREE_COLUMNS {
            let (first, second) = helping.split_at(helping.len().div_ceil(2));
            ui.columns(3, |columns| {
                for (ui, acts) in columns.iter_mut().zip([first, second, &hurting]) {
                    acts_ui(ui, correction, acts);
                }
            });
        } else {
            ui.columns(2, |columns| {
                let (first, second) = helping.split_at(8);
                acts_ui(&mut columns[0], correction, first);
                acts_ui(&mut columns[1], correction, &[second, &hurting].concat());
            });
        }
    });
    ui.add_space(space::XS);
    let label = ui.label(style::small(text("window-correct-note")).color(soft));
    let note = TextEdit::singleline(&mut correction.note)
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(12, 8))
        .char_limit(LONGEST_NOTE);
    ui.add(note).labelled_by(label.id);
    if let Some(trouble) = &correction.trouble {
        ui.label(style::small(trouble).color(theme.bad.egui()));
    }
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let differs = correction.differs();
        let save = ui.add_enabled_ui(differs, |ui| primary(ui, &text("window-correct-save"))).inner;
        if save.on_disabled_hover_text(text("dispute-same-as-read")).clicked() {
            command = Some(Command::MarkMistaken);
        }
        if quiet(ui, &text("window-correct-cancel")).clicked() {
            command = Some(Command::LetReadingBe);
        }
    });
    command
}

fn acts_ui(ui: &mut Ui, correction: &mut Correction, acts: &[Act]) {
    let theme = theme(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.spacing_mut().interact_size.y = 26.0;
    for &act in acts {
        let mut ticked = correction.wanted.contains(&act);
        let tick = ui
            .scope(|ui| {
                let widgets = &mut ui.visuals_mut().widgets;
                for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
                    state.corner_radius = CornerRadius::same(4);
                    state.bg_stroke.color = theme.ink_soft.egui();
                    if ticked {
                        state.bg_fill = theme.accent.egui();
                        state.fg_stroke = Stroke::new(2.0, theme.on_accent.egui());
                    }
                }
                let label = style::small(act_words(act)).color(theme.ink.egui());
                ui.add(Checkbox::new(&mut ticked, label))
            })
            .inner
            .on_hover_text(text(&format!("act-{act}-means")));
        if tick.changed() {
            correction.tick(act, ticked);
        }
        if std::mem::take(&mut correction.fresh) {
            tick.request_focus();
        }
    }
}

/// Below a reply: the quiet way to say that it was read wrongly, or what became of that.
pub(super) fn read_wrongly_ui(ui: &mut Ui, reply: usize, dispute: Option<&Dispute>) -> Option<Command> {
    let (words, tip) = match dispute {
        None => (text("window-correct-ask"), text("window-correct-ask-tip")),
        Some(dispute) => (disputed_words(dispute), disputed_tip(dispute)),
    };
    let button = faint(ui, &words).on_hover_text(tip);
    button.clicked().then_some(Command::ReadWrongly(reply))
}

fn disputed_words(dispute: &Dispute) -> String {
    match dispute.settlement.as_ref().map(|settlement| &settlement.ruling) {
        None => text("window-correct-marked"),
        Some(Ruling::Settled(_)) => text("window-correct-settled"),
        Some(Ruling::Rejected(_)) => text("window-correct-rejected"),
    }
}

/// What it should have been read as, and what a trainer said to that.
fn disputed_tip(dispute: &Dispute) -> String {
    let mut lines = vec![text_with("window-correct-wanted", [("acts", acts_list(&dispute.made.wanted).into())])];
    lines.extend(dispute.made.note.as_ref().map(|note| format!("“{note}”")));
    if let Some(settlement) = &dispute.settlement {
        let by = settlement.by.as_str();
        lines.push(match &settlement.ruling {
            Ruling::Settled(acts) => {
                text_with("window-correct-ruled", [("name", by.into()), ("acts", acts_list(acts).into())])
            }
            Ruling::Rejected(because) => format!("{by}: “{because}”"),
        });
    }
    lines.join("\n")
}

fn acts_list(acts: &[Act]) -> String {
    if acts.is_empty() {
        return text("window-correct-no-act");
    }
    acts.iter().map(|act| text(&format!("act-{act}"))).collect::<Vec<_>>().join(", ")
}
