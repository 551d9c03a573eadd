//! Redraw on demand: an idle window sleeps, and a moving one wakes no oftener than it must.

use std::time::Duration;

use bevy::prelude::*;
use bevy::window::RequestRedraw;
use bevy::winit::{UpdateMode, WinitSettings};
use bevy_egui::{EguiInput, EguiPreUpdateSet, egui};

/// The longest sleep; only the desktop's theme and the like could have changed meanwhile.
const ASLEEP: Duration = Duration::from_secs(60);

/// How soon the window wants to wake up. Each system that moves something asks anew in every frame.
#[derive(Resource, Debug, Default)]
pub struct Wake(Option<Duration>);

impl Wake {
    pub fn within(&mut self, wait: Duration) {
        self.0 = Some(self.0.map_or(wait, |known| known.min(wait)));
    }

    /// At the pace of a smooth movement.
    pub fn smoothly(&mut self) {
        self.within(Duration::from_millis(33));
    }
}

/// When the window decides how long to sleep: after everything else.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sleeping;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Wake>()
        .add_systems(
            PreUpdate,
            drop_idle_events.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass),
        )
        .add_systems(Last, sleep.in_set(Sleeping));
}

/// bevy_egui tells egui of the modifier keys in every pass, and egui wants to draw again whenever it is told something.
fn drop_idle_events(mut inputs: Query<&mut EguiInput>, mut known: Local<Option<egui::Modifiers>>) {
    for mut input in &mut inputs {
        input.events.retain(|event| match event {
            egui::Event::ModifiersChanged(modifiers) => known.replace(*modifiers) != Some(*modifiers),
            _ => true,
        });
    }
}

fn sleep(mut wake: ResMut<Wake>, mut settings: ResMut<WinitSettings>, mut redraw: MessageWriter<RequestRedraw>) {
    let wait = wake.0.take().unwrap_or(ASLEEP);
    if wait.is_zero() {
        redraw.write(RequestRedraw);
    }
    let wait = wait.max(Duration::from_millis(1));
    settings.focused_mode = UpdateMode::Reactive {
        wait,
        react_to_device_events: false,
        react_to_user_events: true,
        react_to_window_events: true,
    };
    settings.unfocused_mode = UpdateMode::reactive_low_power(wait.max(Duration::from_millis(33)));
}
