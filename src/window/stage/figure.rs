//! The customer, waist up: puts hair, body, head and hands together in a pose.

use bevy::math::{Affine2, Vec2, vec2};

use super::canvas::Canvas;
use super::expression::Expression;
use super::features::{Features, Garment};
use super::path::{c, closed, ellipse, limb, mirrored, open, ribbon, s, slab};
use super::pose::Pose;
use super::{face, hair};
use crate::scenario::Channel;
use crate::window::theme::Tint;

/// One customer at one moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure<'a> {
    pub features: &'a Features,
    pub expression: &'a Expression,
    pub pose: Pose,
    pub channel: Channel,
}

const SHADOW: Tint = Tint::hex(0x241C18);

/// Where the neck bends, stage units.
const NECK: Vec2 = vec2(0.0, -150.0);

impl Figure<'_> {
    fn shoulders(&self) -> f32 {
        self.expression.shoulders_up * 24.0 + self.pose.breath * 2.6
    }

    /// Leaning in makes the whole person a little larger.
    fn lean(&self) -> Affine2 {
        let size = 1.0 + 0.05 * self.expression.lean;
        Affine2::from_translation(vec2(0.0, -420.0))
            * Affine2::from_scale(Vec2::splat(size))
            * Affine2::from_translation(vec2(0.0, 420.0))
    }

    fn head(&self) -> Affine2 {
        let e = self.expression;
        let size = 1.0 + 0.055 * e.lean.max(0.0);
        let down = -9.0 * e.head_down - 5.0 * e.lean.max(0.0) + 3.0 * e.shoulders_up;
        Affine2::from_translation(NECK + vec2(0.0, down + self.pose.breath * 1.6) + self.pose.shake)
            * Affine2::from_angle(-0.105 * e.head_tilt)
            * Affine2::from_scale(Vec2::splat(size))
            * Affine2::from_translation(-NECK)
    }

    /// Everything up to the table's edge.
    pub fn draw(&self, canvas: &mut Canvas) {
        canvas.placed(self.lean(), |canvas| {
            canvas.placed(self.head(), |canvas| hair::back(canvas, self.features));
            self.neck(canvas);
            self.body(canvas);
            if self.channel == Channel::Phone {
                self.far_arm(canvas);
            }
            canvas.placed(self.head(), |canvas| {
                face::draw(canvas, self.features, self.expression, self.pose);
                hair::front(canvas, self.features);
                if self.channel == Channel::Phone {
                    self.phone_at_ear(canvas);
                }
            });
        });
    }

    /// What reaches over the table: hands, and what they hold.
    pub fn draw_hands(&self, canvas: &mut Canvas) {
        canvas.placed(self.lean(), |canvas| match self.channel {
            Channel::Counter => self.hands_on_counter(canvas),
            Channel::Review => self.phone_in_hands(canvas),
            Channel::Phone | Channel::Chat | Channel::Email => {}
        });
    }

    fn neck(&self, canvas: &mut Canvas) {
        let skin = self.features.skin;
        let w = self.features.width * 0.44;
        let up = self.shoulders();
        canvas.fill(
            &mirrored(&[
                c(0.0, -40.0),
                c(w, -40.0),
                s(w, -120.0),
                s(w + 4.0, -160.0 + up * 0.4),
                s(w + 6.0, -200.0 + up),
                c(w, -250.0),
                c(0.0, -260.0),
            ]),
            skin.base,
        );
        // The head's shadow falls on the neck and follows the head.
        let drop = -9.0 * self.expression.head_down - 20.0 * self.expression.jaw_drop;
        let chin = -self.features.length - 22.0 + drop.max(-26.0);
        canvas.fill(
            &closed(&[
                c(-w, -60.0),
                c(w, -60.0),
                c(w + 0.5, chin + 16.0),
                s(w * 0.4, chin - 4.0),
                s(-w * 0.5, chin - 8.0),
                c(-w - 1.0, chin + 2.0),
            ]),
            skin.shade,
        );
    }

    fn body(&self, canvas: &mut Canvas) {
        let f = self.features;
        let (b, up) = (f.build, self.shoulders());
        let neck = f.width * 0.44;
        let dark = f.cloth.darker(0.16);
        let torso = mirrored(&[
            s(0.0, -206.0 + up * 0.3),
            s(neck * 0.75, -196.0 + up * 0.5),
            c(neck + 9.0, -164.0 + up * 0.7),
            s(neck + 40.0, -180.0 + up),
            s(150.0 * b, -205.0 + up),
            s(192.0 * b, -240.0 + up),
            s(212.0 * b, -310.0 + up * 0.6),
            s(222.0 * b, -420.0),
            c(226.0 * b, -640.0),
            c(0.0, -640.0),
        ]);
        canvas.fill(&torso, f.cloth);
        // The side away from the light, and where the arms leave the body.
        canvas.fill(
            &closed(&[
                c(-226.0 * b, -640.0),
                s(-222.0 * b, -420.0),
                s(-212.0 * b, -310.0 + up * 0.6),
                s(-192.0 * b, -240.0 + up),
                s(-165.0 * b, -214.0 + up),
                s(-176.0 * b, -300.0 + up * 0.6),
                s(-178.0 * b, -420.0),
                c(-172.0 * b, -640.0),
            ]),
            dark.alpha(0.55),
        );
        for side in [-1.0, 1.0] {
            let crease = open(&[
                s(side * 138.0 * b, -292.0 + up * 0.6),
                s(side * 150.0 * b, -360.0 + up * 0.3),
                s(side * 146.0 * b, -470.0),
                s(side * 140.0 * b, -640.0),
            ]);
            canvas.fill(&ribbon(&crease, &[0.5, 5.0, 5.0, 4.0]), dark);
        }
        match f.garment {
            Garment::Jumper => self.crew_neck(canvas, neck, up, dark),
            Garment::Shirt => self.collar(canvas, neck, up, dark),
            Garment::Cardigan => self.open_cardigan(canvas, neck, up, dark),
        }
    }

    fn crew_neck(&self, canvas: &mut Canvas, neck: f32, up: f32, dark: Tint) {
        let band = open(&[
            c(-neck - 8.0, -160.0 + up * 0.7),
            s(-neck * 0.72, -193.0 + up * 0.5),
            s(0.0, -206.0 + up * 0.4),
            s(neck * 0.72, -193.0 + up * 0.5),
            c(neck + 8.0, -160.0 + up * 0.7),
        ]);
        canvas.fill(&ribbon(&band, &[15.0]), dark);
        canvas.fill(&ribbon(&band, &[3.0]), self.features.cloth.mix(dark, 0.35));
    }

    fn collar(&self, canvas: &mut Canvas, neck: f32, up: f32, dark: Tint) {
        let f = self.features;
        let light = f.cloth.lighter(0.1);
        canvas.fill(
            &closed(&[c(-neck * 0.8, -182.0 + up * 0.5), c(neck * 0.8, -182.0 + up * 0.5), c(0.0, -246.0 + up * 0.4)]),
            f.skin.base,
        );
        canvas.fill(&ribbon(&[vec2(3.0, -244.0 + up * 0.4), vec2(3.0, -640.0)], &[3.0]), dark);
        for n in 0..5 {
            let y = -275.0 - 62.0 * n as f32 + up * 0.3;
            canvas.fill(&ellipse(vec2(-7.0, y), Vec2::splat(4.2)), f.cloth.lighter(0.35));
        }
        for side in [-1.0, 1.0] {
            let flap = [
                c(side * (neck + 11.0), -152.0 + up * 0.7),
                c(side * (neck - 4.0), -160.0 + up * 0.7),
                s(side * neck * 0.55, -196.0 + up * 0.5),
                c(side * 2.0, -238.0 + up * 0.4),
                s(side * 34.0, -262.0 + up * 0.4),
                c(side * 48.0, -268.0 + up * 0.4),
                s(side * 62.0, -212.0 + up * 0.6),
            ];
            let shadow: Vec<Vec2> = closed(&flap).iter().map(|p| *p + vec2(-3.0, -6.0)).collect();
            canvas.fill(&shadow, dark.alpha(0.6));
            canvas.fill(&closed(&flap), light);
        }
    }

    fn open_cardigan(&self, canvas: &mut Canvas, neck: f32, up: f32, dark: Tint) {
        let f = self.features;
        canvas.fill(
            &mirrored(&[
                s(0.0, -204.0 + up * 0.4),
                s(neck * 0.74, -192.0 + up * 0.5),
                c(neck + 6.0, -166.0 + up * 0.7),
                s(62.0, -260.0 + up * 0.5),
                s(46.0, -400.0),
                c(40.0, -640.0),
                c(0.0, -640.0),
            ]),
            f.under,
        );
        let hem = open(&[
            c(-neck - 1.0, -167.0 + up * 0.7),
            s(-neck * 0.7, -194.0 + up * 0.5),
            s(0.0, -206.0 + up * 0.4),
            s(neck * 0.7, -194.0 + up * 0.5),
            c(neck + 1.0, -167.0 + up * 0.7),
        ]);
        canvas.fill(&ribbon(&hem, &[7.0]), f.under.darker(0.14));
        for side in [-1.0, 1.0] {
            let edge = open(&[
                c(side * (neck + 8.0), -162.0 + up * 0.7),
                s(side * 62.0, -260.0 + up * 0.5),
                s(side * 46.0, -400.0),
                c(side * 40.0, -640.0),
            ]);
            canvas.fill(&ribbon(&edge, &[11.0, 15.0, 15.0]), dark);
        }
    }

    /// The sleeve that leads up to the phone.
    fn far_arm(&self, canvas: &mut Canvas) {
        let f = self.features;
        let (b, up) = (f.build, self.shoulders());
        let wrist = self.head().transform_point2(vec2(-f.width - 24.0, -104.0));
        let elbow = vec2(-236.0 * b, -372.0 + up * 0.4);
        let shoulder = vec2(-176.0 * b, -262.0 + up);
        canvas.fill(
            &limb(&[shoulder, elbow.lerp(shoulder, 0.5) + vec2(-8.0, 0.0), elbow], &[72.0, 72.0, 66.0]),
            f.cloth.mix(f.cloth.darker(0.16), 0.55),
        );
        let middle = elbow.lerp(wrist, 0.5);
        let forearm = open(&[s(elbow.x, elbow.y), s(middle.x - 6.0, middle.y), s(wrist.x, wrist.y)]);
        let shadow: Vec<Vec2> = forearm.iter().map(|p| *p + vec2(9.0, -7.0)).collect();
        canvas.fill(&limb(&shadow, &[64.0, 54.0, 44.0]), f.cloth.darker(0.2).alpha(0.55));
        canvas.fill(&limb(&forearm, &[66.0, 58.0, 46.0]), f.cloth);
    }

    fn phone_at_ear(&self, canvas: &mut Canvas) {
        let f = self.features;
        let skin = f.skin;
        let at = Affine2::from_translation(vec2(-f.width - 6.0, -40.0)) * Affine2::from_angle(0.2);
        canvas.placed(at, |canvas| {
            // Wrist and palm behind, the phone, then the fingers round its back and the thumb along its edge.
            canvas.fill(
                &limb(&[vec2(-26.0, -72.0), vec2(-16.0, -34.0), vec2(-8.0, -8.0)], &[42.0, 46.0, 34.0]),
                skin.base,
            );
            canvas.fill(&slab(vec2(-4.0, 8.0), vec2(30.0, 112.0), 9.0), Tint::hex(0x2A2D33));
            canvas.fill(&slab(vec2(-7.0, 8.0), vec2(22.0, 106.0), 7.0), Tint::hex(0x41464F));
            canvas.fill(&ellipse(vec2(-9.0, 50.0), Vec2::splat(4.5)), Tint::hex(0x23262B));
            let squeeze = 2.0 * self.expression.fist;
            for (n, (y, reach)) in [(20.0, 12.0), (3.0, 14.0), (-14.0, 13.0), (-30.0, 9.0)].into_iter().enumerate() {
                let finger =
                    open(&[s(-33.0, y - 10.0), s(-22.0, y + 1.0), s(-22.0 + reach + squeeze, y + 5.0 - n as f32)]);
                canvas.fill(&limb(&finger, &[19.0, 18.0, 14.0]), skin.shade);
                canvas.fill(&limb(&finger, &[16.5, 15.5, 12.0]), skin.base);
            }
            canvas
                .fill(&limb(&open(&[s(-8.0, -56.0), s(12.0, -40.0), s(14.0, -16.0)]), &[22.0, 18.0, 13.0]), skin.shade);
            canvas
                .fill(&limb(&open(&[s(-9.0, -56.0), s(11.0, -40.0), s(13.5, -16.0)]), &[20.0, 16.0, 11.5]), skin.base);
        });
    }

    fn hands_on_counter(&self, canvas: &mut Canvas) {
        let fist = self.expression.fist;
        for side in [-1.0_f32, 1.0] {
            let wrist = vec2(side * (84.0 + 14.0 * fist), -372.0);
            self.sleeve(canvas, side, -366.0, wrist);
            self.hand(canvas, wrist, side, fist);
        }
    }

    /// An arm from the shoulder down to the elbow on the table at `height`, and along it to the wrist.
    fn sleeve(&self, canvas: &mut Canvas, side: f32, height: f32, wrist: Vec2) {
        let f = self.features;
        let (b, up) = (f.build, self.shoulders());
        let arm = open(&[
            s(side * 184.0 * b, -276.0 + up * 0.8),
            s(side * 194.0 * b, height + 30.0),
            s(side * 176.0 * b, height - 8.0),
            s(side * 140.0, height - 8.0),
            s(wrist.x + side * 8.0, wrist.y),
        ]);
        let widths = [40.0, 60.0, 62.0, 56.0, 42.0];
        let shadow: Vec<Vec2> = arm[arm.len() / 3..].iter().map(|p| *p + vec2(0.0, -9.0)).collect();
        canvas.fill(&limb(&shadow, &[58.0, 58.0, 44.0]), SHADOW.alpha(0.16));
        let cloth = if side < 0.0 { f.cloth.darker(0.08) } else { f.cloth };
        canvas.fill(&limb(&arm, &widths), cloth);
        // The fold in the elbow, and the cuff.
        let fold = open(&[
            s(side * 160.0 * b, height + 44.0),
            s(side * 162.0 * b, height + 24.0),
            s(side * 138.0, height + 14.0),
        ]);
        canvas.fill(&ribbon(&fold, &[0.6, 4.0, 0.6]), f.cloth.darker(0.18));
        let along = (wrist - vec2(side * 140.0, height - 8.0)).normalize_or_zero();
        canvas.fill(&ribbon(&[wrist + along.perp() * 21.0, wrist - along.perp() * 21.0], &[9.0]), f.cloth.darker(0.16));
    }

    /// A hand lying on the counter, flat or closing to a fist.
    fn hand(&self, canvas: &mut Canvas, wrist: Vec2, side: f32, fist: f32) {
        let skin = self.features.skin;
        let knuckles = wrist + vec2(-side * (30.0 - 4.0 * fist), 4.0 * fist);
        let palm = limb(&[wrist + vec2(-side * 2.0, 0.0), knuckles], &[34.0, 42.0]);
        let shadow: Vec<Vec2> = palm.iter().map(|p| *p + vec2(-side * 10.0, -7.0)).collect();
        canvas.fill(&shadow, SHADOW.alpha(0.2));
        canvas.fill(&palm, skin.base);
        for n in 0..4 {
            let n = n as f32;
            let root = knuckles + vec2(-side * 4.0, 13.0 - 9.5 * n);
            let length = (30.0 - 3.5 * (n - 1.0).abs()) * (1.0 - 0.6 * fist);
            let tip = root + vec2(-side * length, -3.0 - n);
            let finger =
                open(&[s(root.x, root.y), s(root.x - side * length * 0.5, root.y + 1.5 - 1.5 * fist), s(tip.x, tip.y)]);
            canvas.fill(&limb(&finger, &[15.0, 15.0, 12.5]), skin.shade);
            canvas.fill(&limb(&finger, &[12.6, 12.6, 10.2]), skin.base);
        }
        let thumb = open(&[
            s(wrist.x - side * 6.0, wrist.y + 12.0),
            s(knuckles.x + side * 2.0, knuckles.y + 22.0 - 3.0 * fist),
            s(knuckles.x - side * (16.0 - 2.0 * fist), knuckles.y + 22.0 - 10.0 * fist),
        ]);
        canvas.fill(&limb(&thumb, &[18.0, 16.5, 12.5]), skin.shade);
        canvas.fill(&limb(&thumb, &[15.6, 14.0, 10.4]), skin.base);
    }

    fn phone_in_hands(&self, canvas: &mut Canvas) {
        let skin = self.features.skin;
        let middle = vec2(12.0, -308.0 + self.shoulders() * 0.4);
        for side in [-1.0_f32, 1.0] {
            let wrist = middle + vec2(side * 52.0, -56.0);
            self.sleeve(canvas, side, -404.0, wrist);
            canvas.fill(&limb(&[wrist, wrist + vec2(-side * 12.0, 26.0)], &[36.0, 40.0]), skin.base);
        }
        canvas.fill(&slab(middle + vec2(0.0, 4.0), vec2(78.0, 148.0), 14.0), Tint::hex(0x23262B));
        canvas.fill(&slab(middle + vec2(-2.0, 5.0), vec2(72.0, 144.0), 12.0), Tint::hex(0x3C4149));
        canvas.fill(&slab(middle + vec2(-20.0, 55.0), vec2(24.0, 32.0), 8.0), Tint::hex(0x2A2D33));
        for y in [62.0, 48.0] {
            canvas.fill(&ellipse(middle + vec2(-20.0, y), Vec2::splat(4.6)), Tint::hex(0x15171A));
        }
        let squeeze = 5.0 * self.expression.fist;
        for side in [-1.0_f32, 1.0] {
            for n in 0..4 {
                let y = 6.0 - 19.0 * n as f32;
                let root = middle + vec2(side * 50.0, y - 8.0);
                let tip = middle + vec2(side * (20.0 + 3.0 * (n as f32 - 1.0).abs() - squeeze), y + 2.0);
                let finger = [root, root.lerp(tip, 0.4) + vec2(0.0, 4.0), tip];
                canvas.fill(&limb(&finger, &[20.0, 19.0, 15.0]), skin.shade);
                canvas.fill(&limb(&finger, &[17.5, 16.5, 13.0]), skin.base);
            }
        }
    }
}
