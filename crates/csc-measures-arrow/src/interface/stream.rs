//! Streams: batches in, one after the other, and one batch out.

use std::ffi::CStr;
use std::mem::ManuallyDrop;
use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};

use super::abi::{ArrowArray, ArrowArrayStream, ArrowSchema, OwnedArray, OwnedSchema, OwnedStream};
use super::array::Batch;

/// A stream that came over the interface. It is released when this goes, whatever happened.
#[derive(Debug)]
pub struct Stream(Option<OwnedStream>);

impl Stream {
    /// Takes a stream over: what is left behind is marked as released. NULL, and a stream that is released
    /// already, are told when it is read.
    ///
    /// # Safety
    /// The pointer is NULL, or good for reading and writing a stream of the interface, which nobody else uses.
    #[must_use]
    pub unsafe fn take(stream: *mut ArrowArrayStream) -> Self {
        if stream.is_null() || !stream.is_aligned() {
            return Self(None);
        }
        // SAFETY: neither NULL nor misaligned; the rest as asked of the caller.
        let stream = unsafe { OwnedStream::take(stream) };
        Self(stream.0.release.is_some().then_some(stream))
    }

    fn raw(&mut self) -> Result<&mut ArrowArrayStream, String> {
        match &mut self.0 {
            Some(stream) => Ok(&mut stream.0),
            None => Err("the stream is not there, or released already".to_owned()),
        }
    }

    /// What the types of the batches are.
    pub(super) fn schema(&mut self) -> Result<OwnedSchema, String> {
        let stream = self.raw()?;
        let get_schema = stream.get_schema.ok_or("the stream has no schema")?;
        let mut schema = OwnedSchema(ArrowSchema::EMPTY);
        // SAFETY: the stream is not released, and by the interface writes a schema where it returns 0.
        let code = unsafe { get_schema(stream, &raw mut schema.0) };
        if code == 0 { Ok(schema) } else { Err(self.last_error(code)) }
    }

    /// The next batch, of so many columns; `None` at the end.
    pub(super) fn next(&mut self, columns: usize) -> Result<Option<Batch>, String> {
        let stream = self.raw()?;
        let get_next = stream.get_next.ok_or("the stream has no batches")?;
        let mut array = OwnedArray(ArrowArray::EMPTY);
        // SAFETY: the stream is not released, and by the interface writes an array where it returns 0.
        let code = unsafe { get_next(stream, &raw mut array.0) };
        match code {
            0 if array.0.release.is_none() => Ok(None),
            0 => Batch::new(array, columns).map(Some),
            code => Err(self.last_error(code)),
        }
    }

    /// What the stream says of its last call, which failed.
    fn last_error(&mut self, code: i32) -> String {
        let said = self.raw().ok().and_then(|stream| {
            let get_last_error = stream.get_last_error?;
            // SAFETY: the stream is not released.
            let text = unsafe { get_last_error(stream) };
            // SAFETY: where it is not NULL it ends with a NUL, by the interface, and is good until the next
            // call.
            (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
        });
        match said {
            Some(said) if !said.is_empty() => format!("the stream broke off: {said}"),
            _ => format!("the stream broke off, with error {code}"),
        }
    }
}

/// One batch as a stream, which owns it until it is released.
///
/// ```
/// use arrow_array::{RecordBatch, StringArray};
/// use csc_measures::Dataset;
/// use csc_measures_arrow::interface::{Stream, add_stream, export_stream};
/// use std::sync::Arc;
///
/// let ids = Arc::new(StringArray::from(vec!["P1", "P2"])) as _;
/// let mut stream = export_stream(RecordBatch::try_from_iter([("person_id", ids)])?);
///
/// let mut builder = Dataset::builder();
/// // SAFETY: the stream was just made
/// add_stream(&mut builder, "persons", unsafe { Stream::take(&mut stream) })?;
/// assert_eq!(builder.build().person_count(), 2);
///
/// // it was taken over, and is released
/// assert!(stream.release.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn export_stream(batch: RecordBatch) -> ArrowArrayStream {
    let schema = batch.schema();
    let reader = RecordBatchIterator::new([Ok(batch)], Arc::clone(&schema));
    let stream = ManuallyDrop::new(FFI_ArrowArrayStream::new(Box::new(reader)));
    // SAFETY: the two are mirrors of one struct; it is moved, and not dropped where it was.
    unsafe { std::ptr::from_ref(&*stream).cast::<ArrowArrayStream>().read() }
}
