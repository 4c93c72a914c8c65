//! The Arrow PyCapsule interface: streams and arrays in and out of Python.

use std::ffi::CStr;
use std::ptr::NonNull;

use arrow_array::ffi::{FFI_ArrowSchema, to_ffi};
use arrow_array::{Array, ArrayRef, RecordBatch};
use csc_measures_arrow::interface::{ArrowArray, ArrowArrayStream, ArrowSchema, export_stream};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::error::unwritten;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// What a Python object hands over.
pub(crate) enum Given {
    Stream(Taken<ArrowArrayStream>),
    Array(Taken<ArrowSchema>, Taken<ArrowArray>),
}

/// A struct that was moved out of its capsule, which finds nothing to release any more.
#[repr(transparent)]
pub(crate) struct Taken<S: Struct>(pub(crate) S);

// SAFETY: the interface lets any thread read and release a struct, one at a time.
unsafe impl<S: Struct> Send for Taken<S> {}

/// A struct of the interface.
pub(crate) trait Struct {
    fn release(&mut self);
}

macro_rules! structs {
    ($($name:ty),+) => {
        $(impl Struct for $name {
            fn release(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: the struct is live and was moved here, so nobody else releases it.
                    unsafe { release(self) };
                }
            }
        })+
    };
}

structs!(ArrowArrayStream, ArrowSchema, ArrowArray);

impl<S: Struct> Drop for Taken<S> {
    fn drop(&mut self) {
        self.0.release();
    }
}

/// What an object hands over by `__arrow_c_stream__` or `__arrow_c_array__`; `None` where it has neither.
pub(crate) fn given(object: &Bound<'_, PyAny>) -> PyResult<Option<Given>> {
    let py = object.py();
    if object.hasattr(intern!(py, "__arrow_c_stream__"))? {
        let capsule = object.call_method0(intern!(py, "__arrow_c_stream__"))?;
        return Ok(Some(Given::Stream(take_stream(&capsule)?)));
    }
    if object.hasattr(intern!(py, "__arrow_c_array__"))? {
        let capsules = object.call_method0(intern!(py, "__arrow_c_array__"))?;
        let capsules = capsules.cast::<PyTuple>()?;
        let (schema, array) = (capsules.get_item(0)?, capsules.get_item(1)?);
        let empty = ArrowSchema {
            format: std::ptr::null(),
            name: std::ptr::null(),
            metadata: std::ptr::null(),
            flags: 0,
            n_children: 0,
            children: std::ptr::null_mut(),
            dictionary: std::ptr::null_mut(),
            release: None,
            private_data: std::ptr::null_mut(),
        };
        let schema = take(&schema, SCHEMA, empty)?;
        let empty = ArrowArray {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: std::ptr::null_mut(),
            children: std::ptr::null_mut(),
            dictionary: std::ptr::null_mut(),
            release: None,
            private_data: std::ptr::null_mut(),
        };
        return Ok(Some(Given::Array(schema, take(&array, ARRAY, empty)?)));
    }
    Ok(None)
}

fn take_stream(capsule: &Bound<'_, PyAny>) -> PyResult<Taken<ArrowArrayStream>> {
    take(capsule, STREAM, released_stream())
}

fn released_stream() -> ArrowArrayStream {
    ArrowArrayStream {
        get_schema: None,
        get_next: None,
        get_last_error: None,
        release: None,
        private_data: std::ptr::null_mut(),
    }
}

/// Moves the struct out of a capsule of the right name, and leaves a released one.
fn take<S: Struct>(capsule: &Bound<'_, PyAny>, name: &CStr, released: S) -> PyResult<Taken<S>> {
    let wrong = |_| PyTypeError::new_err(format!("a capsule named {name:?} was promised and not given"));
    let capsule = capsule.cast::<PyCapsule>().map_err(|error| wrong(error.into()))?;
    let pointer: NonNull<S> = capsule.pointer_checked(Some(name)).map_err(wrong)?.cast();
    if !pointer.is_aligned() {
        return Err(PyTypeError::new_err(format!("the struct of a capsule named {name:?} is not aligned")));
    }
    // SAFETY: a capsule of that name holds such a struct, as the PyCapsule interface has it, and the
    // interpreter's lock, or the capsule's being new, keeps others away.
    Ok(Taken(unsafe { pointer.replace(released) }))
}

/// A batch as a capsule for others to read.
pub(crate) fn capsule(py: Python<'_>, batch: RecordBatch) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, Taken(export_stream(batch)), STREAM)
}

/// An array as two capsules, of its type and of its values.
pub(crate) fn array_capsules<'py>(
    py: Python<'py>,
    array: &ArrayRef,
) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
    let (array, schema) = to_ffi(&array.to_data()).map_err(unwritten)?;
    Ok((PyCapsule::new_with_value(py, schema, SCHEMA)?, PyCapsule::new_with_value(py, array, ARRAY)?))
}

/// The types of a batch as a capsule.
pub(crate) fn schema_capsule<'py>(py: Python<'py>, batch: &RecordBatch) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(batch.schema().as_ref()).map_err(unwritten)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}
