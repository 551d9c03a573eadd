//! The customer on stage: drawn waist up in their place, with face, posture and light that follow the mood.
//!
//! Screens fill in [`StageView`]; the stage draws into any 2D camera that shows the whole window in logical pixels,
//! and never outside `area`. [`StageMotion`] says when it wants to be drawn again.

mod canvas;
mod expression;
mod face;
mod features;
mod figure;
mod hair;
mod motion;
mod path;
mod place;
mod pose;

use std::time::Duration;

use bevy::camera::visibility::NoFrustumCulling;
use bevy::math::Affine2;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

use self::canvas::{Canvas, Light};
use self::expression::{Expression, Feeling};
use self::features::Features;
use self::figure::Figure;
use self::motion::Motion;
use self::place::Room;
use self::pose::Pose;
use crate::scenario::{Channel, Look};
use crate::window::theme::Tint;

/// What the stage shows. Set the targets; the stage eases towards them.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct StageView {
    pub visible: bool,
    pub look: Look,
    /// The customer's name: draws whatever the look leaves out.
    pub name: String,
    pub channel: Channel,
    /// 0 to 1, as are trust and patience.
    pub anger: f32,
    pub trust: f32,
    pub patience: f32,
    pub speaking: bool,
    /// Set to 0..1 for a sudden blow; the stage lets it fade, and drops it at once where `still`.
    pub shock: f32,
    /// Where in the window to draw, logical pixels from the top left.
    pub area: Rect,
    /// Reduced motion, and screenshots: no breathing, moods arrive at once.
    pub still: bool,
    pub dark: bool,
}

impl Default for StageView {
    fn default() -> Self {
        Self {
            visible: false,
            look: Look::default(),
            name: String::new(),
            channel: Channel::default(),
            anger: 0.0,
            trust: 0.5,
            patience: 0.5,
            speaking: false,
            shock: 0.0,
            area: Rect::new(0.0, 0.0, 512.0, 672.0),
            still: false,
            dark: false,
        }
    }
}

impl StageView {
    fn target(&self) -> Feeling {
        let part = |x: f32| if x.is_finite() { x.clamp(0.0, 1.0) } else { 0.0 };
        Feeling {
            anger: part(self.anger),
            trust: part(self.trust),
            patience: part(self.patience),
            shock: part(self.shock),
        }
    }
}

/// Whether the stage needs another frame, and how soon.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageMotion {
    pub moving: bool,
    /// Until the next frame is wanted; means nothing unless `moving`.
    pub next_in: Duration,
}

/// The stage's systems, in `PostUpdate`: whatever fills in [`StageView`] should run before them.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StageSystems;

/// The time in which a blow fades from 1 to nothing, seconds.
const SHOCK_FADES: f32 = 1.1;

/// What must be in the picture at the least, stage units: head and shoulders, arm to arm.
const FRAME: Vec2 = vec2(512.0, 430.0);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<StageView>().init_resource::<StageMotion>().add_systems(Startup, set_up).add_systems(
        PostUpdate,
        stage
            .in_set(StageSystems)
            .before(bevy::asset::AssetEventSystems)
            .before(bevy::transform::TransformSystems::Propagate)
            .before(bevy::camera::visibility::VisibilitySystems::VisibilityPropagate),
    );
}

/// The mesh of everything behind the customer.
#[derive(Component)]
struct Backdrop;

/// The mesh of the customer and of what stands in front of them.
#[derive(Component)]
struct Customer;

/// What was painted last, and when the next painting is due.
#[derive(Default)]
struct Painted {
    view: Option<StageView>,
    motion: Option<Motion>,
    features: Option<Features>,
    room: Option<Room>,
    since: Duration,
}

fn set_up(mut commands: Commands, mut meshes: ResMut<Assets<Mesh>>, mut materials: ResMut<Assets<ColorMaterial>>) {
    let material = materials.add(ColorMaterial::default());
    let mut layer = |height: f32| {
        let mesh = Canvas::new(Rect::EMPTY, Light::PLAIN).into_mesh();
        (
            Mesh2d(meshes.add(mesh)),
            MeshMaterial2d(material.clone()),
            Transform::from_xyz(0.0, 0.0, height),
            Visibility::Hidden,
            // The whole stage is in sight whenever it is visible, and its bounds change with every mesh.
            NoFrustumCulling,
        )
    };
    commands.spawn((Backdrop, layer(0.0)));
    commands.spawn((Customer, layer(1.0)));
}

