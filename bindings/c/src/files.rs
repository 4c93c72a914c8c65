//! Files: folders of tables and returns as a dataset

use std::ffi::c_char;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use csc_measures::tables::Table;
use csc_measures::{ColumnNames, Dates, UnknownColumns};
use csc_measures_files::{FolderReader, SourceKind, SourceReader};
use serde::Deserialize;

use crate::arguments::{output, parse, text};
use crate::builder::{csc_date_form, date_form};
use crate::dataset::csc_dataset;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::status::{CSC_BAD_VALUE, Failure, csc_status};

/// Reads a folder of CSV and Parquet files, one a table, named by its table (`cp_plans.csv`). Free the dataset
/// with `csc_dataset_free`.
///
/// `CSC_UNREADABLE` if the folder or a file cannot be read, `CSC_BAD_TABLE` if a required column is
/// missing or a table is there twice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_read_folder(
    path: *const c_char,
    dates: csc_date_form,
    dataset: *mut *mut csc_dataset,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (path, dataset) = unsafe { (text(path, "path")?, output(dataset, "dataset")?) };
        let mut folder = FolderReader::open(path)?.date_form(date_form(dates)?);
        dataset.write(csc_dataset::into_raw(folder.read()?));
        Ok(())
    })
}

/// What `csc_dataset_read` is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    paths: Vec<String>,
    #[serde(default)]
    dates: Dates,
    #[serde(default)]
    choose: BTreeMap<String, String>,
    as_at: Option<NaiveDate>,
    extract_day: Option<NaiveDate>,
    #[serde(default)]
    unknown_columns: UnknownColumns,
    #[serde(default)]
    columns: ColumnNames,
    memory_limit: Option<u64>,
}

impl Sources {
    fn reader(&self) -> Result<SourceReader<'static>, Failure> {
        let mut reader = SourceReader::open(&self.paths)?
            .dates(self.dates.clone())
            .unknown_columns(self.unknown_columns)
            .columns(self.columns.clone());
        for (table, source) in &self.choose {
            let source: SourceKind = source
                .parse()
                .map_err(|error| Failure::new(CSC_BAD_VALUE, format!("`sources_json`: `choose`: {error}")))?;
            reader = reader.choose(Table::by_name(table)?, source);
        }
        if let Some(day) = self.extract_day {
            reader = reader.extract_day(day);
        }
        if let Some(bytes) = self.memory_limit {
            reader = reader.memory_limit(bytes);
        }
        Ok(match self.as_at {
            Some(day) => reader.as_at(day),
            None => reader,
        })
    }
}

/// Reads tables and returns as councils send them: SSDA903 (CSV), the children in need census (XML), Annex A
/// (Excel), the children's social care API (JSON), the social work workforce census (XML), from files and folders.
/// Free the dataset with `csc_dataset_free`.
///
/// `sources_json` is an object of `paths`, a list; and optionally `dates`, `"uk"` for tables with dates
/// as 31/03/2017, or by table (`{"cp_visits": "uk", "*": "iso"}`); `choose`, for each table that several sources have the one that it is taken from
/// (`{"persons": "cin_census"}`); `as_at`, the day of an Annex A workbook; `extract_day`, that on which tables of the Standard Safeguarding Dataset
/// were extracted; `columns`, the columns that have other
/// names than the library's (`{"cp_plans": {"PersonID": "person_id"}}`); `unknown_columns`, `"error"` to refuse a
/// table with columns that it does not know; `memory_limit`, the bytes of memory that what is read may be held in, about
/// 4 GiB unless told. `csc_dataset_tables_json` says which source each table came from.
///
/// `CSC_UNREADABLE` if a file or folder cannot be read, `CSC_BAD_TABLE` if a required column is missing or a
/// table is there twice and none is chosen.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_read(
    sources_json: *const c_char,
    dataset: *mut *mut csc_dataset,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (sources, dataset) =
            unsafe { (text(sources_json, "sources_json")?, output(dataset, "dataset")?) };
        let sources: Sources = parse(sources, "sources_json")?;
        dataset.write(csc_dataset::into_raw(sources.reader()?.read()?));
        Ok(())
    })
}
