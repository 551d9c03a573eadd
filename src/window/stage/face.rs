//! The face: outline, ears, eyes, brows, nose, mouth, beard and glasses, moved by an expression.

use bevy::math::{Vec2, vec2};

use super::canvas::Canvas;
use super::expression::Expression;
use super::features::Features;
use super::path::{Knot, Opening, c, closed, ellipse, mirrored, open, ribbon, rim, s, shift, slab};
use super::pose::Pose;
use crate::scenario::{AgeBand, Beard, HairStyle};
use crate::window::theme::Tint;

/// How far the head is turned towards the conversation, in stage units at the tip of the nose.
const TURN: f32 = 7.0;

struct Face<'a> {
    f: &'a Features,
    e: &'a Expression,
    pose: Pose,
}

pub(super) fn draw(canvas: &mut Canvas, features: &Features, expression: &Expression, pose: Pose) {
    let face = Face { f: features, e: expression, pose };
    if features.hair != HairStyle::Headscarf {
        face.ears(canvas);
    }
    face.skull(canvas);
    face.flush(canvas);
    face.age_lines(canvas);
    if matches!(features.beard, Beard::Stubble | Beard::Full) {
        face.beard(canvas);
    }
    face.mouth(canvas);
    face.nose(canvas);
    for side in [-1.0, 1.0] {
        face.eye(canvas, side);
    }
    face.frown(canvas);
    for side in [-1.0, 1.0] {
        face.brow(canvas, side);
    }
    if features.glasses {
        face.glasses(canvas);
    }
}

