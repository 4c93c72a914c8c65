//! The due list as people work through it: one line for each thing to be done, and how much each team has.

use chrono::NaiveDate;
use csc_measures::due::{DueCount, DueError, DueFilter, DueLine, DueList, DueOutcome};
use csc_measures::measures::Duty;
use csc_measures::{Dataset, Options, Scorecard, ScorecardError};
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dataset(tables: Value) -> Dataset {
    crate::common::dataset(&serde_json::from_value(tables).unwrap())
}

fn due_list(dataset: &Dataset, as_at: &str) -> DueList {
    dataset.due_list(day(as_at), &Options::default(), &DueFilter::default()).unwrap()
}

fn clocks<'a>(line: &DueLine<'a>) -> Vec<&'a str> {
    [line.first].iter().chain(&line.also).map(|one| one.clock).collect()
}

/// A child looked after with a placement, last visited in March 2017, and an assessment that is a year old.
fn looked_after() -> Dataset {
    dataset(json!({
        "persons": [{ "person_id": "P1", "date_of_birth": "2010-05-05" }],
        "cla_episodes": [
            { "cla_episode_id": "E", "person_id": "P1", "cla_id": "C", "start_date": "2016-01-04", "end_date": null, "placement_id": "PL" }
        ],
        "cla_placements": [
            { "placement_id": "PL", "person_id": "P1", "cla_id": "C", "start_date": "2016-01-04", "end_date": null, "placement_type": "U4", "long_term": false }
        ],
        "cla_visits": [{ "cla_visit_id": "V", "person_id": "P1", "cla_id": "C", "date": "2017-03-08", "seen": true }],
        "cla_reviews": [{ "cla_review_id": "R", "cla_id": "C", "date": "2017-02-01" }],
        "legal_statuses": [
            { "legal_status_id": "L", "person_id": "P1", "legal_status": "C2", "start_date": "2016-01-04", "end_date": null }
        ],
        "assessments": [
            { "assessment_id": "A", "person_id": "P1", "start_date": "2016-05-03", "authorised_date": null }
        ]
    }))
}

#[test]
fn a_visit_that_the_standard_and_the_law_ask_for_is_one_line_with_the_earlier_due_date() {
    let dataset = looked_after();
    let list = due_list(&dataset, "2017-04-03");
    let visits: Vec<_> = list
        .obligations
        .iter()
        .filter(|one| one.duty == Duty::SeeChild)
        .map(|one| (one.clock, one.due))
        .collect();
    assert_eq!(visits.len(), 2, "{visits:?}");
    let lines = list.lines();
    let seen: Vec<_> = lines.iter().filter(|line| line.duty() == Duty::SeeChild).collect();
    assert_eq!(seen.len(), 1);
    let line = seen[0];
    // six weeks from 8 March are 19 April, thirty working days 21 April
    assert_eq!((line.first.due, line.also[0].due), (Some(day("2017-04-19")), Some(day("2017-04-21"))));
    assert!(clocks(line).contains(&"cla_visit_local"), "{:?}", clocks(line));
    assert_eq!(line.last_done(), Some(day("2017-03-08")));
    assert_eq!(line.also_titles().count(), 1);
}

#[test]
fn every_obligation_is_in_one_line() {
    let dataset = looked_after();
    for as_at in ["2017-03-01", "2017-04-03", "2017-04-15", "2018-01-01"] {
        let list = due_list(&dataset, as_at);
        let mut of_lines: Vec<_> = list.lines().iter().flat_map(clocks).collect();
        let mut all: Vec<_> = list.obligations.iter().map(|one| one.clock).collect();
        of_lines.sort_unstable();
        all.sort_unstable();
        assert_eq!(of_lines, all, "{as_at}");
    }
}

#[test]
fn a_child_who_is_unseen_comes_before_older_papers() {
    let dataset = looked_after();
    let list = due_list(&dataset, "2017-08-09");
    let lines = list.lines();
    let order: Vec<_> = lines.iter().map(|line| (line.outcome(), line.duty())).collect();
    let overdue: Vec<Duty> =
        order.iter().filter(|(outcome, _)| *outcome == DueOutcome::Overdue).map(|(_, duty)| *duty).collect();
    assert_eq!(overdue[..3], [Duty::SeeChild, Duty::Meet, Duty::Assess]);
    assert!(overdue.is_sorted());
    // The assessment is the oldest of them.
    let oldest = lines.iter().max_by_key(|line| line.days_overdue()).unwrap();
    assert_eq!(oldest.duty(), Duty::Assess);
    // By the law it is not known how the visit stands: whether the child agreed to fewer is not recorded.
    assert_eq!(lines[0].days_overdue(), Some(110), "from 21 April to 9 August");
    assert!(order.is_sorted_by_key(|(outcome, _)| *outcome != DueOutcome::Overdue));
}

