//! Which files of a folder are tables.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use csc_measures::tables::Table;

use crate::ReadError;
#[cfg(feature = "returns")]
use crate::input;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileFormat {
    /// Comma-separated values.
    Csv,
    /// Apache Parquet.
    Parquet,
}

impl FileFormat {
    /// `CSV` or `Parquet`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Parquet => "Parquet",
        }
    }

    /// By the end of a file's name.
    pub(crate) fn of_path(path: &Path) -> Option<Self> {
        path.extension().and_then(Self::of)
    }

    fn of(extension: &OsStr) -> Option<Self> {
        if extension.eq_ignore_ascii_case("csv") {
            Some(Self::Csv)
        } else if extension.eq_ignore_ascii_case("parquet") {
            Some(Self::Parquet)
        } else {
            None
        }
    }
}

/// A file that is a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableFile {
    /// The table.
    pub table: Table,
    /// Where it is.
    pub path: PathBuf,
    /// The file's name.
    pub name: String,
    /// How it is written.
    pub format: FileFormat,
    /// Its size.
    pub bytes: u64,
    /// The rows that were read; `None` before.
    pub rows: Option<u64>,
}

/// Something in the folder that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IgnoredFile {
    /// Its name.
    pub name: String,
    /// Why it is not read; of a name that is no table's also the nearest that is.
    pub reason: String,
    /// Whether it looks like a table that somebody meant to supply: a CSV or Parquet file, or a folder or a
    /// device of that name.
    pub looks_like_table: bool,
}

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
