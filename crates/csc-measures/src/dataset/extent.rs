//! From when to when tables are kept.

use super::store::{EachTable, Store, TableRows};
use crate::tables::{Keep, Table};
use crate::time::Day;

/// The tables whose rows are recorded soon after what they are about: their latest date says when they were extracted.
pub(super) const RECORDED_SOON: [Table; 5] =
    [Table::CpVisits, Table::CinVisits, Table::ClaVisits, Table::Referrals, Table::Assessments];

/// The earliest and the latest dates of the columns that say from when and up to when a table is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    earliest: Vec<(Table, Day)>,
    latest: Vec<(Table, Day)>,
}

fn of(days: &[(Table, Day)], table: Table) -> Option<Day> {
    days.iter().find(|(of, _)| *of == table).map(|(_, day)| *day)
}

fn add(days: &mut Vec<(Table, Day)>, table: Table, day: Day, better: fn(Day, Day) -> Day) {
    match days.iter_mut().find(|(of, _)| *of == table) {
        Some((_, known)) => *known = better(*known, day),
        None => days.push((table, day)),
    }
}

impl Extent {
    pub(super) fn of(store: &Store) -> Self {
        let mut extent = Self::default();
        store.each(&mut extent);
        extent
    }

    /// The earliest date of a table of whose past a measure asks; `None` if it has none.
    pub(crate) fn earliest(&self, table: Table) -> Option<Day> {
        of(&self.earliest, table)
    }

    /// The latest date of a table that is kept by date; `None` if it has none.
    pub(crate) fn latest(&self, table: Table) -> Option<Day> {
        of(&self.latest, table)
    }

    /// The latest date of visits, referrals and starts of assessments.
    pub(super) fn recorded_soon(&self) -> Option<Day> {
        RECORDED_SOON.iter().filter_map(|table| self.latest(*table)).max()
    }

    /// The day up to which the data go: that of what is recorded soon; without any of it, the latest date of any table
    /// that is kept by date.
    pub(crate) fn day(&self) -> Option<Day> {
        self.recorded_soon().or_else(|| self.latest.iter().map(|(_, day)| *day).max())
    }

    /// Notes a date of a table from which it may be kept.
    pub(crate) fn add_earliest(&mut self, table: Table, day: Day) {
        add(&mut self.earliest, table, day, Day::min);
    }

    /// Notes a date of a table up to which it may be kept.
    pub(crate) fn add_latest(&mut self, table: Table, day: Day) {
        add(&mut self.latest, table, day, Day::max);
    }

    /// Takes in the dates of another part.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (table, day) in &other.earliest {
            self.add_earliest(*table, *day);
        }
        for (table, day) in &other.latest {
            self.add_latest(*table, *day);
        }
    }
}

impl EachTable for Extent {
    fn table<T: Keep>(&mut self, rows: &TableRows<T>) {
        if let Some(day) = rows.earliest {
            self.add_earliest(T::TABLE, day);
        }
        if let Some(day) = rows.latest {
            self.add_latest(T::TABLE, day);
        }
    }
}
