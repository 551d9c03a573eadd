//! The screens, a plugin each.

pub mod conversation;
pub mod conversation_view;
pub mod correction;
pub mod debrief;
pub mod draft;
pub mod home;
pub mod progress;
pub mod reply;
pub mod scenarios;
pub mod waiting;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};

use super::screen::Screen;

/// When a screen draws itself, in egui's pass.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Drawing;

pub(super) fn plugin(app: &mut App) {
    app.init_state::<Screen>().add_plugins((
        home::plugin,
        scenarios::plugin,
        conversation::plugin,
        correction::plugin,
        debrief::plugin,
        progress::plugin,
    ));
}

/// The whole window as a place to draw in.
fn whole_window(contexts: &mut EguiContexts) -> Result<egui::Ui> {
    let ctx = contexts.ctx_mut()?;
    let builder = egui::UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(ctx.content_rect());
    Ok(egui::Ui::new(ctx.clone(), "window".into(), builder))
}
