//! Intervals of rows.

use crate::time::Day;

/// An interval that holds from its first day until the day before its end.
pub(crate) trait Interval {
    fn start(&self) -> Day;
    fn end(&self) -> Option<Day>;

    /// Whether it holds on a day.
    fn is_open(&self, day: Day) -> bool {
        self.start() <= day && self.end().is_none_or(|end| end > day)
    }
}

macro_rules! intervals {
    ($($record:ident),+) => {
        $(impl crate::tables::interval::Interval for $record {
            fn start(&self) -> Day {
                self.start
            }

            fn end(&self) -> Option<Day> {
                self.end
            }
        })+
    };
}
pub(crate) use intervals;
