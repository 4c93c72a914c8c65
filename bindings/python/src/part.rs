//! Parts: a scorecard in pieces.

use csc_measures::ErrorKind;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::error::{raise, unwritten};

/// What the rows of a part of an authority add up to; put together with the others by ``Scorecard.merge``.
///
/// It can be carried to other machines by ``pickle``, as ``bytes(part)`` or as JSON.
#[pyclass(frozen, module = "csc_measures")]
#[derive(Clone)]
pub(crate) struct Part(pub(crate) csc_measures::Part);

impl Part {
    /// A part in any of its forms: itself, its bytes or its JSON.
    pub(crate) fn read(given: &Bound<'_, PyAny>) -> PyResult<csc_measures::Part> {
        if let Ok(part) = given.cast::<Self>() {
            return Ok(part.get().0.clone());
        }
        let part = if let Ok(text) = given.cast::<PyString>() {
            serde_json::from_str(text.to_str()?)
        } else if let Ok(bytes) = given.cast::<PyBytes>() {
            serde_json::from_slice(bytes.as_bytes())
        } else {
            let class = given.get_type().qualname()?;
            let message = format!("a part must be a Part, its bytes or its JSON, not {class}");
            return Err(pyo3::exceptions::PyTypeError::new_err(message));
        };
        part.map_err(|error| raise(ErrorKind::Parts, format!("not a part: {error}")).into())
    }
}

#[pymethods]
impl Part {
    #[new]
    fn new(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::read(given).map(Self)
    }

    /// The first month.
    #[getter]
    fn first(&self) -> String {
        self.0.from().to_string()
    }

    /// The last month.
    #[getter]
    fn last(&self) -> String {
        self.0.to().to_string()
    }

    /// The part as JSON, which any of the library's languages reads.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| serde_json::to_string(&self.0)).map_err(|error| unwritten(error).into())
    }

    fn __bytes__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, self.to_json(py)?.as_bytes()))
    }

    fn __getnewargs__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyBytes>,)> {
        Ok((self.__bytes__(py)?,))
    }

    fn __repr__(&self) -> String {
        format!("Part of a scorecard, {} to {}", self.0.from(), self.0.to())
    }
}
