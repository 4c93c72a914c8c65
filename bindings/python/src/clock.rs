//! Clocks: due dates and whether they are kept.

use std::sync::LazyLock;

use csc_measures::clock::{ClockOutcome, Limit};
use csc_measures::{ClockKind, ErrorKind, WarningWindow};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyBool;

use crate::calendar::{Calendar, answers, of_columns};
use crate::clock_statuses::Statuses;
use crate::column::{Column, Days};
use crate::date::{given, rag, single, to_python};
use crate::error::{Failure, raise, unwritten};
use crate::options;
use crate::table::Table;

/// A timescale: how long there is from a start, what is counted, and the source of the limit.
///
/// A council's own terms are given by name: ``Clock("cp_visit", working_days=10, amber=3)``. The limit is that of the
/// clock's last version, or of the version in force ``on`` a day: ``Clock("cla_first_review", on="2010-05-01")``.
///
/// >>> Clock("assessment").due("2017-03-01", Calendar.england_and_wales())
/// datetime.date(2017, 5, 8)
///
/// An id that no clock has raises UnknownNameError with the nearest.
#[pyclass(frozen, eq, module = "csc_measures")]
#[derive(PartialEq)]
pub(crate) struct Clock(csc_measures::Clock);

/// A limit in one of its units; `None` if no unit is given.
fn limit(working_days: Option<u32>, days: Option<u32>, months: Option<u32>) -> PyResult<Option<Limit>> {
    match (working_days, days, months) {
        (None, None, None) => Ok(None),
        (Some(limit), None, None) => Ok(Some(Limit::WorkingDays(limit))),
        (None, Some(limit), None) => Ok(Some(Limit::Days(limit))),
        (None, None, Some(limit)) => Ok(Some(Limit::Months(limit))),
        _ => {
            let message = "a limit needs one of `working_days`, `days` and `months`";
            Err(raise(ErrorKind::BadValue, message.to_owned()).into())
        }
    }
}

/// The calendar of a call: without one that of England and Wales.
fn of(calendar: Option<&Calendar>) -> &csc_measures::Calendar {
    static ENGLAND_AND_WALES: LazyLock<csc_measures::Calendar> =
        LazyLock::new(csc_measures::Calendar::england_and_wales);
    calendar.map_or_else(|| &*ENGLAND_AND_WALES, |calendar| &calendar.0)
}

