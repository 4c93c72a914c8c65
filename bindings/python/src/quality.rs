//! What is wrong with the data, and which figures it touches.

use std::sync::Arc;

use csc_measures::quality::QualityDays;
use pyo3::prelude::*;

use crate::date::{self, month, to_python};
use crate::error::unwritten;
use crate::options;

/// The months and the day of a check, from what a caller names.
pub(crate) fn days(
    first: Option<&Bound<'_, PyAny>>,
    last: Option<&Bound<'_, PyAny>>,
    as_at: Option<&Bound<'_, PyAny>>,
) -> PyResult<QualityDays> {
    let mut days = QualityDays::default();
    days.from = first.map(|first| month(first, "first")).transpose()?;
    days.to = last.map(|last| month(last, "last")).transpose()?;
    days.as_at = as_at.map(|day| date::given(day, "as_at")).transpose()?;
    Ok(days)
}

/// What became of the data, table by table, and which figures each kind of issue touches.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Quality(Arc<csc_measures::quality::Quality>);

impl Quality {
    pub(crate) fn new(quality: csc_measures::quality::Quality) -> Self {
        Self(Arc::new(quality))
    }
}

#[pymethods]
impl Quality {
    /// The day that the data are as at; None if nothing says so.
    #[getter]
    fn as_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.as_at.map(|day| to_python(py, day)).transpose()
    }

    /// The first month whose figures were looked at, such as ``"2016-04"``; None if none was.
    #[getter]
    fn first(&self) -> Option<String> {
        self.0.from.map(|month| month.to_string())
    }

    /// The last month.
    #[getter]
    fn last(&self) -> Option<String> {
        self.0.to.map(|month| month.to_string())
    }

    /// Every policy with its value.
    #[getter]
    fn policy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        options::to_python(py, &self.0.policy)
    }

    /// The tables that were given: their rows, issues and last dates, and ``columns`` with theirs.
    #[getter]
    fn tables<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        options::to_python(py, &self.0.tables)
    }

    /// The kinds of issues by table, column and code, each with the ``measures`` and months that it touches, and by how
    /// many cases.
    #[getter]
    fn issues<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        options::to_python(py, &self.0.issues)
    }

    /// The report as dicts and lists, dates and months as text: what ``to_json`` says.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        options::to_python(py, &*self.0)
    }

    /// The report as JSON: the same text as from the library's other languages.
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&*self.0).map_err(|error| unwritten(error).into())
    }

    fn __repr__(&self) -> String {
        let day = self.0.as_at.map(|day| format!(" as at {day}")).unwrap_or_default();
        let (tables, kinds) = (self.0.tables.len(), self.0.issues.len());
        format!("Quality{day}: {tables} tables, {kinds} kinds of issues")
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("quality", (slf,))
    }
}
