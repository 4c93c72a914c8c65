//! What is wrong with the data, as a page for a browser: one file that needs no other.

use std::collections::BTreeSet;
use std::io::{self, Write};

use csc_measures::quality::{IssueKind, Quality, TableQuality};
use csc_measures::{Month, Plan};

use crate::html::{begin, end, escaped, number, text, write_table};
use crate::quality_list::{
    codes, column_name, given_as, issues_in_words, name, rows_in_words, tables_in_words, title, unless_zero,
};
use crate::text::{or_nothing, thousands};

/// Writes the page.
pub(crate) fn write(quality: &Quality, plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    begin(&title(quality), out)?;
    writeln!(out, "<p>{}.</p>", escaped(&tables_in_words(quality)))?;
    writeln!(out, "<p>Issues: {}.</p>", escaped(&issues_in_words(quality)))?;
    if let (Some(from), Some(to)) = (quality.from, quality.to) {
        writeln!(out, "<p>The figures are those of {from} to {to}.</p>")?;
    }
    writeln!(out, "<h2>Tables</h2>")?;
    write_tables(quality, out)?;
    writeln!(out, "<h2>Columns</h2>")?;
    for table in &quality.tables {
        write_columns(table, out)?;
    }
    writeln!(out, "<h2>Issues, and the cases that they touch</h2>")?;
    for kind in &quality.issues {
        write_kind(kind, plan, out)?;
    }
    end(out)
}

fn write_tables(quality: &Quality, out: &mut impl Write) -> io::Result<()> {
    let heads = [
        text("Table"),
        number("Rows"),
        number("Used"),
        number("Left out"),
        number("Merged"),
        number("Person has no row"),
        text("Last date"),
        number("Days behind"),
        text("Issues"),
    ];
    let rows = quality.tables.iter().map(|table| {
        vec![
            text(table.table.name()),
            number(thousands(table.rows)),
            number(thousands(table.used)),
            number(unless_zero(table.out)),
            number(unless_zero(table.merged)),
            number(table.persons_unmatched.map(unless_zero).unwrap_or_default()),
            text(or_nothing(table.last)),
            number(or_nothing(table.days_behind)),
            text(codes(&table.issues)),
        ]
    });
    write_table(&heads, rows, out)
}

fn write_columns(table: &TableQuality, out: &mut impl Write) -> io::Result<()> {
    let is_open = if table.issues.is_empty() { "" } else { " open" };
    let summary = format!("{}, rows: {}", table.table, thousands(table.rows));
    writeln!(out, "<details{is_open}><summary>{}</summary>", escaped(&summary))?;
    let heads = [
        text("Column"),
        number("Nulls"),
        number("Not understood"),
        text("Last date"),
        number("Days behind"),
        text("Given as"),
        text("Issues"),
    ];
    let rows = table.columns.iter().map(|column| {
        vec![
            text(column_name(column)),
            number(unless_zero(column.nulls)),
            number(unless_zero(column.not_understood)),
            text(or_nothing(column.last)),
            number(or_nothing(column.days_behind)),
            text(given_as(column)),
            text(codes(&column.issues)),
        ]
    });
    write_table(&heads, rows, out)?;
    writeln!(out, "</details>")
}

/// A kind of issue, with a row a measure and a column a month.
fn write_kind(kind: &IssueKind, plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<h3>{}</h3>", escaped(&name(kind)))?;
    writeln!(out, "<p>{}.</p>", escaped(&kind.message))?;
    writeln!(out, "<p>{}.</p>", escaped(&rows_in_words(kind)))?;
    if kind.measures.is_empty() {
        return writeln!(out, "<p>It touches no case of these months that is known.</p>");
    }
    let months: BTreeSet<Month> =
        kind.measures.iter().flat_map(|touched| touched.months.iter().map(|of| of.month)).collect();
    let mut heads = vec![text("Measure"), text("Title")];
    heads.extend(months.iter().map(|month| number(month.to_string())));
    let rows = kind.measures.iter().map(|touched| {
        let row = plan.row(touched.measure.as_str());
        let mut title = row.map(|row| row.title().to_owned()).unwrap_or_default();
        if touched.not_supplied {
            title += " (no figure, for want of what the issue is in)";
        }
        let mut cells = vec![text(touched.measure.as_str()), text(title)];
        cells.extend(months.iter().map(|month| {
            let of = touched.months.iter().find(|of| of.month == *month);
            number(
                of.map(|of| format!("{} of {}", thousands(of.cases), thousands(of.of))).unwrap_or_default(),
            )
        }));
        cells
    });
    write_table(&heads, rows, out)
}
