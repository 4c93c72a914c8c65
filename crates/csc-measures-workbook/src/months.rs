//! The figures by month: a row for each measure, a column for each month.

use crate::book::Book;
use crate::cell::{Cell, Column, Kind, plain, words};
use crate::error::WorkbookError;
use crate::figures::Figures;
use crate::results::{target, value};

/// Writes the sheet.
pub(crate) fn sheet(figures: &Figures<'_>, book: &mut Book) -> Result<(), WorkbookError> {
    let months = figures.months();
    let mut columns = vec![
        plain("Measure", 13),
        words("Title", 50),
        words("Outcome", 34),
        plain("Unit", 10),
        plain("Better", 9),
        plain("Target", 9),
        plain("Target to", 9),
    ];
    columns.extend(months.iter().map(|month| Column {
        head: Cell::Month(*month),
        width: 9,
        kind: Kind::Plain,
    }));
    let rows = figures.rows().map(|row| {
        let last = figures.last(row.id()).and_then(|line| line.target);
        let (target, target_to, _) = target(last);
        let mut cells = vec![
            Cell::text(row.id().as_str()),
            Cell::text(figures.title(row.id())),
            Cell::text(figures.plan.outcome_of(row).title.as_str()),
            Cell::text(row.unit().as_str()),
            Cell::text(row.better().as_str()),
            target,
            target_to,
        ];
        cells.extend(months.iter().map(|month| figures.line(row.id(), *month).map_or(Cell::Empty, value)));
        cells
    });
    book.list("By month", &columns, 2, rows)
}
