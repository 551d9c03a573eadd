//! The waiting desk: the line is closed, the clock runs, and a promise is to be kept.

use bevy_egui::egui::{CornerRadius, Frame, Margin, Stroke, Ui};

use super::conversation_view::ConversationView;
use crate::locale::{text, text_with};
use crate::session::{Content, Promise};
use crate::window::command::Command;
use crate::window::parts::{duration, primary, secondary};
use crate::window::style::{self, theme};
use crate::window::theme::{RADIUS, space};

/// A promise with its countdown, as in the header.
#[must_use]
pub fn promise_words(content: &Content, promise: &Promise, now: u64) -> String {
    let due = content.clock().at(promise.due_at).strftime("%H:%M").to_string();
    if now > promise.closes {
        text_with("window-promise-late", [("due", due.into()), ("left", duration(now - promise.due_at).into())])
    } else if now >= promise.opens {
        text_with("window-promise-now", [("due", due.into())])
    } else {
        text_with("window-promise-in", [("due", due.into()), ("left", duration(promise.due_at - now).into())])
    }
}

/// In place of the reply box while the customer waits to be called.
pub fn waiting_ui(ui: &mut Ui, view: &ConversationView) -> Option<Command> {
    let theme = theme(ui);
    let clock = view.content.clock();
    let time = |at: u64| clock.at(at).strftime("%H:%M").to_string();
    let frame = Frame::new()
        .fill(theme.surface.egui())
        .stroke(Stroke::new(1.0, theme.line.egui()))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::same(20));
    let mut command = None;
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let now = clock.at(view.now).strftime("%H:%M:%S").to_string();
            ui.label(style::figures(now, 44.0));
            ui.add_space(space::L);
            ui.vertical(|ui| {
                ui.label(style::heading(text("window-wait-title")));
                ui.label(style::small(text("window-wait-what")).color(theme.ink_soft.egui()));
            });
        });
        ui.add_space(space::S);
        for promise in view.state.open_promises() {
            let tint = if view.now > promise.closes {
                theme.bad
            } else if view.now >= promise.opens {
                theme.good
            } else {
                theme.ink
            };
            ui.label(style::strong(promise_words(view.content, promise, view.now)).color(tint.egui()));
            let window = text_with(
                "window-wait-window",
                [
                    ("words", promise.text.as_str().into()),
                    ("from", time(promise.opens).into()),
                    ("to", time(promise.closes).into()),
                ],
            );
            ui.label(style::small(window).color(theme.ink_soft.egui()));
        }
        ui.add_space(space::M);
        ui.horizontal_wrapped(|ui| {
            if primary(ui, &text("window-wait-call")).on_hover_text("F5").clicked() {
                command = Some(Command::CallBack);
            }
            for minutes in [1_u64, 5, 15] {
                let words = text_with("window-wait-minutes", [("count", minutes.into())]);
                if secondary(ui, &words).clicked() {
                    command = Some(Command::Wait(minutes * 60));
                }
            }
            if view.state.open_promises().first().is_some_and(|promise| promise.due_at > view.now)
                && secondary(ui, &text("window-wait-until")).clicked()
            {
                command = Some(Command::WaitUntilDue);
            }
        });
    });
    command
}
