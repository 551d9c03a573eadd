//! A local moment as files write it: `2026-03-02T16:15`, with seconds only where there are any.

use jiff::civil::{DateTime, date};

/// The moment at which a reply without one of its own is read: a Monday morning, so that the same reply always reads the same.
#[must_use]
pub fn usual() -> DateTime {
    date(2026, 3, 2).at(10, 0, 0, 0)
}

/// The moment that the words state; none where they state no date with a time, or one with a time zone.
#[must_use]
pub fn parse(words: &str) -> Option<DateTime> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%.f"];
    forms.iter().find_map(|form| DateTime::strptime(form, words).ok())
}

/// The moment as [`parse`] takes it.
#[must_use]
pub fn print(moment: DateTime) -> String {
    let short = moment.second() == 0 && moment.subsec_nanosecond() == 0;
    if short { moment.strftime("%Y-%m-%dT%H:%M").to_string() } else { moment.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_taken_again() {
        for moment in [usual(), date(1, 1, 1).at(0, 0, 0, 1), date(9999, 12, 31).at(23, 59, 59, 999_999_999)] {
            assert_eq!(parse(&print(moment)), Some(moment));
        }
        assert_eq!(print(usual()), "2026-03-02T10:00");
    }

    #[test]
    fn what_is_no_moment() {
        for words in ["", "tomorrow", "2026-03-02", "2026-03-02T24:61", "2026-02-30T10:00", "2026-03-02T10:00Z"] {
            assert_eq!(parse(words), None, "{words}");
        }
    }
}
