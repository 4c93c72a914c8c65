//! How far the columns of dates go.

use super::store::{EachTable, Store, TableRows};
use crate::tables::{Keep, Table};
use crate::time::Day;

/// By table and column, the latest date that was understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct LastDates(Vec<(Table, Vec<Option<Day>>)>);

impl LastDates {
    pub(super) fn of(store: &Store) -> Self {
        let mut dates = Self::default();
        store.each(&mut dates);
        dates
    }

    /// The latest date of a column, by its place; `None` if there is none, or it holds no dates.
    pub(crate) fn of_column(&self, table: Table, place: usize) -> Option<Day> {
        let (_, dates) = self.0.iter().find(|(of, _)| *of == table)?;
        dates.get(place).copied().flatten()
    }
}

impl EachTable for LastDates {
    fn table<T: Keep>(&mut self, rows: &TableRows<T>) {
        if !rows.last_dates.is_empty() {
            self.0.push((T::TABLE, rows.last_dates.clone()));
        }
    }
}
