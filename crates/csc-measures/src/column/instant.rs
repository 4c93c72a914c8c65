//! Days of instants.

use super::slice::{TimeUnit, Zone};
use crate::time::Day;

/// A day as a number, of a year that text can write: 1 to 9999.
#[inline]
pub(crate) fn day_that_text_can_write(day: i32) -> Option<Day> {
    (Day::FIRST.0..=Day::LAST.0).contains(&day).then_some(Day(day))
}

/// The day of an instant on the clock of its zone, of a year that text can write.
#[inline]
pub(crate) fn day_of_instant(at: i64, unit: TimeUnit, zone: Zone) -> Option<Day> {
    const SECONDS_A_DAY: i64 = 86_400;
    // A fraction of a second does not change the day; the division is towards the past. By a number that the
    // compiler knows it is a multiplication.
    let seconds = match unit {
        TimeUnit::Second => at,
        TimeUnit::Millisecond => at.div_euclid(const { TimeUnit::Millisecond.per_second() }),
        TimeUnit::Microsecond => at.div_euclid(const { TimeUnit::Microsecond.per_second() }),
        TimeUnit::Nanosecond => at.div_euclid(const { TimeUnit::Nanosecond.per_second() }),
    };
    let local = match zone {
        Zone::Civil => seconds,
        Zone::Fixed(east) => seconds.checked_add(i64::from(east))?,
    };
    day_that_text_can_write(i32::try_from(local.div_euclid(SECONDS_A_DAY)).ok()?)
}
