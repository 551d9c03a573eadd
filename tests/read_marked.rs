//! The marked text form: replies that trainers write by hand, and what is wrong with such a file.

use calmline::language::marked::{MarkedClause, MarkedReply, parse, print, print_reply};
use calmline::language::{Act, Context, LanguagePack, Lexicon, Span, moment};
use jiff::civil::date;
use proptest::prelude::*;

fn told(replies: &[MarkedReply]) -> String {
    let mut out = String::new();
    for reply in replies {
        let now = reply.now.map_or("-".into(), moment::print);
        out.push_str(&format!("{}: lang {:?}, now {now}, customer {:?}\n", reply.line, reply.language, reply.customer));
        for clause in &reply.clauses {
            let acts: Vec<&str> = clause.acts.iter().map(|act| act.id()).collect();
            let due = clause.due.map_or(String::new(), |due| format!(" due {}", moment::print(due)));
            out.push_str(&format!("    {:?} [{}]{due}\n", clause.span.of(&reply.text), acts.join(", ")));
        }
    }
    out
}

fn parsed(source: &str) -> String {
    told(&parse("examples/en/shop.txt", source).unwrap_or_else(|problems| panic!("{problems}")))
}

fn problems(source: &str) -> String {
    parse("shop.txt", source).expect_err("a broken file").to_string()
}

