//! What became of the rows of each table and of the values of each column.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::column::IssueCode;
use crate::dataset::{ColumnReport, ColumnState, Data, Supply};
use crate::tables::Table;
use crate::time::Day;

/// How many rows have an issue of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CodeCount {
    /// What is wrong.
    pub code: IssueCode,
    /// How many rows have it; a row with it in two columns counts twice.
    pub rows: u64,
}

/// What became of one supplied table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TableQuality {
    /// The table.
    pub table: Table,
    /// What the table was made from, if that is known: `cin_census`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day that the table is [as at](crate::TableBuilder::as_at), if it has no past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_at: Option<NaiveDate>,
    /// Rows that came in.
    pub rows: u64,
    /// Rows that are used.
    pub used: u64,
    /// Rows that say no more than another row, or nothing.
    pub merged: u64,
    /// Rows that are left out.
    pub out: u64,
    /// Rows that are used and whose person has no row in `persons`; `None` if there is no such table, or the rows
    /// are of no person.
    pub persons_unmatched: Option<u64>,
    /// The latest date of the column that says up to when the table is kept; `None` if there is none.
    pub last: Option<NaiveDate>,
    /// The days from that date to the day that the data are as at; less than zero if it is later.
    pub days_behind: Option<i32>,
    /// The issues by code.
    pub issues: Vec<CodeCount>,
    /// The table's own columns in their order, supplied or not, and then those that it does not know.
    pub columns: Vec<ColumnQuality>,
}

/// What became of one column of a supplied table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnQuality {
    /// The column; `None` if the table does not have it.
    pub column: Option<&'static str>,
    /// The name that it was supplied under; `None` if it was not supplied.
    pub given_as: Option<String>,
    /// Whether it was read.
    pub state: ColumnState,
    /// The rows in which it is null; zero if it was not read.
    pub nulls: u64,
    /// The rows whose value cannot be read; zero if it was not read.
    pub not_understood: u64,
    /// Of an unknown column the absent one that has nearly its name, of an absent one the unknown column.
    pub nearest: Option<String>,
    /// The latest date that was understood, in rows that are used or left out; `None` if it holds none.
    pub last: Option<NaiveDate>,
    /// The days from that date to the day that the data are as at; less than zero if it is later.
    pub days_behind: Option<i32>,
    /// The issues by code.
    pub issues: Vec<CodeCount>,
}

/// Every supplied table, in order.
pub(super) fn tables(data: &Data, day: Option<Day>) -> Vec<TableQuality> {
    let mut columns: BTreeMap<Table, Vec<ColumnReport>> = BTreeMap::new();
    for report in data.supplied().columns() {
        columns.entry(report.table).or_default().push(report);
    }
    let supplied = data.supplied().iter();
    supplied
        .map(|(table, supply)| {
            Look { data, day, table }.table(supply, columns.remove(&table).unwrap_or_default())
        })
        .collect()
}

/// A table that is looked at.
struct Look<'a> {
    data: &'a Data,
    day: Option<Day>,
    table: Table,
}

impl Look<'_> {
    fn table(&self, supply: &Supply, columns: Vec<ColumnReport>) -> TableQuality {
        let kept_by = self.table.columns().iter().position(|column| column.is_latest);
        let (last, days_behind) = self.last(kept_by);
        TableQuality {
            table: self.table,
            source: supply.source.clone(),
            as_at: supply.as_at.map(Day::date),
            rows: supply.rows,
            used: supply.used,
            merged: supply.merged,
            out: supply.out(),
            persons_unmatched: self.persons_unmatched(),
            last,
            days_behind,
            issues: self.issues(|_, _| true),
            columns: columns.into_iter().map(|report| self.column(report)).collect(),
        }
    }

    fn column(&self, report: ColumnReport) -> ColumnQuality {
        let columns = self.table.columns().iter();
        let place = report.column.and_then(|name| columns.into_iter().position(|column| column.name == name));
        let (last, days_behind) = self.last(place);
        ColumnQuality {
            column: report.column,
            given_as: report.given_as,
            state: report.state,
            nulls: report.nulls,
            not_understood: report.not_understood,
            nearest: report.nearest,
            last,
            days_behind,
            issues: self.issues(|column, code| Some(column) == place && code != IssueCode::BadRow),
        }
    }

    /// The latest date of a column, and how long before the day it is.
    fn last(&self, place: Option<usize>) -> (Option<NaiveDate>, Option<i32>) {
        let last = place.and_then(|place| self.data.last_dates.of_column(self.table, place));
        let behind = last.zip(self.day).map(|(last, day)| day.0.saturating_sub(last.0));
        (last.map(Day::date), behind)
    }

    fn persons_unmatched(&self) -> Option<u64> {
        let is_asked = self.data.supplied().has_table(Table::Persons) && self.table.person_column().is_some();
        let unmatched = self.issues(|_, code| code == IssueCode::UnknownPerson);
        is_asked.then(|| unmatched.iter().map(|of| of.rows).sum())
    }

    /// The rows with issues of some columns and codes, by code.
    fn issues(&self, is_wanted: impl Fn(usize, IssueCode) -> bool) -> Vec<CodeCount> {
        let mut counts: BTreeMap<IssueCode, u64> = BTreeMap::new();
        for (kind, faulty) in self.data.faulty.iter() {
            if kind.table == self.table && is_wanted(kind.column, kind.code) {
                let rows = counts.entry(kind.code).or_default();
                *rows = rows.saturating_add(faulty.rows);
            }
        }
        counts.into_iter().map(|(code, rows)| CodeCount { code, rows }).collect()
    }
}
