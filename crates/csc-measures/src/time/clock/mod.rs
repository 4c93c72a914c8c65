//! Timescales: by when something is due, and whether it was done in time.
//!
//! A [`Clock`] is a row of the table of statutory and local timescales. It runs from the day of an event:
//! by default that day is day 0 and the last day in time is the event plus the limit. Clocks of working
//! days are judged by the count, so the weekend after a due Friday is still in time; clocks of days and
//! months by the date, and they do not roll forward off a weekend.
//!
//! The law changes: a clock has versions, each with the days on which it is in force, its source and how
//! sure this library is of both. [`Clock::by_id`] gives the last version, [`Clock::at`] that of a day.
//!
//! Measures, due lists and the views of a child ask the same clocks: a limit is written once, in the row of
//! its clock.

mod catalogue;
mod definition;
mod error;
mod id;
mod limit;
mod own_limit;
mod reckoning;
mod row;
mod status;
pub(crate) mod temporary;
mod version;
pub(crate) mod warning;

pub use definition::Clock;
pub use error::ClockError;
pub use id::ClockId;
pub use limit::{Counting, Limit};
pub use status::{ClockOutcome, ClockStatus};
pub use version::{Certainty, Standing};
