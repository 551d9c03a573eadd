//! Whatever the bytes are, loading never panics, and it never refuses without saying why.

use calmline::check::load;
use proptest::prelude::*;

const VALID: &str = include_str!("scenarios/every-field.ron");

fn holds(bytes: &[u8]) {
    match load("random.ron", "random", bytes) {
        Ok(loaded) => assert!(loaded.warnings.iter().all(|d| !d.is_error())),
        Err(problems) => {
            assert!(problems.diagnostics.iter().any(|d| d.is_error()));
            let shown = problems.to_string();
            assert!(shown.contains("random.ron:"), "{shown}");
            assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
        }
    }
}

/// Pieces of scenario files, to be put together at random.
fn piece() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "(", ")", "[", "]", "{", "}", ",", ":", "\"", "'", "r#\"", "\"#", "b\"", "\\", "\\u{", "//", "/*", "*/", "\n",
        " ", "#![", "title", "beats", "id", "exits", "when", "to", "Not(", "Any([", "Act(", "Some(", "None", "NaN",
        "inf", "-", "1e999", "0x", "\"ring\"", "true", "Accepted", "\u{feff}", "\u{202e}", "é", "😡", "\r", "\0", "“",
        "=", ";",
    ];
    prop_oneof![proptest::sample::select(KNOWN).prop_map(str::to_owned), ".{0,3}"]
}

#[derive(Clone, Debug)]
enum Change {
    Delete(prop::sample::Index, usize),
    Duplicate(prop::sample::Index, usize),
    Swap(prop::sample::Index, prop::sample::Index),
    Insert(prop::sample::Index, String),
    Byte(prop::sample::Index, u8),
    Cut(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    use prop::sample::Index;
    prop_oneof![
        (any::<Index>(), 1..40usize).prop_map(|(at, length)| Change::Delete(at, length)),
        (any::<Index>(), 1..200usize).prop_map(|(at, length)| Change::Duplicate(at, length)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::Swap(a, b)),
        (any::<Index>(), piece()).prop_map(|(at, text)| Change::Insert(at, text)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        any::<Index>().prop_map(Change::Cut),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    match change {
        Change::Delete(at, length) => {
            let at = at.index(bytes.len());
            bytes.drain(at..(at + length).min(bytes.len()));
        }
        Change::Duplicate(at, length) => {
            let at = at.index(bytes.len());
            let copy = bytes[at..(at + length).min(bytes.len())].to_vec();
            bytes.splice(at..at, copy);
        }
        Change::Swap(a, b) => {
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            bytes.swap(a, b);
        }
        Change::Insert(at, text) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, text.bytes());
        }
        Change::Byte(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Change::Cut(at) => bytes.truncate(at.index(bytes.len())),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        holds(&bytes);
    }

    #[test]
    fn random_pieces(pieces in prop::collection::vec(piece(), 0..80)) {
        holds(pieces.concat().as_bytes());
    }

    #[test]
    fn a_changed_scenario(changes in prop::collection::vec(change(), 1..6)) {
        let mut bytes = VALID.as_bytes().to_vec();
        changes.iter().for_each(|change| apply(&mut bytes, change));
        holds(&bytes);
    }
}

/// Large files made of one thing over and over: whoever is careless with these takes minutes.
#[test]
fn monsters() {
    let once = [
        "(",
        ")",
        "[",
        "{",
        "}",
        "(]",
        ",",
        ":",
        "a:1,",
        "a(",
        "title:\"x\",",
        "\"",
        "\"\n",
        "\\",
        "'",
        "'\\'",
        "«",
        "“",
        "r#\"",
        "r#",
        "b'",
        "/*",
        "//",
        "/",
        "#![",
        "\u{202e}",
        "\r",
        "\0",
        "😡",
        "1",
        "-",
        "a ",
        "\"\\u{\",",
        "=",
        "é",
    ];
    let scenario = [
        ("", "(id: \"a\"),", ""),
        ("facts: [", "(id: \"a\", needed: true),", "],"),
        ("beats: [", "(id: \"a\", tells: [\"b\"], exits: [(to: \"c\")]),", "],"),
        ("beats: [(id: \"a\", tells: [", "\"zebra\",", "])],"),
        ("beats: [(id: \"a\", exits: [", "(when: [Fakt(\"x\")], to: \"b\"),", "])],"),
        ("title: \"", "\\u{202e}", "\","),
        ("title: \"", "\\q", "\","),
        ("title: \"", "\\u{", "\","),
        ("company: (jargon: [", "\"\",", "]),"),
        ("", "tittle: 1,", ""),
        ("company: {", "\"nane\": 1,", "},"),
        ("endings: [(id: \"a\", when: [", "AngerAbove(9), AngerBelow(3),", "])],"),
    ];
    let size = calmline::scenario::MAX_BYTES / 12;
    for piece in once {
        holds(piece.repeat(size / piece.len()).as_bytes());
        holds(format!("({}", piece.repeat(size / 8 / piece.len())).as_bytes());
    }
    for (before, piece, after) in scenario {
        holds(format!("({before}{}{after})", piece.repeat((size - 100) / piece.len())).as_bytes());
    }
}
