//! The scenario list: filters, a card each, and what is wrong with files that cannot be played.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use egui::{Align, Layout, TextEdit, Ui, pos2, vec2};

use super::{Drawing, Screen, whole_window};
use crate::content::{Library, Origin};
use crate::locale::{text, text_with};
use crate::progress::ScenarioStanding;
use crate::scenario::Channel;
use crate::session::Mode;
use crate::window::command::{Command, Pending};
use crate::window::desk::Desk;
use crate::window::parts::{
    card, channel_words, chip, difficulty_ui, empty_ui, mode_words, page_ui, primary, row_ui, score_ui, top_bar_ui,
};
use crate::window::style::{self, theme};
use crate::window::theme::space;

/// A playable scenario as a card shows it.
#[derive(Clone, Debug)]
pub struct ScenarioCard {
    pub id: String,
    pub title: String,
    pub summary: String,
    pub company: String,
    pub channel: Channel,
    /// 1 to 5.
    pub difficulty: u8,
    /// 0 to 100; none where it was never finished.
    pub best: Option<u8>,
    pub last: Option<u8>,
    pub attempts: usize,
}

/// A file that cannot be played, with what is wrong with it.
#[derive(Clone, Debug)]
pub struct BrokenScenario {
    pub name: String,
    pub problems: String,
}

#[derive(Debug, Default)]
pub struct ScenariosView {
    pub who: Option<String>,
    pub cards: Vec<ScenarioCard>,
    pub broken: Vec<BrokenScenario>,
}

/// The filters, and the mode to play in.
#[derive(Debug)]
pub struct ScenariosDraft {
    pub search: String,
    pub channel: Option<Channel>,
    /// At most this hard.
    pub difficulty: Option<u8>,
    /// Only those played, or only those not.
    pub played: Option<bool>,
    pub mode: Mode,
}

impl Default for ScenariosDraft {
    fn default() -> Self {
        Self { search: String::new(), channel: None, difficulty: None, played: None, mode: Mode::Practise }
    }
}

impl ScenariosDraft {
    /// Whether the filters let this card through.
    #[must_use]
    pub fn fits(&self, card: &ScenarioCard) -> bool {
        let words = self.search.to_lowercase();
        let told = format!("{} {} {} {}", card.title, card.summary, card.company, card.id).to_lowercase();
        words.split_whitespace().all(|word| told.contains(word))
            && self.channel.is_none_or(|channel| channel == card.channel)
            && self.difficulty.is_none_or(|hardest| card.difficulty <= hardest)
            && self.played.is_none_or(|played| played == (card.attempts > 0))
    }
}

#[derive(Resource, Default)]
struct Shown {
    view: ScenariosView,
    draft: ScenariosDraft,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shown>()
        .add_systems(OnEnter(Screen::Scenarios), look)
        .add_systems(EguiPrimaryContextPass, show.in_set(Drawing).run_if(in_state(Screen::Scenarios)));
}

fn look(mut desk: ResMut<Desk>, mut shown: ResMut<Shown>) {
    let trainee = desk.trainee.clone();
    let standings = trainee.as_ref().map_or(Ok(Vec::new()), |trainee| desk.store.get().scenario_standings(trainee.id));
    match standings {
        Ok(standings) => {
            let (cards, broken) = (cards(&desk.library, &standings), broken(&desk.library));
            shown.view = ScenariosView { who: trainee.map(|trainee| trainee.name), cards, broken };
        }
        Err(error) => desk.say(error),
    }
}

/// Every playable scenario, the easiest first.
pub(super) fn cards(library: &Library, standings: &[ScenarioStanding]) -> Vec<ScenarioCard> {
    let mut cards: Vec<ScenarioCard> = library
        .entries()
        .filter_map(|entry| {
            let scenario = &entry.loaded.as_ref().ok()?.scenario;
            let standing = standings.iter().find(|standing| standing.scenario_id == entry.id);
            Some(ScenarioCard {
                id: entry.id.clone(),
                title: scenario.title.clone(),
                summary: scenario.summary.clone(),
                company: scenario.company.name.clone(),
                channel: scenario.channel,
                difficulty: scenario.difficulty,
                best: standing.map(|standing| standing.best),
                last: standing.map(|standing| standing.last),
                attempts: standing.map_or(0, |standing| standing.attempts),
            })
        })
        .collect();
    cards.sort_by(|a, b| (a.difficulty, &a.title).cmp(&(b.difficulty, &b.title)));
    cards
}

