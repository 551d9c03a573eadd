//! How the reader is measured against labels.
#![allow(clippy::unwrap_used)]

use calmline::language::Tally;

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-9
}

#[test]
fn precision_recall_and_what_means_them() {
    let tally = Tally { right: 6, missed: 2, invented: 4 };
    assert!(near(tally.precision().unwrap(), 0.6) && near(tally.recall().unwrap(), 0.75));
    assert!(near(tally.f1(), 2.0 * 0.6 * 0.75 / 1.35));
    assert!(near(tally.f_beta(1.0), tally.f1()));
    assert!(tally.f_beta(0.5) < tally.f1() && tally.f1() < tally.f_beta(2.0), "here recall is the better of the two");
}

#[test]
fn nothing_found_and_nothing_labelled_has_no_share() {
    let nothing = Tally::default();
    assert_eq!((nothing.precision(), nothing.recall()), (None, None));
    assert_eq!((nothing.f1(), nothing.f_beta(0.7)), (0.0, 0.0));
    let missed = Tally { missed: 3, ..Tally::default() };
    assert_eq!((missed.precision(), missed.recall(), missed.f1()), (None, Some(0.0), 0.0));
}
