//! Scenario format 1: the types behind a scenario file, with the defaults that keep writing light.

use serde::{Deserialize, Serialize};

use crate::language::Act;

/// A whole scenario. Only `title`, one beat and one ending are required.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The version of this format; 1 is the only one so far.
    #[serde(default = "default::format")]
    pub format: u32,
    pub title: String,
    /// What the trainee is told before the first ring: the situation and the role.
    #[serde(default)]
    pub summary: String,
    /// A BCP 47 language tag: which language pack reads the replies.
    #[serde(default = "default::language")]
    pub language: String,
    #[serde(default)]
    pub channel: Channel,
    /// 1 (a first day) to 5 (a veteran sweats).
    #[serde(default = "default::difficulty")]
    pub difficulty: u8,
    /// The simulated local moment at which the conversation starts, `YYYY-MM-DDTHH:MM`.
    #[serde(default = "default::starts")]
    pub starts: String,
    #[serde(default)]
    pub company: Company,
    #[serde(default)]
    pub customer: Customer,
    #[serde(default)]
    pub facts: Vec<Fact>,
    #[serde(default)]
    pub offers: Vec<Offer>,
    /// Set where the customer's wish cannot be met whatever the trainee does.
    #[serde(default)]
    pub cannot_help: Option<CannotHelp>,
    #[serde(default)]
    pub call_back: CallBack,
    /// Ways out that hold in every beat; checked after the endings with `when` and before the beat's own exits. Each has a
    /// condition, and one that leads to the beat at hand is passed over.
    #[serde(default)]
    pub exits: Vec<Exit>,
    /// The first beat is where the conversation starts.
    pub beats: Vec<Beat>,
    pub endings: Vec<Ending>,
}

/// How customer and trainee talk; sets the pace and what counts as prompt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Channel {
    #[default]
    Phone,
    Chat,
    Email,
    Counter,
    Review,
}

impl Channel {
    /// Whether one writes whole letters, at leisure.
    #[must_use]
    pub fn is_letter(self) -> bool {
        matches!(self, Channel::Email | Channel::Review)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub departments: Vec<String>,
    /// Words a customer should never hear: `plain-language` looks for them.
    #[serde(default)]
    pub jargon: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub struct Customer {
    pub name: String,
    /// How to address them in a sentence, as in "Ms Novak".
    pub address: String,
    pub temper: Temper,
    pub style: Style,
    pub look: Look,
}

/// The customer's mood at the first ring, 0 to 100 each, and how fast it moves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub struct Temper {
    pub anger: u8,
    pub trust: u8,
    pub patience: u8,
    /// 0 to 1: how strongly anger rises and trust falls.
    pub volatility: f64,
    /// 0 to 1: how strongly anger falls and trust grows back.
    pub forgiveness: f64,
}

/// The customer's way of talking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// Answers a question with the fact asked for.
    #[default]
    Precise,
    /// Needs a second question before a fact comes out, unless it was asked about by its exact word.
    Vague,
    /// Pushes for more than is owed.
    Manipulative,
    /// Angry at the matter, never at the person.
    Kind,
}

/// How the customer is drawn. Whatever is left out is drawn from the customer's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub struct Look {
    pub face: Option<FaceShape>,
    pub skin: Option<SkinTone>,
    pub hair: Option<HairStyle>,
    pub hair_colour: Option<HairColour>,
    pub age: Option<AgeBand>,
    pub clothes: Option<ClothesColour>,
    pub glasses: Option<bool>,
    pub beard: Option<Beard>,
}

