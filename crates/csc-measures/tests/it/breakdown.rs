//! Breakdowns: in which group a case is, what groups add up to, and what is refused.

use csc_measures::{Dataset, Funnel, GroupResult, Month, Options, Part, Scorecard};
use serde_json::{Value, json};

use crate::deployed::{Given, dataset};

const MARCH: &str = "2017-03";

fn options(more: &Value) -> Options {
    serde_json::from_value(more.clone()).unwrap()
}

fn card(data: &Dataset, more: &Value) -> Scorecard {
    let month: Month = MARCH.parse().unwrap();
    data.scorecard(month, month, &options(more)).unwrap()
}

/// The groups of one measure, each with its numerator and denominator.
fn groups(card: &Scorecard, measure: &str) -> Vec<(String, String, Option<String>)> {
    let of_it = card.groups().iter().filter(|group| group.measure == *measure);
    of_it.map(|group| (group.group.clone().unwrap_or_default(), sums(group), group_value(group))).collect()
}

fn sums(group: &GroupResult) -> String {
    match group.denominator {
        Some(denominator) => format!("{}/{denominator}", group.numerator),
        None => group.numerator.to_string(),
    }
}

fn group_value(group: &GroupResult) -> Option<String> {
    group.value.as_ref().map(ToString::to_string)
}

fn names(card: &Scorecard, measure: &str) -> Vec<String> {
    groups(card, measure).into_iter().map(|(name, sums, _)| format!("{name}: {sums}")).collect()
}

fn warnings(card: &Scorecard, measure: &str) -> Vec<String> {
    card.result(measure, MARCH.parse().unwrap()).unwrap().warnings.clone()
}

const REFERRALS: Given<'_> = (
    "referrals",
    &["referral_id", "person_id", "referral_date", "team"],
    &[
        &["R0", "P1", "2016-06-01", ""],
        &["R1", "P1", "2017-03-01", "North"],
        &["R2", "P2", "2017-03-02", "north "],
        &["R3", "P3", "2017-03-03", ""],
        &["R4", "P4", "2017-03-31", "South"],
    ],
);

/// One person for each referral, with a value in a column.
fn by(column: &str, values: [&str; 4], dimension: &str) -> Vec<String> {
    let rows: Vec<[&str; 2]> =
        ["P1", "P2", "P3", "P4"].into_iter().zip(values).map(|(id, v)| [id, v]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
    let header = ["person_id", column];
    let data = dataset(&[("persons", &header, &rows), REFERRALS]);
    names(&card(&data, &json!({"breakdown": [dimension]})), "O5.M3")
}

#[test]
fn a_person_is_in_the_group_of_their_own_row() {
    assert_eq!(by("sex", ["2", "Male", "9", ""], "sex"), ["F: 1/1", "M: 0/1", "U: 0/1", ": 0/1"]);
    assert_eq!(
        by("ethnicity", ["wbri", "MWBa", "??", "CHNE"], "ethnicity"),
        ["CHNE: 0/1", "MWBA: 0/1", "WBRI: 1/1", ": 0/1"]
    );
    assert_eq!(
        by("ethnicity", ["WROM", "REFU", "", "CHNE"], "ethnic_group"),
        ["asian: 0/1", "not known: 0/2", "white: 1/1"]
    );
    assert_eq!(by("disability", ["Y", "N", "", "yes"], "disability"), ["no: 0/1", "yes: 1/2", ": 0/1"]);
    assert_eq!(by("sen", ["0", "1", "", ""], "sen"), ["no: 1/1", "yes: 0/1", ": 0/2"]);
    // Texts that fold alike are one group, under the spelling that comes first by code point.
    assert_eq!(by("area", ["old town", "Old Town", "OLD_TOWN", ""], "area"), ["OLD_TOWN: 1/3", ": 0/1"]);
}

#[test]
fn an_age_is_that_of_the_day_of_the_case() {
    // Turns one on the very day of the referral; the day before; 18 on it; not born by it.
    assert_eq!(
        by("date_of_birth", ["2016-03-01", "2016-03-03", "1999-03-03", "2017-04-01"], "age"),
        ["1-4: 1/1", "18+: 0/1", "unborn: 0/1", "under 1: 0/1"]
    );
    assert_eq!(
        by("date_of_birth", ["2012-03-01", "2007-03-02", "2001-03-04", ""], "age"),
        ["10-15: 0/2", "5-9: 1/1", ": 0/1"]
    );
    // Expected, and 28 days later no birth is recorded.
    let expected = ["2017-01-31", "2017-02-02", "2017-04-01", ""];
    assert_eq!(by("expected_date_of_birth", expected, "age"), ["unborn: 0/2", ": 1/2"]);
}

#[test]
fn disability_is_worked_out_from_rows_of_disabilities() {
    let persons: Given<'_> = ("ssd_person", &["pers_person_id"], &[&["P1"], &["P2"], &["P3"], &["P4"]]);
    let rows: Given<'_> = (
        "ssd_disability",
        &["disa_person_id", "disa_disability_code"],
        &[&["P1", "NONE"], &["P2", "NONE"], &["P2", "aut"], &["P3", "??"]],
    );
    let data = dataset(&[persons, rows, REFERRALS]);
    let card = card(&data, &json!({"breakdown": ["disability"]}));
    assert_eq!(names(&card, "O5.M3"), ["no: 1/1", "yes: 0/1", ": 0/2"]);
    assert!(warnings(&card, "O5.M3").contains(&"derived:disability".into()));
}

