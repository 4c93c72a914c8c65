//! The tables of one folder: what the program reads if it was built without returns.

use std::path::{Path, PathBuf};

use csc_measures::ColumnNames;
use csc_measures_files::{FolderReader, ReadError};
use serde::Serialize;

use super::data::Data;
use crate::args::Request;
use crate::progress::Progress;

/// A folder of tables, about which the program says nothing more.
#[derive(Default, Serialize)]
pub(crate) struct Sources {}

impl Sources {
    pub(super) fn read(
        request: &Request,
        names: &ColumnNames,
        paths: &[PathBuf],
        progress: &mut Progress,
    ) -> Result<Data<Self>, ReadError> {
        // The command line allows no more than one.
        let folder = paths.first().map(PathBuf::as_path).unwrap_or(Path::new(""));
        let mut reader = FolderReader::open(folder)?
            .dates(request.dates.clone())
            .unknown_columns(request.unknown_columns)
            .columns(names.clone())
            .memory_limit(request.memory_limit)
            .on_progress(|read| progress.show(read.file, read.bytes, read.total_bytes));
        if let Some(day) = request.extract_day {
            reader = reader.extract_day(day);
        }
        let dataset = reader.read()?;
        Ok(Data { dataset, sources: Self {}, ignored: reader.ignored().to_vec() })
    }

    pub(super) fn message(error: &ReadError) -> String {
        error.to_string()
    }

    pub(crate) const fn are_tables(&self) -> bool {
        true
    }

    pub(super) const fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    pub(crate) const fn entries(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
