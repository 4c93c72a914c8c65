//! Python values that mean null.

use pyo3::prelude::*;
use pyo3::types::PyFloat;

/// `None`, and what pandas has in its place.
pub(crate) fn is_null(value: &Bound<'_, PyAny>) -> bool {
    value.is_none()
        || value
            .get_type()
            .name()
            .is_ok_and(|name| name.to_str().is_ok_and(|name| name == "NaTType" || name == "NAType"))
        || value.cast::<PyFloat>().is_ok_and(|value| value.value().is_nan())
}