#[pymethods]
impl Clock {
    #[new]
    #[pyo3(signature = (
        id, *, on = None, working_days = None, days = None, months = None, count_start_day = false, amber = None
    ))]
    fn new(
        id: &Bound<'_, PyAny>,
        on: Option<&Bound<'_, PyAny>>,
        working_days: Option<&Bound<'_, PyAny>>,
        days: Option<&Bound<'_, PyAny>>,
        months: Option<&Bound<'_, PyAny>>,
        count_start_day: bool,
        amber: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut clock = csc_measures::Clock::by_id(options::text(id, "id")?).map_err(Failure::from)?;
        if let Some(on) = on.filter(|on| !crate::null::is_null(on)) {
            clock = clock.at(given(on, "on")?).map_err(Failure::from)?;
        }
        let count = |given: Option<&Bound<'_, PyAny>>, name| {
            given.map(|given| options::count::<u32>(given, name)).transpose()
        };
        let limit =
            limit(count(working_days, "working_days")?, count(days, "days")?, count(months, "months")?)?;
        if let Some(limit) = limit {
            clock = clock.with_limit(limit);
        }
        if let Some(amber) = count(amber, "amber")? {
            clock = clock.with_warning(WarningWindow { working_days: amber, days: amber });
        }
        Ok(Self(if count_start_day { clock.counting_start_day() } else { clock }))
    }

    /// Every clock, in the order of a child's journey.
    #[staticmethod]
    fn all() -> Vec<Self> {
        csc_measures::Clock::all().map(Self).collect()
    }

    /// The clock's id, such as ``"cp_visit"``.
    #[getter]
    fn id(&self) -> &'static str {
        self.0.id()
    }

    /// What is due, and from when.
    #[getter]
    fn title(&self) -> &'static str {
        self.0.title()
    }

    /// Every version of the clock, by date.
    fn versions(&self) -> Vec<Self> {
        self.0.versions().map(Self).collect()
    }

    /// The version in force on a day, with that version's own limit.
    ///
    /// A day on which no version is in force raises BadValueError.
    fn at(&self, on: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self(self.0.at(given(on, "on")?).map_err(Failure::from)?))
    }

    /// How long there is; None if the law sets no number of days, so that nothing is due on a date.
    #[getter]
    fn limit(&self) -> Option<u32> {
        self.0.limit().map(|limit| match limit {
            Limit::WorkingDays(limit) | Limit::Days(limit) | Limit::Months(limit) => limit,
        })
    }

    /// What the limit counts: ``working_days``, ``days`` or ``months``; None without a limit.
    #[getter]
    fn unit(&self) -> Option<&'static str> {
        self.0.limit().map(|limit| match limit {
            Limit::WorkingDays(_) => "working_days",
            Limit::Days(_) => "days",
            Limit::Months(_) => "months",
        })
    }

    /// The limit of the version as the law or the guidance writes it, such as ``6 weeks``.
    #[getter]
    fn as_written(&self) -> String {
        self.0.as_written()
    }

    /// The number of the version: 1 for the first.
    #[getter]
    fn version(&self) -> u32 {
        self.0.version()
    }

    /// The first day on which the version is in force.
    #[getter]
    fn in_force_from<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.in_force_from())
    }

    /// The last day on which the version is in force; None if it is still in force.
    #[getter]
    fn in_force_to<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.in_force_to().map(|day| to_python(py, day)).transpose()
    }

    /// What the law put in place of the limit, if it suspended the limit in these days.
    #[getter]
    fn relaxed(&self) -> Option<&'static str> {
        self.0.relaxed()
    }

    /// Who set it: ``national``, ``local``, ``context`` (a statistic) or ``not_commenced``.
    #[getter]
    fn standing(&self) -> &'static str {
        self.0.standing().as_str()
    }

    /// How sure the library is of the limit: ``verified``, ``second-hand`` or ``from-knowledge``.
    #[getter]
    fn limit_certainty(&self) -> &'static str {
        self.0.limit_certainty().as_str()
    }

    /// How sure the library is of the days on which it is in force.
    #[getter]
    fn dates_certainty(&self) -> &'static str {
        self.0.dates_certainty().as_str()
    }

    /// Whether the day it starts on is day 1.
    #[getter]
    fn counts_start_day(&self) -> bool {
        self.0.counting_start_day() == self.0
    }

    /// How long before the due date it turns amber: in working days for such a limit, else days.
    #[getter]
    fn amber(&self) -> u32 {
        let WarningWindow { working_days, days } = self.0.warning();
        match self.0.kind() {
            ClockKind::WorkingDays => working_days,
            ClockKind::Days => days,
        }
    }

    /// The measures that use it.
    #[getter]
    fn measures(&self) -> Vec<&'static str> {
        self.0.measures().to_vec()
    }

    /// What else there is to know about the limit; may be empty.
    #[getter]
    fn note(&self) -> &'static str {
        self.0.note()
    }

    /// The regulation or guidance.
    #[getter]
    fn source(&self) -> &'static str {
        self.0.source()
    }

    /// The due date, of one start or of each of a column: for a clock of working days the last working day in time.
    ///
    /// Without a calendar, that of England and Wales is used.
    #[pyo3(signature = (start, calendar = None))]
    fn due<'py>(
        slf: &Bound<'py, Self>,
        start: &Bound<'py, PyAny>,
        calendar: Option<&Bound<'py, Calendar>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match single(start, "start")? {
            Some(start) => {
                let due = slf.get().0.due(start, of(calendar.map(Bound::get))).map_err(Failure::from)?;
                to_python(slf.py(), due)
            }
            None => answers(slf.as_any(), "_due", (start, calendar)),
        }
    }

    /// Whether what started on one day and was done on another was done in time; either may be a column.
    #[pyo3(signature = (start, done, calendar = None))]
    fn in_time<'py>(
        slf: &Bound<'py, Self>,
        start: &Bound<'py, PyAny>,
        done: &Bound<'py, PyAny>,
        calendar: Option<&Bound<'py, Calendar>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match single(start, "start")?.zip(single(done, "done")?) {
            Some((start, done)) => {
                let is_in_time = slf.get().0.in_time(start, done, of(calendar.map(Bound::get)));
                Ok(PyBool::new(slf.py(), is_in_time.map_err(Failure::from)?).to_owned().into_any())
            }
            None => of_columns(slf.as_any(), "in_time", (start, done, calendar)),
        }
    }

    #[pyo3(name = "_due", signature = (starts, calendar))]
    fn due_column(
        &self,
        py: Python<'_>,
        starts: &Bound<'_, PyAny>,
        calendar: Option<&Calendar>,
    ) -> PyResult<Column> {
        let calendar = of(calendar);
        Days::read(starts, "start")?.dates(py, |start| Ok(self.0.due(start, calendar)?))
    }

    #[pyo3(name = "_in_time", signature = (starts, done, calendar))]
    fn in_time_column(
        &self,
        py: Python<'_>,
        starts: &Bound<'_, PyAny>,
        done: &Bound<'_, PyAny>,
        calendar: Option<&Calendar>,
    ) -> PyResult<Column> {
        let calendar = of(calendar);
        let (starts, done) = Days::pair(("start", starts), ("done", done))?;
        starts.answers(py, &done, |start, done| Ok(self.0.in_time(start, done, calendar)?))
    }

    #[pyo3(name = "_status", signature = (starts, done, as_at, calendar))]
    fn status_column(
        &self,
        py: Python<'_>,
        starts: &Bound<'_, PyAny>,
        done: Option<&Bound<'_, PyAny>>,
        as_at: &Bound<'_, PyAny>,
        calendar: Option<&Calendar>,
    ) -> PyResult<Table> {
        let (calendar, as_at) = (of(calendar), given(as_at, "as_at")?);
        let (starts, done) = match done {
            Some(done) => {
                let (starts, done) = Days::pair(("start", starts), ("done", done))?;
                (starts, Some(done))
            }
            None => (Days::read(starts, "start")?, None),
        };
        let statuses = starts
            .with_done(py, done.as_ref(), |start, done| Ok(self.0.status(start, done, as_at, calendar)?))?;
        let statuses = Statuses(statuses);
        Table::new(statuses.batch(), move || statuses.json())
    }

    /// How an obligation stood at the end of the day ``as_at``, which must be given.
    ///
    /// What was done after ``as_at`` had not happened yet. ``start`` and ``done`` may be columns: then there is a row of
    /// ``outcome``, ``due``, ``first_late_day``, ``days_left``, ``days_over`` and ``rag`` for each start, as a frame of the
    /// library that the column is of, else as a Table. A start that is null has a row of nulls; where ``done`` is null it
    /// is not done.
    #[pyo3(signature = (start, done = None, as_at = None, calendar = None))]
    fn status<'py>(
        slf: &Bound<'py, Self>,
        start: &Bound<'py, PyAny>,
        done: Option<&Bound<'py, PyAny>>,
        as_at: Option<&Bound<'py, PyAny>>,
        calendar: Option<&Bound<'py, Calendar>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Some(as_at) = as_at else {
            // No default: the library has no clock of its own, and a status is as at a day that somebody chose.
            return Err(PyTypeError::new_err("`as_at` is missing: it is the day to give the status for"));
        };
        let done = done.filter(|done| !crate::null::is_null(done));
        let single_done = match done {
            Some(done) => single(done, "done")?,
            None => None,
        };
        let Some(start) = single(start, "start")?.filter(|_| done.is_some() == single_done.is_some()) else {
            return of_columns(slf.as_any(), "status", (start, done, as_at, calendar));
        };
        let as_at = given(as_at, "as_at")?;
        let status = slf.get().0.status(start, single_done, as_at, of(calendar.map(Bound::get)));
        Ok(Bound::new(slf.py(), ClockStatus(status.map_err(Failure::from)?))?.into_any())
    }

    fn __repr__(&self) -> String {
        match self.0.limit() {
            Some(limit) => format!("Clock({:?}): {limit}", self.id()),
            None => format!("Clock({:?}): no number of days", self.id()),
        }
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("clock", (slf,))
    }

    fn __hash__(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        (self.id(), self.version(), self.limit(), self.unit()).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._options")?.call_method1("reduce_clock", (slf,))
    }
}

