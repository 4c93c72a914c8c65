//! From a folder to a dataset.

use std::fmt;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use csc_measures::tables::Table;
use csc_measures::{ColumnNames, Dataset, DatasetBuilder, DateForm, Dates, UnknownColumns};
use csc_measures_zones::london_day;

use crate::entry::{FileFormat, IgnoredFile, TableFile};
use crate::folder;
use crate::memory::MEMORY_LIMIT;
use crate::opened::changed;
#[cfg(feature = "parquet")]
use crate::parquet_file;
use crate::{ReadError, csv_file};

/// Rows that are handed over at a time: enough to make the hand-over cheap, few enough to stay in the cache.
pub(crate) const CHUNK_ROWS: NonZeroUsize = match NonZeroUsize::new(8192) {
    Some(rows) => rows,
    None => NonZeroUsize::MIN,
};

/// Reads the tables of a folder, dates written `YYYY-MM-DD`.
///
/// # Errors
/// A folder or file that cannot be read, a folder without any table, a table that is there twice, a table
/// without a required column; see [`ReadError`].
pub fn read_folder(path: impl AsRef<Path>) -> Result<Dataset, ReadError> {
    FolderReader::open(path)?.read()
}

/// How far the reading of a folder has come.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// The file that is being read.
    pub file: &'a str,
    /// Its table; `None` of a file of a return, which several tables are made of.
    pub table: Option<Table>,
    /// The rows of the table that were read.
    pub rows: u64,
    /// The bytes of all files that were read; of a Parquet file in proportion to its rows.
    pub bytes: u64,
    /// The bytes of all files.
    pub total_bytes: u64,
}

/// Who wants to know how far it is.
pub(crate) type Watcher<'p> = Box<dyn FnMut(&Progress<'_>) + 'p>;

/// Reads a folder, and lists what is in it.
///
/// # Examples
///
/// ## A misspelt file name
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// use csc_measures::DateForm;
/// use csc_measures_files::FolderReader;
///
/// std::fs::write(folder.join("persons.csv"), "person_id,date_of_birth\nP1,24/01/2005\n")?;
/// std::fs::write(folder.join("cp_plan.csv"), "")?;
///
/// let mut reader = FolderReader::open(folder)?.date_form(DateForm::Uk);
/// // a misspelt file is not read, and the reason says why the plans are missing
/// assert_eq!(reader.ignored()[0].reason, "unknown table `cp_plan`, did you mean `cp_plans`?");
///
/// let dataset = reader.read()?;
/// assert!(dataset.issues().is_empty());
/// assert_eq!(reader.files()[0].rows, Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct FolderReader<'p> {
    path: PathBuf,
    dates: Dates,
    unknown_columns: UnknownColumns,
    names: ColumnNames,
    extract_day: Option<NaiveDate>,
    chunk_rows: NonZeroUsize,
    memory_limit: u64,
    files: Vec<TableFile>,
    ignored: Vec<IgnoredFile>,
    watcher: Option<Watcher<'p>>,
}

