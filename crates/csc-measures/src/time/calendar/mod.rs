//! Working days: the built-in bank holidays, further closures, counting and adding.
//!
//! A working day is a Monday to Friday that is not a bank holiday of the calendar's nation and not a further
//! closure. The event's own day is day 0: [`Calendar::working_days_between`] counts the days after `a` up
//! to and including `b`, and [`Calendar::add_working_days`] is its inverse.
//!
//! A calendar answers for 1 January 1995 to 31 December 2050. Any other date is an error: a guess about a
//! bank holiday would be a wrong figure that nobody sees.

mod closures;
mod columns;
mod error;
mod holidays;
mod nation;
mod working_days;

pub use closures::{BankHoliday, BankHolidays, Closures};
pub use columns::{Answers, DateColumn};
pub use error::CalendarError;
pub use nation::Nation;
pub use working_days::Calendar;
