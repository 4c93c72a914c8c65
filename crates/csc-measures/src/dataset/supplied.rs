//! Which tables were supplied, and which of their columns.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::digest::digest;
use super::told::{ColumnCounts, ColumnReport, Told};
use crate::tables::{Lack, Table};
use crate::time::Day;
use crate::value::index::{at, at_mut};
use crate::value::names::letters_and_digits;

/// One supplied table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Supply {
    /// The name it came by.
    pub(crate) name: String,
    /// Whether it is the Standard Safeguarding Dataset's.
    pub(crate) is_ssd: bool,
    /// Which of its columns were there.
    pub(crate) columns: Vec<bool>,
    /// The report on its columns.
    pub(crate) told: Told,
    pub(crate) rows: u64,
    pub(crate) used: u64,
    /// Rows whose fields are not those of the header.
    pub(crate) misfits: u64,
    /// Rows that say no more than another row, or nothing.
    pub(crate) merged: u64,
    /// Rows of which nobody knows whose they are.
    pub(crate) without_person: u64,
    /// Rows of what has not happened yet: visits not held, cases that wait for a worker.
    pub(crate) not_yet: u64,
    /// The day of the extract, if the table shows only how things stood on it, and others that may be there have the
    /// past.
    pub(crate) picture: Option<Day>,
    /// What its rows say of whether it holds what its measures ask of it.
    pub(crate) signs: Signs,
    /// Digests of the roles of its involvements, if each has one; of others, and of tables under the library's own
    /// names, `None`.
    pub(crate) roles: Option<BTreeSet<u64>>,
    /// The places of columns that are worked out from other tables.
    pub(crate) derived: Vec<usize>,
    /// Whether a row of it says that a child was placed for adoption.
    pub(crate) adoptions: bool,
    /// Whether a row of it says that a referral came from early help.
    pub(crate) early_help: bool,
    /// Whether a row of it says which team has the case, and nothing else does.
    pub(crate) teams: bool,
    /// What it was made of.
    pub(crate) source: Option<String>,
    /// The day at whose end things stood as the table has them; `None`: it has their past as well.
    pub(crate) as_at: Option<Day>,
    /// Whether nothing in it lies after that day, and what cannot be read is not what was not done.
    pub(crate) is_snapshot: bool,
    /// Whether it is there only to be looked up, and another part counts it.
    pub(crate) is_looked_up: bool,
    /// What it does not hold, though it is there.
    pub(crate) lacks: Vec<Lack>,
    /// What became of the values of its columns.
    pub(crate) counts: Vec<ColumnCounts>,
}

/// Rows from which on a table of the Standard Safeguarding Dataset says by a column of nulls that it does not have it.
pub(super) const ROWS_THAT_TELL: u64 = 20;

impl Supply {
    /// Whether it has rows of which none is used, or of which more than one in twenty are nobody's: what is left would
    /// be taken for all.
    pub(crate) fn is_unusable(&self) -> bool {
        self.is_unused() || self.without_person.saturating_mul(20) > self.rows
    }

    /// The day that it is a list of, if it is one.
    pub(crate) fn snapshot(&self) -> Option<Day> {
        self.as_at.filter(|_| self.is_snapshot)
    }

    /// Rows of whose columns nothing was read.
    fn unread(&self) -> u64 {
        let left_out = self.merged.saturating_add(self.without_person).saturating_add(self.not_yet);
        self.misfits.saturating_add(left_out)
    }

    /// Whether it has rows, and none of them is used.
    pub(crate) fn is_unused(&self) -> bool {
        self.rows > 0 && self.used == 0
    }

    /// The rows that are left out.
    pub(crate) fn out(&self) -> u64 {
        self.rows.saturating_sub(self.used).saturating_sub(self.merged)
    }

    /// Whether more than one in twenty of its rows are left out.
    pub(crate) fn has_many_out(&self) -> bool {
        self.out().saturating_mul(20) > self.rows
    }

    /// Whether its rows are so many that what they lack means something.
    pub(crate) fn tells_by_rows(&self) -> bool {
        self.rows >= ROWS_THAT_TELL
    }

