//! Options: what a caller says in Python, as the JSON that every language has.

use csc_measures::{ErrorKind, Options};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{raise, unwritten};

/// Reads a value of Python by way of JSON: dates, decimals and sets become texts and lists.
pub(crate) fn read<T: DeserializeOwned>(value: &Bound<'_, PyAny>, name: &str) -> PyResult<T> {
    let json = value.py().import("csc_measures._options")?.call_method1("to_json", (value,))?;
    let text: String = json.extract()?;
    serde_json::from_str(&text).map_err(|error| {
        let message = error.to_string();
        // Of an error inside JSON nothing is left but its words.
        let is_unknown = ["unknown clock ", "unknown plan "].iter().any(|start| message.starts_with(start));
        let kind = if is_unknown { ErrorKind::UnknownName } else { ErrorKind::BadValue };
        raise(kind, without_place(name, &message)).into()
    })
}

/// Reads JSON that a caller gives as a text.
pub(crate) fn parse<T: DeserializeOwned>(text: &str, name: &str) -> PyResult<T> {
    serde_json::from_str(text).map_err(|error| {
        raise(ErrorKind::BadValue, format!("`{name}` must be JSON if it is text: {error}")).into()
    })
}

/// The caller did not write the JSON, so its line and column would mean nothing.
fn without_place(name: &str, message: &str) -> String {
    let message = message.split_once(" at line ").map_or(message, |(message, _)| message);
    if name.is_empty() { message.to_owned() } else { format!("`{name}`: {message}") }
}

/// The options of a call: those that are not `None`.
pub(crate) fn of(py: Python<'_>, given: &[(&str, Option<&Bound<'_, PyAny>>)]) -> PyResult<Options> {
    object(py, given)
}

/// An object of what a caller gives: what is not `None`.
pub(crate) fn object<T: DeserializeOwned>(
    py: Python<'_>,
    given: &[(&str, Option<&Bound<'_, PyAny>>)],
) -> PyResult<T> {
    let options = PyDict::new(py);
    for (name, value) in given {
        if let Some(value) = value {
            options.set_item(name, arguments(py)?.call_method1("option", (name, value))?)?;
        }
    }
    read(options.as_any(), "")
}

/// What reads the arguments of callers, and refuses wrong ones by name.
pub(crate) fn arguments(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import("csc_measures._arguments")
}

/// An id that a caller gives: a text, or the whole number that it is.
pub(crate) fn identity(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    arguments(value.py())?.call_method1("identity", (name, value))?.extract()
}

/// A whole number that a caller gives, from 0 to the most that fits.
pub(crate) fn count<'py, T: Bounded + FromPyObjectOwned<'py>>(
    value: &Bound<'py, PyAny>,
    name: &str,
) -> PyResult<T> {
    if !value.is_instance_of::<PyBool>()
        && let Ok(number) = value.extract()
    {
        return Ok(number);
    }
    let number = arguments(value.py())?.call_method1("count", (name, value, 0, T::MOST))?;
    number.extract().map_err(Into::into)
}

/// A whole number with a largest value.
pub(crate) trait Bounded {
    const MOST: u64;
}

impl Bounded for u32 {
    const MOST: u64 = u32::MAX as u64;
}

impl Bounded for u64 {
    const MOST: u64 = u64::MAX;
}

/// The options of a question about a day.
pub(crate) fn of_day(
    py: Python<'_>,
    plan: Option<&Bound<'_, PyAny>>,
    policy: Option<&Bound<'_, PyAny>>,
    measures: Option<&Bound<'_, PyAny>>,
    closures: Option<&Bound<'_, PyAny>>,
) -> PyResult<Options> {
    of(py, &[("plan", plan), ("policy", policy), ("measures", measures), ("closures", closures)])
}

/// A value of the library as dicts and lists.
pub(crate) fn to_python<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(value).map_err(unwritten)?;
    py.import("json")?.call_method1("loads", (text,))
}

/// A text that a caller gives, also as an enumeration of texts.
pub(crate) fn text<'a>(value: &'a Bound<'_, PyAny>, name: &str) -> PyResult<&'a str> {
    match value.cast::<PyString>() {
        Ok(text) => text.to_str(),
        Err(_) => {
            let class = value.get_type().qualname()?;
            Err(PyTypeError::new_err(format!("`{name}` must be text, not {class}")))
        }
    }
}
