//! Why a folder cannot be read.

use std::io;
use std::path::{Path, PathBuf};

use csc_measures::tables::Table;
use csc_measures::{DatasetError, ErrorKind, visible};

use crate::IgnoredFile;
#[cfg(feature = "returns")]
use crate::SourceKind;

/// Why a folder cannot be read. Each names the file, and none repeats what stands in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The folder is not there, is a file, or may not be listed.
    #[error("cannot read folder `{}`: {}", folder(.path), reason(.error))]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A folder in which no file is a table, nor part of a return.
    #[error(
        "no table was found in `{}`: {}expected files with names such as `persons.csv`, `cp_plans.parquet` or \
         `ssd_cp_plans.csv`",
        folder(.path),
        instead(.ignored)
    )]
    NoTable {
        /// The folder.
        path: PathBuf,
        /// What is there in place of tables, by name.
        ignored: Vec<IgnoredFile>,
    },
    /// Neither a file nor a folder was given.
    #[cfg(feature = "returns")]
    #[error("no file or folder is given to read")]
    NothingGiven,
    /// A file that was given twice, by itself or in a folder.
    #[cfg(feature = "returns")]
    #[error("`{}` is given twice; give each file once, by itself or in its folder", folder(.path))]
    GivenTwice {
        /// The file, as it was given the second time.
        path: PathBuf,
    },
    /// A day that was given for a workbook of Annex A, although there is none.
    #[cfg(feature = "returns")]
    #[error("a day is given, but no Annex A workbook to read as at that day")]
    NoWorkbook,
    /// A table that several sources have, of which none is chosen.
    #[cfg(feature = "returns")]
    #[error(
        "table `{table}` is in {}; choose the one to take it from",
        listed(.sources)
    )]
    TableInSources {
        /// The table.
        table: Table,
        /// The sources.
        sources: Vec<SourceKind>,
    },
    /// A source that was chosen for a table and does not have it.
    #[cfg(feature = "returns")]
    #[error("table `{table}` cannot be taken from {source_kind}, which does not have it")]
    NotInSource {
        /// The table.
        table: Table,
        /// The source.
        source_kind: SourceKind,
    },
    /// A file that looks like data and is in a form that is not read.
    #[error(
        "`{file}` {looks_like} and is not in a form that is read: save it as {save_as}, or take it out of the folder"
    )]
    UnreadForm {
        /// The file's name.
        file: String,
        /// What looks like it: `has the name of table ...`.
        looks_like: String,
        /// The form to save it in.
        save_as: String,
    },
    /// A file that cannot be opened or read.
    #[error("cannot read `{file}`: {}", reason(.error))]
    File {
        /// The file's name.
        file: String,
        /// What the system says.
        error: io::Error,
    },
    /// Two files for one table: by both of its names, or as CSV and as Parquet.
    #[error("table `{table}` is supplied twice: by `{first}` and by `{second}`")]
    TableTwice {
        /// The table.
        table: Table,
        /// One file's name.
        first: String,
        /// The other's.
        second: String,
    },
    /// A CSV file without a header: it is empty, or has nothing but blank lines.
    #[error("`{file}` is empty: it has no header")]
    NoHeader {
        /// The file's name.
        file: String,
    },
    /// A text file in UTF-16.
    #[error("`{file}` is written in UTF-16; save it as CSV in UTF-8")]
    Utf16 {
        /// The file's name.
        file: String,
    },
    /// A CSV row that is longer than any row of the tables can be, such as one with a quote too many.
    #[error("`{file}`, {}: the value is too long; check for a stray quote", place(.row, .column.as_deref()))]
    TooLong {
        /// The file's name.
        file: String,
        /// The row, 1 = the first data row; 0 = the header.
        row: u64,
        /// The column, if the row got that far within the header.
        column: Option<String>,
    },
    /// A CSV file that ends within quotes, so that what follows the quote was not read as rows.
    #[error("`{file}`, line {line}: a quote is opened and never closed")]
    OpenQuote {
        /// The file's name.
        file: String,
        /// The line of the quote, 1 = the first line of the file.
        line: u64,
    },
    /// A value in quotes over more lines than any value has, as behind a quote too many.
    #[error(
        "`{file}`, line {line}: a quote is opened and not closed within 1,000 lines; check for a stray quote"
    )]
    LongQuote {
        /// The file's name.
        file: String,
        /// The line of the quote, 1 = the first line of the file.
        line: u64,
    },
    /// A CSV file in whose header text follows a quote that was closed, so that nobody knows its columns.
    #[error("`{file}`, header: text follows a closing quote; check for a stray quote")]
    StrayHeader {
        /// The file's name.
        file: String,
    },
    /// A file that is not a Parquet file, or a damaged one.
    #[error("cannot read `{file}` as Parquet: {message}")]
    Parquet {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        message: String,
    },
    /// A Parquet column of a type that no column of a table can have, such as a list.
    #[cfg(feature = "parquet")]
    #[error("`{file}`: column `{column}`: values of type {type_name} are not single values")]
    Column {
        /// The file's name.
        file: String,
        /// The column.
        column: String,
        /// `List`, `Map` or `Struct`.
        type_name: &'static str,
    },
    /// A file that is not XML, or not of a return.
    #[cfg(feature = "returns")]
    #[error("`{file}`: {message}")]
    Xml {
        /// The file's name.
        file: String,
        /// What is wrong with it, and where.
        message: String,
    },
    /// A file that is not an Excel workbook, or not one of lists.
    #[cfg(feature = "returns")]
    #[error("`{file}`: {message}")]
    Workbook {
        /// The file's name.
        file: String,
        /// What is wrong with it, and where.
        message: String,
    },
    /// A text that is not JSON, or not of rows.
    #[error("`{file}`: {message}")]
    Json {
        /// The table, by the name given.
        file: String,
        /// What is wrong with it, and where.
        message: String,
    },
    /// A return that takes more memory than [it may](crate::SourceReader::memory_limit).
    #[cfg(feature = "returns")]
    #[error(
        "`{file}`: with it what is read takes more than {limit} bytes of memory; raise `memory_limit` or read less"
    )]
    MemoryLimit {
        /// The file's name.
        file: String,
        /// What may be held.
        limit: u64,
    },
    /// A table whose columns the caller [gave names to](csc_measures::ColumnNames) and that is in no file.
    #[error("{error}")]
    Names {
        /// What is wrong.
        error: DatasetError,
    },
    /// A table that cannot be taken: without a required column, or with a column twice.
    #[error("`{file}`: {error}")]
    Table {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        error: DatasetError,
    },
}