    /// Whether a column is there, by its place. The published extracts of the Standard Safeguarding Dataset write
    /// nulls where a system does not hold a column, so under its name a column of nulls is absent.
    pub(crate) fn has(&self, table: Table, place: usize) -> bool {
        let is_void = || {
            let tells = table.columns().get(place).is_some_and(|column| column.null_tells);
            let nulls = self.counts.get(place).map_or(0, |counts| counts.nulls);
            self.is_ssd && self.tells_by_rows() && !tells && nulls.saturating_add(self.unread()) >= self.rows
        };
        *at(&self.columns, place) && !is_void()
    }

    /// Whether a large table of the Standard Safeguarding Dataset has a value of the column in every row: the system
    /// writes no row before it has one.
    pub(crate) fn leaves_out_nulls(&self, place: usize) -> bool {
        const LARGE: u64 = 50;
        self.is_ssd && self.rows >= LARGE && self.counts.get(place).is_some_and(|counts| counts.nulls == 0)
    }

    /// Whether its involvements have roles, none of which is that of the worker to whom a child is allocated: they
    /// are in words that no policy names, and no figure says that workers have no cases.
    pub(crate) fn knows_no_lead_role(&self, lead_roles: &[String]) -> bool {
        let leads = |roles: &BTreeSet<u64>| {
            lead_roles.iter().any(|role| roles.contains(&digest(&letters_and_digits(role))))
        };
        self.roles.as_ref().is_some_and(|roles| !roles.is_empty() && !leads(roles))
    }

    /// What a column tells, by its place, if it is worked out from other tables.
    pub(crate) fn derived(&self, table: Table, place: usize) -> Option<&'static str> {
        let column = table.columns().get(place).filter(|_| self.derived.contains(&place))?;
        Some(column.fact.unwrap_or(column.name))
    }

    /// Whether a column has values, and none of them was understood.
    pub(crate) fn understands_nothing(&self, place: usize) -> bool {
        self.counts.get(place).is_some_and(|counts| {
            let known = counts.nulls.saturating_add(counts.not_understood).saturating_add(self.unread());
            counts.not_understood > 0 && known >= self.rows
        })
    }
}

/// What the rows of a table of the Standard Safeguarding Dataset say of whether it holds what its measures ask of it:
/// visits of open plans, each spell of a legal status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    /// Rows that say that it does.
    pub(crate) holds: u64,
    /// Rows that would be unusual if it did.
    pub(crate) lacks: u64,
}

impl Signs {
    /// Whether there are many signs that it does not, and none that it does.
    pub(crate) fn is_lacking(self) -> bool {
        self.holds == 0 && self.lacks >= ROWS_THAT_TELL
    }
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

    /// A table with rows that can be used, or without rows.
    pub(crate) fn usable(&self, table: Table) -> Option<&Supply> {
        self.get(table).filter(|supply| !supply.is_unusable())
    }

    /// A table that holds what is asked of it.
    pub(crate) fn table_for(&self, asks: &[Lack], table: Table) -> Option<&Supply> {
        let lacks = |supply: &Supply, lack: &Lack| supply.lacks.contains(lack);
        let holds = |supply: &Supply| !asks.iter().any(|asked| lacks(supply, asked));
        self.get(table).filter(|supply| holds(supply) && !lacks(supply, &Lack::Everything))
    }

    pub(crate) fn has_table(&self, table: Table) -> bool {
        self.get(table).is_some()
    }

    /// Whether a column was there, by its place among the table's columns.
    pub(crate) fn has_column(&self, table: Table, place: usize) -> bool {
        self.get(table).is_some_and(|supply| supply.has(table, place))
    }

    /// Whether a table is there only to be looked up.
    pub(crate) fn is_looked_up(&self, table: Table) -> bool {
        self.get(table).is_some_and(|supply| supply.is_looked_up)
    }

    /// The first table that is there only to be looked up.
    pub(crate) fn first_looked_up(&self) -> Option<Table> {
        self.iter().find(|(_, supply)| supply.is_looked_up).map(|(table, _)| table)
    }

    /// Whether a column was given, by its place, whatever its values.
    pub(crate) fn is_column_given(&self, table: Table, place: usize) -> bool {
        self.get(table).is_some_and(|supply| *at(&supply.columns, place))
    }