impl Face<'_> {
    /// Where a point of the face lies once the head is turned and bowed, as on a ball.
    fn on(&self, p: Vec2) -> Vec2 {
        let round = vec2(p.x / self.f.width, p.y / self.f.length);
        let depth = (1.0 - 0.8 * round.x * round.x - 0.35 * round.y * round.y).max(0.0).sqrt();
        p + vec2(TURN * depth, -9.0 * self.e.head_down * depth)
    }

    fn all_on(&self, points: &[Vec2]) -> Vec<Vec2> {
        points.iter().map(|p| self.on(*p)).collect()
    }

    fn outline_knots(&self) -> [Knot; 8] {
        let Features { width: w, length: l, jaw, chin, .. } = *self.f;
        let drop = 17.0 * self.e.jaw_drop;
        [
            s(0.0, l * 1.06),
            s(w * 0.58, l * 0.95),
            s(w * 0.94, l * 0.52),
            s(w, l * 0.04),
            s(w * (0.9 + 0.1 * jaw), -l * 0.34),
            s(w * jaw, -l * 0.64 - drop * 0.5),
            s(w * chin, -l * 0.945 - drop),
            s(0.0, -l - drop),
        ]
    }

    fn ears(&self, canvas: &mut Canvas) {
        let skin = self.f.skin;
        let warm = skin.base.mix(skin.flush, 0.14 + 0.4 * self.e.flush);
        for side in [-1.0_f32, 1.0] {
            let at = vec2(side * (self.f.width + 2.0) - TURN * 0.6, -8.0);
            let ear = closed(&[
                s(at.x - side * 8.0, at.y + 22.0),
                s(at.x + side * 8.0, at.y + 24.0),
                s(at.x + side * 13.0, at.y + 6.0),
                s(at.x + side * 6.0, at.y - 16.0),
                s(at.x - side * 6.0, at.y - 24.0),
            ]);
            canvas.fill(&ear, warm);
            let fold = open(&[
                s(at.x + side * 1.0, at.y + 15.0),
                s(at.x + side * 7.0, at.y + 8.0),
                s(at.x + side * 3.0, at.y - 6.0),
            ]);
            canvas.fill(&ribbon(&fold, &[1.0, 4.0, 1.0]), skin.shade.mix(skin.flush, 0.15));
        }
    }

    fn skull(&self, canvas: &mut Canvas) {
        let skin = self.f.skin;
        let outline = mirrored(&self.outline_knots());
        let base = skin.base.mix(skin.flush, 0.13 * self.e.flush);
        canvas.fill(&outline, base);
        // Shade on the side away from the light: from the outline to the same outline drawn narrower.
        let left: Vec<Vec2> = outline.iter().copied().filter(|p| p.x < -0.1).collect();
        let inner = left.iter().rev().map(|p| {
            let round = (p.y / self.f.length).abs().min(1.0);
            vec2(p.x * (0.84 + 0.1 * round), p.y * 0.985 + 1.5)
        });
        let shade: Vec<Vec2> = left.iter().copied().chain(inner).collect();
        canvas.fill(&shade, skin.shade.mix(skin.flush, 0.1 * self.e.flush).alpha(0.62));
    }

    fn flush(&self, canvas: &mut Canvas) {
        let (w, flush) = (self.f.width, self.f.skin.flush);
        let heat = self.e.flush;
        for side in [-1.0, 1.0] {
            let cheek = self.on(vec2(side * w * 0.52, -30.0 + 5.0 * self.e.cheek_raise));
            canvas.glow(
                cheek,
                vec2(34.0, 27.0) * (1.0 + 0.12 * heat),
                flush.alpha(0.13 + 0.14 * self.e.cheek_raise + 0.52 * heat),
            );
        }
        canvas.glow(self.on(vec2(0.0, 62.0)), vec2(w * 0.72, 32.0), flush.alpha(0.42 * heat * heat));
        canvas.glow(self.on(vec2(0.0, -26.0)), vec2(20.0, 22.0), flush.alpha(0.06 + 0.34 * heat));
        canvas.glow(self.on(vec2(0.0, -self.f.length * 0.86)), vec2(30.0, 18.0), flush.alpha(0.28 * heat));
    }

    fn age_lines(&self, canvas: &mut Canvas) {
        let (w, line) = (self.f.width, self.f.skin.line);
        let age = match self.f.age {
            AgeBand::Young => 0.0,
            AgeBand::Middle => 0.35,
            AgeBand::Old => 0.8,
        };
        let e = self.e;
        // From the wings of the nose round the mouth: age, smiles and sneers.
        for side in [-1.0_f32, 1.0] {
            let sneer = if side > 0.0 { e.sneer } else { 0.0 };
            let depth = 0.32 * age + 0.3 * e.lip_corner_pull + 0.4 * e.nose_wrinkle + 0.35 * sneer + 0.2 * e.teeth;
            let fold = self.all_on(&open(&[
                s(side * 22.0, -34.0 + 3.0 * e.nose_wrinkle + 3.0 * sneer),
                s(side * (36.0 + 4.0 * e.lip_corner_pull), -46.0 + 3.0 * sneer),
                s(side * (43.0 + 6.0 * e.lip_corner_pull + 3.0 * e.teeth), -64.0 - 6.0 * e.jaw_drop),
            ]));
            canvas.fill(&ribbon(&fold, &[1.0, 3.0, 1.0]), line.alpha(depth.min(0.6)));
            // Crow's feet.
            let corner = vec2(side * (w * self.f.eye_gap + 27.0 * self.f.eye_size), 4.0);
            for (n, slope) in [5.0, -3.0].into_iter().enumerate() {
                let foot = self.all_on(&open(&[
                    s(corner.x, corner.y - 4.0 * n as f32),
                    s(corner.x + side * 9.0, corner.y + slope - 3.0 * n as f32),
                ]));
                canvas.fill(&ribbon(&foot, &[2.2, 0.6]), line.alpha((0.3 * age + 0.35 * e.cheek_raise * age).min(0.5)));
            }
            // Under the eye.
            let bag = self.all_on(&open(&[
                s(corner.x - side * 42.0, -12.0),
                s(corner.x - side * 24.0, -19.0 + 3.0 * e.cheek_raise),
                s(corner.x - side * 6.0, -13.0 + 2.0 * e.cheek_raise),
            ]));
            canvas.fill(
                &ribbon(&bag, &[0.6, 2.6, 0.6]),
                line.alpha(0.26 * age + 0.24 * e.lid_tighten + 0.22 * e.cheek_raise),
            );
        }
        let raised = e.inner_brow_raise.max(e.outer_brow_raise);
        for (n, y) in [64.0, 76.0].into_iter().enumerate() {
            let depth = 0.3 * raised + if n == 0 { 0.22 * age } else { 0.14 * age };
            let row = self.all_on(&open(&[
                s(-w * 0.4, y - 2.0),
                s(-w * 0.15, y + 3.0 * raised),
                s(w * 0.15, y + 3.0 * raised),
                s(w * 0.4, y - 2.0),
            ]));
            canvas.fill(&ribbon(&row, &[0.5, 2.6, 2.6, 0.5]), line.alpha(depth));
        }
    }

    fn eye(&self, canvas: &mut Canvas, side: f32) {
        let (f, e) = (self.f, self.e);
        let half = 20.5 * f.eye_size;
        let middle = vec2(side * f.width * f.eye_gap, 2.0);
        let shut = (self.pose.blink + 0.55 * e.lids_droop * (1.0 - self.pose.blink)).clamp(0.0, 1.0);
        let high =
            12.5 * f.eye_size * (1.0 + 0.42 * e.upper_lid_raise - 0.24 * e.lid_tighten - 0.16 * e.brow_lower).max(0.3);
        let low =
            8.5 * f.eye_size * (1.0 + 0.2 * e.upper_lid_raise - 0.5 * e.lid_tighten - 0.6 * e.cheek_raise).max(0.12);
        // The inner half sinks in anger, the outer half in sorrow; u runs left to right, so "inner" depends on the side.
        let slant = 0.42 * e.brow_lower * (1.0 - 0.3 * e.upper_lid_raise)
            - 0.3 * e.inner_brow_raise * (1.0 - e.outer_brow_raise);
        let ends = |u: f32| (2.0 + 1.5 * e.brow_lower) * u * side;
        let bulge = |u: f32| (1.0 - u.abs().powf(2.3)).max(0.0);
        let lower = |u: f32| vec2(half * u, ends(u) - low * bulge(u) * (1.0 - 0.12 * u * side));
        let upper = |u: f32| {
            let open = ends(u) + high * bulge(u) * (1.0 + slant * u * side);
            vec2(half * u, open + (lower(u).y + 0.6 - open) * shut)
        };
        let opening = Opening::new(|u| self.on(middle + upper(u)), |u| self.on(middle + lower(u)));
        let skin = f.skin;

        // The lid's soft hollow, then the eye itself.
        let socket = Opening::new(
            |u| {
                self.on(
                    middle + vec2(upper(u).x * 1.06, upper(u).y.max(ends(u) + high * 0.5 * bulge(u)) + 7.5 * bulge(u))
                )
            },
            |u| self.on(middle + upper(u)),
        );
        canvas.fill(&socket.outline(), skin.shade.mix(skin.flush, 0.12).alpha(0.7));
        let white = Tint::hex(0xF8F4EE).mix(skin.flush, 0.05 * e.flush);
        canvas.fill(&opening.outline(), white);
        let gaze = vec2(self.pose.gaze.x * 4.0 + 0.8, self.pose.gaze.y * 2.5 + 6.0 * e.gaze_down + 1.2);
        let pupil = self.on(middle + gaze);
        let size = 9.6 * f.eye_size * (1.0 - 0.07 * e.upper_lid_raise);
        canvas.fill(&opening.behind(&ellipse(pupil, Vec2::splat(size))), f.iris.darker(0.35));
        canvas.fill(&opening.behind(&ellipse(pupil, Vec2::splat(size - 1.8))), f.iris);
        canvas.fill(&opening.behind(&ellipse(pupil, Vec2::splat(size * 0.48))), Tint::hex(0x15110F));
        // The lid throws a shadow on the eye.
        let lid: Vec<Vec2> =
            opening.upper.iter().copied().chain(opening.upper.iter().rev().map(|p| *p - vec2(0.0, 4.0))).collect();
        canvas.fill(&opening.behind(&lid), Tint::hex(0x3A2A2A).alpha(0.22));
        if shut < 0.6 {
            canvas.fill(
                &opening.behind(&ellipse(pupil + vec2(3.4, 3.6), Vec2::splat(2.5))),
                Tint::hex(0xFFFFFF).alpha(0.92),
            );
        }
        canvas.fill(&ribbon(&opening.lower, &[0.8, 1.8, 1.8, 0.8]), skin.line.alpha(0.55));
        let lash = Tint::hex(0x241A18).mix(skin.line, 0.15);
        let widths = if side > 0.0 { [1.4, 3.4, 4.4, 3.2] } else { [3.2, 4.4, 3.4, 1.4] };
        canvas.fill(&ribbon(&opening.upper, &widths), lash);
        let tip = self.on(middle + upper(side));
        canvas
            .fill(&ribbon(&[tip - vec2(side * 1.5, 0.0), tip + vec2(side * 5.0, 3.2 - 3.0 * shut)], &[3.2, 0.8]), lash);
    }

    fn brow(&self, canvas: &mut Canvas, side: f32) {
        let (f, e) = (self.f, self.e);
        let middle = f.width * f.eye_gap;
        // A sneer and doubt lift one brow a little, on the far side.
        let doubt = if side < 0.0 { 5.0 * e.sneer } else { 0.0 };
        let (raise_in, raise_out, lower) = (e.inner_brow_raise, e.outer_brow_raise, e.brow_lower);
        let height = 34.0;
        let spine = open(&[
            s(
                side * (middle - 25.0 - 5.5 * lower + 2.0 * raise_in),
                height - 1.5 + 14.0 * raise_in + 4.0 * raise_out - 21.5 * lower + doubt * 0.4,
            ),
            s(
                side * (middle - 10.0 - 3.0 * lower),
                height + 3.0 + 8.0 * raise_in + 9.0 * raise_out - 14.0 * lower + doubt,
            ),
            s(side * (middle + 10.0), height + 4.5 + 1.0 * raise_in + 13.0 * raise_out - 3.5 * lower + doubt),
            s(side * (middle + 27.0), height - 5.0 - 4.0 * raise_in + 10.0 * raise_out + 2.5 * lower + doubt * 0.6),
        ]);
        let thick = 9.5 * f.brow * (1.0 + 0.12 * lower);
        canvas.fill(&ribbon(&self.all_on(&spine), &[thick * 0.72, thick, thick * 0.85, 1.5]), f.brow_tint);
    }

    /// Lines between the brows and across the bridge of the nose.
    fn frown(&self, canvas: &mut Canvas) {
        let (e, line) = (self.e, self.f.skin.line);
        for side in [-1.0_f32, 1.0] {
            let crease = self.all_on(&open(&[
                s(side * 6.0, 34.0 - 6.0 * e.brow_lower),
                s(side * (5.0 + e.brow_lower), 24.0 - 6.0 * e.brow_lower),
                s(side * 7.5, 14.0 - 5.0 * e.brow_lower),
            ]));
            canvas.fill(&ribbon(&crease, &[0.6, 3.2, 0.8]), line.alpha((0.75 * e.brow_lower - 0.12).clamp(0.0, 0.6)));
        }
        for y in [2.0, -5.0] {
            let wrinkle = self.all_on(&open(&[s(-8.0, y - 2.0), s(0.0, y + 1.0), s(8.0, y - 2.0)]));
            canvas.fill(&ribbon(&wrinkle, &[0.5, 2.2, 0.5]), line.alpha(0.5 * e.nose_wrinkle));
        }
    }

    fn nose(&self, canvas: &mut Canvas) {
        let (f, e, skin) = (self.f, self.e, self.f.skin);
        let (w, tip) = (16.0 * f.nose_width, -33.0 * f.nose_length + 3.5 * e.nose_wrinkle);
        let flare = 1.0 + 0.14 * e.nose_wrinkle + 0.12 * e.teeth;
        let out = |p: Vec2| self.on(p) + vec2(TURN * 0.55, 0.0);
        // The shaded flank, away from the light.
        let flank: Vec<Vec2> = closed(&[
            s(-6.5, 14.0),
            s(-5.0, 0.0),
            s(-5.5, tip + 13.0),
            s(-2.0, tip + 1.0),
            s(-w * 0.7 * flare, tip - 1.0),
            s(-w * flare, tip + 6.0),
            s(-w * 0.72, tip + 15.0),
            s(-8.5, 2.0),
        ])
        .into_iter()
        .map(out)
        .collect();
        canvas.fill(&flank, skin.shade.mix(skin.flush, 0.12 + 0.12 * e.flush).alpha(0.85));
        let under: Vec<Vec2> = open(&[
            s(-w * flare, tip + 5.0),
            s(-w * 0.66 * flare, tip - 3.0),
            s(-w * 0.3, tip - 2.0),
            s(0.0, tip - 5.5),
            s(w * 0.3, tip - 2.0),
            s(w * 0.66 * flare, tip - 3.0),
            s(w * flare, tip + 5.0),
        ])
        .into_iter()
        .map(out)
        .collect();
        canvas.fill(&ribbon(&under, &[1.0, 3.4, 2.6, 3.0, 2.6, 3.4, 1.0]), skin.line.alpha(0.72));
        for side in [-1.0, 1.0] {
            let nostril = ellipse(out(vec2(side * w * 0.48 * flare, tip - 1.0)), vec2(4.2 * flare, 2.3 * flare));
            canvas.fill(&nostril, skin.line.darker(0.25).alpha(0.85));
        }
        canvas.glow(out(vec2(3.0, tip + 9.0)), vec2(6.5, 6.0), skin.base.lighter(0.45).alpha(0.4));
    }

    fn mouth(&self, canvas: &mut Canvas) {
        let (f, e, skin) = (self.f, self.e, self.f.skin);
        let middle = -0.555 * f.length - 2.0;
        let gap = 36.0 * e.jaw_drop + 9.0 * e.teeth;
        let half = 30.0
            * f.mouth
            * (1.0 + 0.24 * e.lip_corner_pull - 0.12 * e.lip_press + 0.16 * e.lip_spread + 0.1 * e.teeth
                - 0.1 * e.jaw_drop);
        let square = 2.0 + 2.4 * e.teeth + 0.6 * e.jaw_drop;
        let corner = |u: f32| {
            let sneer = if u > 0.0 { 6.5 * e.sneer } else { -1.5 * e.sneer };
            11.0 * e.lip_corner_pull - 10.0 * e.lip_corner_drop * (1.0 - 0.3 * e.teeth) + sneer - 0.18 * gap
        };
        let edge = |u: f32| corner(u) * u.abs().powf(1.8);
        let bulge = |u: f32| (1.0 - u.abs().powf(square)).max(0.0);
        let lift = |u: f32| {
            5.0 * e.upper_lip_raise
                + if u > 0.0 { 4.0 * e.sneer * (1.0 - (2.0 * u - 1.1).powi(2)).max(0.0) } else { 0.0 }
        };
        let rest = 2.5 * e.lip_corner_drop - 3.5 * e.lip_corner_pull;
        let upper = |u: f32| vec2(half * u, middle + edge(u) + bulge(u) * (rest + 0.2 * gap) + lift(u) * bulge(u));
        let lower = |u: f32| {
            vec2(half * u, middle + edge(u) + bulge(u) * (rest - 0.8 * gap + lift(u) * (1.0 - (gap / 8.0).min(1.0))))
        };
        let opening = Opening::new(|u| self.on(upper(u)), |u| self.on(lower(u)));

        let thin = (1.0 - 0.72 * e.lip_press) * (1.0 - 0.25 * e.teeth) * f.lips;
        let bow = |u: f32| (1.0 - u.abs().powf(1.7)).max(0.0) * (1.0 - 0.26 * (-(u * 7.0).powi(2)).exp());
        let top = Opening::new(|u| self.on(upper(u) + vec2(0.0, 7.6 * thin * bow(u) + 0.4)), |u| self.on(upper(u)));
        let full = |u: f32| (1.0 - u.abs().powf(2.2)).max(0.0);
        let bottom = Opening::new(|u| self.on(lower(u)), |u| self.on(lower(u) - vec2(0.0, 9.2 * thin * full(u) + 0.4)));

        if f.beard == Beard::Moustache || f.beard == Beard::Full {
            self.moustache(canvas, &|u| upper(u) + vec2(0.0, 7.6 * thin * bow(u)));
        }
        // A shadow under the lower lip gives the chin.
        let chin = bottom.lower[4..=16].iter().map(|p| *p - vec2(0.0, 5.0 + 3.0 * e.lip_press)).collect::<Vec<_>>();
        canvas.fill(&ribbon(&chin, &[0.6, 4.5, 4.5, 0.6]), skin.shade.alpha(0.75));

        let lip = skin.lip.mix(skin.flush, 0.2 * e.flush);
        canvas.fill(&bottom.outline(), lip.lighter(0.06));
        canvas.fill(&top.outline(), lip.darker(0.1));
        if gap > 0.6 {
            canvas.fill(&opening.outline(), Tint::hex(0x4A1F20));
            let room = (gap / 14.0).min(1.0);
            let tongue = ellipse(self.on(vec2(0.0, middle - 0.8 * gap - 2.0)), vec2(half * 0.62, 0.34 * gap));
            canvas.fill(&opening.behind(&tongue), Tint::hex(0xB4605C).alpha(room * (1.0 - 0.7 * e.teeth)));
            let ivory = Tint::hex(0xF4EEE3);
            let reach = half * 0.86;
            let show = (0.28 * gap).min(8.0) + 5.0 * e.teeth;
            let above = |u: f32| upper(u).y - show * (1.0 - 0.25 * u * u);
            let row = Opening::new(
                |u| self.on(upper(u * 0.86) + vec2(0.0, 2.0)),
                |u| self.on(vec2(reach * u, above(u * 0.86))),
            );
            canvas.fill(&opening.behind(&row.outline()), ivory);
            let bared = 7.5 * e.teeth + 0.02 * gap;
            if e.teeth > 0.05 {
                let row = Opening::new(
                    |u| self.on(lower(u * 0.8) + vec2(0.0, bared * (1.0 - 0.3 * u * u))),
                    |u| self.on(lower(u * 0.8) - vec2(0.0, 2.0)),
                );
                canvas.fill(&opening.behind(&row.outline()), ivory.darker(0.06));
            }
        }
        let line = skin.lip.mix(skin.line, 0.75).darker(0.2);
        let weight = 2.6 + 1.2 * e.lip_press;
        let seam: Vec<Vec2> = if gap > 0.6 {
            opening.upper.clone()
        } else {
            opening.upper.iter().zip(&opening.lower).map(|(a, b)| a.midpoint(*b)).collect()
        };
        canvas.fill(&ribbon(&seam, &[1.6, weight, weight, weight, 1.6]), line);
        // Pressed or pulled lips dig in at the corners.
        for (side, at) in [(-1.0_f32, opening.upper[0]), (1.0, opening.upper[opening.upper.len() - 1])] {
            let dig = 0.25 + 0.5 * e.lip_press.max(e.lip_corner_pull).max(if side > 0.0 { e.sneer } else { 0.0 });
            let dimple =
                open(&[s(at.x + side * 1.0, at.y + 3.5), s(at.x + side * 3.2, at.y), s(at.x + side * 1.2, at.y - 3.5)]);
            canvas.fill(&ribbon(&dimple, &[0.6, 2.4, 0.6]), skin.line.alpha(dig.min(0.7)));
        }
    }

    fn moustache(&self, canvas: &mut Canvas, lip: &dyn Fn(f32) -> Vec2) {
        let nose = -33.0 * self.f.nose_length - 7.0 + 3.5 * self.e.nose_wrinkle;
        let at = |u: f32, up: f32| {
            let low = lip(u);
            vec2(low.x, low.y + (nose - low.y).max(4.0) * up)
        };
        let end = lip(1.0);
        let tip = end + vec2(6.0, -5.0);
        let left_end = lip(-1.0);
        let left_tip = left_end + vec2(-6.0, -5.0);
        let k = |p: Vec2| s(p.x, p.y);
        let shape = closed(&[
            k(at(0.0, 0.75)),
            k(at(0.3, 0.98)),
            k(at(0.75, 0.72)),
            c(tip.x, tip.y),
            k(at(0.66, -0.12)),
            k(at(0.28, -0.2)),
            k(at(0.0, 0.0)),
            k(at(-0.28, -0.2)),
            k(at(-0.66, -0.12)),
            c(left_tip.x, left_tip.y),
            k(at(-0.75, 0.72)),
            k(at(-0.3, 0.98)),
        ]);
        canvas.fill(&self.all_on(&shape), self.f.hair_tint.darker(0.06));
    }

    fn beard(&self, canvas: &mut Canvas) {
        let Features { width: w, length: l, jaw, chin, .. } = *self.f;
        let drop = 17.0 * self.e.jaw_drop;
        let full = self.f.beard == Beard::Full;
        let grow = if full { 1.0 } else { 0.0 };
        let shape = mirrored(&[
            s(0.0, -0.4 * l),
            s(20.0, -0.4 * l),
            s(38.0, -0.47 * l),
            s(w * 0.68, -0.36 * l),
            s(w * 0.9, -0.14 * l),
            c(w * 0.985, 0.06 * l),
            s(w * (0.9 + 0.1 * jaw) + 3.0 * grow, -0.34 * l),
            s(w * jaw + 4.0 * grow, -0.64 * l - drop * 0.5),
            s(w * chin + 6.0 * grow, -0.945 * l - drop - 7.0 * grow),
            s(0.0, -l - drop - 12.0 * grow),
        ]);
        let tint = if full { self.f.hair_tint.alpha(1.0) } else { self.f.hair_tint.alpha(0.2) };
        canvas.fill(&shape, tint);
        if full {
            for side in [-1.0_f32, 1.0] {
                let strand = open(&[
                    s(side * 30.0, -0.74 * l - drop),
                    s(side * 24.0, -0.9 * l - drop),
                    s(side * 10.0, -l - drop - 4.0),
                ]);
                canvas.fill(&ribbon(&strand, &[0.8, 3.0, 0.8]), self.f.hair_tint.lighter(0.12).alpha(0.8));
            }
        }
    }

    fn glasses(&self, canvas: &mut Canvas) {
        let f = self.f;
        let frame = Tint::hex(0x2E2B2E);
        let gap = f.width * f.eye_gap;
        let lens = |side: f32| {
            let at = self.on(vec2(side * gap, 0.0));
            slab(at, vec2(60.0, 46.0), 17.0)
        };
        for side in [-1.0_f32, 1.0] {
            let lens = lens(side);
            canvas.fill(&lens, Tint::hex(0xEAF3F5).alpha(0.035));
            canvas.fill(&rim(&lens, 4.2), frame);
            let hinge = self.on(vec2(side * gap, 0.0)) + vec2(side * 30.0, 8.0);
            let temple = [hinge, vec2(side * f.width + 1.0 - TURN * 0.3, 10.0)];
            canvas.fill(&ribbon(&temple, &[4.4, 4.0]), frame);
        }
        let (left, right) = (self.on(vec2(-gap, 0.0)) + vec2(30.0, 6.0), self.on(vec2(gap, 0.0)) + vec2(-30.0, 6.0));
        let bridge = open(&[s(left.x, left.y), s((left.x + right.x) * 0.5 + 1.0, left.y + 5.0), s(right.x, right.y)]);
        canvas.fill(&ribbon(&bridge, &[4.2]), frame);
        let glint = self.on(vec2(gap, 0.0));
        canvas.fill(
            &shift(&closed(&[c(6.0, 18.0), c(14.0, 18.0), c(2.0, 2.0), c(-3.0, 5.0)]), glint),
            Tint::hex(0xFFFFFF).alpha(0.1),
        );
    }
}
