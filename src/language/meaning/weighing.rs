//! How the learned score of an act and what the phrases say of it are weighed against each other, and how that is learned.

#[cfg(feature = "training")]
use super::example::Example;
use super::network::chance_of;
#[cfg(feature = "training")]
use crate::language::{Act, Tally};

/// How much recall counts beside precision for acts that cost points.
#[cfg(feature = "training")]
const HURTING_RECALL: f64 = 0.5;
/// The same for the acts that help.
#[cfg(feature = "training")]
const HELPING_RECALL: f64 = 0.8;
/// From this certainty on, in percent, a phrase has a threshold of its own, [`Weighing::stand`].
const SURE: u8 = 90;
/// From this one on nobody can mean anything else by it, so nothing is weighed against it: "my name is Ann".
const BEYOND_DOUBT: u8 = 97;

/// How one act is decided from what the network and the patterns say of a reply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weighing {
    /// What the network's score counts.
    pub score: f32,
    /// What a pattern's match counts, apart from its certainty.
    pub matched: f32,
    /// What a pattern's certainty counts.
    pub certainty: f32,
    pub bias: f32,
    /// The chance from which an act that a sure pattern matched stands; at 0 nothing is weighed against such a pattern.
    pub stand: f32,
    /// The chance from which an act that another pattern matched is kept.
    pub keep: f32,
    /// The chance from which an act is added that no pattern matched.
    pub add: f32,
}

impl Weighing {
    /// How many numbers it is.
    pub(crate) const NUMBERS: usize = 7;

    pub(crate) fn from_numbers(
        [score, matched, certainty, bias, stand, keep, add]: [f32; Weighing::NUMBERS],
    ) -> Weighing {
        Weighing { score, matched, certainty, bias, stand, keep, add }
    }

    #[cfg(any(test, feature = "training"))]
    pub(crate) fn numbers(&self) -> [f32; Weighing::NUMBERS] {
        [self.score, self.matched, self.certainty, self.bias, self.stand, self.keep, self.add]
    }

    /// The chance that the reply holds the act; `certainty` is that of the patterns' surest match, where there is one.
    pub(crate) fn chance(&self, score: f32, certainty: Option<u8>) -> f32 {
        let [matched, certainty] = pattern_signs(certainty);
        chance_of(self.score * score + self.matched * matched + self.certainty * certainty + self.bias)
    }

    /// Whether a pattern of this certainty is textbook words, which the network does not weigh.
    pub(crate) fn is_textbook(&self, certainty: Option<u8>) -> bool {
        let least = if self.stand <= 0.0 { SURE } else { BEYOND_DOUBT };
        certainty.is_some_and(|certainty| certainty >= least)
    }

    /// The certainty of textbook words of which somebody has stated that they are not the act: weighed like any other's.
    pub(crate) fn denied(certainty: Option<u8>) -> Option<u8> {
        certainty.map(|certainty| certainty.min(SURE - 1))
    }

    /// Whether the reply holds the act, and the chance of it.
    pub(crate) fn decide(&self, score: f32, certainty: Option<u8>) -> (bool, f32) {
        let chance = self.chance(score, certainty);
        let least = match certainty {
            Some(sure) if self.is_textbook(certainty) => return (true, chance.max(f32::from(sure) / 100.0)),
            Some(SURE..) => self.stand,
            Some(_) => self.keep,
            None => self.add,
        };
        (chance >= least, chance)
    }
}

/// What the patterns say, as numbers to be weighed: whether one matched, and the odds of its certainty against the usual ones.
pub(crate) fn pattern_signs(certainty: Option<u8>) -> [f32; 2] {
    const USUAL: f32 = 0.8;
    let odds = |chance: f32| libm::logf(chance / (1.0 - chance));
    certainty
        .map_or([0.0, 0.0], |certainty| [1.0, odds((f32::from(certainty) / 100.0).clamp(0.05, 0.97)) - odds(USUAL)])
}

