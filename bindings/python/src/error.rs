//! Errors of the core as exceptions of the package.

use csc_measures::due::DueError;
use csc_measures::plan::{PlanError, UnknownId};
use csc_measures::tables::UnknownTable;
use csc_measures::{CalendarError, ClockError, DatasetError, ErrorKind, ScorecardError, WithPersonError};
use csc_measures_arrow::{ArrowInputError, ColumnError};
use csc_measures_files::ReadError;
use pyo3::prelude::*;
use pyo3::types::PyType;

/// An exception that is to be raised.
pub(crate) struct Failure(pub(crate) PyErr);

impl Failure {
    /// The same of one row of a column: its message has the number before it.
    pub(crate) fn of_row(self, row: usize) -> Self {
        Self(Python::attach(|py| {
            let message = format!("row {row}: {}", self.0.value(py));
            PyErr::from_type(self.0.get_type(py), (message,))
        }))
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

/// The class of each kind of error; a new kind does not build until it has one.
fn class(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UnknownName => "UnknownNameError",
        ErrorKind::BadValue => "BadValueError",
        ErrorKind::OutsideCalendar => "OutsideCalendarError",
        ErrorKind::BadTable => "BadTableError",
        ErrorKind::Unreadable => "UnreadableError",
        ErrorKind::Parts => "PartsError",
    }
}

/// The exception of a kind.
pub(crate) fn raise(kind: ErrorKind, message: String) -> Failure {
    Failure(Python::attach(|py| {
        let class = py.import("csc_measures.errors").and_then(|module| module.getattr(class(kind)));
        match class.and_then(|class| Ok(class.cast_into::<PyType>()?)) {
            Ok(class) => PyErr::from_type(class, (message,)),
            Err(error) => error,
        }
    }))
}

macro_rules! failures {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                raise(error.kind(), error.to_string())
            }
        })+
    };
}

failures!(
    ArrowInputError,
    CalendarError,
    ClockError,
    ColumnError,
    DatasetError,
    DueError,
    PlanError,
    ReadError,
    ScorecardError,
    UnknownId,
    UnknownTable,
    WithPersonError,
);

/// What cannot be written, which no answer of the library is.
pub(crate) fn unwritten(error: impl std::fmt::Display) -> Failure {
    raise(ErrorKind::BadValue, error.to_string())
}