#[test]
fn what_is_to_come_is_listed_soonest_first() {
    let dataset = looked_after();
    let list = due_list(&dataset, "2017-04-03");
    let lines = list.lines();
    let dates: Vec<_> = lines
        .iter()
        .filter(|line| line.outcome() == DueOutcome::NotYetDue)
        .map(|line| line.first.due)
        .collect();
    assert!(dates.len() > 1 && dates.is_sorted(), "{dates:?}");
}

#[test]
fn two_assessments_of_a_child_are_two_lines() {
    let dataset = dataset(json!({
        "assessments": [
            { "assessment_id": "A", "person_id": "P1", "start_date": "2017-03-01", "authorised_date": null },
            { "assessment_id": "B", "person_id": "P1", "start_date": "2017-03-02", "authorised_date": null }
        ]
    }));
    let list = due_list(&dataset, "2017-04-03");
    let records: Vec<_> = list.lines().iter().map(|line| line.first.record.clone().unwrap()).collect();
    assert_eq!(records, ["A", "B"]);
}

#[test]
fn teams_and_workers_have_counts_that_add_up_to_the_lines() {
    let dataset = dataset(json!({
        "cp_plans": [
            { "cp_plan_id": "1", "person_id": "P1", "start_date": "2017-01-03", "end_date": null },
            { "cp_plan_id": "2", "person_id": "P2", "start_date": "2017-01-03", "end_date": null },
            { "cp_plan_id": "3", "person_id": "P3", "start_date": "2017-01-03", "end_date": null }
        ],
        "cp_visits": [
            { "cp_visit_id": "V1", "person_id": "P1", "date": "2017-03-29", "seen": true },
            { "cp_visit_id": "V2", "person_id": "P2", "date": "2017-02-01", "seen": true }
        ],
        "cp_reviews": [],
        "workers": [{ "worker_id": "W1", "team": "North" }, { "worker_id": "W2", "team": "North" }],
        "involvements": [
            { "involvement_id": "I1", "worker_id": "W1", "person_id": "P1", "start_date": "2017-01-03", "end_date": null },
            { "involvement_id": "I2", "worker_id": "W2", "person_id": "P2", "start_date": "2017-01-03", "end_date": null }
        ]
    }));
    let list = due_list(&dataset, "2017-04-10");
    let lines = list.lines();
    let teams = DueCount::by_team(&lines);
    let names: Vec<_> = teams.iter().map(|count| count.team).collect();
    assert_eq!(names, [Some("North"), None]);
    // P1 was seen in time, and their review is overdue; P2 was not seen; nobody has P3.
    let north = &teams[0];
    assert_eq!((north.children, north.unseen, north.overdue, north.not_yet_due), (2, 1, 3, 1));
    assert_eq!(
        north.oldest,
        lines.iter().filter(|line| line.first.team.is_some()).filter_map(DueLine::days_overdue).max()
    );
    let workers = DueCount::by_worker(&lines);
    let names: Vec<_> = workers.iter().map(|count| count.worker).collect();
    assert_eq!(names, [Some("W1"), Some("W2"), None]);
    assert_eq!((workers[0].unseen, workers[1].unseen, workers[2].unseen), (0, 1, 1));
    for counts in [&teams, &workers] {
        let sum: usize = counts.iter().map(|one| one.overdue + one.not_yet_due + one.unknown).sum();
        assert_eq!(sum, lines.len());
    }
}

#[test]
fn a_scorecard_lists_what_is_due_by_its_own_options() {
    let dataset = looked_after();
    let mut options = Options::default();
    options.policy.assessment_working_days = 35;
    let march = "2017-03".parse().unwrap();
    let card = dataset.scorecard(march, march, &options).unwrap();
    let as_at = day("2017-03-31");
    let list = card.due_list(as_at, &DueFilter::default()).unwrap();
    assert_eq!(list, dataset.due_list(as_at, &options, &DueFilter::default()).unwrap());
    assert_ne!(list, due_list(&dataset, "2017-03-31"));

    let part = dataset.part(march, march, &Options::default()).unwrap();
    let merged = Scorecard::merge(vec![part]).unwrap();
    assert_eq!(merged.due_list(as_at, &DueFilter::default()).unwrap_err(), DueError::NoChildren);
    assert_eq!(merged.quality().unwrap_err(), ScorecardError::NoCases);
}

#[test]
fn a_scorecard_says_what_is_wrong_with_the_data_of_its_months() {
    let dataset = looked_after();
    let (january, march) = ("2017-01".parse().unwrap(), "2017-03".parse().unwrap());
    let card = dataset.scorecard(january, march, &Options::default()).unwrap();
    let quality = card.quality().unwrap();
    assert_eq!((quality.from, quality.to), (Some(january), Some(march)));
}
