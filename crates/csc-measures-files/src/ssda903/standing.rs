//! What became of rows that were open at the end of their year, by the list of the next.

use std::collections::{BTreeMap, BTreeSet};

use csc_measures::Superseded;

use super::files::{FORM, Return};
use super::kind::Kind;
use super::latest::day;
use crate::derived::Value;
use crate::return_year::{Day, ReturnYear, Starts};
use crate::sheet::{Field, SheetRow};

/// The rows of a list, year by year.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    of: &'a Return,
    /// The column with the first day; empty if the list has none.
    start: &'static str,
    /// The column with the end.
    end: &'static str,
    years: BTreeSet<ReturnYear>,
    starts: BTreeMap<&'a str, Starts>,
}

impl<'a> Standing<'a> {
    pub(super) fn new(of: &'a Return, kind: Kind, start: &'static str, end: &'static str) -> Self {
        let mut starts: BTreeMap<&str, Starts> = BTreeMap::new();
        for row in of.rows(kind).filter(|row| !row.is_bad()) {
            if let Some(year) = of.year(row) {
                starts.entry(row.text("CHILD")).or_default().add(year, day(row, start));
            }
        }
        Self { of, start, end, years: of.years_of(kind), starts }
    }

    /// What became of a row, if it was open at the end of its year, the list of the next year is there, and does not
    /// have it.
    pub(super) fn superseded(&self, row: SheetRow<'_>) -> Option<Superseded> {
        let year = self.of.year(row)?;
        let start = day(row, self.start);
        let has_begun = match &start {
            Day::Read(start) => year.has_begun(*start),
            Day::Written(_) => self.start.is_empty(),
        };
        let Field::Text(end) = row.field(self.end) else { return None };
        let is_judged = has_begun && year.leaves_open(end, FORM) && self.years.contains(&year.next());
        self.starts.get(row.text("CHILD")).filter(|_| is_judged)?.superseded(year, &start)
    }

    /// Whether a later list that is not that of the next year may know more of a row.
    pub(super) fn has_gap(&self, row: SheetRow<'_>) -> bool {
        self.of.year(row).is_some_and(|year| !self.years.contains(&year.next()))
    }
}

/// The end of a row: what stands there, unless the next year says that there is another.
pub(super) fn end<'a>(row: SheetRow<'a>, column: &str, superseded: Option<Superseded>) -> Value<'a> {
    match superseded {
        Some(Superseded::Dropped(day)) => Value::Day(day.to_epoch_days()),
        Some(Superseded::Redated) | None => row.field(column).into(),
    }
}
