//! Rows of an earlier year's return that the return of the next year does not have.

use chrono::NaiveDate;

use super::store::{Store, TableRows};
use crate::tables::records::{Assessment, InitialConference};
use crate::tables::{Keep, Names, Table};
use crate::time::Day;

/// What became of a row of an earlier year's return that was open at the end of its year and that the return of the
/// next year does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "readers make it, and there is no third way")]
pub enum Superseded {
    /// The next year has it from another day: the row is left out.
    Redated,
    /// The next year knows nothing of it: the row, which is given with this end if its table has ends, is open up to
    /// the day before this one.
    Dropped(NaiveDate),
}

/// The ids of rows without an end of their own, each with the day from which on it is not open.
#[derive(Debug, Default)]
pub(super) struct Gone(Vec<(Table, Box<str>, Day)>);

impl Gone {
    pub(super) fn add(&mut self, table: Table, record: &str, day: Day) {
        if matches!(table, Table::Assessments | Table::InitialConferences) {
            self.0.push((table, record.into(), day));
        }
    }

    /// Has nobody wait any longer for what is gone.
    pub(super) fn close(self, names: &Names, store: &mut Store) {
        for (table, record, day) in self.0 {
            let closed = match table {
                Table::Assessments => find(&mut store.assessments, &record, names).map(Assessment::closed),
                Table::InitialConferences => {
                    find(&mut store.initial_conferences, &record, names).map(InitialConference::closed)
                }
                _ => None,
            };
            if let Some(closed) = closed {
                *closed = Some(closed.map_or(day, |before| before.min(day)));
            }
        }
    }
}

/// The record of the row with an id.
fn find<'s, T: Keep>(rows: &'s mut TableRows<T>, id: &str, names: &Names) -> Option<&'s mut T::Record> {
    let ids = names.table(T::TABLE);
    let row = ids.row(ids.ids.number(id)?)?;
    rows.records.get_mut(row)
}

impl Assessment {
    fn closed(&mut self) -> &mut Option<Day> {
        &mut self.closed
    }
}

impl InitialConference {
    fn closed(&mut self) -> &mut Option<Day> {
        &mut self.closed
    }
}
