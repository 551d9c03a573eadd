//! What a phrase says of its words to the learned stage: that they are an act for good, or that they are none.

use super::pack::PhraseGroup;
use super::{Act, Span};

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
    /// Whether the phrase is the company's: what that says of its words is final.
    pub(crate) fn is_final(&self) -> bool {
        self.phrase.own
    }

    /// The words that are the act for good, where there are any.
    pub(crate) fn states(&self, act: Act) -> Option<Span> {
        (self.is_final() && self.phrase.acts.contains(&act)).then_some(self.span)
    }

    /// Whether these words are anything but the act.
    pub(crate) fn excludes(&self, act: Act, span: Span) -> bool {
        (self.phrase.hides.contains(&act) && self.span.meets(span))
            || (self.phrase.clears.contains(&act) && self.sentence.meets(span))
    }
}
