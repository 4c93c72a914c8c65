//! A file that is written as a whole: if the work fails, the file that was there stays as it was.

use std::fs;
use std::io;
use std::path::Path;

use crate::stop::Stop;

/// Writes the file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    fs::write(path, bytes).map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => error.to_string(),
        };
        Stop::unusable(format!("cannot write `{}`: {reason}", path.display()))
    })
}
