//! Ends of intervals: Mosaic tells the last day, where the next interval begins on the day after it.

use std::collections::BTreeSet;

use super::choice::{Choice, System};
use super::forms::day_before;
use crate::tables::Row;

/// The days on which intervals of the same person or period of care begin.
pub(super) struct Ends {
    group: &'static str,
    /// `None` where a system tells the first day after an interval.
    begin: Option<BTreeSet<(String, String)>>,
}

impl Ends {
    /// Those of a table whose intervals follow one another within a group.
    pub(super) fn new(choice: &Choice, rows: &[Row], group: &'static str) -> Self {
        let begin = |row: &Row| (row.get(group).to_owned(), row.get("start_date").to_owned());
        let begin = choice.of(System::Mosaic).then(|| rows.iter().map(begin).collect());
        Self { group, begin }
    }

    /// The end of a row as the system tells it.
    pub(super) fn end(&self, row: &Row) -> String {
        let end = row.get("end_date").to_owned();
        match &self.begin {
            // What lasts no day has no last day, and what is the wrong way round is a slip that stays.
            Some(begin)
                if row.get("start_date") < end.as_str()
                    && begin.contains(&(row.get(self.group).to_owned(), end.clone())) =>
            {
                day_before(&end)
            }
            _ => end,
        }
    }
}
