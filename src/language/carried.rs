//! The files of the language packs that the program carries.

use std::borrow::Cow;

use rust_embed::RustEmbed;

/// Each `.ron` file of the folder is a language, named for it.
#[derive(RustEmbed)]
#[folder = "assets/languages/"]
#[include = "*.ron"]
struct Carried;

/// The languages that have a pack, such as `en`.
pub(super) fn languages() -> Vec<String> {
    Carried::iter().filter_map(|path| Some(path.strip_suffix(".ron")?.to_owned())).collect()
}

/// The name of a language's file, and what stands in it; none where the program carries no such file.
pub(super) fn pack_file(language: &str) -> Option<(String, Cow<'static, str>)> {
    let name = format!("{language}.ron");
    let source = match Carried::get(&name)?.data {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
    };
    Some((name, source))
}