/// Learns how one act is decided from the score and the patterns: a logistic regression on the replies kept back, drawn
/// towards trusting the score as it is; then the thresholds that give the best F measure.
#[cfg(feature = "training")]
pub(crate) fn learn(act: usize, kept: &[(&Example, Vec<f32>)]) -> Weighing {
    const PRIOR: [f64; 4] = [1.0, 0.5, 0.5, 0.0];
    const HOLD: [f64; 4] = [4.0, 4.0, 4.0, 1.0];
    let rows: Vec<([f64; 4], f64)> = kept
        .iter()
        .map(|(example, scores)| {
            let [matched, certainty] = pattern_signs(example.matched[act]);
            let row = [scores[act], matched, certainty, 1.0].map(f64::from);
            (row, f64::from(u8::from(example.acts()[act])))
        })
        .collect();
    let mut weights = PRIOR;
    for _ in 0..40 {
        let mut slope = [0.0; 4];
        let mut bend = [[0.0; 4]; 4];
        for at in 0..4 {
            slope[at] = HOLD[at] * (weights[at] - PRIOR[at]);
            bend[at][at] = HOLD[at];
        }
        for (row, held) in &rows {
            let sum: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + libm::exp(-sum));
            for a in 0..4 {
                slope[a] += (chance - held) * row[a];
                for b in 0..4 {
                    bend[a][b] += chance * (1.0 - chance) * row[a] * row[b];
                }
            }
        }
        let step = solve(bend, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    let [score, matched, certainty, bias] = weights.map(|weight| weight as f32);
    let mut weighing = Weighing { score, matched, certainty, bias, stand: 0.5, keep: 0.5, add: 0.5 };
    let percents = |from: usize, to: usize| (from..=to).step_by(5).map(|percent| percent as f32 / 100.0);
    // Acts that hurt may be less likely than not: they are then named as doubtful, and cost nobody points
    // ([`Reader::read_to_judge`](crate::language::Reader::read_to_judge)). Textbook words of theirs hurt whatever stands around them.
    let (recall, stands, keeps, adds) = match Act::ALL[act].hurts() {
        true => (HURTING_RECALL, percents(0, 0), percents(35, 70), percents(35, 90)),
        false => (HELPING_RECALL, percents(5, 10), percents(20, 70), percents(35, 90)),
    };
    // Where nothing shows what is best, what is nearest to half is.
    let mut best = (0.0, f32::MIN);
    for stand in stands {
        for keep in keeps.clone().filter(|keep| *keep >= stand) {
            for add in adds.clone() {
                let trial = Weighing { stand, keep, add, ..weighing };
                let mut tally = Tally::default();
                for (example, scores) in kept {
                    match (example.acts()[act], trial.decide(scores[act], example.matched[act]).0) {
                        (true, true) => tally.right += 1,
                        (true, false) => tally.missed += 1,
                        (false, true) => tally.invented += 1,
                        (false, false) => {}
                    }
                }
                let from_half: f32 = [stand, keep, add].iter().map(|threshold| (threshold - 0.5).abs()).sum();
                let worth = (tally.f_beta(recall), -from_half);
                if worth > best {
                    best = worth;
                    weighing = trial;
                }
            }
        }
    }
    weighing
}

/// Solves four equations by elimination; the matrix is positive definite.
#[cfg(feature = "training")]
fn solve(mut matrix: [[f64; 4]; 4], mut right: [f64; 4]) -> [f64; 4] {
    for at in 0..4 {
        for below in at + 1..4 {
            let by = matrix[below][at] / matrix[at][at];
            let above = matrix[at];
            matrix[below].iter_mut().zip(above).skip(at).for_each(|(number, above)| *number -= by * above);
            right[below] -= by * right[at];
        }
    }
    for at in (0..4).rev() {
        for after in at + 1..4 {
            right[at] -= matrix[at][after] * right[after];
        }
        right[at] /= matrix[at][at];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sure_phrase_stands_where_another_needs_more_and_none_the_most() {
        let weighing =
            Weighing { score: 1.0, matched: 0.0, certainty: 0.0, bias: 0.0, stand: 0.1, keep: 0.5, add: 0.7 };
        let odds = |chance: f32| libm::logf(chance / (1.0 - chance));
        let held = |chance| [Some(95), Some(80), None].map(|phrase| weighing.decide(odds(chance), phrase).0);
        assert_eq!(held(0.05), [false, false, false]);
        assert_eq!(held(0.2), [true, false, false]);
        assert_eq!(held(0.6), [true, true, false]);
        assert_eq!(held(0.8), [true, true, true]);
    }

    #[test]
    fn nothing_is_weighed_against_textbook_words_that_hurt() {
        let weighing =
            Weighing { score: 1.0, matched: 0.0, certainty: 0.0, bias: 0.0, stand: 0.0, keep: 0.5, add: 0.5 };
        assert_eq!(weighing.decide(-6.0, Some(92)), (true, 0.92));
        assert!(!weighing.decide(-6.0, Some(89)).0);
    }

    #[test]
    fn what_can_mean_nothing_else_stands_whatever_the_network_makes_of_it() {
        let weighing =
            Weighing { score: 1.0, matched: 0.0, certainty: 0.0, bias: 0.0, stand: 0.1, keep: 0.5, add: 0.5 };
        assert_eq!(weighing.decide(-6.0, Some(97)), (true, 0.97));
        assert!(!weighing.decide(-6.0, Some(96)).0);
        assert!(!weighing.decide(-6.0, Weighing::denied(Some(97))).0);
    }

    #[test]
    fn the_surer_the_phrase_the_likelier_the_act() {
        let weighing =
            Weighing { score: 0.7, matched: 0.9, certainty: 0.5, bias: -0.3, stand: 0.1, keep: 0.5, add: 0.5 };
        let chances: Vec<f32> = [30, 60, 80, 95].map(|certainty| weighing.chance(0.0, Some(certainty))).into();
        assert!(chances.is_sorted() && chances[0] < chances[3], "{chances:?}");
    }

    #[cfg(feature = "training")]
    #[test]
    fn phrases_that_are_often_wrong_are_learned_to_need_the_network() {
        let example = |held: bool, matched| Example {
            language: "en".into(),
            customer: String::new(),
            reply: String::new(),
            clauses: if held { vec![(crate::language::Span { start: 0, end: 0 }, vec![Act::Apology])] } else { vec![] },
            matched: {
                let mut all = vec![None; Act::ALL.len()];
                all[Act::Apology as usize] = matched;
                all
            },
            kept_back: true,
        };
        let of = |score: f32| vec![score; Act::ALL.len()];
        // The phrase of 92 % is right only where the network agrees.
        let right = example(true, Some(92));
        let wrong = example(false, Some(92));
        let none = example(false, None);
        let mut kept = Vec::new();
        for at in 0..40 {
            kept.push((&right, of(2.0 + at as f32 / 20.0)));
            kept.push((&wrong, of(-4.0 - at as f32 / 20.0)));
            kept.push((&none, of(-5.0)));
        }
        let weighing = learn(Act::Apology as usize, &kept);
        assert!(weighing.decide(3.0, Some(92)).0);
        assert!(!weighing.decide(-5.0, Some(92)).0);
        // Nothing shows how sure another phrase must be, nor what no phrase says.
        assert!(weighing.stand <= weighing.keep);
        assert_eq!((weighing.keep, weighing.add), (0.5, 0.5));
    }
}
