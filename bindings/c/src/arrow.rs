//! Arrow streams that the library writes.

use arrow_array::RecordBatch;
use csc_measures_arrow::interface::{self, ArrowArrayStream};

use crate::arguments::Output;
use crate::status::{CSC_BAD_LENGTH, Failure};

/// Writes a batch as a stream of its own.
pub(crate) fn write_stream<E: std::fmt::Display>(
    output: Output<ArrowArrayStream>,
    batch: Result<RecordBatch, E>,
) -> Result<(), Failure> {
    // The one thing that stops a batch is more text than its offsets can count.
    let batch = batch.map_err(|error| Failure::new(CSC_BAD_LENGTH, error.to_string()))?;
    output.write(interface::export_stream(batch));
    Ok(())
}
