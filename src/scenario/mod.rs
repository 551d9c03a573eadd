//! What trainers write: the scenario format, and loading it safely from files that come from strangers.

mod format;

pub use format::*;
#[derive(Clone, Debug)]
pub struct Loaded {
    pub scenario: Scenario,
    pub id: String,
    pub hash: String,
    pub source: String,
}
#[derive(Clone, Debug, thiserror::Error)]
#[error("x")]
pub struct Problems;
impl Problems {
    pub fn render(&self, _: bool) -> String {
        String::new()
    }
}
pub fn load(_: &str, id: &str, b: &[u8]) -> Result<Loaded, Problems> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_bytes(b)
        .map(|scenario| Loaded { scenario, id: id.into(), hash: format!("{}", b.len()), source: String::from_utf8_lossy(b).into() })
        .map_err(|_| Problems)
}
pub fn load_file(p: &std::path::Path) -> Result<Loaded, Problems> {
    load("", &p.file_stem().unwrap_or_default().to_string_lossy(), &std::fs::read(p).map_err(|_| Problems)?)
}
