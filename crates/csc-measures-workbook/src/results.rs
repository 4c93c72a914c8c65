//! The figures, a row for each measure and month.

use csc_measures::{Amount, MeasureRag, Shown, Target};

use crate::book::Book;
use crate::cell::{Cell, Column, LEFT_OUT, plain, words};
use crate::error::WorkbookError;
use crate::figures::{Figures, Line};
use crate::words::{signal, words as in_words};

/// Writes the sheet.
pub(crate) fn sheet(figures: &Figures<'_>, book: &mut Book) -> Result<(), WorkbookError> {
    book.list("Results", &columns(), 2, figures.lines.iter().map(|line| row(figures, line)))
}

fn columns() -> Vec<Column> {
    vec![
        plain("Measure", 13),
        words("Title", 50),
        words("Outcome", 34),
        plain("Month", 10),
        plain("From", 11),
        plain("To", 11),
        plain("Status", 14),
        plain("Numerator", 11),
        plain("Denominator", 12),
        plain("Value", 9),
        plain("Unit", 10),
        plain("Better", 9),
        plain("Target", 9),
        plain("Target to", 9),
        plain("Tolerance", 10),
        plain("Colour", 14),
        plain("Previous", 9),
        plain("Change", 9),
        plain("Direction", 11),
        plain("Signal", 17),
        words("Marks", 20),
        plain("Not known", 10),
        words("Warnings", 40),
        words("Missing tables", 30),
    ]
}

fn row(figures: &Figures<'_>, line: &Line<'_>) -> Vec<Cell> {
    let result = line.result;
    let (target, target_to, tolerance) = target(line.target);
    let before = figures.before(line).and_then(Line::value);
    let point = figures.point(line);
    let marks = point.map(|point| point.marks.iter().map(|mark| in_words(mark.as_str())).collect::<Vec<_>>());
    vec![
        Cell::text(result.measure.as_str()),
        Cell::text(figures.title(&result.measure)),
        Cell::or_empty(line.row.map(|row| figures.plan.outcome_of(row).title.as_str())),
        Cell::Month(result.month),
        Cell::Day(result.period.from),
        Cell::Day(result.period.to),
        Cell::text(in_words(result.status.as_str())),
        amount(result.numerator, line.has_no_numerator),
        amount(result.denominator, line.has_no_denominator),
        value(line),
        Cell::text(result.unit.as_str()),
        Cell::or_empty(line.row.map(|row| row.better().as_str())),
        target,
        target_to,
        tolerance,
        colour(line),
        Cell::figure(before),
        change(before, line.value()),
        Cell::or_empty(result.direction.map(csc_measures::Direction::as_str)),
        Cell::or_empty(point.map(|point| signal(point.variation))),
        Cell::or_empty(marks.filter(|marks| !marks.is_empty()).map(|marks| marks.join(", "))),
        line.unknown.map_or(Cell::Empty, Cell::rows),
        list(&result.warnings),
        list(&result.missing_tables),
    ]
}

/// A sum, or the sign in place of one that is hidden.
pub(crate) fn amount(amount: Option<Amount>, is_left_out: bool) -> Cell {
    if is_left_out { Cell::text(LEFT_OUT) } else { Cell::amount(amount) }
}

/// The figure, or the sign in place of one that is hidden.
pub(crate) fn value(line: &Line<'_>) -> Cell {
    if line.is_suppressed { Cell::text(LEFT_OUT) } else { Cell::figure(line.result.value) }
}

fn colour(line: &Line<'_>) -> Cell {
    if line.is_suppressed {
        return Cell::Empty;
    }
    match line.result.rag {
        rag @ (MeasureRag::Red | MeasureRag::Amber | MeasureRag::Green) => Cell::Colour(rag.as_str()),
        rag => Cell::text(in_words(rag.as_str())),
    }
}

/// The bounds of a target and how far from them is still amber.
pub(crate) fn target(target: Option<&Target>) -> (Cell, Cell, Cell) {
    match target {
        Some(Target::Higher { target, tolerance } | Target::Lower { target, tolerance }) => {
            (Cell::decimal(*target), Cell::Empty, Cell::decimal(*tolerance))
        }
        Some(Target::Band { low, high, tolerance }) => {
            (Cell::decimal(*low), Cell::decimal(*high), Cell::decimal(*tolerance))
        }
        Some(other) => (Cell::text(format!("{other:?}")), Cell::Empty, Cell::Empty),
        None => (Cell::Empty, Cell::Empty, Cell::Empty),
    }
}

/// The difference of two figures as they are shown.
fn change(before: Option<Shown>, now: Option<Shown>) -> Cell {
    before.zip(now).map_or(Cell::Empty, |(before, now)| {
        let tenths = now.tenths() - before.tenths();
        let sign = if tenths < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        text.parse().map_or(Cell::Text(text), Cell::Number)
    })
}

fn list(texts: &[String]) -> Cell {
    Cell::or_empty((!texts.is_empty()).then(|| texts.join("; ")))
}
