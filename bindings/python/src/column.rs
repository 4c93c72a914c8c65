//! Columns: of dates in, of dates, counts and answers out.

use arrow_array::builder::BooleanBufferBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{Array, ArrayRef, BooleanArray, Date32Array, Int32Array};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType;
use chrono::NaiveDate;
use csc_measures::calendar::{Answers, DateColumn};
use csc_measures::{ErrorKind, Scalar};
use csc_measures_arrow::interface::{take_chunks, take_column};
use csc_measures_arrow::{ArrayColumn, ColumnError};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyList, PyString};

use crate::arrow::{self, Given};
use crate::date::{ordinal, single};
use crate::error::{Failure, raise};

/// A day that is null in plain bytes.
const NONE: i32 = i32::MIN;

/// A column of answers, one for each row asked about: dates, counts or booleans, with nulls.
///
/// Any library with the Arrow protocol takes it as it is.
#[pyclass(frozen, module = "csc_measures", name = "Answers")]
pub(crate) struct Column(ArrayRef);

#[pymethods]
impl Column {
    /// A column of days since 1970-01-01, 32-bit integers one after the other; the least is a null.
    #[staticmethod]
    #[pyo3(name = "_of_days")]
    fn of_days(days: &[u8]) -> Self {
        let days: Vec<i32> = days.as_chunks().0.iter().map(|bytes| i32::from_ne_bytes(*bytes)).collect();
        let nulls = days.contains(&NONE).then(|| days.iter().map(|day| *day != NONE).collect());
        Self(std::sync::Arc::new(Date32Array::new(days.into(), nulls)))
    }

    /// The kind of value, the values (of dates and counts 32-bit integers, of answers bytes), and a byte for
    /// each that is 1 where it is null.
    #[pyo3(name = "_plain")]
    fn plain<'py>(
        &self,
        py: Python<'py>,
    ) -> (&'static str, Bound<'py, PyBytes>, Option<Bound<'py, PyBytes>>) {
        let (kind, values): (_, Vec<u8>) = match self.0.data_type() {
            DataType::Date32 => ("date", bytes(self.0.as_primitive::<Date32Type>().values())),
            DataType::Int32 => ("int", bytes(self.0.as_primitive::<Int32Type>().values())),
            _ => ("bool", self.0.as_boolean().values().iter().map(u8::from).collect()),
        };
        let nulls: Option<Vec<u8>> =
            self.0.nulls().map(|nulls| nulls.iter().map(|is_valid| u8::from(!is_valid)).collect());
        (kind, PyBytes::new(py, &values), nulls.map(|nulls| PyBytes::new(py, &nulls)))
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, row: isize) -> PyResult<Bound<'py, PyAny>> {
        let index = if row < 0 { self.0.len().checked_add_signed(row) } else { usize::try_from(row).ok() };
        match index.filter(|index| *index < self.0.len()) {
            Some(index) => crate::table::value(py, &self.0, index),
            None => Err(pyo3::exceptions::PyIndexError::new_err("the row does not exist")),
        }
    }

    /// The values as Python objects, ``None`` for null.
    fn to_list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let values: PyResult<Vec<_>> =
            (0..self.0.len()).map(|row| crate::table::value(py, &self.0, row)).collect();
        PyList::new(py, values?)
    }

    /// ``datetime64[D]`` with NaT, ``int32`` or ``bool``; with nulls ``float64`` with NaN, or objects.
    fn to_numpy<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._columns")?.call_method1("to_numpy", (slf,))
    }

    /// A Series: ``datetime64[s]``, or ``int32`` and ``bool``, nullable if there are nulls.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("csc_measures._columns")?.call_method1("to_pandas", (slf,))
    }

    /// A Polars Series.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("Series", (slf,))
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        // What is asked for is a wish, and the interface lets a producer have its own types.
        let _ = requested_schema;
        arrow::array_capsules(py, &self.0)
    }

    fn __repr__(&self) -> String {
        format!("Answers of {} {}", self.0.len(), self.0.data_type())
    }
}

impl Column {
    pub(crate) fn of_dates(answers: Answers<i32>) -> Self {
        let nulls = nulls(answers.validity.as_deref(), answers.values.len());
        Self(std::sync::Arc::new(Date32Array::new(answers.values.into(), nulls)))
    }

    pub(crate) fn of_counts(answers: Answers<i32>) -> Self {
        let nulls = nulls(answers.validity.as_deref(), answers.values.len());
        Self(std::sync::Arc::new(Int32Array::new(answers.values.into(), nulls)))
    }

    pub(crate) fn of_answers(answers: &Answers<bool>) -> Self {
        let nulls = nulls(answers.validity.as_deref(), answers.values.len());
        Self(std::sync::Arc::new(BooleanArray::new(answers.values.clone().into(), nulls)))
    }
}

