//! Scorecards: every measure for a run of months.

use std::sync::Arc;

use csc_measures::{Month, Options, Publishing, Section, SectionBy};
use csc_measures_arrow::{
    cases_batch, groups_batch, issues_batch, published_batch, published_groups_batch, results_batch,
    signals_batch, tables_batch,
};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};

use crate::error::{Failure, unwritten};
use crate::options;
use crate::part::Part;
use crate::report::{self, Asked};
use crate::table::Table;
use crate::work::patiently;
use crate::workbook;

/// A section as the package reads it: id, title, ids of rows, whether no measure tests it.
type SectionParts = (String, String, Vec<String>, bool);

fn section(section: &Section<'_>) -> SectionParts {
    let measures = section.measures.iter().map(ToString::to_string).collect();
    (section.id.to_owned(), section.title.to_owned(), measures, section.unmeasured)
}

/// The results of every measure for a run of months, with the cases behind each.
///
/// ``pickle`` carries a scorecard as its sums: what comes out has the same results, groups, signals and issues, and can be
/// published, but it cannot list cases, as one that was merged from parts cannot.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Scorecard(Arc<csc_measures::Scorecard>, Made);

/// What a scorecard was made of, from which it can be made again.
#[derive(Clone)]
pub(crate) enum Made {
    /// A dataset, by what was asked of it.
    Dataset {
        dataset: csc_measures::Dataset,
        from: Month,
        to: Month,
        options: Box<Options>,
    },
    Parts(Vec<csc_measures::Part>),
}

impl Made {
    /// The parts that add up to the scorecard.
    fn parts(&self) -> Result<Vec<csc_measures::Part>, Failure> {
        match self {
            Self::Parts(parts) => Ok(parts.clone()),
            Self::Dataset { dataset, from, to, options } => {
                let mut options = (**options).clone();
                options.publish = true;
                // What cannot be published is carried without.
                let part = dataset.part(*from, *to, &options).or_else(|_| {
                    options.publish = false;
                    dataset.part(*from, *to, &options)
                });
                Ok(vec![part?])
            }
        }
    }
}

impl Scorecard {
    pub(crate) fn new(card: csc_measures::Scorecard, made: Made) -> Self {
        Self(Arc::new(card), made)
    }
}

#[pymethods]
impl Scorecard {
    /// The parts of an authority put together: exactly the scorecard of the whole, but without its cases.
    ///
    /// Raises PartsError if a part is missing, there twice, or made with other months or options.
    #[staticmethod]
    fn merge(py: Python<'_>, parts: &Bound<'_, PyAny>) -> PyResult<Self> {
        let parts = options::arguments(py)?.call_method1("parts", (parts,))?;
        let read: PyResult<Vec<_>> = parts.try_iter()?.map(|part| Part::read(&part?)).collect();
        let read = read?;
        let made = Made::Parts(read.clone());
        Ok(Self::new(patiently(py, move || Ok(csc_measures::Scorecard::merge(read)?))?, made))
    }

    /// The id of the plan.
    #[getter]
    fn plan(&self) -> &str {
        self.0.plan().id()
    }

