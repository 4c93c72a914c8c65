//! Why a scorecard cannot be computed, asked or put together.

use std::convert::Infallible;

use crate::calendar::CalendarError;
use crate::period::Month;
use crate::plan::UnknownId;

/// The longest run of months that is computed at once: a hundred years.
pub(crate) const MOST_MONTHS: i32 = 1200;

/// Why a scorecard cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScorecardError {
    /// The run ends before it begins.
    #[error("the run of months ends before it begins: {from} to {to}")]
    MonthsReversed {
        /// The first month.
        from: Month,
        /// The last month.
        to: Month,
    },
    /// The run is longer than a hundred years.
    #[error("a run of {months} months is too long; the longest is {MOST_MONTHS}")]
    TooManyMonths {
        /// Its length.
        months: i32,
    },
    /// A month for which the scorecard was not computed.
    #[error("{month} is not one of the months of the scorecard ({from} to {to})")]
    OtherMonth {
        /// The month asked for.
        month: Month,
        /// The first month of the scorecard.
        from: Month,
        /// The last month of the scorecard.
        to: Month,
    },
    /// An id that is no measure's.
    #[error(transparent)]
    UnknownMeasure(#[from] UnknownId),
    /// A closure outside the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

/// An id that is one already cannot be unknown.
impl From<Infallible> for ScorecardError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