/// A folder as it is shown.
fn folder(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

/// What the system says of a file, in one line and without its error number if the kind tells all.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// The first thing in the folder that looks like a table and is not one.
fn instead(ignored: &[IgnoredFile]) -> String {
    match ignored.iter().find(|file| file.looks_like_table) {
        Some(file) => format!("`{}` is not read ({}); ", file.name, file.reason),
        None => String::new(),
    }
}

#[cfg(feature = "returns")]
fn listed(sources: &[SourceKind]) -> String {
    let names: Vec<&str> = sources.iter().map(|kind| kind.as_str()).collect();
    match names.as_slice() {
        [one, other] => format!("two sources: {one} and {other}"),
        _ => format!("several sources: {}", names.join(", ")),
    }
}

fn place(row: &u64, column: Option<&str>) -> String {
    let row = if *row == 0 { "header".to_owned() } else { format!("row {row}") };
    column.map_or_else(|| row.clone(), |column| format!("{row}, column `{column}`"))
}

impl ReadError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Table { error, .. } | Self::Names { error } => error.kind(),
            Self::NoHeader { .. } | Self::TableTwice { .. } => ErrorKind::BadTable,
            #[cfg(feature = "returns")]
            Self::TableInSources { .. } | Self::NotInSource { .. } => ErrorKind::BadTable,
            #[cfg(feature = "returns")]
            Self::NoWorkbook | Self::GivenTwice { .. } => ErrorKind::BadValue,
            #[cfg(feature = "returns")]
            Self::NothingGiven | Self::MemoryLimit { .. } | Self::Xml { .. } | Self::Workbook { .. } => {
                ErrorKind::Unreadable
            }
            #[cfg(feature = "parquet")]
            Self::Column { .. } => ErrorKind::BadTable,
            Self::Folder { .. }
            | Self::NoTable { .. }
            | Self::File { .. }
            | Self::UnreadForm { .. }
            | Self::Utf16 { .. }
            | Self::TooLong { .. }
            | Self::OpenQuote { .. }
            | Self::LongQuote { .. }
            | Self::StrayHeader { .. }
            | Self::Parquet { .. }
            | Self::Json { .. } => ErrorKind::Unreadable,
        }
    }

    pub(crate) fn folder(path: &Path, error: io::Error) -> Self {
        Self::Folder { path: path.to_owned(), error }
    }
}
