//! The tree.

use crate::diagnostic::Span;

/// A value and where it stands.
#[derive(Debug)]
pub struct Node {
    pub span: Span,
    pub kind: Kind,
}

#[derive(Debug)]
pub enum Kind {
    Text(String),
    /// As written; what it must be is the shape's affair.
    Number(String),
    Bool(bool),
    /// `'x'`.
    Char,
    /// `b"x"` or `b'x'`.
    Bytes,
    /// A bare word, as in `Accepted`.
    Word(String),
    /// `(a: 1)` or `Name(a: 1)`. `torn` when some of it could not be read.
    Struct {
        name: Option<Name>,
        fields: Vec<Field>,
        torn: bool,
    },
    /// `(1, 2)` or `Name(1, 2)`, and `()`.
    Tuple {
        name: Option<Name>,
        items: Vec<Node>,
    },
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// Could not be read; already reported.
    Broken,
}

#[derive(Debug)]
pub struct Field {
    pub name: Name,
    pub value: Node,
}

#[derive(Debug)]
pub struct Name {
    pub text: String,
    pub span: Span,
}