macro_rules! look_choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$meta:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($(#[$meta])* $variant),+ }
        impl $name {
            /// Every choice, in the order of the handbook.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    };
}

look_choice!(FaceShape { Round, Oval, Long, Square, Heart });
look_choice!(SkinTone { Porcelain, Light, Olive, Tan, Brown, Deep });
look_choice!(HairStyle { Short, Crop, Bob, Long, Curly, Bun, Receding, Bald, Headscarf });
look_choice!(HairColour { Black, Brown, Chestnut, Blond, Red, Grey, White });
look_choice!(AgeBand { Young, Middle, Old });
look_choice!(ClothesColour { Teal, Navy, Plum, Moss, Rust, Sand, Slate });
look_choice!(Beard {
    /// Written `Shaven`: in a file `None` already means "not said".
    #[serde(rename = "Shaven")]
    None,
    Stubble,
    Moustache,
    Full,
});

/// Something the customer knows and the trainee may need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub id: String,
    /// Words by which a question asks for it, in the scenario's language.
    #[serde(default)]
    pub asked: Vec<String>,
    /// What the customer may answer; one is picked by the seed.
    #[serde(default)]
    pub answer: Vec<String>,
    /// Whether a remedy is premature without it.
    #[serde(default)]
    pub needed: bool,
}

/// A way out that a reply may propose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    pub id: String,
    /// Words by which a reply proposes it.
    #[serde(default)]
    pub heard: Vec<String>,
    /// Facts that must be known before it makes sense.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Facts that, once known, make it the wrong offer.
    #[serde(default)]
    pub ruled_out_by: Vec<String>,
    /// 0 to 100: how much of the customer's trouble it takes away.
    #[serde(default = "default::heals")]
    pub heals: u8,
    /// What it costs the company, in whole units of its currency.
    #[serde(default)]
    pub cost: u32,
    /// More than this agent may give.
    #[serde(default)]
    pub beyond_authority: bool,
    /// A gesture of goodwill on top of, or instead of, the remedy.
    #[serde(default)]
    pub goodwill: bool,
    /// What only an unreasonable customer demands; giving in to it is a fault even where it is in the agent's power.
    #[serde(default)]
    pub unreasonable: bool,
    /// What the customer says when they take it; a stock line otherwise.
    #[serde(default)]
    pub accepted: Vec<String>,
    /// What the customer says when they turn it down; a stock line otherwise.
    #[serde(default)]
    pub declined: Vec<String>,
}

/// Why the wish cannot be met.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CannotHelp {
    /// Words by which a reply gives the reason.
    #[serde(default)]
    pub reason: Vec<String>,
}

/// The window around a promised call, in minutes, and what happens after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub struct CallBack {
    /// This many minutes before the promised moment still count as on time.
    pub early: u32,
    /// This many minutes after it still count as on time.
    pub late: u32,
    /// This many minutes after it the customer calls again.
    pub forgotten: u32,
    /// The beat that a kept (or early, or late) call-back opens; the conversation goes on where it was otherwise.
    pub kept: Option<String>,
    /// The beat that opens when the customer had to call again.
    pub missed: Option<String>,
}

/// One situation in the conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beat {
    pub id: String,
    /// What the customer may say on entering; one fitting line is picked by the seed.
    #[serde(default)]
    pub says: Vec<Line>,
    /// Facts that these lines give away, so that asking for them again is asking for what was told.
    #[serde(default)]
    pub tells: Vec<String>,
    #[serde(default)]
    pub options: Vec<ReplyOption>,
    /// Checked in order after each reply, behind those of the scenario; the first that holds is taken. The last has no
    /// condition, and only the last. With none the conversation stays here until an exit of the scenario or the `when` of an
    /// ending holds; there must be such a way on.
    #[serde(default)]
    pub exits: Vec<Exit>,
    /// The scenario's exits do not count here.
    #[serde(default)]
    pub own_exits_only: bool,
    /// A hint for *learn* mode.
    #[serde(default)]
    pub hint: Option<String>,
    /// The customer puts the phone down amicably here and waits to be called back, if a call-back was promised.
    #[serde(default)]
    pub waits_for_call: bool,
}

/// A line of the customer's: plain text, or text that only fits under conditions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    pub text: String,
    #[serde(default)]
    pub when: Vec<Condition>,
}

/// A reply to choose; read by the same reader as a typed one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyOption {
    pub text: String,
    /// The acts that the trainer sees in it; the checker compares the reader with this.
    #[serde(default)]
    pub expect: Option<Vec<Act>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exit {
    /// All must hold; none means always.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// The id of a beat or of an ending.
    pub to: String,
}