const INVOLVEMENTS: [&str; 6] =
    ["involvement_id", "worker_id", "person_id", "role", "start_date", "end_date"];

#[test]
fn the_team_is_the_records_own_or_that_of_the_lead_worker_on_the_day() {
    let workers: Given<'_> =
        ("workers", &["worker_id", "team"], &[&["W1", "East"], &["W2", "West"], &["W3", ""]]);
    let involvements: Given<'_> = (
        "involvements",
        &INVOLVEMENTS,
        &[
            // Of two that began on one day the greater id; the second ended on the day of the referral.
            &["I1", "W1", "P3", "", "2017-01-01", ""],
            &["I2", "W2", "P3", "", "2017-01-01", ""],
            &["I3", "W1", "P3", "", "2017-02-01", "2017-03-03"],
            // Not a lead role, and later than the day.
            &["I4", "W1", "P1", "family support", "2017-01-01", ""],
            &["I5", "W9", "P2", "", "2017-01-01", ""],
            &["I6", "W3", "P4", "", "2017-04-01", ""],
        ],
    );
    let data = dataset(&[workers, involvements, REFERRALS]);
    let card = card(&data, &json!({"breakdown": ["team", "worker"]}));
    assert_eq!(
        names(&card, "O5.M3"),
        ["North: 1/2", "South: 0/1", "West: 0/1", "W2: 0/1", "W9: 0/1", ": 1/2"]
    );
    let cases = card.cases("O5.M3", MARCH.parse().unwrap()).unwrap();
    let of: Vec<_> = cases.iter().map(|case| (case.team.as_deref(), case.worker.as_deref())).collect();
    assert_eq!(
        of,
        [
            (Some("North"), None),
            (Some("north"), Some("W9")),
            (Some("West"), Some("W2")),
            (Some("South"), None),
        ]
    );
    let second = serde_json::to_value(&cases[1]).unwrap();
    assert_eq!(second["groups"], json!({"team": "North", "worker": "W9"}));
    assert!(second.get("team").is_none() && second.get("worker").is_none(), "{second}");
}

#[test]
fn workers_have_groups_of_workers_and_nothing_else_has() {
    let workers: Given<'_> = (
        "workers",
        &["worker_id", "fte", "team", "asye_start_date", "start_date"],
        &[&["W1", "1", "East", "2017-01-01", "2016-01-01"], &["W2", "0.5", "", "2017-01-01", "2016-01-01"]],
    );
    let involvements: Given<'_> = (
        "involvements",
        &INVOLVEMENTS,
        &[
            &["I1", "W1", "P1", "", "2017-01-01", ""],
            &["I2", "W1", "P2", "", "2017-01-01", ""],
            &["I3", "W2", "P3", "", "2017-01-01", ""],
        ],
    );
    let audits: Given<'_> = (
        "audits",
        &["audit_id", "person_id", "completed_date", "judgement"],
        &[&["A1", "P1", "2017-03-01", "good"]],
    );
    let data = dataset(&[workers, involvements, audits]);
    let card = card(&data, &json!({"breakdown": ["team", "worker", "sex"]}));
    assert_eq!(names(&card, "O1.M1"), ["East: 2/1", ": 1/0.5", "W1: 2/1", "W2: 1/0.5"]);
    assert_eq!(names(&card, "O3.M8"), Vec::<String>::new());
    // Without a column of teams workers have no groups by team.
    let workers: Given<'_> = ("workers", &["worker_id", "fte"], &[&["W1", "1"], &["W2", "0.5"]]);
    let card = self::card(&dataset(&[workers, involvements]), &json!({"breakdown": ["team", "worker"]}));
    assert_eq!(names(&card, "O1.M1"), ["W1: 2/1", "W2: 1/0.5"]);
    assert!(warnings(&card, "O1.M1").contains(&"no_column:workers.team".to_owned()));
}

