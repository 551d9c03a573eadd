//! Words cut into the pieces that an encoder knows: the most likely cut by the pieces' scores.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Stands for the space before a word.
const SPACE: char = '▁';
/// How much less likely an unknown letter is than the least likely piece.
const UNKNOWN_PENALTY: f32 = 10.0;
/// A run of letters without a space that is longer than this is cut, so that a hostile word stays cheap.
const LONGEST_RUN: usize = 256;

/// The pieces of an encoder.
#[derive(Debug)]
pub(crate) struct Pieces {
    ids: HashMap<Box<str>, u32>,
    scores: Vec<f32>,
    unknown: u32,
    unknown_score: f32,
    /// Letters of the longest piece.
    longest: usize,
}

impl Pieces {
    pub(crate) fn new(pieces: &[&str], scores: Vec<f32>, unknown: u32) -> Pieces {
        let least = scores.iter().copied().fold(0.0, f32::min);
        let ids = pieces.iter().enumerate().map(|(id, piece)| (Box::from(*piece), id as u32)).collect();
        let longest = pieces.iter().map(|piece| piece.chars().count()).max().unwrap_or(1);
        Pieces { ids, scores, unknown, unknown_score: least - UNKNOWN_PENALTY, longest }
    }

    /// The pieces of a text, its letters brought to one form and case.
    pub(crate) fn cut(&self, text: &str, out: &mut Vec<u32>) {
        let mut run = String::new();
        let mut letters = 0;
        for letter in text.nfkc().flat_map(char::to_lowercase) {
            let blank = letter.is_whitespace() || letter.is_control();
            if (blank || letters >= LONGEST_RUN) && letters > 0 {
                self.cut_run(&run, out);
                run.clear();
                letters = 0;
            }
            if !blank {
                if letters == 0 {
                    run.push(SPACE);
                }
                run.push(letter);
                letters += 1;
            }
        }
        if letters > 0 {
            self.cut_run(&run, out);
        }
    }

    /// The best cut of one word, by the scores of the pieces that end at each place.
    fn cut_run(&self, run: &str, out: &mut Vec<u32>) {
        if let Some(&id) = self.ids.get(run) {
            out.push(id);
            return;
        }
        let edges: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        let count = edges.len() - 1;
        // By place: the score so far, where the last piece began, and which it is.
        let mut best = vec![(f32::NEG_INFINITY, 0usize, self.unknown); count + 1];
        best[0].0 = 0.0;
        for from in 0..count {
            let (score, ..) = best[from];
            let mut single = false;
            for to in from + 1..=count.min(from + self.longest) {
                if let Some(&id) = self.ids.get(&run[edges[from]..edges[to]]) {
                    let found = score + self.scores[id as usize];
                    if found > best[to].0 {
                        best[to] = (found, from, id);
                    }
                    single |= to == from + 1;
                }
            }
            if !single && score + self.unknown_score > best[from + 1].0 {
                best[from + 1] = (score + self.unknown_score, from, self.unknown);
            }
        }
        let start = out.len();
        let mut at = count;
        while at > 0 {
            let (_, from, id) = best[at];
            out.push(id);
            at = from;
        }
        out[start..].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<u32> {
        let pieces = ["?", "▁", "▁so", "rry", "▁sorry", "s", "o", "r", "y", "▁по", "каз"];
        let scores = vec![0.0, -3.0, -2.0, -2.5, -4.0, -5.0, -5.0, -5.0, -5.0, -2.0, -2.0];
        let mut out = Vec::new();
        Pieces::new(&pieces, scores, 0).cut(text, &mut out);
        out
    }

    #[test]
    fn the_likeliest_cut_wins() {
        assert_eq!(cut("Sorry"), [4]);
        assert_eq!(cut("  SORRY \n so"), [4, 2]);
        assert_eq!(cut("sory"), [2, 7, 8]);
        assert_eq!(cut("Показ"), [9, 10]);
        assert_eq!(cut("Ж"), [1, 0]);
        assert!(cut("").is_empty());
    }
}
