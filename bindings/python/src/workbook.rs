//! Workbooks of Excel: as bytes, or as a file.

use csc_measures::ErrorKind;
use csc_measures_workbook::{WorkbookError, WorkbookOptions};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::error::{Failure, raise};
use crate::work::patiently;

/// Makes a workbook, and writes it if there is a path; without, it is given back.
pub(crate) fn write<'py>(
    py: Python<'py>,
    path: Option<&Bound<'py, PyAny>>,
    book: impl FnOnce() -> Result<Vec<u8>, WorkbookError> + Send + 'static,
) -> PyResult<Option<Bound<'py, PyBytes>>> {
    let bytes = patiently(py, move || Ok(book()?))?;
    let bytes = PyBytes::new(py, &bytes);
    match path {
        None => Ok(Some(bytes)),
        Some(path) => {
            // As Python writes, so that its errors name the file.
            let file = py.import("pathlib")?.getattr("Path")?.call1((path,))?;
            file.call_method1("write_bytes", (bytes,))?;
            Ok(None)
        }
    }
}

/// What a workbook says besides the figures, and what is left out.
pub(crate) fn options(authority: Option<String>, lists: bool) -> WorkbookOptions {
    let mut options = WorkbookOptions::default();
    options.authority = authority;
    options.lists = lists;
    options
}

impl From<WorkbookError> for Failure {
    fn from(error: WorkbookError) -> Self {
        match error {
            WorkbookError::Due(error) => error.into(),
            WorkbookError::Scorecard(error) => error.into(),
            other => raise(ErrorKind::BadValue, other.to_string()),
        }
    }
}
