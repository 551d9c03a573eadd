//! Where the store is kept when nobody says.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::{Result, StoreError};

/// The folder named by the caller; else by `CALMLINE_DATA`, unless empty; else the platform's own for a program's data.
pub fn data_folder(explicit: Option<&Path>) -> Result<PathBuf> {
    let platform = || directories::ProjectDirs::from("", "", "calmline").map(|dirs| dirs.data_dir().to_path_buf());
    choose(explicit, std::env::var_os("CALMLINE_DATA"), platform).ok_or(StoreError::NoFolder)
}

fn choose(
    explicit: Option<&Path>,
    variable: Option<OsString>,
    platform: impl FnOnce() -> Option<PathBuf>,
) -> Option<PathBuf> {
    explicit
        .map(Path::to_path_buf)
        .or_else(|| variable.filter(|value| !value.is_empty()).map(PathBuf::from))
        .or_else(platform)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_wish_wins() {
        let platform = || Some(PathBuf::from("platform"));
        assert_eq!(choose(Some(Path::new("said")), Some("variable".into()), platform), Some("said".into()));
        assert_eq!(choose(None, Some("variable".into()), platform), Some("variable".into()));
        assert_eq!(choose(None, Some("".into()), platform), Some("platform".into()));
        assert_eq!(choose(None, None, platform), Some("platform".into()));
        assert_eq!(choose(None, None, || None), None);
    }
}
