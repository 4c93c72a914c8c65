//! Files: a folder as a dataset

use std::ffi::c_char;

use csc_measures_files::FolderReader;

use crate::arguments::{output, text};
use crate::builder::{csc_date_form, date_form};
use crate::dataset::csc_dataset;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::status::csc_status;

/// Reads a folder of CSV and Parquet files, one a table, named by its table (`cp_plans.csv`). Free the dataset
/// with `csc_dataset_free`.
///
/// `CSC_UNREADABLE` where the folder or a file cannot be read, `CSC_BAD_TABLE` where a required column is
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
