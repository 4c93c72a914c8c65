//! The cases behind the last figures, by team and measure.

use std::collections::BTreeMap;

use csc_measures::MeasureResult;

use crate::{card, whole};

#[test]
fn the_cases_of_each_measure_add_up_to_its_last_figure() {
    let (card, rows) = (card(), whole().rows("Cases"));
    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in &rows {
        let outcome = row.text("Outcome").unwrap().replace(' ', "_");
        *counts.entry((row.text("Measure").unwrap(), outcome)).or_default() += 1;
    }
    let mut expected: BTreeMap<(String, String), u64> = BTreeMap::new();
    for id in card.measures() {
        let last: &MeasureResult =
            card.results().iter().rfind(|result| result.measure.as_str() == id).unwrap();
        for (outcome, count) in last.outcomes.iter() {
            expected.insert((id.clone(), outcome.as_str().to_owned()), count);
        }
    }
    assert_eq!(counts, expected);
}

#[test]
fn a_case_says_who_when_and_why() {
    let (card, rows) = (card(), whole().rows("Cases"));
    let march = "2017-03".parse().unwrap();
    let cases = card.cases("O3.M4", march).unwrap();
    let mut told = 0;
    for case in &cases {
        let row = rows
            .iter()
            .find(|row| {
                row.text("Measure").as_deref() == Some("O3.M4")
                    && row.text("Person").as_deref() == Some(case.subject.as_str())
                    && row.text("Record") == case.record
            })
            .unwrap();
        assert_eq!(row.text("Team"), case.team);
        assert_eq!(row.text("Worker"), case.worker);
        assert_eq!((row.day("Due"), row.day("Last done")), (case.due, case.done));
        assert_eq!(row.number("Days"), case.elapsed.map(f64::from));
        assert_eq!(row.text("Colour").as_deref(), case.rag.map(|rag| rag.as_str()));
        assert_eq!(row.text("Reason").as_deref(), case.reason.map(|reason| reason.about().trim()));
        if case.elapsed.is_some() {
            assert_eq!(row.text("Counted in").as_deref(), Some("working days"));
        }
        let sex = Some(case.group("sex").unwrap_or_default().to_owned()).filter(|sex| !sex.is_empty());
        assert_eq!(row.text("sex"), sex);
        told += usize::from(case.due.is_some() && case.done.is_some());
    }
    assert!(told > 5);
}

#[test]
fn cases_are_by_team_then_measure_and_what_is_overdue_comes_first() {
    let (card, rows) = (card(), whole().rows("Cases"));
    let place = |id: &str| card.plan().rows().iter().position(|row| row.id().as_str() == id);
    let keys: Vec<_> = rows
        .iter()
        .map(|row| {
            let team = row.text("Team");
            (team.is_none(), team, place(&row.text("Measure").unwrap()))
        })
        .collect();
    assert!(keys.is_sorted());
    assert!(keys.iter().any(|(is_of_none, ..)| !is_of_none));
    let overdue: Vec<bool> = rows
        .iter()
        .filter(|row| row.text("Measure").as_deref() == Some("O3.M4") && row.text("Team") == keys[0].1)
        .map(|row| row.text("Outcome").as_deref() != Some("overdue"))
        .collect();
    assert!(overdue.is_sorted());
}
