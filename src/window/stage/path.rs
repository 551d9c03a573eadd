//! Outlines from a few control points: smooth closed shapes, ribbons of changing width, ellipses, boxes.

use bevy::math::{Vec2, vec2};

/// A control point that the outline passes through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Knot {
    at: Vec2,
    corner: bool,
}

/// A knot that the outline passes smoothly.
pub(super) fn s(x: f32, y: f32) -> Knot {
    Knot { at: vec2(x, y), corner: false }
}

/// A knot at which the outline turns sharply.
pub(super) fn c(x: f32, y: f32) -> Knot {
    Knot { at: vec2(x, y), corner: true }
}

/// Follows the Catmull-Rom curve from `b` to `c`; the end point is left to the next piece.
fn piece(a: Knot, b: Knot, c: Knot, d: Knot, out: &mut Vec<Vec2>) {
    if b.corner && c.corner {
        out.push(b.at);
        return;
    }
    let tangent = |before: Knot, knot: Knot, after: Knot| {
        if knot.corner { Vec2::ZERO } else { (after.at - before.at) * 0.5 }
    };
    let (from, to) = (tangent(a, b, c), tangent(b, c, d));
    let steps = ((c.at - b.at).length() / 7.0).clamp(3.0, 9.0) as usize;
    for step in 0..steps {
        let t = step as f32 / steps as f32;
        let (t2, t3) = (t * t, t * t * t);
        out.push(
            b.at * (2.0 * t3 - 3.0 * t2 + 1.0)
                + from * (t3 - 2.0 * t2 + t)
                + c.at * (3.0 * t2 - 2.0 * t3)
                + to * (t3 - t2),
        );
    }
}

/// The closed outline through `knots`.
pub(super) fn closed(knots: &[Knot]) -> Vec<Vec2> {
    let n = knots.len();
    let mut out = Vec::with_capacity(n * 8);
    for i in 0..n {
        piece(knots[(i + n - 1) % n], knots[i], knots[(i + 1) % n], knots[(i + 2) % n], &mut out);
    }
    out
}

/// The open curve through `knots`, both ends included.
pub(super) fn open(knots: &[Knot]) -> Vec<Vec2> {
    let Some(last) = knots.len().checked_sub(1) else { return Vec::new() };
    let mut out = Vec::with_capacity(last * 8 + 1);
    for i in 0..last {
        piece(knots[i.saturating_sub(1)], knots[i], knots[i + 1], knots[(i + 2).min(last)], &mut out);
    }
    out.push(knots[last].at);
    out
}

/// A closed outline whose left half mirrors the right one; `right` runs from the top middle to the bottom middle.
pub(super) fn mirrored(right: &[Knot]) -> Vec<Vec2> {
    let inner = right.get(1..right.len().saturating_sub(1)).unwrap_or_default();
    let left = inner.iter().rev().map(|k| Knot { at: vec2(-k.at.x, k.at.y), ..*k });
    closed(&right.iter().copied().chain(left).collect::<Vec<_>>())
}

pub(super) fn shift(points: &[Vec2], by: Vec2) -> Vec<Vec2> {
    points.iter().map(|p| *p + by).collect()
}

/// A band along `spine`; `widths` are spread evenly over its length.
pub(super) fn ribbon(spine: &[Vec2], widths: &[f32]) -> Vec<Vec2> {
    let n = spine.len();
    if n < 2 || widths.is_empty() {
        return Vec::new();
    }
    let half = |i: usize| {
        let at = i as f32 / (n - 1) as f32 * (widths.len() - 1) as f32;
        let (low, part) = (at.floor() as usize, at.fract());
        let next = widths[(low + 1).min(widths.len() - 1)];
        (widths[low] + (next - widths[low]) * part) * 0.5
    };
    let side = |i: usize| (spine[(i + 1).min(n - 1)] - spine[i.saturating_sub(1)]).normalize_or_zero().perp() * half(i);
    let there = (0..n).map(|i| spine[i] + side(i));
    let back = (0..n).rev().map(|i| spine[i] - side(i));
    there.chain(back).collect()
}

/// A band with round ends, such as an arm or a finger.
pub(super) fn limb(spine: &[Vec2], widths: &[f32]) -> Vec<Vec2> {
    let band = ribbon(spine, widths);
    let n = spine.len();
    if band.is_empty() {
        return band;
    }
    let cap = |centre: Vec2, from: Vec2, out: &mut Vec<Vec2>| {
        let arm = from - centre;
        for step in 1..8 {
            out.push(centre + Vec2::from_angle(-std::f32::consts::PI * step as f32 / 8.0).rotate(arm));
        }
    };
    let mut out = band[..n].to_vec();
    cap(spine[n - 1], band[n - 1], &mut out);
    out.extend_from_slice(&band[n..]);
    cap(spine[0], band[2 * n - 1], &mut out);
    out
}

