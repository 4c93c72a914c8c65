//! Rows under heads, each column as wide as its widest cell.

use std::io::{self, Write};

use crate::text::{Ink, Page, left, right, width, write_line};

/// A column's head, and whether numbers stand in it.
pub(crate) type Head = (&'static str, bool);

/// Writes the rows, each in its ink. A column of nothing is left out.
pub(crate) fn write(
    heads: &[Head],
    rows: &[(Ink, Vec<String>)],
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(column, (head, _))| {
            let cells = rows.iter().filter_map(|(_, row)| row.get(column));
            let widest = cells.map(|cell| width(cell)).max().unwrap_or(0);
            if widest == 0 { 0 } else { widest.max(head.len()) }
        })
        .collect();
    let line = |cells: &[String]| {
        let mut line = String::new();
        for ((cell, width), (_, is_number)) in cells.iter().zip(&widths).zip(heads) {
            if *width > 0 {
                line += &if *is_number { right(cell, *width) } else { left(cell, *width) };
                line += "  ";
            }
        }
        line
    };
    let names: Vec<String> = heads.iter().map(|(head, _)| (*head).to_owned()).collect();
    writeln!(out, "{}", page.ink(Ink::Faint, line(&names).trim_end()))?;
    for (ink, row) in rows {
        write_line(&page.ink(*ink, line(row).trim_end()), out)?;
    }
    Ok(())
}
