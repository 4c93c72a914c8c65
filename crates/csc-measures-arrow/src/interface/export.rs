//! A record batch as a stream for others to read.

use std::ffi::{CString, c_char, c_int};
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::{Array, RecordBatch, StructArray};
use arrow_schema::{ArrowError, SchemaRef};

use super::structs::{ArrowArray, ArrowArrayStream, ArrowSchema, Struct};

/// What the interface calls `EINVAL`, on every system that is in use.
const INVALID: c_int = 22;

/// A batch as a stream of the C stream interface: of its schema, and of the one array.
///
/// The stream owns the batch. Whoever reads it may do so on any thread, though not on two at once, and calls
/// its `release` at last; the array that it has given lives on until that is released.
///
/// # Examples
///
/// ## A C program takes the stream and releases it
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
        get_schema: Some(give::<ArrowSchema>),
        get_next: Some(give::<ArrowArray>),
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

/// What a consumer is given.
trait Given: Struct {
    fn make(exported: &mut Exported) -> Result<Self::Arrow, ArrowError>;
}

impl Given for ArrowSchema {
    fn make(exported: &mut Exported) -> Result<FFI_ArrowSchema, ArrowError> {
        FFI_ArrowSchema::try_from(exported.schema.as_ref())
    }
}

impl Given for ArrowArray {
    fn make(exported: &mut Exported) -> Result<FFI_ArrowArray, ArrowError> {
        let array = exported.batch.take().map(StructArray::from);
        Ok(array.map_or_else(FFI_ArrowArray::empty, |array| FFI_ArrowArray::new(&array.to_data())))
    }
}

/// Writes what is made for a consumer. Nothing unwinds into it.
unsafe extern "C" fn give<S: Given>(stream: *mut ArrowArrayStream, out: *mut S) -> c_int {
    // SAFETY: a consumer calls it with NULL or with the stream that it found it in, whose data are NULL once it is
    // released, and with NULL or room for a struct, whose two declarations agree.
    let (exported, out) = unsafe {
        let exported = stream.as_ref().and_then(|stream| stream.private_data.cast::<Exported>().as_mut());
        (exported, out.cast::<MaybeUninit<S::Arrow>>().as_mut())
    };
    let (Some(exported), Some(out)) = (exported, out) else { return INVALID };
    let made = catch_unwind(AssertUnwindSafe(|| S::make(exported).map_err(|error| error.to_string())));
    match made.unwrap_or_else(|_| Err("the batch could not be handed over".to_owned())) {
        Ok(made) => {
            exported.error = None;
            out.write(made);
            0
        }
        Err(error) => {
            exported.error = CString::new(error.replace('\0', " ")).ok();
            INVALID
        }
    }
}

unsafe extern "C" fn get_last_error(stream: *mut ArrowArrayStream) -> *const c_char {
    // SAFETY: a consumer calls it with NULL or with the stream that it found it in, whose data are NULL once it is
    // released.
    let exported =
        unsafe { stream.as_ref().and_then(|stream| stream.private_data.cast::<Exported>().as_ref()) };
    exported.and_then(|exported| exported.error.as_ref()).map_or(ptr::null(), |error| error.as_ptr())
}

unsafe extern "C" fn release(stream: *mut ArrowArrayStream) {
    // SAFETY: a consumer calls it with NULL or with the stream that it found it in, whose data are what
    // `export_stream` put there; whoever releases it again finds NULL.
    let exported = unsafe {
        let Some(stream) = stream.as_mut() else { return };
        stream.release = None;
        let exported = std::mem::replace(&mut stream.private_data, ptr::null_mut());
        (!exported.is_null()).then(|| Box::from_raw(exported.cast::<Exported>()))
    };
    drop(exported);
}