    /// The plan itself.
    #[getter]
    fn plan_definition<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let plan = serde_json::to_string(self.0.plan()).map_err(unwritten)?;
        py.import("csc_measures.plan")?.getattr("Plan")?.call_method1("from_json", (plan,))
    }

    /// The titles of the plan's rows by id, each followed by the policies that were changed and bear on its figure.
    #[getter]
    fn titles<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let titles = PyDict::new(py);
        for (id, title) in self.0.titles() {
            titles.set_item(id.as_str(), title)?;
        }
        Ok(titles)
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

    /// One row for each measure and month.
    #[getter]
    fn results(&self) -> PyResult<Table> {
        let card = Arc::clone(&self.0);
        Table::new(results_batch(&self.0), move || serde_json::to_string(card.results()))
    }

    /// The results of the groups of the ``breakdown`` that was asked for: one row for each measure, month, dimension
    /// and group, with sums, outcomes, value, 95 % interval and funnel. What is not recorded is a group of its own, null.
    #[getter]
    fn groups(&self) -> PyResult<Table> {
        let card = Arc::clone(&self.0);
        Table::new(groups_batch(&self.0), move || serde_json::to_string(card.groups()))
    }

    /// What the control chart of each measure says of each month, one point a row.
    ///
    /// They are there whether or not ``signals=True`` put them into the JSON.
    #[getter]
    fn signals(&self) -> PyResult<Table> {
        let signals = self.0.signals();
        Table::nested(signals_batch(&signals, &self.0.definitions()), move || serde_json::to_string(&signals))
    }

    /// The cases behind a figure, with their reasons.
    ///
    /// ``measure`` may be several ids, and is all of them without one; ``last`` is the last of several months, and without
    /// any month they are all those of the scorecard.
    #[pyo3(signature = (measure = None, month = None, *, last = None))]
    fn cases(
        &self,
        py: Python<'_>,
        measure: Option<&Bound<'_, PyAny>>,
        month: Option<&Bound<'_, PyAny>>,
        last: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let first = month.map(|month| crate::date::month(month, "month")).transpose()?;
        let last = last.map(|last| crate::date::month(last, "last")).transpose()?;
        let card = Arc::clone(&self.0);
        if let (Some(one), Some(month), None) = (measure.filter(|of| is_one(of)), first, last) {
            let measure = options::text(one, "measure")?.to_owned();
            let (explanation, definitions) =
                patiently(py, move || Ok((card.explain(&measure, month)?, card.definitions_of(&measure)?)))?;
            let explained = [explanation];
            return Table::nested(cases_batch(&explained, &definitions), move || {
                serde_json::to_string(&explained[0])
            });
        }
        let measures: Vec<String> = match measure {
            Some(measure) if is_one(measure) => vec![options::text(measure, "measure")?.to_owned()],
            Some(measures) => {
                options::arguments(py)?.call_method1("texts", ("measure", measures))?.extract()?
            }
            None => self.0.measures(),
        };
        let from = first.unwrap_or_else(|| self.0.from());
        let to = last.unwrap_or_else(|| first.unwrap_or_else(|| self.0.to()));
        let explained = patiently(py, move || Ok(card.explain_all(measures, from, to)?))?;
        Table::nested(cases_batch(&explained, &self.0.definitions()), move || {
            serde_json::to_string(&explained)
        })
    }

    /// Why a figure moved from one month to another: the difference split into cases that joined, left, changed and
    /// stayed, which add up to it.
    fn change<'py>(
        &self,
        py: Python<'py>,
        measure: &Bound<'py, PyAny>,
        first: &Bound<'py, PyAny>,
        last: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let measure = options::text(measure, "measure")?.to_owned();
        let (first, last) = (crate::date::month(first, "first")?, crate::date::month(last, "last")?);
        let card = Arc::clone(&self.0);
        let change = patiently(py, move || Ok(card.change(&measure, first, last)?))?;
        options::to_python(py, &change)
    }

    /// What a scorecard of later data says otherwise of the same months: for each measure and month that differ, the
    /// cases that were recorded late, removed and put right.
    fn compare<'py>(&self, py: Python<'py>, later: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let (card, later) = (Arc::clone(&self.0), Arc::clone(&later.get().0));
        let changes = patiently(py, move || Ok(card.compare(&later)?))?;
        options::to_python(py, &changes)
    }

    /// What is wrong with the data, one issue a row.
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

    #[pyo3(name = "_sections")]
    fn sections(&self, by: &str) -> PyResult<Vec<SectionParts>> {
        let by: SectionBy = by.parse().map_err(unwritten)?;
        let sections = match by {
            SectionBy::Outcome => self.0.by_outcome(),
            SectionBy::Recommendation => self.0.by_recommendation(),
        };
        Ok(sections.iter().map(section).collect())
    }

    /// The results by the outcomes of the plan.
    fn by_outcome<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures.section")?.call_method1("_sections", (slf, "outcome"))
    }

    /// The results by the recommendations that they serve. Some recommendations have no measure.
    fn by_recommendation<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures.section")?.call_method1("_sections", (slf, "recommendation"))
    }

    /// What anybody may read: nothing that is shown, alone or together, tells a count of 1 to 5 people.
    ///
    /// ``protection`` is ``"suppression"``, for one publication of a month, or ``"rounding"``, for those that may meet
    /// others of the same months; percentages of fewer than ``rounding_least`` rounded cases are then left out.
    /// ``publish_period`` is ``"month"``, ``"quarter"`` or ``"year"`` (April to March): fewer figures are hidden of longer
    /// periods.
    ///
    /// Raises ValueError if the scorecard was put together from parts, if its months have no whole period, or if its plan
    /// shows related figures under different policies.
    #[pyo3(signature = (*, protection = None, rounding_least = None, publish_period = None))]
    fn published(
        &self,
        py: Python<'_>,
        protection: Option<&Bound<'_, PyAny>>,
        rounding_least: Option<&Bound<'_, PyAny>>,
        publish_period: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Published> {
        let given = [
            ("protection", protection),
            ("rounding_least", rounding_least),
            ("publish_period", publish_period),
        ];
        let publishing: Publishing = options::object(py, &given)?;
        let card = Arc::clone(&self.0);
        Ok(Published(Arc::new(patiently(py, move || Ok(card.published_as(publishing)?))?)))
    }

    /// The scorecard as JSON: the same text as from the library's other languages.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| serde_json::to_string(&*self.0)).map_err(|error| unwritten(error).into())
    }

    /// The results as CSV, a row for each measure and month, or with ``cases`` the cases behind them: those of all measures
    /// by True, else of one id or several. ``card.cases(...)`` has fewer months.
    ///
    /// With a ``path`` it is written there as UTF-8, and else given back as text; lists are texts with ``;`` between their
    /// items. A text that a spreadsheet would run as a formula has a ``'`` before it; ``raw=True`` writes texts as they are.
    ///
    /// Raises OSError if the file cannot be written, and UnknownNameError for an id that the plan does not have.
    #[pyo3(signature = (path = None, *, cases = None, raw = false))]
    fn to_csv(
        &self,
        py: Python<'_>,
        path: Option<&Bound<'_, PyAny>>,
        cases: Option<&Bound<'_, PyAny>>,
        raw: bool,
    ) -> PyResult<Option<String>> {
        self.flat(py, cases)?.to_csv(py, path, raw)
    }

    /// Writes the results as a Parquet file, or with ``cases`` the cases behind them, as ``to_csv``; dates are dates.
    ///
    /// Raises OSError if the file cannot be written, and UnknownNameError for an id that the plan does not have.
    #[pyo3(signature = (path, *, cases = None))]
    fn to_parquet(
        &self,
        py: Python<'_>,
        path: &Bound<'_, PyAny>,
        cases: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        self.flat(py, cases)?.to_parquet(py, path)
    }

    /// The board report: one HTML file with a first page in words, then each measure with figure, target, change, chart and
    /// definition. It shows figures of any number of cases, and says that it is not for publication.
    ///
    /// With a ``path`` it is written there, and else given back as text. ``authority`` is whose figures these are; ``by`` is
    /// ``"outcome"`` or ``"recommendation"``. ``sources`` says by name where the data come from, and ``abbreviations`` what
    /// those of the council stand for.
    ///
    /// Raises ValueError if measures are to be put under recommendations and the plan has none, and OSError if the file cannot
    /// be written.
    #[pyo3(signature = (path = None, *, authority = None, by = None, sources = None, abbreviations = None))]
    fn to_html<'py>(
        &self,
        py: Python<'py>,
        path: Option<&Bound<'py, PyAny>>,
        authority: Option<&Bound<'py, PyAny>>,
        by: Option<&Bound<'py, PyAny>>,
        sources: Option<&Bound<'py, PyAny>>,
        abbreviations: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Option<String>> {
        let asked = Asked { path, authority, by, sources, abbreviations };
        let card = Arc::clone(&self.0);
        report::write(py, asked, move |options| csc_measures_report::html(&card, options))
    }

    /// A workbook of Excel: every figure with real dates and plain numbers, the figures by month, the cases behind the last
    /// of them by team and measure, what is due, and what is wrong with the data.
    ///
    /// With a ``path`` it is written there, and else given back as bytes. ``authority`` is whose figures these are. With
    /// ``lists=False`` nothing in it names a child, a worker or a record, unless a breakdown by worker was asked for; its
    /// first sheet says which it is. Things are due as at ``due_as_at``, or else the last day of the last month.
    ///
    /// Raises ValueError if a text is longer than a cell can hold, and OSError if the file cannot be written.
    #[pyo3(signature = (path = None, *, authority = None, lists = true, due_as_at = None))]
    fn to_excel<'py>(
        &self,
        py: Python<'py>,
        path: Option<&Bound<'py, PyAny>>,
        authority: Option<String>,
        lists: bool,
        due_as_at: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let mut options = workbook::options(authority, lists);
        options.due_as_at = due_as_at.map(|day| crate::date::given(day, "due_as_at")).transpose()?;
        let card = Arc::clone(&self.0);
        workbook::write(py, path, move || csc_measures_workbook::workbook(&card, &options))
    }

    /// The run chart of a measure with its target, as an Altair chart; needs the extra ``plot``.
    fn plot<'py>(slf: &Bound<'py, Self>, measure: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._plot")?.call_method1("run_chart", (slf, measure))
    }

    /// How a scorecard is pickled: by the parts that add up to it.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let made = self.1.clone();
        let parts = patiently(py, move || made.parts())?;
        let parts: Vec<Part> = parts.into_iter().map(Part).collect();
        py.import("csc_measures._options")?.call_method1("reduce_scorecard", (parts,))
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        // It never changes.
        let _ = memo;
        slf
    }

    fn __repr__(&self) -> String {
        format!("Scorecard, {} to {}: {} results", self.0.from(), self.0.to(), self.0.results().len())
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("scorecard", (slf,))
    }
}

