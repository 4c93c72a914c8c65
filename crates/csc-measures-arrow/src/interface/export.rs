//! A record batch as a stream for others to read.

use std::ffi::{CString, c_char, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::{Array, RecordBatch, StructArray};
use arrow_schema::SchemaRef;

use super::structs::{ArrowArray, ArrowArrayStream, ArrowSchema, Struct};

/// What the interface calls `EINVAL`, on every system that is in use.
const INVALID: c_int = 22;

/// A batch as a stream of the C stream interface: of its schema, and of the one array.
///
/// The stream owns the batch. Whoever reads it may do so on any thread, though not on two at once, and calls
/// its `release` at last; the array that it has given lives on until that is released.
///
/// ```
/// use csc_measures::{Dataset, Options};
/// use csc_measures_arrow::{interface, results_batch};
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// let mut stream = interface::export_stream(results_batch(&card)?);
/// // a C program reads it, and then
/// let release = stream.release.ok_or("released")?;
/// // SAFETY: the stream is live, and is released once
/// unsafe { release(&raw mut stream) };
/// assert!(stream.release.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a stream that is not released is never freed"]
pub fn export_stream(batch: RecordBatch) -> ArrowArrayStream {
    let exported = Exported { schema: batch.schema(), batch: Some(batch), error: None };
    ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: Some(get_last_error),
        release: Some(release),
        private_data: Box::into_raw(Box::new(exported)).cast(),
    }
}

struct Exported {
    schema: SchemaRef,
    /// Until it is given.
    batch: Option<RecordBatch>,
    /// What went wrong last.
    error: Option<CString>,
}

impl Exported {
    /// # Safety
    /// The pointer is NULL or to a stream of [`export_stream`] that nobody else uses meanwhile.
    unsafe fn of<'a>(stream: *mut ArrowArrayStream) -> Option<&'a mut Self> {
        // SAFETY: NULL, or one of ours by the caller's promise.
        let exported = unsafe { stream.as_ref() }?.private_data.cast::<Self>();
        // SAFETY: NULL once the stream is released, and until then what `export_stream` put there.
        unsafe { exported.as_mut() }
    }

    /// Writes what is made for a consumer. Nothing unwinds into it.
    ///
    /// # Safety
    /// As [`Exported::of`]; `out` is NULL or has room for a struct.
    unsafe fn give<S: Struct>(
        stream: *mut ArrowArrayStream,
        out: *mut S,
        make: impl FnOnce(&mut Self) -> Result<S::Arrow, String>,
    ) -> c_int {
        // SAFETY: the caller vouches.
        let Some(exported) = (unsafe { Self::of(stream) }).filter(|_| !out.is_null()) else { return INVALID };
        let made = catch_unwind(AssertUnwindSafe(|| make(exported)));
        match made.unwrap_or_else(|_| Err("the batch could not be handed over".to_owned())) {
            Ok(made) => {
                exported.error = None;
                // SAFETY: not NULL, and for the rest the caller vouches; the struct's two declarations agree.
                unsafe { out.cast::<S::Arrow>().write(made) };
                0
            }
            Err(error) => {
                exported.error = CString::new(error.replace('\0', " ")).ok();
                INVALID
            }
        }
    }
}

unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    let make = |exported: &mut Exported| {
        FFI_ArrowSchema::try_from(exported.schema.as_ref()).map_err(|error| error.to_string())
    };
    // SAFETY: a consumer calls it with the stream that it found it in, and with room for a schema.
    unsafe { Exported::give(stream, out, make) }
}

unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    let make = |exported: &mut Exported| {
        let array = exported.batch.take().map(StructArray::from);
        Ok(array.map_or_else(FFI_ArrowArray::empty, |array| FFI_ArrowArray::new(&array.to_data())))
    };
    // SAFETY: a consumer calls it with the stream that it found it in, and with room for an array.
    unsafe { Exported::give(stream, out, make) }
}

unsafe extern "C" fn get_last_error(stream: *mut ArrowArrayStream) -> *const c_char {
    // SAFETY: a consumer calls it with the stream that it found it in.
    let exported = unsafe { Exported::of(stream) };
    exported.and_then(|exported| exported.error.as_ref()).map_or(ptr::null(), |error| error.as_ptr())
}

unsafe extern "C" fn release(stream: *mut ArrowArrayStream) {
    // SAFETY: a consumer calls it with the stream that it found it in, or with NULL.
    let Some(stream) = (unsafe { stream.as_mut() }) else { return };
    stream.release = None;
    let exported = std::mem::replace(&mut stream.private_data, ptr::null_mut());
    if !exported.is_null() {
        // SAFETY: what `export_stream` put there; whoever asks again finds NULL.
        drop(unsafe { Box::from_raw(exported.cast::<Exported>()) });
    }
}
