//! How far tables go back.

use super::store::{EachTable, Store, TableRows};
use crate::tables::{Keep, Table};
use crate::time::Day;

/// The earliest dates of the columns that a look-back reads, one a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Earliest(Vec<(Table, Day)>);

impl Earliest {
    pub(super) fn of(store: &Store) -> Self {
        let mut earliest = Self::default();
        store.each(&mut earliest);
        earliest
    }

    /// The earliest date of a table; `None` if it has none.
    pub(crate) fn get(&self, table: Table) -> Option<Day> {
        self.0.iter().find(|(of, _)| *of == table).map(|(_, day)| *day)
    }

    /// Notes a date of a table.
    pub(crate) fn add(&mut self, table: Table, day: Day) {
        match self.0.iter_mut().find(|(of, _)| *of == table) {
            Some((_, earliest)) => *earliest = day.min(*earliest),
            None => self.0.push((table, day)),
        }
    }

    /// The earliest dates of this and of another part.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (table, day) in &other.0 {
            self.add(*table, *day);
        }
    }
}

impl EachTable for Earliest {
    fn table<T: Keep>(&mut self, rows: &TableRows<T>) {
        if let Some(day) = rows.earliest {
            self.add(T::TABLE, day);
        }
    }
}
