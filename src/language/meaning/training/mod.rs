//! How the blocks and the network learn together from labelled replies. Only `calmline learn` needs it.

mod batch;
mod block;
mod judging;
mod plan;
mod pupil;
mod schooling;

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use super::encoder::Encoder;
use super::network::{ACTS, Network};
use super::transformer::Block;

pub(crate) use batch::{Lesson, batch_count};
pub use plan::Origin;
pub use schooling::Schooling;

use batch::{Part, batches};
use pupil::Pupil;

const FEATURES: usize = Encoder::FEATURES;
/// Parts of a batch that are worked on side by side. A fixed number, so that the sums have one order everywhere.
const SIDE_BY_SIDE: usize = 2;

/// What was learned.
#[derive(Debug)]
pub(crate) struct Trained {
    pub blocks: Vec<Block>,
    pub network: Network,
}

/// Learns from lessons. The same lessons and schooling give the same result on the same kind of machine.
pub(crate) fn train(
    encoder: &Encoder,
    origin: &Origin,
    lessons: &[&Lesson],
    schooling: &Schooling,
    mut batch_done: impl FnMut(),
) -> Trained {
    let mut chance = ChaCha8Rng::seed_from_u64(schooling.seed);
    let mut pupil = Pupil::new(origin, &mut chance);
    let mut slopes = vec![vec![0.0f32; pupil.weights.len()]; SIDE_BY_SIDE];
    let steps = batch_count(lessons.len(), schooling).max(1) as f32;
    let mut taken = 0;
    for _ in 0..schooling.rounds {
        for batch in batches(lessons, schooling, &mut chance) {
            let along = taken as f32 / steps;
            let size = (along / schooling.growing).min(1.0) * 0.5 * (1.0 + libm::cosf(std::f32::consts::PI * along));
            taken += 1;
            let clauses: usize = batch.iter().filter(|one| one.placed).map(|one| one.clauses.len()).sum();
            let weight = (1.0 / (batch.len() * ACTS) as f32, 1.0 / (clauses * ACTS).max(1) as f32);
            let seeds: [u64; SIDE_BY_SIDE] = std::array::from_fn(|_| chance.next_u64());
            // A batch of one reply is one part: the others must not add what they found the last time.
            slopes.iter_mut().for_each(|slopes| slopes.fill(0.0));
            let parts = batch.chunks(batch.len().div_ceil(SIDE_BY_SIDE).max(1));
            std::thread::scope(|scope| {
                for ((part, seed), slopes) in parts.zip(seeds).zip(&mut slopes) {
                    let pupil = &pupil;
                    scope.spawn(move || {
                        let mut chance = ChaCha8Rng::seed_from_u64(seed);
                        let part = Part::of(encoder, part, schooling.unknown, &mut chance);
                        pupil.study(&part, schooling, weight, slopes, &mut chance);
                    });
                }
            });
            pupil.adjust(&mut slopes, schooling, size, taken);
            batch_done();
        }
    }
    pupil.graduate()
}

#[cfg(test)]
mod tests {
    use super::plan::Plan;
    use super::*;
    use crate::language::meaning::bundled_encoder;
    use crate::language::meaning::network::ACTS;
    use crate::language::meaning::transformer::PARTS;
    use rand::RngExt;
    use std::ops::Range;

    /// One block of small random weights.
    fn origin() -> Origin {
        let plan = Plan::of(1);
        let mut chance = ChaCha8Rng::seed_from_u64(7);
        let mut weights: Vec<f32> = (0..plan.network()).map(|_| (chance.random::<f32>() - 0.5) * 0.2).collect();
        for norm in &plan.blocks[0].norms {
            weights[norm.weights.clone()].fill(1.0);
        }
        Origin { count: 1, weights }
    }

