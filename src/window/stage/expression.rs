//! From mood to face: which facial action units (FACS) and which posture go with anger, trust and patience.

/// The mood that the face shows right now, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feeling {
    pub anger: f32,
    pub trust: f32,
    pub patience: f32,
    /// A sudden blow: a jump in anger, being argued with, a broken promise. Fades by itself.
    pub shock: f32,
}

/// Where the mouth is in a syllable.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Speech {
    /// 0 closed, as between words or in an *m*; 1 as wide as this person opens it.
    pub open: f32,
    /// −1 pursed (*oo*) to 1 spread (*ee*).
    pub wide: f32,
    /// 0 silent to 1 in the middle of talking; takes the lips out of their resting shape.
    pub talking: f32,
}

/// Weights of action units, 0 to 1 unless said otherwise, and of the posture that goes with them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expression {
    /// AU1
    pub inner_brow_raise: f32,
    /// AU2
    pub outer_brow_raise: f32,
    /// AU4
    pub brow_lower: f32,
    /// AU5
    pub upper_lid_raise: f32,
    /// AU6
    pub cheek_raise: f32,
    /// AU7
    pub lid_tighten: f32,
    /// AU9
    pub nose_wrinkle: f32,
    /// AU10
    pub upper_lip_raise: f32,
    /// AU10 and AU14 on one side only: the sneer.
    pub sneer: f32,
    /// AU12
    pub lip_corner_pull: f32,
    /// AU15
    pub lip_corner_drop: f32,
    /// AU23 and AU24
    pub lip_press: f32,
    /// AU25 to AU27: how far the lips part and the jaw drops.
    pub jaw_drop: f32,
    /// The squared mouth of a shout, lips drawn back from both rows of teeth.
    pub teeth: f32,
    /// AU18 (negative, to −1) and AU20 (positive): lips pursed or spread by speech.
    pub lip_spread: f32,
    /// AU43: lids sinking.
    pub lids_droop: f32,
    /// Blood in the face.
    pub flush: f32,
    pub shoulders_up: f32,
    /// Head and shoulders towards us.
    pub lean: f32,
    /// Chin down.
    pub head_down: f32,
    /// Head to the side, in friendliness or in doubt.
    pub head_tilt: f32,
    /// Eyes down (−1) to straight at us (0).
    pub gaze_down: f32,
    /// Trembling; only at the very top.
    pub shake: f32,
    /// A hand closing to a fist.
    pub fist: f32,
}