type Layer<'w, 's, M, N> =
    Single<'w, 's, (&'static mut Mesh2d, &'static mut Transform, &'static mut Visibility), (With<M>, Without<N>)>;

#[expect(clippy::too_many_arguments, reason = "one system owns the stage from mood to mesh")]
fn stage(
    time: Res<Time>,
    mut view: ResMut<StageView>,
    mut needs: ResMut<StageMotion>,
    mut painted: Local<Painted>,
    mut meshes: ResMut<Assets<Mesh>>,
    window: Option<Single<&Window, With<PrimaryWindow>>>,
    backdrop: Layer<Backdrop, Customer>,
    customer: Layer<Customer, Backdrop>,
) {
    let (back_mesh, mut back_place, mut back_seen) = backdrop.into_inner();
    let (front_mesh, mut front_place, mut front_seen) = customer.into_inner();
    let seen = view.visible && view.area.width() >= 40.0 && view.area.height() >= 40.0;
    let visibility = if seen { Visibility::Visible } else { Visibility::Hidden };
    back_seen.set_if_neq(visibility);
    front_seen.set_if_neq(visibility);
    let Some(window) = window.filter(|_| seen) else {
        needs.set_if_neq(StageMotion::default());
        *painted = Painted::default();
        return;
    };

    painted.since += time.delta();
    if view.still {
        // Nothing fades while nothing moves: a blow would stay in the face for good.
        view.bypass_change_detection().shock = 0.0;
    }
    let target = view.target();
    let fresh = painted.motion.is_none() || painted.view.as_ref().is_some_and(|v| v.name != view.name);
    let known = painted.view.as_ref() == Some(&*view);
    if !fresh && known && (!needs.moving || painted.since < needs.next_in) {
        return;
    }

    let mut motion = match painted.motion {
        Some(motion) if !fresh && !view.still => motion,
        _ => Motion::at_rest(target, view.speaking && view.still),
    };
    if !view.still {
        motion.advance(target, view.speaking, painted.since.as_secs_f32());
    }
    let (pose, speech) = if view.still {
        (Pose::default(), Motion::still_speech(view.speaking))
    } else {
        (motion.pose(), motion.speech())
    };
    if !view.still && view.shock > 0.0 {
        let left = view.shock - painted.since.as_secs_f32().min(0.12) / SHOCK_FADES;
        view.bypass_change_detection().shock = left.max(0.0);
    }
    painted.since = Duration::ZERO;
    painted.motion = Some(motion);
    needs.set_if_neq(StageMotion { moving: !view.still, next_in: motion.next_in(target, view.speaking) });

    let features = match painted.features {
        Some(features) if painted.view.as_ref().is_some_and(|v| v.look == view.look && v.name == view.name) => features,
        _ => Features::of(&view.look, &view.name),
    };
    painted.features = Some(features);
    let expression = Expression::of(motion.shown, speech);

    let area = view.area;
    let place = vec3(area.center().x - window.width() * 0.5, window.height() * 0.5 - area.center().y, 0.0);
    back_place.set_if_neq(Transform::from_translation(place));
    front_place.set_if_neq(Transform::from_translation(place + Vec3::Z));

    let framing = Framing::of(area.size());
    let room = framing.room(&view, &motion, &expression);
    let light = Light::of(room.heat, view.dark);
    if painted.room != Some(room) || painted.view.as_ref().is_none_or(|v| v.area != view.area) {
        let mut canvas = framing.canvas(light);
        room.draw_back(&mut canvas);
        let _ = meshes.insert(back_mesh.id(), canvas.into_mesh());
        painted.room = Some(room);
    }
    let mut canvas = framing.canvas(light);
    let figure = Figure { features: &features, expression: &expression, pose, channel: view.channel };
    figure.draw(&mut canvas);
    room.draw_front(&mut canvas);
    figure.draw_hands(&mut canvas);
    let _ = meshes.insert(front_mesh.id(), canvas.into_mesh());
    painted.view = Some(view.clone());
}

/// How stage units fall into the area.
struct Framing {
    size: Vec2,
    /// Logical pixels a stage unit.
    scale: f32,
    /// What of the stage can be seen above the eyes, stage units.
    top: f32,
}

impl Framing {
    fn of(size: Vec2) -> Self {
        let scale = (size / FRAME).min_element();
        Self { size, scale, top: 95.0 + 0.22 * size.y / scale }
    }

    fn canvas(&self, light: Light) -> Canvas {
        let mut canvas = Canvas::new(Rect::from_center_size(Vec2::ZERO, self.size), light);
        let eyes = self.size.y * 0.5 - self.top * self.scale;
        canvas.place = Affine2::from_scale_angle_translation(Vec2::splat(self.scale), 0.0, vec2(0.0, eyes));
        canvas
    }

    fn room(&self, view: &StageView, motion: &Motion, expression: &Expression) -> Room {
        let half = self.size.x * 0.5 / self.scale;
        // In steps too small to see, so that a resting mood leaves the room as painted.
        let step = |x: f32, steps: f32| (x * steps).round() / steps;
        Room {
            channel: view.channel,
            dark: view.dark,
            heat: step(motion.shown.anger, 96.0),
            sway: vec2(step(8.0 * expression.head_tilt, 4.0), step(-9.0 * expression.lean, 4.0)),
            left: -half,
            right: half,
            top: self.top,
            bottom: self.top - self.size.y / self.scale,
        }
    }
}

impl Light {
    const PLAIN: Self = Self { colour: Tint::hex(0xFFFFFF), strength: 0.0 };

    fn of(heat: f32, dark: bool) -> Self {
        let (calm, angry) = if dark { (0xC2CCD4, 0xE0B8A2) } else { (0xF4FAFA, 0xFFE6D6) };
        Self { colour: Tint::hex(calm).mix(Tint::hex(angry), heat), strength: if dark { 0.9 } else { 0.8 } }
    }
}

#[cfg(test)]
mod tests {
    use bevy::mesh::{Indices, VertexAttributeValues};

    use super::*;
    use crate::scenario::{AgeBand, Beard, ClothesColour, FaceShape, HairColour, HairStyle, SkinTone};

    /// Paints one customer in one mood and returns the corners of both meshes.
    fn painted(view: &StageView) -> Vec<[f32; 3]> {
        let motion = Motion::at_rest(view.target(), view.speaking);
        let expression = Expression::of(motion.shown, Motion::still_speech(view.speaking));
        let features = Features::of(&view.look, &view.name);
        let framing = Framing::of(view.area.size());
        let room = framing.room(view, &motion, &expression);
        let figure =
            Figure { features: &features, expression: &expression, pose: Pose::default(), channel: view.channel };
        let mut canvas = framing.canvas(Light::of(room.heat, view.dark));
        room.draw_back(&mut canvas);
        figure.draw(&mut canvas);
        room.draw_front(&mut canvas);
        figure.draw_hands(&mut canvas);
        let mesh = canvas.into_mesh();
        let Some(VertexAttributeValues::Float32x3(corners)) = mesh.attribute(Mesh::ATTRIBUTE_POSITION) else {
            unreachable!("a canvas makes positions of three numbers")
        };
        let Some(Indices::U32(indices)) = mesh.indices() else { unreachable!("a canvas makes wide indices") };
        assert!(indices.iter().all(|i| (*i as usize) < corners.len()));
        corners.clone()
    }

    #[test]
    fn every_look_in_every_mood_and_place_stays_on_the_stage() {
        let channels = [Channel::Phone, Channel::Chat, Channel::Email, Channel::Counter, Channel::Review];
        fn turn<T: Copy>(all: &[T], n: usize) -> T {
            all[n % all.len()]
        }
        for n in 0..270 {
            let view = StageView {
                look: Look {
                    face: Some(turn(FaceShape::ALL, n)),
                    skin: Some(turn(SkinTone::ALL, n / 2)),
                    hair: Some(turn(HairStyle::ALL, n)),
                    hair_colour: Some(turn(HairColour::ALL, n)),
                    age: Some(turn(AgeBand::ALL, n / 3)),
                    clothes: Some(turn(ClothesColour::ALL, n)),
                    glasses: Some(n % 2 == 0),
                    beard: Some(turn(Beard::ALL, n / 5)),
                },
                name: format!("Customer {n}"),
                channel: turn(&channels, n / 9),
                anger: (n % 11) as f32 / 10.0,
                trust: (n % 7) as f32 / 6.0,
                patience: (n % 5) as f32 / 4.0,
                shock: (n % 3) as f32 / 2.0,
                speaking: n % 4 == 0,
                area: Rect::new(0.0, 0.0, 200.0 + 37.0 * (n % 17) as f32, 160.0 + 53.0 * (n % 13) as f32),
                dark: n % 2 == 1,
                ..default()
            };
            let half = view.area.size() * 0.5 + 0.01;
            let corners = painted(&view);
            assert!((1500..40_000).contains(&corners.len()), "{} corners", corners.len());
            for [x, y, _] in corners {
                assert!(x.abs() <= half.x && y.abs() <= half.y, "({x}, {y}) is outside {half} in {view:?}");
            }
        }
    }

    #[test]
    fn a_mood_that_is_no_number_is_drawn_as_calm() {
        let view = StageView { anger: f32::NAN, trust: f32::INFINITY, patience: -3.0, shock: 7.0, ..default() };
        assert_eq!(view.target(), Feeling { anger: 0.0, trust: 0.0, patience: 0.0, shock: 1.0 });
    }

    #[test]
    fn a_hidden_stage_asks_for_nothing_and_a_still_one_does_not_move() {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, bevy::asset::AssetPlugin::default()))
            .init_asset::<Mesh>()
            .init_asset::<ColorMaterial>()
            .add_plugins(plugin);
        app.world_mut().spawn((Window::default(), PrimaryWindow));
        app.update();
        assert!(!app.world().resource::<StageMotion>().moving);
        app.world_mut().resource_mut::<StageView>().visible = true;
        app.update();
        let motion = *app.world().resource::<StageMotion>();
        assert!(motion.moving && motion.next_in > Duration::ZERO && motion.next_in < Duration::from_millis(300));
        app.world_mut().resource_mut::<StageView>().still = true;
        app.update();
        assert!(!app.world().resource::<StageMotion>().moving);
        app.world_mut().resource_mut::<StageView>().visible = false;
        app.update();
        assert!(!app.world().resource::<StageMotion>().moving);
    }
}
