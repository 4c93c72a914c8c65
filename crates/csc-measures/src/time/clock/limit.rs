//! How long a clock runs, and from which day it counts.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::warning::ClockKind;

/// How long a clock runs.
///
/// # Examples
///
/// ## In words and in JSON
///
/// ```
/// use csc_measures::clock::Limit;
///
/// assert_eq!(Limit::WorkingDays(45).to_string(), "45 working days");
/// assert_eq!(serde_json::to_string(&Limit::Months(3)).unwrap(), r#"{"months":3}"#);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Working days of the calendar.
    WorkingDays(u32),
    /// Calendar days; weeks are seven of them.
    Days(u32),
    /// Calendar months, to the corresponding date or the last day of a month that has none.
    Months(u32),
}

impl Limit {
    /// What is counted, in time left and time over too: calendar days for a limit in months.
    #[must_use]
    pub const fn kind(self) -> ClockKind {
        match self {
            Self::WorkingDays(_) => ClockKind::WorkingDays,
            Self::Days(_) | Self::Months(_) => ClockKind::Days,
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, unit) = match self {
            Self::WorkingDays(n) => (n, "working day"),
            Self::Days(n) => (n, "day"),
            Self::Months(n) => (n, "month"),
        };
        write!(f, "{n} {unit}{}", if *n == 1 { "" } else { "s" })
    }
}

/// Which day is the last in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// The event's day is day 0: the last day in time is the event plus the limit. The counting of the
    /// Department for Education.
    DayZero,
    /// The event's day is day 1, "beginning with the day": one working day or day less, or the day before
    /// the date in months.
    DayOne,
    /// The date that the limit reaches is too late: the last day in time is the day before it.
    Strict,
}
