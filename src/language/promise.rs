//! Times in a reply: durations, clock times, days, dates, parts of a day; resolved against the moment of the reply.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span as Period, ToSpan};
use serde::Deserialize;

use super::text::{Text, Token};

/// The hour from which a company is expected to act on a later day.
const DAY_STARTS: i8 = 8;
/// A bare hour below this, on another day, is meant in the afternoon.
const EARLIEST_BARE_HOUR: i8 = 7;

/// The time part of a pack as it stands in the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeSource {
    /// Number words.
    pub numbers: BTreeMap<String, u32>,
    /// Words between the tens and the ones of a number, where the language has such.
    #[serde(default)]
    pub number_joiners: Vec<String>,
    pub units: BTreeMap<String, Unit>,
    /// Words that make a day a working day.
    pub working: Vec<String>,
    /// 1 is Monday.
    pub weekdays: BTreeMap<String, u8>,
    pub months: BTreeMap<String, u8>,
    pub am: Vec<String>,
    pub pm: Vec<String>,
    /// What turns digits into a day of the month: "10th".
    pub ordinal_endings: Vec<String>,
    /// Words between the parts of one time: "on", "at", "the".
    pub glue: Vec<String>,
    /// Words that make it a deadline: "by", "until".
    pub deadline: Vec<String>,
    /// Words that exclude a day: "before the 10th" ends on the 9th.
    pub before: Vec<String>,
    pub expressions: Vec<TimeGroup>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Unit {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeGroup {
    pub is: TimeKind,
    pub patterns: Vec<String>,
}

/// What a time pattern means; numbers, units and names are taken from its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum TimeKind {
    /// "in ten minutes": at that moment. With a number: that many minutes.
    In(Option<u32>),
    /// "within ten minutes": by that moment.
    Within(Option<u32>),
    /// A clock time in digits, or an hour with its half of the day.
    Clock,
    /// An hour without anything else: "at four".
    Hour,
    /// That many minutes past the hour named.
    Past(i32),
    At(u8, u8),
    /// "between 8 and 10".
    Between,
    /// That many days from today.
    Day(u32),
    Weekday,
    /// A weekday (1 is Monday) of the week that many weeks ahead: "next week" ends on a `Week(1, 7)`.
    Week(u32, u8),
    /// The last day of the month that many months ahead.
    MonthEnd(u32),
    Date,
    /// A date in digits only: "05.12", "5.12.2026".
    DayMonth,
    /// A part of the day, from one hour to another; 24 is 23:59.
    Part(u8, u8),
    /// The end of business or of the day: a deadline.
    Closes(u8, u8),
    /// The next day of that number, 1 is Monday.
    Next(u8),
}

/// The time words of a pack, ready for look-up.
#[derive(Debug, Default)]
pub(crate) struct TimeWords {
    numbers: HashMap<String, u32>,
    number_joiners: HashSet<String>,
    units: HashMap<String, Unit>,
    working: HashSet<String>,
    weekdays: HashMap<String, u8>,
    months: HashMap<String, u8>,
    am: HashSet<String>,
    pm: HashSet<String>,
    ordinal_endings: Vec<String>,
    glue: HashSet<String>,
    deadline: HashSet<String>,
    before: HashSet<String>,
}