/// A line drawn round a closed outline.
pub(super) fn rim(outline: &[Vec2], width: f32) -> Vec<Vec2> {
    let n = outline.len();
    let side = |i: usize| (outline[(i + 1) % n] - outline[(i + n - 1) % n]).normalize_or_zero().perp() * width * 0.5;
    let outer = (0..=n).map(|i| outline[i % n] + side(i % n));
    let inner = (0..=n).rev().map(|i| outline[i % n] - side(i % n));
    outer.chain(inner).collect()
}

pub(super) fn ellipse(centre: Vec2, radii: Vec2) -> Vec<Vec2> {
    let steps = ((radii.x.max(radii.y)).sqrt() * 5.0).clamp(10.0, 40.0) as usize;
    (0..steps).map(|i| centre + Vec2::from_angle(std::f32::consts::TAU * i as f32 / steps as f32) * radii).collect()
}

/// A box by its middle and size, with corners rounded by `radius`.
pub(super) fn slab(centre: Vec2, size: Vec2, radius: f32) -> Vec<Vec2> {
    let half = size * 0.5;
    let radius = radius.min(half.x).min(half.y);
    if radius <= 0.0 {
        return [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y)| centre + half * vec2(x, y)).to_vec();
    }
    let mut out = Vec::with_capacity(24);
    for (quarter, (x, y)) in [(1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)].into_iter().enumerate() {
        let middle = centre + (half - radius) * vec2(x, y);
        for step in 0..=5 {
            let angle = std::f32::consts::FRAC_PI_2 * (quarter as f32 + step as f32 / 5.0);
            out.push(middle + Vec2::from_angle(angle) * radius);
        }
    }
    out
}

/// An opening between an upper and a lower edge: an eye, a mouth.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub upper: Vec<Vec2>,
    pub lower: Vec<Vec2>,
}

impl Opening {
    /// Both edges as functions of −1 to 1.
    pub fn new(upper: impl Fn(f32) -> Vec2, lower: impl Fn(f32) -> Vec2) -> Self {
        const STEPS: usize = 20;
        // Denser towards the corners, where the edges bend most.
        let at = |i: usize| -(std::f32::consts::PI * i as f32 / STEPS as f32).cos();
        Self { upper: (0..=STEPS).map(|i| upper(at(i))).collect(), lower: (0..=STEPS).map(|i| lower(at(i))).collect() }
    }

    pub fn outline(&self) -> Vec<Vec2> {
        self.upper.iter().copied().chain(self.lower.iter().rev().copied()).collect()
    }

    /// The part of a shape that shows through.
    pub fn behind(&self, shape: &[Vec2]) -> Vec<Vec2> {
        let (left, right) = (self.upper[0].x, self.upper[self.upper.len() - 1].x);
        shape
            .iter()
            .map(|p| {
                let x = p.x.clamp(left.min(right), left.max(right));
                let (low, high) = (height(&self.lower, x), height(&self.upper, x));
                vec2(x, p.y.clamp(low.min(high), high.max(low)))
            })
            .collect()
    }
}

/// The height of a curve at `x`.
fn height(curve: &[Vec2], x: f32) -> f32 {
    for pair in curve.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if (a.x <= x && x <= b.x) || (b.x <= x && x <= a.x) {
            let span = b.x - a.x;
            return if span.abs() < 1e-6 { a.y } else { a.y + (b.y - a.y) * (x - a.x) / span };
        }
    }
    curve.last().map_or(0.0, |p| p.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_outline_passes_through_its_knots() {
        let outline = closed(&[s(0.0, 0.0), s(10.0, 0.0), c(10.0, 10.0), c(0.0, 10.0)]);
        for corner in [vec2(0.0, 0.0), vec2(10.0, 0.0), vec2(10.0, 10.0), vec2(0.0, 10.0)] {
            assert!(outline.iter().any(|p| p.distance(corner) < 1e-4), "{corner}");
        }
    }

    #[test]
    fn a_mirrored_outline_is_symmetric() {
        let outline = mirrored(&[s(0.0, 10.0), s(7.0, 3.0), s(0.0, -10.0)]);
        for p in &outline {
            assert!(outline.iter().any(|q| q.distance(vec2(-p.x, p.y)) < 0.6), "{p}");
        }
    }

    #[test]
    fn an_iris_never_leaves_its_eye() {
        let eye = Opening::new(|u| vec2(20.0 * u, 8.0 * (1.0 - u * u)), |u| vec2(20.0 * u, -4.0 * (1.0 - u * u)));
        for p in eye.behind(&ellipse(vec2(12.0, 0.0), vec2(9.0, 9.0))) {
            assert!(p.x <= 20.0 && p.y <= height(&eye.upper, p.x) + 1e-3 && p.y >= height(&eye.lower, p.x) - 1e-3);
        }
    }

    #[test]
    fn a_ribbon_is_as_wide_as_asked() {
        let band = ribbon(&[vec2(0.0, 0.0), vec2(5.0, 0.0), vec2(10.0, 0.0)], &[2.0, 4.0]);
        assert_eq!(band.len(), 6);
        assert!((band[0].distance(band[5]) - 2.0).abs() < 1e-4 && (band[2].distance(band[3]) - 4.0).abs() < 1e-4);
    }
}
