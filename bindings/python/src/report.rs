//! The board report: as text, or as a file.

use csc_measures::ErrorKind;
use csc_measures_report::{ReportError, ReportOptions};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::{Failure, raise, unwritten};
use crate::file;
use crate::options;
use crate::work::patiently;

/// What a report says besides the figures, as it is given by name.
pub(crate) struct Asked<'a, 'py> {
    /// Where it goes; without, it is given back.
    pub(crate) path: Option<&'a Bound<'py, PyAny>>,
    pub(crate) authority: Option<&'a Bound<'py, PyAny>>,
    pub(crate) by: Option<&'a Bound<'py, PyAny>>,
    pub(crate) sources: Option<&'a Bound<'py, PyAny>>,
    pub(crate) abbreviations: Option<&'a Bound<'py, PyAny>>,
}

/// Makes a report, and writes it if there is a path.
pub(crate) fn write<'py>(
    py: Python<'py>,
    asked: Asked<'_, 'py>,
    page: impl FnOnce(&ReportOptions) -> Result<String, ReportError> + Send + 'static,
) -> PyResult<Option<String>> {
    let mut report = ReportOptions::default();
    let authority = asked.authority.map(|authority| options::text(authority, "authority"));
    report.authority = authority.transpose()?.map(str::to_owned);
    report.sources = texts("sources", r#"{"Visits": "Mosaic"}"#, asked.sources)?;
    report.abbreviations =
        texts("abbreviations", r#"{"FFD": "Family Front Door"}"#, asked.abbreviations)?.into_iter().collect();
    if let Some(by) = asked.by {
        let by: String = options::arguments(py)?.call_method1("option", ("by", by))?.extract()?;
        report.by = by.parse().map_err(unwritten)?;
    }
    let page = patiently(py, move || Ok(page(&report)?))?;
    match asked.path {
        None => Ok(Some(page)),
        Some(path) => {
            file::write(path, page.as_bytes())?;
            Ok(None)
        }
    }
}

/// The texts of a dict, in its order.
fn texts(name: &str, example: &str, given: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<(String, String)>> {
    let Some(given) = given else { return Ok(Vec::new()) };
    let given = options::arguments(given.py())?.call_method1("by_table", (name, given, example))?;
    given.cast::<PyDict>()?.iter().map(|(name, text)| Ok((name.extract()?, text.extract()?))).collect()
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        raise(ErrorKind::BadValue, error.to_string())
    }
}
