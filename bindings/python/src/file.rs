//! Files that are written as Python writes them.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// Writes a file by `pathlib`, so that the errors are those of Python and name the file.
pub(crate) fn write(path: &Bound<'_, PyAny>, bytes: &[u8]) -> PyResult<()> {
    let py = path.py();
    let file = py.import("pathlib")?.getattr("Path")?.call1((path,))?;
    file.call_method1("write_bytes", (PyBytes::new(py, bytes),))?;
    Ok(())
}