fn bytes(values: &[i32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_ne_bytes()).collect()
}

fn nulls(bits: Option<&[u8]>, length: usize) -> Option<NullBuffer> {
    let bits = bits?;
    let mut valid = BooleanBufferBuilder::new(length);
    valid.append_packed_range(0..length, bits);
    Some(NullBuffer::new(valid.finish()))
}

/// A day that is written as a text.
fn day_of(text: &str, name: &str, row: usize) -> Result<i32, Failure> {
    let date = text.parse::<NaiveDate>().map_err(|_| {
        raise(ErrorKind::BadValue, format!("`{name}`, row {row}: not a date; write it as 2017-03-31"))
    })?;
    Ok(date.to_epoch_days())
}

fn date(day: i32, row: usize) -> Result<NaiveDate, Failure> {
    let outside =
        || raise(ErrorKind::OutsideCalendar, format!("row {row}: the date is outside every calendar"));
    NaiveDate::from_epoch_days(day).ok_or_else(outside)
}

/// An answer of a row: what is wrong names it.
fn of_row<T>(row: usize, answer: Result<T, Failure>) -> Result<T, Failure> {
    answer.map_err(|failure| failure.of_row(row))
}

/// A column of dates that a caller gives, in days since 1970-01-01.
pub(crate) struct Days {
    days: Vec<i32>,
    validity: Option<Vec<u8>>,
}

impl Days {
    /// Reads a column: Arrow of any form that holds dates, or an iterable of dates and `None`.
    pub(crate) fn read(given: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        let chunks = match arrow::given(given)? {
            Some(Given::Stream(mut stream)) => {
                // SAFETY: the capsule's producer has promised what its stream is.
                unsafe { take_chunks((&raw mut stream).cast()) }
            }
            Some(Given::Array(mut schema, mut array)) => {
                // SAFETY: the capsules' producer has promised what they are.
                unsafe { take_column((&raw mut schema).cast(), (&raw mut array).cast()) }
                    .map(|(field, array)| (field, vec![array]))
            }
            None => return Self::of_objects(given, name),
        };
        let (_, chunks) = chunks.map_err(|error: ColumnError| PyErr::from(Failure::from(error)))?;
        let days = Self::of_chunks(&chunks, name)?;
        Ok(days)
    }

    fn of_chunks(chunks: &[ArrayRef], name: &str) -> Result<Self, Failure> {
        let mut days: Vec<Option<i32>> = Vec::new();
        if let [chunk] = chunks
            && *chunk.data_type() == DataType::Date32
            && chunk.null_count() == 0
        {
            return Ok(Self { days: chunk.as_primitive::<Date32Type>().values().to_vec(), validity: None });
        }
        for chunk in chunks {
            if *chunk.data_type() == DataType::Date32 {
                days.extend(chunk.as_primitive::<Date32Type>().iter());
                continue;
            }
            let array = ArrayColumn::new(chunk)?;
            let column = array.column();
            for row in 0..chunk.len() {
                days.push(match column.value(row) {
                    Scalar::Null => None,
                    Scalar::Day(day) => Some(day),
                    Scalar::Text(text) => Some(day_of(text, name, days.len() + 1)?),
                    _ => {
                        let data_type = chunk.data_type();
                        let row = days.len() + 1;
                        let message =
                            format!("`{name}`, row {row}: not a date in a column of type {data_type}");
                        return Err(raise(ErrorKind::BadValue, message));
                    }
                });
            }
        }
        Ok(Self::of(days.into_iter()))
    }

    fn of_objects(given: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        let values = given.try_iter().map_err(|_| {
            let class = given.get_type().qualname().map_or_else(|_| String::new(), |class| class.to_string());
            PyTypeError::new_err(format!(
                "`{name}` must be a datetime.date or a column of dates: a list, or what has __arrow_c_stream__ or \
                 __arrow_c_array__, not {class}"
            ))
        })?;
        let mut days = Vec::new();
        for (row, value) in (1..).zip(values) {
            let value = value?;
            let date = ordinal(&value).and_then(NaiveDate::from_num_days_from_ce_opt);
            days.push(match date {
                Some(date) => Some(date.to_epoch_days()),
                None if crate::null::is_null(&value) => None,
                None if value.is_instance_of::<PyString>() => {
                    Some(day_of(value.cast::<PyString>()?.to_str()?, name, row)?)
                }
                None => {
                    let class = value.get_type().qualname()?;
                    return Err(PyTypeError::new_err(format!("`{name}`, row {row}: {class} is not a date")));
                }
            });
        }
        Ok(Self::of(days.into_iter()))
    }

