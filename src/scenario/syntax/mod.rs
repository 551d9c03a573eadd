//! A file as a tree in which every part knows its place: RON, read with recovery so that one slip does not hide the next.

mod balance;
mod lex;
mod parse;
mod tree;

pub use parse::{MAX_DEPTH, parse};
pub use tree::{Field, Kind, Name, Node};
