//! Format 1 as a table: every field with its type, its range and whether it is required.
//!
//! The types of `format.rs` have the last word; this table exists because serde stops at the first problem. A test holds
//! the two together, name by name.

/// What a value must look like.
#[derive(Debug)]
pub enum Shape {
    /// Any words.
    Text(TextRule),
    /// Letters `a` to `z`, digits and `-`: a name that other parts of the file use.
    Id,
    Bool,
    /// A whole number from the first to the second, both included.
    Whole(u64, u64),
    /// Any number from the first to the second, both included.
    Decimal(f64, f64),
    /// One of some names, some of which hold a value in round brackets.
    Choice(&'static Choice),
    Struct(&'static Struct),
    /// `None`, `Some(…)`, or just the value.
    Optional(&'static Shape),
    List {
        of: &'static Shape,
        min: usize,
        max: usize,
    },
    /// Texts, each with a value, in curly brackets.
    Map {
        of: &'static Shape,
        max: usize,
    },
    /// A text, or the struct that says more about it.
    TextOr(&'static Shape, &'static Struct),
}

/// How long a text may be, in characters, and whether it may be empty.
#[derive(Debug)]
pub struct TextRule {
    pub max: usize,
    pub empty: Empty,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Empty {
    Refused,
    /// The same as leaving the field out; worth a warning.
    Pointless,
}

#[derive(Debug)]
pub struct Struct {
    /// The name that may stand before its bracket.
    pub name: &'static str,
    /// What a person calls it, with its article.
    pub what: &'static str,
    pub fields: &'static [FieldShape],
}

#[derive(Debug)]
pub struct FieldShape {
    pub name: &'static str,
    pub shape: &'static Shape,
    pub required: bool,
}

#[derive(Debug)]
pub struct Choice {
    /// What a person calls it, with its article.
    pub what: &'static str,
    pub variants: &'static [Variant],
}

#[derive(Debug)]
pub struct Variant {
    pub name: &'static str,
    pub holds: Option<&'static Shape>,
}

const fn required(name: &'static str, shape: &'static Shape) -> FieldShape {
    FieldShape { name, shape, required: true }
}

const fn optional(name: &'static str, shape: &'static Shape) -> FieldShape {
    FieldShape { name, shape, required: false }
}

const fn plain(name: &'static str) -> Variant {
    Variant { name, holds: None }
}

const fn with(name: &'static str, shape: &'static Shape) -> Variant {
    Variant { name, holds: Some(shape) }
}

const fn text(max: usize) -> Shape {
    Shape::Text(TextRule { max, empty: Empty::Refused })
}

const fn text_or_nothing(max: usize) -> Shape {
    Shape::Text(TextRule { max, empty: Empty::Pointless })
}

const fn list(of: &'static Shape, max: usize) -> Shape {
    Shape::List { of, min: 0, max }
}

macro_rules! names {
    ($what:literal: $($name:literal),+) => {
        &Shape::Choice(&Choice { what: $what, variants: &[$(plain($name)),+] })
    };
}

const BOOL: &Shape = &Shape::Bool;
const PERCENT: &Shape = &Shape::Whole(0, 100);
const FRACTION: &Shape = &Shape::Decimal(0.0, 1.0);
const COUNT: &Shape = &Shape::Whole(1, 1000);
/// A week.
const MINUTES: &Shape = &Shape::Whole(0, 10_080);
const ID: &Shape = &Shape::Id;
const IDS: &Shape = &list(ID, 50);
const SOME_IDS: &Shape = &Shape::List { of: ID, min: 1, max: 50 };
const WORDS: &Shape = &list(&text(200), 100);
const SPOKEN: &Shape = &list(&text(2000), 50);

pub static SCENARIO: Struct = Struct {
    name: "Scenario",
    what: "a scenario",
    fields: &[
        optional("format", &Shape::Whole(1, 1)),
        required("title", &text(120)),
        optional("summary", &text_or_nothing(2000)),
        optional("language", &text(35)),
        optional("channel", names!("a channel": "Phone", "Chat", "Email", "Counter", "Review")),
        optional("difficulty", &Shape::Whole(1, 5)),
        optional("starts", &text(40)),
        optional("company", &Shape::Struct(&COMPANY)),
        optional("customer", &Shape::Struct(&CUSTOMER)),
        optional("facts", &list(&Shape::Struct(&FACT), 200)),
        optional("offers", &list(&Shape::Struct(&OFFER), 200)),
        optional("cannot_help", &Shape::Optional(&Shape::Struct(&CANNOT_HELP))),
        optional("call_back", &Shape::Struct(&CALL_BACK)),
        optional("exits", &list(&Shape::Struct(&EXIT), 100)),
        required("beats", &Shape::List { of: &Shape::Struct(&BEAT), min: 1, max: 500 }),
        required("endings", &Shape::List { of: &Shape::Struct(&ENDING), min: 1, max: 100 }),
    ],
};

pub static COMPANY: Struct = Struct {
    name: "Company",
    what: "a company",
    fields: &[
        optional("name", &text_or_nothing(120)),
        optional("departments", &list(&text(120), 100)),
        optional("jargon", &list(&text(120), 200)),
    ],
};

pub static CUSTOMER: Struct = Struct {
    name: "Customer",
    what: "a customer",
    fields: &[
        optional("name", &text(120)),
        optional("address", &text_or_nothing(120)),
        optional("temper", &Shape::Struct(&TEMPER)),
        optional("style", names!("a style": "Precise", "Vague", "Manipulative", "Kind")),
        optional("look", &Shape::Struct(&LOOK)),
    ],
};

pub static TEMPER: Struct = Struct {
    name: "Temper",
    what: "a temper",
    fields: &[
        optional("anger", PERCENT),
        optional("trust", PERCENT),
        optional("patience", PERCENT),
        optional("volatility", FRACTION),
        optional("forgiveness", FRACTION),
    ],
};

pub static LOOK: Struct = Struct {
    name: "Look",
    what: "a look",
    fields: &[
        optional("face", &Shape::Optional(names!("a face": "Round", "Oval", "Long", "Square", "Heart"))),
        optional(
            "skin",
            &Shape::Optional(names!("a skin tone": "Porcelain", "Light", "Olive", "Tan", "Brown", "Deep")),
        ),
        optional(
            "hair",
            &Shape::Optional(
                names!("a hair style": "Short", "Crop", "Bob", "Long", "Curly", "Bun", "Receding", "Bald", "Headscarf"),
            ),
        ),
        optional(
            "hair_colour",
            &Shape::Optional(names!("a hair colour": "Black", "Brown", "Chestnut", "Blond", "Red", "Grey", "White")),
        ),
        optional("age", &Shape::Optional(names!("an age": "Young", "Middle", "Old"))),
        optional(
            "clothes",
            &Shape::Optional(names!("a colour of clothes": "Teal", "Navy", "Plum", "Moss", "Rust", "Sand", "Slate")),
        ),
        optional("glasses", &Shape::Optional(BOOL)),
        optional("beard", &Shape::Optional(names!("a beard": "Shaven", "Stubble", "Moustache", "Full"))),
    ],
};

pub static FACT: Struct = Struct {
    name: "Fact",
    what: "a fact",
    fields: &[required("id", ID), optional("asked", WORDS), optional("answer", SPOKEN), optional("needed", BOOL)],
};

pub static OFFER: Struct = Struct {
    name: "Offer",
    what: "an offer",
    fields: &[
        required("id", ID),
        optional("heard", WORDS),
        optional("needs", IDS),
        optional("ruled_out_by", IDS),
        optional("heals", PERCENT),
        optional("cost", &Shape::Whole(0, 1_000_000_000)),
        optional("beyond_authority", BOOL),
        optional("goodwill", BOOL),
        optional("unreasonable", BOOL),
        optional("accepted", SPOKEN),
        optional("declined", SPOKEN),
    ],
};

pub static CANNOT_HELP: Struct =
    Struct { name: "CannotHelp", what: "what cannot be helped", fields: &[optional("reason", WORDS)] };

pub static CALL_BACK: Struct = Struct {
    name: "CallBack",
    what: "a call-back window",
    fields: &[
        optional("early", MINUTES),
        optional("late", MINUTES),
        optional("forgotten", MINUTES),
        optional("kept", &Shape::Optional(ID)),
        optional("missed", &Shape::Optional(ID)),
    ],
};

pub static BEAT: Struct = Struct {
    name: "Beat",
    what: "a beat",
    fields: &[
        required("id", ID),
        optional("says", &LINES),
        optional("tells", IDS),
        optional("options", &list(&Shape::Struct(&OPTION), 50)),
        optional("exits", &list(&Shape::Struct(&EXIT), 100)),
        optional("own_exits_only", BOOL),
        optional("hint", &Shape::Optional(&text(2000))),
        optional("waits_for_call", BOOL),
    ],
};

pub static LINE: Struct =
    Struct { name: "Line", what: "a line", fields: &[required("text", &text(2000)), optional("when", &CONDITIONS)] };
static ONE_LINE: Shape = Shape::TextOr(&text(2000), &LINE);
static LINES: Shape = Shape::List { of: &ONE_LINE, min: 0, max: 50 };

pub static OPTION: Struct = Struct {
    name: "ReplyOption",
    what: "an option",
    fields: &[required("text", &text(2000)), optional("expect", &Shape::Optional(&list(ACT, 15)))],
};

pub static EXIT: Struct =
    Struct { name: "Exit", what: "an exit", fields: &[optional("when", &CONDITIONS), required("to", ID)] };

pub static ENDING: Struct = Struct {
    name: "Ending",
    what: "an ending",
    fields: &[
        required("id", ID),
        required(
            "outcome",
            names!("an outcome": "Resolved", "Settled", "Unresolved", "Escalated", "HungUp", "WentPublic", "Left"),
        ),
        optional("when", &CONDITIONS),
        optional("says", &LINES),
    ],
};

const ACT: &Shape = names!("an act": "apology", "question", "paraphrase", "empathy", "offer", "next_step", "timed_promise",
    "vague_promise", "courtesy", "check_back", "identify", "arguing", "blame_shift", "brush_off", "rudeness");

pub static CONDITION: Choice = Choice {
    what: "a condition",
    variants: &[
        with("Act", ACT),
        plain("Hurt"),
        with("EverAct", ACT),
        with("Fact", ID),
        plain("KnowsNeeded"),
        with("Asked", ID),
        with("Offer", ID),
        with("Proposed", ID),
        plain("Accepted"),
        with("AcceptedOffer", ID),
        with("AcceptedAny", SOME_IDS),
        with("AngerAbove", PERCENT),
        with("AngerBelow", PERCENT),
        with("TrustAbove", PERCENT),
        with("TrustBelow", PERCENT),
        with("PatienceAbove", PERCENT),
        with("PatienceBelow", PERCENT),
        plain("Promised"),
        plain("PromiseKept"),
        plain("PromiseBroken"),
        with("RepliesHere", COUNT),
        with("Replies", COUNT),
        with("Minutes", MINUTES),
        plain("NotRecognised"),
        with("Not", &ONE_CONDITION),
        with("Any", &SOME_CONDITIONS),
        with("All", &SOME_CONDITIONS),
    ],
};
// Conditions hold conditions, so these are statics, which may refer to each other.
static ONE_CONDITION: Shape = Shape::Choice(&CONDITION);
static CONDITIONS: Shape = Shape::List { of: &ONE_CONDITION, min: 0, max: 50 };
static SOME_CONDITIONS: Shape = Shape::List { of: &ONE_CONDITION, min: 1, max: 50 };

impl Struct {
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static FieldShape> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Choice {
    #[must_use]
    pub fn variant(&self, name: &str) -> Option<&'static Variant> {
        self.variants.iter().find(|variant| variant.name == name)
    }
}

pub static COMPANY_PACK: Struct = Struct {
    name: "CompanyPack",
    what: "a company pack",
    fields: &[
        required("format", &Shape::Whole(1, 1)),
        required("language", &text(35)),
        optional("name", &text_or_nothing(120)),
        optional("phrases", &list(&Shape::Struct(&PHRASES), 1000)),
        optional("classes", &Shape::Map { of: &list(&text(2000), 1000), max: 1000 }),
        optional("rewrites", &Shape::Map { of: &text(200), max: 5000 }),
        optional("products", &list(&text(200), 5000)),
        optional("jargon", &list(&text(200), 2000)),
    ],
};

pub static PHRASES: Struct = Struct {
    name: "PhraseGroup",
    what: "a group of phrases",
    fields: &[
        optional("acts", &list(ACT, 15)),
        optional("certainty", PERCENT),
        optional("within", names!("a kind of sentence": "Any", "Questions", "Statements")),
        optional("deniable", &Shape::Optional(BOOL)),
        optional("hides", &list(ACT, 15)),
        optional("clears", &list(ACT, 15)),
        optional("role", &Shape::Optional(&Shape::Choice(&ROLE))),
        optional("unless", &list(ACT, 15)),
        required("patterns", &Shape::List { of: &text(2000), min: 1, max: 1000 }),
    ],
};

pub static ROLE: Choice = Choice {
    what: "a role",
    variants: &[
        with("Commits", names!("who acts": "agent", "colleague", "action")),
        plain("Unbinds"),
        plain("Vague"),
        plain("Proposes"),
        plain("Refuses"),
        plain("Known"),
    ],
};
