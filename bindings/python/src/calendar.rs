//! Calendars: working days.

use chrono::NaiveDate;
use csc_measures::calendar::Closures;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use crate::column::{Column, Days};
use crate::date::{ordinal, single, to_python};
use crate::error::Failure;
use crate::options;

/// The working days of a nation, 1995 to 2050: not Saturday, Sunday, a bank holiday or a council's closure.
///
/// A function that takes a date takes a column of dates too, and answers with a column of the same type: a
/// pandas or Polars Series, a pyarrow or numpy array, a list.
///
/// >>> calendar = Calendar.england_and_wales(closures=["2017-04-12"])
/// >>> calendar.working_days_between("2017-04-11", "2017-04-18")
/// 2
///
/// A date outside these years raises OutsideCalendarError.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Calendar(pub(crate) csc_measures::Calendar, Option<Closures>);

fn closed(calendar: csc_measures::Calendar, closures: Option<&Bound<'_, PyAny>>) -> PyResult<Calendar> {
    let Some(closures) = closures else { return Ok(Calendar(calendar, None)) };
    let closures: Closures = match closures.cast::<PyString>() {
        Ok(text) => options::parse(text.to_str()?, "closures")?,
        Err(_) => options::read(closures, "closures")?,
    };
    Ok(Calendar(calendar.with(&closures).map_err(Failure::from)?, Some(closures)))
}

/// Both dates, if both are single.
fn pair(start: &Bound<'_, PyAny>, end: &Bound<'_, PyAny>) -> Option<(NaiveDate, NaiveDate)> {
    let date = |value| ordinal(value).and_then(NaiveDate::from_num_days_from_ce_opt);
    Some((date(start)?, date(end)?))
}

/// An answer about a column, in the type of the column: by the method of the calendar or clock that has answers in Arrow.
pub(crate) fn answers<'py>(
    of: &Bound<'py, PyAny>,
    method: &str,
    given: impl IntoPyObject<
        'py,
        Target = pyo3::types::PyTuple,
        Output = Bound<'py, pyo3::types::PyTuple>,
        Error = PyErr,
    >,
) -> PyResult<Bound<'py, PyAny>> {
    let py = of.py();
    py.import("csc_measures._columns")?.call_method1("answers", (of, method, given.into_pyobject(py)?))
}

/// An answer about several columns, in the type of what was asked about.
pub(crate) fn of_columns<'py>(
    of: &Bound<'py, PyAny>,
    function: &str,
    arguments: impl IntoPyObject<
        'py,
        Target = pyo3::types::PyTuple,
        Output = Bound<'py, pyo3::types::PyTuple>,
        Error = PyErr,
    >,
) -> PyResult<Bound<'py, PyAny>> {
    let py = of.py();
    py.import("csc_measures._columns")?.getattr(function)?.call1((of, arguments.into_pyobject(py)?))
}

#[pymethods]
impl Calendar {
    /// England and Wales, with a council's closures or bank holidays that were announced since.
    #[staticmethod]
    #[pyo3(signature = (*, closures = None))]
    fn england_and_wales(closures: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        closed(csc_measures::Calendar::england_and_wales(), closures)
    }

    /// Scotland.
    #[staticmethod]
    #[pyo3(signature = (*, closures = None))]
    fn scotland(closures: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        closed(csc_measures::Calendar::scotland(), closures)
    }

    /// Northern Ireland.
    #[staticmethod]
    #[pyo3(signature = (*, closures = None))]
    fn northern_ireland(closures: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        closed(csc_measures::Calendar::northern_ireland(), closures)
    }