#[test]
fn a_dimension_of_the_callers_own_is_that_of_the_day() {
    let groups: Given<'_> = (
        "person_groups",
        &["person_id", "dimension", "value", "start_date", "end_date"],
        &[
            &["P1", "school", "Hill", "2016-09-01", "2017-03-01"],
            &["P1", "School", "Vale", "2017-03-01", ""],
            &["P2", "school", "Hill", "", ""],
            &["P2", "school", "vale", "2016-09-01", ""],
            &["P3", "school", "Hill", "2017-03-04", ""],
            &["P4", "school", "A", "2017-01-01", ""],
            &["P4", "school", "B", "2017-01-01", ""],
            &["P4", "other", "C", "2017-02-01", ""],
        ],
    );
    let data = dataset(&[groups, REFERRALS]);
    let card = card(&data, &json!({"breakdown": ["school"]}));
    assert_eq!(names(&card, "O5.M3"), ["B: 0/1", "Vale: 1/2", ": 0/1"]);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let month: Month = MARCH.parse().unwrap();
    let refused =
        |data: &Dataset, more: &Value| data.scorecard(month, month, &options(more)).unwrap_err().to_string();
    let data = dataset(&[REFERRALS]);
    assert_eq!(
        refused(&data, &json!({"breakdown": ["sex", "age", "sex"]})),
        "the breakdown asks for `sex` twice"
    );
    assert_eq!(
        refused(&data, &json!({"breakdown": ["ethnic group"]})),
        "unknown dimension `ethnic group`, did you mean `ethnic_group`?"
    );
    let groups: Given<'_> =
        ("person_groups", &["person_id", "dimension", "value"], &[&["P1", "Ethnic Group", "x"]]);
    assert_eq!(
        refused(&dataset(&[groups, REFERRALS]), &json!({"breakdown": ["sex"]})),
        "table `person_groups` has a dimension `Ethnic Group`, which is the name of a built-in one"
    );
    assert!(dataset(&[groups, REFERRALS]).scorecard(month, month, &Options::default()).is_ok());
}

#[test]
fn what_is_absent_is_in_the_warnings() {
    let persons: Given<'_> = ("persons", &["person_id", "date_of_birth"], &[&["P1", "2010-01-01"]]);
    let all =
        json!({"breakdown": ["sex", "ethnic_group", "sen", "area", "disability", "age", "team", "worker"]});
    let card = card(&dataset(&[persons, REFERRALS]), &all);
    let told = warnings(&card, "O5.M3");
    for warning in [
        "no_column:persons.sex",
        "no_column:persons.ethnicity",
        "no_column:persons.sen",
        "no_column:persons.area",
        "no_column:persons.disability",
        "without:involvements",
        "without:workers",
    ] {
        assert!(told.contains(&warning.to_owned()), "{warning} is not in {told:?}");
    }
    assert!(told.contains(&"no_column:persons.expected_date_of_birth".to_owned()), "{told:?}");
    assert!(!told.contains(&"no_column:persons.date_of_birth".to_owned()), "{told:?}");
}

