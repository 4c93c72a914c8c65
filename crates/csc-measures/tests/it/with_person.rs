//! A dataset with other rows of one child: which answers change, and what is refused.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use csc_measures::due::DueFilter;
use csc_measures::{Dataset, DatasetBuilder, ErrorKind, Month, Options, WithPersonError};
use serde_json::{Map, Value, json};

use crate::common;

fn march() -> Month {
    "2017-03".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn builder(tables: &Value) -> DatasetBuilder {
    let tables: BTreeMap<String, Vec<Map<String, Value>>> = serde_json::from_value(tables.clone()).unwrap();
    common::builder(&tables)
}

/// Two children with plans and reviews, one of them looked after; two workers, of whom one has both.
fn authority() -> Value {
    json!({
        "persons": [
            {"person_id": "P1", "date_of_birth": "2010-01-01", "area": "North"},
            {"person_id": "P2", "date_of_birth": "2011-01-01", "area": "north"}
        ],
        "referrals": [
            {"referral_id": "R1", "person_id": "P1", "referral_date": "2016-10-03", "team": "MASH"},
            {"referral_id": "R2", "person_id": "P2", "referral_date": "2016-10-04", "team": "Front"}
        ],
        "assessments": [
            {"assessment_id": "A1", "person_id": "P1", "referral_id": "R1", "start_date": "2017-01-10"},
            {"assessment_id": "A2", "person_id": "P2", "referral_id": "R2", "start_date": "2017-01-11"}
        ],
        "cp_plans": [
            {"cp_plan_id": "CP1", "person_id": "P1", "start_date": "2017-01-03"},
            {"cp_plan_id": "CP2", "person_id": "P2", "start_date": "2017-01-03"}
        ],
        "cp_visits": [
            {"cp_visit_id": "V1", "person_id": "P1", "date": "2017-01-09", "seen": true},
            {"cp_visit_id": "V2", "person_id": "P2", "date": "2017-03-20", "seen": true}
        ],
        "cla_episodes": [
            {"cla_episode_id": "E2", "person_id": "P2", "cla_id": "C2", "start_date": "2017-02-01"}
        ],
        "cla_reviews": [{"cla_review_id": "CR2", "cla_id": "C2", "date": "2017-02-20"}],
        "workers": [
            {"worker_id": "W1", "team": "East", "fte": 1.0},
            {"worker_id": "W2", "team": "West", "fte": 1.0}
        ],
        "involvements": [
            {"involvement_id": "I1", "worker_id": "W1", "person_id": "P1", "start_date": "2017-01-03"},
            {"involvement_id": "I2", "worker_id": "W1", "person_id": "P2", "start_date": "2017-01-03"}
        ],
        "audits": [
            {"audit_id": "AU1", "person_id": "P1", "completed_date": "2017-03-07", "judgement": "good"},
            {"audit_id": "AU0", "person_id": null, "completed_date": "2017-03-08", "judgement": "good"}
        ],
        "care_proceedings": [{"case_id": "K1", "issue_date": "2017-01-20", "concluded_date": "2017-03-20"}],
        "final_order_applications": [{
            "application_id": "F1", "case_id": "K1", "person_id": "P1", "filed_date": "2017-02-01",
            "decided_date": "2017-03-20", "order_sought": "care", "order_made": "care"
        }]
    })
}

/// The rows of P1, of whom some are changed.
fn of_p1(changes: Value) -> DatasetBuilder {
    let mut rows = authority();
    for (_, table) in rows.as_object_mut().unwrap() {
        table.as_array_mut().unwrap().retain(|row| row["person_id"] == "P1");
    }
    rows.as_object_mut().unwrap().retain(|_, table| *table != json!([]));
    let Value::Object(changes) = changes else { panic!("changes are tables") };
    rows.as_object_mut().unwrap().extend(changes);
    builder(&rows)
}

fn dataset() -> Dataset {
    builder(&authority()).build()
}

fn refusal(rows: DatasetBuilder) -> String {
    dataset().with_person(rows).unwrap_err().to_string()
}

fn value(dataset: &Dataset, measure: &str) -> String {
    let card = dataset.scorecard(march(), march(), &Options::default()).unwrap();
    card.result(measure, march()).unwrap().numerator.unwrap().to_string()
}

#[test]
fn a_visit_that_is_recorded_is_seen_in_the_new_dataset_alone() {
    let before = dataset();
    let visits = json!({"cp_visits": [
        {"cp_visit_id": "V1", "person_id": "P1", "date": "2017-01-09", "seen": true},
        {"cp_visit_id": "V3", "person_id": "P1", "date": "2017-03-24", "seen": true}
    ]});
    let after = before.with_person(of_p1(visits)).unwrap();
    assert_eq!((value(&before, "O3.M4"), value(&after, "O3.M4")), ("1".into(), "2".into()));
    let overdue = |dataset: &Dataset| {
        let list = dataset.due_list(day("2017-03-31"), &Options::default(), &DueFilter::default()).unwrap();
        list.obligations.iter().filter(|one| one.person == "P1" && one.clock == "cp_visit").count()
    };
    assert_eq!((overdue(&before), overdue(&after)), (1, 1));
    let due = |dataset: &Dataset| {
        let child = dataset.person("P1", day("2017-03-31"), &Options::default()).unwrap();
        child.obligations.iter().find(|one| one.clock == "cp_visit").unwrap().due
    };
    assert_eq!((due(&before), due(&after)), (Some(day("2017-02-06")), Some(day("2017-04-25"))));
}

#[test]
fn workers_audits_and_court_cases_are_told_by_the_new_rows() {
    let handed_over = json!({
        "involvements": [
            {"involvement_id": "I1", "worker_id": "W2", "person_id": "P1", "start_date": "2017-01-03"}
        ],
        "audits": [],
        "final_order_applications": []
    });
    let after = dataset().with_person(of_p1(handed_over)).unwrap();
    let cases = |dataset: &Dataset, measure: &str| {
        let card = dataset.scorecard(march(), march(), &Options::default()).unwrap();
        let cases = card.cases(measure, march()).unwrap();
        cases
            .iter()
            .map(|case| (case.subject.clone(), case.numerator.unwrap().to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(cases(&dataset(), "O1.M1"), [("W1".to_owned(), "2".to_owned())]);
    assert_eq!(cases(&after, "O1.M1"), ["W1", "W2"].map(|worker| (worker.to_owned(), "1".to_owned())));
    assert_eq!((value(&dataset(), "O3.M8"), value(&after, "O3.M8")), ("2".into(), "1".into()));
    assert_eq!((value(&dataset(), "O7.M3"), value(&after, "O7.M3")), ("1".into(), "0".into()));
    // The team of a worker whose row was not given.
    let child = after.person("P1", day("2017-03-31"), &Options::default()).unwrap();
    assert_eq!((child.worker.as_deref(), child.team.as_deref()), (Some("W2"), Some("West")));
}

#[test]
fn a_child_can_be_taken_out_and_come_back() {
    let without = dataset().without_person(" P1 ").unwrap();
    assert_eq!(without.person_count(), 1);
    assert_eq!(value(&without, "O3.M4"), "1");
    assert!(without.person("P1", day("2017-03-31"), &Options::default()).is_err());
    // Nobody else was referred by that team.
    assert!(without.check_team("MASH").is_err() && without.check_team("East").is_ok());
    let error = without.without_person("P1").unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.kind()),
        ("person `P1` is in none of the tables", ErrorKind::UnknownName,)
    );
    let back = without.with_person(of_p1(json!({}))).unwrap();
    let text = |dataset: &Dataset| {
        let card = dataset.scorecard(march(), march(), &Options::default()).unwrap();
        serde_json::to_string(&card).unwrap()
    };
    assert_eq!(text(&back), text(&dataset()));
    assert_eq!(back.person_count(), 2);
}

#[test]
fn a_group_has_the_spelling_of_those_who_are_there() {
    let options: Options =
        serde_json::from_value(json!({"breakdown": ["area"], "measures": ["O3.M4"]})).unwrap();
    let groups = |dataset: &Dataset| {
        let card = dataset.scorecard(march(), march(), &options).unwrap();
        card.groups().iter().map(|group| group.group.clone().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(groups(&dataset()), ["North"]);
    assert_eq!(groups(&dataset().without_person("P1").unwrap()), ["north"]);
}

/// First and last dates are decided of the whole: a visit after the last day of all does not move it, in the new
/// dataset nor in what is made of that.
#[test]
fn a_date_after_the_last_leaves_the_last_date_as_it_was() {
    let mut rows = authority();
    let visits: Vec<Value> = (0..20)
        .map(|n| json!({"cp_visit_id": format!("V{n}"), "person_id": "P2", "date": "2017-01-20", "seen": true}))
        .collect();
    rows["cp_visits"] = json!(visits);
    let dataset = builder(&rows).build();
    let later = json!({"cp_visits": [
        {"cp_visit_id": "L", "person_id": "P1", "date": "2017-03-24", "seen": true}
    ]});
    let after = dataset.with_person(of_p1(later)).unwrap();
    let card = after.scorecard(march(), march(), &Options::default()).unwrap();
    let seen = card.result("O3.M4", march()).unwrap();
    assert_eq!(seen.numerator.unwrap().to_string(), "1");
    assert!(seen.warnings.contains(&"after_data:cp_visits".to_owned()));
    assert_eq!(after.tables(), dataset.tables());
    assert_eq!(after.columns(), dataset.columns());
}

#[test]
fn issues_of_new_rows_name_the_person() {
    let unread = json!({"cp_visits": [
        {"cp_visit_id": "V1", "person_id": "P1", "date": "soon", "seen": true}
    ]});
    let after = dataset().with_person(of_p1(unread)).unwrap();
    let issues: Vec<_> =
        after.issues().iter().map(|issue| (issue.source(), issue.row(), issue.code().as_str())).collect();
    assert_eq!(issues, [(Some("person P1"), 1, "bad_date")]);
}

#[test]
fn rows_that_are_not_one_childs_are_refused() {
    assert_eq!(
        refusal(builder(&json!({"cp_plans": []}))),
        "no row that can be used names a person; give the rows of one child, or take a child out by its id"
    );
    let plans = json!({"cp_plans": [
        {"cp_plan_id": "CP1", "person_id": "P1", "start_date": "2017-01-03"},
        {"cp_plan_id": "CP2", "person_id": "P2", "start_date": "2017-01-03"}
    ]});
    assert_eq!(refusal(of_p1(plans)), "the rows are of `P1` and of `P2`; give those of one child at a time");
    let audits = json!({"audits": [
        {"audit_id": "AU0", "person_id": null, "completed_date": "2017-03-08", "judgement": "good"}
    ]});
    assert_eq!(
        refusal(of_p1(audits)),
        "row 1 of table `audits` names no person; give the rows of one child alone"
    );
    let reviews = json!({"cla_reviews": [{"cla_review_id": "CR2", "cla_id": "C2", "date": "2017-02-20"}]});
    assert_eq!(
        refusal(of_p1(reviews)),
        "a row of table `cla_reviews` is of the period of care `C2`, which no row of `cla_episodes` of the child has; \
         give the reviews of the child's own periods"
    );
    let workers = json!({"workers": [{"worker_id": "W1", "team": "East", "fte": 1.0}]});
    assert_eq!(
        refusal(of_p1(workers)),
        "table `workers` holds no rows of a child; leave it out, and if its rows changed build the dataset anew"
    );
}

#[test]
fn tables_and_columns_are_those_of_the_dataset() {
    let health = json!({"cla_health": [{"health_id": "H1", "person_id": "P1", "date": "2017-02-20"}]});
    let error = dataset().with_person(of_p1(health)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadTable);
    assert_eq!(
        error.to_string(),
        "table `cla_health` is not in the dataset; leave it out, or build the dataset anew with it"
    );
    let more = json!({"cp_plans": [
        {"cp_plan_id": "CP1", "person_id": "P1", "start_date": "2017-01-03", "end_date": "2017-03-01"}
    ]});
    assert_eq!(
        refusal(of_p1(more)),
        "column `end_date` of table `cp_plans` is in the rows and not in the dataset; give the columns that the dataset \
         has of the table"
    );
    let fewer = json!({"cp_visits": [{"cp_visit_id": "V1", "person_id": "P1", "date": "2017-01-09"}]});
    assert_eq!(
        refusal(of_p1(fewer)),
        "column `seen` of table `cp_visits` is in the dataset and not in the rows; give the columns that the dataset has \
         of the table"
    );
    let mut rows = of_p1(json!({}));
    rows.declare("ssd_missing", &["miss_table_id", "miss_person_id", "miss_missing_episode_start_date"])
        .unwrap();
    let error = dataset().with_person(rows).unwrap_err();
    assert!(matches!(error, WithPersonError::OfStandardDataset { .. }), "{error}");
}

#[test]
fn rows_that_hang_together_with_another_childs_are_refused() {
    let named = |table: &str, id: &str| {
        format!(
            "`{id}` of table `{table}` is also named by a row of another person; both would have to be read together, so \
             build the dataset anew"
        )
    };
    // The id of another child's row, and a reference to one.
    let plan = json!({"cp_plans": [{"cp_plan_id": "CP2", "person_id": "P1", "start_date": "2017-01-03"}]});
    assert_eq!(refusal(of_p1(plan)), named("cp_plans", "CP2"));
    let assessment = json!({"assessments": [
        {"assessment_id": "A1", "person_id": "P1", "referral_id": "R2", "start_date": "2017-01-10"}
    ]});
    assert_eq!(refusal(of_p1(assessment)), named("referrals", "R2"));

    // What another child refers to, and was not there.
    let mut rows = authority();
    rows["assessments"][1]["referral_id"] = json!("R9");
    let referral = json!({"referrals": [
        {"referral_id": "R9", "person_id": "P1", "referral_date": "2016-10-03", "team": "MASH"}
    ]});
    let error = builder(&rows).build().with_person(of_p1(referral.clone())).unwrap_err();
    assert_eq!(error.to_string(), named("referrals", "R9"));

    // The same among children whose rows were replaced.
    let live = dataset().with_person(of_p1(referral)).unwrap();
    let child = |referral: &str| {
        builder(&json!({
            "referrals": [{"referral_id": referral, "person_id": "P3", "referral_date": "2016-10-03", "team": "MASH"}],
            "assessments": [
                {"assessment_id": "A3", "person_id": "P3", "referral_id": "R1", "start_date": "2017-01-10"}
            ]
        }))
    };
    assert_eq!(live.with_person(child("R9")).unwrap_err().to_string(), named("referrals", "R9"));
    // P1 has no R1 any more, so nothing has it, until P1 has it again.
    let both = live.with_person(child("R3")).unwrap();
    assert_eq!(both.person_count(), 3);
    assert_eq!(both.with_person(of_p1(json!({}))).unwrap_err().to_string(), named("referrals", "R1"));
    // Without the other child it is P1's again.
    assert!(both.without_person("P3").unwrap().with_person(of_p1(json!({}))).is_ok());

    // Rows that refer to each other from the beginning.
    let mut rows = authority();
    rows["assessments"][1]["referral_id"] = json!("R1");
    let error = builder(&rows).build().with_person(of_p1(json!({}))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "rows of `P1` and of another person in the dataset refer to each other; both would have to be read together, so \
         build the dataset anew"
    );
}

#[test]
fn what_is_worked_out_from_a_dataset_as_it_was_built_is_refused() {
    let live = dataset().with_person(of_p1(json!({}))).unwrap();
    assert_eq!(
        live.part(march(), march(), &Options::default()).unwrap_err().to_string(),
        "rows of a child were replaced in the dataset; for a part of a scorecard build a dataset anew from all rows"
    );
    let card = live.scorecard(march(), march(), &Options::default()).unwrap();
    assert_eq!(
        card.quality().unwrap_err().to_string(),
        "rows of a child were replaced in the dataset; for the quality of the data build a dataset anew from all rows"
    );
}
