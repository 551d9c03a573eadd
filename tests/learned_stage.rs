//! The learned stage that the program carries: what it was learned from, and what it does not depend on.
#![cfg(feature = "learned")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use calmline::language::marked::parse;
use calmline::language::meaning::{Encoder, Heads, Meaning, digest};
use calmline::language::measure::{Labelled, Measure};
use calmline::language::{Act, CompanyPack, Context, LanguagePack, Lexicon, Reader, Reading, moment};

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The digest of the files of labelled replies of which something is true, as `calmline learn` takes it.
fn digest_of(wanted: impl Fn(&Path) -> bool) -> String {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/languages/examples");
    let mut files = Vec::new();
    for path in below(&examples).iter().flat_map(|language| below(language)) {
        if path.extension().is_some_and(|end| end == "txt") && wanted(&path) {
            let name = path.strip_prefix(&examples).unwrap().to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    digest(files.iter().map(|(name, source)| (name.as_str(), source.as_str())))
}

/// Whoever changes the labelled replies learns anew: `cargo run --release --features training -- learn`.
#[test]
fn it_was_learned_from_the_labelled_replies_as_they_are() {
    let found = digest_of(|path| !path.ends_with("kept-back.txt"));
    assert_eq!(Meaning::bundled().unwrap().made_from().examples, found);
}

/// Whoever changes the replies kept back weighs anew: `cargo run --release --features training -- learn --weigh`.
#[test]
fn it_was_weighed_on_the_replies_kept_back_as_they_are() {
    let found = digest_of(|path| path.ends_with("kept-back.txt"));
    assert_eq!(Meaning::bundled().unwrap().made_from().kept_back, found);
}

/// Whoever changes a language pack weighs anew: `cargo run --release --features training -- learn --weigh`.
#[test]
fn it_was_weighed_against_the_language_packs_as_they_are() {
    let packs = LanguagePack::bundled_languages().filter_map(LanguagePack::bundled);
    let found = packs.map(LanguagePack::source_hash).collect::<Vec<_>>().join("+");
    assert_eq!(Meaning::bundled().unwrap().made_from().packs, found);
}

/// 120 replies a language by writers who knew the acts and nothing else of Calmline. Whoever tunes anything to them needs others.
#[test]
fn replies_that_nobody_tuned_to_are_read_well() {
    for (language, least) in [("en", 0.78), ("ru", 0.84), ("bg", 0.80)] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unseen").join(format!("{language}.txt"));
        let replies = parse(&file.to_string_lossy(), &fs::read_to_string(&file).unwrap()).unwrap();
        let replies: Vec<Labelled> = replies.into_iter().map(Labelled::from).collect();
        assert_eq!(replies.len(), 120);
        let found = Measure::of(LanguagePack::bundled(language).unwrap(), &replies).macro_f1().unwrap();
        assert!(found >= least, "{language}: macro F1 {found:.3}, and was at least {least}");
    }
}

#[test]
fn a_file_cut_short_is_refused_and_not_half_used() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/encoder");
    let (heads, words) = (fs::read(assets.join("heads.bin")).unwrap(), fs::read(assets.join("words.bin")).unwrap());
    assert!(Heads::open(&heads).is_ok());
    for part in [0, 7, 16, 1000, heads.len() / 2, heads.len() - 1] {
        assert!(Heads::open(&heads[..part]).is_err(), "{part} bytes of what was learned");
    }
    for part in [0, 7, 16, 1000, words.len() / 2, words.len() - 1] {
        let cut: &'static [u8] = Vec::leak(words[..part].to_vec());
        assert!(Encoder::open(cut).is_err(), "{part} bytes of the encoder");
    }
}

fn read(pack: &LanguagePack, reply: &str, customer: &str) -> Reading {
    Reader::of(pack).read(reply, &Context { customer, now: moment::usual() }, &Lexicon::empty())
}

fn acts(pack: &LanguagePack, reply: &str, customer: &str) -> Vec<Act> {
    let reading = read(pack, reply, customer);
    Act::ALL.iter().copied().filter(|act| reading.has(*act)).collect()
}

fn company(fields: &str, examples: &str) -> LanguagePack {
    let source = format!("CompanyPack(format: 1, language: \"en\", {fields})");
    LanguagePack::with_company(CompanyPack {
        file: "company/en.ron".into(),
        language: "en".into(),
        source,
        examples: examples.into(),
    })
    .unwrap()
}

