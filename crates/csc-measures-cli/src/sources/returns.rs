//! Tables and returns, one source or several.

use std::path::PathBuf;

use csc_measures::ColumnNames;
use csc_measures_files::{ReadError, Source, SourceKind, SourceReader};
use serde::Serialize;

use super::data::Data;
use crate::args::Request;
use crate::progress::Progress;

/// Which tables came from where.
#[derive(Default, Serialize)]
#[serde(transparent)]
pub(crate) struct Sources(Vec<Source>);

impl Sources {
    pub(super) fn read(
        request: &Request,
        names: &ColumnNames,
        paths: &[PathBuf],
        progress: &mut Progress,
    ) -> Result<Data<Self>, ReadError> {
        let mut reader = SourceReader::open(paths)?
            .dates(request.dates.clone())
            .unknown_columns(request.unknown_columns)
            .columns(names.clone())
            .memory_limit(request.memory_limit)
            .on_progress(|read| progress.show(read.file, read.bytes, read.total_bytes));
        for (table, source) in &request.choices {
            reader = reader.choose(*table, *source);
        }
        if let Some(day) = request.data_as_at {
            reader = reader.as_at(day);
        }
        if let Some(day) = request.extract_day {
            reader = reader.extract_day(day);
        }
        let dataset = reader.read()?;
        Ok(Data { dataset, sources: Self(reader.sources().to_vec()), ignored: reader.ignored().to_vec() })
    }

    /// What is wrong, with how to say which source is meant.
    pub(super) fn message(error: &ReadError) -> String {
        match error {
            ReadError::TableInSources { table, sources } => {
                let choices: Vec<String> =
                    sources.iter().map(|source| format!("--choose {table}={source}")).collect();
                format!("{error}: {}", choices.join(" or "))
            }
            _ => error.to_string(),
        }
    }

    /// Whether there are only tables: the plain case, in which there is nothing to report.
    pub(crate) fn are_tables(&self) -> bool {
        self.0.iter().all(|source| source.kind == SourceKind::Tables)
    }

    /// Each return that was found, in a line, with what is to be told of its years.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for source in self.0.iter().filter(|source| source.kind != SourceKind::Tables) {
            let as_at = source.as_at.map(|day| format!(" as at {day}")).unwrap_or_default();
            let years = years(source).map(|years| format!(" of {years}")).unwrap_or_default();
            let (title, files) = (source.kind.title(), source.files.join(", "));
            notes.push(format!("found {title}{years}{as_at} ({files}): {}", tables(source)));
            notes.extend(source.warnings.iter().map(|warning| format!("{title}: {}", warning.message())));
        }
        notes
    }

    /// The name of each source, and the tables that were taken from it; none if there are only tables.
    pub(crate) fn entries(&self) -> Vec<(&'static str, String)> {
        if self.are_tables() {
            return Vec::new();
        }
        let entry = |source: &Source| {
            let as_at = source.as_at.map(|day| format!("as at {day}: ")).unwrap_or_default();
            let years = years(source).map(|years| format!("{years}: ")).unwrap_or_default();
            let files = source.files.join(", ");
            (source.kind.as_str(), format!("{as_at}{years}{}, of {files}", tables(source)))
        };
        self.0.iter().map(entry).collect()
    }
}

/// The years of a return, each by the calendar year in which it ends.
fn years(source: &Source) -> Option<String> {
    let years: Vec<String> = source.years.iter().map(i32::to_string).collect();
    match years.as_slice() {
        [] => None,
        [year] => Some(format!("the year to March {year}")),
        _ => Some(format!("the years to March {}", years.join(", "))),
    }
}

fn tables(source: &Source) -> String {
    let names: Vec<&str> = source.tables.iter().map(|table| table.name()).collect();
    if names.is_empty() { "no table".to_owned() } else { names.join(", ") }
}
