//! The theme put on egui: fonts, sizes, colours of every widget, and the few text styles that screens use.

use std::sync::Arc;

use bevy_egui::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Shadow, Stroke,
    TextStyle, Visuals,
};

use super::theme::{RADIUS, Theme, Tint, space, text};

const STRONG: &str = "strong";
const CODE: &str = "code";

/// Inter in two weights and with figures that line up; egui's own fonts for whatever Inter lacks.
#[must_use]
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let inter: [(&str, &'static [u8]); 3] = [
        ("Inter", include_bytes!("../../assets/fonts/Inter-Regular.otf")),
        ("Inter SemiBold", include_bytes!("../../assets/fonts/Inter-SemiBold.otf")),
        ("Inter Figures", include_bytes!("../../assets/fonts/Inter-Figures.otf")),
    ];
    for (name, bytes) in inter {
        fonts.font_data.insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let mut family = |family: FontFamily, first: &[&str]| {
        let names = first.iter().map(|name| (*name).to_owned()).chain(fallback.clone()).collect();
        fonts.families.insert(family, names);
    };
    family(FontFamily::Proportional, &["Inter"]);
    family(FontFamily::Name(STRONG.into()), &["Inter SemiBold", "Inter"]);
    family(FontFamily::Monospace, &["Inter Figures", "Inter", "Hack"]);
    fonts.families.insert(FontFamily::Name(CODE.into()), vec!["Hack".into(), "Inter".into()]);
    fonts
}

/// The theme that a screen is drawn in.
#[must_use]
pub fn theme(ui: &egui::Ui) -> &'static Theme {
    Theme::of(ui.visuals().dark_mode)
}

#[must_use]
pub fn strong_family() -> FontFamily {
    FontFamily::Name(STRONG.into())
}

/// Text whose columns matter: an excerpt of a file with marks below it.
#[must_use]
pub fn code(words: impl Into<String>) -> RichText {
    RichText::new(words).font(FontId::new(text::SMALL - 1.0, FontFamily::Name(CODE.into())))
}

fn sized(words: impl Into<String>, size: f32) -> RichText {
    RichText::new(words).size(size).line_height(Some((size * text::LEADING).round()))
}

#[must_use]
pub fn small(words: impl Into<String>) -> RichText {
    sized(words, text::SMALL)
}

#[must_use]
pub fn body(words: impl Into<String>) -> RichText {
    sized(words, text::BODY)
}

#[must_use]
pub fn large(words: impl Into<String>) -> RichText {
    sized(words, text::LARGE)
}

#[must_use]
pub fn heading(words: impl Into<String>) -> RichText {
    sized(words, text::LARGE).family(strong_family())
}

#[must_use]
pub fn title(words: impl Into<String>) -> RichText {
    sized(words, text::TITLE).family(strong_family())
}

#[must_use]
pub fn strong(words: impl Into<String>) -> RichText {
    sized(words, text::BODY).family(strong_family())
}

#[must_use]
pub fn strong_small(words: impl Into<String>) -> RichText {
    sized(words, text::SMALL).family(strong_family())
}

/// Numbers that line up below one another and don't jump while they change.
#[must_use]
pub fn figures(words: impl Into<String>, size: f32) -> RichText {
    sized(words, size).family(FontFamily::Monospace)
}

/// Dresses every widget of egui in the theme.
pub fn apply(ctx: &egui::Context, dark: bool) {
    let theme = Theme::of(dark);
    ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, FontId::proportional(text::SMALL)),
            (TextStyle::Body, FontId::proportional(text::BODY)),
            (TextStyle::Button, FontId::proportional(text::BODY)),
            (TextStyle::Heading, FontId::new(text::LARGE, strong_family())),
            (TextStyle::Monospace, FontId::monospace(text::BODY)),
        ]
        .into();
        style.visuals = visuals(theme);
        style.spacing.item_spacing = egui::vec2(space::S, space::S);
        style.spacing.button_padding = egui::vec2(space::L, space::S);
        style.spacing.interact_size = egui::vec2(36.0, 36.0);
        style.spacing.tooltip_width = 360.0;
        style.spacing.scroll = egui::style::ScrollStyle::thin();
        style.spacing.menu_margin = Margin::same(space::S as i8);
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.25;
        style.animation_time = super::theme::motion::QUICK.as_secs_f32();
    });
}

fn visuals(theme: &Theme) -> Visuals {
    let mut visuals = if theme.dark { Visuals::dark() } else { Visuals::light() };
    let radius = CornerRadius::same(RADIUS);
    let ink = Stroke::new(1.0, theme.ink.egui());
    let tints = |fill: Tint, line: Tint| (fill.egui(), Stroke::new(1.0, line.egui()));
    let hover = theme.surface.mix(theme.accent, 0.10);
    for (widget, (fill, line)) in [
        (&mut visuals.widgets.noninteractive, tints(theme.surface, theme.line)),
        (&mut visuals.widgets.inactive, tints(theme.surface, theme.line)),
        (&mut visuals.widgets.hovered, tints(hover, theme.accent)),
        (&mut visuals.widgets.active, tints(theme.surface.mix(theme.accent, 0.2), theme.accent)),
        (&mut visuals.widgets.open, tints(hover, theme.accent)),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = line;
        widget.fg_stroke = ink;
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    visuals.widgets.active.bg_stroke.width = 2.0;
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(theme.ink_soft.egui());
    visuals.selection.bg_fill = theme.surface.mix(theme.accent, 0.3).egui();
    visuals.selection.stroke = Stroke::new(2.0, theme.accent.egui());
    visuals.hyperlink_color = theme.accent.egui();
    visuals.extreme_bg_color = theme.surface.egui();
    visuals.text_edit_bg_color = Some(theme.surface.egui());
    visuals.faint_bg_color = theme.sunken.egui();
    visuals.panel_fill = theme.ground.egui();
    visuals.window_fill = theme.surface.egui();
    visuals.window_stroke = Stroke::new(1.0, theme.line.egui());
    visuals.window_corner_radius = radius;
    visuals.menu_corner_radius = radius;
    let shadow = Shadow {
        offset: [0, 4],
        blur: 24,
        spread: 0,
        color: Color32::from_black_alpha(if theme.dark { 96 } else { 28 }),
    };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.text_cursor.stroke = Stroke::new(2.0, theme.accent.egui());
    // Inter is drawn for unhinted, even spacing; this transfer gives it its weight in the light theme too.
    visuals.text_options.font_hinting = false;
    visuals.text_options.color_transfer_function = egui::epaint::FontColorTransferFunction::TwoCoverageMinusCoverageSq;
    // A blinking cursor would keep an idle window drawing.
    visuals.text_cursor.blink = false;
    visuals
}
