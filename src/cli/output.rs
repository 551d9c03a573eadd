//! Where a command's result goes: standard output, or a file that is there whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use super::failure::print;
use crate::locale::text_with;

/// The permissions that a new file has before the person's own mask.
#[cfg(unix)]
const OPEN_TO_ALL: u32 = 0o666;

/// Whether the file can be written without losing anything else; asked before any work is done.
///
/// # Errors
/// Where it is one of the inputs, is there and no plain file, or has no folder to stand in.
pub fn check_out(out: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
    let Ok(real) = out.canonicalize() else {
        return if folder_of(out).is_dir() {
            Ok(())
        } else {
            Err(Failure::not_there(text_with("score-no-folder", [("file", shown(out))])))
        };
    };
    if inputs.iter().any(|input| input.canonicalize().is_ok_and(|input| input == real)) {
        return Err(Failure::usage(text_with("score-out-is-input", [("file", shown(out))])));
    }
    // A folder cannot be replaced by a file, and a device must not be.
    if !real.is_file() {
        return Err(Failure::usage(text_with("score-out-no-file", [("file", shown(out))])));
    }
    Ok(())
}

/// Prints the bytes, or writes them to the file: into a new one beside it first, which then takes its place.
///
/// # Errors
/// Where it cannot be written; the file is then as it was.
pub fn deliver(bytes: &[u8], out: Option<&Path>) -> Result<(), Failure> {
    let Some(out) = out else {
        return print(&String::from_utf8_lossy(bytes));
    };
    replace(out, bytes).map_err(|error| {
        Failure::io(text_with("score-no-room", [("file", shown(out)), ("why", error.to_string().into())]))
    })
}

fn replace(out: &Path, bytes: &[u8]) -> io::Result<()> {
    // Where the name is a link, the file behind it is meant.
    let out = out.canonicalize().unwrap_or_else(|_| out.to_path_buf());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".calmline-");
    #[cfg(unix)]
    let permissions = {
        use std::os::unix::fs::PermissionsExt;
        std::fs::Permissions::from_mode(OPEN_TO_ALL)
    };
    #[cfg(unix)]
    builder.permissions(permissions);
    let mut file = builder.tempfile_in(folder_of(&out))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&out).map_err(|error| error.error)?;
    Ok(())
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn shown(path: &Path) -> fluent_templates::fluent_bundle::FluentValue<'static> {
    crate::diagnostic::quote::visible(&path.display().to_string()).into()
}