impl Scorecard {
    /// The results, or the cases of what is named.
    fn flat(&self, py: Python<'_>, cases: Option<&Bound<'_, PyAny>>) -> PyResult<Table> {
        match cases.map(|cases| (cases, cases.extract::<bool>().ok())) {
            None | Some((_, Some(false))) => self.results(),
            Some((_, Some(true))) => self.cases(py, None, None, None),
            Some((cases, None)) => self.cases(py, Some(cases), None, None),
        }
    }
}

/// Whether an argument is one id, and no list of them.
fn is_one(given: &Bound<'_, PyAny>) -> bool {
    given.is_instance_of::<PyString>()
}

/// What anybody may read of a scorecard: figures of one to five cases, and those that would tell them, are ``"c"`` in the
/// JSON and null in the tables.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Published(Arc<csc_measures::Published>);

#[pymethods]
impl Published {
    /// One row for each measure and month, with whether it is suppressed.
    #[getter]
    fn results(&self) -> PyResult<Table> {
        let published = Arc::clone(&self.0);
        Table::new(published_batch(&self.0), move || serde_json::to_string(published.results()))
    }

    /// One row for each measure, month, dimension and group, whether or not it has a case, with whether it is suppressed; none
    /// by worker.
    #[getter]
    fn groups(&self) -> PyResult<Table> {
        let published = Arc::clone(&self.0);
        Table::new(published_groups_batch(&self.0), move || serde_json::to_string(published.groups()))
    }

