//! The place behind the customer and the table in front, by channel, in a light that follows the mood.

use bevy::math::{Affine2, Vec2, vec2};

use super::canvas::{Canvas, Paint};
use super::path::{c, closed, ellipse, open, ribbon, rim, s, slab};
use crate::scenario::Channel;
use crate::window::theme::Tint;

/// The room as it is right now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    pub channel: Channel,
    pub dark: bool,
    /// 0 calm to 1 angry: the light.
    pub heat: f32,
    /// How far we have been drawn in, stage units: near things move more than far ones.
    pub sway: Vec2,
    /// What of the room can be seen, stage units.
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
}

/// The colours of a room in one light.
struct Palette {
    wall: Tint,
    floor: Tint,
    glass: Tint,
    beam: Tint,
    wood: Tint,
    dark: bool,
}

impl Room {
    fn palette(&self) -> Palette {
        let heat = |calm: u32, tense: u32, angry: u32| {
            let (calm, tense, angry) = (Tint::hex(calm), Tint::hex(tense), Tint::hex(angry));
            if self.heat < 0.5 { calm.mix(tense, self.heat * 2.0) } else { tense.mix(angry, self.heat * 2.0 - 1.0) }
        };
        if self.dark {
            Palette {
                wall: heat(0x2F4244, 0x54452F, 0x5E332B),
                floor: heat(0x263638, 0x463926, 0x4B2822),
                glass: heat(0x45606B, 0x8A6E43, 0x97503D),
                beam: heat(0x88AAA8, 0xD9AE6B, 0xE07F5F),
                wood: heat(0x4A3C33, 0x54402E, 0x56362B),
                dark: true,
            }
        } else {
            Palette {
                wall: heat(0xCFE0DB, 0xEDD9B2, 0xDF9F88),
                floor: heat(0xB7CDC7, 0xDDC393, 0xC98570),
                glass: heat(0xEDF6F5, 0xFBEBC8, 0xF5C0A4),
                beam: heat(0xFFFFFF, 0xFFF2D2, 0xFFD3B8),
                wood: heat(0xB08B68, 0xB88A5A, 0xA6694A),
                dark: false,
            }
        }
    }

    /// A thing far off: mostly the colour of the air.
    fn far(&self, p: &Palette, colour: u32) -> Tint {
        self.dimmed(p, colour).mix(p.wall, 0.62)
    }

    /// A thing in the room.
    fn mid(&self, p: &Palette, colour: u32) -> Tint {
        self.dimmed(p, colour).mix(p.wall, 0.34)
    }

    fn dimmed(&self, p: &Palette, colour: u32) -> Tint {
        if p.dark { Tint::hex(colour).darker(0.5) } else { Tint::hex(colour) }
    }

    /// As wide as what can be seen, with room to sway.
    fn span(&self) -> f32 {
        self.right - self.left + 80.0
    }

    fn plane(&self, canvas: &mut Canvas, depth: f32, draw: impl FnOnce(&mut Canvas)) {
        canvas.placed(Affine2::from_translation(self.sway * depth), draw);
    }

