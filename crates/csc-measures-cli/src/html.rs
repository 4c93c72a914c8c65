//! Pages for a browser: one file that needs no other.

use std::io::{self, Write};

const STYLE: &str = "\
body { font: 15px/1.4 system-ui, sans-serif; color: #1d1d1d; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; } h3 { font-size: 1rem; margin: 1.6rem 0 .2rem; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .7rem .2rem 0; border-bottom: 1px solid #ddd; }
th { font-weight: 600; } td.number, th.number { text-align: right; white-space: nowrap; }
td.none { color: #6b6b6b; } p { margin: .2rem 0; } .wide { overflow-x: auto; }
summary { cursor: pointer; padding: .2rem 0; }
";

/// Writes the beginning of a page, up to its heading.
pub(crate) fn begin(title: &str, out: &mut impl Write) -> io::Result<()> {
    let title = escaped(title);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>")
}

/// Writes its end.
pub(crate) fn end(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "</body>\n</html>")
}

/// A head or a cell, and whether it is a number.
pub(crate) type Cell = (String, bool);

/// A text.
pub(crate) fn text(text: impl Into<String>) -> Cell {
    (text.into(), false)
}

/// A number.
pub(crate) fn number(number: impl Into<String>) -> Cell {
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

/// Writes a table.
pub(crate) fn write_table(
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

/// A text as one of a page.
pub(crate) fn escaped(text: &str) -> String {
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