#[test]
fn a_file_as_a_trainer_writes_it() {
    insta::assert_snapshot!(parsed(
        "\u{feff}# What we say at the shop\r\n\
         \r\n\
         Good morning. {}\r\n\
         > My card was swallowed!\r\n\
         @ now 2026-03-02T10:00\r\n\
         I'm so sorry about that. {apology} Can you read me the number on the card? {question}\n\
         \tI'll ring you at five. {next_step, timed_promise due=2026-03-02T17:00}  \n\
         >   \n\
         @ now none\n\
         Thanks{courtesy}, and sorry. {apology} Bye then\n\
         Nothing to mark here\n\
         \\# 5 is \\{yours\\} \\\\ \\u{1F642}. {offer}\n"
    ), @r##"
    3: lang Some("en"), now -, customer ""
        "Good morning." []
    6: lang Some("en"), now 2026-03-02T10:00, customer "My card was swallowed!"
        "I'm so sorry about that." [apology]
        "Can you read me the number on the card?" [question]
    7: lang Some("en"), now 2026-03-02T10:00, customer "My card was swallowed!"
        "I'll ring you at five." [next_step, timed_promise] due 2026-03-02T17:00
    10: lang Some("en"), now -, customer ""
        "Thanks" [courtesy]
        ", and sorry." [apology]
        "Bye then" []
    11: lang Some("en"), now -, customer ""
        "Nothing to mark here" []
    12: lang Some("en"), now -, customer ""
        "# 5 is {yours} \\ 🙂." [offer]
    "##);
}

#[test]
fn the_text_is_the_line_without_braces_and_the_one_space_before_each() {
    let texts = |source| -> Vec<String> {
        parse("a.txt", source).expect("a sound file").into_iter().map(|reply| reply.text).collect()
    };
    assert_eq!(texts("Sorry.  {apology}  Thanks. {courtesy}"), ["Sorry.   Thanks."]);
    assert_eq!(texts("Sorry.{apology}Thanks.{courtesy}"), ["Sorry.Thanks."]);
    assert_eq!(texts("  Sorry. {apology}   "), ["Sorry."]);
    assert_eq!(texts("\\u{20}Sorry.\\u{20} {apology}\n\nMore.\\n {}"), [" Sorry. ", "More.\n"]);
    assert_eq!(texts("# only\n\n> this\n@ now none\n"), [""; 0]);
    assert_eq!(texts(""), [""; 0]);
}

#[test]
fn the_folder_names_the_language_where_there_is_a_pack_for_it() {
    let language = |name| parse(name, "Hello. {}").expect("a sound file")[0].language.clone();
    assert_eq!(language("examples/en/shop.txt").as_deref(), Some("en"));
    for name in ["shop.txt", "en.txt", "my/shop.txt", "en/old/shop.txt", ""] {
        assert_eq!(language(name), None, "{name}");
    }
}

#[test]
fn everything_that_can_be_wrong_is_said_at_once() {
    insta::assert_snapshot!(problems(
        "Sorry. {apolgy}\n\
         Sorry. {apology apology}\n\
         I'll call. {next_step due=2026-03-02T17:00}\n\
         I'll call. {timed_promise due=tomorrow}\n\
         I'll call. {timed_promise due=2026-03-02T17:00 due=2026-03-02T18:00}\n\
         {apology} Sorry.\n\
         Sorry. {apology} {courtesy}\n\
         Sorry. {apology\n\
         Sorry. {apology {courtesy}\n\
         Sorry. } {apology}\n\
         50 \\% off. {offer}\n\
         No such letter \\u{d800}. {}\n\
         The end \\\n\
         @ now five\n\
         @ then 2026-03-02T17:00\n\
         > It \\broke\n"
    ));
}

#[test]
fn hundreds_of_problems_are_cut_off() {
    let message = problems(&"Sorry. {sorrow}\n".repeat(500));
    assert!(message.contains("400 or more further problems"), "{message}");
}

#[test]
fn a_reading_is_printed_in_the_form() {
    let pack = LanguagePack::bundled("en").expect("the English pack");
    let printed = |reply: &str| {
        let context = Context { customer: "", now: moment::usual() };
        print_reply(&MarkedReply::of(reply, &pack.read(reply, &context, &Lexicon::empty())))
    };
    insta::assert_snapshot!(
        [
            "Good morning, this is Anna. I'm so sorry about that. What is the order number?",
            "I'll call you back in five minutes. The lines are busy. Thanks for waiting!",
            "Thanks for waiting 🙂🙂",
            "> {5} # sorry \\o/",
            "🙏",
            "",
        ]
        .map(printed)
        .join("\n")
    , @r"
    Good morning, this is Anna. {identify} I'm so sorry about that. {apology} What is the order number? {question}
    I'll call you back in five minutes. {next_step timed_promise due=2026-03-02T10:05} The lines are busy. {} Thanks for waiting! {courtesy}
    Thanks for waiting 🙂🙂 {courtesy}
    \> \{5\} # sorry \\o/ {apology}
    🙏 {}
    ");
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    proptest::sample::subsequence(Act::ALL.to_vec(), 0..4).prop_shuffle()
}

fn due() -> impl Strategy<Value = Option<jiff::civil::DateTime>> {
    proptest::option::of(
        (1..=9999_i16, 1..=28_i8, 0..24_i8, 0..60_i8)
            .prop_map(|(year, day, hour, second)| date(year, 2, day).at(hour, 30, second, 0)),
    )
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ \\\\{}#>@a.\u{a0}\u{200b}\u{202e}\n\r\t🙂-]{1,12}",
        Just("I'm sorry. ".to_owned()),
        Just("@ now none".to_owned()),
        Just("👩\u{200d}💻 \u{feff}".to_owned()),
    ]
    .prop_filter("a clause has words", |words| words.contains(|c: char| !c.is_whitespace()))
}

/// A reply of these clauses, as the parser would give it.
fn reply(
    parts: Vec<(String, Vec<Act>, Option<jiff::civil::DateTime>)>,
    customer: String,
    now: Option<jiff::civil::DateTime>,
) -> MarkedReply {
    let (mut text, mut clauses) = (String::new(), Vec::new());
    for (words, acts, due) in parts {
        let start = text.len() + words.len() - words.trim_start().len();
        text.push_str(&words);
        let due = due.filter(|_| acts.contains(&Act::TimedPromise));
        clauses.push(MarkedClause { span: Span { start, end: start + words.trim().len() }, acts, due });
    }
    MarkedReply { language: None, customer, now, text, clauses, line: 0 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_is_printed_is_parsed_again(
        replies in proptest::collection::vec(
            (proptest::collection::vec((words(), acts(), due()), 1..4), any::<String>(), due()), 0..4
        )
    ) {
        let replies: Vec<_> = replies.into_iter().map(|(parts, customer, now)| reply(parts, customer, now)).collect();
        let printed = print(&replies);
        let mut again = parse("shop.txt", &printed).unwrap_or_else(|problems| panic!("{problems}"));
        again.iter_mut().for_each(|reply| reply.line = 0);
        prop_assert_eq!(again, replies, "{}", printed);
    }

    #[test]
    fn any_file_is_read_or_refused(source in any::<String>()) {
        let _ = parse("shop.txt", &source);
    }

    #[test]
    fn whatever_is_parsed_survives_printing(
        parts in proptest::collection::vec(prop_oneof![
            Just("{"), Just("}"), Just("\\"), Just("\\u{20}"), Just(" "), Just("\n"), Just("> "), Just("@ now 2026-03-02T10:00"),
            Just("Sorry."), Just("{apology}"), Just("{}"), Just("{timed_promise due=2026-03-02T17:00}"), Just("#"), Just("🙂"),
        ], 0..24)
    ) {
        if let Ok(replies) = parse("shop.txt", &parts.concat()) {
            for reply in &replies {
                for clause in &reply.clauses {
                    prop_assert!(clause.span.start < clause.span.end && reply.text.get(clause.span.start..clause.span.end).is_some());
                }
            }
            let mut again = parse("shop.txt", &print(&replies)).unwrap_or_else(|problems| panic!("{problems}"));
            for (again, reply) in again.iter_mut().zip(&replies) {
                again.line = reply.line;
            }
            prop_assert_eq!(again, replies);
        }
    }

    #[test]
    fn any_reading_can_be_fed_back(reply in any::<String>(), stock in proptest::collection::vec(prop_oneof![
        Just("I'm sorry. "), Just("Good morning, "), Just("I'll call you at five, "), Just("thanks "), Just("What is the number? "),
        Just("The line is down. "), Just("{"), Just("\\"), Just("🙂 "), Just("… "), Just("Ms. Novak "),
    ], 0..8)) {
        let pack = LanguagePack::bundled("en").expect("the English pack");
        for text in [reply.clone(), stock.concat(), format!("{reply}{}", stock.concat())] {
            let reading = pack.read(&text, &Context { customer: "", now: moment::usual() }, &Lexicon::empty());
            let marked = MarkedReply::of(&text, &reading);
            let acts: std::collections::BTreeSet<Act> = reading.acts.iter().map(|found| found.act).collect();
            prop_assert_eq!(marked.acts(), acts.into_iter().collect::<Vec<_>>());
            let again = parse("shop.txt", &print_reply(&marked)).unwrap_or_else(|problems| panic!("{problems}"));
            if !text.trim().is_empty() {
                prop_assert_eq!(&again[0].clauses, &marked.clauses, "{}", text);
                prop_assert_eq!(&again[0].text, &marked.text);
            }
        }
    }
}
