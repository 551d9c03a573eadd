//! A canvas of triangles: fills outlines with colour, in painter's order, clipped to the stage, into one mesh.

use bevy::asset::RenderAssetUsages;
use bevy::color::{ColorToComponents, LinearRgba, Srgba};
use bevy::math::{Affine2, Rect, Vec2, vec2};
use bevy::mesh::{Indices, Mesh, PrimitiveTopology};
use lyon_tessellation::geometry_builder::{BuffersBuilder, VertexBuffers};
use lyon_tessellation::math::point;
use lyon_tessellation::path::Polygon;
use lyon_tessellation::{FillOptions, FillRule, FillTessellator, FillVertex};

use crate::window::theme::Tint;

/// A colour and how opaque it is, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Paint {
    pub tint: Tint,
    pub alpha: f32,
}

impl From<Tint> for Paint {
    fn from(tint: Tint) -> Self {
        Self { tint, alpha: 1.0 }
    }
}

impl Tint {
    pub(super) const fn alpha(self, alpha: f32) -> Paint {
        Paint { tint: self, alpha }
    }

    pub(super) fn lighter(self, by: f32) -> Self {
        self.mix(Self::hex(0xFFFFFF), by)
    }

    pub(super) fn darker(self, by: f32) -> Self {
        self.mix(Self::hex(0x140F16), by)
    }
}

/// The light in the room: everything painted is multiplied by `colour` as far as `strength` says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Light {
    pub colour: Tint,
    /// 0 to 1.
    pub strength: f32,
}

/// How wide the fading rim of a shape is, logical pixels.
const FEATHER: f32 = 1.0;

#[derive(Clone, Copy, Debug)]
struct Vertex {
    at: Vec2,
    colour: [f32; 4],
}

pub(super) struct Canvas {
    vertices: Vec<Vertex>,
    indices: Vec<u32>,
    clip: Rect,
    light: Light,
    /// From the units of whoever draws to logical pixels from the middle of the stage, y up.
    pub place: Affine2,
    tessellator: FillTessellator,
}

impl Canvas {
    /// An empty canvas that shows what falls into `clip`.
    pub fn new(clip: Rect, light: Light) -> Self {
        Self {
            vertices: Vec::with_capacity(6000),
            indices: Vec::with_capacity(16000),
            clip,
            light,
            place: Affine2::IDENTITY,
            tessellator: FillTessellator::new(),
        }
    }

    /// Draws with `further` applied before the current placing, then goes back to it.
    pub fn placed<R>(&mut self, further: Affine2, draw: impl FnOnce(&mut Self) -> R) -> R {
        let before = self.place;
        self.place = before * further;
        let result = draw(self);
        self.place = before;
        result
    }

    fn lit(&self, paint: Paint) -> [f32; 4] {
        let Light { colour, strength } = self.light;
        let channel = |c: u8, l: u8| f32::from(c) / 255.0 * (1.0 - strength + strength * f32::from(l) / 255.0);
        let Tint { r, g, b } = paint.tint;
        let lit = Srgba::new(channel(r, colour.r), channel(g, colour.g), channel(b, colour.b), paint.alpha);
        LinearRgba::from(lit).to_f32_array()
    }

    /// Fills an outline; where it overlaps itself it is filled once.
    pub fn fill(&mut self, outline: &[Vec2], paint: impl Into<Paint>) {
        let paint = paint.into();
        if paint.alpha > 0.004 {
            self.fill_by(outline, |_| paint);
        }
    }

    /// Fills an outline with a colour that depends on the place, blended between the outline's points.
    pub fn fill_by(&mut self, outline: &[Vec2], paint: impl Fn(Vec2) -> Paint) {
        if self.fill_smooth(outline, &paint) {
            self.feather(outline, paint);
        }
    }

