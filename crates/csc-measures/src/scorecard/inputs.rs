//! What a measure reads against what was supplied: what is missing, and what the reader should be warned of.

use std::sync::LazyLock;

use crate::dataset::{Extent, Supplied, Supply};
use crate::measures::{Basis, Derives, InputKind, InputRow, LookBack, Measure, When};
use crate::policy::Policy;
use crate::tables::{Declared, Involvement, Lack, Need, Table, place_of};
use crate::time::Day;
use crate::time::{Month, MonthDays};
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
    /// Which tables tell its cases.
    pub(crate) basis: Basis,
    /// The tables among them that are as at a day.
    extracts: Vec<(Table, Day)>,
    /// The table among them that shows how things stood at an extract, if no table tells of the past.
    picture: Option<(Table, Day)>,
    /// Whether a table that is read tells what care leavers did, day by day.
    tells_past: bool,
    /// The table of which a fact is worked out, and the first day of which it can be.
    since: Option<(Table, Day)>,
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
pub(super) struct Read {
    when: Option<When>,
    /// It is not read if this table is there.
    in_place_of: Option<Table>,
    /// It is read only to work out a fact.
    to_derive: bool,
    pub(super) what: What,
}

pub(super) enum What {
    /// Tables, or in place of them a column of a table that is as at a day.
    Tables {
        is_needed: bool,
        by_own_name: bool,
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

pub(super) struct ReadTable {
    pub(super) table: Table,
    /// The columns that it cannot be without, and those of whose absence results have a warning of their own.
    pub(super) always: Vec<ReadColumn>,
}

pub(super) struct ReadColumn {
    /// `table.column`.
    name: String,
    pub(super) table: Table,
    pub(super) place: usize,
    /// Whether not every row has it.
    is_sparse: bool,
    /// What results say of a table without it, if it is not `no_column`.
    warned: Option<&'static str>,
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
                by_own_name: input.by_own_name,
                tables: tables(input).map(|name| ReadTable::new(table_of(name))).collect(),
                column: input.alternatives().find(|name| name.contains('.')).map(ReadColumn::named),
            },
        };
        let in_place_of = input.in_place_of.map(table_of);
        Self { when: input.when, in_place_of, to_derive: input.to_derive, what }
    }

    /// Whether it is no table from which a fact is worked out, or that table is there.
    fn may_derive(&self, find: &Find<'_>) -> bool {
        match &self.what {
            What::Tables { tables, .. } if self.to_derive => {
                tables.iter().all(|read| find.supply(read.table).is_some())
            }
            _ => true,
        }
    }

    /// Whether it is a table, or one of two, or of a table.
    fn is_of(&self, table: Table) -> bool {
        match &self.what {
            What::Tables { tables, .. } => tables.iter().any(|read| read.table == table),
            What::Columns { columns, .. } | What::Optional { columns, .. } => {
                columns.iter().all(|column| column.table == table)
            }
        }
    }
}

/// The tables of an input, of which a column may stand in place.
fn tables(input: &InputRow) -> impl Iterator<Item = &'static str> {
    input.alternatives().filter(|name| !name.contains('.'))
}

impl ReadTable {
    fn new(table: Table) -> Self {
        let columns = (0..).zip(table.columns());
        let always = columns.filter(|(_, column)| column.need != Need::Optional || column.warned.is_some());
        let always = always.map(|(place, _)| ReadColumn::new(table, place)).collect();
        Self { table, always }
    }
}

