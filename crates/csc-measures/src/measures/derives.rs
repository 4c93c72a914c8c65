//! Whether a measure does without a table that tells its cases.

use super::case::Basis;
use super::definition::{Definition, Derives};
use super::kinds::{InputKind, InputRow};
use crate::dataset::{Supplied, Supply};
use crate::tables::Table;

impl Definition {
    /// By which tables its cases are told.
    pub(crate) fn basis(&self, supplied: &Supplied) -> Basis {
        let lacks = |table: Table| supplied.usable(table).is_none();
        if self.is_untold(supplied) || self.hangs_on.is_some_and(lacks) {
            Basis::ByOthers
        } else {
            Basis::ByItsTable
        }
    }

    /// Whether the measure derives a fact, and something that it needs of the table that tells it is not there.
    pub(crate) fn is_untold(&self, supplied: &Supplied) -> bool {
        self.is_untold_by(&|input| is_there(input, supplied, Supplied::usable, Supplied::has_column))
    }

    /// The fact that the measure works out from these tables: it is untold, and everything that is read to derive it is
    /// there.
    pub(crate) fn works_out(&self, supplied: &Supplied) -> Option<Derives> {
        let is_there = |input: &InputRow| is_there(input, supplied, Supplied::usable, Supplied::has_column);
        self.works_out_by(supplied, &is_there).filter(|derives| (derives.holds)(supplied))
    }

    /// The same by the tables and columns that there are, whatever became of their rows.
    pub(crate) fn works_out_by_header(&self, supplied: &Supplied) -> Option<Derives> {
        self.works_out_by(supplied, &|input| {
            is_there(input, supplied, Supplied::get, Supplied::is_column_given)
        })
    }

    fn works_out_by(&self, supplied: &Supplied, is_there: &dyn Fn(&InputRow) -> bool) -> Option<Derives> {
        let is_read = |input: &InputRow| is_there(input) && has_past(input, supplied);
        let may =
            self.is_untold_by(is_there) && self.inputs.iter().filter(|input| input.to_derive).all(is_read);
        self.derives.filter(|_| may)
    }

    fn is_untold_by(&self, is_there: &dyn Fn(&InputRow) -> bool) -> bool {
        let Some(derives) = self.derives else { return false };
        let is_needed = |input: &&InputRow| {
            matches!(input.kind, InputKind::Needed | InputKind::NeededColumn)
                && input.alternatives().any(|name| is_of(name, derives.table))
        };
        // Another table that would do is not the one that tells it.
        let is_told = |input: &InputRow| {
            let mut own = input.alternatives().filter(|name| is_of(name, derives.table));
            own.any(|name| is_there(&InputRow { name, ..*input }))
        };
        !self.inputs.iter().filter(is_needed).all(is_told)
    }
}

/// Whether an input is a table, or of a table.
fn is_of(name: &str, table: Table) -> bool {
    name.split('.').next() == Some(table.name())
}

/// Whether an input is there: of two the one or the other, of several columns all.
fn is_there(
    input: &InputRow,
    supplied: &Supplied,
    table: fn(&Supplied, Table) -> Option<&Supply>,
    column: fn(&Supplied, Table, usize) -> bool,
) -> bool {
    let has = |name: &str, of: Option<&str>| {
        let named = Table::by_name(name).ok().filter(|named| table(supplied, *named).is_some());
        named.is_some_and(|named| match of {
            Some(of) => named.column(of).is_some_and(|place| column(supplied, named, place)),
            None => true,
        })
    };
    match input.columns {
        [] => input.alternatives().any(|name| match name.split_once('.') {
            Some((table, column)) => has(table, Some(column)),
            None => has(name, None),
        }),
        columns => columns.iter().all(|column| has(input.name, Some(column))),
    }
}

/// Whether its table says more than how things stood on a day.
fn has_past(input: &InputRow, supplied: &Supplied) -> bool {
    let table = Table::by_name(input.name).ok();
    table.and_then(|table| supplied.get(table)).is_none_or(|supply| supply.as_at.is_none())
}
