//! The word beside each mood bar.

use crate::locale;

/// Five steps from calm to furious.
#[must_use]
pub fn anger_word(level: u8) -> String {
    locale::text(&format!("mood-anger-{}", step(level)))
}

/// Five steps from none to full.
#[must_use]
pub fn trust_word(level: u8) -> String {
    locale::text(&format!("mood-trust-{}", step(level)))
}

/// Five steps from gone to plenty.
#[must_use]
pub fn patience_word(level: u8) -> String {
    locale::text(&format!("mood-patience-{}", step(level)))
}

fn step(level: u8) -> u8 {
    (level / 20).min(4)
}
