//! What is due: a line for each thing to be done, and how much of it each team and each worker has.

use csc_measures::due::{DueCount, DueLine, DueList, DueOutcome};

use crate::book::Book;
use crate::cell::{Cell, Column, plain, words};
use crate::error::WorkbookError;
use crate::words::{counted_in, day, words as in_words};

/// Writes the sheets: without the lists the sums of teams alone.
pub(crate) fn sheets(list: &DueList, lists: bool, book: &mut Book) -> Result<(), WorkbookError> {
    let lines = list.lines();
    if lists {
        book.list("Due", &columns(), 0, lines.iter().map(row))?;
    }
    let teams = DueCount::by_team(&lines);
    book.list("Due by team", &sums(false), 1, teams.iter().map(|count| sum(count, false)))?;
    if lists {
        let workers = DueCount::by_worker(&lines);
        book.list("Due by worker", &sums(true), 2, workers.iter().map(|count| sum(count, true)))?;
    }
    Ok(())
}

fn columns() -> Vec<Column> {
    vec![
        plain("Team", 18),
        plain("Worker", 12),
        plain("Child", 14),
        words("To be done", 50),
        plain("Kind", 19),
        plain("Outcome", 12),
        plain("Due", 11),
        plain("Days overdue", 9),
        plain("Days left", 7),
        plain("Counted in", 13),
        plain("Last done", 11),
        plain("Colour", 9),
        words("The same visit answers", 50),
        words("Reason", 34),
        plain("Record", 14),
        plain("Measure", 15),
    ]
}

fn row(line: &DueLine<'_>) -> Vec<Cell> {
    let one = line.first;
    let also: Vec<String> = line
        .also_titles()
        .map(|(title, due)| match due {
            Some(due) => format!("{title}: due {}", day(due)),
            None => title.to_owned(),
        })
        .collect();
    vec![
        Cell::or_empty(one.team.as_deref()),
        Cell::or_empty(one.worker.as_deref()),
        Cell::text(one.person.as_str()),
        Cell::text(line.title()),
        Cell::text(line.duty().in_words()),
        Cell::text(outcome(line.outcome())),
        Cell::day(one.due),
        line.days_overdue().map_or(Cell::Empty, Cell::count),
        one.days_left.map_or(Cell::Empty, Cell::count),
        Cell::or_empty(one.days_left.map(|_| counted_in(one.unit))),
        Cell::day(line.last_done()),
        Cell::colour(one.rag),
        Cell::or_empty((!also.is_empty()).then(|| also.join("; "))),
        Cell::or_empty(one.reason.map(csc_measures::Reason::about).map(str::trim)),
        Cell::or_empty(one.record.as_deref()),
        Cell::text(one.measure.as_str()),
    ]
}

fn outcome(outcome: DueOutcome) -> String {
    match outcome {
        DueOutcome::Unknown => "not known".to_owned(),
        known => in_words(known.as_str()),
    }
}

fn sums(by_worker: bool) -> Vec<Column> {
    let mut columns = vec![plain("Team", 22)];
    if by_worker {
        columns.push(plain("Worker", 14));
    }
    columns.extend([
        plain("Children", 10),
        plain("Children unseen", 10),
        plain("Overdue", 10),
        plain("To come", 10),
        plain("Not known", 10),
        plain("Oldest, days overdue", 12),
    ]);
    columns
}

fn sum(count: &DueCount<'_>, by_worker: bool) -> Vec<Cell> {
    let mut cells = vec![Cell::text(count.team.unwrap_or("no team"))];
    if by_worker {
        cells.push(Cell::text(count.worker.unwrap_or("no worker")));
    }
    cells.extend(
        [count.children, count.unseen, count.overdue, count.not_yet_due, count.unknown].map(Cell::count),
    );
    cells.push(count.oldest.map_or(Cell::Empty, Cell::count));
    cells
}