#[test]
fn intervals_and_funnels_are_of_percentages_alone() {
    // Of 40 referrals 20 are repeats: all ten of one area, and ten of thirty of another.
    let people: Vec<[String; 2]> =
        (0..40).map(|n| [format!("P{n:02}"), if n < 10 { "A" } else { "B" }.to_owned()]).collect();
    let mut referrals = Vec::new();
    for n in 0..40 {
        referrals.push([format!("R{n}"), format!("P{n:02}"), "2017-03-01".to_owned()]);
        if n < 20 {
            referrals.push([format!("Q{n}"), format!("P{n:02}"), "2016-06-01".to_owned()]);
        }
    }
    let people: Vec<Vec<&str>> = people.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let people: Vec<&[&str]> = people.iter().map(Vec::as_slice).collect();
    let referrals: Vec<Vec<&str>> =
        referrals.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let referrals: Vec<&[&str]> = referrals.iter().map(Vec::as_slice).collect();
    let data = dataset(&[
        ("persons", &["person_id", "area"], &people),
        ("referrals", &["referral_id", "person_id", "referral_date"], &referrals),
    ]);
    let card = card(&data, &json!({"breakdown": ["area"]}));
    let of: Vec<&GroupResult> = card.groups().iter().filter(|group| group.measure == *"O5.M3").collect();
    assert_eq!((sums(of[0]), of[0].funnel), ("10/10".to_owned(), Some(Funnel::Above998)));
    assert_eq!((sums(of[1]), of[1].funnel), ("10/30".to_owned(), Some(Funnel::Within)));
    let shown = serde_json::to_value(of).unwrap();
    assert_eq!((&shown[0]["low"], &shown[0]["high"]), (&json!(72.2), &json!(100.0)));
    assert_eq!((&shown[1]["low"], &shown[1]["high"]), (&json!(19.2), &json!(51.2)));
}

#[test]
fn parts_merge_with_their_groups() {
    let month: Month = MARCH.parse().unwrap();
    let persons: Given<'_> = (
        "persons",
        &["person_id", "area", "date_of_birth"],
        &[&["P1", "old town", "2010-01-01"], &["P2", "Hill", "2016-01-01"], &["P3", "Old Town", ""]],
    );
    let asked = json!({"breakdown": ["area", "age", "worker"]});
    let data = dataset(&[persons, REFERRALS]);
    let whole = serde_json::to_value(card(&data, &asked)).unwrap();
    let parts = (0..3).map(|index| {
        let part = data.part_of(index, 3, month, month, &options(&asked)).unwrap();
        serde_json::from_str::<Part>(&serde_json::to_string(&part).unwrap()).unwrap()
    });
    let merged = serde_json::to_value(Scorecard::merge(parts).unwrap()).unwrap();
    assert_eq!(merged["groups"], whole["groups"]);
    assert!(whole["groups"].as_array().unwrap().len() > 3);

    // Of parts that were loaded on their own the groups go by their names.
    let split = |row: usize| {
        let persons: Given<'_> = ("persons", persons.1, &persons.2[row..=row]);
        let referrals: Vec<&[&str]> =
            REFERRALS.2.iter().copied().filter(|referral| referral[1] == persons.2[0][0]).collect();
        dataset(&[persons, ("referrals", REFERRALS.1, &referrals)])
    };
    let rest = dataset(&[("persons", persons.1, &[]), ("referrals", REFERRALS.1, &[REFERRALS.2[4]])]);
    let asked = json!({"breakdown": ["area", "age"]});
    let whole = serde_json::to_value(card(&data, &asked)).unwrap();
    let parts =
        [split(2), rest, split(0), split(1)].map(|data| data.part(month, month, &options(&asked)).unwrap());
    let merged = serde_json::to_value(Scorecard::merge(parts).unwrap()).unwrap();
    assert_eq!(merged["groups"], whole["groups"]);
    // A spelling comes first though no case is of the part that writes it, and though the part is carried as text.
    let nobody =
        dataset(&[("persons", persons.1, &[&["P9", "OLD TOWN", ""]]), ("referrals", REFERRALS.1, &[])]);
    let parts = [split(2), nobody].map(|data| {
        let part = data.part(month, month, &options(&asked)).unwrap();
        serde_json::from_str::<Part>(&serde_json::to_string(&part).unwrap()).unwrap()
    });
    let merged = Scorecard::merge(parts).unwrap();
    let is_of_areas = |group: &&GroupResult| group.measure == *"O5.M3" && group.dimension == "area";
    let areas = merged.groups().iter().filter(is_of_areas).filter_map(|group| group.group.as_deref());
    assert_eq!(areas.collect::<Vec<_>>(), ["OLD TOWN"]);
    // Who works with a child is known only where the involvements are.
    let asked = options(&json!({"breakdown": ["team"]}));
    let involvements: Given<'_> =
        ("involvements", &["involvement_id", "person_id", "worker_id", "start_date"], &[]);
    let parts = [0, 1].map(|row| {
        let persons: Given<'_> = ("persons", persons.1, &persons.2[row..=row]);
        dataset(&[persons, involvements]).part(month, month, &asked).unwrap()
    });
    assert_eq!(
        Scorecard::merge(parts).unwrap_err().to_string(),
        "a breakdown by `team` needs all parts to come from one dataset"
    );
}
