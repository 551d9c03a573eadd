//! The window: a Bevy app, a plugin a screen, text in egui, the customer on a stage of their own.
//!
//! A screen is a pure function `…_ui(ui, &view, &mut draft) -> Option<Command>` under a thin system; what a command does stands in
//! `perform`, and only there the session and the store are touched.

mod adapter;
mod autoplay;
pub mod command;
mod desk;
mod idle;
mod keys;
pub mod parts;
mod perform;
mod play;
mod screen;
pub mod screens;
pub mod stage;
pub mod style;
pub mod theme;

use std::path::PathBuf;

use bevy::prelude::*;
use bevy::window::{PresentMode, WindowResolution};
use bevy::winit::WinitSettings;
use bevy_egui::{EguiContexts, EguiGlobalSettings, EguiPlugin, EguiPreUpdateSet, EguiPrimaryContextPass, egui};

pub use adapter::can_open;
pub use screen::Screen;

use crate::content::{Company, Library};
use crate::progress::Store;
use crate::session::Mode;
use desk::Desk;

/// What the window is opened with.
#[derive(Debug)]
pub struct Options {
    pub store: Store,
    pub library: Library,
    /// What lies over the language packs.
    pub company: Company,
    /// Who plays; whoever played last otherwise.
    pub trainee: Option<String>,
    /// A scenario to start at once, with its mode and seed.
    pub start: Option<(String, Mode, u64)>,
    /// A script that plays by itself: one reply a line, and the commands of the terminal player.
    pub autoplay: Option<PathBuf>,
    /// A folder for a picture of each screen, taken while the script plays.
    pub screenshots: Option<PathBuf>,
    /// Width and height in logical pixels.
    pub size: Option<(u32, u32)>,
    /// The dark theme; as the desktop says otherwise.
    pub dark: Option<bool>,
}

/// Why the window did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    #[error("the script {path} cannot be read: {error}", path = .path.display())]
    Script { path: PathBuf, error: std::io::Error },
    #[error("the folder {path} for pictures cannot be made: {error}", path = .path.display())]
    Folder { path: PathBuf, error: std::io::Error },
    #[error("the scripted session failed: {0}")]
    Autoplay(String),
    #[error("{0}")]
    Content(String),
    #[error("the window closed with an error")]
    Closed,
}

/// The window's first size in logical pixels.
const SIZE: (u32, u32) = (1280, 720);

/// Opens the window and returns when it is closed. Ask [`can_open`] first.
///
/// # Errors
/// Where the script or the folder for pictures cannot be used, or where a scripted session failed.
pub fn run(options: Options) -> Result<(), WindowError> {
    let autoplay = autoplay::Autoplay::new(options.autoplay.as_deref(), options.screenshots.as_deref())?;
    let (width, height) = options.size.unwrap_or(SIZE);
    let dark = options.dark;
    let desk = Desk::new(options).map_err(WindowError::Content)?;
    let mut app = App::new();
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin {
                primary_window: Some(Window {
                    title: "Calmline".into(),
                    name: Some("calmline".into()),
                    resolution: WindowResolution::new(width, height),
                    present_mode: PresentMode::AutoVsync,
                    resize_constraints: bevy::window::WindowResizeConstraints {
                        min_width: 640.0,
                        min_height: 480.0,
                        ..default()
                    },
                    ..default()
                }),
                ..default()
            })
            .set(bevy::log::LogPlugin { filter: "warn,wgpu_hal=error,wgpu_core=error".into(), ..default() }),
    )
    .add_plugins(EguiPlugin::default())
    .insert_resource(WinitSettings::desktop_app())
    .insert_resource(Look { dark: dark.unwrap_or(false), follow_desktop: dark.is_none(), zoom: 1.0, still: false })
    .insert_resource(desk)
    .add_plugins((
        stage::plugin,
        screens::plugin,
        perform::plugin,
        idle::plugin,
        keys::plugin,
        autoplay::plugin(autoplay),
    ))
    .add_systems(Startup, open_stage_camera)
    .add_systems(PreUpdate, dress.after(EguiPreUpdateSet::InitContexts).before(EguiPreUpdateSet::BeginPass))
    .add_systems(EguiPrimaryContextPass, show_notice.after(screens::Drawing));
    let exit = app.run();
    match app.world_mut().remove_resource::<autoplay::Failure>() {
        Some(autoplay::Failure(why)) => Err(WindowError::Autoplay(why)),
        None if exit.is_error() => Err(WindowError::Closed),
        None => Ok(()),
    }
}

/// How the person wants it to look.
#[derive(Resource, Clone, Copy, Debug)]
pub struct Look {
    pub dark: bool,
    follow_desktop: bool,
    /// 0.6 to 2.
    pub zoom: f32,
    /// Less motion: no breathing, no typewriter, nothing fades.
    pub still: bool,
}

impl Look {
    pub fn turn(&mut self) {
        self.dark = !self.dark;
        self.follow_desktop = false;
    }
}

/// One camera over the whole window: the stage draws with it, and egui over it.
fn open_stage_camera(mut commands: Commands, mut settings: ResMut<EguiGlobalSettings>) {
    settings.enable_absorb_bevy_input_system = false;
    commands.spawn(Camera2d);
}

/// Fonts once, colours and zoom whenever they change.
fn dress(
    mut contexts: EguiContexts,
    mut look: ResMut<Look>,
    mut clear: ResMut<ClearColor>,
    windows: Query<&Window>,
    mut worn: Local<Option<(bool, f32, bool)>>,
) {
    if look.follow_desktop
        && let Some(desktop) = windows.iter().find_map(|window| window.window_theme)
    {
        let dark = desktop == bevy::window::WindowTheme::Dark;
        if look.dark != dark {
            look.dark = dark;
        }
    }
    let Ok(ctx) = contexts.ctx_mut() else { return };
    if *worn == Some((look.dark, look.zoom, look.still)) {
        return;
    }
    if worn.is_none() {
        ctx.set_fonts(style::fonts());
    }
    ctx.set_zoom_factor(look.zoom);
    style::apply(ctx, look.dark);
    if look.still {
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
    }
    clear.0 = theme::Theme::of(look.dark).ground.bevy();
    *worn = Some((look.dark, look.zoom, look.still));
}

/// Something went wrong: said at the top, over every screen, until it is put away.
fn show_notice(mut contexts: EguiContexts, desk: Res<Desk>, mut pending: ResMut<command::Pending>) -> Result {
    let Some(notice) = &desk.notice else { return Ok(()) };
    let ctx = contexts.ctx_mut()?;
    egui::Area::new("notice".into()).anchor(egui::Align2::CENTER_TOP, [0.0, theme::space::L]).show(ctx, |ui| {
        if let Some(command) = parts::notice_ui(ui, notice) {
            pending.ask(command);
        }
    });
    Ok(())
}