    /// How many figures are hidden, those of groups too.
    #[getter]
    fn hidden(&self) -> usize {
        self.0.hidden()
    }

    /// What is to be said under the figures.
    #[getter]
    fn notes(&self) -> Vec<&'static str> {
        self.0.notes().to_vec()
    }

    /// What the control charts say of the figures that are shown, one point a row.
    #[getter]
    fn signals(&self) -> PyResult<Table> {
        let published = Arc::clone(&self.0);
        let batch = signals_batch(self.0.signals(), &self.0.definitions());
        Table::nested(batch, move || serde_json::to_string(published.signals()))
    }

    /// The titles of the plan's rows by id, as those of the scorecard.
    #[getter]
    fn titles<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let titles = PyDict::new(py);
        for (id, title) in self.0.titles() {
            titles.set_item(id.as_str(), title)?;
        }
        Ok(titles)
    }

    /// The plan whose rows these are.
    #[getter]
    fn plan_definition<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let plan = serde_json::to_string(self.0.plan()).map_err(unwritten)?;
        py.import("csc_measures.plan")?.getattr("Plan")?.call_method1("from_json", (plan,))
    }

    /// What somebody who knows the rules can tell of the figures that are hidden: ``told``, how many counts of 1 to 5
    /// can be told, and ``findings``, what each number that is not shown may be.
    fn audit<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let audit = py.detach(|| self.0.audit());
        options::to_python(py, &audit)
    }

    /// What may be published as JSON: the same text as from the library's other languages.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| serde_json::to_string(&*self.0)).map_err(|error| unwritten(error).into())
    }

    /// The board report of what anybody may read, made from these figures alone; else as ``Scorecard.to_html``.
    #[pyo3(signature = (path = None, *, authority = None, by = None, sources = None, abbreviations = None))]
    fn to_html<'py>(
        &self,
        py: Python<'py>,
        path: Option<&Bound<'py, PyAny>>,
        authority: Option<&Bound<'py, PyAny>>,
        by: Option<&Bound<'py, PyAny>>,
        sources: Option<&Bound<'py, PyAny>>,
        abbreviations: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Option<String>> {
        let asked = Asked { path, authority, by, sources, abbreviations };
        let published = Arc::clone(&self.0);
        report::write(py, asked, move |options| csc_measures_report::published_html(&published, options))
    }

    /// A workbook of Excel of what anybody may read, made from these figures alone: ``c`` is in place of what is hidden. Else
    /// as ``Scorecard.to_excel``.
    #[pyo3(signature = (path = None, *, authority = None))]
    fn to_excel<'py>(
        &self,
        py: Python<'py>,
        path: Option<&Bound<'py, PyAny>>,
        authority: Option<String>,
    ) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let options = workbook::options(authority, false);
        let published = Arc::clone(&self.0);
        workbook::write(py, path, move || csc_measures_workbook::published_workbook(&published, &options))
    }

    fn __repr__(&self) -> String {
        format!("Published, {} to {}: {} results", self.0.from(), self.0.to(), self.0.results().len())
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("published", (slf,))
    }
}