impl TimeWords {
    pub(crate) fn of(source: &TimeSource, problem: &mut dyn FnMut(&str, String)) -> TimeWords {
        for (word, number) in source.weekdays.iter().filter(|(_, number)| !(1..=7).contains(*number)) {
            problem(word, format!("weekday {number} is not 1 to 7"));
        }
        for (word, number) in source.months.iter().filter(|(_, number)| !(1..=12).contains(*number)) {
            problem(word, format!("month {number} is not 1 to 12"));
        }
        for group in &source.expressions {
            let fits = match group.is {
                TimeKind::At(hour, minute) | TimeKind::Closes(hour, minute) => hour < 24 && minute < 60,
                TimeKind::Part(from, to) => from < to && to <= 24,
                TimeKind::Past(minutes) => minutes.abs() < 60,
                TimeKind::Day(days) => days <= 366,
                TimeKind::Week(weeks, day) => weeks <= 52 && (1..=7).contains(&day),
                TimeKind::MonthEnd(months) => months <= 12,
                TimeKind::Next(day) => (1..=7).contains(&day),
                _ => true,
            };
            if !fits {
                let first = group.patterns.first().map_or("expressions", String::as_str);
                problem(first, format!("{:?} is no time of day", group.is));
            }
        }
        let set = |words: &[String]| words.iter().cloned().collect::<HashSet<_>>();
        TimeWords {
            numbers: source.numbers.clone().into_iter().collect(),
            number_joiners: set(&source.number_joiners),
            units: source.units.clone().into_iter().collect(),
            working: set(&source.working),
            weekdays: source.weekdays.clone().into_iter().collect(),
            months: source.months.clone().into_iter().collect(),
            am: set(&source.am),
            pm: set(&source.pm),
            ordinal_endings: source.ordinal_endings.clone(),
            glue: set(&source.glue),
            deadline: set(&source.deadline),
            before: set(&source.before),
        }
    }

    /// Every word that the pack's time part names, sorted.
    pub(crate) fn all(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self
            .numbers
            .keys()
            .chain(self.units.keys())
            .chain(self.weekdays.keys())
            .chain(self.months.keys())
            .chain(&self.working)
            .map(String::as_str)
            .collect();
        all.sort_unstable();
        all
    }
}

