//! What is due, as people work through it.

use csc_measures::due::{DueCount, DueFilter, DueList};
use csc_measures_workbook::{WorkbookOptions, due_workbook};

use crate::read::Read;
use crate::{card, whole};

fn check(book: &Read, list: &DueList) {
    let lines = list.lines();
    let rows = book.rows("Due");
    assert_eq!(rows.len(), lines.len());
    for (row, line) in rows.iter().zip(&lines) {
        assert_eq!(row.text("Child").as_ref(), Some(&line.first.person));
        assert_eq!(row.text("To be done").as_deref(), Some(line.title()));
        assert_eq!((row.day("Due"), row.day("Last done")), (line.first.due, line.last_done()));
        assert_eq!(row.number("Days overdue"), line.days_overdue().map(f64::from));
        assert_eq!(row.number("Days left"), line.first.days_left.map(f64::from));
        assert_eq!(row.text("The same visit answers").is_some(), !line.also.is_empty());
        assert_eq!(
            (row.text("Team"), row.text("Worker")),
            (line.first.team.clone(), line.first.worker.clone())
        );
    }
    let (teams, rows) = (DueCount::by_team(&lines), book.rows("Due by team"));
    assert_eq!(rows.len(), teams.len());
    for (row, team) in rows.iter().zip(&teams) {
        assert_eq!(row.text("Team").as_deref(), Some(team.team.unwrap_or("no team")));
        assert_eq!(row.number("Overdue"), Some(team.overdue as f64));
        assert_eq!(row.number("Children unseen"), Some(team.unseen as f64));
    }
}

#[test]
fn the_due_list_is_as_at_the_last_day_of_the_months() {
    let list = card().due_list(card().to().last(), &DueFilter::default()).unwrap();
    check(whole(), &list);
    let about = whole().texts("About");
    assert!(about.contains(&"Due as at".to_owned()), "{about:?}");
    assert_eq!(whole().rows("Due by worker").len(), DueCount::by_worker(&list.lines()).len());
}

#[test]
fn a_due_list_is_a_workbook_of_its_own() {
    let filter: DueFilter = serde_json::from_str(r#"{ "within": 10 }"#).unwrap();
    let list = card().due_list("2017-03-29".parse().unwrap(), &filter).unwrap();
    let book = Read::new(due_workbook(&list, &WorkbookOptions::default()).unwrap());
    assert_eq!(book.names, ["About", "Due", "Due by team", "Due by worker"]);
    check(&book, &list);
    let overdue =
        book.rows("Due").into_iter().filter(|row| row.text("Outcome").as_deref() == Some("overdue"));
    assert!(overdue.clone().count() > 10 && overdue.clone().any(|row| row.day("Last done").is_some()));

    let mut options = WorkbookOptions::default();
    options.lists = false;
    let book = Read::new(due_workbook(&list, &options).unwrap());
    assert_eq!(book.names, ["About", "Due by team"]);
}
