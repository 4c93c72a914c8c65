//! Days, months, working days and timescales.

pub mod calendar;
pub mod clock;
pub mod day;
mod month;

pub(crate) use day::Day;
pub(crate) use month::{Moment, MonthDays};
pub use month::{Month, ParseMonthError, Period};
