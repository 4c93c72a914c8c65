use std::str::FromStr;

use chrono::NaiveDate;
use thiserror::Error;

use super::nation::Nation;

/// Why a calendar could not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// A date before the calendar's first day or after its last.
    #[error("{date} is outside the calendar ({first} to {last})")]
    Outside {
        /// The date that was asked about.
        date: NaiveDate,
        /// The first day of the calendar.
        first: NaiveDate,
        /// The last day of the calendar.
        last: NaiveDate,
    },
    /// The answer would be after the calendar's last day.
    #[error("{working_days} working day{} after {start} is outside the calendar ({first} to {last})", plural(*working_days))]
    BeyondEnd {
        /// The date counted from.
        start: NaiveDate,
        /// The working days to add.
        working_days: u32,
        /// The first day of the calendar.
        first: NaiveDate,
        /// The last day of the calendar.
        last: NaiveDate,
    },
    /// The answer would be before the calendar's first day.
    #[error("the working day before {start} is outside the calendar ({first} to {last})")]
    BeforeStart {
        /// The date counted back from.
        start: NaiveDate,
        /// The first day of the calendar.
        first: NaiveDate,
        /// The last day of the calendar.
        last: NaiveDate,
    },
    /// The first row of a column that could not be answered.
    #[error("row {row}: {error}")]
    Row {
        /// The row; the first is row 1.
        row: usize,
        /// What is wrong with its date. A date that cannot be written is given as the nearest that can.
        error: Box<CalendarError>,
    },
    /// Two columns of different length.
    #[error("the columns differ in length: {starts} starts and {ends} ends")]
    Lengths {
        /// The rows of the first column.
        starts: usize,
        /// The rows of the second column.
        ends: usize,
    },
    /// A validity bitmap that ends before its column.
    #[error("the validity bitmap has {bits} bits, but the column needs {needed}")]
    ShortValidity {
        /// The bits that the bitmap has.
        bits: usize,
        /// The bits that the column needs, its offset included.
        needed: usize,
    },
    /// A list of bank holidays without the calendar's nation.
    #[error("the list of bank holidays has no division `{nation}`")]
    NoDivision {
        /// The calendar's nation.
        nation: Nation,
    },
    /// A name that is not a nation's.
    #[error("unknown nation `{name}`; expected `england-and-wales`, `scotland` or `northern-ireland`")]
    UnknownNation {
        /// The name as given.
        name: String,
    },
}

impl CalendarError {
    pub(super) fn in_row(self, index: usize) -> Self {
        Self::Row { row: index + 1, error: Box::new(self) }
    }
}

// This is here and not with `Nation`, because the error names nations.
impl FromStr for Nation {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        Self::ALL
            .into_iter()
            .find(|nation| nation.as_str() == text)
            .ok_or_else(|| CalendarError::UnknownNation { name: text.to_owned() })
    }
}

fn plural(n: u32) -> &'static str {
    if n == 1 { "" } else { "s" }
}