/// What an exit, a line or an ending may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    /// The latest reply holds this act.
    Act(Act),
    /// The latest reply hurts: it holds arguing, blame shifting, brushing off or rudeness.
    Hurt,
    /// Some reply so far held this act.
    EverAct(Act),
    /// This fact is known.
    Fact(String),
    /// Every needed fact is known.
    KnowsNeeded,
    /// The latest reply asked for this fact.
    Asked(String),
    /// This offer has been put on the table.
    Offer(String),
    /// The latest reply proposed this offer.
    Proposed(String),
    /// The customer has taken an offer.
    Accepted,
    /// The customer has said yes to this offer: took it, or took another one while this was on the table and fitted.
    AcceptedOffer(String),
    /// The customer has said yes to one of these offers.
    AcceptedAny(Vec<String>),
    /// Anger is at least this, 0 to 100.
    AngerAbove(u8),
    /// Anger is below this.
    AngerBelow(u8),
    TrustAbove(u8),
    TrustBelow(u8),
    PatienceAbove(u8),
    PatienceBelow(u8),
    /// A promise to get in touch is open.
    Promised,
    /// A promise was kept.
    PromiseKept,
    /// A promise was late or forgotten.
    PromiseBroken,
    /// At least this many replies were given in this beat.
    RepliesHere(u32),
    /// At least this many replies were given in all.
    Replies(u32),
    /// At least this many simulated minutes have passed since the start.
    Minutes(u32),
    /// The reader could not place the latest reply.
    NotRecognised,
    Not(Box<Condition>),
    Any(Vec<Condition>),
    All(Vec<Condition>),
}

/// A way the conversation can end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    pub id: String,
    pub outcome: Outcome,
    /// Checked after each reply, before all exits; empty means that only an exit leads here, or, with the outcome
    /// `HungUp`, `WentPublic` or `Escalated`, a customer who has had enough.
    #[serde(default)]
    pub when: Vec<Condition>,
    #[serde(default)]
    pub says: Vec<Line>,
}

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// The customer got a way out that suits them.
    Resolved,
    /// The wish could not be met, or not wholly, and the customer can live with it.
    Settled,
    /// Nothing was solved.
    Unresolved,
    /// The customer asked for a supervisor.
    Escalated,
    /// The customer put the phone down.
    HungUp,
    /// The customer takes it to the public.
    WentPublic,
    /// The trainee left before the end.
    Left,
}

impl Channel {
    /// The name used in locale keys, such as `email`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Channel::Phone => "phone",
            Channel::Chat => "chat",
            Channel::Email => "email",
            Channel::Counter => "counter",
            Channel::Review => "review",
        }
    }
}

impl Outcome {
    /// The name used in reports, such as `hung_up`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Outcome::Resolved => "resolved",
            Outcome::Settled => "settled",
            Outcome::Unresolved => "unresolved",
            Outcome::Escalated => "escalated",
            Outcome::HungUp => "hung_up",
            Outcome::WentPublic => "went_public",
            Outcome::Left => "left",
        }
    }
}

impl Default for Customer {
    fn default() -> Self {
        Self {
            name: "Alex Morgan".into(),
            address: String::new(),
            temper: Temper::default(),
            style: Style::default(),
            look: Look::default(),
        }
    }
}

impl Default for Temper {
    fn default() -> Self {
        Self { anger: 60, trust: 30, patience: 60, volatility: 0.5, forgiveness: 0.5 }
    }
}

impl Default for CallBack {
    fn default() -> Self {
        Self { early: 2, late: 3, forgotten: 15, kept: None, missed: None }
    }
}

/// Defaults that serde wants as functions.
mod default {
    pub fn format() -> u32 {
        1
    }
    pub fn language() -> String {
        "en".into()
    }
    pub fn difficulty() -> u8 {
        2
    }
    pub fn starts() -> String {
        "2026-03-02T10:00".into()
    }
    pub fn heals() -> u8 {
        50
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            text: String,
            #[serde(default)]
            when: Vec<Condition>,
        }
        struct PlainOrFull;
        impl<'de> serde::de::Visitor<'de> for PlainOrFull {
            type Value = Line;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text, or (text: \"…\", when: […])")
            }
            fn visit_str<E>(self, text: &str) -> Result<Line, E> {
                Ok(Line { text: text.into(), when: Vec::new() })
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Line, A::Error> {
                let full = Full::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(Line { text: full.text, when: full.when })
            }
        }
        deserializer.deserialize_any(PlainOrFull)
    }
}
