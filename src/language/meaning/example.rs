//! A labelled reply from which the learned stage learns, or to which it is fitted.

use super::network::ACTS;
#[cfg(feature = "training")]
use crate::language::LanguagePack;
use crate::language::marked::MarkedReply;
use crate::language::{Act, Reading, Span};

/// A labelled reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    pub language: String,
    /// The customer's line before; may be empty.
    pub customer: String,
    pub reply: String,
    /// Its clauses and their acts, in order; one clause over the whole reply where it is not known which does what.
    pub clauses: Vec<(Span, Vec<Act>)>,
    /// By act: the certainty of the patterns' surest match.
    pub matched: Vec<Option<u8>>,
    /// Whether it is kept back to weigh and measure on: neither the patterns nor the heads were made with it in view.
    pub kept_back: bool,
}

impl Example {
    /// A reply marked by hand, with what the phrases see in it.
    #[must_use]
    pub fn of(reply: MarkedReply, phrases: &Reading) -> Example {
        Example {
            matched: Example::surest(phrases),
            language: reply.language.unwrap_or_default(),
            customer: reply.customer,
            reply: reply.text,
            clauses: reply.clauses.into_iter().map(|clause| (clause.span, clause.acts)).collect(),
            kept_back: false,
        }
    }

    /// By act: the certainty of the surest match of a reading by phrases.
    #[must_use]
    pub fn surest(reading: &Reading) -> Vec<Option<u8>> {
        let mut surest: Vec<Option<u8>> = vec![None; ACTS];
        for found in &reading.acts {
            let best = &mut surest[found.act as usize];
            *best = Some(best.unwrap_or(0).max(found.certainty));
        }
        surest
    }

    /// The pack that the program carries for its language.
    #[cfg(feature = "training")]
    pub(crate) fn pack(&self) -> Option<&'static LanguagePack> {
        LanguagePack::bundled(&self.language)
    }

    /// The acts that the reply holds.
    #[must_use]
    pub fn acts(&self) -> [bool; ACTS] {
        let mut held = [false; ACTS];
        self.clauses.iter().flat_map(|(_, acts)| acts).for_each(|act| held[*act as usize] = true);
        held
    }
}
