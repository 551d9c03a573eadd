//! Both stages of the reader together: the phrases of a pack and, where the program has it, the learned stage.

#[cfg(feature = "learned")]
use super::meaning::Meaning;
use super::{Context, LanguagePack, Lexicon, Reading};

/// Reads replies by a pack's phrases and by what was learned.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pack: &'a LanguagePack,
    #[cfg(feature = "learned")]
    meaning: Option<&'a Meaning>,
}

impl<'a> Reader<'a> {
    /// The pack with the learned stage that the program carries, fitted to the company's settled readings where it has some.
    #[must_use]
    pub fn of(pack: &'a LanguagePack) -> Reader<'a> {
        Reader {
            pack,
            #[cfg(feature = "learned")]
            meaning: match &pack.fitted {
                Some(fitted) => Some(fitted),
                None => Meaning::bundled(),
            },
        }
    }

    /// The phrases alone: a reply in some tens of microseconds.
    #[must_use]
    pub fn fast(pack: &'a LanguagePack) -> Reader<'a> {
        Reader {
            pack,
            #[cfg(feature = "learned")]
            meaning: None,
        }
    }

    /// Whether the learned stage takes part. Without it the program is whole, but reads indirect wordings worse.
    #[must_use]
    pub fn learned(&self) -> bool {
        #[cfg(feature = "learned")]
        return self.meaning.is_some();
        #[cfg(not(feature = "learned"))]
        false
    }

    /// What reads, in hexadecimal: the pack's hash, and behind a plus sign that of what was learned.
    #[must_use]
    pub fn hash(&self) -> String {
        #[cfg(feature = "learned")]
        if let Some(meaning) = self.meaning {
            return format!("{}+{}", self.pack.source_hash(), meaning.hash());
        }
        self.pack.source_hash().to_owned()
    }

    /// What the reply does. The same reply in the same context always reads the same, on every machine.
    #[must_use]
    pub fn read(&self, reply: &str, context: &Context, lexicon: &Lexicon) -> Reading {
        self.read_and_place(reply, context, lexicon).0
    }

    /// What the reply is judged by: as [`Reader::read`], but without what is too doubtful to be held against anybody, and without
    /// jargon that is only the name of a product. Where nothing but such doubt placed a reply, it is not recognised.
    #[must_use]
    pub fn read_to_judge(&self, reply: &str, context: &Context, lexicon: &Lexicon) -> Reading {
        let (mut reading, placed) = self.read_and_place(reply, context, lexicon);
        self.pack.products.spare(reply, &mut reading);
        reading.spare_doubt();
        reading.recognised = placed || !reading.acts.is_empty();
        reading
    }

    /// What the reply does, and whether the phrases alone recognise it.
    fn read_and_place(&self, reply: &str, context: &Context, lexicon: &Lexicon) -> (Reading, bool) {
        #[cfg(feature = "learned")]
        if let Some(meaning) = self.meaning {
            let phrases = self.pack.read_by_phrases(reply, context, lexicon);
            let placed = phrases.reading.recognised;
            return (meaning.weigh(phrases, reply, context.customer, self.pack), placed);
        }
        let reading = self.pack.read(reply, context, lexicon);
        let placed = reading.recognised;
        (reading, placed)
    }
}
