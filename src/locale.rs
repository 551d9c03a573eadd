//! The words on screen: Fluent messages from `assets/locales`, embedded.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid};

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./assets/locales",
        fallback_language: "en",
        // Isolation marks are for mixed scripts; a terminal would print them.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const ENGLISH: LanguageIdentifier = langid!("en");

/// The message of this key; the key itself where there is none, so that a gap shows but never stops anybody.
#[must_use]
pub fn text(key: &str) -> String {
    LOCALES.try_lookup(&ENGLISH, key).unwrap_or_else(|| key.to_owned())
}

/// Whether there is a message of this key.
#[must_use]
pub fn has(key: &str) -> bool {
    LOCALES.try_lookup(&ENGLISH, key).is_some()
}

/// The message of this key with its placeables filled.
#[must_use]
pub fn text_with<'a>(key: &str, args: impl IntoIterator<Item = (&'static str, FluentValue<'a>)>) -> String {
    let args: HashMap<Cow<'static, str>, FluentValue<'a>> =
        args.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
    LOCALES.try_lookup_with_args(&ENGLISH, key, &args).unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_message_shows_its_key() {
        assert_eq!(text("no-such-message"), "no-such-message");
        assert!(!has("no-such-message"));
    }
}
