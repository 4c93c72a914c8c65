//! Status codes: what became of a call
//!
//! A number is given for ever; one that is retired is never given again.

use csc_measures::ErrorKind;
use csc_measures::due::DueError;
use csc_measures::plan::{PlanError, UnknownId};
use csc_measures::tables::UnknownTable;
use csc_measures::{CalendarError, ClockError, DatasetError, ScorecardError, WithPersonError};
use csc_measures_arrow::ArrowInputError;
use csc_measures_files::ReadError;

/// What became of a call: `CSC_OK`, or one of the codes below. Codes may be added; treat one that you do not
/// know as a failure.
pub type csc_status = i32;

/// Done; the outputs are written.
pub const CSC_OK: csc_status = 0;

/// A pointer is NULL and may not be.
pub const CSC_NULL_POINTER: csc_status = 1;
/// A pointer is not aligned as its type asks.
pub const CSC_MISALIGNED_POINTER: csc_status = 2;
/// A text is not UTF-8.
pub const CSC_NOT_UTF8: csc_status = 3;
/// A length is longer than anything in memory.
pub const CSC_BAD_LENGTH: csc_status = 4;
/// A number is not one of the constants of its type.
pub const CSC_UNKNOWN_CONSTANT: csc_status = 5;
/// A builder was used after its dataset was built, or after a table failed.
pub const CSC_SPENT_BUILDER: csc_status = 6;
/// The library met a state from which it cannot go on. Please report it. What was asked for is not done; a builder
/// in use can then only be freed.
pub const CSC_INTERNAL: csc_status = 7;

/// No clock, measure, table or person has the id or name.
pub const CSC_UNKNOWN_NAME: csc_status = 20;
/// A value makes no sense where it is given: months in the wrong order, a misspelt policy, broken JSON.
pub const CSC_BAD_VALUE: csc_status = 21;
/// A date, or an answer, is outside the calendar of working days.
pub const CSC_OUTSIDE_CALENDAR: csc_status = 22;
/// A table cannot be taken: a required column is missing, or a table or column is there twice.
pub const CSC_BAD_TABLE: csc_status = 23;
/// A file or stream cannot be read.
pub const CSC_UNREADABLE: csc_status = 24;
/// The parts are not of one whole, or cases were asked of a scorecard that was put together from parts.
pub const CSC_PARTS: csc_status = 25;

/// Why a call failed: its code, and its message for a person.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: csc_status,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(status: csc_status, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }
}

/// The code of each kind of error; a new kind does not build until it has one.
fn of_kind(kind: ErrorKind) -> csc_status {
    match kind {
        ErrorKind::UnknownName => CSC_UNKNOWN_NAME,
        ErrorKind::BadValue => CSC_BAD_VALUE,
        ErrorKind::OutsideCalendar => CSC_OUTSIDE_CALENDAR,
        ErrorKind::BadTable => CSC_BAD_TABLE,
        ErrorKind::Unreadable => CSC_UNREADABLE,
        ErrorKind::Parts => CSC_PARTS,
    }
}

macro_rules! failures {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::new(of_kind(error.kind()), error.to_string())
            }
        })+
    };
}

failures!(
    ArrowInputError,
    CalendarError,
    ClockError,
    DatasetError,
    DueError,
    PlanError,
    ReadError,
    ScorecardError,
    UnknownId,
    UnknownTable,
    WithPersonError,
);