    /// Like [`Canvas::fill_by`], without the fading rim: for pieces that join to one surface. Whether there was
    /// something to fill.
    pub fn fill_smooth(&mut self, outline: &[Vec2], paint: impl Fn(Vec2) -> Paint) -> bool {
        if outline.len() < 3 || !outline.iter().all(|p| p.is_finite()) {
            return false;
        }
        let points: Vec<_> = outline
            .iter()
            .map(|p| {
                let p = self.place.transform_point2(*p);
                point(p.x, p.y)
            })
            .collect();
        let back = self.place.inverse();
        let mut buffers: VertexBuffers<Vec2, u32> = VertexBuffers::new();
        let options = FillOptions::default().with_fill_rule(FillRule::NonZero).with_intersections(true);
        let done = self.tessellator.tessellate_polygon(
            Polygon { points: &points, closed: true },
            &options,
            &mut BuffersBuilder::new(&mut buffers, |v: FillVertex| vec2(v.position().x, v.position().y)),
        );
        if done.is_err() {
            return false;
        }
        let corners: Vec<Vertex> = buffers
            .vertices
            .iter()
            .map(|at| Vertex { at: *at, colour: self.lit(paint(back.transform_point2(*at))) })
            .collect();
        self.add(&corners, &buffers.indices);
        true
    }

    /// A rim one pixel wide that fades out: smooth edges without multisampling, which costs a software renderer half
    /// of its time.
    fn feather(&mut self, outline: &[Vec2], paint: impl Fn(Vec2) -> Paint) {
        let at: Vec<Vec2> = outline.iter().map(|p| self.place.transform_point2(*p)).collect();
        let n = at.len();
        let area: f32 = (0..n).map(|i| at[i].perp_dot(at[(i + 1) % n])).sum();
        let outward = if area < 0.0 { FEATHER } else { -FEATHER };
        let mut corners = Vec::with_capacity(2 * n);
        for i in 0..n {
            let into = (at[i] - at[(i + n - 1) % n]).normalize_or_zero().perp();
            let out_of = (at[(i + 1) % n] - at[i]).normalize_or_zero().perp();
            // A mitre, but not so long that sharp corners grow thorns.
            let middle = (into + out_of).normalize_or_zero();
            let push = middle * (outward / middle.dot(out_of).max(0.5));
            let paint = paint(outline[i]);
            corners.push(Vertex { at: at[i], colour: self.lit(paint) });
            corners.push(Vertex { at: at[i] + push, colour: self.lit(Paint { alpha: 0.0, ..paint }) });
        }
        let indices: Vec<u32> = (0..n as u32)
            .flat_map(|i| {
                let (a, b) = (2 * i, 2 * ((i + 1) % n as u32));
                [a, a + 1, b + 1, a, b + 1, b]
            })
            .collect();
        self.add(&corners, &indices);
    }

    /// A soft round glow that fades to nothing at its rim.
    pub fn glow(&mut self, centre: Vec2, radii: Vec2, paint: impl Into<Paint>) {
        const SPOKES: u32 = 22;
        const RINGS: [(f32, f32); 4] = [(0.0, 1.0), (0.35, 0.78), (0.7, 0.26), (1.0, 0.0)];
        let paint = paint.into();
        if paint.alpha <= 0.004 {
            return;
        }
        let mut corners = Vec::new();
        let mut indices = Vec::new();
        for (reach, strength) in RINGS {
            for spoke in 0..SPOKES {
                let arm = Vec2::from_angle(std::f32::consts::TAU * spoke as f32 / SPOKES as f32) * radii * reach;
                let paint = Paint { alpha: paint.alpha * strength, ..paint };
                corners.push(Vertex { at: self.place.transform_point2(centre + arm), colour: self.lit(paint) });
            }
        }
        for ring in 0..RINGS.len() as u32 - 1 {
            for spoke in 0..SPOKES {
                let (a, b) = (ring * SPOKES + spoke, ring * SPOKES + (spoke + 1) % SPOKES);
                indices.extend([a, a + SPOKES, b + SPOKES]);
                if ring > 0 {
                    indices.extend([a, b + SPOKES, b]);
                }
            }
        }
        self.add(&corners, &indices);
    }

    /// Adds triangles, cutting those that cross the edge of the stage.
    fn add(&mut self, corners: &[Vertex], triangles: &[u32]) {
        let inside = |v: &Vertex| self.clip.contains(v.at);
        if corners.iter().all(inside) {
            let base = self.vertices.len() as u32;
            self.vertices.extend_from_slice(corners);
            self.indices.extend(triangles.iter().map(|i| base + i));
            return;
        }
        for triangle in triangles.chunks_exact(3) {
            let corners = [corners[triangle[0] as usize], corners[triangle[1] as usize], corners[triangle[2] as usize]];
            let cut = cut(&corners, self.clip);
            let base = self.vertices.len() as u32;
            for next in 2..cut.len() as u32 {
                self.indices.extend([base, base + next - 1, base + next]);
            }
            self.vertices.extend(cut);
        }
    }

