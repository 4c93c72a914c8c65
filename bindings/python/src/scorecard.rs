//! Scorecards: every measure for a run of months.

use std::sync::Arc;

use csc_measures::plan::MeasureId;
use csc_measures::{By, Group};
use csc_measures_arrow::{cases_batch, issues_batch, published_batch, results_batch, tables_batch};
use pyo3::prelude::*;

use crate::error::{Failure, unwritten};
use crate::options;
use crate::part::Part;
use crate::table::Table;
use crate::work::patiently;

/// A group as the package reads it: id, title, ids of measures, whether none serves it.
type GroupParts = (&'static str, &'static str, Vec<&'static str>, bool);

fn group(group: &Group<'_>) -> GroupParts {
    let measures = group.measures.iter().map(|measure| measure.as_str()).collect();
    (group.id, group.title, measures, group.unmeasured)
}

/// The results of every measure for a run of months, with the cases behind each.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Scorecard(Arc<csc_measures::Scorecard>);

impl Scorecard {
    pub(crate) fn new(card: csc_measures::Scorecard) -> Self {
        Self(Arc::new(card))
    }
}

#[pymethods]
impl Scorecard {
    /// The parts of an authority put together: exactly the scorecard of the whole, but for its cases.
    ///
    /// Raises PartsError where one is missing, there twice, or of another question.
    #[staticmethod]
    fn merge(py: Python<'_>, parts: &Bound<'_, PyAny>) -> PyResult<Self> {
        let read: PyResult<Vec<_>> = parts.try_iter()?.map(|part| Part::read(&part?)).collect();
        let read = read?;
        Ok(Self::new(patiently(py, move || Ok(csc_measures::Scorecard::merge(read)?))?))
    }

    /// The id of the plan.
    #[getter]
    fn plan(&self) -> &'static str {
        &self.0.plan().id
    }

    /// The nation whose bank holidays count.
    #[getter]
    fn calendar(&self) -> &'static str {
        self.0.calendar().as_str()
    }

    /// Every policy with its value.
    #[getter]
    fn policy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        options::to_python(py, self.0.policy())
    }

    /// The targets that were given.
    #[getter]
    fn targets<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        options::to_python(py, self.0.targets())
    }

    /// The versions of the definitions by which the figures were worked out.
    #[getter]
    fn definitions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        options::to_python(py, &self.0.definitions())
    }

    /// The first month, such as ``"2016-04"``.
    #[getter]
    fn first(&self) -> String {
        self.0.from().to_string()
    }

    /// The last month.
    #[getter]
    fn last(&self) -> String {
        self.0.to().to_string()
    }

    /// A row a measure and month.
    #[getter]
    fn results(&self) -> PyResult<Table> {
        let card = Arc::clone(&self.0);
        Table::new(results_batch(&self.0), move || serde_json::to_string(card.results()))
    }

    /// The cases behind a figure, with their reasons.
    fn cases(&self, py: Python<'_>, measure: &Bound<'_, PyAny>, month: &Bound<'_, PyAny>) -> PyResult<Table> {
        let measure: MeasureId = options::text(measure, "measure")?.parse().map_err(Failure::from)?;
        let month = crate::date::month(month, "month")?;
        let card = Arc::clone(&self.0);
        let cases = patiently(py, move || Ok(card.cases(measure, month)?))?;
        let card = Arc::clone(&self.0);
        Table::new(cases_batch(measure, month, &cases), move || match card.explain(measure, month) {
            Ok(explanation) => serde_json::to_string(&explanation),
            Err(error) => Err(serde::ser::Error::custom(error)),
        })
    }

    /// What is wrong with the data, a row an issue.
    #[getter]
    fn issues(&self) -> PyResult<Table> {
        let card = Arc::clone(&self.0);
        Table::new(issues_batch(self.0.issues()), move || serde_json::to_string(card.issues()))
    }

    /// The tables that were given, with their rows and how many of them are used.
    #[getter]
    fn tables(&self) -> PyResult<Table> {
        let card = Arc::clone(&self.0);
        Table::new(tables_batch(&self.0.tables()), move || serde_json::to_string(&card.tables()))
    }

    #[pyo3(name = "_groups")]
    fn groups(&self, by: &str) -> PyResult<Vec<GroupParts>> {
        let by: By = by.parse().map_err(unwritten)?;
        let groups = match by {
            By::Outcome => self.0.by_outcome(),
            By::Recommendation => self.0.by_recommendation(),
        };
        Ok(groups.iter().map(group).collect())
    }

    /// The results by outcome of the plan.
    fn by_outcome<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures.group")?.call_method1("_groups", (slf, "outcome"))
    }

    /// The results by the recommendation that they serve; some recommendations no measure serves.
    fn by_recommendation<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures.group")?.call_method1("_groups", (slf, "recommendation"))
    }

    /// What may be published.
    fn published(&self) -> Published {
        Published(Arc::new(self.0.published()))
    }

    /// The scorecard as JSON: the same text as from the library's other languages.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| serde_json::to_string(&*self.0)).map_err(|error| unwritten(error).into())
    }

    /// The run chart of a measure with its target, as an Altair chart; needs the extra ``plot``.
    fn plot<'py>(slf: &Bound<'py, Self>, measure: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._plot")?.call_method1("run_chart", (slf, measure))
    }

    fn __repr__(&self) -> String {
        format!("Scorecard, {} to {}: {} results", self.0.from(), self.0.to(), self.0.results().len())
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("scorecard", (slf,))
    }
}

/// What of a scorecard may be published: figures of one to five cases, and those that would give them away,
/// are ``"c"`` in the JSON and null in the table.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Published(Arc<csc_measures::Published>);

#[pymethods]
impl Published {
    /// A row a measure and month, with whether it is suppressed.
    #[getter]
    fn results(&self) -> PyResult<Table> {
        let published = Arc::clone(&self.0);
        Table::new(published_batch(&self.0), move || serde_json::to_string(published.results()))
    }

    /// What may be published as JSON: the same text as from the library's other languages.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| serde_json::to_string(&*self.0)).map_err(|error| unwritten(error).into())
    }

    fn __repr__(&self) -> String {
        format!("Published, {} to {}: {} results", self.0.from(), self.0.to(), self.0.results().len())
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("published", (slf,))
    }
}
