//! Hair behind and in front of the head, one pair of shapes a style.

use bevy::math::{Vec2, vec2};

use super::canvas::Canvas;
use super::features::Features;
use super::path::{Knot, c, closed, ellipse, mirrored, open, ribbon, s};
use crate::scenario::HairStyle;
use crate::window::theme::Tint;

/// Scales knots given in parts of the head: x of half its width, y of the length from eyes to chin.
struct Head {
    width: f32,
    length: f32,
}

impl Head {
    fn s(&self, x: f32, y: f32) -> Knot {
        s(x * self.width, y * self.length)
    }

    fn c(&self, x: f32, y: f32) -> Knot {
        c(x * self.width, y * self.length)
    }

    fn at(&self, x: f32, y: f32) -> Vec2 {
        vec2(x * self.width, y * self.length)
    }

    fn strand(&self, canvas: &mut Canvas, points: &[(f32, f32)], width: f32, tint: Tint) {
        let knots: Vec<Knot> = points.iter().map(|(x, y)| self.s(*x, *y)).collect();
        canvas.fill(&ribbon(&open(&knots), &[0.6, width, width, 0.6]), tint.alpha(0.75));
    }
}

pub(super) fn back(canvas: &mut Canvas, features: &Features) {
    let head = Head { width: features.width, length: features.length };
    let dark = features.hair_tint.darker(0.2);
    match features.hair {
        HairStyle::Bob => canvas.fill(
            &mirrored(&[
                head.s(0.0, 1.2),
                head.s(0.8, 1.08),
                head.s(1.18, 0.5),
                head.s(1.26, -0.2),
                head.s(1.27, -0.72),
                head.s(1.0, -0.98),
                head.s(0.5, -0.86),
                head.s(0.0, -0.8),
            ]),
            dark,
        ),
        HairStyle::Long => canvas.fill(
            &mirrored(&[
                head.s(0.0, 1.2),
                head.s(0.8, 1.08),
                head.s(1.16, 0.5),
                head.s(1.22, -0.3),
                head.s(1.38, -1.2),
                head.s(1.36, -2.1),
                head.s(0.9, -2.4),
                head.s(0.0, -2.3),
            ]),
            dark,
        ),
        HairStyle::Curly => {
            canvas.fill(&ellipse(head.at(0.0, 0.2), head.at(1.26, 1.02)), dark);
            for n in 0..22 {
                let around = Vec2::from_angle(-0.9 + 4.94 * n as f32 / 21.0);
                let size = 21.0 + 5.0 * ((n * 7) % 4) as f32 / 3.0;
                canvas.fill(&ellipse(head.at(0.0, 0.2) + around * head.at(1.24, 0.98), Vec2::splat(size)), dark);
            }
        }
        HairStyle::Bun => {
            let knot = head.at(-0.06, 1.36);
            canvas.fill(&ellipse(knot, vec2(41.0, 36.0)), features.hair_tint.darker(0.08));
            canvas.fill(
                &ribbon(
                    &open(&[
                        s(knot.x - 26.0, knot.y + 4.0),
                        s(knot.x - 4.0, knot.y + 20.0),
                        s(knot.x + 24.0, knot.y + 8.0),
                    ]),
                    &[0.6, 4.0, 0.6],
                ),
                features.hair_tint.lighter(0.14),
            );
            canvas.fill(
                &ribbon(
                    &open(&[s(knot.x - 24.0, knot.y - 12.0), s(knot.x, knot.y + 4.0), s(knot.x + 28.0, knot.y - 6.0)]),
                    &[0.6, 3.4, 0.6],
                ),
                dark,
            );
        }
        HairStyle::Headscarf => {
            let cloth = features.scarf.darker(0.14);
            canvas.fill(
                &mirrored(&[
                    head.s(0.0, 1.26),
                    head.s(0.78, 1.12),
                    head.s(1.2, 0.5),
                    head.s(1.24, -0.4),
                    head.s(1.16, -1.1),
                    head.s(1.7, -1.68),
                    head.s(0.9, -2.05),
                    head.s(0.0, -2.1),
                ]),
                cloth,
            );
        }
        HairStyle::Short | HairStyle::Crop | HairStyle::Receding | HairStyle::Bald => {}
    }
}

