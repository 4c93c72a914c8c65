//! One child with very many rows: what is worked out of them takes time by their number, and comes out as with few.

use std::time::{Duration, Instant};

use csc_measures::{Chunk, Dataset, Month, Options, Plan, Rows, Scalar, Status};

/// What compares each of eighty thousand rows with all takes minutes.
const SOON: Duration = Duration::from_secs(30);
const MANY: usize = 80_000;

type Table<'t> = (&'t str, &'t [&'t str], Vec<Vec<String>>);

fn dataset(tables: &[Table<'_>]) -> Dataset {
    let mut builder = Dataset::builder();
    for (name, header, given) in tables {
        let mut rows = Rows::new(header.len());
        for row in given {
            rows.push(row.iter().map(|text| match text.as_str() {
                "" => Scalar::Null,
                text => Scalar::Text(text),
            }));
        }
        let mut table = builder.table(name, header).unwrap();
        table.chunk(&Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] }).unwrap();
    }
    builder.build()
}

/// A day from 2005 on, in a year in which the child is one.
fn day(number: usize) -> String {
    let first: chrono::NaiveDate = "2005-01-02".parse().unwrap();
    (first + chrono::Days::new(number as u64 % 4_400)).to_string()
}

fn row(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

const EPISODES: &[&str] =
    &["cla_episode_id", "person_id", "cla_id", "placement_id", "start_date", "end_date", "start_reason"];
const PLACEMENTS: &[&str] =
    &["placement_id", "person_id", "cla_id", "start_date", "end_date", "placement_type"];

fn persons() -> Table<'static> {
    ("persons", &["person_id", "date_of_birth"], vec![row(&["P1", "2005-01-01"])])
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn in_time(tables: &[Table<'_>]) {
    let mut options = Options::default();
    options.plan = Plan::by_id("all-measures").unwrap();
    let start = Instant::now();
    let card = dataset(tables).scorecard(month("2016-04"), month("2017-03"), &options).unwrap();
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    assert!(card.results().iter().any(|result| result.status == Status::Ok));
}

#[test]
fn many_placements_of_one_period_of_care() {
    let kind = |number: usize| if number.is_multiple_of(3) { "T0" } else { "U1" };
    let placement = |number: usize| {
        let id = format!("L{number}");
        row(&[&id, "P1", "K1", &day(number), &day(number + 3), kind(number)])
    };
    let episode = |number: usize| {
        let (id, placement) = (format!("E{number}"), format!("L{number}"));
        row(&[&id, "P1", "K1", &placement, &day(number), &day(number + 2), "P"])
    };
    in_time(&[
        persons(),
        ("cla_episodes", EPISODES, (0..MANY).map(episode).collect()),
        ("cla_placements", PLACEMENTS, (0..MANY).map(placement).collect()),
    ]);
}

#[test]
fn many_periods_of_care_and_short_breaks() {
    let episode = |number: usize| {
        let (id, cla, placement) = (format!("E{number}"), format!("K{number}"), format!("L{number}"));
        let end = if number.is_multiple_of(2) { day(number + 1) } else { String::new() };
        row(&[&id, "P1", &cla, &placement, &day(number), &end, "S"])
    };
    let placement = |number: usize| {
        let (id, cla) = (format!("L{number}"), format!("K{number}"));
        row(&[&id, "P1", &cla, &day(number), &day(number + 1), "U1"])
    };
    let status = |number: usize| {
        let id = format!("S{number}");
        row(&[&id, "P1", if number.is_multiple_of(2) { "V3" } else { "C2" }, &day(number), &day(number + 1)])
    };
    let statuses = ["legal_status_id", "person_id", "legal_status", "start_date", "end_date"];
    in_time(&[
        persons(),
        ("cla_episodes", EPISODES, (0..MANY).map(episode).collect()),
        ("cla_placements", PLACEMENTS, (0..MANY).map(placement).collect()),
        ("legal_statuses", &statuses, (0..MANY).map(status).collect()),
    ]);
}

#[test]
fn many_child_protection_plans() {
    let plan = |number: usize| {
        let id = format!("C{number}");
        row(&[&id, "P1", &day(number), &day(number + 1)])
    };
    in_time(&[
        persons(),
        ("cp_plans", &["cp_plan_id", "person_id", "start_date", "end_date"], (0..MANY).map(plan).collect()),
        ("cp_visits", &["cp_visit_id", "person_id", "date", "seen"], Vec::new()),
    ]);
}

/// What becomes of a child with so many days in care at the start, of which each placement took two.
fn moves(before: usize, reason: &str, temporary: bool) -> String {
    let first = 4_000;
    let mut placements: Vec<Vec<String>> = Vec::new();
    let mut episodes: Vec<Vec<String>> = Vec::new();
    for number in 0..=before {
        let (id, episode) = (format!("L{number:03}"), format!("E{number:03}"));
        let start = day(first + 2 * number);
        let end = if number == before { String::new() } else { day(first + 2 * number + 2) };
        let kind = if temporary && !number.is_multiple_of(2) { "T0" } else { "U1" };
        placements.push(row(&[&id, "P1", "K1", &start, &end, kind]));
        episodes.push(row(&[
            &episode,
            "P1",
            "K1",
            &id,
            &start,
            &end,
            if number == 0 { "S" } else { reason },
        ]));
    }
    let tables =
        [persons(), ("cla_episodes", EPISODES, episodes), ("cla_placements", PLACEMENTS, placements)];
    let march = month("2016-06");
    let mut options = Options::default();
    options.plan = Plan::by_id("all-measures").unwrap();
    let card = dataset(&tables).scorecard(march, march, &options).unwrap();
    let result = card.result("cla_three_placements", march).unwrap();
    format!("{:?}/{:?}", result.numerator.map(|n| n.to_string()), result.denominator.map(|n| n.to_string()))
}

#[test]
fn a_placement_goes_on_with_many_before_it_as_with_few() {
    let (none, one) = (r#"Some("0")/Some("1")"#, r#"Some("1")/Some("1")"#);
    for before in [4, 16, 17, 40] {
        // each a new placement, each with the same carer, and each second one an interruption
        assert_eq!(moves(before, "P", false), one, "{before}");
        assert_eq!(moves(before, "T", false), none, "{before}");
        assert_eq!(moves(before, "", true), none, "{before}");
    }
}

#[test]
fn plans_that_overlap_are_told_of_many_as_of_few() {
    for others in [1, 15, 16, 40] {
        // One plan after another, the last of which begins while the one before it is open.
        let plans: Vec<Vec<String>> = (0..=others)
            .map(|number| {
                let end = if number + 1 == others { 2 * number + 3 } else { 2 * number + 2 };
                row(&[&format!("C{number:03}"), "P1", &day(2 * number), &day(end)])
            })
            .collect();
        let header = ["cp_plan_id", "person_id", "start_date", "end_date"];
        let dataset = dataset(&[persons(), ("cp_plans", &header, plans)]);
        let found: Vec<(&str, Option<&str>)> =
            dataset.issues().iter().map(|issue| (issue.code().as_str(), issue.record())).collect();
        assert_eq!(found, [("overlapping_plans", Some(&format!("C{others:03}")[..]))], "{others}");
    }
}
