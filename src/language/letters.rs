//! The letters of a language, for what was typed in Latin ones in their place.

use std::borrow::Cow;

use super::{LanguagePack, recognise};

/// How a text is spelled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters<'p> {
    /// The pack by which it is spelled anew; none where it stands as its language is written.
    of: Option<&'p LanguagePack>,
}

impl<'p> Letters<'p> {
    /// How a text is spelled that is read by a pack.
    pub(crate) fn of(text: &str, pack: Option<&'p LanguagePack>) -> Letters<'p> {
        // A reply in another language is not to be spelled like this one.
        let is_meant = |pack: &&LanguagePack| {
            pack.writing.in_latin(text) && recognise(text).is_none_or(|found| found.language() == pack.language())
        };
        Letters { of: pack.filter(is_meant) }
    }

    /// A part of the text in the letters of its language, each word as it was most likely meant.
    pub(crate) fn spell<'t>(&self, part: &'t str) -> Cow<'t, str> {
        let Some(pack) = self.of else { return part.into() };
        let mut spelled = String::with_capacity(2 * part.len());
        for word in part.split_inclusive(char::is_whitespace) {
            let lower = pack.writing.lower(word);
            let bare = lower.trim_start_matches(|letter: char| !letter.is_alphanumeric());
            if lower.starts_with('<') || pack.writing.is_link(bare) {
                spelled.push_str(word);
                continue;
            }
            // Within a word the sign is a letter, before one it calls somebody.
            let is_letter = |letter: char| letter.is_alphanumeric() || letter == '@';
            for piece in lower.split_inclusive(|letter| !is_letter(letter)) {
                let end = piece.trim_end_matches(|letter| !is_letter(letter)).len();
                let (letters, mark) = piece.split_at(end);
                let (called, letters) = letters.split_at(letters.len() - letters.trim_start_matches('@').len());
                let is_product = pack.products.holds(letters);
                let meant = if is_product { None } else { pack.writing.out_of_latin(letters, &pack.vocabulary) };
                spelled.push_str(called);
                spelled.push_str(meant.as_deref().unwrap_or(letters));
                spelled.push_str(mark);
            }
        }
        spelled.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spell(text: &str, language: &str) -> String {
        Letters::of(text, LanguagePack::bundled(language)).spell(text).into_owned()
    }

    #[test]
    fn bulgarian_typed_in_latin_letters_is_spelled_in_its_own() {
        assert_eq!(
            spell("Spokojno be, ne e stanalo ni6to! 4akaite 15 min, vij (www.example.bg) ili <url>, @Ivan", "bg"),
            "спокойно бе, не е станало нищо! чакайте 15 мин, виж (www.example.bg) или <url>, @иван"
        );
    }

    #[test]
    fn what_is_written_as_its_language_is_stays_as_it_is() {
        assert_eq!(spell("Пускам ви я по DHL.", "bg"), "Пускам ви я по DHL.");
        assert_eq!(spell("Sending it by DHL now.", "en"), "Sending it by DHL now.");
        assert_eq!(
            spell("Sorry, I only speak English, please wait a moment.", "bg"),
            "Sorry, I only speak English, please wait a moment."
        );
        assert_eq!(Letters::of("ne e vqrno", None).spell("ne e vqrno"), "ne e vqrno");
    }
}
