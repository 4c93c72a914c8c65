//! Whether a measure works out a fact from other tables.

use super::definition::{Definition, Derives};
use super::kinds::{InputKind, InputRow};
use super::measure::Measure;
use crate::dataset::{Supplied, Supply};
use crate::tables::Table;

impl Definition {
    /// The fact that the measure works out from these tables: what it needs of the table that tells it is not there,
    /// and everything else that it reads to derive it is.
    pub(crate) fn works_out(&self, supplied: &Supplied) -> Option<Derives> {
        let is_there_else =
            |input: &InputRow| is_there(input, supplied, Supplied::usable, Supplied::has_column);
        self.may_work_out(supplied).filter(|derives| {
            (derives.holds)(supplied) && self.inputs.iter().filter(|input| input.to_derive).all(is_there_else)
        })
    }

    /// The same as far as a part of an authority's rows can say: whether what else is read holds enough is known when
    /// all parts are put together.
    pub(crate) fn may_work_out(&self, supplied: &Supplied) -> Option<Derives> {
        let derives = self.derives?;
        let is_needed = |input: &&InputRow| {
            matches!(input.kind, InputKind::Needed | InputKind::NeededColumn)
                && input.alternatives().all(|name| is_of(name, derives.table))
        };
        let is_told = |input: &InputRow| is_there(input, supplied, Supplied::usable, Supplied::has_column);
        let is_given = |input: &InputRow| {
            is_there(input, supplied, Supplied::get, Supplied::is_column_given) && has_past(input, supplied)
        };
        let may = !self.inputs.iter().filter(is_needed).all(is_told)
            && self.inputs.iter().filter(|input| input.to_derive).all(is_given);
        may.then_some(derives)
    }
}

impl Measure {
    /// The measures of which a fact is worked out from tables, as far as a part of an authority's rows can say.
    pub(crate) fn worked_out(supplied: &Supplied) -> impl Iterator<Item = Self> {
        Self::all().filter(|measure| measure.definition().may_work_out(supplied).is_some())
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
