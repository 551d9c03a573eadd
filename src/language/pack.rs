//! A language pack: the file that holds a language, checked and made ready for reading.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rust_embed::RustEmbed;
use serde::Deserialize;

use super::company::{CompanyPack, CompanySource, Products};
use super::pattern::{Automaton, Builder, Classes, NUMBER, PatternId};
use super::promise::{TimeKind, TimeSource, TimeWords};
use super::recognise::KnownWords;
use super::vocabulary::{ClassId, Vocabulary};
use super::writing::{Writing, WritingSource};
use super::{Act, Contact};
use crate::fingerprint::sha256;

/// The version of the pack format that this program reads.
pub(super) const FORMAT: u32 = 1;
/// Shorter words than this have too many neighbours one letter away; a pack may ask for more.
const SHORTEST_SLIP: usize = 5;

/// The packs that the program carries: each `.ron` file of the folder is a language, named for it.
#[derive(RustEmbed)]
#[folder = "assets/languages/"]
#[include = "*.ron"]
struct Bundled;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "LanguagePack")]
struct PackSource {
    format: u32,
    language: String,
    writing: WritingSource,
    classes: UniqueMap<Vec<String>>,
    phrases: Vec<PhraseGroup>,
    time: TimeSource,
    /// Officialese that no customer should have to read.
    #[serde(default)]
    jargon: Vec<String>,
    customer_lines: CustomerLines,
}

/// Patterns that mean the same.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhraseGroup {
    /// The acts that each of the patterns is; none where the group only plays a role or hides others.
    #[serde(default)]
    pub acts: Vec<Act>,
    /// 0 to 100.
    #[serde(default = "usual_certainty")]
    pub certainty: u8,
    #[serde(default)]
    pub within: Within,
    /// Whether a negation before it takes it back. Left out: as for helping acts yes, for hurting ones no.
    #[serde(default)]
    pub deniable: Option<bool>,
    /// Acts that are none where their words overlap with a match of this group.
    #[serde(default)]
    pub hides: Vec<Act>,
    /// Acts that the whole sentence does not hold, unless a phrase of the pack says so with more certainty.
    #[serde(default)]
    pub clears: Vec<Act>,
    #[serde(default)]
    pub role: Option<Role>,
    /// Not said where the whole reply holds one of these: a refusal with an alternative brushes nobody off.
    #[serde(default)]
    pub unless: Vec<Act>,
    pub patterns: Vec<String>,
    /// Whether it is the company's: what it says of its words is final, whatever they mean elsewhere.
    #[serde(skip)]
    pub own: bool,
}

fn usual_certainty() -> u8 {
    85
}

/// In which sentences a phrase counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum Within {
    #[default]
    Any,
    /// Only where the sentence ends with a question mark.
    Questions,
    /// Only where it does not.
    Statements,
}

/// What a phrase does besides being an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Role {
    /// Commits somebody to something: with a time it is a promise.
    Commits(Contact),
    /// Makes the time in its clause no promise: the past, opening hours, the customer's own deadline, a mere hope.
    Unbinds,
    /// A time that nobody can check.
    Vague,
    /// Puts what it names on the table, so that an offer of the scenario named beside it is proposed.
    Proposes,
    /// Turns down what it names.
    Refuses,
    /// Shows that the reply was placed although it holds no act: a greeting, an acknowledgement, plain information.
    Known,
}

/// Stock lines that a customer says where the scenario has none of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerLines {
    /// Puts the phone down.
    pub hang_up: Vec<String>,
    /// Takes it to the public.
    pub go_public: Vec<String>,
    /// Asks for a supervisor.
    pub escalate: Vec<String>,
    /// Was not called back and calls again.
    pub calls_again: Vec<String>,
    pub called_back_on_time: Vec<String>,
    pub called_back_late: Vec<String>,
    pub called_back_early: Vec<String>,
    /// After a long silence.
    pub still_there: Vec<String>,
    pub offer_accepted: Vec<String>,
    pub offer_declined: Vec<String>,
    /// An offer came before the trouble was understood.
    pub offer_too_early: Vec<String>,
    pub calmed: Vec<String>,
    pub thanks: Vec<String>,
    /// In answer to arguing or rudeness.
    pub provoked: Vec<String>,
    /// Was asked again for what was already told.
    pub already_told: Vec<String>,
    /// Could not make sense of the reply.
    pub not_understood: Vec<String>,
    /// Agrees to wait for a call.
    pub waits_for_call: Vec<String>,
}

