//! A council's own number in place of a clock's: what a policy is that sets a limit, and its default.
//!
//! The number is of the clock's units after the day of the event, however the clock counts that day: 181 days, of
//! twenty-six weeks that begin with it.

use super::catalogue;
use super::definition::Clock;
use super::id::ClockId;
use super::limit::{Counting, Limit};
use super::row::Row;
use crate::value::index::broken;

impl Row {
    /// The working days or days of the last version, if it is written in such.
    const fn units(&self) -> Option<u32> {
        match self.versions {
            [.., last] => match last.limit.limit() {
                Some(Limit::WorkingDays(n) | Limit::Days(n)) => Some(n),
                Some(Limit::Months(_)) | None => None,
            },
            [] => None,
        }
    }
}

impl Counting {
    /// Whether one of the units of a limit is the day of the event, or the last that is already too late.
    pub(super) const fn takes_one(self) -> bool {
        matches!(self, Self::DayOne | Self::Strict)
    }
}

impl ClockId {
    /// The units of its last version after the day of the event: the default of the policy that sets its limit. A clock
    /// whose limit is not in days or working days stops the build.
    #[expect(clippy::panic, reason = "it is asked at compile time alone, where a panic stops the build")]
    pub(crate) const fn units_after_the_event(self) -> u16 {
        let (mut place, mut rows): (usize, &[&Row]) = (0, &catalogue::ROWS);
        while let [row, rest @ ..] = rows {
            if place == self.index() {
                return match row.units() {
                    Some(units @ 1..=0xffff) if row.counting.takes_one() => (units - 1) as u16,
                    Some(units @ 0..=0xffff) => units as u16,
                    _ => panic!("no policy can say the limit of the clock"),
                };
            }
            place += 1;
            rows = rest;
        }
        panic!("no clock has the place")
    }
}

impl Clock {
    /// The clock with a council's own number of its units after the day of the event.
    pub(crate) fn with_units_after_the_event(self, units: u16) -> Self {
        let units = u32::from(units) + u32::from(self.counting.takes_one());
        match self.limit {
            Some(Limit::WorkingDays(_)) => self.with_limit(Limit::WorkingDays(units)),
            Some(Limit::Days(_)) => self.with_limit(Limit::Days(units)),
            Some(Limit::Months(_)) | None => {
                broken(format_args!("a policy sets the limit of `{}`, which is not in days", self.id()))
            }
        }
    }
}