    /// The nation, as outputs name it: ``"england-and-wales"``.
    #[getter]
    fn nation(&self) -> &'static str {
        self.0.nation().as_str()
    }

    /// The first day.
    #[getter]
    fn first<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.first())
    }

    /// The last day.
    #[getter]
    fn last<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.last())
    }

    /// The last day for which the bank holidays are announced; later ones are worked out by the rules.
    #[getter]
    fn published_until<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.published_until())
    }

    /// The bank holidays in order, each with its name.
    #[getter]
    fn holidays<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let holidays: PyResult<Vec<_>> =
            self.0.holidays().map(|(date, name)| Ok((to_python(py, date)?, name.to_owned()))).collect();
        PyList::new(py, holidays?)
    }

    /// The further days that were added, in order.
    #[getter]
    fn closures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let closures: PyResult<Vec<_>> = self.0.closures().map(|date| to_python(py, date)).collect();
        PyList::new(py, closures?)
    }

    /// Whether a day, or each of a column, is a working day; null for null.
    fn is_working_day<'py>(slf: &Bound<'py, Self>, day: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        match single(day, "day")? {
            Some(day) => {
                let is_one = slf.get().0.is_working_day(day).map_err(Failure::from)?;
                Ok(pyo3::types::PyBool::new(slf.py(), is_one).to_owned().into_any())
            }
            None => answers(slf.as_any(), "_is_working_day", (day,)),
        }
    }

    /// The first working day after a day, or after each of a column; null for null.
    fn next_working_day<'py>(slf: &Bound<'py, Self>, day: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        match single(day, "day")? {
            Some(day) => to_python(slf.py(), slf.get().0.next_working_day(day).map_err(Failure::from)?),
            None => answers(slf.as_any(), "_next_working_day", (day,)),
        }
    }

    /// The last working day before a day, or before each of a column; null for null.
    fn previous_working_day<'py>(
        slf: &Bound<'py, Self>,
        day: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match single(day, "day")? {
            Some(day) => to_python(slf.py(), slf.get().0.previous_working_day(day).map_err(Failure::from)?),
            None => answers(slf.as_any(), "_previous_working_day", (day,)),
        }
    }

    /// The working days after ``start``, up to and including ``end``; 0 if ``end`` is not after ``start``.
    ///
    /// Either may be a column; a single date is used for every row, and null gives null.
    fn working_days_between<'py>(
        slf: &Bound<'py, Self>,
        start: &Bound<'py, PyAny>,
        end: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let days = match pair(start, end) {
            Some(days) => Some(days),
            None => single(start, "start")?.zip(single(end, "end")?),
        };
        match days {
            Some((start, end)) => {
                let days = slf.get().0.working_days_between(start, end).map_err(Failure::from)?;
                Ok(days.into_pyobject(slf.py())?.into_any())
            }
            None => of_columns(slf.as_any(), "working_days_between", (start, end)),
        }
    }

    /// The last day in time of a limit that started on a day: the first day by which so many working days
    /// have passed.
    ///
    /// Days off straight after it are still in time: test the count, not this date.
    fn add_working_days<'py>(
        slf: &Bound<'py, Self>,
        start: &Bound<'py, PyAny>,
        working_days: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let working_days: u32 = options::count(working_days, "working_days")?;
        match single(start, "start")? {
            Some(start) => {
                to_python(slf.py(), slf.get().0.add_working_days(start, working_days).map_err(Failure::from)?)
            }
            None => answers(slf.as_any(), "_add_working_days", (start, working_days)),
        }
    }

    #[pyo3(name = "_is_working_day")]
    fn is_working_day_column(&self, py: Python<'_>, days: &Bound<'_, PyAny>) -> PyResult<Column> {
        let days = Days::read(days, "day")?;
        let found = py.detach(|| Ok::<_, Failure>(self.0.is_working_day_column(&days.column()?)?));
        Ok(Column::of_answers(&found?))
    }

    #[pyo3(name = "_working_days_between")]
    fn working_days_between_columns(
        &self,
        py: Python<'_>,
        starts: &Bound<'_, PyAny>,
        ends: &Bound<'_, PyAny>,
    ) -> PyResult<Column> {
        let (starts, ends) = Days::pair(("start", starts), ("end", ends))?;
        let found = py.detach(|| {
            Ok::<_, Failure>(self.0.working_days_between_columns(&starts.column()?, &ends.column()?)?)
        });
        Ok(Column::of_counts(found?))
    }

    #[pyo3(name = "_add_working_days")]
    fn add_working_days_column(
        &self,
        py: Python<'_>,
        starts: &Bound<'_, PyAny>,
        working_days: u32,
    ) -> PyResult<Column> {
        let starts = Days::read(starts, "start")?;
        let found =
            py.detach(|| Ok::<_, Failure>(self.0.add_working_days_column(&starts.column()?, working_days)?));
        Ok(Column::of_dates(found?))
    }

    #[pyo3(name = "_next_working_day")]
    fn next_working_day_column(&self, py: Python<'_>, days: &Bound<'_, PyAny>) -> PyResult<Column> {
        Days::read(days, "day")?.dates(py, |day| Ok(self.0.next_working_day(day)?))
    }

    #[pyo3(name = "_previous_working_day")]
    fn previous_working_day_column(&self, py: Python<'_>, days: &Bound<'_, PyAny>) -> PyResult<Column> {
        Days::read(days, "day")?.dates(py, |day| Ok(self.0.previous_working_day(day)?))
    }

    /// How a calendar is pickled: by its nation, and what was added.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let closures = self.1.as_ref().map(|closures| options::to_python(py, closures)).transpose()?;
        let nation = self.0.nation().as_str();
        py.import("csc_measures._options")?.call_method1("reduce_calendar", (nation, closures))
    }

    fn __repr__(&self) -> String {
        let closures = self.0.closures().count();
        let and = if closures > 0 { format!(" with {closures} closures") } else { String::new() };
        format!("Calendar of {}{and}", self.0.nation().as_str())
    }
}
