//! Python values as those of a table: lists and dicts, from callers without a frame.

use std::ops::Range;

use chrono::NaiveDate;
use csc_measures::Scalar;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::date::ordinal;
use crate::null::is_null;

/// A value that was a Python object.
#[derive(Clone)]
enum Value {
    /// All but a text.
    Plain(Scalar<'static>),
    /// Where a text lies among those of its column.
    Text(Range<usize>),
}

/// A column of values.
#[derive(Default)]
pub(crate) struct Values {
    values: Vec<Value>,
    text: String,
}

impl Values {
    pub(crate) fn push(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let value = self.read(value)?;
        self.values.push(value);
        Ok(())
    }

    /// Nulls up to a number of rows.
    pub(crate) fn fill(&mut self, rows: usize) {
        if self.values.len() < rows {
            self.values.resize(rows, Value::Plain(Scalar::Null));
        }
    }

    /// The values, in order.
    pub(crate) fn scalars(&self) -> Vec<Scalar<'_>> {
        let scalar = |value: &Value| match value {
            Value::Plain(scalar) => *scalar,
            Value::Text(place) => self.text.get(place.clone()).map_or(Scalar::Unreadable, Scalar::Text),
        };
        self.values.iter().map(scalar).collect()
    }

    fn text(&mut self, text: &str) -> Value {
        let start = self.text.len();
        self.text.push_str(text);
        Value::Text(start..self.text.len())
    }

    fn read(&mut self, value: &Bound<'_, PyAny>) -> PyResult<Value> {
        if is_null(value) {
            return Ok(Value::Plain(Scalar::Null));
        }
        if let Ok(text) = value.cast::<PyString>() {
            // A text with half a character of UTF-16 cannot be read; that is an issue of its row.
            return Ok(text.to_str().map_or(Value::Plain(Scalar::Unreadable), |text| self.text(text)));
        }
        if let Ok(value) = value.cast::<PyBool>() {
            return Ok(Value::Plain(Scalar::Flag(value.is_true())));
        }
        if value.is_instance_of::<PyInt>() {
            return match value.extract::<i64>() {
                Ok(value) => Ok(Value::Plain(Scalar::Integer(value.into()))),
                // A hashed id may be longer than 64 bits.
                Err(_) => Ok(self.text(value.str()?.to_str()?)),
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
            "Decimal" | "UUID" => Ok(self.text(value.str()?.to_str()?)),
            "bool" | "bool_" => Ok(Value::Plain(Scalar::Flag(value.is_truthy()?))),
            // The numbers of numpy.
            _ => {
                let number = value.extract::<i64>();
                Ok(Value::Plain(number.map_or(Scalar::Unreadable, |number| Scalar::Integer(number.into()))))
            }
        }
    }
}
