//! What the checks need to know of a scenario, every part with its place in the file.
//!
//! It is taken from the tree, not from the finished scenario, so that a wrong number in one corner does not hide a dangling
//! reference in another.

use std::collections::BTreeSet;

use super::shape::{BEAT, CALL_BACK, ENDING, EXIT, FACT, LINE, OFFER, OPTION, SCENARIO, Struct};
use super::syntax::{Kind, Node};
use crate::diagnostic::Span;
use crate::diagnostic::quote::closest;

/// How many entries of a list and fields of a struct are looked at; more than any list may hold.
const MOST: usize = 600;

/// A text of the file.
#[derive(Clone, Debug)]
pub struct Text {
    pub text: String,
    pub span: Span,
}

#[derive(Debug)]
pub struct Outline {
    /// The start of the scenario.
    pub span: Span,
    /// Nothing of the file was lost in reading, so that what is not here is not there.
    pub whole: bool,
    pub language: Option<Text>,
    pub starts: Option<Text>,
    pub facts: Vec<Fact>,
    pub offers: Vec<Offer>,
    pub call_back: CallBack,
    /// Those that hold in every beat.
    pub exits: Vec<Exit>,
    pub beats: Vec<Beat>,
    pub endings: Vec<Ending>,
}

#[derive(Debug)]
pub struct Fact {
    pub span: Span,
    pub id: Option<Text>,
    pub asked: Vec<Text>,
    pub answers: usize,
    pub needed: bool,
}

#[derive(Debug)]
pub struct Offer {
    pub span: Span,
    pub id: Option<Text>,
    pub heard: Vec<Text>,
    pub needs: Vec<Text>,
    pub ruled_out_by: Vec<Text>,
}

#[derive(Debug, Default)]
pub struct CallBack {
    pub late: Option<(u64, Span)>,
    pub forgotten: Option<(u64, Span)>,
    pub kept: Option<Text>,
    pub missed: Option<Text>,
}

#[derive(Debug)]
pub struct Beat {
    pub span: Span,
    pub id: Option<Text>,
    /// The conditions of its lines.
    pub lines: Vec<Vec<Condition>>,
    pub tells: Vec<Text>,
    pub options: Vec<ReplyOption>,
    pub exits: Vec<Exit>,
    pub own_exits_only: bool,
}

#[derive(Debug)]
pub struct ReplyOption {
    pub text: Option<Text>,
    /// The acts, and the place of their list.
    pub expect: Option<(Vec<Text>, Span)>,
}

#[derive(Debug)]
pub struct Exit {
    pub span: Span,
    pub when: Vec<Condition>,
    pub to: Option<Text>,
}

#[derive(Debug)]
pub struct Ending {
    pub span: Span,
    pub id: Option<Text>,
    pub when: Vec<Condition>,
    /// A customer who walks away comes to it without an exit.
    pub walks_away: bool,
    pub lines: Vec<Vec<Condition>>,
}

#[derive(Debug)]
pub struct Condition {
    pub name: String,
    pub span: Span,
    pub holds: Holds,
}

#[derive(Debug)]
pub enum Holds {
    Nothing,
    Id(Text),
    Ids(Vec<Text>),
    Number(u64),
    Conditions(Vec<Condition>),
}

