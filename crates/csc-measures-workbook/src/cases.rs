//! The cases behind the last figure of each measure, by team and measure.

use std::collections::BTreeMap;

use csc_measures::{Case, Explanation, Month, Outcome, Reason, Scorecard};

use crate::book::Book;
use crate::cell::{Cell, plain, words};
use crate::error::WorkbookError;
use crate::figures::Figures;
use crate::words::{unit_of, words as in_words};

/// Writes the sheet.
pub(crate) fn sheet(card: &Scorecard, figures: &Figures<'_>, book: &mut Book) -> Result<(), WorkbookError> {
    let explained = explained(card, figures)?;
    let dimensions: Vec<&str> = explained
        .first()
        .map_or(&[][..], |one| &one.dimensions)
        .iter()
        .map(String::as_str)
        .filter(|name| !matches!(*name, "team" | "worker"))
        .collect();
    let mut columns = vec![
        plain("Team", 18),
        plain("Worker", 12),
        plain("Measure", 13),
        words("Title", 40),
        plain("Month", 10),
        plain("Person", 14),
        plain("Record", 14),
        plain("Outcome", 15),
        plain("Due", 11),
        plain("Last done", 11),
        plain("Days", 7),
        plain("Counted in", 13),
        plain("Colour", 9),
        words("Reason", 40),
    ];
    columns.extend(dimensions.iter().map(|name| plain(&in_words(name), 14)));
    let places: BTreeMap<_, _> =
        figures.plan.rows().iter().zip(0..).map(|(row, at)| (row.id(), at)).collect();
    let mut cases: Vec<(&Explanation, &Case)> =
        explained.iter().flat_map(|one| one.cases.iter().map(move |case| (one, case))).collect();
    // A stable order: cases that are alike stay by subject and record.
    cases.sort_by_key(|(of, case)| {
        (case.team.is_none(), &case.team, places.get(&of.measure), urgency(case.outcome), case.due)
    });
    let rows = cases.into_iter().map(|(of, case)| {
        let key = figures.last(&of.measure).map_or("", |line| line.result.key.key());
        let mut cells = vec![
            Cell::or_empty(case.team.as_deref()),
            Cell::or_empty(case.worker.as_deref()),
            Cell::text(of.measure.as_str()),
            Cell::text(figures.title(&of.measure)),
            Cell::Month(of.month),
            Cell::text(case.subject.as_str()),
            Cell::or_empty(case.record.as_deref()),
            Cell::text(in_words(case.outcome.as_str())),
            Cell::day(case.due),
            Cell::day(case.done),
            case.elapsed.map_or(Cell::Empty, |elapsed| Cell::Number(elapsed.into())),
            Cell::or_empty(case.elapsed.map(|_| unit_of(key).unwrap_or("by its clock"))),
            Cell::colour(case.rag),
            Cell::or_empty(case.reason.map(Reason::about).map(str::trim)),
        ];
        cells.extend(dimensions.iter().map(|name| Cell::or_empty(case.group(name))));
        cells
    });
    book.list("Cases", &columns, 0, rows)
}

/// The cases of the last figure of each measure that has one, judged month by month.
fn explained(card: &Scorecard, figures: &Figures<'_>) -> Result<Vec<Explanation>, WorkbookError> {
    let mut by_month: BTreeMap<Month, Vec<&str>> = BTreeMap::new();
    for row in figures.rows() {
        if let Some(line) = figures.last(row.id()) {
            by_month.entry(line.result.month).or_default().push(row.id().as_str());
        }
    }
    let mut explained = Vec::new();
    for (month, measures) in by_month {
        explained.extend(card.explain_all(measures, month, month)?);
    }
    Ok(explained)
}

/// What somebody can still put right comes first.
fn urgency(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Overdue => 0,
        Outcome::Late | Outcome::NotMet => 1,
        Outcome::Unknown => 2,
        Outcome::NotYetDue => 3,
        Outcome::Counted | Outcome::Met => 4,
        _ => 5,
    }
}
