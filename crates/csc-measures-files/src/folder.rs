//! Which files of a folder are tables.

use std::fs;
use std::path::Path;

use csc_measures::tables::Table;

use crate::ReadError;
use crate::entry::{FileFormat, IgnoredFile, TableFile};
#[cfg(feature = "returns")]
use crate::input;

/// A file as a table, if its name is one's.
#[cfg(feature = "returns")]
pub(crate) fn table_file(path: &Path) -> Result<Option<TableFile>, ReadError> {
    let name = input::name(path);
    let Some(format) = FileFormat::of_path(path) else { return Ok(None) };
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let Ok(table) = Table::by_name(&stem.to_ascii_lowercase()) else { return Ok(None) };
    let about = fs::metadata(path).map_err(|error| ReadError::File { file: name.clone(), error })?;
    let bytes = about.len();
    Ok(about.is_file().then(|| TableFile { table, path: path.to_owned(), name, format, bytes, rows: None }))
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
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let format = FileFormat::of_path(&path);
        let mut ignore = |reason: String| {
            ignored.push(IgnoredFile { name: name.clone(), reason, looks_like_table: format.is_some() });
        };
        if path.is_dir() {
            ignore("a folder".to_owned());
            continue;
        }
        let Some(format) = format else {
            ignore("neither CSV nor Parquet".to_owned());
            continue;
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        // Some systems do not tell capitals from small letters, and some programs write names in capitals.
        let table = match Table::by_name(&stem.to_ascii_lowercase()) {
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
        tables.push(TableFile { table, path, name, format, bytes: about.len(), rows: None });
    }
    tables.sort_by_key(|file| file.table);
    Ok((tables, ignored))
}
