//! The data: the tables of a folder and, with the feature `returns`, returns beside them.

mod data;
#[cfg(not(feature = "returns"))]
mod folder;
#[cfg(feature = "returns")]
mod returns;

use std::path::PathBuf;

use csc_measures::{ColumnNames, ColumnReport, Dataset, UnknownColumns};
use csc_measures_files::ReadError;

use crate::args::{Ask, Format, Request};
use crate::notes;
use crate::progress::Progress;
use crate::stop::Stop;

pub(crate) use data::Data;
#[cfg(not(feature = "returns"))]
pub(crate) use folder::Sources;
#[cfg(feature = "returns")]
pub(crate) use returns::Sources;

/// Reads what the data are asked for, and says what is left out.
///
/// # Errors
/// Data that cannot be read.
pub(crate) fn read(request: &Request, names: &ColumnNames, paths: &[PathBuf]) -> Result<Data<Sources>, Stop> {
    let mut told = Vec::new();
    let mut progress = Progress::new(request.is_quiet);
    let read = Sources::read(request, names, paths, &mut progress);
    // Before any other line: it should not begin at the end of a bar.
    progress.clear();
    let data = match read {
        Ok(data) => data,
        // Every measure is then `not_supplied`, which is an answer; but hardly the one that was hoped for.
        Err(ReadError::NoTable { path, ignored }) if paths.len() == 1 && path.is_dir() => {
            told.push(ReadError::NoTable { path, ignored: ignored.clone() }.to_string());
            Data { dataset: Dataset::builder().build(), sources: Sources::default(), ignored }
        }
        Err(error) => return Err(Stop::unusable(Sources::message(&error))),
    };
    told.extend(data.sources.notes());
    // The table lists it in its footer.
    let is_listed = request.format == Format::Table && matches!(request.ask, Ask::Months { .. });
    for file in data.ignored.iter().filter(|file| file.looks_like_table && !is_listed) {
        told.push(format!("`{}` is not read: {}", file.name, file.reason));
    }
    if request.unknown_columns == UnknownColumns::Warn {
        told.extend(data.dataset.columns().iter().filter_map(ColumnReport::near_miss));
    }
    told.extend(data.dataset.notices());
    for note in &told {
        notes::write(request, note);
    }
    Ok(data)
}
