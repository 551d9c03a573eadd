//! A language pack: the file that holds a language, checked and made ready for reading.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::carried::{languages, pack_file};
use super::company::{CompanyPack, CompanySource, Products};
use super::known_words::KnownWords;
use super::pack_format::{CustomerLines, FORMAT, PackError, PackProblem, PackSource, PhraseGroup, parse, primary};
use super::pattern::{Automaton, Builder, Classes, NUMBER, PatternId};
use super::promise::{TimeKind, TimeWords};
use super::vocabulary::{ClassId, Vocabulary};
use super::writing::Writing;
use crate::fingerprint::sha256;

/// Shorter words than this have too many neighbours one letter away; a pack may ask for more.
const SHORTEST_SLIP: usize = 5;

/// What a pattern of the automaton stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The phrase group of this number.
    Phrase(usize),
    /// The time group of this number.
    Time(usize),
    Jargon,
}

/// A language pack, parsed, checked and compiled. Cheap to share, immutable.
#[derive(Debug)]
pub struct LanguagePack {
    language: String,
    source_hash: String,
    pub(crate) writing: Writing,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) automaton: Automaton,
    pub(crate) phrases: Vec<PhraseGroup>,
    pub(crate) times: Vec<TimeKind>,
    pub(crate) time_words: TimeWords,
    pub(crate) negation: ClassId,
    pub(crate) scope_ends: ClassId,
    /// By pattern: its words and what it stands for.
    pub(crate) patterns: Vec<(String, Meaning)>,
    /// Every word that the pack names: by these a short reply shows its language.
    pub(crate) known_words: KnownWords,
    customer_lines: CustomerLines,
    pub(crate) products: Products,
    company: Option<CompanyPack>,
    /// The learned stage fitted to the company's settled readings; none where there are none.
    #[cfg(feature = "learned")]
    pub(super) fitted: Option<Box<super::meaning::Meaning>>,
}

/// Classes that the program itself looks for in a pack.
const NEEDED_CLASSES: [&str; 2] = ["negation", "negation_ends"];

impl LanguagePack {
    /// Reads a pack.
    ///
    /// # Errors
    /// Every problem of the source, each with its line: a broken file, an unknown or repeated key, a bad pattern, an
    /// unknown class, a number out of range, an empty list of customer lines.
    pub fn from_ron(name: &str, source: &str) -> Result<Self, PackError> {
        let found: PackSource = parse(name, source)?;
        Compiler { name, source, company: None, problems: BTreeSet::new() }.compile(found, CompanySource::default())
    }

    /// The pack that the program carries for a language, such as `en` (or `en-GB`).
    #[must_use]
    pub fn bundled(language: &str) -> Option<&'static LanguagePack> {
        bundled_pack(language).map(|pack| &**pack)
    }

    /// As [`LanguagePack::bundled`], to be held beside packs that were read from files.
    #[must_use]
    pub fn bundled_shared(language: &str) -> Option<Arc<LanguagePack>> {
        bundled_pack(language).cloned()
    }

    /// The languages whose packs the program carries.
    pub fn bundled_languages() -> impl Iterator<Item = &'static str> {
        bundled_packs().keys().map(String::as_str)
    }

    /// The language that the pack reads, as a BCP 47 tag.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// SHA-256 of the pack's source, in hexadecimal: what a session freezes.
    #[must_use]
    pub fn source_hash(&self) -> &str {
        &self.source_hash
    }

    /// What a customer says in this language where the scenario has no line.
    #[must_use]
    pub fn customer_lines(&self) -> &CustomerLines {
        &self.customer_lines
    }

    /// The company pack that lies over this pack; none where there is none.
    #[must_use]
    pub fn company(&self) -> Option<&CompanyPack> {
        self.company.as_ref()
    }

    /// How many patterns the pack holds.
    #[must_use]
    pub fn pattern_count(&self) -> usize {
        self.patterns.len()
    }
}

