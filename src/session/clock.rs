//! The simulated clock: seconds since the start, and what the wall shows at that moment.

use jiff::SignedDuration;
use jiff::civil::DateTime;

/// The start of a session on the simulated calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    start: DateTime,
}

impl Clock {
    #[must_use]
    pub fn starting(start: DateTime) -> Self {
        Self { start }
    }

    /// What the wall clock shows after so many seconds; the last moment of the calendar beyond it.
    #[must_use]
    pub fn at(self, seconds: u64) -> DateTime {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        self.start.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(DateTime::MAX)
    }

    /// Seconds from the start to this moment; zero where it lies before.
    #[must_use]
    pub fn seconds_to(self, moment: DateTime) -> u64 {
        u64::try_from(moment.duration_since(self.start).as_secs()).unwrap_or(0)
    }

    /// How long to wait, from what a person types: `5m`, `90s`, `1h30m`, `2 h`, `20` (minutes), `until 16:30`.
    #[must_use]
    pub fn wait(self, now: u64, words: &str) -> Option<u64> {
        let words = words.trim().to_lowercase();
        if let Some(moment) = words.strip_prefix("until ").or_else(|| words.contains(':').then_some(words.as_str())) {
            let time: jiff::civil::Time = format!("{:0>5}:00", moment.trim()).parse().ok()?;
            let here = self.at(now);
            let mut then = here.date().to_datetime(time);
            if then <= here {
                then = then.checked_add(SignedDuration::from_hours(24)).ok()?;
            }
            return Some(self.seconds_to(then).saturating_sub(now));
        }
        let mut total: u64 = 0;
        let mut rest = words.as_str();
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let amount: u64 = rest[..digits].parse().ok()?;
            rest = rest[digits..].trim_start();
            let letters = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
            let unit = match &rest[..letters] {
                "s" | "sec" | "secs" | "second" | "seconds" => 1,
                "" | "m" | "min" | "mins" | "minute" | "minutes" => 60,
                "h" | "hour" | "hours" => 3600,
                "d" | "day" | "days" => 86_400,
                _ => return None,
            };
            total = total.checked_add(amount.checked_mul(unit)?)?;
            rest = rest[letters..].trim_start();
        }
        (total > 0).then_some(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn ten_o_clock() -> Clock {
        Clock::starting(date(2026, 3, 2).at(10, 0, 0, 0))
    }

    #[test]
    fn the_wall_shows_the_start_plus_the_seconds() {
        assert_eq!(ten_o_clock().at(90 * 60).to_string(), "2026-03-02T11:30:00");
        assert_eq!(ten_o_clock().at(u64::MAX), DateTime::MAX);
    }

    #[test]
    fn people_write_waits_in_many_ways() {
        let read = |words| ten_o_clock().wait(0, words);
        assert_eq!(read("5m"), Some(300));
        assert_eq!(read("20"), Some(1200));
        assert_eq!(read("1h30m"), Some(5400));
        assert_eq!(read("1 h 5 min"), Some(3900));
        assert_eq!(read("90 seconds"), Some(90));
        assert_eq!(read("until 16:30"), Some(6 * 3600 + 1800));
        assert_eq!(read("9:00"), Some(23 * 3600));
    }

    #[test]
    fn nonsense_is_no_wait() {
        for words in ["", "soon", "5x", "0m", "-3m", "until tea", "99999999999999999999h", "25:00"] {
            assert_eq!(ten_o_clock().wait(0, words), None, "{words}");
        }
    }
}
