//! What the Bulgarian reader sees: own examples of acts, of times, and of replies typed in Latin letters.

use calmline::language::{Act, Context, LanguagePack, Lexicon, Reading};
use jiff::civil::{DateTime, date};

/// A Monday.
fn monday(hour: i8, minute: i8) -> DateTime {
    date(2026, 3, 2).at(hour, minute, 0, 0)
}

fn read_at(reply: &str, now: DateTime) -> Reading {
    let pack = LanguagePack::bundled("bg").expect("the Bulgarian pack");
    pack.read(reply, &Context { customer: "", now }, &Lexicon::empty())
}

fn check(table: &[(&str, &[Act])]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(reply, acts)| {
            let reading = read_at(reply, monday(10, 0));
            let lacking: Vec<_> = acts.iter().filter(|act| !reading.has(**act)).collect();
            let hurting: Vec<_> =
                reading.acts.iter().filter(|found| found.act.hurts() && !acts.contains(&found.act)).collect();
            (!lacking.is_empty() || !hurting.is_empty())
                .then(|| format!("{reply}\n  lacks {lacking:?}, invents {hurting:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn acts() {
    check(&[
        ("Много съжалявам за неудобството, госпожо Новак.", &[Act::Apology]),
        ("Срам ме е, че сте чакали толкова.", &[Act::Apology]),
        ("На коя дата го поръчахте?", &[Act::Question]),
        ("Пратете ми снимка на етикета, моля.", &[Act::Question, Act::Courtesy]),
        ("Значи сте платили, а пратка няма.", &[Act::Paraphrase]),
        ("Напълно разбирам притеснението ви.", &[Act::Empathy]),
        ("Мога да ви върна сумата или да изпратя нов.", &[Act::Offer]),
        ("Проверявам в склада и ви звъня.", &[Act::NextStep]),
        ("Ще ви пиша, щом разбера нещо.", &[Act::NextStep, Act::VaguePromise]),
        ("Това устройва ли ви?", &[Act::CheckBack]),
        ("Казвам се Мария, вътрешен 214.", &[Act::Identify]),
        ("Трябваше да прочетете договора.", &[Act::Arguing]),
        ("Вината е на куриера.", &[Act::BlameShift]),
        ("Нищо не мога да направя.", &[Act::BrushOff]),
        ("Не ме занимавайте с глупости.", &[Act::Rudeness]),
    ]);
}

#[test]
fn typed_in_latin_letters() {
    check(&[
        ("mnogo sujalqvam za zakasnenieto", &[Act::Apology]),
        ("mnogo sajalyavame za zabavianeto", &[Act::Apology]),
        ("izvinqvaite, 4akai malko 6te proverq vednaga", &[Act::Apology, Act::NextStep]),
        ("shte vi vurnem parite do petak", &[Act::Offer, Act::TimedPromise]),
        ("6te vi varna sumata do petyk ok?", &[Act::Offer]),
        ("blagodarq vi, moje li nomera na porychkata?", &[Act::Courtesy, Act::Question]),
        ("vinata e na kuriera", &[Act::BlameShift]),
        ("ok, thanks for the photo, vij https://example.com/6te, shte vi zvanna", &[Act::NextStep]),
    ]);
    let reply = "dobre, shte vi zvanna v 5 i polovina";
    let reading = read_at(reply, monday(10, 0));
    let promise = reading.promises.first().expect("a promise");
    assert_eq!(promise.due, Some(date(2026, 3, 2).at(17, 30, 0, 0)));
    assert_eq!(promise.span.of(reply), "shte vi zvanna v 5 i polovina");
}

#[test]
fn due_times() {
    let ten = monday(10, 0);
    let table: &[(&str, &str)] = &[
        ("Ще ви звънна след пет минути.", "2026-03-02T10:05"),
        ("Ще ви звънна след около десет минути.", "2026-03-02T10:10"),
        ("До час ще ви се обадя.", "2026-03-02T11:00"),
        ("Ще ви се обадя след час и половина.", "2026-03-02T11:30"),
        ("Ще ви се обадя в четири и половина.", "2026-03-02T16:30"),
        ("Ще ви се обадя в пет без десет.", "2026-03-02T16:50"),
        ("Ще ви звънна в шест без петнайсет.", "2026-03-02T17:45"),
        ("Към пет ще ви пиша.", "2026-03-02T17:00"),
        ("Ще ви пиша до 14 ч.", "2026-03-02T14:00"),
        ("Ще ви пиша до 16,30 ч.", "2026-03-02T16:30"),
        ("Ще ви се обадя до обяд.", "2026-03-02T12:00"),
        ("Ще ви се обадя утре сутринта.", "2026-03-03T12:00"),
        ("Ще получите парите до два-три дни.", "2026-03-05T23:59"),
        ("Ще получите отговор до 5 работни дни.", "2026-03-09T23:59"),
        ("Ще получите отговор до двайсет и пет дни.", "2026-03-27T23:59"),
        ("Ще ви го доставим на 5 март.", "2026-03-05T23:59"),
        ("Ще ви го доставим до 12-и.", "2026-03-12T23:59"),
        ("Куриерът ще дойде в четвъртък между два и четири.", "2026-03-05T16:00"),
        ("Ще ви се обадя до края на работния ден.", "2026-03-02T18:00"),
        ("До края на седмицата ще имате решение.", "2026-03-08T23:59"),
        ("Ще ги начислим до края на месеца.", "2026-03-31T23:59"),
        ("Ще ви пиша след 15мин.", "2026-03-02T10:15"),
    ];
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(reply, due)| {
            let found = read_at(reply, ten).promises.iter().filter_map(|promise| promise.due).min();
            let wanted: DateTime = due.parse().expect("a moment");
            (found != Some(wanted)).then(|| format!("{reply}\n  wanted {due}, found {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_promises() {
    for reply in [
        "Работим от 9 до 18 часа.",
        "Пратете ми формуляра до петък.",
        "Не мога да обещая нищо до утре.",
        "Да ви се обадя ли в пет?",
        "Чакали сте два часа.",
    ] {
        assert_eq!(read_at(reply, monday(10, 0)).promises, [], "{reply}");
    }
}