/// A carried pack with a company's over it, compiled.
///
/// # Errors
/// Every problem of the company's file, each with its line, and where no pack is carried for the language.
pub(super) fn with_company_over(company: &CompanyPack) -> Result<LanguagePack, PackError> {
    let (laid_over, problems) = company.parse()?;
    let Some((name, source)) = pack_file(&company.language) else {
        let known = LanguagePack::bundled_languages().collect::<Vec<_>>().join(", ");
        let problems = problems.into_iter().chain([company.no_language(&known)]).collect();
        return Err(PackError { problems });
    };
    let found: PackSource = parse(&name, &source)?;
    Compiler { name: &name, source: &source, company: Some(company), problems }.compile(found, laid_over)
}

fn bundled_pack(language: &str) -> Option<&'static Arc<LanguagePack>> {
    let (name, pack) = bundled_packs().get_key_value(&primary(language))?;
    pack.get_or_init(|| {
        let (file, source) = pack_file(name)?;
        LanguagePack::from_ron(&file, &source).ok().map(Arc::new)
    })
    .as_ref()
}

/// By language: its pack, compiled when it is first asked for.
fn bundled_packs() -> &'static BTreeMap<String, OnceLock<Option<Arc<LanguagePack>>>> {
    static PACKS: OnceLock<BTreeMap<String, OnceLock<Option<Arc<LanguagePack>>>>> = OnceLock::new();
    PACKS.get_or_init(|| languages().into_iter().map(|language| (language, OnceLock::new())).collect())
}

struct Compiler<'a> {
    name: &'a str,
    source: &'a str,
    company: Option<&'a CompanyPack>,
    problems: BTreeSet<PackProblem>,
}

