//! Which language a reply is in, of those that have a pack: by its script, by the words the packs know, by its trigrams.

use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;
use whatlang::{Detector, Lang, Script, detect_script};

use super::LanguagePack;
use super::known_words::{KnownWords, fold};
use super::writing::lower;

/// So much of a reply shows its language; the rest of a longer one is not looked at. In characters.
const LOOKED_AT: usize = 2_000;
/// How much trigrams count beside known words: in a short reply they are often sure of the wrong one of two kin languages.
const TRIGRAMS: f64 = 0.2;
/// How much words with letters that the language does not have count against it.
const FOREIGN_LETTER: f64 = 0.8;
/// By what share of all words a language spelled in foreign letters must be ahead of those at home in them.
const ROMANISED_AHEAD: f64 = 0.15;

/// The language of a reply among those whose packs the program carries.
///
/// None where the reply holds no letters, or only letters of a script that none of the packs is written in.
#[must_use]
pub fn recognise(reply: &str) -> Option<&'static LanguagePack> {
    static BUNDLED: OnceLock<Recogniser> = OnceLock::new();
    let recogniser = BUNDLED.get_or_init(|| {
        // Packs are made ready when they are first asked for: side by side they are so in the time of the slowest.
        std::thread::scope(|scope| {
            for language in LanguagePack::bundled_languages() {
                scope.spawn(|| LanguagePack::bundled(language));
            }
        });
        Recogniser::of(LanguagePack::bundled_languages().filter_map(LanguagePack::bundled))
    });
    LanguagePack::bundled(recogniser.language(reply)?)
}

/// Of the letters of a text, how many stand in words that a pack names, in the letters of its language or in Latin ones: 0 to 1.
/// In the language of the pack it is most of them.
#[must_use]
pub fn familiar(text: &str, pack: &LanguagePack) -> f64 {
    let text = lower(text);
    let words: Vec<&str> = text.unicode_words().filter(|word| word.contains(char::is_alphabetic)).collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let own = pack.known_words.share(words.into_iter());
    if pack.known_words.script() == Some(Script::Latin) {
        return own;
    }
    own.max(pack.known_words.romanised().share(folded.iter().map(String::as_str)))
}

/// Tells the languages of some packs apart. Built once, then a pure function of the reply.
#[derive(Debug)]
pub struct Recogniser {
    languages: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    language: String,
    /// The same language for the trigrams; none where they do not know it.
    trigrams: Option<Lang>,
    script: Option<Script>,
    words: KnownWords,
    /// The words as they come out where somebody types them in Latin letters.
    romanised: KnownWords,
}

impl Recogniser {
    /// Between the languages of these packs. Where two are equally likely, the earlier one is taken.
    #[must_use]
    pub fn of<'p>(packs: impl IntoIterator<Item = &'p LanguagePack>) -> Recogniser {
        Recogniser::between(packs.into_iter().map(|pack| (pack.language(), pack.known_words.clone())))
    }

    fn between<'l>(languages: impl IntoIterator<Item = (&'l str, KnownWords)>) -> Recogniser {
        let known = |(language, words): (&str, KnownWords)| {
            let primary = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
            let code = isolang::Language::from_639_1(&primary).map(|language| language.to_639_3());
            Known {
                language: language.to_owned(),
                trigrams: code.and_then(Lang::from_code),
                script: words.script(),
                romanised: words.romanised(),
                words,
            }
        };
        Recogniser { languages: languages.into_iter().map(known).collect() }
    }

    /// The language of the reply, as its pack names it; none where nothing speaks for any.
    #[must_use]
    pub fn language(&self, reply: &str) -> Option<&str> {
        let end = reply.char_indices().nth(LOOKED_AT).map_or(reply.len(), |(at, _)| at);
        let reply = lower(&reply[..end]);
        let script = detect_script(&reply)?;
        // Names of things stay in their own letters, whatever the language around them.
        let latin = |c: char| c < '\u{250}';
        let counts = |c: char| c.is_alphabetic() && latin(c) == (script == Script::Latin);
        let words: Vec<&str> = reply.unicode_words().filter(|word| word.contains(counts)).collect();
        let native: Vec<(&Known, f64)> =
            self.languages.iter().filter(|known| known.script == Some(script)).map(|known| (known, 0.0)).collect();
        let native = best(self.weigh(native, &words, &reply));
        if script != Script::Latin {
            return native.map(|(known, _)| known.language.as_str());
        }
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let foreign = self
            .languages
            .iter()
            .filter(|known| known.script != Some(Script::Latin))
            .map(|known| (known, known.romanised.share(folded.iter().map(String::as_str))));
        match (native, best(foreign)) {
            (Some((_, at_home)), Some((known, share))) if share > at_home + ROMANISED_AHEAD => Some(&known.language),
            (None, Some((known, share))) if share > ROMANISED_AHEAD => Some(&known.language),
            (native, _) => native.map(|(known, _)| known.language.as_str()),
        }
    }

    /// How likely each of some languages of one script is: by its words, and by trigrams where there is a choice.
    fn weigh<'k>(&self, mut some: Vec<(&'k Known, f64)>, words: &[&str], reply: &str) -> Vec<(&'k Known, f64)> {
        let trigrams: Vec<Lang> = some.iter().filter_map(|(known, _)| known.trigrams).collect();
        let detected = match some.len() {
            0 | 1 => None,
            _ => Detector::with_allowlist(trigrams).detect(reply),
        };
        for (known, weight) in &mut some {
            *weight = known.words.share(words.iter().copied()) - FOREIGN_LETTER * known.words.foreign(words);
            if let Some(info) = detected.as_ref().filter(|info| known.trigrams == Some(info.lang())) {
                *weight += TRIGRAMS * info.confidence();
            }
        }
        some
    }
}

