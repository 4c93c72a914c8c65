//! The groups of a breakdown, a row for each.

use csc_measures::Funnel;

use crate::book::Book;
use crate::cell::{Cell, LEFT_OUT, plain, words};
use crate::error::WorkbookError;
use crate::figures::{Figures, Group};
use crate::results::amount;
use crate::words::words as in_words;

/// Writes the sheet, if a breakdown was asked for.
pub(crate) fn sheet(figures: &Figures<'_>, book: &mut Book) -> Result<(), WorkbookError> {
    if figures.groups.is_empty() {
        return Ok(());
    }
    let columns = [
        plain("Measure", 13),
        words("Title", 50),
        plain("Month", 10),
        plain("By", 14),
        plain("Group", 20),
        plain("Status", 14),
        plain("Numerator", 11),
        plain("Denominator", 12),
        plain("Value", 9),
        plain("Interval from", 9),
        plain("Interval to", 9),
        plain("Funnel", 12),
    ];
    book.list("Groups", &columns, 2, figures.groups.iter().map(|group| row(figures, group)))
}

fn row(figures: &Figures<'_>, group: &Group<'_>) -> Vec<Cell> {
    vec![
        Cell::text(group.measure.as_str()),
        Cell::text(figures.title(group.measure)),
        Cell::Month(group.month),
        Cell::text(in_words(group.dimension)),
        Cell::text(group.name.unwrap_or("not recorded")),
        Cell::text(in_words(group.status.as_str())),
        amount(group.numerator, group.has_no_numerator),
        amount(group.denominator, group.has_no_denominator),
        if group.is_suppressed { Cell::text(LEFT_OUT) } else { Cell::figure(group.value) },
        Cell::figure(group.interval.map(|(low, _)| low)),
        Cell::figure(group.interval.map(|(_, high)| high)),
        Cell::or_empty(group.funnel.map(Funnel::as_str).map(in_words)),
    ]
}
