//! A company's packs: what they add to how a language is read, and what is said about a broken one.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use calmline::content::{Company, CompanyError, append};
use calmline::language::marked::{MarkedReply, print_reply};
use calmline::language::{Act, CompanyPack, Context, LanguagePack, Lexicon, Reader, Reading};
use calmline::progress::{Recording, Store, frozen};
use calmline::rules::Rubric;
use calmline::scenario::shape::{self, Struct};
use calmline::session::{Content, Input, Mode, MoodTable, Setup};

fn pack(fields: &str) -> LanguagePack {
    let source = format!("CompanyPack(format: 1, language: \"en\", {fields})");
    let company =
        CompanyPack { file: "company/en.ron".into(), language: "en".into(), source, ..CompanyPack::default() };
    LanguagePack::with_company(company).unwrap_or_else(|error| panic!("{error}"))
}

fn english() -> &'static LanguagePack {
    LanguagePack::bundled("en").unwrap()
}

fn read(pack: &LanguagePack, reply: &str) -> Reading {
    let now = "2026-03-02T10:00".parse().unwrap();
    pack.read(reply, &Context { customer: "Well?", now }, &Lexicon::empty())
}

fn acts(pack: &LanguagePack, reply: &str) -> Vec<Act> {
    let reading = read(pack, reply);
    Act::ALL.iter().copied().filter(|act| reading.has(*act)).collect()
}

fn content(pack: LanguagePack, jargon: &str) -> Content {
    let source = format!(
        r#"(title: "The cold pizza", company: (jargon: ["{jargon}"]),
            facts: [(id: "order", asked: ["order number"], answer: ["Number 12."])],
            offers: [(id: "swap", heard: ["thunderbolt coupon"])],
            beats: [(id: "ring", says: ["My pizza is cold!"], exits: [(to: "ring")])],
            endings: [(id: "fed", outcome: Resolved, when: [Accepted], says: ["Thanks."])])"#
    );
    let loaded = calmline::check::load("pizza.ron", "pizza", source.as_bytes()).unwrap();
    let (rubric, moods) = (Rubric::bundled().clone().into(), MoodTable::bundled().into());
    Content::with_pack(loaded, rubric, moods, pack.into()).unwrap()
}

