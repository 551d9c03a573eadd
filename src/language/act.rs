//! The fifteen acts: what a service agent does in one reply.

use serde::{Deserialize, Serialize};

macro_rules! acts {
    ($($(#[$doc:meta])* $variant:ident = $id:literal),+ $(,)?) => {
        /// What a reply *does*. A reply can hold any number of acts, or none.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Act { $($(#[$doc])* $variant),+ }

        impl Act {
            /// Every act, helping ones first.
            pub const ALL: &'static [Act] = &[$(Act::$variant),+];

            /// The name used in files, such as `next_step`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Act::$variant => $id),+ }
            }
        }
    };
}

acts! {
    /// Tells the customer of regret for their trouble, or for not being able to help.
    Apology = "apology",
    /// Asks for information needed to understand or handle the case.
    Question = "question",
    /// Says back what happened or what the customer wants.
    Paraphrase = "paraphrase",
    /// Names or validates the customer's feeling, or what the trouble costs them.
    Empathy = "empathy",
    /// Puts a concrete remedy on the table.
    Offer = "offer",
    /// Names a concrete action that the agent or the company takes next.
    NextStep = "next_step",
    /// Commits to an action or a contact with a time that can be checked.
    TimedPromise = "timed_promise",
    /// Commits to an action or a contact at a time nobody can check.
    VaguePromise = "vague_promise",
    /// Says please or thanks.
    Courtesy = "courtesy",
    /// Asks whether the remedy suits, or has worked.
    CheckBack = "check_back",
    /// Gives the agent's own name or direct contact, or a reference number of the case.
    Identify = "identify",
    /// Disputes the account, blames, lectures, or defends the company against the complaint.
    Arguing = "arguing",
    /// Puts the fault on another department, colleague, supplier or "the system".
    BlameShift = "blame_shift",
    /// Dismisses or minimises the complaint, or hides behind policy without any help.
    BrushOff = "brush_off",
    /// Insults, mocks, threatens, sneers or orders about.
    Rudeness = "rudeness",
}

impl Act {
    /// Whether the act hurts rather than helps.
    #[must_use]
    pub fn hurts(self) -> bool {
        matches!(self, Act::Arguing | Act::BlameShift | Act::BrushOff | Act::Rudeness)
    }
}

impl std::fmt::Display for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

/// The acts of a list such as `apology, next step` or `apology next_step`, each once, in the order of [`Act::ALL`]; `none` alone
/// is no act.
///
/// # Errors
/// The first word that names none, as it is written; empty where there is no word.
pub fn acts_named(words: &str) -> Result<Vec<Act>, String> {
    let id = |word: &str| word.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase().replace('-', "_");
    let named = |word: &str| Act::ALL.iter().copied().find(|act| act.id() == id(word));
    if id(words) == "none" {
        return Ok(Vec::new());
    }
    let mut held = Vec::new();
    for part in words.split(',') {
        match named(part) {
            Some(act) => held.push(act),
            None => {
                for word in part.split_whitespace() {
                    held.push(named(word).ok_or_else(|| word.to_owned())?);
                }
            }
        }
    }
    if held.is_empty() {
        return Err(String::new());
    }
    Ok(Act::ALL.iter().copied().filter(|act| held.contains(act)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_named_with_blanks_hyphens_or_underscores() {
        let named = |words| acts_named(words);
        assert_eq!(named("next step, Apology"), Ok(vec![Act::Apology, Act::NextStep]));
        assert_eq!(named("apology next-step"), Ok(vec![Act::Apology, Act::NextStep]));
        assert_eq!(named("none"), Ok(Vec::new()));
        assert_eq!(named("-1 offer"), Err("-1".into()));
        assert_eq!(named(" , "), Err(String::new()));
    }
}
