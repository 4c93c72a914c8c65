//! Values of Python as cells of a table: lists and dicts, where a caller has no frame.

use chrono::NaiveDate;
use csc_measures::{Cell, CellColumn};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::date::ordinal;
use crate::null::is_null;

/// A value that was a Python object.
enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    Date(NaiveDate),
    Unreadable,
}

/// A column of values.
#[derive(Default)]
pub(crate) struct Values(Vec<Value>);

impl Values {
    pub(crate) fn push(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.0.push(read(value)?);
        Ok(())
    }

    /// Nulls up to a number of rows.
    pub(crate) fn fill(&mut self, rows: usize) {
        while self.0.len() < rows {
            self.0.push(Value::Null);
        }
    }
}

impl CellColumn for Values {
    fn cell(&self, row: usize) -> Cell<'_> {
        match self.0.get(row) {
            None | Some(Value::Null) => Cell::Null,
            Some(Value::Bool(value)) => Cell::Bool(*value),
            Some(Value::Integer(value)) => Cell::Integer(*value),
            Some(Value::Float(value)) => Cell::Float(*value),
            Some(Value::Text(value)) => Cell::Text(value),
            Some(Value::Date(value)) => Cell::Date(*value),
            Some(Value::Unreadable) => Cell::Unreadable,
        }
    }
}

fn read(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if is_null(value) {
        return Ok(Value::Null);
    }
    if let Ok(text) = value.cast::<PyString>() {
        // A text with half a character of UTF-16 cannot be read; that is an issue of its row.
        return Ok(text.to_str().map_or(Value::Unreadable, |text| Value::Text(text.to_owned())));
    }
    if let Ok(value) = value.cast::<PyBool>() {
        return Ok(Value::Bool(value.is_true()));
    }
    if value.is_instance_of::<PyInt>() {
        return match value.extract() {
            Ok(value) => Ok(Value::Integer(value)),
            // A hashed id may be longer than 64 bits.
            Err(_) => Ok(Value::Text(value.str()?.to_str()?.to_owned())),
        };
    }
    if let Ok(value) = value.cast::<PyFloat>() {
        return Ok(Value::Float(value.value()));
    }
    if let Some(date) = ordinal(value).and_then(NaiveDate::from_num_days_from_ce_opt) {
        return Ok(Value::Date(date));
    }
    let class = value.get_type().name()?;
    match class.to_str()? {
        "Decimal" | "UUID" => Ok(Value::Text(value.str()?.to_str()?.to_owned())),
        "bool" | "bool_" => value.is_truthy().map(Value::Bool),
        // The numbers of numpy.
        _ => Ok(value.extract().map_or(Value::Unreadable, Value::Integer)),
    }
}
