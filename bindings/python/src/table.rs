//! Tables that come out: results, cases, what is due, issues.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch};
use arrow_schema::{ArrowError, DataType};
use arrow_select::take::take_record_batch;
use chrono::NaiveDate;
use csc_measures::ErrorKind;
use pyo3::exceptions::{PyIndexError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyInt, PyIterator, PyList, PySlice, PyString};
use serde_json::value::RawValue;

use crate::arrow;
use crate::date::to_python;
use crate::error::{Failure, raise, unwritten};
use crate::{file, flat};

/// Makes the JSON of a table, if it is asked for.
type Text = Box<dyn Fn() -> serde_json::Result<String> + Send + Sync>;

/// The JSON of a whole table.
struct Json {
    text: Text,
    /// Whether it is a list that has an object for each row.
    is_by_row: bool,
}

/// A table of answers. pandas, Polars, pyarrow, DuckDB, narwhals and others take it by the Arrow protocol.
///
/// ``table[0]`` is a row as a dict, ``table["due"]`` a column as a list, ``table[:10]`` a table of the first rows. Tables
/// with the same columns and rows are equal. ``print(table)`` shows the first rows.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Table {
    batch: RecordBatch,
    json: Arc<Json>,
    /// Which rows of the whole these are; `None`: all.
    rows: Option<Vec<usize>>,
}

impl Table {
    /// A table whose JSON is a list with an object for each row.
    pub(crate) fn new(
        batch: Result<RecordBatch, ArrowError>,
        json: impl Fn() -> serde_json::Result<String> + Send + Sync + 'static,
    ) -> PyResult<Self> {
        Self::of(batch, Json { text: Box::new(json), is_by_row: true })
    }

    /// A table whose JSON is of another form than its rows.
    pub(crate) fn nested(
        batch: Result<RecordBatch, ArrowError>,
        json: impl Fn() -> serde_json::Result<String> + Send + Sync + 'static,
    ) -> PyResult<Self> {
        Self::of(batch, Json { text: Box::new(json), is_by_row: false })
    }

    fn of(batch: Result<RecordBatch, ArrowError>, json: Json) -> PyResult<Self> {
        Ok(Self { batch: batch.map_err(unwritten)?, json: Arc::new(json), rows: None })
    }

    /// Some of the rows, in any order.
    fn rows(&self, picked: Vec<usize>) -> Result<Self, Failure> {
        let batch = match run(&picked) {
            Some(run) => self.batch.slice(run.start, run.len()),
            None => {
                let places: Int64Array = picked.iter().map(|row| i64::try_from(*row).ok()).collect();
                take_record_batch(&self.batch, &places).map_err(unwritten)?
            }
        };
        let of_whole = |row: &usize| match &self.rows {
            Some(rows) => rows.get(*row).copied(),
            None => Some(*row),
        };
        let rows = picked.iter().filter_map(of_whole).collect();
        Ok(Self { batch, json: Arc::clone(&self.json), rows: Some(rows) })
    }

    fn json(&self) -> Result<String, Failure> {
        let whole = (self.json.text)().map_err(unwritten)?;
        let Some(rows) = &self.rows else { return Ok(whole) };
        if !self.json.is_by_row {
            let message = "the JSON of this table is not one of rows, so some of its rows have none; take `to_json` of the \
                           whole table, or `to_dicts`";
            return Err(raise(ErrorKind::BadValue, message.to_owned()));
        }
        let every: Vec<&RawValue> = serde_json::from_str(&whole).map_err(unwritten)?;
        let picked: Vec<&RawValue> = rows.iter().filter_map(|row| every.get(*row).copied()).collect();
        serde_json::to_string(&picked).map_err(unwritten)
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

/// The rows as a run of neighbours, if they are one.
fn run(rows: &[usize]) -> Option<Range<usize>> {
    let first = rows.first().copied().unwrap_or_default();
    let run = first..first + rows.len();
    rows.iter().copied().eq(run.clone()).then_some(run)
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

    /// A row by its number, as a dict; a column by its name, as a list; or the rows of a slice, as a table.
    fn __getitem__<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = key.py();
        if let Ok(name) = key.cast::<PyString>() {
            return match self.batch.column_by_name(name.to_str()?) {
                Some(column) => Ok(self.column(py, column)?.into_any()),
                None => {
                    let message = py
                        .import("csc_measures._names")?
                        .call_method1("unknown", ("column", name, self.names()))?;
                    Err(raise(ErrorKind::UnknownName, message.extract()?).into())
                }
            };
        }
        if let Ok(slice) = key.cast::<PySlice>() {
            let length = isize::try_from(self.batch.num_rows())?;
            let indices = slice.indices(length)?;
            let place = |count: usize| {
                let steps = isize::try_from(count).ok()?.checked_mul(indices.step)?;
                usize::try_from(indices.start.checked_add(steps)?).ok()
            };
            let picked = (0..indices.slicelength).filter_map(place).collect();
            return Ok(self.rows(picked)?.into_pyobject(py)?.into_any());
        }
        if !key.is_instance_of::<PyInt>() {
            return Err(PyTypeError::new_err(
                "a row is asked for by its number, several by a slice such as `table[:10]`, a column by its name",
            ));
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
    ///
    /// The JSON of cases and of signals is not one of rows, and a slice of them has none: it raises BadValueError.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        Ok(py.detach(|| self.json())?)
    }

    /// The table as CSV, for spreadsheets: lists are texts with ``;`` between their items, and what is null is empty.
    ///
    /// With a ``path`` it is written there as UTF-8, and else given back as text. A text that a spreadsheet would run as a
    /// formula has a ``'`` before it; ``raw=True`` writes texts as they are, for programs that read them back.
    ///
    /// Raises OSError if the file cannot be written.
    #[pyo3(signature = (path = None, *, raw = false))]
    pub(crate) fn to_csv(
        &self,
        py: Python<'_>,
        path: Option<&Bound<'_, PyAny>>,
        raw: bool,
    ) -> PyResult<Option<String>> {
        let text = py.detach(|| flat::csv(&self.batch, raw))?;
        match path {
            None => Ok(Some(text)),
            Some(path) => file::write(path, text.as_bytes()).map(|()| None),
        }
    }

    /// Writes the table as a Parquet file: lists are texts with ``;`` between their items, dates are dates.
    ///
    /// Raises OSError if the file cannot be written.
    pub(crate) fn to_parquet(&self, py: Python<'_>, path: &Bound<'_, PyAny>) -> PyResult<()> {
        let bytes = py.detach(|| flat::parquet(&self.batch))?;
        file::write(path, &bytes)
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

    // narwhals, and what is built on it, such as Altair.
    fn __narwhals_dataframe__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._columns")?.call_method1("table_to_narwhals", (slf,))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> Option<bool> {
        let other = other.cast::<Self>().ok()?.get();
        Some(self.names() == other.names() && self.batch.columns() == other.batch.columns())
    }

    fn __repr__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._terminal")?.call_method1("table_view", (slf,))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._notebook")?.call_method1("table_view", (slf,))
    }
}