impl ReadColumn {
    fn new(table: Table, place: usize) -> Self {
        let column = at(table.columns(), place);
        let name = format!("{table}.{}", column.name);
        Self { name, table, place, is_sparse: column.is_sparse, warned: column.warned }
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
        let find = Find { depth, asks: definition.asks, supplied, policy };
        let derives = find.derives(measure);
        inputs.basis = definition.basis(supplied);
        for read in find.read(measure) {
            match &read.what {
                What::Tables { is_needed, by_own_name, tables, column } => {
                    inputs.check_tables(&find, *is_needed, *by_own_name, tables, column.as_ref());
                }
                What::Columns { is_of_nulls, columns } => inputs.check_columns(&find, *is_of_nulls, columns),
                What::Optional { columns, from } => inputs.check_optional(&find, columns, from.as_ref()),
            }
        }
        inputs.picture = inputs.picture.filter(|_| !inputs.tells_past);
        if let Some((table, day)) = inputs.picture {
            inputs.reasons.push(format!("as_at:{table}:{}", day.date()));
        }
        if let Some(derives) = derives {
            inputs.warnings.push(format!("derived:{}", derives.fact));
            let read: &Vec<Read> = at(&READ, measure.index());
            inputs.check_absent(&find, derives.table, read);
            inputs.since = derives.since.map(|day| (derives.table, day));
        }
        let besides =
            definition.derives.filter(|_| definition.is_untold(supplied)).and_then(|derives| derives.besides);
        if let Some((table, supply)) = besides.and_then(|table| Some((table, supplied.get(table)?))) {
            inputs.check_rows(&find, supply, table);
            if let Some(supply) = find.supply(table) {
                inputs.check_table(&find, supply, &ReadTable::new(table), false);
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

    /// The warnings of inputs that a rule besides the measure's reads: what is not there, is not understood or lost rows.
    pub(crate) fn warnings_of(inputs: &[InputRow], supplied: &Supplied, policy: &Policy) -> Vec<String> {
        let find = Find { depth: Depth::Values, asks: &[], supplied, policy };
        let mut found = Self::default();
        for read in inputs.iter().map(Read::new) {
            match &read.what {
                What::Tables { tables, .. } => found.check_tables(&find, false, false, tables, None),
                What::Columns { is_of_nulls, columns } => found.check_columns(&find, *is_of_nulls, columns),
                What::Optional { columns, from } => found.check_optional(&find, columns, from.as_ref()),
            }
        }
        found.warnings.append(&mut found.reasons);
        found.warnings
    }

    /// A month as the measure can be worked out in it: as it is, or up to the day that the tables are as at;
    /// `None` if that day is in another month, or something is missing altogether.
    pub(crate) fn month(&self, month: MonthDays) -> Option<MonthDays> {
        let is_pictured =
            self.picture.is_none_or(|(_, day)| Month::of(day.date()) == Month::of(month.last.date()));
        let is_told = self.is_told_in(month) && is_pictured;
        month.up_to(self.as_at()).filter(|_| is_told && self.missing.is_empty())
    }

    /// Whether the measure can be worked out in one month alone.
    pub(crate) fn is_of_one_month(&self) -> bool {
        self.as_at().is_some() || self.picture.is_some()
    }

    /// The one day that the measure can be worked out as at; `None`: any.
    pub(crate) fn as_at(&self) -> Option<Day> {
        self.extracts.first().map(|(_, day)| *day)
    }

    /// Whether a fact that is worked out can be told in a month.
    fn is_told_in(&self, month: MonthDays) -> bool {
        self.since.is_none_or(|(_, since)| since <= month.first)
    }

    /// What keeps the measure from being worked out in a month.
    pub(crate) fn missing_in(&self, month: MonthDays) -> Vec<String> {
        if self.month(month).is_some() || !self.missing.is_empty() {
            return self.missing.clone();
        }
        if let Some((table, _)) = self.since.filter(|_| !self.is_told_in(month)) {
            return vec![table.name().to_owned()];
        }
        let days = self.extracts.iter().chain(&self.picture);
        days.map(|(table, _)| table.name().to_owned()).collect()
    }

    /// The warnings that hold for every month; of one in which a fact is not told, not that it is worked out without
    /// its table.
    pub(crate) fn warnings_in(&self, month: MonthDays) -> Vec<String> {
        let mut warnings = self.warnings.clone();
        if let Some((table, _)) = self.since.filter(|_| !self.is_told_in(month)) {
            let without = format!("without:{table}");
            warnings.retain(|warning| !warning.starts_with("derived:") && *warning != without);
        }
        warnings
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
        by_own_name: bool,
        tables: &[ReadTable],
        column: Option<&ReadColumn>,
    ) {
        let does = |supply: &Supply| !(by_own_name && supply.is_ssd);
        let is_there = |column: &ReadColumn| {
            let supply = find.supply(column.table).filter(|supply| supply.as_at.is_some());
            supply.is_some_and(|supply| find.has(supply, column.table, column.place))
        };
        let is_any_there = tables.iter().any(|read| find.supply(read.table).is_some_and(does))
            || column.is_some_and(is_there);
        for read in tables {
            let table = read.table;
            if let Some(supply) = find.supply(table) {
                self.extracts.extend(supply.as_at.map(|day| (table, day)));
                self.tells_past |= matches!(table, Table::Activities | Table::PathwayPlans);
                self.picture = self.picture.or(supply.picture.map(|day| (table, day)));
                self.check_rows(find, supply, table);
                self.check_signs(find, supply, table, is_needed);
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

    /// A table that is not there, or is without some of the columns that are needed of it, and is done without.
    fn check_absent(&mut self, find: &Find<'_>, table: Table, read: &[Read]) {
        if let Some(supply) = find.supplied.get(table) {
            self.check_rows(find, supply, table);
        }
        let Some(supply) = find.supply(table) else {
            self.warnings.push(format!("without:{table}"));
            return;
        };
        let needed = read.iter().filter(|read| read.is_of(table)).flat_map(|read| match &read.what {
            What::Columns { columns, .. } => columns.as_slice(),
            What::Tables { .. } | What::Optional { .. } => &[],
        });
        let absent = needed.filter(|column| !find.has(supply, table, column.place));
        self.warnings.extend(absent.map(|column| format!("no_column:{}", column.name)));
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

    /// Whether a table lacks what nobody said that it lacks.
    fn check_signs(&mut self, find: &Find<'_>, supply: &Supply, table: Table, is_needed: bool) {
        if find.depth == Depth::Header || !supply.signs.is_lacking() {
            return;
        }
        match table {
            Table::LegalStatuses => self.warnings.push("spells_merged:legal_statuses".to_owned()),
            _ if is_needed => {
                self.missing.push(table.name().to_owned());
                self.reasons.push(format!("not_enough:{table}"));
            }
            _ => {}
        }
    }

    /// The columns of a table that is there.
    fn check_table(&mut self, find: &Find<'_>, supply: &Supply, read: &ReadTable, is_needed: bool) {
        let table = read.table;
        for column in &read.always {
            self.check_values(find, supply, column);
            let derived = supply.derived(table, column.place);
            self.warnings.extend(derived.map(|fact| format!("derived:{fact}")));
        }
        let absent = read.always.iter().filter(|column| !find.has(supply, table, column.place));
        for (column, warning) in absent.filter_map(|column| Some((column, column.warned?))) {
            // A column that was there, and is null in every row, says of nobody what it would say.
            match *at(&supply.columns, column.place) {
                false => self.warnings.push(format!("{warning}:{table}")),
                true if is_needed => self.missing.push(column.name.clone()),
                true => self.warnings.push(format!("no_column:{}", column.name)),
            }
        }
    }

    /// One column, or two of which one will do; of a missing table only the table is named.
    fn check_columns(&mut self, find: &Find<'_>, is_of_nulls: bool, columns: &[ReadColumn]) {
        let mut absent = Vec::new();
        for column in columns {
            let Some(supply) = find.supply(column.table) else { continue };
            self.check_values(find, supply, column);
            if let Some(fact) = supply.derived(column.table, column.place) {
                self.warnings.push(format!("derived:{fact}"));
            }
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
            if find.is_role(column) && supply.knows_no_lead_role(&find.policy.lead_roles) {
                self.missing.push(column.name.clone());
                self.reasons.push(format!("nothing_understood:{}", column.name));
            }
            let is_there = find.has(supply, column.table, column.place);
            let is_from_there = from.is_some_and(|from| find.has(supply, from.table, from.place));
            if let Some(fact) = supply.derived(column.table, column.place) {
                self.warnings.push(format!("derived:{fact}"));
            } else if !is_there && is_from_there {
                self.warnings.push(format!("derived:{}", at(column.table.columns(), column.place).name));
            } else if !is_there && column.warned.is_none() {
                self.warnings.push(format!("no_column:{}", column.name));
            }
        }
    }

    /// Whether a column's values were understood.
    fn check_values(&mut self, find: &Find<'_>, supply: &Supply, column: &ReadColumn) {
        if find.depth == Depth::Header {
            return;
        }
        if supply.understands_nothing(column.place) {
            self.warnings.push(format!("nothing_understood:{}", column.name));
        }
        if column.is_sparse && supply.leaves_out_nulls(column.place) {
            self.warnings.push(format!("never_null:{}", column.name));
        }
    }
}

/// Where the inputs of a measure are sought.
pub(super) struct Find<'a> {
    depth: Depth,
    asks: &'a [Lack],
    supplied: &'a Supplied,
    policy: &'a Policy,
}

impl<'a> Find<'a> {
    /// Where those of a measure are sought, with what became of the rows and values.
    pub(super) fn of(measure: Measure, supplied: &'a Supplied, policy: &'a Policy) -> Self {
        Self { depth: Depth::Values, asks: measure.definition().asks, supplied, policy }
    }

    /// What a measure reads under some policies, of the tables that are there.
    pub(super) fn read(&self, measure: Measure) -> impl Iterator<Item = &'static Read> {
        let read: &'static Vec<Read> = at(&READ, measure.index());
        let derives = self.derives(measure);
        // A fact that could be worked out but for a column: the result names it.
        let lacks_columns =
            measure.definition().is_untold(self.supplied) && read.iter().all(|read| read.may_derive(self));
        read.iter().filter(move |read| {
            read.when.is_none_or(|when| when.holds(self.policy))
                && read.in_place_of.is_none_or(|table| self.supply(table).is_none())
                && match derives {
                    Some(derives) => !read.is_of(derives.table),
                    None => !read.to_derive || (lacks_columns && matches!(read.what, What::Optional { .. })),
                }
        })
    }

    /// The fact that is worked out for a measure, if its own table does not tell it.
    fn derives(&self, measure: Measure) -> Option<Derives> {
        match self.depth {
            Depth::Header => measure.definition().works_out_by_header(self.supplied),
            Depth::Values => measure.definition().works_out(self.supplied),
        }
    }

    /// A table that holds what is asked of it.
    pub(super) fn supply(&self, table: Table) -> Option<&'a Supply> {
        let supply = self.supplied.table_for(self.asks, table)?;
        (self.depth == Depth::Header || !supply.is_unusable()).then_some(supply)
    }

    /// Whether a column is that of the roles of involvements, and its values count.
    fn is_role(&self, column: &ReadColumn) -> bool {
        const ROLE: usize = place_of(Involvement::COLUMNS, "role");
        self.depth == Depth::Values && column.table == Table::Involvements && column.place == ROLE
    }

    /// Whether a table has a column, by its place.
    pub(super) fn has(&self, supply: &Supply, table: Table, place: usize) -> bool {
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