pub(super) fn front(canvas: &mut Canvas, features: &Features) {
    let head = Head { width: features.width, length: features.length };
    let tint = features.hair_tint;
    let (light, dark) = (tint.lighter(0.14), tint.darker(0.16));
    match features.hair {
        HairStyle::Short => {
            let shape = closed(&[
                head.c(-0.97, 0.0),
                head.s(-1.09, 0.42),
                head.s(-0.98, 0.92),
                head.s(-0.5, 1.25),
                head.s(0.2, 1.32),
                head.s(0.78, 1.16),
                head.s(1.07, 0.78),
                head.s(1.08, 0.36),
                head.c(0.98, 0.0),
                head.s(0.95, 0.3),
                head.s(0.86, 0.5),
                head.s(0.56, 0.74),
                head.s(0.1, 0.7),
                head.s(-0.36, 0.74),
                head.c(-0.58, 0.86),
                head.s(-0.8, 0.6),
                head.s(-0.93, 0.34),
            ]);
            canvas.fill(&shape, tint);
            head.strand(canvas, &[(-0.5, 0.93), (-0.1, 1.1), (0.4, 1.08), (0.82, 0.82)], 5.0, light);
            head.strand(canvas, &[(-0.52, 0.88), (-0.1, 0.94), (0.32, 0.92), (0.74, 0.7)], 4.0, dark);
            head.strand(canvas, &[(-0.6, 0.92), (-0.82, 0.84), (-0.96, 0.58), (-1.0, 0.3)], 4.0, dark);
        }
        HairStyle::Crop => {
            let shape = mirrored(&[
                head.s(0.0, 1.15),
                head.s(0.62, 1.05),
                head.s(1.0, 0.62),
                head.s(1.04, 0.3),
                head.c(0.98, 0.02),
                head.s(0.93, 0.3),
                head.c(0.84, 0.6),
                head.s(0.5, 0.74),
                head.s(0.0, 0.77),
            ]);
            canvas.fill(&shape, tint);
            head.strand(canvas, &[(-0.5, 0.98), (-0.1, 1.06), (0.2, 1.06), (0.55, 0.98)], 4.0, light);
        }
        HairStyle::Bob | HairStyle::Long => {
            let reach = if features.hair == HairStyle::Bob { -0.78 } else { -1.95 };
            let flare = if features.hair == HairStyle::Bob { 1.2 } else { 1.34 };
            // One curtain each side of a parting that sits a little off the middle.
            for (side, part) in [(-1.0, 0.18), (1.0, 0.18)] {
                let p = |x: f32, y: f32| head.s(if side < 0.0 { -x } else { x }, y);
                let shape = closed(&[
                    head.c(part, 1.22),
                    p(0.62, 1.16),
                    p(1.08, 0.72),
                    p(1.17, 0.2),
                    p(1.2, -0.3),
                    p(flare, reach * 0.7),
                    p(flare - 0.1, reach - 0.06),
                    p(flare - 0.3, reach),
                    p(0.96, reach * 0.55),
                    p(0.93, -0.05),
                    p(0.9, 0.3),
                    p(0.66, 0.62),
                    head.c(part, 0.93),
                ]);
                canvas.fill(&shape, tint);
                let x = |x: f32| if side < 0.0 { -x } else { x };
                head.strand(
                    canvas,
                    &[(x(0.42), 1.05), (x(0.92), 0.62), (x(1.05), 0.0), (x(1.1), reach * 0.7)],
                    5.0,
                    if side > 0.0 { light } else { dark },
                );
                head.strand(
                    canvas,
                    &[(x(0.36), 0.95), (x(0.8), 0.6), (x(0.97), 0.1), (x(1.0), reach * 0.45)],
                    3.5,
                    dark,
                );
            }
        }
        HairStyle::Curly => {
            let hairline = [
                (-0.98, 0.1),
                (-0.95, 0.38),
                (-0.78, 0.62),
                (-0.48, 0.76),
                (-0.14, 0.8),
                (0.2, 0.78),
                (0.52, 0.74),
                (0.8, 0.58),
                (0.95, 0.36),
                (0.98, 0.1),
            ];
            for (n, (x, y)) in hairline.into_iter().enumerate() {
                canvas.fill(&ellipse(head.at(x * 1.06, y + 0.1), Vec2::splat(19.0 + 3.0 * (n % 3) as f32)), tint);
            }
            for (n, (x, y, r)) in [
                (-0.9, 0.75, 26.0),
                (-0.5, 1.05, 29.0),
                (0.0, 1.1, 31.0),
                (0.5, 1.04, 29.0),
                (0.9, 0.74, 26.0),
                (-1.08, 0.35, 22.0),
                (1.08, 0.35, 22.0),
                (-1.1, 0.0, 19.0),
                (1.1, 0.0, 19.0),
            ]
            .into_iter()
            .enumerate()
            {
                let at = head.at(x, y);
                canvas.fill(&ellipse(at, Vec2::splat(r)), tint);
                let curl =
                    open(&[s(at.x - r * 0.5, at.y), s(at.x, at.y + r * 0.5), s(at.x + r * 0.5, at.y + r * 0.05)]);
                canvas.fill(&ribbon(&curl, &[0.6, 4.0, 0.6]), if n % 2 == 0 { light } else { dark }.alpha(0.7));
            }
        }
        HairStyle::Bun => {
            let shape = mirrored(&[
                head.s(0.0, 1.2),
                head.s(0.66, 1.1),
                head.s(1.02, 0.66),
                head.s(1.05, 0.3),
                head.c(0.98, -0.04),
                head.s(0.92, 0.34),
                head.s(0.74, 0.62),
                head.s(0.38, 0.82),
                head.s(0.0, 0.87),
            ]);
            canvas.fill(&shape, tint);
            for x in [-0.72, -0.36, 0.0, 0.36, 0.72] {
                let root = x * 0.98;
                head.strand(
                    canvas,
                    &[
                        (root, 0.92 - 0.3 * x * x),
                        (root * 0.86, 1.0 - 0.2 * x * x),
                        (root * 0.62, 1.1 - 0.08 * x * x),
                        (root * 0.3, 1.17),
                    ],
                    3.2,
                    if x > 0.0 { light } else { dark },
                );
            }
        }
        HairStyle::Receding => {
            let shape = closed(&[
                head.c(-0.97, -0.04),
                head.s(-1.07, 0.36),
                head.s(-0.96, 0.82),
                head.s(-0.5, 1.14),
                head.s(0.0, 1.19),
                head.s(0.5, 1.14),
                head.s(0.96, 0.82),
                head.s(1.07, 0.36),
                head.c(0.97, -0.04),
                head.s(0.93, 0.28),
                head.s(0.86, 0.52),
                head.s(0.72, 0.84),
                head.s(0.56, 0.98),
                head.s(0.3, 0.92),
                head.s(0.0, 0.88),
                head.s(-0.3, 0.92),
                head.s(-0.56, 0.98),
                head.s(-0.72, 0.84),
                head.s(-0.86, 0.52),
                head.s(-0.93, 0.28),
            ]);
            canvas.fill(&shape, tint);
            head.strand(canvas, &[(-0.4, 1.0), (-0.15, 1.08), (0.15, 1.08), (0.4, 1.02)], 3.6, light);
        }
        HairStyle::Bald => {
            for side in [-1.0, 1.0] {
                let patch = closed(&[
                    head.c(side * 0.97, -0.06),
                    head.s(side * 1.03, 0.2),
                    head.s(side * 0.98, 0.5),
                    head.s(side * 0.9, 0.5),
                    head.s(side * 0.92, 0.24),
                ]);
                canvas.fill(&patch, tint.alpha(0.55));
            }
            canvas.glow(head.at(0.34, 0.84), vec2(26.0, 14.0), features.skin.base.lighter(0.5).alpha(0.5));
        }
        HairStyle::Headscarf => {
            let cloth = features.scarf;
            let (light, dark) = (cloth.lighter(0.16), cloth.darker(0.12));
            let outer =
                [(0.0, 1.26), (0.74, 1.13), (1.14, 0.56), (1.16, -0.2), (1.02, -0.86), (0.6, -1.3), (0.0, -1.42)];
            let inner =
                [(0.0, 0.84), (0.56, 0.72), (0.86, 0.34), (0.92, -0.12), (0.82, -0.6), (0.46, -0.98), (0.0, -1.12)];
            for side in [-1.0, 1.0] {
                let ring: Vec<Knot> = outer
                    .iter()
                    .map(|(x, y)| if *x == 0.0 { head.c(*x, *y) } else { head.s(side * x, *y) })
                    .chain(
                        inner.iter().rev().map(|(x, y)| if *x == 0.0 { head.c(*x, *y) } else { head.s(side * x, *y) }),
                    )
                    .collect();
                canvas.fill(&closed(&ring), cloth);
            }
            let wrap = closed(&[
                head.s(-0.98, -0.8),
                head.s(-0.3, -1.22),
                head.s(0.5, -1.16),
                head.s(1.02, -0.8),
                head.s(1.5, -1.5),
                head.s(1.2, -1.86),
                head.s(0.3, -1.98),
                head.s(-0.6, -1.92),
                head.s(-1.5, -1.62),
                head.s(-1.3, -1.3),
            ]);
            canvas.fill(&wrap, cloth);
            head.strand(canvas, &[(-0.9, -0.96), (-0.2, -1.36), (0.6, -1.34), (1.2, -1.2)], 6.0, dark);
            head.strand(canvas, &[(-1.2, -1.4), (-0.3, -1.66), (0.5, -1.66), (1.3, -1.42)], 5.0, dark);
            head.strand(canvas, &[(0.1, 1.14), (0.7, 0.92), (1.0, 0.4), (1.02, -0.3)], 5.0, light);
            head.strand(canvas, &[(-0.1, 1.02), (-0.7, 0.84), (-0.97, 0.36), (-1.0, -0.4)], 4.0, dark);
        }
    }
}