    /// The tables that are there, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Table, &Supply)> {
        Table::ALL.iter().filter_map(|table| Some((*table, self.get(*table)?)))
    }

    /// The same tables and columns, of a part that has no rows.
    pub(crate) fn without_rows(&self) -> Self {
        self.without_rows_of(|_| true)
    }

    /// The same without the rows of tables that another part counts.
    pub(crate) fn without_looked_up(&self) -> Self {
        self.without_rows_of(|supply| supply.is_looked_up)
    }

    fn without_rows_of(&self, is_left_out: impl Fn(&Supply) -> bool) -> Self {
        let emptied = |supply: &Supply| {
            if !is_left_out(supply) {
                return supply.clone();
            }
            let counts = vec![ColumnCounts::default(); supply.counts.len()];
            Supply {
                rows: 0,
                used: 0,
                misfits: 0,
                merged: 0,
                without_person: 0,
                not_yet: 0,
                signs: Signs::default(),
                counts,
                ..supply.clone()
            }
        };
        Self(self.0.iter().map(|supply| supply.as_ref().map(emptied)).collect())
    }

    /// Counts the rows of the same tables of another part.
    pub(crate) fn add_rows(&mut self, other: &Self) {
        for (table, (supply, more)) in Table::ALL.iter().zip(self.0.iter_mut().zip(&other.0)) {
            if let (Some(supply), Some(more)) = (supply, more) {
                supply.told.add(*table, &more.told);
                supply.rows = supply.rows.saturating_add(more.rows);
                supply.used = supply.used.saturating_add(more.used);
                supply.misfits = supply.misfits.saturating_add(more.misfits);
                supply.merged = supply.merged.saturating_add(more.merged);
                supply.without_person = supply.without_person.saturating_add(more.without_person);
                supply.not_yet = supply.not_yet.saturating_add(more.not_yet);
                supply.picture = supply.picture.max(more.picture);
                supply.signs.holds = supply.signs.holds.saturating_add(more.signs.holds);
                supply.signs.lacks = supply.signs.lacks.saturating_add(more.signs.lacks);
                supply.roles =
                    supply.roles.take().zip(more.roles.as_ref()).map(|(roles, more)| &roles | more);
                supply.adoptions |= more.adoptions;
                supply.early_help |= more.early_help;
                supply.teams |= more.teams;
                supply.derived.extend_from_slice(&more.derived);
                supply.derived.sort_unstable();
                supply.derived.dedup();
                for (counts, more) in supply.counts.iter_mut().zip(&more.counts) {
                    counts.nulls = counts.nulls.saturating_add(more.nulls);
                    counts.not_understood = counts.not_understood.saturating_add(more.not_understood);
                }
            }
        }
    }

    /// What became of their columns.
    pub(crate) fn columns(&self) -> Vec<ColumnReport> {
        self.iter()
            .flat_map(|(table, supply)| supply.told.reports(table, supply.rows, &supply.counts))
            .collect()
    }

    /// What became of their rows.
    pub(crate) fn counts(&self) -> Vec<TableCount> {
        self.iter()
            .map(|(table, supply)| TableCount {
                table,
                rows: supply.rows,
                used: supply.used,
                merged: supply.merged,
                source: supply.source.clone(),
                as_at: supply.as_at.map(Day::date),
            })
            .collect()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands on a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// What became of the rows of a supplied table: `rows` = `used` + `merged` + those that are left out, which the issues
/// list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TableCount {
    /// The table.
    pub table: Table,
    /// Rows that came in.
    pub rows: u64,
    /// Rows that are used.
    pub used: u64,
    /// Rows that say no more than another row, or nothing: repeats and rows of nulls of a table that came under its name
    /// of the Standard Safeguarding Dataset.
    #[serde(skip_serializing_if = "is_zero")]
    pub merged: u64,
    /// What the table was made from, if that is known: `cin_census`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day that the table is [as at](super::TableBuilder::as_at), if it has no past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_at: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Chunk, Column, Dataset, Flags, Options, Part, Rows, Scalar, Slice, Text, Validity};

    const HEADER: [&str; 5] = ["cla_visit_id", "person_id", "date", "seen", "mode"];

    /// Nulls and what was not understood, by column of the header.
    fn counts(supplied: &Supplied) -> Vec<(u64, u64)> {
        let supply = supplied.get(Table::ClaVisits).unwrap();
        let place = |name: &&str| Table::ClaVisits.column(name).unwrap();
        HEADER
            .iter()
            .map(place)
            .map(|place| supply.counts[place])
            .map(|c| (c.nulls, c.not_understood))
            .collect()
    }

    const VALUES: [[&str; 5]; 6] = [
        ["V1", "P1", "2017-03-01", "yes", "phone"],
        ["V2", "P1", "1900-01-01", "n/a", "pigeon"],
        ["V3", "", "soon", "perhaps", "-"],
        ["nan", "P1", "2017-03-04", "", ""],
        // A row whose fields are not those of the header is not a row of the columns.
        ["", "nan", "1753-01-01", "perhaps", "pigeon"],
        ["V6", "P1", "1910-01-01", "NULL", "pigeon"],
    ];

    const EXPECTED: [(u64, u64); 5] = [(1, 0), (1, 0), (1, 2), (3, 1), (2, 2)];

    #[test]
    fn the_values_of_a_column_are_counted_by_what_became_of_them() {
        for chunk_rows in [1, 4, 6] {
            let mut builder = Dataset::builder();
            let mut table = builder.table("cla_visits", &HEADER).unwrap();
            for (chunk, values) in VALUES.chunks(chunk_rows).enumerate() {
                let mut rows = Rows::new(HEADER.len());
                values.iter().for_each(|row| rows.push(row.map(Scalar::Text)));
                let bad: Vec<usize> = 4_usize.checked_sub(chunk * chunk_rows).into_iter().collect();
                let bad_rows = if bad.iter().all(|row| *row < values.len()) { &bad[..] } else { &[] };
                table.chunk(&Chunk { rows: values.len(), columns: &rows.columns(), bad_rows }).unwrap();
            }
            let dataset = builder.build();
            assert_eq!(counts(dataset.data().supplied()), EXPECTED, "{chunk_rows}");
        }
    }

    #[test]
    fn typed_columns_and_dictionaries_are_counted_too() {
        let bits = [0b0101];
        let validity = || Validity::new(&bits, 0, 4).unwrap();
        let texts = || Text::new(&[0, 1, 2, 3, 4], b"ABCD", validity()).unwrap();
        let days = [17_226, 17_226, -25_567, 0];
        let columns = [
            Column::Dictionary {
                keys: crate::Integers::Int8(Slice::new(&[0, 1, 2, 3], validity()).unwrap()),
                values: Box::new(Column::Text(Text::new(&[0, 1, 2, 3, 4], b"ABCD", Validity::ALL).unwrap())),
            },
            Column::Text(texts()),
            Column::Days(Slice::new(&days, Validity::ALL).unwrap()),
            Column::Flags(Flags::new(&bits, 0, 4, validity()).unwrap()),
            Column::Nulls(4),
        ];
        let mut builder = Dataset::builder();
        let mut table = builder.table("cla_visits", &HEADER).unwrap();
        table.chunk(&Chunk { rows: 4, columns: &columns, bad_rows: &[] }).unwrap();
        let dataset = builder.build();
        assert_eq!(counts(dataset.data().supplied()), [(2, 0), (2, 0), (1, 0), (2, 0), (4, 0)]);
    }

    #[test]
    fn parts_add_their_counts_up_and_keep_them_as_files() {
        let dataset = |rows_of: &[[&str; 5]]| {
            let mut rows = Rows::new(HEADER.len());
            rows_of.iter().for_each(|row| rows.push(row.map(Scalar::Text)));
            let mut builder = Dataset::builder();
            let mut table = builder.table("cla_visits", &HEADER).unwrap();
            table.chunk(&Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] }).unwrap();
            builder.build()
        };
        let (first, second) = (dataset(&VALUES[..2]), dataset(&VALUES[2..4]));
        let mut sum = first.data().supplied().clone();
        sum.add_rows(second.data().supplied());
        assert_eq!(counts(&sum), [(1, 0), (1, 0), (1, 1), (2, 1), (2, 1)]);
        assert_eq!(counts(&sum.without_rows()), [(0, 0); 5]);

        let march = "2017-03".parse().unwrap();
        let part = first.part(march, march, &Options::default()).unwrap();
        let file = serde_json::to_value(&part).unwrap();
        let table = &file["tables"][0];
        assert_eq!(table["nulls"], serde_json::json!({"date": 1, "seen": 1}));
        assert_eq!(table["not_understood"], serde_json::json!({"mode": 1}));
        let read: Part = serde_json::from_value(file.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), file);
    }
}
