//! The Arrow C data interface: tables from other languages, and results for them, without a copy.
//!
//! What a producer hands over is looked at before it is read: a NULL where there may be none, a negative
//! length, a buffer or child too few, a type that contradicts itself is an error and no crash. What cannot be
//! seen stays the producer's duty: that a pointer which is not NULL is good, and that a buffer is as long as
//! the lengths say.
//!
//! Columns that a table does not know are not looked at beyond their names, whatever their types.
#![allow(unsafe_code, reason = "the interface is made of raw pointers; each block says what it stands on")]

mod abi;
mod array;
mod schema;
mod stream;

pub use abi::{ArrowArray, ArrowArrayStream, ArrowSchema};
pub use stream::{Stream, export_stream};

use arrow_schema::Fields;
use csc_measures::tables::Table;
use csc_measures::{DatasetBuilder, DatasetError};

use crate::input::Input;
use crate::{ArrowInputError, ColumnError};

/// Takes a table from a stream of record batches, which is released when it is read, or cannot be. A stream
/// without batches is an empty table: supplied, and there were none.
///
/// # Errors
/// As [`add_batches`](crate::add_batches); [`ArrowInputError::Interface`]. The builder is then to be let go.
pub fn add_stream(
    builder: &mut DatasetBuilder,
    table: &str,
    mut stream: Stream,
) -> Result<(), ArrowInputError> {
    let fault = |fault: String| ArrowInputError::Interface { table: table.to_owned(), fault };
    let of = Table::by_name(table).map_err(DatasetError::from)?;
    let fields: Fields = stream.schema().and_then(|schema| schema.columns(of)).map_err(fault)?.into();
    if let Some(field) = fields.iter().find(|field| field.data_type().is_nested()) {
        let source = ColumnError::Nested { data_type: field.data_type().clone() };
        return Err(ArrowInputError::Column {
            table: table.to_owned(),
            column: field.name().clone(),
            source,
        });
    }
    let mut input = Input::start(builder, table, &fields)?;
    let mut number = 0;
    while let Some(batch) = stream.next(fields.len()).map_err(fault)? {
        number += 1;
        let mut columns = Vec::with_capacity(fields.len());
        for (place, (field, is_known)) in fields.iter().zip(&input.is_known).enumerate() {
            let column = is_known.then(|| batch.column(place, field.data_type())).transpose();
            columns.push(
                column
                    .map_err(|found| fault(format!("batch {number}, column `{}`: {found}", field.name())))?,
            );
        }
        let is_valid = batch.validity().map_err(fault)?;
        input.take(batch.rows, &columns, is_valid.as_deref())?;
    }
    Ok(())
}
