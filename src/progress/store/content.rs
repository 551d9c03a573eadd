//! Frozen content: the text of scenarios, rubrics and the like, kept once by hash, so that an old attempt can be replayed.

use rusqlite::{Connection, OptionalExtension};

use super::{Answer, Result, Store, StoreError};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentKind {
    Scenario,
    Rubric,
    LanguagePack,
    Moods,
    /// A company's phrases and settled readings.
    CompanyPack,
}

impl ContentKind {
    fn id(self) -> &'static str {
        match self {
            ContentKind::Scenario => "scenario",
            ContentKind::Rubric => "rubric",
            ContentKind::LanguagePack => "language pack",
            ContentKind::Moods => "mood table",
            ContentKind::CompanyPack => "company pack",
        }
    }
}

impl std::fmt::Display for ContentKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl Store {
    /// Keeps a text under its hash; a second time changes nothing. Another text under the same hash is an error.
    pub fn freeze_content(&mut self, kind: ContentKind, hash: &str, text: &str) -> Result<()> {
        self.write(|db| freeze(db, kind, hash, text))
    }

    /// The text kept under this hash.
    pub fn content(&self, kind: ContentKind, hash: &str) -> Result<Option<String>> {
        self.read(|db| find(db, kind, hash))
    }
}

pub(super) fn freeze(db: &Connection, kind: ContentKind, hash: &str, text: &str) -> Answer<()> {
    match find(db, kind, hash)? {
        Some(kept) if kept == text => {}
        Some(_) => return Err(StoreError::ContentDiffers { kind }.into()),
        None => {
            db.execute("INSERT INTO contents (kind, hash, text) VALUES (?1, ?2, ?3)", (kind.id(), hash, text))?;
        }
    }
    Ok(())
}

pub(super) fn find(db: &Connection, kind: ContentKind, hash: &str) -> Answer<Option<String>> {
    let mut query = db.prepare_cached("SELECT text FROM contents WHERE kind = ?1 AND hash = ?2")?;
    Ok(query.query_row((kind.id(), hash), |row| row.get(0)).optional()?)
}