/// 0 below `from`, 1 above `to`, smooth between.
fn ramp(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

impl Expression {
    /// The face for a feeling and a moment of speech. Pure, and continuous in all that goes in.
    pub fn of(feeling: Feeling, speech: Speech) -> Self {
        let anger = feeling.anger.clamp(0.0, 1.0);
        let trust = feeling.trust.clamp(0.0, 1.0);
        let patience = feeling.patience.clamp(0.0, 1.0);
        let shock = feeling.shock.clamp(0.0, 1.0);

        let fury = ramp(0.68, 1.0, anger);
        let relief = ramp(0.05, 0.75, trust - anger) * (1.0 - ramp(0.25, 0.6, anger));
        let smile = ramp(0.0, 1.0, (trust - 0.5) * 2.0) * relief;
        let hurt = ramp(0.42, 0.0, trust) * (1.0 - ramp(0.1, 0.45, anger));
        let contempt = ramp(0.35, 0.05, trust) * ramp(0.3, 0.55, anger) * (1.0 - 0.75 * fury);
        let holding_back = ramp(0.12, 0.5, anger) * (1.0 - ramp(0.66, 0.9, anger)) * (0.45 + 0.55 * patience);
        let weary = ramp(0.35, 0.0, patience) * (1.0 - 0.8 * fury) * (1.0 - relief);

        let quiet = 1.0 - speech.talking.clamp(0.0, 1.0);
        let loud = 0.42 + 0.58 * anger;
        let silent_gape = quiet * (0.46 * fury + 0.34 * shock * (1.0 - fury));

        Self {
            inner_brow_raise: (0.85 * hurt + 0.18 * smile + 0.55 * shock * (1.0 - 0.7 * fury)).min(1.0),
            outer_brow_raise: (0.12 * smile + 0.8 * shock * (1.0 - 0.6 * fury)).min(1.0),
            brow_lower: (1.0 - 0.45 * shock) * anger.powf(0.85) + 0.12 * hurt,
            upper_lid_raise: (0.9 * shock + 0.75 * fury).min(1.0),
            cheek_raise: 0.85 * smile + 0.12 * fury,
            lid_tighten: 0.8 * ramp(0.1, 0.7, anger) * (1.0 - 0.35 * fury),
            nose_wrinkle: (0.55 * contempt + 0.9 * ramp(0.55, 1.0, anger)).min(1.0),
            upper_lip_raise: (0.3 * contempt + 0.85 * fury).min(1.0),
            sneer: contempt * (0.35 + 0.65 * quiet),
            lip_corner_pull: 0.25 * relief + 0.75 * smile,
            lip_corner_drop: (0.8 * hurt + 0.85 * ramp(0.08, 0.7, anger) * (1.0 - 0.5 * fury)).min(1.0) * (1.0 - smile),
            lip_press: holding_back * (1.0 - shock) * quiet,
            jaw_drop: (speech.open * loud * (1.0 - quiet) + silent_gape).clamp(0.0, 1.0),
            teeth: fury * (0.55 + 0.45 * quiet),
            lip_spread: speech.wide * (1.0 - quiet) * (1.0 - 0.5 * fury) + 0.25 * fury,
            lids_droop: (0.3 * weary + 0.4 * hurt).min(1.0) * (1.0 - shock),
            flush: ramp(0.15, 1.0, anger),
            shoulders_up: (ramp(0.15, 1.0, anger) + 0.25 * shock - 0.35 * relief - 0.3 * hurt).clamp(-0.5, 1.0),
            lean: ramp(0.3, 1.0, anger) - 0.25 * shock * (1.0 - fury),
            head_down: (0.75 * ramp(0.25, 0.9, anger) + 0.55 * hurt).min(1.0),
            head_tilt: 0.9 * relief + 0.35 * hurt - 0.35 * contempt,
            gaze_down: -0.75 * hurt,
            shake: ramp(0.86, 1.0, anger),
            fist: ramp(0.4, 0.8, anger),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: Speech = Speech { open: 0.0, wide: 0.0, talking: 0.0 };

    fn feeling(anger: f32, trust: f32) -> Feeling {
        Feeling { anger, trust, patience: 0.6, shock: 0.0 }
    }

    fn face(anger: f32, trust: f32) -> Expression {
        Expression::of(feeling(anger, trust), QUIET)
    }

    /// Asserts that `weight` never falls as anger rises, whatever the trust.
    fn rises_with_anger(name: &str, weight: impl Fn(&Expression) -> f32) {
        for trust in [0.0, 0.25, 0.5, 1.0] {
            for step in 0..100 {
                let (low, high) = (face(step as f32 / 100.0, trust), face((step + 1) as f32 / 100.0, trust));
                assert!(weight(&high) >= weight(&low) - 1e-4, "{name} falls at anger {step} %, trust {trust}");
            }
            assert!(weight(&face(1.0, trust)) > weight(&face(0.0, trust)), "{name} does not move, trust {trust}");
        }
    }

    #[test]
    fn anger_lowers_the_brows_reddens_the_face_and_lifts_the_shoulders() {
        rises_with_anger("brow", |e| e.brow_lower - e.inner_brow_raise);
        rises_with_anger("flush", |e| e.flush);
        rises_with_anger("shoulders", |e| e.shoulders_up);
        rises_with_anger("lean", |e| e.lean);
        rises_with_anger("fist", |e| e.fist);
        rises_with_anger("teeth", |e| e.teeth);
        rises_with_anger("shake", |e| e.shake);
    }

    #[test]
    fn five_steps_of_anger_differ_in_the_brows_and_in_something_else() {
        let steps: Vec<Expression> = [0.0, 0.25, 0.5, 0.75, 1.0].into_iter().map(|a| face(a, 0.35)).collect();
        for pair in steps.windows(2) {
            assert!(pair[1].brow_lower - pair[0].brow_lower > 0.12);
            let rest =
                |e: &Expression| [e.flush, e.lip_corner_drop, e.jaw_drop, e.shoulders_up, e.nose_wrinkle, e.lean];
            let moved = rest(&pair[0]).iter().zip(rest(&pair[1])).filter(|(a, b)| (*a - b).abs() > 0.1).count();
            assert!(moved >= 2, "{:?}\n{:?}", pair[0], pair[1]);
        }
    }

    #[test]
    fn nothing_jumps() {
        for trust in 0..=20 {
            for step in 0..200 {
                let trust = trust as f32 / 20.0;
                let (a, b) = (face(step as f32 / 200.0, trust), face((step + 1) as f32 / 200.0, trust));
                for (x, y) in [
                    (a.jaw_drop, b.jaw_drop),
                    (a.lip_corner_pull, b.lip_corner_pull),
                    (a.lip_corner_drop, b.lip_corner_drop),
                    (a.sneer, b.sneer),
                    (a.lip_press, b.lip_press),
                    (a.inner_brow_raise, b.inner_brow_raise),
                ] {
                    assert!((x - y).abs() < 0.05);
                }
            }
        }
    }

    #[test]
    fn trust_above_anger_smiles_and_anger_above_trust_does_not() {
        assert!(face(0.1, 0.9).lip_corner_pull > 0.6);
        assert!(face(0.1, 0.9).cheek_raise > 0.4);
        assert!(face(0.1, 0.9).head_tilt > 0.4);
        for trust in [0.0, 0.5, 1.0] {
            assert!(face(0.8, trust).lip_corner_pull < 0.05);
        }
    }

    #[test]
    fn lost_trust_hurts_while_calm_and_sneers_while_angry() {
        let (hurt, contempt) = (face(0.05, 0.0), face(0.6, 0.0));
        assert!(hurt.inner_brow_raise > 0.6 && hurt.lip_corner_drop > 0.5 && hurt.gaze_down < -0.4);
        assert!(contempt.sneer > 0.5 && contempt.inner_brow_raise < 0.05);
        assert!(face(0.6, 0.6).sneer < 0.05);
    }

    #[test]
    fn patience_presses_the_lips_and_its_end_lets_the_lids_sink() {
        let at = |patience| Expression::of(Feeling { patience, ..feeling(0.5, 0.4) }, QUIET);
        assert!(at(1.0).lip_press > at(0.0).lip_press + 0.2);
        assert!(at(0.0).lids_droop > at(1.0).lids_droop + 0.1);
    }

    #[test]
    fn shock_opens_the_eyes_and_lifts_the_brows() {
        let struck = Expression::of(Feeling { shock: 1.0, ..feeling(0.4, 0.4) }, QUIET);
        let before = face(0.4, 0.4);
        assert!(struck.upper_lid_raise > before.upper_lid_raise + 0.5);
        assert!(struck.outer_brow_raise > before.outer_brow_raise + 0.5);
        assert!(struck.brow_lower < before.brow_lower);
    }

    #[test]
    fn shouting_opens_the_mouth_wider_than_talking() {
        let open = Speech { open: 1.0, wide: 0.0, talking: 1.0 };
        let says = |anger| Expression::of(feeling(anger, 0.4), open).jaw_drop;
        assert!(says(0.0) > 0.3 && says(0.5) > says(0.0) + 0.2 && says(1.0) > says(0.5) + 0.2);
        let closed = Speech { open: 0.0, ..open };
        assert!(Expression::of(feeling(0.5, 0.4), closed).jaw_drop < 0.05);
    }
}
