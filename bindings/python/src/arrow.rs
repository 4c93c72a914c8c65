//! The Arrow PyCapsule interface: streams and arrays in and out of Python.

use std::ffi::CStr;
use std::ptr::NonNull;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, to_ffi};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, RecordBatch};
use csc_measures_arrow::interface::export_stream;
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::error::unwritten;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// What a Python object hands over: structs that were moved out of their capsules, which find nothing to release
/// any more. They are released when they are dropped.
pub(crate) enum Given {
    Stream(FFI_ArrowArrayStream),
    Array(FFI_ArrowSchema, FFI_ArrowArray),
}

/// What an object hands over by `__arrow_c_stream__` or `__arrow_c_array__`; `None` if it has neither.
pub(crate) fn given(object: &Bound<'_, PyAny>) -> PyResult<Option<Given>> {
    let py = object.py();
    if object.hasattr(intern!(py, "__arrow_c_stream__"))? {
        let capsule = object.call_method0(intern!(py, "__arrow_c_stream__"))?;
        return Ok(Some(Given::Stream(take(&capsule, STREAM, FFI_ArrowArrayStream::empty())?)));
    }
    if object.hasattr(intern!(py, "__arrow_c_array__"))? {
        let capsules = object.call_method0(intern!(py, "__arrow_c_array__"))?;
        let capsules = capsules.cast::<PyTuple>()?;
        let (schema, array) = (capsules.get_item(0)?, capsules.get_item(1)?);
        let schema = take(&schema, SCHEMA, FFI_ArrowSchema::empty())?;
        return Ok(Some(Given::Array(schema, take(&array, ARRAY, FFI_ArrowArray::empty())?)));
    }
    Ok(None)
}

/// Moves the struct out of a capsule of the right name, and leaves a released one.
fn take<S>(capsule: &Bound<'_, PyAny>, name: &CStr, released: S) -> PyResult<S> {
    let wrong = |_| PyTypeError::new_err(format!("expected a capsule named {name:?}, found none"));
    let capsule = capsule.cast::<PyCapsule>().map_err(|error| wrong(error.into()))?;
    let pointer: NonNull<S> = capsule.pointer_checked(Some(name)).map_err(wrong)?.cast();
    if !pointer.is_aligned() {
        return Err(PyTypeError::new_err(format!("the struct of a capsule named {name:?} is not aligned")));
    }
    // SAFETY: a capsule of that name holds such a struct, as the PyCapsule interface has it, and the
    // interpreter's lock, or the capsule's being new, keeps others away.
    Ok(unsafe { pointer.replace(released) })
}

/// A batch as a capsule for others to read.
pub(crate) fn capsule(py: Python<'_>, batch: RecordBatch) -> PyResult<Bound<'_, PyCapsule>> {
    let mut stream = export_stream(batch);
    // SAFETY: both are the struct of the interface, which is moved.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw((&raw mut stream).cast()) };
    PyCapsule::new_with_value(py, stream, STREAM)
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
