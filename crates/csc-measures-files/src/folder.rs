//! Which files of a folder are tables.

use std::fs;
use std::path::Path;

use csc_measures::tables::Table;
use csc_measures::visible;

use crate::ReadError;
use crate::entry::{FileFormat, IgnoredFile, TableFile};
#[cfg(feature = "returns")]
use crate::input;
use crate::unreadable;

/// A file as a table, if its name is one's.
#[cfg(feature = "returns")]
pub(crate) fn table_file(path: &Path) -> Result<Option<TableFile>, ReadError> {
    let name = input::name(path);
    let Some((given, format)) = FileFormat::split(path) else { return Ok(None) };
    let Ok(table) = Table::by_name(&given) else { return Ok(None) };
    let about = fs::metadata(path).map_err(|error| ReadError::File { file: name.clone(), error })?;
    let bytes = about.len();
    let path = path.to_owned();
    Ok(about.is_file().then_some(TableFile { table, path, name, given, format, bytes, rows: None }))
}

/// What is in the folder: the tables in their own order, and the rest by name.
pub(crate) fn list(path: &Path) -> Result<(Vec<TableFile>, Vec<IgnoredFile>), ReadError> {
    let failed = |error| ReadError::folder(path, error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort_unstable();

    let mut tables: Vec<TableFile> = Vec::new();
    let mut ignored = Vec::new();
    for path in paths {
        let name = visible(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned();
        let split = FileFormat::split(&path);
        let looks_like_table = split.is_some();
        let mut ignore = |reason: String| {
            ignored.push(IgnoredFile { name: name.clone(), reason, looks_like_table });
        };
        if path.is_dir() {
            ignore("a folder".to_owned());
            continue;
        }
        let Some((given, format)) = split else {
            if let Some(error) = unreadable::refusal(&path) {
                return Err(error);
            }
            ignore("neither CSV nor Parquet".to_owned());
            continue;
        };
        let table = match Table::by_name(&given) {
            Ok(table) => table,
            Err(unknown) => {
                ignore(unknown.to_string());
                continue;
            }
        };
        let about = fs::metadata(&path).map_err(|error| ReadError::File { file: name.clone(), error })?;
        if !about.is_file() {
            // A pipe or a device may have no end.
            ignore("neither a file nor a folder".to_owned());
            continue;
        }
        if let Some(first) = tables.iter().find(|file| file.table == table) {
            return Err(ReadError::TableTwice { table, first: first.name.clone(), second: name });
        }
        tables.push(TableFile { table, path, name, given, format, bytes: about.len(), rows: None });
    }
    tables.sort_by_key(|file| file.table);
    Ok((tables, ignored))
}