fn broken(library: &Library) -> Vec<BrokenScenario> {
    let entries = library.entries().filter_map(|entry| {
        let problems = entry.loaded.as_ref().err()?.render(false);
        let name = match &entry.origin {
            Origin::Bundled => entry.id.clone(),
            Origin::File(path) => path.display().to_string(),
        };
        Some(BrokenScenario { name, problems })
    });
    entries.collect()
}

fn show(mut contexts: EguiContexts, mut shown: ResMut<Shown>, mut pending: ResMut<Pending>) -> Result {
    let mut ui = whole_window(&mut contexts)?;
    let Shown { view, draft } = &mut *shown;
    if let Some(command) = scenarios_ui(&mut ui, view, draft) {
        pending.ask(command);
    }
    Ok(())
}

/// The whole screen.
pub fn scenarios_ui(ui: &mut Ui, view: &ScenariosView, draft: &mut ScenariosDraft) -> Option<Command> {
    let gone = top_bar_ui(ui, Screen::Scenarios, view.who.as_deref());
    let asked = page_ui(ui, "scenarios", 1120.0, |ui| {
        ui.horizontal(|ui| {
            ui.label(style::title(text("window-scenarios-title")));
            let count = view.cards.iter().filter(|card| draft.fits(card)).count();
            let count = text_with("window-scenarios-count", [("count", count.into())]);
            ui.label(style::small(count).color(theme(ui).ink_soft.egui()));
        });
        ui.add_space(space::S);
        filters_ui(ui, view, draft);
        ui.add_space(space::M);
        let fitting: Vec<&ScenarioCard> = view.cards.iter().filter(|card| draft.fits(card)).collect();
        if fitting.is_empty() {
            card(ui, |ui| empty_ui(ui, &text("window-scenarios-none-title"), &text("window-scenarios-none")));
        }
        let mut command = None;
        let columns = if ui.available_width() > 760.0 { 2 } else { 1 };
        for row in fitting.chunks(columns) {
            row_ui(ui, columns, 226.0, row, |ui, scenario| {
                command = scenario_ui(ui, scenario, draft.mode).or(command.take());
            });
            ui.add_space(space::XS);
        }
        broken_ui(ui, &view.broken);
        command
    });
    asked.or(gone)
}

fn filters_ui(ui: &mut Ui, view: &ScenariosView, draft: &mut ScenariosDraft) {
    ui.horizontal_wrapped(|ui| {
        let search = TextEdit::singleline(&mut draft.search)
            .id_salt("search")
            .hint_text(style::body(text("window-scenarios-search")))
            .margin(egui::Margin::symmetric(12, 8))
            .desired_width(240.0);
        ui.add(search);
        ui.add_space(space::M);
        mode_choice_ui(ui, &mut draft.mode);
    });
    ui.horizontal_wrapped(|ui| {
        if chip(ui, draft.channel.is_none(), &text("window-scenarios-any-channel")).clicked() {
            draft.channel = None;
        }
        for channel in [Channel::Phone, Channel::Chat, Channel::Email, Channel::Counter, Channel::Review] {
            if view.cards.iter().any(|card| card.channel == channel)
                && chip(ui, draft.channel == Some(channel), &channel_words(channel)).clicked()
            {
                draft.channel = (draft.channel != Some(channel)).then_some(channel);
            }
        }
        ui.add_space(space::L);
        for (words, hardest) in [("window-scenarios-easy", 2), ("window-scenarios-medium", 3)] {
            if chip(ui, draft.difficulty == Some(hardest), &text(words)).clicked() {
                draft.difficulty = (draft.difficulty != Some(hardest)).then_some(hardest);
            }
        }
        ui.add_space(space::L);
        for (words, played) in [("window-scenarios-new", false), ("window-scenarios-played", true)] {
            if chip(ui, draft.played == Some(played), &text(words)).clicked() {
                draft.played = (draft.played != Some(played)).then_some(played);
            }
        }
    });
}

