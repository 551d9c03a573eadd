//! Keys: shortcuts become commands before a screen sees them; F1 shows them all.

use bevy::a11y::ActionRequest;
use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiInput, EguiPreUpdateSet, EguiPrimaryContextPass, egui};

use super::Screen;
use super::command::{self, Command, Pending};
use super::desk::Desk;
use super::screens::Drawing;
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
        let ctx = contexts.ctx_mut()?;
        let modal =
            egui::Modal::new("keys".into()).frame(parts::dialog_frame(ctx)).show(ctx, |ui| sheet_ui(ui, look.still));
        if let Some(command) = modal.inner.or(modal.backdrop_response.clicked().then_some(Command::Keys)) {
            pending.ask(command);
        }
    }
    Ok(())
}

/// All keys and what they do, and whether things move.
pub fn sheet_ui(ui: &mut egui::Ui, still: bool) -> Option<Command> {
    let window = ui.ctx().content_rect();
    let columns = if window.width() >= 900.0 { 2 } else { 1 };
    ui.set_width(380.0 * columns as f32);
    ui.label(style::heading(text("window-keys-title")));
    ui.add_space(space::S);
    let shown: Vec<_> = command::shortcuts().into_iter().filter(|shortcut| !shortcut.keys.is_empty()).collect();
    egui::ScrollArea::vertical().max_height(window.height() - 260.0).show(ui, |ui| {
        ui.columns(columns, |parts| {
            for (index, shortcuts) in shown.chunks(shown.len().div_ceil(columns)).enumerate() {
                egui::Grid::new(("keys", index))
                    .num_columns(2)
                    .spacing([space::L, space::XS])
                    .min_row_height(26.0)
                    .show(&mut parts[index], |ui| {
                        ui.spacing_mut().interact_size.y = 0.0;
                        for shortcut in shortcuts {
                            ui.label(style::strong_small(shortcut.keys).color(style::theme(ui).accent.egui()));
                            ui.label(style::small(text(shortcut.does)));
                            ui.end_row();
                        }
                    });
            }
        });
    });
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        let close = parts::primary(ui, &text("window-keys-close"));
        ui.add_space(space::S);
        let motion = parts::chip(ui, still, &text("window-less-motion")).on_hover_text(text("window-less-motion-tip"));
        if motion.clicked() { Some(Command::TurnMotion) } else { close.clicked().then_some(Command::Keys) }
    })
    .inner
}
