//! Datasets: what was taken in

use std::ffi::c_char;

use csc_measures::Dataset;
use csc_measures_arrow::interface::ArrowArrayStream;
use csc_measures_arrow::{columns_batch, issues_batch, tables_batch};

use crate::arguments::{given, output};
use crate::arrow::write_stream;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::quiet::quietly;
use crate::status::csc_status;
use crate::text::write_json;

/// The checked data of an authority, or of one child. It never changes: any number of threads may ask a
/// `const csc_dataset *` at once.
///
/// What is made from it (a scorecard, a day's view) shares its data, and may outlive it.
pub struct csc_dataset(pub(crate) Dataset);

impl csc_dataset {
    pub(crate) fn into_raw(dataset: Dataset) -> *mut Self {
        Box::into_raw(Box::new(Self(dataset)))
    }
}

/// Frees a dataset. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_free(dataset: *mut csc_dataset) {
    quietly(|| {
        if !dataset.is_null() {
            // SAFETY: by the conventions of the header it came from a call that made one, and is freed once.
            drop(unsafe { Box::from_raw(dataset) });
        }
    });
}

/// The number of persons that the tables name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_person_count(
    dataset: *const csc_dataset,
    persons: *mut usize,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, persons) = unsafe { (given(dataset, "dataset")?, output(persons, "persons")?) };
        persons.write(dataset.0.person_count());
        Ok(())
    })
}

/// The issues of the data as a JSON list of `{"table", "row", "record", "code", "message"}`, by table and row;
/// row 1 is the first. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_issues_json(
    dataset: *const csc_dataset,
    issues_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, output) = unsafe { (given(dataset, "dataset")?, output(issues_json, "issues_json")?) };
        write_json(output, &dataset.0.issues())
    })
}

/// The issues of the data as an Arrow stream of one batch. Release the stream when it is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_issues_arrow(
    dataset: *const csc_dataset,
    issues: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, output) = unsafe { (given(dataset, "dataset")?, output(issues, "issues")?) };
        write_stream(output, issues_batch(dataset.0.issues()))
    })
}

/// The tables that were supplied, as a JSON list of `{"table", "rows", "used"}`: rows in, and those of them
/// that are used. The difference has issues. A table that was made from a return also has `source`, and `as_at` if
/// it shows only how things stood on a day. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_tables_json(
    dataset: *const csc_dataset,
    tables_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, output) = unsafe { (given(dataset, "dataset")?, output(tables_json, "tables_json")?) };
        write_json(output, &dataset.0.tables())
    })
}

/// The tables that were supplied as an Arrow stream of one batch. Release the stream when it is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_tables_arrow(
    dataset: *const csc_dataset,
    tables: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, output) = unsafe { (given(dataset, "dataset")?, output(tables, "tables")?) };
        write_stream(output, tables_batch(&dataset.0.tables()))
    })
}

/// Every column of the tables that were supplied, as a JSON list of `{"table", "column", "given_as", "state", "rows",
/// "nulls", "not_understood", "nearest"}`. `state` is `read`; `absent`, of a column that the table has and that was
/// not supplied; or `unknown`, of one that was supplied and that the table does not have. `nearest` is, of an unknown
/// column, the absent one that has nearly its name, and the other way round. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_columns_json(
    dataset: *const csc_dataset,
    columns_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, output) =
            unsafe { (given(dataset, "dataset")?, output(columns_json, "columns_json")?) };
        write_json(output, &dataset.0.columns())
    })
}

/// Every column of the tables that were supplied as an Arrow stream of one batch. Release the stream when it is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_columns_arrow(
    dataset: *const csc_dataset,
    columns: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, output) = unsafe { (given(dataset, "dataset")?, output(columns, "columns")?) };
        write_stream(output, columns_batch(&dataset.0.columns()))
    })
}
