//! The scenarios one can play: bundled ones, and over them those of a `scenarios` folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use crate::check::{self, Loaded};
use crate::diagnostic::Problems;

#[derive(RustEmbed)]
#[folder = "scenarios/"]
struct Bundled;

/// Every scenario that was found, by id.
#[derive(Debug)]
pub struct Library {
    entries: BTreeMap<String, Entry>,
}

/// One scenario file, playable or not.
#[derive(Debug)]
pub struct Entry {
    pub id: String,
    pub origin: Origin,
    pub loaded: Result<Loaded, Problems>,
}

/// Where a scenario came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Bundled,
    File(PathBuf),
}

/// No scenario of that name.
#[derive(Debug, thiserror::Error)]
#[error("There is no scenario `{name}`.{} See them all with `calmline scenarios`, or give the path of a .ron file.",
    .nearest.as_ref().map(|id| format!(" Did you mean `{id}`?")).unwrap_or_default())]
pub struct NotFound {
    pub name: String,
    pub nearest: Option<String>,
}

/// Why a scenario cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    NotFound(#[from] NotFound),
    #[error(transparent)]
    Problems(#[from] Problems),
}

impl Library {
    /// The scenarios that the program carries, and no others.
    #[must_use]
    pub fn bundled() -> Self {
        let mut entries = BTreeMap::new();
        for path in Bundled::iter().filter(|path| path.ends_with(".ron")) {
            let Some(file) = Bundled::get(&path) else { continue };
            let id = stem(Path::new(path.as_ref()));
            let loaded = check::load(&format!("scenarios/{path}"), &id, &file.data);
            entries.insert(id.clone(), Entry { id, origin: Origin::Bundled, loaded });
        }
        Self { entries }
    }

    /// Looks at the bundled scenarios and at a folder: the given one, else `scenarios` in the working folder, else beside the program.
    #[must_use]
    pub fn open(folder: Option<&Path>) -> Self {
        let mut entries = Self::bundled().entries;
        if let Some(folder) = folder.map(Path::to_path_buf).or_else(default_folder) {
            let mut files = Vec::new();
            collect(&folder, 0, &mut files);
            for path in files {
                let id = stem(&path);
                let loaded = check::load_file(&path);
                entries.insert(id.clone(), Entry { id, origin: Origin::File(path), loaded });
            }
        }
        Self { entries }
    }

    /// All entries, sorted by id.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// A scenario by its id, or read from a path.
    ///
    /// # Errors
    /// Where there is none, or where the file has problems.
    pub fn load(&self, name: &str) -> Result<Loaded, OpenError> {
        if let Some(entry) = self.entries.get(name) {
            return match (&entry.loaded, &entry.origin) {
                (Ok(loaded), _) => Ok(loaded.clone()),
                (Err(problems), _) => Err(problems.clone().into()),
            };
        }
        let path = Path::new(name);
        if path.exists() || name.ends_with(".ron") || name.contains(std::path::MAIN_SEPARATOR) {
            return Ok(check::load_file(path)?);
        }
        let nearest = self.entries.keys().find(|id| id.contains(name) || name.contains(id.as_str())).cloned();
        Err(NotFound { name: name.into(), nearest }.into())
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn default_folder() -> Option<PathBuf> {
    let here = PathBuf::from("scenarios");
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("scenarios")));
    [Some(here), beside].into_iter().flatten().find(|folder| folder.is_dir())
}

/// Folders by language, and no deeper: a folder of strangers' files may hold anything.
const DEEPEST: usize = 3;

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(listing) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if depth < DEEPEST {
                collect(&path, depth + 1, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            files.push(path);
        }
    }
}
