//! Dates of Python: `datetime.date`, and what derives from it.
//!
//! With the stable interface of CPython a date's fields are attributes, and each look at one costs more than a
//! count of working days. Its ordinal takes one call: of all ways that interface has, the cheapest.

use chrono::{Datelike, NaiveDate};
use csc_measures::{ErrorKind, Month, Rag};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyAny, PyString};

use crate::error::{Failure, raise};
use crate::null::is_null;

static TO_ORDINAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static FROM_ORDINAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

fn cached<'py>(
    py: Python<'py>,
    place: &'static PyOnceLock<Py<PyAny>>,
    name: &str,
) -> PyResult<&'py Bound<'py, PyAny>> {
    let method = place.get_or_try_init(py, || {
        Ok::<_, PyErr>(py.import("datetime")?.getattr("date")?.getattr(name)?.unbind())
    })?;
    Ok(method.bind(py))
}

/// A date by its ordinal, 0001-01-01 = 1; `None` if there is no such date.
pub(crate) fn ordinal(value: &Bound<'_, PyAny>) -> Option<i32> {
    let method = cached(value.py(), &TO_ORDINAL, "toordinal").ok()?;
    match method.call1((value,)).and_then(|ordinal| ordinal.extract()) {
        // What pandas has for a missing date says that it is the first day of all.
        Ok(1) if is_null(value) => None,
        Ok(ordinal) => Some(ordinal),
        Err(_) => of_numpy(value),
    }
}

/// A single date of numpy, which knows nothing of ordinals.
fn of_numpy(value: &Bound<'_, PyAny>) -> Option<i32> {
    if value.get_type().name().ok()?.to_str().ok()? != "datetime64" {
        return None;
    }
    let date = value.call_method1("astype", ("datetime64[D]",)).ok()?.call_method0("item").ok()?;
    cached(value.py(), &TO_ORDINAL, "toordinal").ok()?.call1((date,)).ok()?.extract().ok()
}

/// One date, also written as a text.
pub(crate) fn single(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Option<NaiveDate>> {
    match ordinal(value) {
        Some(ordinal) => Ok(NaiveDate::from_num_days_from_ce_opt(ordinal)),
        None if value.is_instance_of::<PyString>() => given(value, name).map(Some),
        None if is_null(value) => {
            let message = format!("`{name}` must be a date or a column of dates, not {value}");
            Err(PyTypeError::new_err(message))
        }
        None => Ok(None),
    }
}

/// A date that a caller gives.
pub(crate) fn given(value: &Bound<'_, PyAny>, name: &str) -> PyResult<NaiveDate> {
    if let Some(date) = ordinal(value).and_then(NaiveDate::from_num_days_from_ce_opt) {
        return Ok(date);
    }
    if let Ok(text) = value.cast::<PyString>() {
        let date = text.to_str()?.parse();
        return date.map_err(|_| {
            raise(ErrorKind::BadValue, format!("`{name}` is not a date; write it as 2017-03-31")).into()
        });
    }
    let class = value.get_type().qualname()?;
    let message = format!("`{name}` must be a datetime.date or a text such as \"2017-03-31\", not {class}");
    Err(PyTypeError::new_err(message))
}

/// A date for Python.
pub(crate) fn to_python(py: Python<'_>, date: NaiveDate) -> PyResult<Bound<'_, PyAny>> {
    cached(py, &FROM_ORDINAL, "fromordinal")?.call1((date.num_days_from_ce(),))
}

/// A month: `"2017-03"`, or the month of a date.
pub(crate) fn month(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Month> {
    if let Ok(text) = value.cast::<PyString>() {
        let month = text.to_str()?.parse::<Month>();
        return month.map_err(|error| unreadable_month(name, &error).into());
    }
    if let Some(date) = ordinal(value).and_then(NaiveDate::from_num_days_from_ce_opt) {
        return Ok(Month::of(date));
    }
    let class = value.get_type().qualname()?;
    if class == "Period" {
        return of_period(value, name);
    }
    let number = value.extract().ok().and_then(of_digits).map(|month| format!("; write it as \"{month}\""));
    let message = format!(
        "`{name}` must be text such as \"2017-03\", a datetime.date or a pandas.Period, not {class}{}",
        number.unwrap_or_default()
    );
    Err(PyTypeError::new_err(message))
}

/// The month that a number such as 201703 is meant to be.
fn of_digits(number: i64) -> Option<Month> {
    format!("{:04}-{:02}", number / 100, number % 100).parse().ok()
}

/// The month of a period of pandas, which may be a day or a month long, and no longer.
fn of_period(period: &Bound<'_, PyAny>, name: &str) -> PyResult<Month> {
    let frequency: String = period.getattr("freqstr")?.extract()?;
    if !matches!(frequency.as_str(), "M" | "D" | "B") {
        let message = format!(
            "`{name}` is a pandas.Period of frequency {frequency}; one month is needed, as \
             pandas.Period(\"2017-03\", \"M\") is"
        );
        return Err(raise(ErrorKind::BadValue, message).into());
    }
    let (year, month): (i32, u32) = (period.getattr("year")?.extract()?, period.getattr("month")?.extract()?);
    format!("{year:04}-{month:02}").parse::<Month>().map_err(|error| unreadable_month(name, &error).into())
}

fn unreadable_month(name: &str, error: &impl std::fmt::Display) -> Failure {
    raise(ErrorKind::BadValue, format!("`{name}`: {error}"))
}

/// A colour as the package's enumeration.
pub(crate) fn rag(py: Python<'_>, rag: Rag) -> PyResult<Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = CLASS
        .get_or_try_init(py, || Ok::<_, PyErr>(py.import("csc_measures.rag")?.getattr("Rag")?.unbind()))?;
    class.bind(py).call1((rag.as_str(),))
}
