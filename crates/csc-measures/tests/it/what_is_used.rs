//! Tables and columns of which little or nothing could be used: results say so, and whoever supplied them learns why.

use csc_measures::due::DueFilter;
use csc_measures::{
    Chunk, ColumnNames, Dataset, DatasetBuilder, Month, Options, Rows, Scalar, Scorecard, Status,
};

type Given<'a> = (&'a str, &'a [&'a str], Vec<Vec<String>>);

fn add(builder: &mut DatasetBuilder, (table, header, rows): &Given<'_>) {
    let mut given = Rows::new(header.len());
    for row in rows {
        given.push(row.iter().map(|text| Scalar::Text(text)));
    }
    let chunk = Chunk { rows: rows.len(), columns: &given.columns(), bad_rows: &[] };
    builder.table(table, header).unwrap().chunk(&chunk).unwrap();
}

fn dataset(tables: &[Given<'_>]) -> Dataset {
    let mut builder = Dataset::builder();
    tables.iter().for_each(|table| add(&mut builder, table));
    builder.build()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn card(tables: &[Given<'_>], of: &str) -> Scorecard {
    dataset(tables).scorecard(month(of), month(of), &Options::default()).unwrap()
}

/// Status, missing tables and warnings of a measure in March 2017.
fn found(tables: &[Given<'_>], measure: &str) -> (Status, Vec<String>, Vec<String>) {
    let card = card(tables, "2017-03");
    let result = card.result(measure, month("2017-03")).unwrap();
    (result.status, result.missing_tables.clone(), result.warnings.clone())
}

fn row(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

/// So many rows, each with its number in place of `#`.
fn rows(count: usize, values: &[&str]) -> Vec<Vec<String>> {
    (1..=count).map(|n| values.iter().map(|value| value.replace('#', &n.to_string())).collect()).collect()
}

const COMPLIMENTS: [&str; 2] = ["compliment_id", "received_date"];

#[test]
fn a_table_of_which_no_row_is_used_is_not_a_table_of_nobody() {
    let none_used = ("compliments", &COMPLIMENTS[..], rows(1, &["C#", "soon"]));
    let (status, missing, warnings) = found(&[none_used], "O4.M4");
    assert_eq!((status, missing), (Status::NotSupplied, vec!["compliments".to_owned()]));
    assert_eq!(warnings, ["no_rows_used:compliments", "rows_out:compliments"]);
    // No row is another thing: there were none.
    let empty = ("compliments", &COMPLIMENTS[..], Vec::new());
    assert_eq!(found(&[empty], "O4.M4"), (Status::Ok, Vec::new(), Vec::new()));
}

#[test]
fn one_of_two_tables_that_is_of_no_use_leaves_the_other() {
    let transfers = ("step_transfers", &["transfer_id", "person_id", "date", "direction"][..]);
    let transfers = (transfers.0, transfers.1, rows(2, &["T#", "P#", "soon", "to_early_help"]));
    let referrals = ["referral_id", "person_id", "referral_date", "close_date", "close_reason"];
    let referrals =
        ("referrals", &referrals[..], vec![row(&["R1", "P1", "2017-01-03", "2017-03-03", "RC9"])]);
    let (status, missing, warnings) = found(&[transfers, referrals], "O8.M1");
    assert_eq!((status, missing), (Status::Ok, Vec::new()));
    let expected = ["no_rows_used:step_transfers", "rows_out:step_transfers", "without:step_transfers"];
    assert_eq!(warnings, expected);
}

#[test]
fn more_than_one_row_in_twenty_left_out_is_reported() {
    for (rows_in, out, is_told) in [(20, 1, false), (19, 1, true), (40, 2, false), (41, 3, true)] {
        let mut given = rows(rows_in - out, &["C#", "2017-03-02"]);
        given.extend(rows(out, &["D#", ""]));
        let (_, _, warnings) = found(&[("compliments", &COMPLIMENTS, given)], "O4.M4");
        assert_eq!(warnings == ["rows_out:compliments"], is_told, "{out} of {rows_in}: {warnings:?}");
    }
}

#[test]
fn a_month_after_the_last_date_of_a_large_table_is_reported() {
    let header = ["complaint_id", "received_date"];
    for (count, last, of, is_told) in [
        (20, "2017-02-28", "2017-03", true),
        (20, "2017-03-01", "2017-03", false),
        (19, "2017-02-28", "2017-03", false),
        (20, "2017-02-28", "2017-02", false),
    ] {
        let card = card(&[("complaints", &header, rows(count, &["C#", last]))], of);
        let result = card.result("O4.M1", month(of)).unwrap();
        let warnings = &result.warnings;
        assert_eq!(warnings.contains(&"after_data:complaints".to_owned()), is_told, "{warnings:?}");
    }
}

#[test]
fn a_column_of_which_nothing_is_understood_is_reported() {
    let header = ["complaint_id", "received_date", "made_by_child"];
    let given = |second: &str| {
        vec![
            row(&["C1", "2017-03-02", "perhaps"]),
            row(&["C2", "2017-03-02", ""]),
            row(&["C3", "2017-03-02", second]),
        ]
    };
    let told = "nothing_understood:complaints.made_by_child".to_owned();
    for (second, is_told) in [("", true), ("Y", false)] {
        let (_, _, warnings) = found(&[("complaints", &header, given(second))], "O4.M2");
        assert_eq!(warnings.contains(&told), is_told, "{warnings:?}");
        // A measure that does not read the column says nothing.
        let (_, _, warnings) = found(&[("complaints", &header, given(second))], "O4.M1");
        assert!(!warnings.contains(&told), "{warnings:?}");
    }
}

/// Plans and visits of the Standard Safeguarding Dataset, `seen` as given in every row.
fn ssd_visits(seen: &str, count: usize) -> [Given<'static>; 2] {
    let plans = ["cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"];
    let visits = ["cppv_cp_visit_id", "cppv_person_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"];
    [
        ("ssd_cp_plans", Box::leak(Box::new(plans)), rows(count, &["C#", "P#", "2017-01-03", ""])),
        ("ssd_cp_visits", Box::leak(Box::new(visits)), rows(count, &["V#", "P#", "2017-03-20", seen])),
    ]
}

#[test]
fn a_column_of_nulls_of_the_safeguarding_dataset_is_absent() {
    let (status, missing, _) = found(&ssd_visits("", 20), "O3.M4");
    assert_eq!((status, missing), (Status::NotSupplied, vec!["cp_visits.seen".to_owned()]));
    // Too few rows to tell, and a value.
    for tables in [ssd_visits("", 19), ssd_visits("Y", 20)] {
        let (status, _, warnings) = found(&tables, "O3.M4");
        assert_eq!(status, Status::Ok);
        // No plan has ended, which is a fact.
        assert!(!warnings.contains(&"no_end_dates:cp_plans".to_owned()), "{warnings:?}");
    }
    // The library's own table is read as it is written.
    let [plans, (_, _, visits)] = ssd_visits("", 20);
    let own = ("cp_visits", &["cp_visit_id", "person_id", "date", "seen"][..], visits);
    assert_eq!(found(&[plans, own], "O3.M4").0, Status::Ok);
}

#[test]
fn a_system_that_writes_no_open_row_has_no_open_ones_to_count() {
    let header =
        ["cina_assessment_id", "cina_person_id", "cina_assessment_start_date", "cina_assessment_auth_date"];
    for (name, count, is_supplied) in
        [("ssd_cin_assessments", 50, false), ("ssd_cin_assessments", 49, true), ("assessments", 50, true)]
    {
        let header = if name == "assessments" {
            ["assessment_id", "person_id", "start_date", "authorised_date"]
        } else {
            header
        };
        let given = (name, &header[..], rows(count, &["A#", "P#", "2016-11-01", "2017-03-20"]));
        let (status, missing, _) = found(&[given], "O2.M3.open_overdue");
        let expected: &[&str] = if is_supplied { &[] } else { &["assessments.authorised_date"] };
        assert_eq!((status == Status::Ok, &missing[..] == expected), (is_supplied, true), "{name} {count}");
    }
}

#[test]
fn a_part_judges_what_the_whole_may_need() {
    let (march, options) = (month("2017-03"), Options::default());
    let [plans, visits] = ssd_visits("", 20);
    let [more_plans, more_visits] = ssd_visits("Y", 3);
    let other = |(table, header, rows): Given<'static>| {
        let rows = rows
            .into_iter()
            .map(|row| {
                row.iter()
                    .map(|value| match value.chars().next() {
                        Some('C' | 'P' | 'V') => format!("{value}X"),
                        _ => value.clone(),
                    })
                    .collect()
            })
            .collect();
        (table, header, rows)
    };
    let (more_plans, more_visits) = (other(more_plans), other(more_visits));
    let joined = |a: &Given<'static>, b: &Given<'static>| {
        (a.0, a.1, a.2.iter().chain(&b.2).cloned().collect::<Vec<_>>())
    };
    let whole = dataset(&[joined(&plans, &more_plans), joined(&visits, &more_visits)]);
    let whole = whole.scorecard(march, march, &options).unwrap();
    let parts = [dataset(&[plans, visits]), dataset(&[more_plans, more_visits])];
    let merged = Scorecard::merge(parts.map(|part| part.part(march, march, &options).unwrap())).unwrap();
    assert_eq!(whole.result("O3.M4", march).unwrap().status, Status::Ok);
    assert_eq!(
        serde_json::to_string(merged.results()).unwrap(),
        serde_json::to_string(whole.results()).unwrap()
    );
}

#[test]
fn a_team_of_the_front_door_that_no_table_has_is_reported() {
    let header = ["referral_id", "person_id", "referral_date", "team"];
    let tables = [("referrals", &header[..], vec![row(&["R1", "P1", "2017-03-02", "Front Door"])])];
    let options = r#"{"policy": {"front_door_teams": ["front-door", "Frontdor"]}}"#;
    let options: Options = serde_json::from_str(options).unwrap();
    let march = month("2017-03");
    let card = dataset(&tables).scorecard(march, march, &options).unwrap();
    let told = |measure: &str| {
        let warnings = &card.result(measure, march).unwrap().warnings;
        warnings.iter().filter(|warning| warning.starts_with("unknown_team:")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(told("O5.M3"), ["unknown_team:Frontdor"]);
    assert!(told("O2.M2").is_empty());
    // A part that does not have the team says nothing for the whole.
    let empty = [("referrals", &header[..], Vec::new())];
    let parts = [&tables, &empty].map(|tables| dataset(tables).part(march, march, &options).unwrap());
    let merged = Scorecard::merge(parts).unwrap();
    assert_eq!(
        serde_json::to_string(merged.results()).unwrap(),
        serde_json::to_string(card.results()).unwrap()
    );
}

#[test]
fn an_empty_filter_lets_nothing_through_and_an_unknown_team_is_an_error() {
    let plans = ["cp_plan_id", "person_id", "start_date"];
    let plans = ("cp_plans", &plans[..], rows(1, &["C#", "P#", "2017-01-03"]));
    let visits = ("cp_visits", &["cp_visit_id", "person_id", "date"][..], Vec::new());
    let workers = ("workers", &["worker_id", "team"][..], vec![row(&["W1", "North"])]);
    let involvements = ["involvement_id", "worker_id", "person_id", "start_date"];
    let involvements = ("involvements", &involvements[..], vec![row(&["I1", "W1", "P2", "2017-01-03"])]);
    let data = dataset(&[plans, visits, workers, involvements]);
    let day = "2017-03-31".parse().unwrap();
    let due = |filter: &str| {
        let filter: DueFilter = serde_json::from_str(filter).unwrap();
        data.due_list(day, &Options::default(), &filter).map(|list| list.obligations.len())
    };
    assert_eq!(due("{}").unwrap(), 1);
    for filter in [r#"{"teams": []}"#, r#"{"rag": []}"#, r#"{"clocks": []}"#, r#"{"teams": ["north"]}"#] {
        assert_eq!(due(filter).unwrap(), 0, "{filter}");
    }
    // The child has no lead worker, and so no team.
    assert_eq!(due(r#"{"teams": [null]}"#).unwrap(), 1);
    assert_eq!(due(r#"{"teams": ["North", null]}"#).unwrap(), 1);
    let error = due(r#"{"teams": ["Nroth"]}"#).unwrap_err();
    assert_eq!(error.to_string(), "unknown team `Nroth`, did you mean `North`?");
    assert!(data.person(" P1 ", day, &Options::default()).is_ok());
}

#[test]
fn a_placeholder_for_no_end_is_no_reason_why_rows_are_left_out() {
    let header = ["cp_plan_id", "person_id", "start_date", "end_date"];
    let mut plans = rows(10, &["A#", "P#", "2017-01-03", "9999-12-31"]);
    plans.extend(rows(2, &["B#", "P#", "soon", ""]));
    assert_eq!(
        dataset(&[("cp_plans", &header, plans)]).notices(),
        ["table `cp_plans`: 2 of its 12 rows are left out; most often `start_date` is not a date (2 rows)"]
    );
    // one for a start is
    let mut plans = rows(10, &["A#", "P#", "2017-01-03", "9999-12-31"]);
    plans.extend(rows(2, &["B#", "P#", "1900-01-01", ""]));
    assert_eq!(
        dataset(&[("cp_plans", &header, plans)]).notices(),
        [
            "table `cp_plans`: 2 of its 12 rows are left out; most often `start_date` is a placeholder date (2 rows)"
        ]
    );
}

#[test]
fn a_complaint_of_a_stage_that_cannot_be_read_is_left_out() {
    let header = ["complaint_id", "received_date", "stage"];
    for (stage, fault) in [
        ("two", "is not a whole number from -2147483648 to 2147483647"),
        ("4", "is not a number of at least 1 and at most 3"),
    ] {
        let mut complaints = rows(3, &["A#", "2017-03-02", "1"]);
        complaints.extend(rows(1, &["B#", "2017-03-02", stage]));
        let data = dataset(&[("complaints", &header, complaints)]);
        assert_eq!((data.tables()[0].rows, data.tables()[0].used), (4, 3));
        let messages: Vec<String> = data.issues().iter().map(|issue| issue.message()).collect();
        assert_eq!(messages, [format!("`stage` {fault}; the row is left out")]);
        assert_eq!(
            data.notices(),
            ["table `complaints`: 1 of its 4 rows is left out; most often `stage` cannot be read (1 row)"]
        );
    }
}

/// Every kind of notice.
pub(crate) fn notices() -> Vec<String> {
    let header = ["complaint_id", "received_date", "made_by_child"];
    let mut some = rows(20, &["C#", "2017-03-02", "perhaps"]);
    some.extend(rows(2, &["D#", "02/03/2017", ""]));
    let plans = ["cp_plan_id", "person_id", "start_date", "end_date"];
    let reversed = vec![row(&["1", "P1", "2017-01-03", "2016-01-03"])];
    let births = vec![row(&["P1", "14/02/2010"]), row(&["P2", ""])];
    let mut names = ColumnNames::default();
    names.call("workers", "Ref", "worker_id").unwrap();
    let mut builder = Dataset::builder();
    builder.columns(names);
    let tables: [Given<'_>; 7] = [
        ("persons", &["person_id", "date_of_birth"], births),
        ("complaints", &header, some),
        ("cp_plans", &plans, reversed),
        ("compliments", &COMPLIMENTS, rows(3, &["C#", "02/03/2017"])),
        ("feedback_reports", &["feedback_report_id", "date"], rows(2, &["1", ""])),
        (
            "step_transfers",
            &["transfer_id", "person_id", "date", "direction"],
            vec![row(&["1", "P1", "1900-01-01", "to_early_help"])],
        ),
        ("policies", &["policy_id", "last_reviewed"], vec![row(&["1", ""]), row(&["1", ""])]),
    ];
    tables.iter().for_each(|table| add(&mut builder, table));
    builder.build().notices()
}