#[test]
fn what_a_company_says_of_its_words_stands_whatever_they_are_like() {
    let bloom = company(r#"phrases: [(acts: [offer], patterns: ["swift bloom"])]"#, "");
    assert_eq!(acts(&bloom, "A swift bloom for you.", "My flowers are dead!"), [Act::Offer]);
    let policy = company(r#"phrases: [(role: Known, hides: [brush_off], patterns: ["swift policy"])]"#, "");
    assert!(!acts(&policy, "That's just our swift policy.", "Why not?").contains(&Act::BrushOff));
}

#[test]
fn what_a_company_clears_is_cleared_from_the_whole_sentence() {
    let reply = "That is how swift policy has it, so there is nothing for you here.";
    let phrase =
        |field: &str| company(&format!(r#"phrases: [({field}: [brush_off], patterns: ["swift policy"])]"#), "");
    assert!(acts(&phrase("hides"), reply, "Why not?").contains(&Act::BrushOff));
    assert!(!acts(&phrase("clears"), reply, "Why not?").contains(&Act::BrushOff));
}

#[test]
fn a_settled_reading_teaches_about_replies_like_it_and_no_others() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/languages/examples/en/kept-back.txt");
    let kept = parse("en/kept-back.txt", &fs::read_to_string(kept).unwrap()).unwrap();
    let english = LanguagePack::bundled("en").unwrap();
    let reply = "Listen, lady, shouting at me won't bring the parcel any faster.";
    for labels in ["next_step rudeness", "arguing brush_off rudeness"] {
        let taught = company("", &format!("{reply} {{{labels}}}\n"));
        let held = acts(&taught, reply, "");
        let stated: Vec<&str> = held.iter().map(|act| act.id()).collect();
        assert_eq!(stated.join(" "), labels);
        let others = kept.iter().step_by(5);
        let changed: Vec<&str> = others
            .filter(|one| acts(english, &one.text, &one.customer) != acts(&taught, &one.text, &one.customer))
            .map(|one| &*one.text)
            .collect();
        assert!(changed.len() <= 2, "{{{labels}}} changed {changed:#?}");
    }
}

#[test]
fn a_settled_reading_overrules_textbook_words_in_its_own_reply_alone() {
    let reply = "Listen, lady, shouting at me won't bring the parcel any faster.";
    let taught = company("", &format!("{reply} {{arguing}}\n"));
    assert_eq!(acts(&taught, reply, ""), [Act::Arguing]);
    assert!(acts(&taught, "Listen, lady, I am eating my lunch.", "").contains(&Act::Rudeness));
}

#[test]
fn a_settled_reading_holds_for_words_that_mean_no_harm_elsewhere() {
    let english = LanguagePack::bundled("en").unwrap();
    for reply in ["Oh, marvellous.", "Have a lovely day!", "No trouble at all."] {
        assert_eq!(acts(english, reply, ""), [], "{reply}");
        assert_eq!(acts(&company("", &format!("{reply} {{rudeness}}\n")), reply, ""), [Act::Rudeness], "{reply}");
    }
}

#[test]
fn what_everybody_says_is_read_as_everybody_means_it() {
    let said = [
        ("en", "sorry", "apology"),
        ("en", "I am sorry about the delay.", "apology"),
        ("en", "My name is Ann.", "identify"),
        ("en", "Good morning.", ""),
        ("en", "Yes.", ""),
        ("en", "Ok.", ""),
        ("en", "Thank you.", "courtesy"),
        ("en", "What is your order number?", "question"),
        ("en", "Let me check.", "next_step"),
        ("en", "I can offer you a refund.", "offer"),
        ("en", "I will call you back in ten minutes.", "next_step timed_promise"),
        ("en", "Does that help?", "check_back"),
        ("en", "Look, calm down, ok?", "brush_off"),
        ("en", "You are wrong.", "arguing"),
        ("en", "The courier lost it.", "blame_shift"),
        ("ru", "Извините за задержку.", "apology"),
        ("ru", "Меня зовут Анна.", "identify"),
        ("ru", "Добрый день!", ""),
        ("ru", "Да.", ""),
        ("ru", "Хорошо.", ""),
        ("ru", "Спасибо.", "courtesy"),
        ("ru", "Какой номер заказа?", "question"),
        ("ru", "Могу предложить возврат.", "offer"),
        ("ru", "Я перезвоню через десять минут.", "next_step timed_promise"),
        ("ru", "Успокойтесь.", "brush_off"),
        ("ru", "Вы не правы.", "arguing"),
        ("bg", "Извинете за забавянето.", "apology"),
        ("bg", "Казвам се Ана.", "identify"),
        ("bg", "Добър ден!", ""),
        ("bg", "Да.", ""),
        ("bg", "Добре.", ""),
        ("bg", "Благодаря.", "courtesy"),
        ("bg", "Какъв е номерът на поръчката?", "question"),
        ("bg", "Мога да ви върна парите.", "offer"),
        ("bg", "Ще ви се обадя след десет минути.", "next_step timed_promise"),
        ("bg", "Успокойте се.", "brush_off"),
    ];
    let otherwise: Vec<String> = said
        .iter()
        .filter_map(|(language, line, meant)| {
            let found = acts(LanguagePack::bundled(language).unwrap(), line, "");
            let found = found.iter().map(|act| act.id()).collect::<Vec<_>>().join(" ");
            (found != *meant).then(|| format!("{line} {{{found}}}, not {{{meant}}}"))
        })
        .collect();
    assert!(otherwise.len() * 20 <= said.len(), "{otherwise:#?}");
}

#[test]
fn plain_and_kind_lines_hurt_nobody_in_nine_of_ten() {
    let harmless = [
        ("en", "Have a lovely day!"),
        ("en", "Good morning, Karen speaking."),
        ("en", "That's a very good question."),
        ("en", "It's no trouble at all."),
        ("en", "What lovely news, congratulations!"),
        ("ru", "Доброе утро, чем могу помочь?"),
        ("ru", "Вы совершенно правильно сделали, что позвонили."),
        ("ru", "Не торопитесь, я никуда не денусь."),
        ("ru", "Нас тут всего пятеро."),
        ("bg", "Приятен уикенд!"),
        ("bg", "Това е много добър въпрос."),
        ("bg", "Не бързайте, тук съм."),
        ("bg", "Мария на телефона, добър ден."),
    ];
    let hurting: Vec<String> = harmless
        .iter()
        .filter_map(|(language, line)| {
            let found = acts(LanguagePack::bundled(language).unwrap(), line, "");
            found.iter().any(|act| act.hurts()).then(|| format!("{line}: {found:?}"))
        })
        .collect();
    assert!(hurting.len() * 10 <= harmless.len(), "{hurting:#?}");
}
