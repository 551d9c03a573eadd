//! What makes this customer look like nobody else: proportions and colours from the look, the rest from the name.

use crate::scenario::{AgeBand, Beard, ClothesColour, FaceShape, HairColour, HairStyle, Look, SkinTone};
use crate::window::theme::Tint;

/// The colours of a skin: lit, in shade, flushed, and of lips and lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Skin {
    pub base: Tint,
    pub shade: Tint,
    pub flush: Tint,
    pub lip: Tint,
    pub line: Tint,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Garment {
    Jumper,
    Shirt,
    Cardigan,
}

/// Everything that stays the same whatever the mood. Lengths in stage units: a head is about 230 of them high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Features {
    pub skin: Skin,
    pub hair: HairStyle,
    pub hair_tint: Tint,
    pub brow_tint: Tint,
    pub age: AgeBand,
    pub beard: Beard,
    pub glasses: bool,
    pub cloth: Tint,
    pub under: Tint,
    pub scarf: Tint,
    pub garment: Garment,
    pub iris: Tint,
    /// Half the width of the head at the cheekbones.
    pub width: f32,
    /// From between the eyes to the chin.
    pub length: f32,
    /// Width at the jaw and at the chin as parts of `width`.
    pub jaw: f32,
    pub chin: f32,
    /// From the middle of the face to the middle of an eye, as a part of `width`.
    pub eye_gap: f32,
    pub eye_size: f32,
    pub nose_width: f32,
    pub nose_length: f32,
    pub lips: f32,
    pub mouth: f32,
    pub brow: f32,
    /// Width of the shoulders against the usual.
    pub build: f32,
}

