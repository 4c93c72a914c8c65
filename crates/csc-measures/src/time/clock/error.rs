//! Why a clock could not answer.

use chrono::NaiveDate;
use thiserror::Error;

use super::limit::Limit;
use crate::time::calendar::CalendarError;

/// Why a clock could not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ClockError {
    /// An id that no clock has.
    #[error("unknown clock `{id}`, did you mean `{nearest}`?")]
    Unknown {
        /// The id as given.
        id: String,
        /// The id that is spelt most like it.
        nearest: String,
    },
    /// A date outside the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// Done before the clock started: the records contradict each other, and this is not in time.
    #[error("done on {done}, before the clock started on {start}")]
    DoneBeforeStart {
        /// The day the clock started.
        start: NaiveDate,
        /// The day it was done.
        done: NaiveDate,
    },
    /// A due date so far away that it cannot be written.
    #[error("{limit} after {start} is later than 9999-12-31")]
    NoDate {
        /// The day the clock started.
        start: NaiveDate,
        /// The limit added to it.
        limit: Limit,
    },
    /// The law, or the guidance, sets no number of days, so that nothing has a due date.
    #[error("the clock `{id}` has no limit in days, and so no due date")]
    NoLimit {
        /// The clock.
        id: &'static str,
    },
    /// A day on which no version of the clock is in force.
    #[error("the clock `{id}` was not in force on {on}: {span}")]
    OutsideLaw {
        /// The clock.
        id: &'static str,
        /// The day asked for.
        on: NaiveDate,
        /// From when to when it is in force, in words.
        span: String,
    },
}