    /// A date for each, and null for null.
    pub(crate) fn dates(
        &self,
        py: Python<'_>,
        answer: impl Fn(NaiveDate) -> Result<NaiveDate, Failure> + Sync,
    ) -> PyResult<Column> {
        let dates: Result<Date32Array, Failure> = py.detach(|| {
            let each = (1..).zip(self.each());
            each.map(|(row, day)| {
                day.map(|day| of_row(row, answer(date(day, row)?)).map(|date| date.to_epoch_days()))
                    .transpose()
            })
            .collect()
        });
        Ok(Column(std::sync::Arc::new(dates?)))
    }

    /// An answer for each pair of dates, and null if either is.
    pub(crate) fn answers(
        &self,
        py: Python<'_>,
        other: &Self,
        answer: impl Fn(NaiveDate, NaiveDate) -> Result<bool, Failure> + Sync,
    ) -> PyResult<Column> {
        if self.len() != other.len() {
            let message =
                format!("the columns differ in length: {} starts and {} ends", self.len(), other.len());
            return Err(raise(ErrorKind::BadValue, message).into());
        }
        let found: Result<BooleanArray, Failure> = py.detach(|| {
            let each = (1..).zip(self.each().zip(other.each()));
            each.map(|(row, (one, other))| {
                let pair = one.zip(other);
                pair.map(|(one, other)| of_row(row, answer(date(one, row)?, date(other, row)?))).transpose()
            })
            .collect()
        });
        Ok(Column(std::sync::Arc::new(found?)))
    }

    /// What is made of each start and of the day on which it was done, if there is one; null for a null start.
    pub(crate) fn with_done<T: Send>(
        &self,
        py: Python<'_>,
        done: Option<&Self>,
        make: impl Fn(NaiveDate, Option<NaiveDate>) -> Result<T, Failure> + Sync,
    ) -> PyResult<Vec<Option<T>>> {
        if let Some(done) = done.filter(|done| done.len() != self.len()) {
            let message =
                format!("the columns differ in length: {} starts and {} done", self.len(), done.len());
            return Err(raise(ErrorKind::BadValue, message).into());
        }
        let made: Result<Vec<Option<T>>, Failure> = py.detach(|| {
            let mut done = done.map(Self::each);
            let each = (1..).zip(self.each());
            each.map(|(row, start)| {
                let done = done.as_mut().and_then(|done| done.next().flatten());
                let Some(start) = start else { return Ok(None) };
                let done = done.map(|done| date(done, row)).transpose()?;
                of_row(row, make(date(start, row)?, done)).map(Some)
            })
            .collect()
        });
        Ok(made?)
    }

    /// The days, null for null.
    fn each(&self) -> impl Iterator<Item = Option<i32>> {
        self.days.iter().enumerate().map(|(row, day)| {
            let is_valid = match &self.validity {
                Some(bits) => bits.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1),
                None => true,
            };
            is_valid.then_some(*day)
        })
    }

    fn of(days: impl ExactSizeIterator<Item = Option<i32>> + Clone) -> Self {
        let has_nulls = days.clone().any(|day| day.is_none());
        let validity = has_nulls.then(|| {
            let mut bits = vec![0_u8; days.len().div_ceil(8)];
            for (row, day) in days.clone().enumerate() {
                if let Some(byte) = bits.get_mut(row / 8) {
                    *byte |= u8::from(day.is_some()) << (row % 8);
                }
            }
            bits
        });
        Self { days: days.map(Option::unwrap_or_default).collect(), validity }
    }

    /// Reads two columns, of which one may be a single date for every row.
    pub(crate) fn pair(
        (name, one): (&str, &Bound<'_, PyAny>),
        (other_name, other): (&str, &Bound<'_, PyAny>),
    ) -> PyResult<(Self, Self)> {
        Ok(match (single(one, name)?, single(other, other_name)?) {
            (Some(date), _) => {
                let others = Self::read(other, other_name)?;
                (Self::repeated(date, others.len()), others)
            }
            (_, Some(date)) => {
                let ones = Self::read(one, name)?;
                let others = Self::repeated(date, ones.len());
                (ones, others)
            }
            (None, None) => (Self::read(one, name)?, Self::read(other, other_name)?),
        })
    }

    /// One date for each of so many rows.
    fn repeated(date: NaiveDate, rows: usize) -> Self {
        Self { days: vec![date.to_epoch_days(); rows], validity: None }
    }

    fn len(&self) -> usize {
        self.days.len()
    }

    pub(crate) fn column(&self) -> Result<DateColumn<'_>, Failure> {
        match &self.validity {
            Some(bits) => Ok(DateColumn::with_validity(&self.days, bits, 0)?),
            None => Ok(DateColumn::new(&self.days)),
        }
    }
}