/// FNV-1a over the name and the trait: the same name gets the same face on every machine.
fn draw(name: &str, quality: &str) -> u64 {
    let hash = name
        .bytes()
        .chain([0])
        .chain(quality.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // The low bits of FNV mix badly over short texts.
    hash ^ (hash >> 29) ^ (hash >> 47)
}

fn pick<T: Copy>(name: &str, quality: &str, from: &[T]) -> T {
    from[(draw(name, quality) % from.len() as u64) as usize]
}

/// Between `low` and `high`.
fn measure(name: &str, quality: &str, low: f32, high: f32) -> f32 {
    low + (high - low) * (draw(name, quality) % 1000) as f32 / 999.0
}

impl Features {
    pub fn of(look: &Look, name: &str) -> Self {
        use {Beard as B, HairColour as C, HairStyle as H, SkinTone as S};
        let age = look.age.unwrap_or_else(|| pick(name, "age", AgeBand::ALL));
        let tone = look.skin.unwrap_or_else(|| pick(name, "skin", SkinTone::ALL));
        let hair = look.hair.unwrap_or_else(|| {
            let common = [H::Short, H::Bob, H::Long, H::Curly, H::Bun, H::Crop, H::Short, H::Bob];
            let later = [H::Short, H::Bob, H::Receding, H::Bun, H::Curly, H::Bald, H::Short, H::Long];
            pick(name, "hair", if age == AgeBand::Young { &common } else { &later })
        });
        let colour = look.hair_colour.unwrap_or_else(|| {
            let from: &[HairColour] = match (age, tone) {
                (AgeBand::Old, _) => &[C::Grey, C::White, C::Grey],
                (_, S::Brown | S::Deep) => &[C::Black, C::Black, C::Brown],
                (_, S::Tan | S::Olive) => &[C::Black, C::Brown, C::Chestnut],
                _ => &[C::Brown, C::Chestnut, C::Blond, C::Red, C::Black],
            };
            pick(name, "hair colour", from)
        });
        let beard = look.beard.unwrap_or_else(|| match hair {
            H::Short | H::Crop | H::Receding | H::Bald => {
                pick(name, "beard", &[B::None, B::None, B::Stubble, B::Full, B::Moustache])
            }
            _ => B::None,
        });
        let face = look.face.unwrap_or_else(|| pick(name, "face", FaceShape::ALL));
        let clothes = look.clothes.unwrap_or_else(|| pick(name, "clothes", ClothesColour::ALL));
        let iris: &[u32] = match tone {
            S::Porcelain | S::Light => &[0x4F7390, 0x5C7F63, 0x6B4A2F, 0x6F7F86],
            S::Olive | S::Tan => &[0x5A3B24, 0x6B6A3A, 0x4A2F1E],
            S::Brown | S::Deep => &[0x3A2317, 0x4A2C1A],
        };
        let (width, length, jaw, chin) = match face {
            FaceShape::Round => (92.0, 106.0, 0.86, 0.44),
            FaceShape::Oval => (85.0, 112.0, 0.80, 0.38),
            FaceShape::Long => (80.0, 121.0, 0.82, 0.40),
            FaceShape::Square => (88.0, 111.0, 0.93, 0.54),
            FaceShape::Heart => (88.0, 112.0, 0.73, 0.30),
        };
        let hair_tint = hair_tint(colour);
        Self {
            skin: skin(tone),
            hair,
            hair_tint,
            brow_tint: match colour {
                C::Blond => hair_tint.darker(0.35),
                C::White => hair_tint.darker(0.30),
                C::Grey => hair_tint.darker(0.25),
                _ => hair_tint.darker(0.12),
            },
            age,
            beard,
            glasses: look.glasses.unwrap_or_else(|| draw(name, "glasses").is_multiple_of(4)),
            cloth: cloth(clothes),
            under: Tint::hex(pick(name, "under", &[0xF1ECE2, 0xE3DCCB, 0x3C4450, 0xDCE3E4])),
            scarf: Tint::hex(pick(name, "scarf", &[0xC48F86, 0x93AA8E, 0xCFA766, 0x8399B2, 0xB9A1B8, 0xD9CDB8])),
            garment: pick(name, "garment", &[Garment::Jumper, Garment::Shirt, Garment::Cardigan]),
            iris: Tint::hex(pick(name, "iris", iris)),
            width,
            length,
            jaw,
            chin,
            eye_gap: measure(name, "eye gap", 0.405, 0.445),
            eye_size: measure(name, "eye size", 0.95, 1.08),
            nose_width: measure(name, "nose width", 0.88, 1.2),
            nose_length: measure(name, "nose length", 0.92, 1.12),
            lips: measure(name, "lips", 0.8, 1.3),
            mouth: measure(name, "mouth", 0.94, 1.08),
            brow: measure(name, "brow", 0.85, 1.25),
            build: measure(name, "build", 0.92, 1.05),
        }
    }
}

fn skin(tone: SkinTone) -> Skin {
    let [base, shade, flush, lip, line] = match tone {
        SkinTone::Porcelain => [0xF4DCCD, 0xE2BFAE, 0xDF7A6E, 0xCB7F7A, 0x98685B],
        SkinTone::Light => [0xECC6A9, 0xD5A588, 0xD86A58, 0xBD6D65, 0x8A5B48],
        SkinTone::Olive => [0xDCB28A, 0xC2946C, 0xC95F46, 0xAB6256, 0x79523D],
        SkinTone::Tan => [0xC79369, 0xA9764F, 0xB74E35, 0x97554A, 0x623D26],
        SkinTone::Brown => [0x9B6846, 0x7E5135, 0x9C3E2D, 0x7C423B, 0x45291B],
        SkinTone::Deep => [0x704834, 0x583523, 0x8A3527, 0x653634, 0x2E1911],
    };
    Skin {
        base: Tint::hex(base),
        shade: Tint::hex(shade),
        flush: Tint::hex(flush),
        lip: Tint::hex(lip),
        line: Tint::hex(line),
    }
}

fn hair_tint(colour: HairColour) -> Tint {
    Tint::hex(match colour {
        HairColour::Black => 0x2B2625,
        HairColour::Brown => 0x4F382B,
        HairColour::Chestnut => 0x79492F,
        HairColour::Blond => 0xD0A868,
        HairColour::Red => 0xAC5730,
        HairColour::Grey => 0x8F8C8A,
        HairColour::White => 0xDFDBD4,
    })
}

fn cloth(colour: ClothesColour) -> Tint {
    Tint::hex(match colour {
        ClothesColour::Teal => 0x3F8482,
        ClothesColour::Navy => 0x3A5278,
        ClothesColour::Plum => 0x775479,
        ClothesColour::Moss => 0x70824F,
        ClothesColour::Rust => 0xB26543,
        ClothesColour::Sand => 0xCBB48C,
        ClothesColour::Slate => 0x6A7683,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_face_and_names_differ() {
        let face = |name| Features::of(&Look::default(), name);
        assert_eq!(face("Jana Novak"), face("Jana Novak"));
        let names =
            ["Jana Novak", "Tom Reed", "Ada Obi", "Li Wei", "Olga Petrova", "Sam Hill", "Ivan Petrov", "Ana Cruz"];
        for (i, one) in names.iter().enumerate() {
            for other in &names[i + 1..] {
                assert_ne!(face(one), face(other), "{one} and {other}");
            }
        }
    }

    #[test]
    fn what_the_look_says_wins() {
        let look = Look {
            hair: Some(HairStyle::Long),
            beard: Some(Beard::Full),
            glasses: Some(true),
            hair_colour: Some(HairColour::Red),
            skin: Some(SkinTone::Deep),
            age: Some(AgeBand::Old),
            clothes: Some(ClothesColour::Plum),
            face: Some(FaceShape::Square),
        };
        for name in ["Jana Novak", "", "Иван"] {
            let features = Features::of(&look, name);
            assert_eq!((features.hair, features.beard, features.glasses), (HairStyle::Long, Beard::Full, true));
            assert_eq!((features.age, features.cloth), (AgeBand::Old, cloth(ClothesColour::Plum)));
            assert_eq!((features.skin, features.hair_tint), (skin(SkinTone::Deep), hair_tint(HairColour::Red)));
            assert_eq!(features.jaw, 0.93);
        }
    }

    #[test]
    fn a_headscarf_is_only_ever_chosen() {
        for n in 0..400 {
            assert_ne!(Features::of(&Look::default(), &format!("Customer {n}")).hair, HairStyle::Headscarf);
        }
    }
}
