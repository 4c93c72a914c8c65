//! The board report: as text, or as a file.

use csc_measures::ErrorKind;
use csc_measures_report::{ReportError, ReportOptions};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::error::{Failure, raise, unwritten};
use crate::work::patiently;

/// What a report says besides the figures, as it is given by name.
pub(crate) struct Asked<'a, 'py> {
    /// Where it goes; without, it is given back.
    pub(crate) path: Option<&'a Bound<'py, PyAny>>,
    pub(crate) authority: Option<String>,
    pub(crate) by: Option<String>,
    pub(crate) sources: Option<&'a Bound<'py, PyDict>>,
    pub(crate) abbreviations: Option<&'a Bound<'py, PyDict>>,
}

/// Makes a report, and writes it if there is a path.
pub(crate) fn write<'py>(
    py: Python<'py>,
    asked: Asked<'_, 'py>,
    page: impl FnOnce(&ReportOptions) -> Result<String, ReportError> + Send + 'static,
) -> PyResult<Option<String>> {
    let mut options = ReportOptions::default();
    options.authority = asked.authority;
    options.sources = texts(asked.sources)?;
    options.abbreviations = texts(asked.abbreviations)?.into_iter().collect();
    if let Some(by) = asked.by {
        options.by = by.parse().map_err(unwritten)?;
    }
    let page = patiently(py, move || Ok(page(&options)?))?;
    match asked.path {
        None => Ok(Some(page)),
        Some(path) => {
            // As Python writes, so that its errors name the file.
            let file = py.import("pathlib")?.getattr("Path")?.call1((path,))?;
            file.call_method1("write_bytes", (PyBytes::new(py, page.as_bytes()),))?;
            Ok(None)
        }
    }
}

/// The texts of a dict, in its order.
fn texts(given: Option<&Bound<'_, PyDict>>) -> PyResult<Vec<(String, String)>> {
    given.into_iter().flatten().map(|(name, text)| Ok((name.extract()?, text.extract()?))).collect()
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        raise(ErrorKind::BadValue, error.to_string())
    }
}
