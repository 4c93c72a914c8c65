//! Whether a measure works out a fact from other tables.

use super::definition::{Definition, Derives};
use super::kinds::{InputKind, InputRow};
use crate::dataset::Supplied;
use crate::tables::Table;

impl Definition {
    /// The fact that the measure works out from these tables: what it needs of the table that tells it is not there,
    /// and everything else that it reads to derive it is.
    ///
    /// A part of an authority's rows cannot say [what all of them hold](Derives::holds), which is left to who puts the
    /// parts together.
    pub(crate) fn works_out(&self, supplied: &Supplied) -> Option<Derives> {
        let derives = self.derives?;
        let is_needed = |input: &&InputRow| {
            matches!(input.kind, InputKind::Needed | InputKind::NeededColumn)
                && input.alternatives().all(|name| is_of(name, derives.table))
        };
        let is_told = self.inputs.iter().filter(is_needed).all(|input| is_there(input, supplied));
        let is_there_else = |input: &InputRow| is_there(input, supplied) && has_past(input, supplied);
        let has_else = || self.inputs.iter().filter(|input| input.to_derive).all(is_there_else);
        (!is_told && has_else()).then_some(derives)
    }
}

/// Whether an input is a table, or of a table.
fn is_of(name: &str, table: Table) -> bool {
    name.split('.').next() == Some(table.name())
}

/// Whether an input is there: of two the one or the other, of several columns all.
fn is_there(input: &InputRow, supplied: &Supplied) -> bool {
    let has = |name: &str, column: Option<&str>| {
        let Ok(table) = Table::by_name(name) else { return false };
        supplied.usable(table).is_some_and(|supply| {
            column.is_none_or(|column| table.column(column).is_some_and(|place| supply.has(table, place)))
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
