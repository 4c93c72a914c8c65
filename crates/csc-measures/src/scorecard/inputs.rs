//! What a measure reads against what was supplied: what is missing, and what the reader should be warned of.

use std::sync::LazyLock;

use crate::dataset::{Extent, Supplied, Supply};
use crate::measures::{InputKind, InputRow, LookBack, Measure, When};
use crate::policy::Policy;
use crate::tables::{Lack, Need, Table};
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
    /// The tables that are read and have so many rows that their latest date says up to when they are kept.
    kept: Vec<Table>,
}

/// How far the tables are looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// Which tables and columns there are.
    Header,
    /// Besides, what became of their rows and values.
    Values,
}

/// What the measures read, by measure: their names looked up once, for a screen asks for every child anew.
static READ: LazyLock<Vec<Vec<Read>>> = LazyLock::new(|| {
    Measure::all().map(|measure| measure.definition().inputs.iter().map(Read::new).collect()).collect()
});

/// One thing that a measure reads, of which one alternative will do.
struct Read {
    when: Option<When>,
    /// It is not read if this table is there.
    in_place_of: Option<Table>,
    what: What,
}

enum What {
    /// Tables, or in place of them a column of a table that is as at a day.
    Tables {
        is_needed: bool,
        tables: Vec<ReadTable>,
        column: Option<ReadColumn>,
    },
    Columns {
        is_of_nulls: bool,
        columns: Vec<ReadColumn>,
    },
    Optional {
        columns: Vec<ReadColumn>,
        from: Option<ReadColumn>,
    },
}

struct ReadTable {
    table: Table,
    /// Columns whose absence the reader is warned of.
    end_date: Option<usize>,
    seen: Option<usize>,
    /// The columns that it cannot be without, and those two.
    always: Vec<ReadColumn>,
}

struct ReadColumn {
    /// `table.column`.
    name: String,
    table: Table,
    place: usize,
}

impl Read {
    fn new(input: &InputRow) -> Self {
        let what = match input.kind {
            InputKind::NeededColumn => What::Columns {
                is_of_nulls: input.is_of_nulls,
                columns: input.alternatives().map(ReadColumn::named).collect(),
            },
            InputKind::OptionalColumns => {
                let column = |column: &&str| ReadColumn::named(&format!("{}.{column}", input.name));
                What::Optional {
                    columns: input.columns.iter().map(column).collect(),
                    from: input.worked_out_from.map(|from| column(&from)),
                }
            }
            InputKind::Needed | InputKind::Optional => What::Tables {
                is_needed: input.kind == InputKind::Needed,
                tables: tables(input).map(|name| ReadTable::new(table_of(name))).collect(),
                column: input.alternatives().find(|name| name.contains('.')).map(ReadColumn::named),
            },
        };
        Self { when: input.when, in_place_of: input.in_place_of.map(table_of), what }
    }
}

/// The tables of an input, of which a column may stand in place.
fn tables(input: &InputRow) -> impl Iterator<Item = &'static str> {
    input.alternatives().filter(|name| !name.contains('.'))
}

impl ReadTable {
    fn new(table: Table) -> Self {
        let (end_date, seen) = (table.column("end_date"), table.column("seen"));
        let columns = (0..).zip(table.columns());
        let always = columns.filter(|(place, column)| {
            column.need != Need::Optional || [end_date, seen].contains(&Some(*place))
        });
        let always = always.map(|(place, _)| ReadColumn::new(table, place)).collect();
        Self { table, end_date, seen, always }
    }
}

impl ReadColumn {
    fn new(table: Table, place: usize) -> Self {
        Self { name: format!("{table}.{}", at(table.columns(), place).name), table, place }
    }

    fn named(name: &str) -> Self {
        let Some((table, column)) = name.split_once('.') else {
            broken(format_args!("the input `{name}` names no column"))
        };
        let table = table_of(table);
        let Some(place) = table.column(column) else {
            broken(format_args!("`{table}` has no column of the input `{name}`"))
        };
        Self::new(table, place)
    }
}