    fn lesson(reply: &str, act: usize) -> Lesson {
        let clauses = bundled_encoder().expect("the encoder").cut(reply, "", None);
        let mut acts = [0.0; ACTS];
        acts[act] = 1.0;
        Lesson { labels: vec![acts; clauses.len()], clauses, placed: true, reply: acts }
    }

    #[test]
    fn slopes_are_what_a_small_change_of_each_weight_does() {
        let encoder = bundled_encoder().expect("the encoder");
        let lessons = [lesson("I'm so sorry about that. It won't happen again.", 0), lesson("Which order is it?", 1)];
        let lessons: Vec<&Lesson> = lessons.iter().collect();
        let plain = Schooling { left_out: 0.0, network_left_out: 0.0, unknown: 0.0, ..Schooling::default() };
        let mut chance = ChaCha8Rng::seed_from_u64(1);
        let mut pupil = Pupil::new(&origin(), &mut chance);
        let part = Part::of(encoder, &lessons, 0.0, &mut chance);
        let mut slopes = vec![0.0; pupil.weights.len()];
        let mut unused = slopes.clone();
        pupil.study(&part, &plain, (1.0, 1.0), &mut slopes, &mut chance);
        let mut places: Vec<(&str, Range<usize>)> = Vec::new();
        let plan = pupil.plan.clone();
        for ((name, ..), place) in PARTS.iter().zip(&plan.blocks[0].parts) {
            places.extend([(*name, place.weights.clone()), (*name, place.bias.clone())]);
        }
        for place in plan.blocks[0].norms.iter().chain([&plan.clause, &plan.reply, &plan.scores]) {
            places.extend([("norm or network", place.weights.clone()), ("norm or network", place.bias.clone())]);
        }
        for (name, range) in places {
            // The weight that matters most, for the sums are of single precision.
            let at = range.max_by(|a, b| slopes[*a].abs().total_cmp(&slopes[*b].abs())).expect("a weight");
            let (here, change) = (pupil.weights[at], 4e-3);
            let mut error = |weight: f32| {
                pupil.weights[at] = weight;
                let error = pupil.study(&part, &plain, (1.0, 1.0), &mut unused, &mut chance);
                pupil.weights[at] = here;
                error
            };
            let found = (error(here + change) - error(here - change)) / (2.0 * change);
            let expected = slopes[at];
            // A key's bias moves all fits alike, so its slope is nothing.
            assert!((found - expected).abs() < 0.04 * expected.abs() + 3e-3, "{name}: {found} for {expected}");
        }
    }

    #[test]
    fn a_pupil_learns_what_the_lessons_show_and_always_the_same() {
        let encoder = bundled_encoder().expect("the encoder");
        let sorry = ["I'm so sorry.", "We do apologise for this.", "My apologies, Ms Novak.", "Sorry about the wait."];
        let asked = ["Which order is it?", "What is the number?", "When did it break?", "Where do you live?"];
        let lessons: Vec<Lesson> =
            sorry.iter().map(|one| lesson(one, 0)).chain(asked.iter().map(|one| lesson(one, 1))).collect();
        let all: Vec<&Lesson> = lessons.iter().collect();
        let schooling = Schooling { rounds: 12, batch: 4, block_step: 1e-4, ..Schooling::default() };
        let mut batches = 0;
        let trained = train(encoder, &origin(), &all, &schooling, || batches += 1);
        assert_eq!(batches, batch_count(all.len(), &schooling));
        let scores = |trained: &Trained, lesson: &Lesson| {
            trained.network.score(&encoder.features(&trained.blocks, &lesson.clauses)).scores[0]
        };
        for lesson in &lessons {
            let found = scores(&trained, lesson);
            assert_eq!(found[0] > found[1], lesson.reply[0] > 0.5, "{found:?}");
            assert!(found[2] < 0.0);
        }
        let again = train(encoder, &origin(), &all, &schooling, || {});
        assert_eq!(scores(&trained, &lessons[0]), scores(&again, &lessons[0]));
    }
}
