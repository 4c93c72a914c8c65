//! What is in a folder: files that are tables, and what is not read.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use csc_measures::tables::Table;

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
    /// Why it is not read; if no table has the name, also the nearest that one has.
    pub reason: String,
    /// Whether it looks like a table that somebody meant to supply: a CSV or Parquet file, or a folder or a
    /// device of that name.
    pub looks_like_table: bool,
}
