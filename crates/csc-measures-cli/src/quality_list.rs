//! What is wrong with the data, to be read: the tables, their columns, and the kinds of issues with what they touch.

use std::io::{self, Write};

use csc_measures::quality::{CodeCount, ColumnQuality, IssueKind, Quality, TableQuality, Touched};
use csc_measures::{ColumnState, Plan};

use crate::columns::{self, Head};
use crate::footer;
use crate::policies;
use crate::text::{Ink, Page, count, or_nothing, thousands};

const TABLES: [Head; 9] = [
    ("table", false),
    ("rows", true),
    ("used", true),
    ("left out", true),
    ("merged", true),
    ("no person", true),
    ("last date", false),
    ("days behind", true),
    ("issues", false),
];

const COLUMNS: [Head; 7] = [
    ("column", false),
    ("nulls", true),
    ("not understood", true),
    ("last date", false),
    ("days behind", true),
    ("given as", false),
    ("issues", false),
];

const TOUCHED: [Head; 6] = [
    ("   measure", false),
    ("months", true),
    ("first", false),
    ("last", false),
    ("cases in the last", true),
    ("title", false),
];

/// Writes the report.
pub(crate) fn write(quality: &Quality, plan: &Plan, page: &Page, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", page.ink(Ink::Bold, &title(quality)))?;
    writeln!(out)?;
    page.item("tables", &tables_in_words(quality), out)?;
    page.item("issues", &issues_in_words(quality), out)?;
    if let (Some(from), Some(to)) = (quality.from, quality.to) {
        page.item("figures", &format!("{from} to {to}"), out)?;
        page.item("definitions", &footer::definitions(&quality.definitions), out)?;
        page.item("policy", &policies::of_run(&quality.policy, plan), out)?;
    }
    write_tables(quality, page, out)?;
    for table in &quality.tables {
        write_columns(table, page, out)?;
    }
    for kind in &quality.issues {
        write_kind(kind, plan, page, out)?;
    }
    Ok(())
}

/// What the report is of.
pub(crate) fn title(quality: &Quality) -> String {
    match quality.as_at {
        Some(day) => format!("Quality of the data as at {day}"),
        None => "Quality of the data".to_owned(),
    }
}

/// How many tables and rows there are, and how many rows are left out.
pub(crate) fn tables_in_words(quality: &Quality) -> String {
    let sum = |of: fn(&TableQuality) -> u64| quality.tables.iter().map(of).fold(0, u64::saturating_add);
    let (rows, left_out) = (sum(|table| table.rows), sum(|table| table.out));
    let tables = count(quality.tables.len() as u64, "table");
    format!("{tables}, {}, {} of them left out", count(rows, "row"), thousands(left_out))
}

/// How many kinds of issues there are, and how many of them touch a figure.
pub(crate) fn issues_in_words(quality: &Quality) -> String {
    let touching = quality.issues.iter().filter(|kind| !kind.measures.is_empty()).count() as u64;
    let kinds = count(quality.issues.len() as u64, "kind");
    match quality.to {
        Some(_) => format!("{kinds}, {} of which touch figures", thousands(touching)),
        None => kinds,
    }
}

/// `bad_date 3, bad_value 1`.
pub(crate) fn codes(issues: &[CodeCount]) -> String {
    let each: Vec<String> =
        issues.iter().map(|of| format!("{} {}", of.code.as_str(), thousands(of.rows))).collect();
    each.join(", ")
}

/// What a kind of issue is called.
pub(crate) fn name(kind: &IssueKind) -> String {
    let column = kind.column.map(|column| format!(".{column}")).unwrap_or_default();
    format!("{}{column}: {}", kind.table, kind.code.as_str())
}

/// Whose the rows of a kind are, and the first of them.
pub(crate) fn rows_in_words(kind: &IssueKind) -> String {
    let mut words = count(kind.rows, "row");
    if kind.persons > 0 {
        words += &format!(" of {}", count(kind.persons, "person"));
    }
    if kind.rows_of_nobody > 0 {
        words += &format!(", {} of nobody who is known", thousands(kind.rows_of_nobody));
    }
    if let Some(row) = kind.first_row {
        let source = kind.source.as_ref().map(|source| format!(" of {source}")).unwrap_or_default();
        words += &format!(", the first row {row}{source}");
    }
    words
}

