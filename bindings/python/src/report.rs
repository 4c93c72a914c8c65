//! The board report: as text, or as a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use csc_measures::ErrorKind;
use csc_measures_report::{ReportError, ReportOptions};
use pyo3::prelude::*;

use crate::error::{Failure, raise, unwritten};
use crate::work::patiently;

/// What a report says besides the figures, as it is given by name.
pub(crate) struct Asked {
    /// Where it goes; without, it is given back.
    pub(crate) path: Option<PathBuf>,
    pub(crate) authority: Option<String>,
    pub(crate) by: Option<String>,
    pub(crate) sources: Option<BTreeMap<String, String>>,
    pub(crate) abbreviations: Option<BTreeMap<String, String>>,
}

/// Makes a report, and writes it if there is a path.
pub(crate) fn write(
    py: Python<'_>,
    asked: Asked,
    page: impl FnOnce(&ReportOptions) -> Result<String, ReportError> + Send + 'static,
) -> PyResult<Option<String>> {
    let mut options = ReportOptions::default();
    options.authority = asked.authority;
    options.sources = asked.sources.into_iter().flatten().collect();
    options.abbreviations = asked.abbreviations.unwrap_or_default();
    if let Some(by) = asked.by {
        options.by = by.parse().map_err(unwritten)?;
    }
    let page = patiently(py, move || Ok(page(&options)?))?;
    match asked.path {
        None => Ok(Some(page)),
        Some(path) => {
            fs::write(path, page)?;
            Ok(None)
        }
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        raise(ErrorKind::BadValue, error.to_string())
    }
}