/// How an obligation under a clock stood at the end of a day.
#[pyclass(frozen, eq, module = "csc_measures")]
#[derive(PartialEq)]
pub(crate) struct ClockStatus(csc_measures::ClockStatus);

#[pymethods]
impl ClockStatus {
    /// ``met``, ``late``, ``not_yet_due`` or ``overdue``.
    #[getter]
    fn outcome(&self) -> &'static str {
        match self.0.outcome {
            ClockOutcome::Met => "met",
            ClockOutcome::Late => "late",
            ClockOutcome::NotYetDue => "not_yet_due",
            ClockOutcome::Overdue => "overdue",
        }
    }

    /// Green if done in time or due later than the warning window, amber if due within it, red if late or overdue.
    #[getter]
    fn rag<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        rag(py, self.0.rag)
    }

    /// The due date.
    #[getter]
    fn due<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.due)
    }

    /// The first day on which it is late.
    #[getter]
    fn first_late_day<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.first_late_day)
    }

    /// If not done and in time, the clock's units to the due date, and 0 from the due date on.
    #[getter]
    fn days_left(&self) -> Option<u32> {
        self.0.days_left
    }

    /// If done late or overdue, by how many of the clock's units.
    #[getter]
    fn days_over(&self) -> Option<u32> {
        self.0.days_over
    }

    /// The status as JSON: the same text as from the library's other languages.
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&self.0).map_err(|error| unwritten(error).into())
    }

    fn __repr__(&self) -> String {
        let days = match (self.0.days_left, self.0.days_over) {
            (Some(days), _) => format!(", {days} days left"),
            (_, Some(days)) => format!(", {days} days over"),
            _ => String::new(),
        };
        format!("ClockStatus: {}, due {}{days}, {}", self.outcome(), self.0.due, self.0.rag.as_str())
    }
}

/// Every clock as JSON, the same text as from the library's other languages.
#[pyfunction]
pub(crate) fn clocks_json() -> PyResult<String> {
    let clocks: Vec<_> = csc_measures::Clock::all().collect();
    serde_json::to_string(&clocks).map_err(|error| unwritten(error).into())
}