/// The one with the greatest weight, the first of equals.
fn best<'k>(some: impl IntoIterator<Item = (&'k Known, f64)>) -> Option<(&'k Known, f64)> {
    some.into_iter().reduce(|best, other| if other.1 > best.1 { other } else { best })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const ENGLISH: &str = "i we you your me my it the a to of is am are was have will can not no on do so in for with \
        sorry please thanks thank call back order number minutes refund new one what when check apologi* understand*";
    const RUSSIAN: &str = "я вы вас вам мы мне на не в и что это как за по будет пожалуйста спасибо заказ номер \
        простите минут извин* понима* перезвон* возврат* сейчас хорошо когда всё мы";
    const BULGARIAN: &str = "аз ви вас вие ние ми на не в и че това как за по ще се да е са съм моля благодаря \
        поръчка номер минути извин* разбир* съжаля* обад* веднага възстанов* добре кога тогава";

    fn words(list: &str) -> KnownWords {
        let mut known = KnownWords::default();
        list.split_whitespace().for_each(|word| known.add_pattern(word));
        known
    }

    fn three() -> Recogniser {
        Recogniser::between([("bg", words(BULGARIAN)), ("en", words(ENGLISH)), ("ru", words(RUSSIAN))])
    }

    fn check(table: &[(Option<&str>, &str)]) {
        let recogniser = three();
        let found: Vec<_> = table.iter().map(|(_, reply)| (recogniser.language(reply), *reply)).collect();
        assert_eq!(found, table);
    }

    #[test]
    fn whole_replies() {
        check(&[
            (Some("en"), "I'm so sorry about that. Can you read me the number on the card?"),
            (Some("ru"), "Простите за ожидание. Подскажите номер заказа, и я сейчас всё проверю."),
            (Some("bg"), "Извинете ни за чакането. Кажете ми номера на поръчката и веднага ще проверя."),
            (Some("ru"), "Мы вернём деньги до пятницы, вот увидите."),
            (Some("bg"), "Парите ще бъдат върнати до петък, ще видите."),
        ]);
    }

    #[test]
    fn a_word_or_two() {
        check(&[
            (Some("en"), "ok"),
            (Some("en"), "Sorry!"),
            (Some("ru"), "спасибо"),
            (Some("bg"), "благодаря"),
            (Some("bg"), "Съжалявам."),
            (Some("ru"), "Извините, пожалуйста"),
            (Some("bg"), "Моля?"),
            (Some("ru"), "это вы"),
            (Some("bg"), "това сте вие"),
        ]);
    }

    #[test]
    fn bulgarian_in_latin_letters_however_it_is_spelled() {
        check(&[
            (Some("bg"), "syjalqvam, shte vi se obadq vednaga"),
            (Some("bg"), "Sazhalyavam, 6te vi se obadia vednaga."),
            (Some("bg"), "blagodarq vi"),
            (Some("bg"), "sujaliavam"),
            (Some("bg"), "ok molq za nomera na poruchkata"),
            (Some("en"), "No, on the 6th we do not."),
            (Some("en"), "Can do. No more of that, so call me in a bit."),
        ]);
    }

    #[test]
    fn foreign_words_and_marks_do_not_turn_it() {
        check(&[
            (Some("ru"), "Перезагрузите Wi-Fi роутер TP-Link, пожалуйста 🙏"),
            (Some("en"), "Please ask for Съжалявам Street"),
            (Some("bg"), "Ще ви пратя нов SIM, моля"),
            (Some("en"), "\u{202e}so\u{200b}rry\u{202c} \u{feff}about that"),
        ]);
    }

    #[test]
    fn nothing_to_go_by() {
        check(&[
            (None, ""),
            (None, "   \t"),
            (None, "🙂🙏"),
            (None, "48-2210"),
            (None, "?!"),
            (None, "ご不便をおかけします"),
            (None, "\u{fffd}\0"),
        ]);
    }

    #[test]
    fn only_languages_that_have_a_pack() {
        let english = Recogniser::between([("en", words(ENGLISH))]);
        assert_eq!(english.language("Das tut mir sehr leid."), Some("en"));
        assert_eq!(english.language("Простите."), None);
        assert_eq!(Recogniser::between([]).language("Sorry."), None);
    }

    #[test]
    fn every_way_of_typing_a_word_folds_the_same() {
        for ways in [
            &["съжалявам", "sazhalyavam", "syjalqvam", "sujaliavam"][..],
            &["ще", "shte", "6te"],
            &["почакайте", "pochakaite", "po4akajte"],
            &["връщане", "vrushtane", "vry6tane", "wrashtane"],
        ] {
            let folded: HashSet<String> = ways.iter().map(|way| fold(way).replace('j', "i")).collect();
            assert_eq!(folded.len(), 1, "{ways:?} → {folded:?}");
        }
    }

    #[test]
    fn bundled_packs_recognise_their_own_lines() {
        for language in LanguagePack::bundled_languages() {
            let pack = LanguagePack::bundled(language).expect("a sound pack");
            let lines = pack.customer_lines();
            for line in lines.hang_up.iter().chain(&lines.thanks).chain(&lines.provoked) {
                assert_eq!(recognise(line).map(LanguagePack::language), Some(pack.language()), "{line}");
            }
        }
    }
}
