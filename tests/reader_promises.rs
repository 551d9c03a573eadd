//! Promises with due times, who has to keep them, and what of a scenario a reply names.

use calmline::language::{Contact, Context, LanguagePack, Lexicon, Reading};
use calmline::scenario::{CannotHelp, Company, Customer, Fact, Offer, Scenario};
use calmline::session::vocabulary;
use jiff::civil::{DateTime, date};

/// A Monday.
fn monday(hour: i8, minute: i8) -> DateTime {
    date(2026, 3, 2).at(hour, minute, 0, 0)
}

fn read_at(reply: &str, now: DateTime, lexicon: &Lexicon) -> Reading {
    let pack = LanguagePack::bundled("en").expect("the English pack");
    pack.read(reply, &Context { customer: "", now }, lexicon)
}

fn moment(text: &str) -> DateTime {
    text.parse().expect("a moment")
}

#[test]
fn due_times() {
    let ten = monday(10, 0);
    let table: &[(&str, DateTime, &str)] = &[
        ("I'll call you back in five minutes.", ten, "2026-03-02T10:05"),
        ("i ll ring you in 5 mins", ten, "2026-03-02T10:05"),
        ("We'll have an answer for you within 24 hours.", ten, "2026-03-03T10:00"),
        ("Give me ten minutes and I'll ring you back.", ten, "2026-03-02T10:10"),
        ("My colleague will call you in 3-5 minutes.", ten, "2026-03-02T10:05"),
        ("I'll be back in half an hour.", ten, "2026-03-02T10:30"),
        ("I'll phone you in three quarters of an hour.", ten, "2026-03-02T10:45"),
        ("I'll get back to you in twenty five minutes.", ten, "2026-03-02T10:25"),
        ("You'll hear from me by 4:30 pm.", ten, "2026-03-02T16:30"),
        ("I'll call you at 16:30.", ten, "2026-03-02T16:30"),
        ("I'll call you at quarter past four.", ten, "2026-03-02T16:15"),
        ("I'll call you at half past two.", ten, "2026-03-02T14:30"),
        ("I will ring you before eleven.", monday(9, 0), "2026-03-02T11:00"),
        ("I'll ring you by noon.", ten, "2026-03-02T12:00"),
        ("I'll call you tomorrow.", ten, "2026-03-03T23:59"),
        ("I'll call you tomorrow morning.", ten, "2026-03-03T12:00"),
        ("I'll call you this afternoon.", ten, "2026-03-02T18:00"),
        ("I'll write to you tonight.", ten, "2026-03-02T23:59"),
        ("You'll have it by Friday.", ten, "2026-03-06T23:59"),
        ("The engineer will come on Thursday between 8 and 10.", ten, "2026-03-05T10:00"),
        ("I'll call you on Monday.", ten, "2026-03-09T23:59"),
        ("We'll refund you before the 10th.", ten, "2026-03-09T23:59"),
        ("We'll send it on 12 March.", ten, "2026-03-12T23:59"),
        ("The money will be on your card in two working days.", date(2026, 3, 6).at(10, 0, 0, 0), "2026-03-10T23:59"),
        ("I'll call you by close of business.", ten, "2026-03-02T18:00"),
        ("I'll let you know by the end of the day.", ten, "2026-03-02T23:59"),
        ("I'll call you at 8 this evening.", ten, "2026-03-02T20:00"),
        ("I'll call you tomorrow at 3.", ten, "2026-03-03T15:00"),
        ("We'll get it sorted this week.", ten, "2026-03-08T23:59"),
        ("I'll ring you next week.", ten, "2026-03-15T23:59"),
        ("You'll have it by the weekend.", ten, "2026-03-06T23:59"),
        ("The points will be credited by the end of the month.", ten, "2026-03-31T23:59"),
        ("Your box will be delivered tomorrow evening.", ten, "2026-03-03T23:59"),
        ("There will be a taxi at your door in 45 minutes.", monday(23, 30), "2026-03-03T00:15"),
    ];
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(reply, now, due)| {
            let found = read_at(reply, *now, &Lexicon::empty()).promises.iter().filter_map(|promise| promise.due).min();
            (found != Some(moment(due))).then(|| format!("{reply}\n  wanted {due}, found {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn due_times_in_russian() {
    let ten = monday(10, 0);
    let table: &[(&str, DateTime, &str)] = &[
        ("Перезвоню вам через 5 минут.", ten, "2026-03-02T10:05"),
        ("Минут через двадцать наберу.", ten, "2026-03-02T10:20"),
        ("Через пару часов отпишусь.", ten, "2026-03-02T12:00"),
        ("Мастер подъедет через полтора часа.", ten, "2026-03-02T11:30"),
        ("В течение суток вам ответят.", ten, "2026-03-03T10:00"),
        ("Деньги вернём за 2-3 дня.", ten, "2026-03-05T23:59"),
        ("Вернём деньги в течение трёх рабочих дней.", ten, "2026-03-05T23:59"),
        ("Перезвоню к трём.", ten, "2026-03-02T15:00"),
        ("Позвоню вам в полпятого.", ten, "2026-03-02T16:30"),
        ("Наберу вас в четверть пятого.", ten, "2026-03-02T16:15"),
        ("Курьер будет у вас без двадцати шесть.", ten, "2026-03-02T17:40"),
        ("Позвоню вам в 15-00.", ten, "2026-03-02T15:00"),
        ("Курьер приедет завтра с двух до четырёх.", ten, "2026-03-03T16:00"),
        ("Документы пришлю до обеда.", ten, "2026-03-02T12:00"),
        ("До конца недели всё исправим.", ten, "2026-03-08T23:59"),
        ("Бонусы начислим до конца месяца.", ten, "2026-03-31T23:59"),
        ("Заменим счётчик до 10-го числа.", ten, "2026-03-10T23:59"),
        ("Доставим 05.04.", ten, "2026-04-05T23:59"),
        ("Привезём на следующей неделе.", ten, "2026-03-15T23:59"),
    ];
    let pack = LanguagePack::bundled("ru").expect("the Russian pack");
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(reply, now, due)| {
            let reading = pack.read(reply, &Context { customer: "", now: *now }, &Lexicon::empty());
            let found = reading.promises.iter().filter_map(|promise| promise.due).min();
            (found != Some(moment(due))).then(|| format!("{reply}\n  wanted {due}, found {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_promises() {
    for reply in [
        "I tried your number at 9:45, but nobody answered.",
        "Our lines are open from 8 until 6, Monday to Saturday.",
        "Please send me the form by Friday.",
        "You have to pay by tomorrow.",
        "I can't promise anything by tomorrow.",
        "It was due on Thursday.",
        "Shall I call you at four?",
        "You waited for two hours.",
    ] {
        assert_eq!(read_at(reply, monday(10, 0), &Lexicon::empty()).promises, [], "{reply}");
    }
}

#[test]
fn earliest_moments() {
    let table = [
        ("I'll call you back in five minutes.", Some("2026-03-02T10:05")),
        ("I'll call you at 4.", Some("2026-03-02T16:00")),
        ("I'll call you tomorrow morning.", Some("2026-03-03T08:00")),
        ("I'll call you tomorrow between 8 and 10.", Some("2026-03-03T08:00")),
        ("I'll call you by 4.", None),
        ("I'll call you within an hour.", None),
        ("I'll call you before noon.", None),
    ];
    for (reply, earliest) in table {
        let reading = read_at(reply, monday(10, 0), &Lexicon::empty());
        let promise = reading.promises.first().expect(reply);
        assert_eq!(promise.not_before, earliest.map(moment), "{reply}");
    }
}

#[test]
fn who_keeps_it() {
    let table = [
        ("I'll call you back in five minutes.", Contact::Agent),
        ("You'll hear from me by noon.", Contact::Agent),
        ("I'll let you know by four.", Contact::Agent),
        ("I'll be back in ten minutes.", Contact::Agent),
        ("Our billing team will call you by noon.", Contact::Colleague),
        ("A specialist will contact you within 24 hours.", Contact::Colleague),
        ("The parcel will arrive by Friday.", Contact::Action),
        ("I'll send a courier tomorrow.", Contact::Action),
        ("I'll call you back soon.", Contact::Agent),
    ];
    for (reply, contact) in table {
        let reading = read_at(reply, monday(10, 0), &Lexicon::empty());
        assert_eq!(reading.promises.first().map(|promise| promise.contact), Some(contact), "{reply}");
    }
}

fn parcel() -> Lexicon {
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let fact =
        |id: &str, asked: &[&str]| Fact { id: id.into(), asked: words(asked), answer: Vec::new(), needed: false };
    let offer = |id: &str, heard: &[&str]| Offer {
        id: id.into(),
        heard: words(heard),
        needs: Vec::new(),
        ruled_out_by: Vec::new(),
        heals: 50,
        cost: 0,
        beyond_authority: false,
        goodwill: false,
        unreasonable: false,
        accepted: Vec::new(),
        declined: Vec::new(),
    };
    let scenario = Scenario {
        format: 1,
        title: "The parcel".into(),
        summary: String::new(),
        language: "en".into(),
        channel: Default::default(),
        difficulty: 2,
        starts: "2026-03-02T10:00".into(),
        company: Company { jargon: words(&["POD", "track and trace"]), ..Company::default() },
        customer: Customer { name: "Jana Novak".into(), address: "Ms Novak".into(), ..Customer::default() },
        facts: vec![fact("order", &["order number", "reference"]), fact("since", &["since when", "due"])],
        offers: vec![
            offer("resend", &["new one", "send it again", "replacement"]),
            offer("refund", &["refund", "money back"]),
        ],
        cannot_help: Some(CannotHelp { reason: words(&["flight has left", "already departed"]) }),
        call_back: Default::default(),
        beats: Vec::new(),
        exits: Vec::new(),
        endings: Vec::new(),
    };
    vocabulary(&scenario, LanguagePack::bundled("en").expect("the English pack"))
}

#[test]
fn facts_asked_for() {
    let lexicon = parcel();
    let asked = |reply: &str| -> Vec<String> {
        read_at(reply, monday(10, 0), &lexicon).asks.into_iter().map(|mention| mention.id).collect()
    };
    assert_eq!(asked("May I have the order number?"), ["order"]);
    assert_eq!(asked("can you tell me the ordr number"), ["order"]);
    assert_eq!(asked("Have you got the reference on the slip?"), ["order"]);
    assert_eq!(asked("When was it due?"), ["since"]);
    assert_eq!(asked("I have the order number here."), [""; 0]);
}

#[test]
fn offers_proposed() {
    let lexicon = parcel();
    let proposed = |reply: &str| -> Vec<String> {
        read_at(reply, monday(10, 0), &lexicon).proposes.into_iter().map(|mention| mention.id).collect()
    };
    assert_eq!(proposed("I can send you a new one today."), ["resend"]);
    assert_eq!(proposed("Would you like a refund or a replacement?"), ["refund", "resend"]);
    assert_eq!(proposed("We'll give you your money back."), ["refund"]);
    assert_eq!(proposed("A full refund."), ["refund"]);
    assert_eq!(proposed("I can't give you a refund."), [""; 0]);
    assert_eq!(proposed("There will be no refund, but I can send a replacement."), ["resend"]);
    assert_eq!(proposed("If you had told us, you would have got a refund."), [""; 0]);
    assert_eq!(proposed("You said \"I want a refund\"."), [""; 0]);
}

#[test]
fn names_reasons_and_jargon() {
    let lexicon = parcel();
    let reply = "I'm sorry, Ms Novak, but the flight has already left, and the POD is missing.";
    let reading = read_at(reply, monday(10, 0), &lexicon);
    assert_eq!(reading.names_customer.map(|span| span.of(reply)), Some("Ms Novak"));
    assert_eq!(reading.gives_reason.map(|span| span.of(reply)), Some("flight has already left"));
    assert_eq!(reading.jargon.iter().map(|span| span.of(reply)).collect::<Vec<_>>(), ["POD"]);
    for reply in ["Thank you, Jana.", "thank you ms novak", "thanks novak"] {
        assert!(read_at(reply, monday(10, 0), &lexicon).names_customer.is_some(), "{reply}");
    }
    assert!(read_at("Thank you.", monday(10, 0), &lexicon).names_customer.is_none());
}
