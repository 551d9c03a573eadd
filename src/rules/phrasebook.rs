//! Better wordings by key, a file a language under `assets/phrasebooks/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/phrasebooks"]
struct Files;

type Phrases = BTreeMap<String, Vec<String>>;

/// The first wording that the language's phrase book has for the key, such as `apologise` or `instead-of-arguing`.
#[must_use]
pub fn better_wording(language: &str, key: &str) -> Option<&'static str> {
    static BOOKS: LazyLock<BTreeMap<String, Phrases>> = LazyLock::new(read_books);
    BOOKS.get(language)?.get(key)?.first().map(String::as_str)
}

fn read_books() -> BTreeMap<String, Phrases> {
    let read = |file: std::borrow::Cow<'static, str>| {
        let language = file.strip_suffix(".ron")?.to_owned();
        let bytes = Files::get(&file)?.data;
        let phrases = ron::de::from_bytes(&bytes).expect("a test reads every bundled phrase book");
        Some((language, phrases))
    };
    Files::iter().filter_map(read).collect()
}
