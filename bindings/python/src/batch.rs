//! A batch of rows of a query: tuples of Python, or columns of Arrow.

use csc_measures::{Chunk, Column, ErrorKind, Rows, TableBuilder};
use csc_measures_arrow::ArrayColumn;
use csc_measures_arrow::interface::{take_chunks, take_column};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arrow::{self, Given};
use crate::cells::{self, Place};
use crate::error::{Failure, raise};
use crate::work::at_once;

/// Takes a batch into its table, and says how many rows it had: a tuple of columns of Arrow, or else rows of values,
/// each in the order of `names`.
pub(crate) fn take(
    into: &mut TableBuilder<'_>,
    table: &str,
    names: &[&str],
    batch: &Bound<'_, PyAny>,
) -> PyResult<usize> {
    match batch.cast::<PyTuple>() {
        Ok(columns) => take_columns(into, table, names, columns),
        Err(_) => take_rows(into, table, names, batch),
    }
}

fn take_rows(
    into: &mut TableBuilder<'_>,
    table: &str,
    names: &[&str],
    batch: &Bound<'_, PyAny>,
) -> PyResult<usize> {
    let mut rows = Rows::new(names.len());
    let mut count = 0;
    for row in batch.try_iter()? {
        let row = row?;
        // Some connections are set to give dicts, in the order of the columns.
        let values = match row.cast::<PyDict>() {
            Ok(row) => row.values().try_iter()?,
            Err(_) => row.try_iter()?,
        };
        let mut found = 0;
        for value in values {
            cells::put_stored(&mut rows, Place { row: count, column: found }, &value?)?;
            found += 1;
        }
        same_number(table, names.len(), found)?;
        count += 1;
    }
    rows.fill(count);
    at_once(batch.py(), || {
        Ok(into.chunk(&Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] })?)
    })?;
    Ok(count)
}

fn take_columns(
    into: &mut TableBuilder<'_>,
    table: &str,
    names: &[&str],
    batch: &Bound<'_, PyTuple>,
) -> PyResult<usize> {
    same_number(table, names.len(), batch.len())?;
    let mut columns = Vec::with_capacity(names.len());
    for (name, column) in names.iter().zip(batch) {
        let of_column =
            |fault: String| raise(ErrorKind::BadTable, format!("table `{table}`, column `{name}`: {fault}"));
        let taken = match arrow::given(&column)? {
            Some(Given::Array(mut schema, mut array)) => {
                // SAFETY: the capsules' producer has promised what they are.
                unsafe { take_column((&raw mut schema).cast(), (&raw mut array).cast()) }
                    .map(|(field, array)| (field, vec![array]))
            }
            Some(Given::Stream(mut stream)) => {
                // SAFETY: the capsule's producer has promised what its stream is.
                unsafe { take_chunks((&raw mut stream).cast()) }
            }
            None => return Err(of_column("the driver's column is none of Arrow".to_owned()).into()),
        };
        let (field, mut chunks) = taken.map_err(|error| of_column(error.to_string()))?;
        let (Some(array), true) = (chunks.pop(), chunks.is_empty()) else {
            return Err(of_column("a column of a batch must be in one piece".to_owned()).into());
        };
        columns.push(ArrayColumn::of_field(&field, &array).map_err(|error| of_column(error.to_string()))?);
    }
    let columns: Vec<Column<'_>> = columns.iter().map(ArrayColumn::column).collect();
    let rows = columns.first().map_or(0, Column::len);
    at_once(batch.py(), || Ok(into.chunk(&Chunk { rows, columns: &columns, bad_rows: &[] })?))?;
    Ok(rows)
}

/// Sees that what the driver gives is what it was asked for.
fn same_number(table: &str, expected: usize, found: usize) -> Result<(), Failure> {
    if found == expected {
        return Ok(());
    }
    let message = format!("table `{table}`: {expected} columns were asked for, and the driver gave {found}");
    Err(raise(ErrorKind::BadTable, message))
}
