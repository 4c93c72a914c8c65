//! Tables that come out: results, cases, what is due, issues.

use std::fmt::Write as _;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType};
use chrono::NaiveDate;
use pyo3::exceptions::{PyIndexError, PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyInt, PyIterator, PyList, PyString};

use crate::arrow;
use crate::date::to_python;
use crate::error::unwritten;

/// Makes the JSON of a table, if it is asked for.
type Json = Box<dyn Fn() -> serde_json::Result<String> + Send + Sync>;

/// A table of answers. ``pl.DataFrame``, ``pa.table``, DuckDB and others take it by the Arrow protocol.
///
/// ``table[0]`` is a row as a dict, ``table["due"]`` a column as a list.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Table {
    batch: RecordBatch,
    json: Json,
}

impl Table {
    pub(crate) fn new(
        batch: Result<RecordBatch, ArrowError>,
        json: impl Fn() -> serde_json::Result<String> + Send + Sync + 'static,
    ) -> PyResult<Self> {
        Ok(Self { batch: batch.map_err(unwritten)?, json: Box::new(json) })
    }

    fn names(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    fn row<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyDict>> {
        let object = PyDict::new(py);
        for (field, column) in self.batch.schema().fields().iter().zip(self.batch.columns()) {
            object.set_item(field.name(), value(py, column, row)?)?;
        }
        Ok(object)
    }

    fn column<'py>(&self, py: Python<'py>, column: &ArrayRef) -> PyResult<Bound<'py, PyList>> {
        let values: PyResult<Vec<_>> = (0..self.batch.num_rows()).map(|row| value(py, column, row)).collect();
        PyList::new(py, values?)
    }
}

/// A value of Python's own.
pub(crate) fn value<'py>(py: Python<'py>, array: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into_pyobject(py)?.into_any(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Boolean => array.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any(),
        DataType::Date32 => match NaiveDate::from_epoch_days(array.as_primitive::<Date32Type>().value(row)) {
            Some(date) => to_python(py, date)?,
            None => py.None().into_bound(py),
        },
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            let items: PyResult<Vec<_>> = (0..items.len()).map(|item| value(py, &items, item)).collect();
            PyList::new(py, items?)?.into_any()
        }
        other => return Err(PyTypeError::new_err(format!("columns of type {other} are not supported"))),
    })
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.names()
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    /// A row by its number, as a dict; or a column by its name, as a list.
    fn __getitem__<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = key.py();
        if let Ok(name) = key.cast::<PyString>() {
            return match self.batch.column_by_name(name.to_str()?) {
                Some(column) => Ok(self.column(py, column)?.into_any()),
                None => Err(PyKeyError::new_err(name.clone().unbind())),
            };
        }
        if !key.is_instance_of::<PyInt>() {
            return Err(PyTypeError::new_err("a row is asked for by its number, a column by its name"));
        }
        let row: isize = key.extract()?;
        let rows = self.batch.num_rows();
        let index = if row < 0 { rows.checked_add_signed(row) } else { usize::try_from(row).ok() };
        match index.filter(|index| *index < rows) {
            Some(index) => Ok(self.row(py, index)?.into_any()),
            None => Err(PyIndexError::new_err("the row does not exist")),
        }
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.to_dicts(py)?.try_iter()
    }

    /// The rows, each a dict; dates are ``datetime.date``.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows: PyResult<Vec<_>> = (0..self.batch.num_rows()).map(|row| self.row(py, row)).collect();
        PyList::new(py, rows?)
    }

    /// The columns, each a list.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let object = PyDict::new(py);
        for (field, column) in self.batch.schema().fields().iter().zip(self.batch.columns()) {
            object.set_item(field.name(), self.column(py, column)?)?;
        }
        Ok(object)
    }

    /// The kind of each column: `text`, `date`, `int`, `float`, `bool` or `list`, and whether it may be null.
    #[getter(_kinds)]
    fn kinds(&self) -> Vec<(String, &'static str, bool)> {
        let kind = |data_type: &DataType| match data_type {
            DataType::Utf8 => "text",
            DataType::Date32 => "date",
            DataType::Int64 | DataType::Int32 => "int",
            DataType::Float64 => "float",
            DataType::Boolean => "bool",
            _ => "list",
        };
        let schema = self.batch.schema();
        schema
            .fields()
            .iter()
            .map(|field| (field.name().clone(), kind(field.data_type()), field.is_nullable()))
            .collect()
    }

    /// The table as JSON: the same text as from the library's other languages, numbers exact.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| (self.json)()).map_err(|error| unwritten(error).into())
    }

    /// A pandas data frame: dates are ``datetime64``, counts integers (nullable if there are nulls).
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._columns")?.call_method1("table_to_pandas", (slf,))
    }

    /// A Polars data frame.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    /// A pyarrow table.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // What is asked for is a wish, and the interface lets a producer have its own types.
        let _ = requested_schema;
        arrow::capsule(py, self.batch.clone())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::schema_capsule(py, &self.batch)
    }

    fn __repr__(&self) -> String {
        let mut text = format!("Table of {} rows: ", self.batch.num_rows());
        let _ = write!(text, "{}", self.names().join(", "));
        text
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("table_view", (slf,))
    }
}
