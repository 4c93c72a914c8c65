//! The years of the returns, each to 31 March.

use chrono::{Datelike, NaiveDate};

use crate::diary::EXTRACT;

/// A year, named after the calendar year in which it ends.
///
/// Dates are compared as text, in whose order they lie, so that a date with a slip in it does no harm.
#[derive(Clone, Debug)]
pub(super) struct Year {
    pub(super) number: i32,
    pub(super) first: String,
    /// The day as at which things are reported.
    pub(super) last: String,
}

impl Year {
    fn new(number: i32) -> Self {
        Self { number, first: format!("{}-04-01", number - 1), last: format!("{number}-03-31") }
    }

    /// From that of the earliest date to that of the extract.
    pub(super) fn since_earliest<'a>(dates: impl Iterator<Item = &'a str>) -> Vec<Self> {
        let of = |date: NaiveDate| date.year() + i32::from(date.month() > 3);
        let earliest = dates.filter_map(|date| date.parse().ok()).min().unwrap_or(EXTRACT);
        (of(earliest)..=of(EXTRACT)).map(Self::new).collect()
    }

    /// Whether a day is one of the year's.
    pub(super) fn has(&self, date: &str) -> bool {
        self.first.as_str() <= date && date <= self.last.as_str()
    }

    /// A date as the return knows it: nothing that came after its last day.
    pub(super) fn known<'a>(&self, date: &'a str) -> &'a str {
        if date <= self.last.as_str() { date } else { "" }
    }

    /// Whether something that runs from a day to another, or on, runs on a day of the year.
    pub(super) fn overlaps(&self, start: &str, end: &str) -> bool {
        let goes_on = end.is_empty() || end >= self.first.as_str();
        self.has(start) || start <= self.last.as_str() && goes_on
    }
}
