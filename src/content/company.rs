//! A company's folder: for each language a file of phrases, `en.ron`, and one of settled readings, `en.txt`.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::pack_file::lay_over;
use crate::diagnostic::{Problems, decode_file};
use crate::language::LanguagePack;
use crate::scenario::MAX_BYTES;

/// The largest file of settled readings, in bytes.
pub const MOST_EXAMPLES: usize = 16 * 1024 * 1024;

/// A company's packs, each laid over the language pack that the program carries.
#[derive(Clone, Debug, Default)]
pub struct Company {
    folder: Option<PathBuf>,
    packs: BTreeMap<String, Arc<LanguagePack>>,
}

/// Why a company's folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    #[error("There is no folder {}. Make it, or give --company another folder with files such as en.ron.", .0.display())]
    NoFolder(PathBuf),
    #[error("{} cannot be read: {why}.", .file.display())]
    Unreadable { file: PathBuf, why: String },
    /// One for each file that has any.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problems>),
}

/// Why a settled reading could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {why}. Nothing was changed. Check that you may write there, or name another folder: --company FOLDER.", .file.display())]
pub struct NotWritten {
    pub file: PathBuf,
    pub why: String,
}

impl Company {
    /// No company: replies are read as the language packs say.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads every pack of a folder.
    ///
    /// # Errors
    /// Where there is no such folder, a file cannot be read, or a pack has problems: all of them at once.
    pub fn open(folder: &Path) -> Result<Self, CompanyError> {
        if !folder.is_dir() {
            return Err(CompanyError::NoFolder(folder.to_owned()));
        }
        let mut packs = BTreeMap::new();
        let mut broken = Vec::new();
        for language in languages(folder)? {
            let (file, texts) = (folder.join(format!("{language}.ron")), folder.join(format!("{language}.txt")));
            let examples = read(&texts, MOST_EXAMPLES)?.unwrap_or_default();
            // What stands in a settled reading is a reply, and may hold anything but broken letters.
            let examples = match decode_file(&texts.display().to_string(), &examples) {
                Ok(examples) => examples,
                Err(problems) => {
                    broken.push(*problems);
                    continue;
                }
            };
            let (name, bytes) = match read(&file, MAX_BYTES)? {
                Some(bytes) => (file.display().to_string(), Some(bytes)),
                None => (texts.display().to_string(), None),
            };
            match lay_over(&name, &language, bytes.as_deref(), examples) {
                Ok(pack) => {
                    let settled = pack.company().map(|company| company.settled(&texts.display().to_string()));
                    broken.extend(settled.and_then(Result::err));
                    packs.insert(language, Arc::new(pack));
                }
                Err(problems) => broken.push(*problems),
            }
        }
        if broken.is_empty() {
            Ok(Self { folder: Some(folder.to_owned()), packs })
        } else {
            Err(CompanyError::Problems(broken))
        }
    }

    /// The folder; none where there is no company pack.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The pack for a language, such as `en` (or `en-GB`): the company's, else the one that the program carries.
    #[must_use]
    pub fn pack(&self, language: &str) -> Option<Arc<LanguagePack>> {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        self.packs.get(&primary).cloned().or_else(|| LanguagePack::bundled_shared(language))
    }
}

/// The languages that a folder has files for: `en.ron`, `en.txt`. Other files are left alone.
fn languages(folder: &Path) -> Result<Vec<String>, CompanyError> {
    let unreadable = |why: std::io::Error| CompanyError::Unreadable { file: folder.into(), why: why.to_string() };
    let mut languages = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let (Some(stem), Some(ending)) = (path.file_stem().and_then(|s| s.to_str()), path.extension()) else {
            continue;
        };
        if ending == "ron" || (ending == "txt" && LanguagePack::bundled_languages().any(|read| read == stem)) {
            languages.push(stem.to_owned());
        }
    }
    languages.sort_unstable();
    languages.dedup();
    Ok(languages)
}

/// The bytes of a file, and one more than `most` where it is larger; none where there is no such file.
fn read(file: &Path, most: usize) -> Result<Option<Vec<u8>>, CompanyError> {
    let unreadable = |why: String| CompanyError::Unreadable { file: file.into(), why };
    // Asked before opening: opening a pipe would wait for someone to write into it.
    match std::fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error.to_string())),
        Ok(metadata) if !metadata.is_file() => return Err(unreadable("it is no plain file".into())),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|opened| opened.take(most as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() > most && most == MOST_EXAMPLES {
        return Err(unreadable(format!("it is larger than {} MiB", MOST_EXAMPLES / 1024 / 1024)));
    }
    Ok(Some(bytes))
}

/// Adds text to the end of a file, wholly or not at all: a copy with the text takes the file's place. The folder is made where it is
/// missing.
///
/// # Errors
/// Where it cannot be written; the file is then as it was.
pub fn append(file: &Path, text: &str) -> Result<(), NotWritten> {
    let failed = |why: std::io::Error| NotWritten { file: file.into(), why: why.to_string() };
    let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut whole = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(failed(error)),
    };
    if whole.last().is_some_and(|last| *last != b'\n') {
        whole.push(b'\n');
    }
    whole.extend_from_slice(text.as_bytes());
    // Beside the file, so that taking its place is one step of the file system.
    let mut copy = file.as_os_str().to_os_string();
    copy.push(format!(".{}.new", std::process::id()));
    let copy = PathBuf::from(copy);
    let write = || -> std::io::Result<()> {
        let mut opened = std::fs::File::create(&copy)?;
        opened.write_all(&whole)?;
        if let Ok(before) = std::fs::metadata(file) {
            opened.set_permissions(before.permissions())?;
        }
        opened.sync_all()?;
        std::fs::rename(&copy, file)
    };
    write().map_err(|error| {
        let _ = std::fs::remove_file(&copy);
        failed(error)
    })
}
