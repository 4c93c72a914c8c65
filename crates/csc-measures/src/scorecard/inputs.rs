//! What a measure reads against what was supplied: what is missing, and what the reader should be warned of.

use std::sync::LazyLock;

use crate::dataset::{Earliest, Supplied};
use crate::measures::{InputKind, InputRow, LookBack, Measure, When};
use crate::policy::Policy;
use crate::tables::{Lack, Table};
use crate::time::Day;
use crate::time::MonthDays;
use crate::value::index::{at, broken};

/// The inputs of one measure as they were found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inputs {
    /// Needed tables and columns (`table.column`) that were not supplied.
    pub(crate) missing: Vec<String>,
    /// Warnings that hold for every month.
    pub(crate) warnings: Vec<String>,
    /// The warnings that tell why there may be no figure although no table is missing.
    pub(crate) reasons: Vec<String>,
    /// The tables among them that are as at a day.
    extracts: Vec<(Table, Day)>,
}

/// What the measures read, by measure: their names looked up once, for a screen asks for every child anew.
static READ: LazyLock<Vec<Vec<Read>>> = LazyLock::new(|| {
    Measure::all().map(|measure| measure.definition().inputs.iter().map(Read::new).collect()).collect()
});

/// One thing that a measure reads, of which one alternative will do.
struct Read {
    when: Option<When>,
    what: What,
}

enum What {
    Tables { is_needed: bool, tables: Vec<ReadTable> },
    Columns(Vec<ReadColumn>),
}

struct ReadTable {
    table: Table,
    /// Columns whose absence the reader is warned of.
    end_date: Option<usize>,
    seen: Option<usize>,
}

struct ReadColumn {
    /// `table.column`.
    name: &'static str,
    table: Table,
    place: usize,
}

impl Read {
    fn new(input: &InputRow) -> Self {
        let what = match input.kind {
            InputKind::NeededColumn => What::Columns(input.alternatives().map(ReadColumn::named).collect()),
            InputKind::Needed | InputKind::Optional => What::Tables {
                is_needed: input.kind == InputKind::Needed,
                tables: input
                    .alternatives()
                    .map(|name| {
                        let table = table_of(name);
                        ReadTable { table, end_date: table.column("end_date"), seen: table.column("seen") }
                    })
                    .collect(),
            },
        };
        Self { when: input.when, what }
    }
}

impl ReadColumn {
    fn named(name: &'static str) -> Self {
        let Some((table, column)) = name.split_once('.') else {
            broken(format_args!("the input `{name}` names no column"))
        };
        let table = table_of(table);
        let Some(place) = table.column(column) else {
            broken(format_args!("`{table}` has no column of the input `{name}`"))
        };
        Self { name, table, place }
    }
}

/// The table of an input. A name that no table has must not make a measure need nothing.
fn table_of(name: &str) -> Table {
    Table::by_name(name).unwrap_or_else(|error| broken(format_args!("an input: {error}")))
}

impl Inputs {
    pub(crate) fn find(measure: Measure, supplied: &Supplied, policy: &Policy) -> Self {
        let mut inputs = Self::default();
        let asks = measure.definition().asks;
        let read = at(&READ, measure.index()).iter();
        for read in read.filter(|read| read.when.is_none_or(|when| when.holds(policy))) {
            match &read.what {
                What::Tables { is_needed, tables } => inputs.check_tables(asks, *is_needed, tables, supplied),
                What::Columns(columns) => inputs.check_columns(asks, columns, supplied),
            }
        }
        for (table, day) in &inputs.extracts {
            if past(measure, policy) == Some(*table) {
                inputs.missing.push(table.name().to_owned());
                inputs.reasons.push(format!("no_history:{table}"));
            }
            inputs.reasons.push(format!("as_at:{table}:{}", day.date()));
        }
        let day = inputs.as_at();
        if inputs.extracts.iter().any(|(_, other)| Some(*other) != day) {
            // As at different days, the tables have no day in common.
            let tables = inputs.extracts.iter().map(|(table, _)| table.name().to_owned());
            inputs.missing.extend(tables);
        }
        inputs.missing.dedup();
        inputs.reasons.sort_unstable();
        inputs.warnings.extend_from_slice(&inputs.reasons);
        inputs.warnings.sort_unstable();
        inputs.warnings.dedup();
        inputs
    }

    /// A month as the measure can be worked out in it: as it is, or up to the day that the tables are as at;
    /// `None` if that day is in another month, or something is missing altogether.
    pub(crate) fn month(&self, month: MonthDays) -> Option<MonthDays> {
        month.up_to(self.as_at()).filter(|_| self.missing.is_empty())
    }

    /// The one day that the measure can be worked out as at; `None`: any.
    pub(crate) fn as_at(&self) -> Option<Day> {
        self.extracts.first().map(|(_, day)| *day)
    }

    /// What keeps the measure from being worked out in a month.
    pub(crate) fn missing_in(&self, month: MonthDays) -> Vec<String> {
        if self.month(month).is_some() || !self.missing.is_empty() {
            return self.missing.clone();
        }
        self.extracts.iter().map(|(table, _)| table.name().to_owned()).collect()
    }

    /// One table, or two of which one will do.
    fn check_tables(&mut self, asks: &[Lack], is_needed: bool, tables: &[ReadTable], supplied: &Supplied) {
        let is_any_there = tables.iter().any(|read| supplied.table_for(asks, read.table).is_some());
        for ReadTable { table, end_date, seen } in tables {
            if let Some(supply) = supplied.table_for(asks, *table) {
                self.extracts.extend(supply.as_at.map(|day| (*table, day)));
                let lacks =
                    |place: &Option<usize>| place.is_some_and(|place| !supplied.has_column(*table, place));
                if lacks(end_date) {
                    self.warnings.push(format!("no_end_dates:{table}"));
                }
                if lacks(seen) {
                    self.warnings.push(format!("seen_not_recorded:{table}"));
                }
            } else if is_needed && !is_any_there {
                self.missing.push(table.name().to_owned());
                if supplied.has_table(*table) {
                    self.reasons.push(format!("not_enough:{table}"));
                }
            } else {
                self.warnings.push(format!("without:{table}"));
            }
        }
    }

    /// One column, or two of which one will do; of a missing table only the table is named.
    fn check_columns(&mut self, asks: &[Lack], columns: &[ReadColumn], supplied: &Supplied) {
        let is_absent = |column: &&ReadColumn| {
            supplied.table_for(asks, column.table).is_some()
                && !supplied.has_column(column.table, column.place)
        };
        let absent = columns.iter().filter(is_absent);
        if absent.clone().count() == columns.len() {
            self.missing.extend(absent.map(|column| column.name.to_owned()));
        } else {
            self.warnings.extend(absent.map(|column| format!("without:{}", column.name)));
        }
    }
}

/// The table whose past a measure reads: further back than its month or quarter.
fn past(measure: Measure, policy: &Policy) -> Option<Table> {
    let past = measure.definition().past?;
    past.when.is_none_or(|when| when.holds(policy)).then_some(past.table)
}

/// Whether the data begin later than a measure's look-back from a month.
pub(crate) fn has_short_history(measure: Measure, earliest: &Earliest, month: MonthDays) -> bool {
    let Some((past, look_back)) = measure.definition().past.and_then(|past| Some((past, past.look_back?)))
    else {
        return false;
    };
    let from: Day = match look_back {
        LookBack::FromStart(months) => month.first.plus_months(-months),
        LookBack::FromEnd(months) => month.last.plus_months(-months),
    };
    earliest.get(past.table).is_some_and(|earliest| earliest > from)
}
