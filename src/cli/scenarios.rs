//! `calmline scenarios`: what there is to play.

use super::failure::print;
use super::{Context, Failure};
use crate::content::Library;
use crate::locale::text;

/// Prints the list.
pub fn list(context: &Context) -> Result<(), Failure> {
    let library = context.library()?;
    print(&numbered(&library))
}

/// One scenario a line, numbered; files with problems below.
pub fn numbered(library: &Library) -> String {
    let mut out = String::new();
    let playable = library.entries().filter_map(|entry| Some((entry, entry.loaded.as_ref().ok()?)));
    for (number, (entry, loaded)) in (1..).zip(playable) {
        let scenario = &loaded.scenario;
        let level = format!(
            "{}{}",
            "●".repeat(usize::from(scenario.difficulty)),
            "○".repeat(5_usize.saturating_sub(scenario.difficulty.into()))
        );
        let channel = text(&format!("channel-{}", scenario.channel.id()));
        out.push_str(&format!(
            "{number:>3}  {level}  {:<34} {} ({channel}, {})\n",
            entry.id, scenario.title, scenario.language
        ));
    }
    for entry in library.entries() {
        if let Err(problems) = &entry.loaded {
            out.push_str(&format!("\n{}\n{problems}\n", text("scenario-broken")));
        }
    }
    out
}