/// Learn, practise or assess, with what each means.
pub(super) fn mode_choice_ui(ui: &mut Ui, mode: &mut Mode) {
    for (other, tip) in [
        (Mode::Learn, "window-mode-learn-tip"),
        (Mode::Practise, "window-mode-practise-tip"),
        (Mode::Assess, "window-mode-assess-tip"),
    ] {
        if chip(ui, *mode == other, &mode_words(other)).on_hover_text(text(tip)).clicked() {
            *mode = other;
        }
    }
}

fn scenario_ui(ui: &mut Ui, scenario: &ScenarioCard, mode: Mode) -> Option<Command> {
    let soft = theme(ui).ink_soft.egui();
    ui.spacing_mut().item_spacing.y = space::XS;
    let room = ui.max_rect();
    let score = vec2(48.0, 48.0);
    let corner = pos2(room.right() - score.x, room.top());
    if let Some(best) = scenario.best {
        ui.put(egui::Rect::from_min_size(corner, score), |ui: &mut Ui| score_ui(ui, best, score.x));
        ui.set_max_width(room.width() - score.x - space::M);
        ui.advance_cursor_after_rect(egui::Rect::from_min_size(room.min, vec2(0.0, 0.0)));
    }
    ui.add(egui::Label::new(style::heading(&scenario.title)).truncate());
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        ui.label(style::small(format!("{} · {}", channel_words(scenario.channel), scenario.company)).color(soft));
        difficulty_ui(ui, scenario.difficulty);
    });
    ui.add_space(space::XS);
    // Three lines, by the width of an average letter.
    let summary = shortened(&scenario.summary, ((room.width() / 7.6 * 3.0) as usize).saturating_sub(12));
    ui.label(style::small(summary)).on_hover_text(&scenario.summary);
    let mut command = None;
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
        ui.horizontal(|ui| {
            let name = text_with("window-scenarios-play", [("mode", mode_words(mode).into())]);
            let button = primary(ui, &name);
            let full = text_with(
                "window-scenarios-play-full",
                [("mode", mode_words(mode).into()), ("title", scenario.title.as_str().into())],
            );
            button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, full.clone()));
            if button.clicked() {
                command = Some(Command::Play { scenario: scenario.id.clone(), mode, seed: None });
            }
            let words = match (scenario.best, scenario.last) {
                (Some(best), Some(last)) => text_with(
                    "window-scenarios-standing",
                    [("best", best.into()), ("last", last.into()), ("count", scenario.attempts.into())],
                ),
                _ => text("window-scenarios-not-played"),
            };
            ui.label(style::small(words).color(soft));
        });
    });
    command
}

/// The text up to a word's end at no more than so many characters.
fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let cut: String = words.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', '.', ';', ':', ' ']))
}

fn broken_ui(ui: &mut Ui, broken: &[BrokenScenario]) {
    if broken.is_empty() {
        return;
    }
    let theme = theme(ui);
    ui.add_space(space::L);
    ui.label(style::heading(text_with("window-scenarios-broken", [("count", broken.len().into())])));
    ui.label(style::small(text("window-scenarios-broken-why")).color(theme.ink_soft.egui()));
    for file in broken {
        card(ui, |ui| {
            let head = style::strong(&file.name).color(theme.bad.egui());
            egui::CollapsingHeader::new(head).id_salt(&file.name).show(ui, |ui| {
                egui::ScrollArea::horizontal().id_salt(&file.name).show(ui, |ui| {
                    ui.add(egui::Label::new(style::code(&file.problems)).selectable(true).extend());
                });
            });
        });
    }
}
