//! What is wrong with the data: the kinds of issues with what they touch, the tables, and each issue.

use csc_measures::DataIssue;
use csc_measures::quality::{IssueKind, Quality};

use crate::book::Book;
use crate::cell::{Cell, plain, words};
use crate::error::WorkbookError;
use crate::figures::Figures;
use crate::words::words as in_words;

/// Writes the kinds of issues, a row for each and measure that it touches.
pub(crate) fn kinds(quality: &Quality, figures: &Figures<'_>, book: &mut Book) -> Result<(), WorkbookError> {
    let columns = [
        plain("Table", 22),
        plain("Column", 24),
        plain("Issue", 20),
        words("What is wrong", 60),
        plain("Rows", 9),
        plain("Rows of nobody known", 10),
        plain("Persons", 9),
        plain("Source", 16),
        plain("First row", 9),
        plain("Measure", 13),
        words("Title", 50),
        plain("Month", 10),
        plain("Cases touched", 9),
        plain("Of them not known", 9),
        plain("Of cases", 9),
    ];
    let rows = quality.issues.iter().flat_map(|kind| {
        let alone = kind.measures.is_empty().then(|| {
            let mut cells = of_kind(kind);
            cells.extend([const { Cell::Empty }; 6]);
            cells
        });
        let touched = kind.measures.iter().map(|touched| {
            let mut cells = of_kind(kind);
            cells.push(Cell::text(touched.measure.as_str()));
            cells.push(Cell::text(figures.title(&touched.measure)));
            match touched.months.last() {
                Some(last) => cells.extend([
                    Cell::Month(last.month),
                    Cell::rows(last.cases),
                    Cell::rows(last.unknown),
                    Cell::rows(last.of),
                ]),
                None => cells.push(Cell::or_empty(touched.not_supplied.then_some("no figure"))),
            }
            cells
        });
        alone.into_iter().chain(touched.collect::<Vec<_>>())
    });
    book.list("Data quality", &columns, 2, rows)
}

fn of_kind(kind: &IssueKind) -> Vec<Cell> {
    vec![
        Cell::text(kind.table.name()),
        Cell::or_empty(kind.column),
        Cell::text(in_words(kind.code.as_str())),
        Cell::text(kind.message.as_str()),
        Cell::rows(kind.rows),
        Cell::rows(kind.rows_of_nobody),
        Cell::rows(kind.persons),
        Cell::or_empty(kind.source.as_deref()),
        kind.first_row.map_or(Cell::Empty, Cell::rows),
    ]
}

/// Writes the tables.
pub(crate) fn tables(quality: &Quality, book: &mut Book) -> Result<(), WorkbookError> {
    let columns = [
        plain("Table", 24),
        plain("Source", 14),
        plain("Rows", 10),
        plain("Used", 10),
        plain("Left out", 10),
        plain("Merged", 10),
        plain("Person has no row", 10),
        plain("Last date", 11),
        plain("Days behind", 9),
        words("Issues", 50),
    ];
    let rows = quality.tables.iter().map(|table| {
        let issues: Vec<String> =
            table.issues.iter().map(|of| format!("{} {}", in_words(of.code.as_str()), of.rows)).collect();
        vec![
            Cell::text(table.table.name()),
            Cell::or_empty(table.source.as_deref()),
            Cell::rows(table.rows),
            Cell::rows(table.used),
            Cell::rows(table.out),
            Cell::rows(table.merged),
            table.persons_unmatched.map_or(Cell::Empty, Cell::rows),
            Cell::day(table.last),
            table.days_behind.map_or(Cell::Empty, |days| Cell::Number(days.into())),
            Cell::or_empty((!issues.is_empty()).then(|| issues.join(", "))),
        ]
    });
    book.list("Tables", &columns, 1, rows)
}

/// Writes each issue, which names records.
pub(crate) fn issues(issues: &[DataIssue], book: &mut Book) -> Result<(), WorkbookError> {
    let columns = [
        plain("Table", 22),
        plain("Row", 9),
        plain("Source", 16),
        plain("Record", 16),
        plain("Column", 24),
        plain("Issue", 20),
        words("What is wrong", 80),
    ];
    let rows = issues.iter().map(|issue| {
        vec![
            Cell::text(issue.table().name()),
            Cell::rows(issue.row()),
            Cell::or_empty(issue.source()),
            Cell::or_empty(issue.record()),
            Cell::or_empty(issue.column()),
            Cell::text(in_words(issue.code().as_str())),
            Cell::text(issue.message()),
        ]
    });
    book.list("Issues", &columns, 1, rows)
}