/// The table of an input. A name that no table has must not make a measure need nothing.
fn table_of(name: &str) -> Table {
    Table::by_name(name).unwrap_or_else(|error| broken(format_args!("an input: {error}")))
}

impl Inputs {
    /// What a measure finds, with what became of the rows and values of its tables.
    pub(crate) fn find(measure: Measure, supplied: &Supplied, policy: &Policy) -> Self {
        Self::to_depth(Depth::Values, measure, supplied, policy)
    }

    /// What a measure finds by the tables and columns that there are, whatever became of their rows.
    pub(crate) fn by_header(measure: Measure, supplied: &Supplied, policy: &Policy) -> Self {
        Self::to_depth(Depth::Header, measure, supplied, policy)
    }

    fn to_depth(depth: Depth, measure: Measure, supplied: &Supplied, policy: &Policy) -> Self {
        let mut inputs = Self::default();
        let definition = measure.definition();
        let find = Find { depth, asks: definition.asks, supplied };
        let read = at(&READ, measure.index()).iter().filter(|read| {
            read.when.is_none_or(|when| when.holds(policy))
                && read.in_place_of.is_none_or(|table| find.supply(table).is_none())
        });
        for read in read {
            match &read.what {
                What::Tables { is_needed, tables, column } => {
                    inputs.check_tables(&find, *is_needed, tables, column.as_ref());
                }
                What::Columns { is_of_nulls, columns } => inputs.check_columns(&find, *is_of_nulls, columns),
                What::Optional { columns, from } => inputs.check_optional(&find, columns, from.as_ref()),
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
        inputs.reasons.dedup();
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

    /// The warnings of a month that begins when tables had no more rows.
    pub(crate) fn after_data(&self, extent: &Extent, month: MonthDays) -> impl Iterator<Item = String> {
        let is_over = move |table: &&Table| extent.latest(**table).is_some_and(|latest| latest < month.first);
        self.kept.iter().filter(is_over).map(|table| format!("after_data:{table}"))
    }

    /// One table, or two of which one will do.
    fn check_tables(
        &mut self,
        find: &Find<'_>,
        is_needed: bool,
        tables: &[ReadTable],
        column: Option<&ReadColumn>,
    ) {
        let is_there = |column: &ReadColumn| {
            let supply = find.supply(column.table).filter(|supply| supply.as_at.is_some());
            supply.is_some_and(|supply| find.has(supply, column.table, column.place))
        };
        let is_any_there =
            tables.iter().any(|read| find.supply(read.table).is_some()) || column.is_some_and(is_there);
        for read in tables {
            let table = read.table;
            if let Some(supply) = find.supply(table) {
                self.extracts.extend(supply.as_at.map(|day| (table, day)));
                self.check_rows(find, supply, table);
                self.check_table(find, supply, read, is_needed);
            } else {
                if let Some(supply) = find.supplied.get(table).filter(|_| find.depth == Depth::Values) {
                    self.check_rows(find, supply, table);
                }
                if is_needed && !is_any_there {
                    self.missing.push(table.name().to_owned());
                    if find.supplied.has_table(table) && find.supplied.table_for(find.asks, table).is_none() {
                        self.reasons.push(format!("not_enough:{table}"));
                    }
                } else {
                    self.warnings.push(format!("without:{table}"));
                }
            }
        }
    }

    /// What became of the rows of a table.
    fn check_rows(&mut self, find: &Find<'_>, supply: &Supply, table: Table) {
        if find.depth == Depth::Header {
            return;
        }
        if supply.is_unused() {
            self.reasons.push(format!("no_rows_used:{table}"));
        }
        if supply.has_many_out() {
            self.warnings.push(format!("rows_out:{table}"));
        }
        if supply.tells_by_rows() && !self.kept.contains(&table) {
            self.kept.push(table);
        }
    }

    /// The columns of a table that is there.
    fn check_table(&mut self, find: &Find<'_>, supply: &Supply, read: &ReadTable, is_needed: bool) {
        let table = read.table;
        for column in &read.always {
            self.check_values(find, supply, column);
        }
        let lacks = |place: Option<usize>| place.is_some_and(|place| !find.has(supply, table, place));
        if lacks(read.end_date) {
            self.warnings.push(format!("no_end_dates:{table}"));
        }
        if lacks(read.seen) {
            // A column that was there, and is null in every row, says of nobody that they were seen.
            match read.seen.is_some_and(|place| *at(&supply.columns, place)) {
                false => self.warnings.push(format!("seen_not_recorded:{table}")),
                true if is_needed => self.missing.push(format!("{table}.seen")),
                true => self.warnings.push(format!("no_column:{table}.seen")),
            }
        }
    }

    /// One column, or two of which one will do; of a missing table only the table is named.
    fn check_columns(&mut self, find: &Find<'_>, is_of_nulls: bool, columns: &[ReadColumn]) {
        let mut absent = Vec::new();
        for column in columns {
            let Some(supply) = find.supply(column.table) else { continue };
            self.check_values(find, supply, column);
            let has_no_nulls =
                is_of_nulls && find.depth == Depth::Values && supply.leaves_out_nulls(column.place);
            if has_no_nulls || !find.has(supply, column.table, column.place) {
                absent.push(column.name.clone());
            }
        }
        if absent.len() == columns.len() {
            self.missing.extend(absent);
        } else {
            self.warnings.extend(absent.into_iter().map(|name| format!("without:{name}")));
        }
    }

    /// Columns that are read if they are there, or worked out from another.
    fn check_optional(&mut self, find: &Find<'_>, columns: &[ReadColumn], from: Option<&ReadColumn>) {
        for column in columns {
            let Some(supply) = find.supply(column.table) else { continue };
            self.check_values(find, supply, column);
            let is_there = find.has(supply, column.table, column.place);
            let is_from_there = from.is_some_and(|from| find.has(supply, from.table, from.place));
            if supply.derived.contains(&column.place) || (!is_there && is_from_there) {
                self.warnings.push(format!("derived:{}", at(column.table.columns(), column.place).name));
            } else if !is_there {
                self.warnings.push(format!("no_column:{}", column.name));
            }
        }
    }

    /// Whether a column's values were understood.
    fn check_values(&mut self, find: &Find<'_>, supply: &Supply, column: &ReadColumn) {
        if find.depth == Depth::Values && supply.understands_nothing(column.place) {
            self.warnings.push(format!("nothing_understood:{}", column.name));
        }
    }
}

/// Where the inputs of a measure are sought.
struct Find<'a> {
    depth: Depth,
    asks: &'a [Lack],
    supplied: &'a Supplied,
}

impl<'a> Find<'a> {
    /// A table that holds what is asked of it.
    fn supply(&self, table: Table) -> Option<&'a Supply> {
        let supply = self.supplied.table_for(self.asks, table)?;
        (self.depth == Depth::Header || !supply.is_unusable()).then_some(supply)
    }

    /// Whether a table has a column, by its place.
    fn has(&self, supply: &Supply, table: Table, place: usize) -> bool {
        match self.depth {
            Depth::Header => *at(&supply.columns, place),
            Depth::Values => supply.has(table, place),
        }
    }
}

/// The table whose past a measure reads: further back than its month or quarter.
fn past(measure: Measure, policy: &Policy) -> Option<Table> {
    let past = measure.definition().past?;
    past.when.is_none_or(|when| when.holds(policy)).then_some(past.table)
}

/// Whether the data begin later than a measure's look-back from a month.
pub(crate) fn has_short_history(measure: Measure, extent: &Extent, month: MonthDays) -> bool {
    let Some((past, look_back)) = measure.definition().past.and_then(|past| Some((past, past.look_back?)))
    else {
        return false;
    };
    let from: Day = match look_back {
        LookBack::FromStart(months) => month.first.plus_months(-months),
        LookBack::FromEnd(months) => month.last.plus_months(-months),
    };
    extent.earliest(past.table).is_some_and(|earliest| earliest > from)
}