impl Compiler<'_> {
    fn compile(mut self, mut found: PackSource, company: CompanySource) -> Result<LanguagePack, PackError> {
        let products = Products::of(&company.products);
        for (class, patterns) in company.classes.0 {
            found.classes.0.entry(class).or_default().extend(patterns);
        }
        found.writing.rewrites.extend(company.rewrites.0);
        found.phrases.extend(company.phrases.into_iter().map(PhraseGroup::of_company));
        found.jargon.extend(company.jargon);
        if found.format != FORMAT {
            self.problem("format", format!("format {} is unknown; this program reads {FORMAT}", found.format));
        }
        if found.language.is_empty() {
            self.problem("language", "the language is missing".into());
        }
        let writing = Writing::of(&found.writing);
        let mut classes = Classes::default();
        for (class, patterns) in &found.classes.0 {
            for (pattern, reason) in classes.add(class, patterns, &writing) {
                self.problem(&pattern, format!("class `{class}`, `{pattern}`: {reason}"));
            }
        }
        for needed in NEEDED_CLASSES {
            if !found.classes.0.contains_key(needed) {
                self.problem("classes", format!("the class `{needed}` is missing"));
            }
        }
        // The time tables are classes too, so that a pattern can name a unit or a weekday.
        let time = &found.time;
        for (class, words) in [
            ("unit", time.units.keys().collect::<Vec<_>>()),
            ("weekday", time.weekdays.keys().collect()),
            ("month", time.months.keys().collect()),
            ("half_day", time.am.iter().chain(&time.pm).collect()),
        ] {
            let words: Vec<String> = words.into_iter().cloned().collect();
            for (word, reason) in classes.add(class, &words, &writing) {
                self.problem(&word, format!("`{word}`: {reason}"));
            }
        }
        let mut builder = Builder::default();
        let mut patterns: Vec<(String, Meaning)> = Vec::new();
        let mut add = |compiler: &mut Self, pattern: &str, meaning: Meaning| {
            let id = patterns.len() as PatternId;
            if let Err(reason) = builder.add(pattern, id, &classes, &writing) {
                compiler.problem(pattern, format!("`{pattern}`: {reason}"));
            }
            patterns.push((pattern.to_owned(), meaning));
        };
        for (number, group) in found.phrases.iter().enumerate() {
            if group.certainty > 100 {
                let first = group.patterns.first().cloned().unwrap_or_default();
                self.problem(&first, format!("certainty {} is above 100", group.certainty));
            }
            for pattern in &group.patterns {
                add(&mut self, pattern, Meaning::Phrase(number));
            }
        }
        for (number, group) in found.time.expressions.iter().enumerate() {
            for pattern in &group.patterns {
                add(&mut self, pattern, Meaning::Time(number));
            }
        }
        for pattern in &found.jargon {
            add(&mut self, pattern, Meaning::Jargon);
        }
        for (field, lines) in found.customer_lines.fields() {
            if lines.is_empty() || lines.iter().any(|line| line.trim().is_empty()) {
                self.problem(field, format!("`{field}` needs lines, none of them empty"));
            }
        }
        let mut vocabulary = Vocabulary::default();
        let time_words = TimeWords::of(&found.time, &mut |key, reason| self.problem(key, reason));
        for word in found.time.numbers.keys() {
            vocabulary.put(word, false, NUMBER);
        }
        for word in time_words.all() {
            vocabulary.add(word);
        }
        if !self.problems.is_empty() {
            return Err(PackError { problems: self.problems.into_iter().collect() });
        }
        let known_words = known_words(&found);
        let sets: Vec<_> = NEEDED_CLASSES.iter().map(|class| classes.single_words(class)).collect();
        let ordinary = found.writing.ordinary.split_whitespace().map(str::to_owned).chain(products.words());
        let shortest = found.writing.shortest_slip.unwrap_or(SHORTEST_SLIP);
        let (automaton, named) = builder.build(&sets, &mut vocabulary, ordinary, shortest);
        Ok(LanguagePack {
            language: found.language,
            source_hash: match self.company {
                None => sha256(self.source.as_bytes()),
                Some(company) => sha256(format!("{}\0{}", self.source, company.frozen()).as_bytes()),
            },
            writing,
            vocabulary,
            automaton,
            phrases: found.phrases,
            times: found.time.expressions.into_iter().map(|group| group.is).collect(),
            time_words,
            negation: named[0],
            scope_ends: named[1],
            patterns,
            known_words,
            customer_lines: found.customer_lines,
            products,
            company: self.company.cloned(),
            #[cfg(feature = "learned")]
            fitted: None,
        })
    }

    /// Notes a problem at the first line that holds `text`. A carried pack is sound, so under a company's it is the company's.
    fn problem(&mut self, text: &str, mut reason: String) {
        let quoted = format!("{text:?}");
        let (name, source) =
            self.company.map_or((self.name, self.source), |company| (&*company.file, &*company.source));
        let found = source.find(&quoted).or_else(|| source.find(text));
        if found.is_none() && self.company.is_some() {
            reason = format!("with the classes of this file, a pattern of the language pack cannot be read: {reason}");
        }
        let at = found.or_else(|| source.find("classes")).unwrap_or(0);
        let line = source[..at].bytes().filter(|b| *b == b'\n').count() + 1;
        self.problems.insert(PackProblem { file: name.into(), line, reason });
    }
}

fn known_words(pack: &PackSource) -> KnownWords {
    let mut known = KnownWords::default();
    let phrases = pack.phrases.iter().flat_map(|group| &group.patterns);
    let times = pack.time.expressions.iter().flat_map(|group| &group.patterns);
    for pattern in pack.classes.0.values().flatten().chain(phrases).chain(times).chain(&pack.jargon) {
        known.add_pattern(pattern);
    }
    let time = &pack.time;
    let days = time.weekdays.keys().chain(time.months.keys());
    let writing = pack.writing.rewrites.keys().chain(&pack.writing.joiners);
    let lists = time.units.keys().chain(days).chain(time.numbers.keys()).chain(writing).map(String::as_str);
    for word in lists.chain(pack.writing.ordinary.split_whitespace()) {
        known.add(word);
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_pack_is_sound() {
        for language in languages() {
            let (file, source) = pack_file(&language).expect("an embedded file");
            assert_eq!(LanguagePack::from_ron(&file, &source).err(), None);
        }
    }
}
