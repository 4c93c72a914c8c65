//! What is due: to one child, and to everybody.

use std::sync::Arc;

use csc_measures::due::{Cohort, DueFilter, NotSupplied, PersonView};
use csc_measures_arrow::obligations_batch;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};

use crate::date::to_python;
use crate::error::{Failure, unwritten};
use crate::options;
use crate::table::Table;
use crate::work::patiently;
use crate::workbook;

/// A filter of a due list, from what a caller names.
pub(crate) fn filter(
    py: Python<'_>,
    within: Option<&Bound<'_, PyAny>>,
    rag: Option<&Bound<'_, PyAny>>,
    clocks: Option<&Bound<'_, PyAny>>,
    teams: Option<&Bound<'_, PyAny>>,
) -> PyResult<DueFilter> {
    let filter = PyDict::new(py);
    for (name, value) in [("within", within), ("rag", rag), ("clocks", clocks), ("teams", teams)] {
        if let Some(value) = value {
            filter.set_item(name, options::arguments(py)?.call_method1("option", (name, value))?)?;
        }
    }
    options::read(filter.as_any(), "")
}

/// What could not be looked at: a measure, and the tables that it lacks.
fn not_supplied(missing: &[NotSupplied]) -> Vec<(String, Vec<String>)> {
    missing.iter().map(|one| (one.measure.to_string(), one.missing_tables.clone())).collect()
}

/// A dataset as it stood at the end of a day, to be asked for many children.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct AsAt(pub(crate) Arc<csc_measures::due::AsAt>);

#[pymethods]
impl AsAt {
    /// One child: the cohorts, and everything open, soonest first.
    fn person(&self, person_id: &Bound<'_, PyAny>) -> PyResult<Person> {
        let person_id = options::identity(person_id, "person_id")?;
        Person::new(self.0.person(&person_id).map_err(Failure::from)?)
    }

    /// What is due to everybody, soonest first.
    #[pyo3(signature = (*, within = None, rag = None, clocks = None, teams = None))]
    fn due_list(
        &self,
        py: Python<'_>,
        within: Option<&Bound<'_, PyAny>>,
        rag: Option<&Bound<'_, PyAny>>,
        clocks: Option<&Bound<'_, PyAny>>,
        teams: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<DueList> {
        let filter = filter(py, within, rag, clocks, teams)?;
        let as_at = Arc::clone(&self.0);
        DueList::new(patiently(py, move || Ok(as_at.due_list(&filter)?))?)
    }
}

/// One child as at a date: the cohorts, and everything that is open, soonest first.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Person(Arc<PersonView>);

impl Person {
    pub(crate) fn new(view: PersonView) -> PyResult<Self> {
        Ok(Self(Arc::new(view)))
    }
}

#[pymethods]
impl Person {
    /// The child's id.
    #[getter]
    fn id(&self) -> &str {
        &self.0.person
    }

    /// The day at whose end things stood so.
    #[getter]
    fn as_at<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.as_at)
    }

    /// The age in years; None if the date of birth is not known, or before birth.
    #[getter]
    fn age(&self) -> Option<u32> {
        self.0.age
    }

    /// The lead worker.
    #[getter]
    fn worker(&self) -> Option<&str> {
        self.0.worker.as_deref()
    }

    /// The lead worker's team.
    #[getter]
    fn team(&self) -> Option<&str> {
        self.0.team.as_deref()
    }

    /// The cohorts that the child is in: ``cohort``, ``record``, ``since``.
    #[getter]
    fn cohorts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let cohorts: PyResult<Vec<_>> = self
            .0
            .cohorts
            .iter()
            .map(|membership| {
                let object = PyDict::new(py);
                object.set_item("cohort", Cohort::as_str(membership.cohort))?;
                object.set_item("record", &membership.record)?;
                let since = membership.since.map(|since| to_python(py, since)).transpose()?;
                object.set_item("since", since)?;
                Ok(object)
            })
            .collect();
        PyList::new(py, cohorts?)
    }

    /// What is open, soonest first, those without a date last.
    #[getter]
    fn obligations(&self) -> PyResult<Table> {
        let view = Arc::clone(&self.0);
        let batch = obligations_batch(&self.0.obligations, &self.0.definitions);
        Table::new(batch, move || serde_json::to_string(&view.obligations))
    }

    /// The measures that could not be judged, each with the tables that it lacks.
    #[getter]
    fn not_supplied(&self) -> Vec<(String, Vec<String>)> {
        not_supplied(&self.0.not_supplied)
    }

    /// Warnings: tables that were not supplied and change the picture.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.0.warnings.iter().map(ToString::to_string).collect()
    }

    /// The view as JSON: the same text as from the library's other languages.
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&*self.0).map_err(|error| unwritten(error).into())
    }

    fn __len__(&self) -> usize {
        self.0.obligations.len()
    }

    fn __repr__(&self) -> String {
        format!("Person {:?} as at {}: {} open", self.0.person, self.0.as_at, self.0.obligations.len())
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("person", (slf,))
    }
}

/// What is due to everybody as at a date, soonest first, those without a date last.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct DueList(Arc<csc_measures::due::DueList>);

impl DueList {
    pub(crate) fn new(list: csc_measures::due::DueList) -> PyResult<Self> {
        Ok(Self(Arc::new(list)))
    }
}

#[pymethods]
impl DueList {
    /// The day at whose end things stood so.
    #[getter]
    fn as_at<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.as_at)
    }

    /// The nation whose bank holidays count.
    #[getter]
    fn calendar(&self) -> &'static str {
        self.0.calendar.as_str()
    }

    /// Every policy with its value.
    #[getter]
    fn policy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        options::to_python(py, &self.0.policy)
    }

    /// What is open, soonest first, those without a date last.
    #[getter]
    fn obligations(&self) -> PyResult<Table> {
        let list = Arc::clone(&self.0);
        let batch = obligations_batch(&self.0.obligations, &self.0.definitions);
        Table::new(batch, move || serde_json::to_string(&list.obligations))
    }

    /// The measures that could not be judged, each with the tables that it lacks.
    #[getter]
    fn not_supplied(&self) -> Vec<(String, Vec<String>)> {
        not_supplied(&self.0.not_supplied)
    }

    /// Warnings: tables that were not supplied and change the picture.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.0.warnings.iter().map(ToString::to_string).collect()
    }

    /// The list as JSON: the same text as from the library's other languages.
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&*self.0).map_err(|error| unwritten(error).into())
    }

    /// A workbook of Excel of what is due as a team works through it: one line for each thing to be done, the children who are
    /// unseen first, and how much each team and each worker has.
    ///
    /// With a ``path`` it is written there, and else given back as bytes; with ``lists=False`` only the counts of teams are in.
    ///
    /// Raises ValueError if a text is longer than a cell can hold, and OSError if the file cannot be written.
    #[pyo3(signature = (path = None, *, authority = None, lists = true))]
    fn to_excel<'py>(
        &self,
        py: Python<'py>,
        path: Option<&Bound<'py, PyAny>>,
        authority: Option<String>,
        lists: bool,
    ) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let options = workbook::options(authority, lists);
        let list = Arc::clone(&self.0);
        workbook::write(py, path, move || csc_measures_workbook::due_workbook(&list, &options))
    }

    fn __len__(&self) -> usize {
        self.0.obligations.len()
    }

    fn __repr__(&self) -> String {
        format!("DueList as at {}: {} open", self.0.as_at, self.0.obligations.len())
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("due_list", (slf,))
    }
}