impl<'p> FolderReader<'p> {
    /// Lists the folder. No file is opened yet.
    ///
    /// # Errors
    /// A folder that cannot be listed, and a table that is there twice.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ReadError> {
        let (files, ignored) = folder::list(path.as_ref())?;
        Ok(Self {
            path: path.as_ref().to_owned(),
            dates: Dates::default(),
            unknown_columns: UnknownColumns::default(),
            names: ColumnNames::default(),
            extract_day: None,
            chunk_rows: CHUNK_ROWS,
            memory_limit: MEMORY_LIMIT,
            files,
            ignored,
            watcher: None,
        })
    }

    /// How dates are written in the text columns of all files; `YYYY-MM-DD` unless told.
    #[must_use]
    pub fn date_form(self, form: DateForm) -> Self {
        self.dates(form.into())
    }

    /// How dates are written in the text columns of the files, table by table.
    #[must_use]
    pub fn dates(mut self, dates: Dates) -> Self {
        self.dates = dates;
        self
    }

    /// What becomes of the columns that a table does not know; they are passed over unless told. Whoever reads the
    /// data learns of those that [nearly have the name](csc_measures::ColumnReport::near_miss) of an absent one.
    #[must_use]
    pub fn unknown_columns(mut self, unknown_columns: UnknownColumns) -> Self {
        self.unknown_columns = unknown_columns;
        self
    }

    /// The columns that tables call otherwise than the library does.
    #[must_use]
    pub fn columns(mut self, names: ColumnNames) -> Self {
        self.names = names;
        self
    }

    /// The day on which tables of the Standard Safeguarding Dataset were extracted; unless told, the
    /// [latest on which anything was recorded](csc_measures::DatasetBuilder::extract_day).
    #[must_use]
    pub fn extract_day(mut self, day: NaiveDate) -> Self {
        self.extract_day = Some(day);
        self
    }

    /// How many rows are read at a time; 8,192 unless told. What is read does not depend on it.
    #[must_use]
    pub fn chunk_rows(mut self, rows: NonZeroUsize) -> Self {
        self.chunk_rows = rows;
        self
    }

    /// How many bytes of memory what is read may be held in, about; 4 GiB unless told. More is an error that names the
    /// file with which it is too much.
    #[must_use]
    pub fn memory_limit(mut self, bytes: u64) -> Self {
        self.memory_limit = bytes;
        self
    }

    /// Whom to tell, after each chunk, how far the reading has come.
    #[must_use]
    pub fn on_progress(mut self, watcher: impl FnMut(&Progress<'_>) + 'p) -> Self {
        self.watcher = Some(Box::new(watcher));
        self
    }

    /// The files that are tables, in the order of the tables.
    #[must_use]
    pub fn files(&self) -> &[TableFile] {
        &self.files
    }

    /// Everything else in the folder, by name: other files, misspelt ones among them, and folders.
    #[must_use]
    pub fn ignored(&self) -> &[IgnoredFile] {
        &self.ignored
    }

    /// Reads the files.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read(&mut self) -> Result<Dataset, ReadError> {
        if self.files.is_empty() {
            return Err(ReadError::NoTable { path: self.path.clone(), ignored: self.ignored.clone() });
        }
        let total_bytes = self.files.iter().map(|file| file.bytes).sum();
        let mut builder = Dataset::builder();
        builder.dates(self.dates.clone()).unknown_columns(self.unknown_columns).columns(self.names.clone());
        builder.memory_limit(self.memory_limit);
        if let Some(day) = self.extract_day {
            builder.extract_day(day);
        }
        let (mut bytes_before, mut current) = (0, None);
        read_files(&mut self.files, self.chunk_rows, &mut builder, &mut |file, rows, bytes| {
            if let Some(watcher) = &mut self.watcher {
                let (_, read) = current.take_if(|(table, _)| *table != file.table).unwrap_or((file.table, 0));
                bytes_before += read;
                current = Some((file.table, bytes));
                let (file, table) = (&file.name[..], Some(file.table));
                watcher(&Progress { file, table, rows, bytes: bytes_before + bytes, total_bytes });
            }
        })?;
        builder.check_names().map_err(|error| ReadError::Names { error })?;
        Ok(builder.build())
    }
}

/// Is called with a file and how many of its rows and bytes were read.
pub(crate) type Tell<'t> = dyn FnMut(&TableFile, u64, u64) + 't;

/// Reads files of tables.
pub(crate) fn read_files(
    files: &mut [TableFile],
    chunk_rows: NonZeroUsize,
    builder: &mut DatasetBuilder,
    tell: &mut Tell<'_>,
) -> Result<(), ReadError> {
    builder.london(london_day);
    for file in files {
        let mut rows_read = 0;
        let mut tell = |rows: u64, bytes: u64| {
            rows_read = rows;
            tell(file, rows, bytes.min(file.bytes));
        };
        match file.format {
            FileFormat::Csv => csv_file::read(file, chunk_rows, builder, &mut tell)?,
            #[cfg(feature = "parquet")]
            FileFormat::Parquet => parquet_file::read(file, chunk_rows, builder, &mut tell)?,
            #[cfg(not(feature = "parquet"))]
            FileFormat::Parquet => {
                let message = "this build of the library does not read Parquet".to_owned();
                return Err(ReadError::Parquet { file: file.name.clone(), message });
            }
        }
        check_length(file)?;
        file.rows = Some(rows_read);
    }
    Ok(())
}

/// Checks that a file that was read has the length that it had when it was found: what was written meanwhile may have been
/// read by half.
fn check_length(file: &TableFile) -> Result<(), ReadError> {
    let failed = |error| ReadError::File { file: file.name.clone(), error };
    match fs::metadata(&file.path).map_err(failed)?.len() {
        bytes if bytes == file.bytes => Ok(()),
        _ => Err(failed(changed(file.bytes))),
    }
}

impl fmt::Debug for FolderReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FolderReader")
            .field("path", &self.path)
            .field("dates", &self.dates)
            .field("unknown_columns", &self.unknown_columns)
            .field("extract_day", &self.extract_day)
            .field("names", &self.names)
            .field("chunk_rows", &self.chunk_rows)
            .field("memory_limit", &self.memory_limit)
            .field("files", &self.files)
            .field("ignored", &self.ignored)
            .finish_non_exhaustive()
    }
}