    pub fn into_mesh(mut self) -> Mesh {
        if self.vertices.is_empty() {
            // The renderer's allocator stumbles over a mesh of nothing: a triangle without area shows as little.
            self.vertices = vec![Vertex { at: Vec2::ZERO, colour: [0.0; 4] }; 3];
            self.indices = vec![0, 1, 2];
        }
        let positions: Vec<[f32; 3]> = self.vertices.iter().map(|v| [v.at.x, v.at.y, 0.0]).collect();
        let colours: Vec<[f32; 4]> = self.vertices.iter().map(|v| v.colour).collect();
        Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::RENDER_WORLD)
            .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
            .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
            .with_inserted_indices(Indices::U32(self.indices))
    }
}

/// The part of a polygon inside `clip`, colours blended at the cuts (Sutherland-Hodgman).
fn cut(polygon: &[Vertex], clip: Rect) -> Vec<Vertex> {
    let edges: [(Vec2, f32); 4] =
        [(Vec2::X, clip.min.x), (Vec2::NEG_X, -clip.max.x), (Vec2::Y, clip.min.y), (Vec2::NEG_Y, -clip.max.y)];
    let mut kept = polygon.to_vec();
    for (normal, limit) in edges {
        let depth = |v: &Vertex| v.at.dot(normal) - limit;
        let mut next = Vec::with_capacity(kept.len() + 1);
        for (i, to) in kept.iter().enumerate() {
            let from = &kept[(i + kept.len() - 1) % kept.len()];
            let (a, b) = (depth(from), depth(to));
            if (a >= 0.0) != (b >= 0.0) {
                let t = a / (a - b);
                let colour = std::array::from_fn(|i| from.colour[i] + (to.colour[i] - from.colour[i]) * t);
                next.push(Vertex { at: from.at.lerp(to.at, t), colour });
            }
            if b >= 0.0 {
                next.push(*to);
            }
        }
        kept = next;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Light = Light { colour: Tint::hex(0xFFFFFF), strength: 0.0 };

    fn square(side: f32) -> [Vec2; 4] {
        [vec2(-side, -side), vec2(side, -side), vec2(side, side), vec2(-side, side)]
    }

    fn area(canvas: &Canvas) -> f32 {
        let at = |i: &u32| canvas.vertices[*i as usize].at;
        canvas
            .indices
            .chunks_exact(3)
            .map(|t| (at(&t[1]) - at(&t[0])).perp_dot(at(&t[2]) - at(&t[0])).abs() / 2.0)
            .sum()
    }

    #[test]
    fn nothing_is_painted_outside_the_stage() {
        let clip = Rect::from_center_half_size(Vec2::ZERO, vec2(5.0, 8.0));
        let mut canvas = Canvas::new(clip, PLAIN);
        canvas.fill(&square(10.0), Tint::hex(0x336699));
        canvas.glow(vec2(4.0, 4.0), Vec2::splat(6.0), Tint::hex(0x336699));
        assert!(canvas.vertices.iter().all(|v| clip.inflate(1e-3).contains(v.at)));
        canvas = Canvas::new(clip, PLAIN);
        canvas.fill(&square(10.0), Tint::hex(0x336699));
        assert!((area(&canvas) - 160.0).abs() < 1e-2, "{}", area(&canvas));
    }

    #[test]
    fn placing_moves_and_is_undone() {
        let mut canvas = Canvas::new(Rect::from_center_half_size(Vec2::ZERO, Vec2::splat(100.0)), PLAIN);
        canvas.placed(Affine2::from_scale(Vec2::splat(2.0)), |c| c.fill(&square(3.0), Tint::hex(0)));
        // A side of 12 pixels, and the rim.
        assert!((area(&canvas) - 14.0 * 14.0).abs() < 1e-2, "{}", area(&canvas));
        assert_eq!(canvas.place, Affine2::IDENTITY);
    }

    #[test]
    fn a_shape_that_is_no_number_paints_nothing() {
        let mut canvas = Canvas::new(Rect::from_center_half_size(Vec2::ZERO, Vec2::splat(100.0)), PLAIN);
        canvas.fill(&[vec2(f32::NAN, 0.0), vec2(1.0, 0.0), vec2(0.0, 1.0)], Tint::hex(0));
        assert!(canvas.vertices.is_empty());
    }
}