impl CustomerLines {
    fn fields(&self) -> [(&'static str, &[String]); 17] {
        [
            ("hang_up", &self.hang_up),
            ("go_public", &self.go_public),
            ("escalate", &self.escalate),
            ("calls_again", &self.calls_again),
            ("called_back_on_time", &self.called_back_on_time),
            ("called_back_late", &self.called_back_late),
            ("called_back_early", &self.called_back_early),
            ("still_there", &self.still_there),
            ("offer_accepted", &self.offer_accepted),
            ("offer_declined", &self.offer_declined),
            ("offer_too_early", &self.offer_too_early),
            ("calmed", &self.calmed),
            ("thanks", &self.thanks),
            ("provoked", &self.provoked),
            ("already_told", &self.already_told),
            ("not_understood", &self.not_understood),
            ("waits_for_call", &self.waits_for_call),
        ]
    }
}

/// A map whose keys may not be said twice.
#[derive(Debug)]
pub(super) struct UniqueMap<V>(pub BTreeMap<String, V>);

impl<V> Default for UniqueMap<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for UniqueMap<V> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Unique<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> serde::de::Visitor<'de> for Unique<V> {
            type Value = UniqueMap<V>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<String, V>()? {
                    if entries.contains_key(&key) {
                        return Err(serde::de::Error::custom(format_args!("`{key}` stands here twice")));
                    }
                    entries.insert(key, value);
                }
                Ok(UniqueMap(entries))
            }
        }
        deserializer.deserialize_map(Unique(std::marker::PhantomData))
    }
}

/// Everything that is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct PackError {
    pub problems: Vec<PackProblem>,
}

/// One thing that is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackProblem {
    /// The name of the pack's file.
    pub file: String,
    /// From 1.
    pub line: usize,
    pub reason: String,
}

impl std::fmt::Display for PackProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

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

    /// The pack that the program carries for the company pack's language, with the company pack over it.
    ///
    /// # Errors
    /// As [`LanguagePack::from_ron`], and where no pack is carried for the language; the lines are those of the company's file.
    pub fn with_company(company: CompanyPack) -> Result<Self, PackError> {
        let laid_over = company.parse()?;
        let name = format!("{}.ron", company.language);
        let file = Bundled::get(&name).ok_or_else(|| company.no_language())?;
        let source = String::from_utf8_lossy(&file.data);
        let found: PackSource = parse(&name, &source)?;
        #[cfg_attr(not(feature = "learned"), expect(unused_mut))]
        let mut pack = Compiler { name: &name, source: &source, company: Some(&company), problems: BTreeSet::new() }
            .compile(found, laid_over)?;
        #[cfg(feature = "learned")]
        {
            // A broken file of settled readings is told of where the folder is opened; here it teaches nothing.
            let settled = company.settled(&company.file).unwrap_or_default();
            pack.fitted = super::meaning::Meaning::fitted(&pack, settled).map(Box::new);
        }
        Ok(pack)
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

/// `en` of `en-GB`.
pub(super) fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(name: &str, source: &str) -> Result<T, PackError> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .with_recursion_limit(64)
        .from_str(source)
        .map_err(|error| PackError {
            problems: vec![PackProblem {
                file: name.into(),
                line: error.span.start.line.max(1),
                reason: error.code.to_string(),
            }],
        })
}

fn bundled_pack(language: &str) -> Option<&'static Arc<LanguagePack>> {
    let (name, pack) = bundled_packs().get_key_value(&primary(language))?;
    pack.get_or_init(|| {
        let file = Bundled::get(&format!("{name}.ron"))?;
        LanguagePack::from_ron(&format!("{name}.ron"), std::str::from_utf8(&file.data).ok()?).ok().map(Arc::new)
    })
    .as_ref()
}

/// By language: its pack, compiled when it is first asked for.
fn bundled_packs() -> &'static BTreeMap<String, OnceLock<Option<Arc<LanguagePack>>>> {
    static PACKS: OnceLock<BTreeMap<String, OnceLock<Option<Arc<LanguagePack>>>>> = OnceLock::new();
    PACKS.get_or_init(|| {
        Bundled::iter().filter_map(|path| Some((path.strip_suffix(".ron")?.to_owned(), OnceLock::new()))).collect()
    })
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
        for path in Bundled::iter() {
            let file = Bundled::get(&path).expect("an embedded file");
            let source = std::str::from_utf8(&file.data).expect("UTF-8");
            assert_eq!(LanguagePack::from_ron(&path, source).err(), None);
        }
    }
}