/// A number that stands out by being there: nothing in place of zero.
pub(crate) fn unless_zero(number: u64) -> String {
    if number == 0 { String::new() } else { thousands(number) }
}

/// Why the column has no values, if it has none that are read.
pub(crate) fn given_as(column: &ColumnQuality) -> String {
    let near = column.nearest.as_ref().map(|nearest| format!(", nearly `{nearest}`")).unwrap_or_default();
    match (column.state, &column.given_as) {
        (ColumnState::Absent, _) => format!("absent{near}"),
        (ColumnState::Unknown, _) => format!("not known{near}"),
        (_, Some(given)) if Some(given.as_str()) != column.column => given.clone(),
        _ => String::new(),
    }
}

/// The name of a column, or the one that it was given as.
pub(crate) fn column_name(column: &ColumnQuality) -> String {
    column.column.map_or_else(|| column.given_as.clone().unwrap_or_default(), str::to_owned)
}

fn write_tables(quality: &Quality, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let rows: Vec<(Ink, Vec<String>)> = quality
        .tables
        .iter()
        .map(|table| {
            let cells = vec![
                table.table.to_string(),
                thousands(table.rows),
                thousands(table.used),
                unless_zero(table.out),
                unless_zero(table.merged),
                unless_zero(table.persons_unmatched.unwrap_or_default()),
                or_nothing(table.last),
                or_nothing(table.days_behind),
                codes(&table.issues),
            ];
            (Ink::Plain, cells)
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    columns::write(&TABLES, &rows, page, out)
}

fn write_columns(table: &TableQuality, page: &Page, out: &mut impl Write) -> io::Result<()> {
    writeln!(out)?;
    let heading = format!("{}, {}", table.table, count(table.rows, "row"));
    writeln!(out, "{}", page.ink(Ink::Bold, &heading))?;
    let rows: Vec<(Ink, Vec<String>)> = table
        .columns
        .iter()
        .map(|column| {
            let cells = vec![
                column_name(column),
                unless_zero(column.nulls),
                unless_zero(column.not_understood),
                or_nothing(column.last),
                or_nothing(column.days_behind),
                given_as(column),
                codes(&column.issues),
            ];
            (if column.state == ColumnState::Read { Ink::Plain } else { Ink::Faint }, cells)
        })
        .collect();
    columns::write(&COLUMNS, &rows, page, out)
}

fn write_kind(kind: &IssueKind, plan: &Plan, page: &Page, out: &mut impl Write) -> io::Result<()> {
    writeln!(out)?;
    writeln!(out, "{}", page.ink(Ink::Bold, &name(kind)))?;
    page.entry("", &kind.message, 3, out)?;
    page.entry("", &rows_in_words(kind), 3, out)?;
    if kind.measures.is_empty() {
        return page.entry("", "touches no case of these months that is known", 3, out);
    }
    let rows: Vec<(Ink, Vec<String>)> =
        kind.measures.iter().map(|touched| (Ink::Plain, touched_cells(touched, plan))).collect();
    columns::write(&TOUCHED, &rows, page, out)
}

fn touched_cells(touched: &Touched, plan: &Plan) -> Vec<String> {
    let title = plan.row(touched.measure.as_str()).map(|row| row.title().to_owned()).unwrap_or_default();
    let (first, last) = (touched.months.first(), touched.months.last());
    let cases = match last {
        Some(last) => format!("{} of {}", thousands(last.cases), thousands(last.of)),
        None if touched.not_supplied => "no figure".to_owned(),
        None => String::new(),
    };
    vec![
        format!("   {}", touched.measure),
        thousands(touched.months.len() as u64),
        or_nothing(first.map(|of| of.month)),
        or_nothing(last.map(|of| of.month)),
        cases,
        title,
    ]
}
