//! Which columns of the tables a measure reads.

use std::collections::{BTreeMap, BTreeSet};

use super::inputs::{Find, ReadColumn, What};
use crate::dataset::Supplied;
use crate::measures::Measure;
use crate::policy::Policy;
use crate::tables::{Need, Table};

/// The columns that a measure reads: of each of its tables those that the table cannot be without, the end of an
/// interval, whether somebody was seen, and those that the measure names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reads(BTreeMap<Table, BTreeSet<usize>>);

impl Reads {
    /// What a measure reads under some policies, of the tables that are there.
    pub(crate) fn of(measure: Measure, supplied: &Supplied, policy: &Policy) -> Self {
        let find = Find::of(measure, supplied, policy);
        let mut reads = Self::default();
        for read in find.read(measure) {
            match &read.what {
                What::Tables { tables, column, .. } => {
                    for table in tables {
                        reads.table(table.table).extend(table.always.iter().map(|column| column.place));
                    }
                    column.iter().for_each(|column| reads.add(column));
                }
                What::Columns { columns, .. } => columns.iter().for_each(|column| reads.add(column)),
                What::Optional { columns, from } => {
                    columns.iter().for_each(|column| reads.add(column));
                    // What the column is worked out from counts only if it is not there itself.
                    let is_absent = |column: &ReadColumn| {
                        let supply = find.supply(column.table);
                        supply.is_some_and(|supply| !find.has(supply, column.table, column.place))
                    };
                    if columns.iter().any(is_absent) {
                        from.iter().for_each(|column| reads.add(column));
                    }
                }
            }
        }
        reads
    }

    /// Whether it reads a column.
    pub(crate) fn has(&self, table: Table, place: usize) -> bool {
        self.0.get(&table).is_some_and(|columns| columns.contains(&place))
    }

    /// Whether it reads a table.
    pub(crate) fn has_table(&self, table: Table) -> bool {
        self.0.contains_key(&table)
    }

    fn add(&mut self, column: &ReadColumn) {
        self.table(column.table).insert(column.place);
    }

    /// The columns that are read of a table, which has those that it cannot be without.
    fn table(&mut self, table: Table) -> &mut BTreeSet<usize> {
        self.0.entry(table).or_insert_with(|| {
            let columns = table.columns().iter().enumerate();
            columns.filter(|(_, column)| column.need != Need::Optional).map(|(place, _)| place).collect()
        })
    }
}
