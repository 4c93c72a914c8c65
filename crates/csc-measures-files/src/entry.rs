//! What is in a folder: files that are tables, and what is not read.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use csc_measures::tables::Table;

use crate::opened::is_packed;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileFormat {
    /// Values separated by commas, semicolons or tabs, perhaps packed by gzip.
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
    #[cfg(feature = "returns")]
    pub(crate) fn of_path(path: &Path) -> Option<Self> {
        Self::split(path).map(|(_, format)| format)
    }

    /// The name of a file without its ends, and the format that they say.
    pub(crate) fn split(path: &Path) -> Option<(String, Self)> {
        let stem = path.file_stem()?;
        if is_packed(path) {
            let unpacked = Path::new(stem);
            let format = unpacked.extension().and_then(Self::of).filter(|format| *format == Self::Csv)?;
            return Some((unpacked.file_stem()?.to_string_lossy().into_owned(), format));
        }
        let format = path.extension().and_then(Self::of)?;
        Some((stem.to_string_lossy().into_owned(), format))
    }

    fn of(extension: &OsStr) -> Option<Self> {
        if ["csv", "tsv"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
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
    /// The name of the table, as the file has it.
    pub given: String,
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