impl Outline {
    #[must_use]
    pub fn of(root: &Node, lost: bool) -> Self {
        let file = Fields::of(Some(root), &SCENARIO);
        let call_back = Fields::of(file.get("call_back"), &CALL_BACK);
        Self {
            span: root.span.start..(root.span.start + 1).min(root.span.end),
            whole: !lost,
            language: file.text("language"),
            starts: file.text("starts"),
            facts: file.list("facts", &FACT, |fact, span| Fact {
                span,
                id: fact.text("id"),
                asked: fact.texts("asked"),
                answers: fact.items("answer").len(),
                needed: fact.is_true("needed"),
            }),
            offers: file.list("offers", &OFFER, |offer, span| Offer {
                span,
                id: offer.text("id"),
                heard: offer.texts("heard"),
                needs: offer.texts("needs"),
                ruled_out_by: offer.texts("ruled_out_by"),
            }),
            call_back: CallBack {
                late: call_back.number("late"),
                forgotten: call_back.number("forgotten"),
                kept: call_back.text("kept"),
                missed: call_back.text("missed"),
            },
            exits: file.exits(),
            beats: file.list("beats", &BEAT, |beat, span| Beat {
                span,
                id: beat.text("id"),
                lines: beat.lines(),
                tells: beat.texts("tells"),
                options: beat.list("options", &OPTION, |option, _| ReplyOption {
                    text: option.text("text"),
                    expect: option
                        .get("expect")
                        .map(unwrap_some)
                        .filter(|node| matches!(node.kind, Kind::List(_)))
                        .map(|node| {
                            let acts = items(node).iter().filter_map(word).collect();
                            (acts, node.span.clone())
                        }),
                }),
                exits: beat.exits(),
                own_exits_only: beat.is_true("own_exits_only"),
            }),
            endings: file.list("endings", &ENDING, |ending, span| Ending {
                span,
                id: ending.text("id"),
                when: conditions(ending.get("when")),
                walks_away: ending.get("outcome").is_some_and(|node| {
                    matches!(&node.kind, Kind::Word(outcome) if ["HungUp", "WentPublic", "Escalated"].contains(&outcome.as_str()))
                }),
                lines: ending.lines(),
            }),
        }
    }

    /// Every list of conditions that all must hold.
    pub fn conditions(&self) -> impl Iterator<Item = &[Condition]> {
        let lines = self.beats.iter().flat_map(|beat| &beat.lines).map(Vec::as_slice);
        let exits = self.all_exits().map(|exit| exit.when.as_slice());
        let endings = self
            .endings
            .iter()
            .flat_map(|ending| std::iter::once(ending.when.as_slice()).chain(ending.lines.iter().map(Vec::as_slice)));
        lines.chain(exits).chain(endings)
    }

    /// The exits of the scenario and those of every beat.
    pub fn all_exits(&self) -> impl Iterator<Item = &Exit> + Clone {
        self.exits.iter().chain(self.beats.iter().flat_map(|beat| &beat.exits))
    }

    /// The exits that count in a beat, in the order in which they are tried.
    pub fn exits_in<'a>(&'a self, beat: &'a Beat) -> impl Iterator<Item = &'a Exit> + Clone {
        let everywhere = if beat.own_exits_only { &[][..] } else { &self.exits };
        everywhere.iter().chain(&beat.exits)
    }
}

/// The fields of one struct. A misspelt name counts as the one that was most likely meant.
struct Fields<'a> {
    given: Vec<(&'a str, &'a Node)>,
    shape: &'static Struct,
}

impl<'a> Fields<'a> {
    fn of(node: Option<&'a Node>, shape: &'static Struct) -> Self {
        let given = match node.map(|node| &unwrap_some(node).kind) {
            Some(Kind::Struct { fields, .. }) => {
                fields.iter().take(MOST).map(|field| (field.name.text.as_str(), &field.value)).collect()
            }
            Some(Kind::Map(entries)) => entries
                .iter()
                .take(MOST)
                .filter_map(|(key, value)| match &key.kind {
                    Kind::Text(name) | Kind::Word(name) => Some((name.as_str(), value)),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        Self { given, shape }
    }

    fn get(&self, name: &str) -> Option<&'a Node> {
        let exact = self.given.iter().find(|(given, _)| *given == name);
        let meant = || {
            let unknown = self.given.iter().filter(|(given, _)| self.shape.field(given).is_none());
            unknown.into_iter().find(|(given, _)| {
                let free = self.shape.fields.iter().map(|f| f.name).filter(|f| self.given.iter().all(|(g, _)| g != f));
                closest(given, free) == Some(name)
            })
        };
        exact.or_else(meant).map(|(_, node)| *node)
    }

    fn text(&self, name: &str) -> Option<Text> {
        self.get(name).and_then(text)
    }

    fn number(&self, name: &str) -> Option<(u64, Span)> {
        let node = self.get(name)?;
        number(node).map(|number| (number, node.span.clone()))
    }

    fn is_true(&self, name: &str) -> bool {
        matches!(self.get(name).map(|node| &node.kind), Some(Kind::Bool(true)))
    }

    fn items(&self, name: &str) -> &'a [Node] {
        self.get(name).map_or(&[], items)
    }

    fn texts(&self, name: &str) -> Vec<Text> {
        self.items(name).iter().take(MOST).filter_map(text).collect()
    }

    fn list<T>(&self, name: &str, shape: &'static Struct, read: impl Fn(Fields<'a>, Span) -> T) -> Vec<T> {
        let readable = self.items(name).iter().filter(|node| matches!(node.kind, Kind::Struct { .. } | Kind::Map(_)));
        readable.take(MOST).map(|node| read(Fields::of(Some(node), shape), node.span.clone())).collect()
    }

