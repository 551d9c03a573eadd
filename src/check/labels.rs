//! What trainers expect the reader to see in their options.

use super::Loaded;
use crate::diagnostic::Span;
use crate::language::Act;

/// An option with the acts that its trainer sees in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The id of its beat.
    pub beat: &'a str,
    /// Its number in the beat, from 1.
    pub number: usize,
    pub text: &'a str,
    /// The acts; none means that it is known to hold none.
    pub expect: &'a [Act],
    /// Where the list of acts stands in the file, for messages.
    pub span: Span,
}

/// Every option with an `expect`, in the order of the file.
pub(super) fn labels(loaded: &Loaded) -> Vec<Label<'_>> {
    let label = |(beat, option, span): &(usize, usize, Span)| {
        let beat = loaded.scenario.beats.get(*beat)?;
        let reply = beat.options.get(*option)?;
        let expect = reply.expect.as_deref()?;
        Some(Label { beat: &beat.id, number: option + 1, text: &reply.text, expect, span: span.clone() })
    };
    loaded.expected.iter().filter_map(label).collect()
}
