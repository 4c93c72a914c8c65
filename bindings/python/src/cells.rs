//! Python values as those of a table: lists and dicts, from callers without a frame.

use chrono::NaiveDate;
use csc_measures::{Rows, Scalar};
use csc_measures_zones::london_day;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::date::ordinal;
use crate::null::is_null;

/// A value that was a Python object.
enum Value {
    /// All but a text.
    Plain(Scalar<'static>),
    Text(String),
}

/// Where a value goes: its row and its column, each from 0.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) row: usize,
    pub(crate) column: usize,
}

/// Takes a value into the rows.
pub(crate) fn put(rows: &mut Rows<'static>, place: Place, value: &Bound<'_, PyAny>) -> PyResult<()> {
    // A text is copied once, into the rows.
    if let Ok(text) = value.cast::<PyString>()
        && let Ok(text) = text.to_str()
    {
        rows.put_text(place.row, place.column, text);
        return Ok(());
    }
    match read(value)? {
        Value::Plain(scalar) => rows.put(place.row, place.column, scalar),
        Value::Text(text) => rows.put_text(place.row, place.column, &text),
    };
    Ok(())
}

/// Takes a value that a database holds: what is yes or no there is a number, and a moment lies on the day that it is in
/// London, whatever the zone of the session is in which it was asked for.
pub(crate) fn put_stored(rows: &mut Rows<'static>, place: Place, value: &Bound<'_, PyAny>) -> PyResult<()> {
    if value.is_none() || value.is_instance_of::<PyString>() {
        return put(rows, place, value);
    }
    let stored = if let Ok(flag) = value.cast::<PyBool>() {
        Some(Scalar::Integer(flag.is_true().into()))
    } else if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() {
        None
    } else {
        day_in_london(value)
    };
    match stored {
        Some(scalar) => {
            rows.put(place.row, place.column, scalar);
            Ok(())
        }
        None => put(rows, place, value),
    }
}

fn read(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if is_null(value) {
        return Ok(Value::Plain(Scalar::Null));
    }
    if value.is_instance_of::<PyString>() {
        // A text with half a character of UTF-16 cannot be read; that is an issue of its row.
        return Ok(Value::Plain(Scalar::Unreadable));
    }
    if let Ok(value) = value.cast::<PyBool>() {
        return Ok(Value::Plain(Scalar::Flag(value.is_true())));
    }
    if value.is_instance_of::<PyInt>() {
        return match value.extract::<i64>() {
            Ok(value) => Ok(Value::Plain(Scalar::Integer(value.into()))),
            // A hashed id may be longer than 64 bits.
            Err(_) => Ok(Value::Text(value.str()?.to_string())),
        };
    }
    if let Ok(value) = value.cast::<PyFloat>() {
        return Ok(Value::Plain(Scalar::Float(value.value())));
    }
    if let Some(date) = ordinal(value).and_then(NaiveDate::from_num_days_from_ce_opt) {
        return Ok(Value::Plain(Scalar::Day(date.to_epoch_days())));
    }
    let class = value.get_type().name()?;
    match class.to_str()? {
        "Decimal" => Ok(Value::Text(decimal(value)?)),
        "UUID" => Ok(Value::Text(value.str()?.to_string())),
        "bool" | "bool_" => Ok(Value::Plain(Scalar::Flag(value.is_truthy()?))),
        // The numbers of numpy.
        _ => {
            let number = value.extract::<i64>();
            Ok(Value::Plain(number.map_or(Scalar::Unreadable, |number| Scalar::Integer(number.into()))))
        }
    }
}

/// The day of a `datetime` with a zone; `None` of everything else.
fn day_in_london(value: &Bound<'_, PyAny>) -> Option<Scalar<'static>> {
    let py = value.py();
    let zone = value.getattr_opt(intern!(py, "tzinfo")).ok()??;
    if zone.is_none() {
        return None;
    }
    let seconds: f64 = value.call_method0(intern!(py, "timestamp")).ok()?.extract().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "a moment of the years 1 to 9999")]
    let seconds = seconds.floor() as i64;
    Some(london_day(seconds).map_or(Scalar::Unreadable, Scalar::Day))
}

/// A number as it is written without an exponent, which a nought of many decimals has (`0E-10`).
fn decimal(value: &Bound<'_, PyAny>) -> PyResult<String> {
    /// More digits than any number of a table has.
    const MOST_DIGITS: i32 = 60;
    let text = value.str()?.to_string();
    let is_plain = !text.contains('E');
    if is_plain || value.call_method0("adjusted")?.extract::<i32>()?.abs() > MOST_DIGITS {
        return Ok(text);
    }
    value.call_method1("__format__", ("f",))?.extract()
}