    /// Everything behind the customer.
    pub fn draw_back(&self, canvas: &mut Canvas) {
        let p = self.palette();
        let middle = vec2((self.left + self.right) * 0.5, (self.top + self.bottom) * 0.5);
        let size = vec2(self.right - self.left, self.top - self.bottom) + 60.0;
        let (top, bottom) = (p.wall.lighter(if p.dark { 0.03 } else { 0.12 }), p.wall.mix(p.floor, 0.7));
        let height = self.top - self.bottom;
        canvas.fill_by(&slab(middle, size, 0.0), |at: Vec2| top.mix(bottom, (self.top - at.y) / height).into());
        match self.channel {
            Channel::Phone => self.living_room(canvas, &p),
            Channel::Chat => self.cafe(canvas, &p),
            Channel::Email => self.study(canvas, &p),
            Channel::Counter => self.shop(canvas, &p),
            Channel::Review => self.kitchen(canvas, &p),
        }
        // A pool of light behind the head, and dusk in the corners that deepens with anger.
        canvas.glow(vec2(20.0, 10.0), vec2(250.0, 270.0), p.beam.alpha(if p.dark { 0.16 } else { 0.34 }));
        let dusk = Tint::hex(if p.dark { 0x0D0A0C } else { 0x5A2A20 });
        let strength = 0.05 + 0.2 * self.heat;
        let corner = |at: Vec2| {
            let edge = ((at - middle) / (size * 0.5)).abs();
            Paint { tint: dusk, alpha: strength * (edge.x.max(edge.y * 0.9) - 0.45).max(0.0) * 1.4 }
        };
        let half = size * 0.5;
        for (inner, outer) in [(0.45, 0.75), (0.75, 1.0)] {
            let ring: Vec<Vec2> =
                [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y)| vec2(x, y)).to_vec();
            for side in 0..4 {
                let (a, b) = (ring[side] * half, ring[(side + 1) % 4] * half);
                canvas.fill_smooth(
                    &[middle + a * inner, middle + b * inner, middle + b * outer, middle + a * outer],
                    corner,
                );
            }
        }
    }

    /// What stands between us and the customer.
    pub fn draw_front(&self, canvas: &mut Canvas) {
        let p = self.palette();
        self.plane(canvas, 1.4, |canvas| match self.channel {
            Channel::Phone => {}
            Channel::Chat | Channel::Email => self.laptop(canvas, &p),
            Channel::Counter => self.counter(canvas, &p),
            Channel::Review => self.kitchen_table(canvas, &p),
        });
    }

    fn window(&self, canvas: &mut Canvas, p: &Palette, middle: Vec2, size: Vec2, panes: (u32, u32)) {
        let frame = self.mid(p, 0xFBF8F2);
        canvas.fill(&slab(middle + vec2(5.0, -6.0), size + 16.0, 4.0), p.floor.darker(0.12).alpha(0.4));
        canvas.fill(&slab(middle, size + 16.0, 4.0), frame);
        let (low, high) = (p.glass, p.glass.mix(self.far(p, 0x9CC3CF), 0.5));
        canvas.fill_by(&slab(middle, size, 2.0), |at| low.mix(high, (at.y - middle.y) / size.y + 0.5).into());
        let (low, width) = (middle.y - size.y * 0.5, size.x * 0.5);
        let hills = closed(&[
            c(middle.x - width, low),
            c(middle.x - width, low + size.y * 0.24),
            s(middle.x - width * 0.4, low + size.y * 0.36),
            s(middle.x + width * 0.2, low + size.y * 0.22),
            c(middle.x + width, low + size.y * 0.34),
            c(middle.x + width, low),
        ]);
        canvas.fill(&hills, self.far(p, 0x7C9C86).mix(p.glass, 0.35));
        for n in 1..panes.0 {
            let x = middle.x - width + size.x * n as f32 / panes.0 as f32;
            canvas.fill(&slab(vec2(x, middle.y), vec2(6.0, size.y), 0.0), frame);
        }
        for n in 1..panes.1 {
            let y = low + size.y * n as f32 / panes.1 as f32;
            canvas.fill(&slab(vec2(middle.x, y), vec2(size.x, 6.0), 0.0), frame);
        }
        canvas.fill(&slab(vec2(middle.x, low - 13.0), vec2(size.x + 38.0, 12.0), 3.0), frame.darker(0.06));
    }

    fn plant(&self, canvas: &mut Canvas, p: &Palette, foot: Vec2, size: f32, colours: (u32, u32)) {
        let leaf = self.mid(p, colours.0);
        for (lean, height, width) in
            [(-0.75, 0.78, 0.26), (0.7, 0.86, 0.27), (-0.36, 1.06, 0.28), (0.3, 1.16, 0.28), (-0.02, 1.3, 0.26)]
        {
            let tip = foot + vec2(lean, height) * size;
            let bend = foot + vec2(lean * 0.3, height * 0.62) * size;
            let spine = open(&[s(foot.x, foot.y), s(bend.x, bend.y), s(tip.x, tip.y)]);
            let shade = leaf.mix(if lean < 0.0 { leaf.darker(0.25) } else { leaf.lighter(0.12) }, 0.5);
            canvas.fill(&ribbon(&spine, &[3.0, width * size, width * size * 0.8, 1.0]), shade);
            canvas.fill(&ribbon(&spine, &[1.5, 2.0, 0.5]), leaf.darker(0.2).alpha(0.5));
        }
        let pot = self.mid(p, colours.1);
        canvas.fill(
            &closed(&[
                c(foot.x - size * 0.36, foot.y + 4.0),
                c(foot.x + size * 0.36, foot.y + 4.0),
                c(foot.x + size * 0.26, foot.y - size * 0.56),
                c(foot.x - size * 0.26, foot.y - size * 0.56),
            ]),
            pot,
        );
        canvas.fill(&slab(foot + vec2(0.0, 2.0), vec2(size * 0.82, size * 0.14), 3.0), pot.lighter(0.1));
    }

    fn living_room(&self, canvas: &mut Canvas, p: &Palette) {
        self.plane(canvas, 0.25, |canvas| {
            self.window(canvas, p, vec2(150.0, 90.0), vec2(180.0, 240.0), (2, 2));
            for (x, lean) in [(38.0, -1.0), (262.0, 1.0)] {
                let curtain = closed(&[
                    c(x - 26.0, 236.0),
                    c(x + 26.0, 236.0),
                    s(x + 20.0 + lean * 6.0, 60.0),
                    c(x + 28.0 + lean * 8.0, -96.0),
                    c(x - 28.0 + lean * 8.0, -96.0),
                    s(x - 22.0 + lean * 4.0, 60.0),
                ]);
                canvas.fill(&curtain, self.mid(p, 0xD9C4A6));
                for fold in [-9.0, 8.0] {
                    let line =
                        open(&[s(x + fold, 232.0), s(x + fold + lean * 4.0, 60.0), s(x + fold + lean * 8.0, -94.0)]);
                    canvas.fill(&ribbon(&line, &[1.0, 5.0, 6.0]), self.mid(p, 0xC4AA88).alpha(0.8));
                }
            }
            canvas.fill(&slab(vec2(150.0, 238.0), vec2(300.0, 7.0), 3.0), self.mid(p, 0x8C6F55));
            for (at, size, colour) in [
                (vec2(-176.0, 138.0), vec2(92.0, 112.0), 0x7FA79A_u32),
                (vec2(-96.0, 170.0), vec2(50.0, 62.0), 0xD8A562),
            ] {
                canvas.fill(&slab(at + vec2(3.0, -4.0), size, 2.0), p.floor.darker(0.15).alpha(0.5));
                canvas.fill(&slab(at, size, 2.0), self.mid(p, 0xFBF8F2));
                canvas.fill(&slab(at, size - 16.0, 0.0), self.far(p, colour));
                canvas.fill(&ellipse(at + vec2(size.x * 0.1, size.y * 0.12), size * 0.16), self.far(p, 0xF2E3C4));
                let low = size * 0.5 - 8.0;
                canvas.fill(
                    &closed(&[
                        c(at.x - low.x, at.y - low.y),
                        c(at.x - low.x, at.y - low.y * 0.3),
                        s(at.x - low.x * 0.2, at.y + low.y * 0.1),
                        s(at.x + low.x * 0.4, at.y - low.y * 0.4),
                        c(at.x + low.x, at.y - low.y * 0.1),
                        c(at.x + low.x, at.y - low.y),
                    ]),
                    self.far(p, 0x51706A),
                );
            }
        });
        self.plane(canvas, 0.6, |canvas| {
            let sofa = self.mid(p, 0x7E9C92);
            canvas.fill(&slab(vec2(-6.0, -300.0), vec2(700.0, 230.0), 46.0), sofa);
            canvas.fill(&slab(vec2(-6.0, -203.0), vec2(640.0, 14.0), 7.0), sofa.lighter(0.12));
            canvas.fill(&ribbon(&[vec2(-4.0, -190.0), vec2(-4.0, -420.0)], &[4.0]), sofa.darker(0.16));
            let lamp = vec2(-226.0, 20.0);
            canvas.fill(&ribbon(&[lamp, vec2(-226.0, -420.0)], &[6.0]), self.mid(p, 0x6B5848));
            canvas.glow(lamp + vec2(0.0, 26.0), vec2(120.0, 120.0), p.beam.alpha(0.4));
            canvas.fill(
                &closed(&[c(-258.0, -4.0), c(-194.0, -4.0), c(-206.0, 62.0), c(-246.0, 62.0)]),
                self.mid(p, 0xF0D9A8),
            );
            let cushion = closed(&[s(190.0, -176.0), s(262.0, -192.0), s(246.0, -266.0), s(176.0, -250.0)]);
            canvas.fill(&cushion, self.mid(p, 0xD0905F));
        });
    }

    fn cafe(&self, canvas: &mut Canvas, p: &Palette) {
        self.plane(canvas, 0.25, |canvas| {
            self.window(canvas, p, vec2(-150.0, 60.0), vec2(250.0, 260.0), (3, 1));
            for (x, h, colour) in [
                (-245.0, 96.0, 0x8FA9A4_u32),
                (-196.0, 138.0, 0xA7B9AE),
                (-140.0, 84.0, 0x97ADA9),
                (-88.0, 118.0, 0xA9B8B0),
            ] {
                canvas
                    .fill(&slab(vec2(x, -70.0 + h * 0.5), vec2(46.0, h), 0.0), self.far(p, colour).mix(p.glass, 0.35));
            }
            for x in [-192.0, -108.0] {
                canvas.fill(&slab(vec2(x, 60.0), vec2(6.0, 260.0), 0.0), self.mid(p, 0xFBF8F2));
            }
            let board = vec2(182.0, 92.0);
            canvas.fill(&slab(board, vec2(150.0, 182.0), 5.0), self.mid(p, 0x8C6B4E));
            canvas.fill(&slab(board, vec2(134.0, 166.0), 2.0), self.mid(p, 0x3F4B4A));
            for (n, w) in [84.0, 62.0, 92.0, 70.0, 54.0].into_iter().enumerate() {
                let y = 154.0 - 28.0 * n as f32;
                canvas.fill(
                    &slab(vec2(132.0 + w * 0.5, y), vec2(w, if n == 0 { 7.0 } else { 4.0 }), 2.0),
                    self.mid(p, 0xE9E4D8).alpha(0.75),
                );
            }
        });
        self.plane(canvas, 0.55, |canvas| {
            for (x, y) in [(-196.0, 150.0), (70.0, 178.0), (226.0, 196.0)] {
                canvas.fill(&ribbon(&[vec2(x, 420.0), vec2(x, y)], &[2.6]), self.mid(p, 0x4D4640));
                canvas.glow(vec2(x, y - 40.0), vec2(90.0, 80.0), p.beam.alpha(0.42));
                canvas.fill(
                    &closed(&[
                        c(x - 7.0, y),
                        c(x + 7.0, y),
                        s(x + 24.0, y - 14.0),
                        c(x + 36.0, y - 36.0),
                        c(x - 36.0, y - 36.0),
                        s(x - 24.0, y - 14.0),
                    ]),
                    self.mid(p, 0x3F6F6B),
                );
                canvas.fill(&ellipse(vec2(x, y - 37.0), vec2(13.0, 7.0)), p.beam);
            }
            let bench = self.mid(p, 0xA1714C);
            canvas.fill(&slab(vec2(0.0, -330.0), vec2(self.span(), 250.0), 16.0), bench);
            let reach = (self.right / 56.0).ceil() as i32 + 1;
            for n in -reach..=reach {
                canvas.fill(
                    &ribbon(&[vec2(n as f32 * 56.0, -212.0), vec2(n as f32 * 56.0, -460.0)], &[3.0]),
                    bench.darker(0.16),
                );
            }
            canvas.fill(&slab(vec2(0.0, -208.0), vec2(self.span(), 14.0), 7.0), bench.lighter(0.12));
            self.plant(canvas, p, vec2(238.0, -160.0), 84.0, (0x5F8B66, 0xE6DFD2));
        });
    }

    fn study(&self, canvas: &mut Canvas, p: &Palette) {
        self.plane(canvas, 0.3, |canvas| {
            let case = self.mid(p, 0x9B7654);
            canvas.fill(&slab(vec2(-170.0, -20.0), vec2(220.0, 560.0), 4.0), case);
            let books = [0x5E8F8B_u32, 0xC98155, 0xE2C57F, 0x6B7FA0, 0xA9687A, 0x87976A, 0xD9D2C2, 0x7B6A90];
            for row in 0..4 {
                let floor = 130.0 - 122.0 * row as f32;
                canvas.fill(&slab(vec2(-170.0, floor + 52.0), vec2(200.0, 106.0), 0.0), case.darker(0.22));
                let mut x = -266.0;
                for n in 0..11_usize {
                    let turn = (n * 5 + row * 3) % 8;
                    let (w, h) = (12.0 + (turn % 3) as f32 * 4.0, 66.0 + (turn * 7 % 5) as f32 * 6.0);
                    if x + w > -76.0 || (row == 1 && n > 7) || (row == 2 && n == 4) {
                        break;
                    }
                    canvas.fill(
                        &slab(vec2(x + w * 0.5, floor + h * 0.5), vec2(w - 1.5, h), 1.5),
                        self.mid(p, books[turn]),
                    );
                    canvas.fill(
                        &slab(vec2(x + w * 0.5, floor + h * 0.74), vec2(w - 1.5, 4.0), 0.0),
                        self.mid(p, books[turn]).lighter(0.3).alpha(0.7),
                    );
                    x += w;
                }
                if row == 2 {
                    canvas.fill(&ellipse(vec2(-112.0, floor + 26.0), vec2(25.0, 26.0)), self.mid(p, 0xD9A066));
                    canvas.fill(
                        &slab(vec2(-112.0, floor + 56.0), vec2(18.0, 20.0), 3.0),
                        self.mid(p, 0xD9A066).darker(0.12),
                    );
                }
            }
            self.window(canvas, p, vec2(172.0, 84.0), vec2(150.0, 210.0), (2, 2));
        });
        self.plane(canvas, 0.6, |canvas| {
            let chair = self.mid(p, 0x55636B);
            canvas.fill(&slab(vec2(0.0, -330.0), vec2(370.0, 300.0), 60.0), chair);
            canvas.fill(&rim(&slab(vec2(0.0, -330.0), vec2(352.0, 282.0), 52.0), 4.0), chair.lighter(0.14));
        });
    }

    fn shop(&self, canvas: &mut Canvas, p: &Palette) {
        self.plane(canvas, 0.25, |canvas| {
            // The street door.
            let frame = self.mid(p, 0x4F6F6C);
            canvas.fill(&slab(vec2(156.0, -70.0), vec2(196.0, 620.0), 4.0), frame);
            canvas.fill_by(&slab(vec2(156.0, -40.0), vec2(160.0, 520.0), 3.0), |at| {
                p.glass.mix(self.far(p, 0x9CC3CF), (at.y + 100.0) / 400.0).into()
            });
            canvas.fill(&slab(vec2(140.0, -30.0), vec2(60.0, 300.0), 0.0), self.far(p, 0xA9B8B0).mix(p.glass, 0.4));
            canvas.fill(&slab(vec2(206.0, -70.0), vec2(60.0, 220.0), 0.0), self.far(p, 0x8FA9A4).mix(p.glass, 0.4));
            canvas.fill(&slab(vec2(156.0, 146.0), vec2(164.0, 9.0), 0.0), frame);
            canvas.fill(&slab(vec2(86.0, -60.0), vec2(7.0, 90.0), 3.0), self.mid(p, 0xD9C27C));
            canvas.fill(&slab(vec2(170.0, 92.0), vec2(74.0, 36.0), 5.0), self.mid(p, 0xFBF8F2));
            for (y, w) in [(98.0, 48.0), (86.0, 34.0)] {
                canvas.fill(&slab(vec2(170.0, y), vec2(w, 4.0), 2.0), self.mid(p, 0x8A6A5A));
            }
        });
        self.plane(canvas, 0.5, |canvas| {
            let plank = self.mid(p, 0xA98462);
            for (row, y) in [150.0, 30.0, -90.0, -210.0].into_iter().enumerate() {
                canvas.fill(&slab(vec2(-190.0, y - 6.0), vec2(250.0, 12.0), 3.0), plank);
                canvas.fill(&slab(vec2(-190.0, y - 15.0), vec2(242.0, 7.0), 0.0), p.floor.darker(0.2).alpha(0.35));
                let goods = [
                    (0x6F9A94_u32, 52.0, 58.0),
                    (0xD7A15F, 38.0, 76.0),
                    (0xE4DCCB, 60.0, 44.0),
                    (0xB9705A, 34.0, 64.0),
                    (0x7C88A4, 46.0, 50.0),
                ];
                let mut x = -300.0;
                for n in 0..4 {
                    let (colour, w, h) = goods[(n + row * 2) % goods.len()];
                    x += 6.0;
                    canvas.fill(&slab(vec2(x + w * 0.5, y + h * 0.5), vec2(w, h), 4.0), self.mid(p, colour));
                    canvas.fill(
                        &slab(vec2(x + w * 0.5, y + h * 0.52), vec2(w * 0.66, h * 0.3), 2.0),
                        self.mid(p, 0xFBF8F2).alpha(0.8),
                    );
                    x += w;
                }
            }
        });
    }

    fn kitchen(&self, canvas: &mut Canvas, p: &Palette) {
        self.plane(canvas, 0.25, |canvas| {
            let line = p.wall.mix(p.floor, 0.55);
            for n in 0..9 {
                let y = -190.0 + 34.0 * n as f32;
                canvas.fill(&slab(vec2(0.0, y), vec2(self.span(), 2.0), 0.0), line);
                let reach = (self.right / 68.0).ceil() as i32 + 1;
                for m in -reach..=reach {
                    let x = m as f32 * 68.0 + if n % 2 == 0 { 0.0 } else { 34.0 };
                    canvas.fill(&slab(vec2(x, y + 17.0), vec2(2.0, 34.0), 0.0), line);
                }
            }
            self.window(canvas, p, vec2(160.0, 108.0), vec2(170.0, 190.0), (2, 1));
            let shelf = self.mid(p, 0xA98462);
            canvas.fill(&slab(vec2(-176.0, 92.0), vec2(210.0, 11.0), 3.0), shelf);
            for (x, w, h, colour) in [
                (-250.0, 34.0, 50.0, 0xE4DCCB_u32),
                (-212.0, 30.0, 62.0, 0x6F9A94),
                (-176.0, 30.0, 44.0, 0xD7A15F),
                (-112.0, 44.0, 26.0, 0xF4EFE6),
            ] {
                canvas.fill(&slab(vec2(x, 98.0 + h * 0.5), vec2(w, h), 6.0), self.mid(p, colour));
                canvas.fill(&slab(vec2(x, 98.0 + h - 5.0), vec2(w + 2.0, 9.0), 4.0), self.mid(p, 0x8C6B4E));
            }
            for (x, r) in [(-236.0, 24.0), (-176.0, 19.0), (-124.0, 22.0)] {
                canvas.fill(&ribbon(&[vec2(x, 86.0), vec2(x, 50.0)], &[4.0]), self.mid(p, 0x4D4640));
                canvas.fill(&ellipse(vec2(x, 50.0 - r), Vec2::splat(r)), self.mid(p, 0x55636B));
                canvas.fill(&ellipse(vec2(x, 50.0 - r), Vec2::splat(r * 0.72)), self.mid(p, 0x6C7A82));
            }
        });
        self.plane(canvas, 0.55, |canvas| {
            let top = self.mid(p, 0xEFE6D8);
            canvas.fill(&slab(vec2(0.0, -196.0), vec2(self.span(), 20.0), 4.0), top);
            canvas.fill(&slab(vec2(0.0, -400.0), vec2(self.span(), 390.0), 0.0), self.mid(p, 0x7FA097));
            let reach = (self.right / 122.0).ceil() as i32 + 1;
            for n in -reach..=reach {
                let at = vec2(n as f32 * 122.0 + 40.0, -320.0);
                canvas.fill(&rim(&slab(at, vec2(104.0, 190.0), 6.0), 3.0), self.mid(p, 0x66867E));
            }
            let kettle = vec2(-214.0, -152.0);
            canvas.fill(
                &closed(&[
                    s(kettle.x - 34.0, kettle.y - 32.0),
                    s(kettle.x - 26.0, kettle.y + 18.0),
                    s(kettle.x, kettle.y + 32.0),
                    s(kettle.x + 26.0, kettle.y + 18.0),
                    s(kettle.x + 34.0, kettle.y - 32.0),
                ]),
                self.mid(p, 0xC9674C),
            );
            canvas.fill(
                &ribbon(
                    &open(&[
                        s(kettle.x - 24.0, kettle.y + 22.0),
                        s(kettle.x, kettle.y + 58.0),
                        s(kettle.x + 24.0, kettle.y + 22.0),
                    ]),
                    &[6.0],
                ),
                self.mid(p, 0x3F3A38),
            );
            self.plant(canvas, p, vec2(236.0, -140.0), 62.0, (0x6B9468, 0xD08A5E));
        });
    }

    /// A table across the stage with its edge at `height`.
    fn table(&self, canvas: &mut Canvas, p: &Palette, height: f32, colour: Tint) {
        let (middle, width) = ((self.left + self.right) * 0.5, self.span());
        canvas.fill(&slab(vec2(middle, height + 8.0), vec2(width, 22.0), 0.0), Tint::hex(0x241C18).alpha(0.14));
        canvas.fill_by(&slab(vec2(middle, height - 40.0), vec2(width, 80.0), 0.0), |at| {
            colour.lighter(0.14).mix(colour, (height - at.y) / 80.0).into()
        });
        canvas.fill(
            &slab(vec2(middle, height - 340.0), vec2(width, 520.0), 0.0),
            colour.darker(if p.dark { 0.28 } else { 0.2 }),
        );
        canvas.fill(&slab(vec2(middle, height - 82.0), vec2(width, 6.0), 0.0), colour.lighter(0.2));
    }

    fn cup(&self, canvas: &mut Canvas, p: &Palette, at: Vec2, colour: u32) {
        let cup = self.dimmed(p, colour).mix(p.wall, 0.15);
        canvas.fill(&ellipse(at + vec2(0.0, -24.0), vec2(42.0, 9.0)), Tint::hex(0x241C18).alpha(0.2));
        canvas.fill(&rim(&ellipse(at + vec2(27.0, 0.0), vec2(13.0, 14.0)), 6.0), cup.darker(0.1));
        canvas.fill(
            &closed(&[
                c(at.x - 27.0, at.y + 22.0),
                c(at.x + 27.0, at.y + 22.0),
                s(at.x + 23.0, at.y - 12.0),
                s(at.x + 12.0, at.y - 25.0),
                s(at.x - 12.0, at.y - 25.0),
                s(at.x - 23.0, at.y - 12.0),
            ]),
            cup,
        );
        canvas.fill(&ellipse(at + vec2(0.0, 22.0), vec2(27.0, 6.5)), cup.lighter(0.25));
        canvas.fill(&ellipse(at + vec2(0.0, 21.0), vec2(22.0, 4.6)), Tint::hex(0x6B4630));
    }

    fn laptop(&self, canvas: &mut Canvas, p: &Palette) {
        let desk = if self.channel == Channel::Chat { p.wood } else { p.wood.darker(0.12) };
        self.table(canvas, p, -352.0, desk);
        let shell = self.dimmed(p, 0xB9C0C4).mix(p.wall, 0.2);
        canvas.fill(&ellipse(vec2(10.0, -402.0), vec2(190.0, 14.0)), Tint::hex(0x241C18).alpha(0.22));
        let lid = closed(&[
            c(-138.0, -398.0),
            s(-146.0, -250.0),
            s(-134.0, -238.0),
            s(0.0, -236.0),
            s(154.0, -238.0),
            s(166.0, -250.0),
            c(158.0, -398.0),
        ]);
        canvas.fill_by(&lid, |at| shell.lighter(0.14).mix(shell.darker(0.07), (-236.0 - at.y) / 160.0).into());
        canvas.fill(&slab(vec2(10.0, -402.0), vec2(330.0, 12.0), 5.0), shell.darker(0.2));
        canvas.fill(&ellipse(vec2(10.0, -314.0), vec2(13.0, 13.0)), shell.lighter(0.3).alpha(0.8));
        if self.channel == Channel::Chat {
            self.cup(canvas, p, vec2(-208.0, -366.0), 0xF1E9DA);
        } else {
            self.cup(canvas, p, vec2(220.0, -370.0), 0x6F9A94);
            for (n, (tilt, colour)) in [(0.05, 0xF4EFE6_u32), (-0.06, 0xFBF8F2)].into_iter().enumerate() {
                canvas.placed(
                    Affine2::from_translation(vec2(-220.0, -384.0 + 5.0 * n as f32)) * Affine2::from_angle(tilt),
                    |canvas| {
                        canvas.fill(
                            &closed(&[c(-60.0, -14.0), c(54.0, -14.0), c(66.0, 12.0), c(-44.0, 12.0)]),
                            self.dimmed(p, colour).mix(p.wall, 0.12 + 0.1 * (1 - n) as f32),
                        );
                    },
                );
            }
        }
    }

    fn counter(&self, canvas: &mut Canvas, p: &Palette) {
        self.table(canvas, p, -352.0, p.wood);
        // The receipt that it is all about.
        let paper = self.dimmed(p, 0xFBF8F2).mix(p.wall, 0.1);
        canvas.fill(
            &[vec2(-46.0, -366.0), vec2(42.0, -364.0), vec2(54.0, -424.0), vec2(-50.0, -427.0)],
            Tint::hex(0x241C18).alpha(0.16),
        );
        canvas.fill(&[vec2(-44.0, -362.0), vec2(44.0, -360.0), vec2(56.0, -420.0), vec2(-48.0, -423.0)], paper);
        for (y, reach) in [(-396.0, 34.0), (-404.0, 24.0), (-412.0, 30.0)] {
            canvas.fill(&slab(vec2(reach - 32.0, y), vec2(reach * 2.0, 2.6), 1.0), paper.darker(0.25));
        }
    }

    fn kitchen_table(&self, canvas: &mut Canvas, p: &Palette) {
        self.table(canvas, p, -392.0, p.wood.lighter(0.08));
    }
}
