//! What is wrong with the data, as a page for a browser: one file that needs no other.

use std::collections::BTreeSet;
use std::io::{self, Write};

use csc_measures::quality::{IssueKind, Quality, TableQuality};
use csc_measures::{Month, Plan};

use crate::quality_list::{
    codes, column_name, given_as, issues_in_words, name, rows_in_words, tables_in_words, title, unless_zero,
};
use crate::text::{or_nothing, thousands};

const STYLE: &str = "\
body { font: 15px/1.4 system-ui, sans-serif; color: #1d1d1d; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; } h3 { font-size: 1rem; margin: 1.6rem 0 .2rem; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .7rem .2rem 0; border-bottom: 1px solid #ddd; }
th { font-weight: 600; } td.number, th.number { text-align: right; white-space: nowrap; }
td.none { color: #6b6b6b; } p { margin: .2rem 0; } .wide { overflow-x: auto; }
summary { cursor: pointer; padding: .2rem 0; }
";

/// Writes the page.
pub(crate) fn write(quality: &Quality, plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let title = escaped(&title(quality));
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>")?;
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
    writeln!(out, "</body>\n</html>")
}

/// A head or a cell, and whether it is a number.
type Cell = (String, bool);

fn text(text: impl Into<String>) -> Cell {
    (text.into(), false)
}

fn number(number: impl Into<String>) -> Cell {
    (number.into(), true)
}

fn write_row(cell: &str, cells: &[Cell], out: &mut impl Write) -> io::Result<()> {
    write!(out, "<tr>")?;
    for (content, is_number) in cells {
        let class = if *is_number { " class=\"number\"" } else { "" };
        write!(out, "<{cell}{class}>{}</{cell}>", escaped(content))?;
    }
    writeln!(out, "</tr>")
}

fn write_table(
    heads: &[Cell],
    rows: impl Iterator<Item = Vec<Cell>>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "<div class=\"wide\"><table>\n<thead>")?;
    write_row("th", heads, out)?;
    writeln!(out, "</thead>\n<tbody>")?;
    for row in rows {
        write_row("td", &row, out)?;
    }
    writeln!(out, "</tbody>\n</table></div>")
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

/// A text as one of a page.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}
