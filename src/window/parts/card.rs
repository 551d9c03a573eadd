//! Cards, the bar at the top, the page below it, and what stands where there is nothing yet.

use bevy_egui::egui::{
    Align, Context, CornerRadius, Frame, InnerResponse, Layout, Margin, Panel, Rect, ScrollArea, Sense, Shadow, Stroke,
    Ui, UiBuilder, vec2,
};

use super::{quiet, secondary};
use crate::locale::text;
use crate::window::Screen;
use crate::window::command::Command;
use crate::window::style::{self, theme};
use crate::window::theme::{RADIUS, space};

/// A surface with room around its content, as wide as the space there is.
pub fn card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let theme = theme(ui);
    Frame::new()
        .fill(theme.surface.egui())
        .stroke(Stroke::new(1.0, theme.line.mix(theme.surface, 0.4).egui()))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::same(space::L as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui)
        })
}

/// A question or a sheet that lies over the screen.
pub fn dialog_frame(ctx: &Context) -> Frame {
    Frame::popup(&ctx.global_style()).inner_margin(Margin::same(space::XL as i8))
}

/// Cells of one height side by side.
pub fn row_ui<T>(ui: &mut Ui, columns: usize, height: f32, items: &[T], mut cell: impl FnMut(&mut Ui, &T)) {
    let gap = space::M;
    let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
    let corner = ui.cursor().min;
    for (index, item) in items.iter().enumerate() {
        let at = corner + vec2((width + gap) * index as f32, 0.0);
        let rect = Rect::from_min_size(at, vec2(width, height));
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)), |ui| {
            let theme = theme(ui);
            ui.painter().rect(
                rect,
                CornerRadius::same(RADIUS),
                theme.surface.egui(),
                Stroke::new(1.0, theme.line.mix(theme.surface, 0.4).egui()),
                bevy_egui::egui::StrokeKind::Inside,
            );
            let inside = rect.shrink(space::L);
            ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::top_down(Align::Min)), |ui| {
                cell(ui, item)
            });
        });
    }
    let whole = Rect::from_min_size(corner, vec2(ui.available_width(), height));
    ui.advance_cursor_after_rect(whole);
}

/// The bar over the calm screens: where one is, and where one can go.
pub fn top_bar_ui(ui: &mut Ui, here: Screen, who: Option<&str>) -> Option<Command> {
    let theme = theme(ui);
    let mut command = None;
    let frame = Frame::new().fill(theme.ground.egui()).inner_margin(Margin::symmetric(space::XL as i8, space::S as i8));
    Panel::top("top bar").exact_size(64.0).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.label(style::heading("Calmline").color(theme.accent.egui()));
            ui.add_space(space::XL);
            for (screen, words) in [
                (Screen::Home, "window-nav-home"),
                (Screen::Scenarios, "window-nav-scenarios"),
                (Screen::Progress, "window-nav-progress"),
            ] {
                let button = quiet(ui, &text(words));
                if here == screen {
                    let line =
                        Rect::from_min_max(button.rect.left_bottom(), button.rect.right_bottom() + vec2(0.0, 3.0));
                    ui.painter().rect_filled(line.shrink2(vec2(space::S, 0.0)), 2, theme.accent.egui());
                }
                if button.clicked() && here != screen {
                    command = Some(Command::Show(screen));
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if quiet(ui, &text("window-nav-keys")).clicked() {
                    command = Some(Command::Keys);
                }
                let other = if theme.dark { "window-nav-light" } else { "window-nav-dark" };
                if quiet(ui, &text(other)).clicked() {
                    command = Some(Command::TurnTheme);
                }
                if let Some(who) = who {
                    ui.label(style::small(who).color(theme.ink_soft.egui()));
                }
            });
        });
    });
    command
}

/// A page that scrolls, its content in a column no wider than `width`, in the middle of the window.
pub fn page_ui<R>(ui: &mut Ui, id: &str, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let ground = theme(ui).ground.egui();
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0, ground);
    ScrollArea::vertical()
        .id_salt(id)
        .auto_shrink(false)
        .show(ui, |ui| {
            let all = ui.available_rect_before_wrap();
            let width = width.min(all.width() - 2.0 * space::XL);
            let left = all.center().x - width / 2.0;
            let column = Rect::from_min_max((left, all.top() + space::L).into(), (left + width, all.bottom()).into());
            let inner = ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
                let inner = content(ui);
                ui.add_space(space::XXL);
                inner
            });
            ui.allocate_rect(inner.response.rect, Sense::hover());
            inner.inner
        })
        .inner
}

/// What stands where there is nothing yet, and what to do about it.
pub fn empty_ui(ui: &mut Ui, title: &str, words: &str) {
    let theme = theme(ui);
    ui.vertical_centered(|ui| {
        ui.add_space(space::XL);
        ui.label(style::strong(title));
        ui.label(style::small(words).color(theme.ink_soft.egui()));
        ui.add_space(space::XL);
    });
}

/// Something went wrong.
pub fn notice_ui(ui: &mut Ui, words: &str) -> Option<Command> {
    let theme = theme(ui);
    let frame = Frame::new()
        .fill(theme.surface.egui())
        .stroke(Stroke::new(2.0, theme.bad.egui()))
        .corner_radius(CornerRadius::same(RADIUS))
        .shadow(Shadow { offset: [0, 4], blur: 24, spread: 0, color: ui.visuals().popup_shadow.color })
        .inner_margin(Margin::same(space::L as i8));
    frame
        .show(ui, |ui| {
            ui.set_max_width(560.0);
            ui.label(style::strong(text("window-notice-title")).color(theme.bad.egui()));
            ui.label(style::small(words));
            secondary(ui, &text("window-notice-close")).clicked().then_some(Command::Dismiss)
        })
        .inner
}
