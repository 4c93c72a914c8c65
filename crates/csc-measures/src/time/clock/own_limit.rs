//! The limit of a clock as a number: the default of the policy that sets it, a council's own in its place, and how far it
//! can be extended.
//!
//! What a policy says is of the clock's units after the day of the event, however the clock counts that day: 181 days, of
//! twenty-six weeks that begin with it.

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
        let row = self.row_at_build();
        match row.units() {
            Some(units @ 1..=0xffff) if row.counting.takes_one() => (units - 1) as u16,
            Some(units @ 0..=0xffff) => units as u16,
            _ => panic!("no policy can say the limit of the clock"),
        }
    }

    /// The days of its last version with those by which the law lets it be extended. A clock that is not in days or
    /// cannot be extended by a number of days stops the build.
    #[expect(clippy::panic, reason = "it is asked at compile time alone, where a panic stops the build")]
    pub(crate) const fn days_if_extended(self) -> i32 {
        let row = self.row_at_build();
        match (row.versions, row.extended_by) {
            ([.., last], Some(more)) => match (last.limit.limit(), more.limit()) {
                (Some(Limit::Days(days)), Some(Limit::Days(more))) => (days + more).cast_signed(),
                _ => panic!("the limit of the clock is not in days"),
            },
            _ => panic!("the clock cannot be extended"),
        }
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
