//! What the phrases find in a reply, and what the learned stage must know of its words beside that.

use super::pack_format::{PhraseGroup, Role};
use super::{Act, FoundPromise, Reading, Span};

/// A reply read by the phrases alone.
#[cfg_attr(
    not(feature = "learned"),
    allow(dead_code, reason = "only the learned stage asks for more than the reading")
)]
pub(crate) struct ByPhrases<'a> {
    pub reading: Reading,
    pub rulings: Vec<Ruling<'a>>,
    pub open_times: Vec<OpenTime>,
}

/// A time that no phrase joins to a commitment: a promise, should the learned stage see one in its words.
#[cfg_attr(not(feature = "learned"), allow(dead_code, reason = "only the learned stage asks"))]
#[derive(Clone, Debug)]
pub(crate) struct OpenTime {
    /// Whoever has to act on it: meaning does not tell who calls, so no call is owed.
    pub promise: FoundPromise,
    /// The sentence around the time.
    pub sentence: Span,
}

/// What a phrase says of words of the reply that the learned stage must heed.
#[cfg_attr(not(feature = "learned"), allow(dead_code, reason = "only the learned stage asks"))]
#[derive(Clone, Debug)]
pub(crate) struct Ruling<'a> {
    pub span: Span,
    /// The sentence around the words.
    pub sentence: Span,
    pub phrase: &'a PhraseGroup,
}

#[cfg_attr(not(feature = "learned"), allow(dead_code, reason = "only the learned stage asks"))]
impl Ruling<'_> {
    /// The words that are the act for good, where there are any: what the company's phrases say is final.
    pub(crate) fn states(&self, act: Act) -> Option<Span> {
        (self.is_own() && self.phrase.acts.contains(&act)).then_some(self.span)
    }

    /// Whether the phrase is the company's.
    pub(crate) fn is_own(&self) -> bool {
        self.phrase.own
    }

    /// Whether everybody says its words and means no harm by them, if the act is one that hurts.
    pub(crate) fn is_harmless(&self, act: Act) -> bool {
        act.hurts() && self.phrase.role == Some(Role::Known)
    }

    /// Whether these words are anything but the act.
    pub(crate) fn excludes(&self, act: Act, span: Span) -> bool {
        (self.phrase.hides.contains(&act) && self.span.meets(span))
            || (self.phrase.clears.contains(&act) && self.sentence.meets(span))
    }
}
