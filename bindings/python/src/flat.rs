//! A table as CSV and as Parquet, for readers that have no lists.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use chrono::NaiveDate;
use csc_measures::{ErrorKind, guarded};
use csc_measures_arrow::flat_batch;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::error::{Failure, raise, unwritten};

/// The table as CSV, a row a line: what is null is empty. A text that a spreadsheet would run as a formula has a `'`
/// before it, unless texts are to be written as they are.
pub(crate) fn csv(batch: &RecordBatch, raw: bool) -> Result<String, Failure> {
    let batch = flat_batch(batch).map_err(unwritten)?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let schema = batch.schema();
    // A dimension of the caller's own may have any name.
    let name = |name: &str| if raw { name.to_owned() } else { guarded(name).into_owned() };
    writer.write_record(schema.fields().iter().map(|field| name(field.name()))).map_err(unwritten)?;
    for row in 0..batch.num_rows() {
        for column in batch.columns() {
            writer.write_field(cell(column.as_ref(), row, raw)?).map_err(unwritten)?;
        }
        writer.write_record(None::<&[u8]>).map_err(unwritten)?;
    }
    let bytes = writer.into_inner().map_err(unwritten)?;
    String::from_utf8(bytes).map_err(unwritten)
}

fn cell(array: &dyn Array, row: usize, raw: bool) -> Result<String, Failure> {
    if array.is_null(row) {
        return Ok(String::new());
    }
    Ok(match array.data_type() {
        DataType::Utf8 => {
            let text = array.as_string::<i32>().value(row);
            if raw { text.to_owned() } else { guarded(text).into_owned() }
        }
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).to_string(),
        // The fewest digits that read back as the float; a whole number without a point.
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Boolean => array.as_boolean().value(row).to_string(),
        DataType::Date32 => NaiveDate::from_epoch_days(array.as_primitive::<Date32Type>().value(row))
            .map(|date| date.to_string())
            .unwrap_or_default(),
        other => {
            let message = format!("columns of type {other} cannot be written as CSV");
            return Err(raise(ErrorKind::BadValue, message));
        }
    })
}

/// The table as a Parquet file.
pub(crate) fn parquet(batch: &RecordBatch) -> Result<Vec<u8>, Failure> {
    let batch = flat_batch(batch).map_err(unwritten)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).map_err(unwritten)?;
    writer.write(&batch).map_err(unwritten)?;
    writer.into_inner().map_err(unwritten)
}
