//! A reply cut into the clauses whose meaning is weighed: by its marks, not by its words, so in every language alike.

use crate::language::Span;

/// A clause of fewer words than this joins its neighbour.
const FEWEST_WORDS: usize = 3;
/// Clauses of one reply that are weighed; what follows is left to the patterns.
const MOST_CLAUSES: usize = 64;
/// A clause of more words than this is cut, so that a reply without a mark is not one clause.
const MOST_WORDS: usize = 40;

#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    words: usize,
    /// Ends a sentence.
    ends: bool,
}

/// The clauses of a reply, in order, without the space around them.
pub(crate) fn clauses(reply: &str) -> Vec<Span> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open = Piece { start: 0, end: 0, words: 0, ends: false };
    let mut in_word = false;
    let mut last = ' ';
    let mut letters = reply.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let wordy = letter.is_alphanumeric() || letter == '_';
        if wordy && !in_word {
            open.words += 1;
        }
        in_word = wordy;
        let after = at + letter.len_utf8();
        let sentence = matches!(letter, '.' | '!' | '?' | '…' | ';') && next.is_whitespace() || letter == '\n';
        let comma = matches!(letter, ',' | ':') && next.is_whitespace();
        let dash = matches!(letter, '–' | '—' | '-') && last.is_whitespace() && next.is_whitespace();
        let long = letter.is_whitespace() && open.words >= MOST_WORDS;
        if sentence || comma || dash || long {
            open.end = after;
            open.ends = sentence;
            push(&mut pieces, open);
            open = Piece { start: after, end: after, words: 0, ends: false };
        }
        last = letter;
        if pieces.len() > MOST_CLAUSES * 2 {
            break;
        }
    }
    open.end = reply.len();
    if pieces.len() <= MOST_CLAUSES * 2 {
        open.ends = reply.trim_end().ends_with(['.', '!', '?', '…']);
        push(&mut pieces, open);
    }
    join_fragments(&pieces).iter().map(|piece| trimmed(reply, *piece)).take(MOST_CLAUSES).collect()
}

fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match pieces.last_mut() {
        // A stray mark or blank belongs to what stands before it.
        Some(last) if piece.words == 0 => {
            last.end = piece.end;
            last.ends |= piece.ends;
        }
        _ => pieces.push(piece),
    }
}

/// "Look, …" goes with what follows, and so does a short end of a reply that no mark closes with what stands before.
fn join_fragments(pieces: &[Piece]) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    let mut carried: Option<Piece> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let mut piece = *piece;
        if let Some(before) = carried.take() {
            piece.start = before.start;
            piece.words += before.words;
        }
        let fragment = piece.words < FEWEST_WORDS && !piece.ends;
        if fragment && at + 1 < pieces.len() {
            carried = Some(piece);
            continue;
        }
        match joined.last_mut() {
            Some(last) if fragment && !last.ends => {
                last.end = piece.end;
                last.words += piece.words;
            }
            _ => joined.push(piece),
        }
    }
    joined.retain(|piece| piece.words > 0);
    joined
}

fn trimmed(reply: &str, piece: Piece) -> Span {
    let text = &reply[piece.start..piece.end];
    let start = piece.start + (text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<').len());
    Span { start: start.min(piece.end), end: piece.start + text.trim_end().len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(reply: &str) -> Vec<&str> {
        clauses(reply).into_iter().map(|span| span.of(reply)).collect()
    }

    #[test]
    fn marks_cut_a_reply_into_clauses() {
        assert_eq!(
            cut("I'm so sorry, Ms Novak. What is the order number, please? I'll check at 4.30 – and call you back."),
            [
                "I'm so sorry,",
                "Ms Novak.",
                "What is the order number,",
                "please?",
                "I'll check at 4.30 –",
                "and call you back."
            ]
        );
        assert_eq!(cut("да, конечно, проверю заказ прямо сейчас"), ["да, конечно, проверю заказ прямо сейчас"]);
        assert_eq!(cut("👍👍"), Vec::<&str>::new());
        assert_eq!(cut(""), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn clauses_follow_each_other_on_character_boundaries(reply in "\\PC{0,200}") {
            let mut last = 0;
            for span in clauses(&reply) {
                prop_assert!(span.start >= last && span.start < span.end);
                prop_assert!(reply.get(span.start..span.end).is_some());
                last = span.end;
            }
        }
    }
}