/// One time in a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeFound {
    /// Tokens from here to before `end`.
    pub first: usize,
    pub end: usize,
    pub due: DateTime,
    pub not_before: Option<DateTime>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Atom {
    Ahead { due: DateTime, exact: bool },
    Clock(Clock),
    Between(Clock, Clock),
    Day(Date),
    Part(i8, i8),
    Closes(i8, i8),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Clock {
    hour: i8,
    minute: i8,
    /// Known to be before or after noon.
    sure: bool,
}

/// The times among the pattern matches `(first, end, kind)`, sorted by first token.
pub(crate) fn find_times(
    text: &Text,
    matches: &[(usize, usize, TimeKind)],
    words: &TimeWords,
    now: DateTime,
) -> Vec<TimeFound> {
    let mut atoms: Vec<(usize, usize, Atom)> = Vec::new();
    let mut taken = 0;
    let mut at = 0;
    while at < matches.len() {
        let first = matches[at].0;
        let same = matches[at..].iter().take_while(|(other, ..)| *other == first).count();
        let mut best: Option<(usize, Atom)> = None;
        for &(_, end, kind) in &matches[at..at + same] {
            if let Some(atom) = words.atom(&text.tokens[first..end], text.tokens.get(end), kind, now)
                && best.is_none_or(|(longest, _)| end > longest)
            {
                best = Some((end, atom));
            }
        }
        if let Some((end, atom)) = best
            && first >= taken
        {
            atoms.push((first, end, atom));
            taken = end;
        }
        at += same;
    }
    let mut found = Vec::new();
    let mut rest = &atoms[..];
    while let Some((&(first, mut end, _), _)) = rest.split_first() {
        let mut count = 1;
        for pair in rest.windows(2) {
            let (gap_start, gap_end) = (pair[0].1, pair[1].0);
            let joined = gap_end - gap_start <= 3
                && text.tokens[gap_start].sentence == text.tokens[pair[0].0].sentence
                && text.tokens[pair[1].0].sentence == text.tokens[pair[0].0].sentence
                && text.tokens[gap_start..gap_end].iter().all(|token| words.joins(token))
                && !matches!((pair[0].2, pair[1].2), (Atom::Ahead { .. }, _) | (_, Atom::Ahead { .. }))
                && std::mem::discriminant(&pair[0].2) != std::mem::discriminant(&pair[1].2);
            if !joined {
                break;
            }
            count += 1;
            end = pair[1].1;
        }
        let mut lead = first;
        let sentence = text.tokens[first].sentence;
        while lead > 0
            && first - lead < 4
            && text.tokens[lead - 1].sentence == sentence
            && words.joins(&text.tokens[lead - 1])
        {
            lead -= 1;
        }
        let within = &text.tokens[lead..end];
        let before = within.iter().any(|token| words.before.contains(&*token.word));
        // "at 10:20 at the latest": the deadline stands behind the time, unless it leads into another one.
        let next = rest.get(count).map_or(text.tokens.len(), |atom| atom.0);
        let behind = text.tokens[end..]
            .iter()
            .take(3)
            .take_while(|token| token.sentence == sentence && words.joins(token))
            .position(|token| words.deadline.contains(&*token.word))
            .is_some_and(|at| end + at + 1 < next || next == text.tokens.len());
        let deadline = before || behind || within.iter().any(|token| words.deadline.contains(&*token.word));
        let parts: Vec<Atom> = rest[..count].iter().map(|(.., atom)| *atom).collect();
        if let Some((due, not_before)) = resolve(&parts, before, deadline, now)
            && due >= now
        {
            found.push(TimeFound { first: lead, end, due, not_before: not_before.map(|moment| moment.max(now)) });
        }
        rest = &rest[count..];
    }
    found
}

impl TimeWords {
    fn joins(&self, token: &Token) -> bool {
        self.glue.contains(&*token.word) || self.deadline.contains(&*token.word) || self.before.contains(&*token.word)
    }

    fn atom(&self, tokens: &[Token], next: Option<&Token>, kind: TimeKind, now: DateTime) -> Option<Atom> {
        Some(match kind {
            TimeKind::In(minutes) => self.ahead(tokens, minutes, now, true)?,
            TimeKind::Within(minutes) => self.ahead(tokens, minutes, now, false)?,
            TimeKind::Clock => {
                let pm = self.half_of_day(tokens);
                let mut clock = tokens.iter().find_map(|token| self.clock(&token.word, pm.is_some()))?;
                clock.fix(pm);
                Atom::Clock(clock)
            }
            TimeKind::Hour => {
                if next.is_some_and(|token| {
                    self.units.contains_key(&*token.word)
                        || self.working.contains(&*token.word)
                        || self.value(&token.word).is_some()
                        || matches!(&*token.word, "%" | "percent")
                }) {
                    return None;
                }
                // "at 8.30": after a preposition the point parts hours from minutes.
                // So may a hyphen, "at 15-00", where it cannot mean a range.
                let pointed = |token: &Token| {
                    let word = &*token.word;
                    let parted = word.contains(['.', ',']) || word.ends_with("-00") || word.ends_with("-30");
                    parted.then(|| self.clock(word, true)).flatten()
                };
                if let Some(clock) = tokens.iter().find_map(pointed) {
                    return Some(Atom::Clock(clock));
                }
                Atom::Clock(Clock::new(*self.values(tokens).first()?, 0)?)
            }
            TimeKind::Past(minutes) => {
                // "ten to five" in one language is "five without ten" in another: the hour is the number that is left.
                let mut numbers: Vec<u32> = tokens.iter().filter_map(|token| self.value(&token.word)).collect();
                if numbers.len() > 1
                    && let Some(at) = numbers.iter().position(|number| *number == minutes.unsigned_abs())
                {
                    numbers.remove(at);
                }
                let hour = numbers.pop()?;
                let hour = if minutes < 0 { hour.checked_sub(1)? } else { hour };
                let minute = if minutes < 0 { 60 + minutes } else { minutes };
                Atom::Clock(Clock::new(hour, u32::try_from(minute).ok()?)?)
            }
            TimeKind::At(hour, minute) => {
                Atom::Clock(Clock { hour: i8::try_from(hour).ok()?, minute: i8::try_from(minute).ok()?, sure: true })
            }
            TimeKind::Between => {
                let pm = self.half_of_day(tokens);
                let mut clocks = tokens.iter().flat_map(|token| self.clocks(&token.word));
                let (mut from, mut to) = (clocks.next()?, clocks.next()?);
                to.fix(pm);
                if pm.is_some() && to.hour >= 12 && from.hour + 12 <= to.hour {
                    from.fix(pm);
                }
                Atom::Between(from, to)
            }
            TimeKind::Day(days) => Atom::Day(now.date().checked_add(Period::new().days(i64::from(days))).ok()?),
            TimeKind::Weekday => {
                Atom::Day(next_weekday(*tokens.iter().find_map(|token| self.weekdays.get(&*token.word))?, now.date())?)
            }
            TimeKind::Next(day) => Atom::Day(next_weekday(day, now.date())?),
            TimeKind::Week(weeks, day) => {
                let today = now.date().weekday().to_monday_one_offset();
                let ahead = 7 * i64::from(weeks) + i64::from(day) - i64::from(today);
                Atom::Day(now.date().checked_add(ahead.days()).ok()?)
            }
            TimeKind::MonthEnd(months) => {
                Atom::Day(now.date().first_of_month().checked_add(i64::from(months).months()).ok()?.last_of_month())
            }
            TimeKind::Date => Atom::Day(self.date(tokens, now.date())?),
            TimeKind::DayMonth => {
                Atom::Day(tokens.iter().find_map(|token| Self::day_and_month(&token.word, now.date()))?)
            }
            TimeKind::Part(from, to) => Atom::Part(i8::try_from(from).ok()?, i8::try_from(to).ok()?),
            TimeKind::Closes(hour, minute) => Atom::Closes(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?),
        })
    }

    fn ahead(&self, tokens: &[Token], minutes: Option<u32>, now: DateTime, exact: bool) -> Option<Atom> {
        if let Some(minutes) = minutes {
            return Some(Atom::Ahead { due: now.checked_add(i64::from(minutes).minutes()).ok()?, exact });
        }
        // "16,30" is no amount.
        if tokens.iter().any(|token| token.shape.digits && self.value(&token.word).is_none()) {
            return None;
        }
        let unit = tokens.iter().rev().find_map(|token| self.units.get(&*token.word))?;
        let amount = i64::from(self.values(tokens).last().copied().unwrap_or(1).min(10_000));
        let working = tokens.iter().any(|token| self.working.contains(&*token.word));
        let day_end = |date: Date| date.to_datetime(time(23, 59));
        let due = match unit {
            Unit::Minutes => now.checked_add(amount.minutes()).ok()?,
            Unit::Hours => now.checked_add(amount.hours()).ok()?,
            Unit::Days if working => day_end(working_days_after(now.date(), amount)?),
            Unit::Days => day_end(now.date().checked_add(amount.days()).ok()?),
            Unit::Weeks => day_end(now.date().checked_add(amount.weeks()).ok()?),
            Unit::Months => day_end(now.date().checked_add(amount.months()).ok()?),
        };
        Some(Atom::Ahead { due, exact: exact && matches!(unit, Unit::Minutes | Unit::Hours) })
    }

    /// Some(true) for the afternoon's half of the day.
    fn half_of_day(&self, tokens: &[Token]) -> Option<bool> {
        tokens.iter().rev().find_map(|token| {
            let letters = token.word.trim_start_matches(|c: char| !c.is_alphabetic()).replace('.', "");
            if self.am.contains(letters.as_str()) {
                Some(false)
            } else {
                self.pm.contains(letters.as_str()).then_some(true)
            }
        })
    }

    /// The numbers that the words are, tens and ones put together.
    fn values(&self, tokens: &[Token]) -> Vec<u32> {
        let mut values: Vec<u32> = Vec::new();
        let mut previous: Option<u32> = None;
        for token in tokens {
            let Some(value) = self.value(&token.word) else {
                previous = previous.filter(|_| self.number_joiners.contains(&*token.word));
                continue;
            };
            match (previous, values.last_mut()) {
                (Some(tens), Some(last)) if tens >= 20 && tens % 10 == 0 && value < 10 => *last = tens + value,
                _ => values.push(value),
            }
            previous = Some(value);
        }
        values
    }

    /// The number that a word is: digits, a number word, an ordinal, the later bound of a range.
    fn value(&self, word: &str) -> Option<u32> {
        if let Some(&number) = self.numbers.get(word) {
            return Some(number);
        }
        // "10-го": what stands behind the hyphen only inflects the number.
        let bare = word.rsplit_once('-').filter(|(_, ending)| self.ordinal_endings.iter().any(|known| known == ending));
        let last = bare.map_or(word, |(number, _)| number).rsplit('-').next()?;
        let digits: &str = &last[..last.bytes().take_while(u8::is_ascii_digit).count()];
        let ending = &last[digits.len()..];
        let plain = ending.is_empty() || self.ordinal_endings.iter().any(|ordinal| ordinal == ending);
        if plain && digits.len() <= 5 { digits.parse().ok() } else { None }
    }

    /// "16:30", "4.30pm", "4pm"; a bare number only where its half of the day is known.
    fn clock(&self, word: &str, half_known: bool) -> Option<Clock> {
        if let Some(&hour) = self.numbers.get(word) {
            return half_known.then(|| Clock::new(hour, 0)).flatten();
        }
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
        let letters = word[digits.len()..].replace('.', "");
        let half = self.am.contains(letters.as_str()) || self.pm.contains(letters.as_str());
        if !letters.is_empty() && !half && letters != "h" {
            return None;
        }
        match digits.split_once([':', '.', ',', '-']) {
            Some((hour, minute)) if minute.len() == 2 && (word.contains(':') || half || half_known) => {
                let mut clock = Clock::new(hour.parse().ok()?, minute.parse().ok()?)?;
                clock.sure |= hour.starts_with('0');
                Some(clock)
            }
            None if half || half_known => digits.parse().ok().and_then(|hour| Clock::new(hour, 0)),
            _ => None,
        }
    }

    fn clocks(&self, word: &str) -> Vec<Clock> {
        word.split('-').filter_map(|part| self.clock(part, true)).collect()
    }

    /// "05.12", "5.12.26": the next such day.
    fn day_and_month(word: &str, today: Date) -> Option<Date> {
        let mut parts = word.split('.').map(|part| part.parse::<i16>().ok());
        let (day, month) = (i8::try_from(parts.next()??).ok()?, i8::try_from(parts.next()??).ok()?);
        let years = match parts.next() {
            Some(year) => [year? % 100 + 2000, 0],
            None => [today.year(), today.year() + 1],
        };
        years.into_iter().find_map(|year| Date::new(year, month, day).ok().filter(|date| *date >= today))
    }

    fn date(&self, tokens: &[Token], today: Date) -> Option<Date> {
        let day = i8::try_from(*self.values(tokens).first()?).ok()?;
        let month = tokens.iter().find_map(|token| self.months.get(&*token.word));
        let (mut year, mut at) = (today.year(), month.map_or(today.month(), |month| *month as i8));
        for _ in 0..14 {
            if let Ok(date) = Date::new(year, at, day)
                && date >= today
            {
                return Some(date);
            }
            if month.is_some() {
                year += 1;
            } else {
                at = at % 12 + 1;
                year += i16::from(at == 1);
            }
        }
        None
    }
}

impl Clock {
    fn new(hour: u32, minute: u32) -> Option<Clock> {
        let fits = hour <= 24 && minute < 60;
        fits.then_some(Clock { hour: (hour % 24) as i8, minute: minute as i8, sure: hour > 12 || hour == 0 })
    }

    fn fix(&mut self, pm: Option<bool>) {
        if let Some(pm) = pm
            && self.hour <= 12
        {
            self.hour = self.hour % 12 + if pm { 12 } else { 0 };
            self.sure = true;
        }
    }

    fn time(self) -> Time {
        time(self.hour, self.minute)
    }

    /// The moment meant on `day`, or where no day is named the next such moment.
    fn on(self, day: Option<Date>, part: Option<(i8, i8)>, now: DateTime) -> Option<DateTime> {
        let other = Clock { hour: (self.hour + 12) % 24, ..self };
        let date = day.unwrap_or(now.date());
        let readings: &[Clock] = if self.sure { &[self] } else { &[self, other] };
        if let Some((from, to)) = part
            && let Some(fit) = readings.iter().find(|clock| (from - 3..=to).contains(&clock.hour))
        {
            return Some(date.to_datetime(fit.time()));
        }
        if day.is_some_and(|day| day != now.date()) {
            let late = !self.sure && self.hour < EARLIEST_BARE_HOUR;
            return Some(date.to_datetime(if late { other } else { self }.time()));
        }
        let mut moments: Vec<DateTime> = readings.iter().map(|clock| date.to_datetime(clock.time())).collect();
        moments.sort_unstable();
        if let Some(next) = moments.iter().find(|moment| **moment > now) {
            return Some(*next);
        }
        if day.is_some() {
            return None;
        }
        let tomorrow = now.date().tomorrow().ok()?;
        self.on(Some(tomorrow), part, now)
    }
}

fn time(hour: i8, minute: i8) -> Time {
    if hour >= 24 {
        Time::constant(23, 59, 0, 0)
    } else {
        Time::new(hour.max(0), minute, 0, 0).unwrap_or(Time::midnight())
    }
}

/// The next such day, 1 is Monday; today's name means a week from today.
fn next_weekday(wanted: u8, today: Date) -> Option<Date> {
    let ahead = (i64::from(wanted) - i64::from(today.weekday().to_monday_one_offset())).rem_euclid(7);
    today.checked_add((if ahead == 0 { 7 } else { ahead }).days()).ok()
}

fn working_days_after(from: Date, amount: i64) -> Option<Date> {
    let mut date = from;
    let mut left = amount.min(2_000);
    while left > 0 {
        date = date.tomorrow().ok()?;
        if date.weekday().to_monday_one_offset() <= 5 {
            left -= 1;
        }
    }
    Some(date)
}

/// The latest and the earliest moment that the parts of one time mean together.
fn resolve(parts: &[Atom], before: bool, deadline: bool, now: DateTime) -> Option<(DateTime, Option<DateTime>)> {
    let mut day = None;
    let mut part = None;
    for atom in parts {
        match *atom {
            Atom::Ahead { due, exact } => return Some((due, exact.then_some(due))),
            Atom::Day(date) => day = Some(date),
            Atom::Part(from, to) => part = Some((from, to)),
            _ => {}
        }
    }
    let later = |date: Date| if day.is_none() { date.tomorrow().ok() } else { Some(date) };
    for atom in parts {
        match *atom {
            Atom::Clock(clock) => {
                let due = clock.on(day, part, now)?;
                return Some((due, (!deadline).then_some(due)));
            }
            Atom::Between(from, to) => {
                let due = to.on(day, part, now)?;
                let from = [from, Clock { hour: (from.hour + 12) % 24, ..from }]
                    .into_iter()
                    .map(|clock| due.date().to_datetime(clock.time()))
                    .filter(|moment| *moment < due)
                    .max()?;
                return Some((due, Some(from)));
            }
            Atom::Closes(hour, minute) => {
                let mut due = day.unwrap_or(now.date()).to_datetime(time(hour, minute));
                if due <= now {
                    due = later(due.date())?.to_datetime(time(hour, minute));
                }
                return Some((due, None));
            }
            _ => {}
        }
    }
    if let Some((from, to)) = part {
        let mut date = day.unwrap_or(now.date());
        if date.to_datetime(time(to, 0)) <= now {
            date = later(date)?;
        }
        let earliest = date.to_datetime(time(from, 0));
        return Some((date.to_datetime(time(to, 0)), (!deadline && earliest > now).then_some(earliest)));
    }
    let date = if before { day?.yesterday().ok()? } else { day? };
    let earliest = (!deadline && date > now.date()).then(|| date.to_datetime(time(DAY_STARTS, 0)));
    Some((date.to_datetime(time(23, 59)), earliest))
}
