//! Arrow streams that the library reads and writes.

use arrow_array::RecordBatch;
use csc_measures::DatasetBuilder;
use csc_measures_arrow::ArrowInputError;
use csc_measures_arrow::interface::{self, ArrowArrayStream};

use crate::arguments::{Output, given_mut};
use crate::status::{CSC_BAD_LENGTH, Failure};

/// A stream that a caller has given away: it is released, whatever becomes of the call.
pub(crate) struct GivenStream<'a>(&'a mut ArrowArrayStream);

impl<'a> GivenStream<'a> {
    /// # Safety
    /// The conventions of the header: a pointer that is not NULL is to a stream of the Arrow C stream interface,
    /// which nobody else uses.
    pub(crate) unsafe fn take(stream: *mut ArrowArrayStream) -> Result<Self, Failure> {
        // SAFETY: as asked of the caller.
        unsafe { given_mut(stream, "stream") }.map(Self)
    }

    /// Takes a table from the stream.
    pub(crate) fn add_to(self, builder: &mut DatasetBuilder, table: &str) -> Result<(), ArrowInputError> {
        // SAFETY: as asked of whoever made it.
        unsafe { interface::add_stream(builder, table, self.0) }
    }
}

impl Drop for GivenStream<'_> {
    fn drop(&mut self) {
        if let Some(release) = self.0.release {
            // SAFETY: not released yet, and it was given away to be.
            unsafe { release(self.0) };
        }
    }
}

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
