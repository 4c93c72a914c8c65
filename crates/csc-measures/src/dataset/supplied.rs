//! Which tables were supplied, and which of their columns.

use crate::value::index::{at, at_mut};
use chrono::NaiveDate;
use serde::Serialize;

use super::told::{ColumnReport, Told};
use crate::tables::{Lack, Table};
use crate::time::Day;

/// One supplied table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Supply {
    /// The name it came by.
    pub(crate) name: String,
    /// Whether it is the Standard Safeguarding Dataset's.
    pub(crate) is_ssd: bool,
    /// Which of its columns were there.
    pub(crate) columns: Vec<bool>,
    /// What is told of its columns.
    pub(crate) told: Told,
    pub(crate) rows: u64,
    pub(crate) used: u64,
    /// What it was made of.
    pub(crate) source: Option<String>,
    /// The day at whose end things stood as the table has them; `None`: it has their past as well.
    pub(crate) as_at: Option<Day>,
    /// What it does not hold, though it is there.
    pub(crate) lacks: Vec<Lack>,
}

/// The supplied tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Supplied(Vec<Option<Supply>>);

impl Supplied {
    pub(crate) fn get(&self, table: Table) -> Option<&Supply> {
        self.0.get(table as usize).and_then(Option::as_ref)
    }

    pub(crate) fn get_mut(&mut self, table: Table) -> Option<&mut Supply> {
        self.0.get_mut(table as usize).and_then(Option::as_mut)
    }

    pub(crate) fn insert(&mut self, table: Table, supply: Supply) {
        if self.0.is_empty() {
            self.0.resize(Table::ALL.len(), None);
        }
        *at_mut(&mut self.0, table as usize) = Some(supply);
    }

    /// A table that holds what is asked of it.
    pub(crate) fn table_for(&self, asks: &[Lack], table: Table) -> Option<&Supply> {
        self.get(table).filter(|supply| !asks.iter().any(|asked| supply.lacks.contains(asked)))
    }

    pub(crate) fn has_table(&self, table: Table) -> bool {
        self.get(table).is_some()
    }

    /// Whether a column was there, by its place among the table's columns.
    pub(crate) fn has_column(&self, table: Table, place: usize) -> bool {
        self.get(table).is_some_and(|supply| *at(&supply.columns, place))
    }

    /// The tables that are there, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Table, &Supply)> {
        Table::ALL.iter().filter_map(|table| Some((*table, self.get(*table)?)))
    }

    /// The same tables and columns, of a part that has no rows.
    pub(crate) fn without_rows(&self) -> Self {
        let emptied =
            |supply: &Supply| Supply { rows: 0, used: 0, told: supply.told.without_rows(), ..supply.clone() };
        Self(self.0.iter().map(|supply| supply.as_ref().map(emptied)).collect())
    }

    /// Counts the rows of the same tables of another part.
    pub(crate) fn add_rows(&mut self, other: &Self) {
        for (supply, more) in self.0.iter_mut().zip(&other.0) {
            if let (Some(supply), Some(more)) = (supply, more) {
                supply.rows = supply.rows.saturating_add(more.rows);
                supply.used = supply.used.saturating_add(more.used);
                supply.told.add(&more.told);
            }
        }
    }

    /// What became of their columns.
    pub(crate) fn columns(&self) -> Vec<ColumnReport> {
        self.iter().flat_map(|(table, supply)| supply.told.reports(table, supply.rows)).collect()
    }

    /// What became of their rows.
    pub(crate) fn counts(&self) -> Vec<TableCount> {
        self.iter()
            .map(|(table, supply)| TableCount {
                table,
                rows: supply.rows,
                used: supply.used,
                source: supply.source.clone(),
                as_at: supply.as_at.map(Day::date),
            })
            .collect()
    }
}

/// What became of the rows of a supplied table: `rows` = `used` + those that are out, each with an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TableCount {
    /// The table.
    pub table: Table,
    /// Rows that came in.
    pub rows: u64,
    /// Rows that are used.
    pub used: u64,
    /// What the table was made of, where it was told: `cin_census`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day that the table is [as at](super::TableBuilder::as_at), where it has no past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_at: Option<NaiveDate>,
}
