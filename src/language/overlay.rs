//! A language pack with a company's over it, and the learned stage fitted to the company's settled readings.

use super::pack::with_company_over;
use super::{CompanyPack, LanguagePack, PackError};
#[cfg(feature = "learned")]
use super::{Context, Lexicon, marked::MarkedReply, meaning::Meaning, meaning::example::Example, moment};

impl LanguagePack {
    /// The pack that the program carries for the company pack's language, with the company pack over it.
    ///
    /// # Errors
    /// As [`LanguagePack::from_ron`], and where no pack is carried for the language; the lines are those of the company's file.
    pub fn with_company(company: CompanyPack) -> Result<Self, PackError> {
        #[cfg_attr(not(feature = "learned"), expect(unused_mut))]
        let mut pack = with_company_over(&company)?;
        #[cfg(feature = "learned")]
        {
            // A broken file of settled readings is told of where the folder is opened; here it teaches nothing.
            let settled = company.settled(&company.file).unwrap_or_default();
            let examples: Vec<Example> = settled.into_iter().map(|reply| pack.example(reply)).collect();
            pack.fitted = Meaning::fitted(&examples, &pack).map(Box::new);
        }
        Ok(pack)
    }

    /// A reply marked by hand, to learn from or to be fitted to.
    #[cfg(feature = "learned")]
    pub(crate) fn example(&self, reply: MarkedReply) -> Example {
        let context = Context { customer: &reply.customer, now: reply.now.unwrap_or_else(moment::usual) };
        let phrases = self.read(&reply.text, &context, &Lexicon::empty());
        Example::of(reply, &phrases)
    }
}
