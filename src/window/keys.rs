//! Keys: shortcuts become commands before a screen sees them; F1 shows them all.

use bevy::a11y::ActionRequest;
use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiInput, EguiPreUpdateSet, EguiPrimaryContextPass, egui};

use super::command::{self, Command, Pending};
use super::desk::Desk;
use super::screens::{Drawing, Screen};
use super::theme::space;
use super::{parts, style};
use crate::locale::text;

/// Whether the sheet of keys lies over the screen.
#[derive(Resource, Debug, Default)]
pub(super) struct Sheet {
    pub open: bool,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Sheet>()
        .add_systems(
            PreUpdate,
            hear_assistant.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass),
        )
        .add_systems(EguiPrimaryContextPass, (read_keys.before(Drawing), show_sheet.after(Drawing)));
}

/// A screen reader presses and focuses through AccessKit; bevy_egui publishes the tree and leaves the answers to us.
fn hear_assistant(mut requests: MessageReader<ActionRequest>, mut inputs: Query<&mut EguiInput>) {
    for request in requests.read() {
        for mut input in &mut inputs {
            input.events.push(egui::Event::AccessKitActionRequest(request.0.clone()));
        }
    }
}

fn read_keys(
    mut contexts: EguiContexts,
    screen: Res<State<Screen>>,
    desk: Res<Desk>,
    time: Res<Time>,
    mut pending: ResMut<Pending>,
) -> Result {
    let typing = desk.play.as_ref().is_some_and(|play| play.speaking(time.elapsed_secs_f64()));
    if let Some(command) = command::pressed(contexts.ctx_mut()?, *screen.get(), typing) {
        pending.ask(command);
    }
    Ok(())
}

fn show_sheet(
    mut contexts: EguiContexts,
    sheet: Res<Sheet>,
    look: Res<super::Look>,
    mut pending: ResMut<Pending>,
) -> Result {
    if sheet.open {
        let modal = egui::Modal::new("keys".into()).show(contexts.ctx_mut()?, |ui| sheet_ui(ui, look.still));
        if let Some(command) = modal.inner.or(modal.backdrop_response.clicked().then_some(Command::Keys)) {
            pending.ask(command);
        }
    }
    Ok(())
}

/// All keys and what they do, and whether things move.
pub fn sheet_ui(ui: &mut egui::Ui, still: bool) -> Option<Command> {
    ui.set_width(460.0);
    ui.label(style::heading(text("window-keys-title")));
    ui.add_space(space::S);
    egui::ScrollArea::vertical().max_height(ui.ctx().content_rect().height() - 240.0).show(ui, |ui| {
        egui::Grid::new("keys").num_columns(2).spacing([space::XL, space::XS]).show(ui, |ui| {
            for shortcut in command::shortcuts().iter().filter(|shortcut| !shortcut.keys.is_empty()) {
                ui.label(style::strong_small(shortcut.keys).color(style::theme(ui).accent.egui()));
                ui.label(style::small(text(shortcut.does)));
                ui.end_row();
            }
        });
    });
    ui.add_space(space::M);
    let mut less = still;
    let turned =
        ui.checkbox(&mut less, style::body(text("window-less-motion"))).on_hover_text(text("window-less-motion-tip"));
    if turned.clicked() {
        return Some(Command::TurnMotion);
    }
    ui.add_space(space::S);
    parts::primary(ui, &text("window-keys-close")).clicked().then_some(Command::Keys)
}