#[test]
fn a_phrase_of_the_company_is_an_act_where_the_language_sees_none() {
    let reply = "A Swift Bloom for you.";
    assert_eq!(acts(english(), reply), []);
    let company = pack(r#"phrases: [(acts: [offer], patterns: ["swift bloom"])]"#);
    assert_eq!(acts(&company, reply), [Act::Offer]);
    assert_eq!(acts(&company, "I'm so sorry."), [Act::Apology], "the language is still read");
}

#[test]
fn where_company_and_language_are_equally_sure_the_company_wins() {
    // English takes these words for a refusal that helps nobody.
    let reply = "That is our policy.";
    assert_eq!(acts(english(), reply), [Act::BrushOff]);
    let company = pack(r#"phrases: [(acts: [empathy], patterns: ["that is our policy"])]"#);
    assert_eq!(acts(&company, reply), [Act::Empathy]);
    let company = pack(r#"phrases: [(role: Known, hides: [brush_off], patterns: ["our policy"])]"#);
    let reading = read(&company, reply);
    assert!(reading.recognised && reading.acts.is_empty(), "{reading:?}");
}

#[test]
fn classes_are_extended_and_careless_spellings_added() {
    let reply = "We apologise, and we will swiftify it. Ta muchly.";
    let without = acts(english(), "Soz pol about that.");
    let company = pack(
        r#"classes: {"swift_word": ["swift", "speedy"], "very": ["mighty"]},
           phrases: [(acts: [offer], patterns: ["<swift_word> coupon"])],
           rewrites: {"sozpol": "sorry", "cpn": "coupon"}"#,
    );
    assert_eq!(acts(&company, "Speedy cpn!"), [Act::Offer]);
    assert_eq!(acts(&company, "Sozpol about that."), [Act::Apology]);
    assert_eq!(acts(&company, "I am mighty sorry."), [Act::Apology]);
    assert_eq!(acts(&company, "Soz pol about that."), without);
    assert!(acts(&company, reply).contains(&Act::Apology));
}

#[test]
fn a_product_is_no_slip_of_the_keyboard_and_no_jargon_however_it_is_written() {
    // One letter from "sorry".
    let reply = "I am soory.";
    assert_eq!(acts(english(), reply), [Act::Apology]);
    assert_eq!(acts(&pack(r#"products: ["Soory"]"#), reply), []);

    let plain = content(pack(""), "SLA");
    let named = content(pack(r#"products: ["SLA Plus"]"#), "SLA");
    let now = "2026-03-02T10:00".parse().unwrap();
    for reply in ["Do you have SLA Plus?", "Do you have sla plus?"] {
        assert_eq!(plain.read_at(reply, "", now).jargon.len(), 1, "{reply}");
        assert_eq!(named.read_at(reply, "", now).jargon.len(), 0, "{reply}");
    }
    assert_eq!(named.read_at("Our SLA says no.", "", now).jargon.len(), 1, "the word alone is still jargon");

    // A slip of the offer's words, unless it is a product.
    let offers = |content: &Content| content.read_at("We can send you a thundarbolt coupon.", "", now).proposes.len();
    assert_eq!((offers(&plain), offers(&content(pack(r#"products: ["Thundarbolt"]"#), "SLA"))), (1, 0));
}

#[test]
fn jargon_of_the_company_is_jargon_in_every_scenario() {
    let company = content(pack(r#"jargon: ["proof of handover"]"#), "SLA");
    let reading = company.read_at("We have a proof of handover.", "", "2026-03-02T10:00".parse().unwrap());
    assert_eq!(reading.jargon.len(), 1);
}

#[test]
fn the_hash_covers_the_language_the_company_and_its_settled_readings() {
    let of = |source: &str, examples: &str| {
        let company = CompanyPack {
            file: "anywhere".into(),
            language: "en".into(),
            source: source.into(),
            examples: examples.into(),
        };
        LanguagePack::with_company(company).unwrap().source_hash().to_owned()
    };
    let phrases = r#"CompanyPack(format: 1, language: "en", jargon: ["pod"])"#;
    let hashes = [english().source_hash().to_owned(), of("", ""), of(phrases, ""), of(phrases, "Hm. {}\n")];
    for (number, hash) in hashes.iter().enumerate() {
        assert!(!hashes[..number].contains(hash), "{hashes:#?}");
    }
    assert_eq!(of(phrases, ""), of(phrases, ""));
}

#[test]
fn an_attempt_keeps_the_company_pack_that_it_was_played_with() {
    let mut store = Store::in_memory().unwrap();
    let trainee = store.trainee_named("Mira").unwrap();
    let setup = Setup { mode: Mode::Practise, seed: 1, trainee: trainee.name };
    let company = pack(r#"phrases: [(acts: [offer], patterns: ["swift bloom"])]"#);
    let hash = Reader::of(&company).hash();
    let mut recording = Recording::begin(&mut store, trainee.id, content(company, "SLA"), setup, None).unwrap();
    let reply = Input::Reply { text: "A Swift Bloom for you.".into(), took: 5, chosen: None };
    recording.act(&mut store, reply).unwrap();

    // Another day, when the folder may be gone.
    let attempt = store.attempt(recording.attempt).unwrap();
    assert_eq!(attempt.pack_hash, hash);
    let (content, setup, changes) = frozen(&store, &attempt).unwrap();
    assert!(!changes.any());
    let stored = store.events(recording.attempt).unwrap();
    let replayed = calmline::session::replay(&content, &setup, &stored).unwrap();
    assert_eq!(replayed, stored);
    assert!(recording.session().state().last_reply().unwrap().reading.has(Act::Offer));
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// What is said about a folder, with its place left out.
fn trouble(files: &[(&str, &[u8])]) -> String {
    let folder = folder(files);
    let error = Company::open(folder.path()).expect_err("a broken pack");
    error.to_string().replace(&format!("{}", folder.path().display()), "company")
}

#[test]
fn what_is_wrong_with_words_and_with_patterns_is_said_at_once() {
    let said = trouble(&[(
        "en.ron",
        br#"CompanyPack(format: 1, language: "en", rewrites: {"Two Words": "x"}, phrases: [(acts: [offer], patterns: ["(a"])])"#,
    )]);
    assert!(said.contains("`Two Words`") && said.contains("`(` is never closed"), "{said}");
}

#[test]
fn a_file_that_says_nothing_is_no_pack() {
    for bytes in [&b""[..], b" \n"] {
        let said = trouble(&[("en.ron", bytes)]);
        assert!(said.contains("the file holds no pack") && said.contains("`CompanyPack(`"), "{said}");
    }
}

#[test]
fn a_folder_holds_phrases_and_settled_readings_for_each_language() {
    let folder = folder(&[
        ("en.ron", br#"CompanyPack(format: 1, language: "en", phrases: [(acts: [offer], patterns: ["swift bloom"])])"#),
        ("en.txt", b"I'm sorry. {apology}\n"),
        ("notes.txt", b"buy milk"),
        ("readme.md", b"\xff"),
    ]);
    let company = Company::open(folder.path()).unwrap();
    let pack = company.pack("en-GB").unwrap();
    assert_eq!(acts(&pack, "Swift Bloom!"), [Act::Offer]);
    let settled = pack.company().unwrap().settled("en.txt").unwrap();
    assert_eq!((settled.len(), settled[0].acts()), (1, vec![Act::Apology]));
    assert!(company.pack("xx").is_none());
    assert!(Company::none().pack("en").unwrap().company().is_none());
}

#[test]
fn settled_readings_alone_are_a_company_pack_too() {
    let folder = folder(&[("en.txt", b"I'm sorry. {apology}\n")]);
    let pack = Company::open(folder.path()).unwrap().pack("en").unwrap();
    assert_eq!(acts(&pack, "I'm sorry."), [Act::Apology]);
    assert_ne!(pack.source_hash(), english().source_hash());
}

#[test]
fn everything_that_is_wrong_with_a_pack_is_said_at_once_with_its_place() {
    let source = br#"CompanyPack(
    format: 1,
    langauge: "en",
    phrases: [
        (acts: [ofer], patterns: ["swift coupon"]),
        (acts: [apology], certainty: 120, patterns: []),
    ],
    classes: {"a": ["x"], "a": ["y"]},
    products: "Swift",
)"#;
    insta::assert_snapshot!(trouble(&[("en.ron", source)]));
}

#[test]
fn patterns_that_cannot_be_used_are_named_with_their_lines() {
    let source = br#"CompanyPack(
    format: 1,
    language: "de",
    phrases: [
        (acts: [offer], patterns: ["(swift coupon"]),
        (acts: [offer], patterns: ["<nobody> knows", "~3"]),
    ],
)"#;
    let wrong_language = trouble(&[("en.ron", source)]);
    let fixed = String::from_utf8_lossy(source).replace("\"de\"", "\"en\"");
    insta::assert_snapshot!(format!("{wrong_language}\n-----\n{}", trouble(&[("en.ron", fixed.as_bytes())])));
}

#[test]
fn a_class_that_makes_the_language_unreadable_is_the_companys_fault() {
    let source = br#"CompanyPack(format: 1, language: "en",
    classes: {"staff": ["<staff>"]})"#;
    let said = trouble(&[("en.ron", source)]);
    assert!(said.contains("company/en.ron:2:") || said.contains("company/en.ron:1:"), "{said}");
    assert!(said.contains("with the classes of this file"), "{said}");
    assert!(!said.contains("--> en.ron"), "{said}");
}

#[test]
fn any_bytes_are_explained_and_never_crash() {
    for bytes in
        [&b"\xff\xfe\x00"[..], b"(", b"CompanyPack", b"[]", b"CompanyPack(format: 2, language: \"en\")", b"\x00"]
    {
        let said = trouble(&[("en.ron", bytes)]);
        assert!(said.contains("company/en.ron"), "{said}");
    }
    assert!(trouble(&[("en.txt", b"I'm \xf1 sorry {apology}")]).contains("company/en.txt:1:5"));
    assert!(
        trouble(&[("xx.ron", b"CompanyPack(format: 1, language: \"xx\")")]).contains("no language pack reads `xx`")
    );
    assert!(trouble(&[("en.ron", &vec![b' '; 1024 * 1024 + 1])]).contains("larger than 1 MiB"));
    let gone = Company::open(Path::new("no/such/folder"));
    assert!(matches!(gone, Err(CompanyError::NoFolder(_))), "{gone:?}");
}

/// Every field that the table of shapes knows is read by the types, and the other way round.
#[test]
fn the_table_and_the_types_agree() {
    let fields = r#"name: "Swiftbox", phrases: [
        (acts: [offer], certainty: 90, within: Statements, deniable: false, hides: [arguing], clears: [question],
         role: Commits(agent), unless: [apology], patterns: ["swift coupon"]),
        (role: Unbinds, within: Any, patterns: ["long ago, at swift"]), (role: Vague, patterns: ["at swift speed"]),
        (role: Proposes, within: Questions, patterns: ["how about swift"]), (role: Refuses, patterns: ["no swift for you"]),
        (role: Known, patterns: ["swift says hello"]), (role: Commits(colleague), patterns: ["swiftie will"]),
        (role: Commits(action), patterns: ["swift will go"]),
    ], classes: {"swift": ["a"]}, rewrites: {"cpn": "coupon"}, products: ["Swift"], jargon: ["pod"]"#;
    let source = format!("CompanyPack(format: 1, language: \"en\", {fields})");
    let folder = folder(&[("en.ron", source.as_bytes())]);
    Company::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let named = |of: &Struct| of.fields.iter().all(|field| source.contains(&format!("{}:", field.name)));
    assert!(named(&shape::COMPANY_PACK) && named(&shape::PHRASES));
    for variant in shape::ROLE.variants {
        assert!(source.contains(variant.name), "{}", variant.name);
    }
    let unknown = source.replace("products:", "zzz:");
    assert!(trouble(&[("en.ron", unknown.as_bytes())]).contains("a company pack has no field `zzz`"));
}

#[test]
fn a_text_is_added_wholly_or_not_at_all() {
    let folder = folder(&[("en.txt", b"Hm. {}")]);
    let file = folder.path().join("en.txt");
    append(&file, "I'm sorry. {apology}\n").unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "Hm. {}\nI'm sorry. {apology}\n");
    let blocked = folder.path().join("en.txt").join("ru.txt");
    assert!(append(&blocked, "x").is_err());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "no half-written copy is left: {left:?}");
}

#[test]
fn the_acts_of_a_settled_reading_go_to_their_clauses_where_that_can_be_told() {
    let mark = |reply: &str, acts: &[Act]| print_reply(&MarkedReply::stated(reply, &read(english(), reply), acts));
    // Both are found where they are.
    assert_eq!(
        mark("I'm so sorry. What is the order number?", &[Act::Question, Act::Apology]),
        "I'm so sorry. {apology} What is the order number? {question}"
    );
    // The one that the reader missed can only be in the other sentence.
    assert_eq!(
        mark("I'm so sorry. A fish is in the post.", &[Act::Apology, Act::Offer]),
        "I'm so sorry. {apology} A fish is in the post. {offer}"
    );
    // Nobody can tell which of the two it is.
    assert_eq!(
        mark("Blah blah blah. Hum hum.\nDa { da.", &[Act::Offer]),
        "Blah blah blah. Hum hum.\\nDa \\{ da. {offer}"
    );
    assert_eq!(mark("# Hum.", &[]), "\\# Hum. {}");
    // A promise keeps the moment by which it is due.
    assert_eq!(
        mark("Hum!I will call you back in ten minutes.", &[Act::TimedPromise, Act::NextStep]),
        "Hum! {}I will call you back in ten minutes. {next_step timed_promise due=2026-03-02T10:10}"
    );
}

#[test]
fn bundled_packs_are_shared_and_not_read_again() {
    let (one, other) = (LanguagePack::bundled_shared("en").unwrap(), LanguagePack::bundled_shared("en").unwrap());
    assert!(Arc::ptr_eq(&one, &other));
}