    fn exits(&self) -> Vec<Exit> {
        self.list("exits", &EXIT, |exit, span| Exit { span, when: conditions(exit.get("when")), to: exit.text("to") })
    }

    fn lines(&self) -> Vec<Vec<Condition>> {
        self.items("says").iter().map(|line| conditions(Fields::of(Some(line), &LINE).get("when"))).collect()
    }
}

fn unwrap_some(node: &Node) -> &Node {
    match &node.kind {
        Kind::Tuple { name: Some(name), items } if name.text == "Some" => items.first().unwrap_or(node),
        _ => node,
    }
}

fn items(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::List(items) => items,
        Kind::Struct { .. } | Kind::Text(_) => std::slice::from_ref(node),
        _ => &[],
    }
}

fn text(node: &Node) -> Option<Text> {
    match &unwrap_some(node).kind {
        Kind::Text(text) => Some(Text { text: text.clone(), span: node.span.clone() }),
        _ => None,
    }
}

fn word(node: &Node) -> Option<Text> {
    match &node.kind {
        Kind::Word(text) | Kind::Text(text) => Some(Text { text: text.clone(), span: node.span.clone() }),
        _ => None,
    }
}

fn number(node: &Node) -> Option<u64> {
    match &node.kind {
        Kind::Number(digits) => digits.strip_prefix('+').unwrap_or(digits).parse().ok(),
        _ => None,
    }
}

fn conditions(node: Option<&Node>) -> Vec<Condition> {
    node.map_or(&[][..], |node| match &node.kind {
        Kind::List(items) => items,
        _ => std::slice::from_ref(node),
    })
    .iter()
    .filter_map(condition)
    .collect()
}

fn condition(node: &Node) -> Option<Condition> {
    let (name, holds) = match &node.kind {
        Kind::Word(name) => (name, Holds::Nothing),
        Kind::Tuple { name: Some(name), items } => {
            let holds = match (name.text.as_str(), items.first()) {
                (_, None) => Holds::Nothing,
                ("Not", Some(_)) => Holds::Conditions(items.iter().filter_map(condition).collect()),
                ("Any" | "All", Some(first)) => match &first.kind {
                    Kind::List(inner) => Holds::Conditions(inner.iter().filter_map(condition).collect()),
                    _ => Holds::Conditions(items.iter().filter_map(condition).collect()),
                },
                ("AcceptedAny", Some(first)) => Holds::Ids(self::items(first).iter().filter_map(text).collect()),
                (_, Some(first)) => match (text(first), number(first)) {
                    (Some(id), _) => Holds::Id(id),
                    (_, Some(number)) => Holds::Number(number),
                    _ => Holds::Nothing,
                },
            };
            (&name.text, holds)
        }
        _ => return None,
    };
    Some(Condition { name: name.clone(), span: node.span.clone(), holds })
}

/// The ids of some parts.
pub fn ids<'a>(texts: impl IntoIterator<Item = &'a Option<Text>>) -> BTreeSet<&'a str> {
    texts.into_iter().flatten().map(|id| id.text.as_str()).collect()
}
