//! Problems with content, as a person sees them: what, where with the source around it, why, and what to do.

mod decode;
mod diagnostics;
pub mod quote;
mod render;

pub use decode::{decode, decode_file};
pub use diagnostics::{Diagnostic, Findings, Problems, Severity, Source, Span};
pub use render::render_diagnostics;
