//! What is due as at a date: who is asked for, what is listed, and in which order.

use chrono::NaiveDate;
use csc_measures::due::{CLOCKS, Cohort, DueError, DueFilter, DueOutcome, Obligation};
use csc_measures::{Clock, Dataset, Options, Rag};
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dataset(tables: Value) -> Dataset {
    crate::common::dataset(&serde_json::from_value(tables).unwrap())
}

fn filter(text: &str) -> DueFilter {
    serde_json::from_str(text).unwrap()
}

/// Two children on plans with their workers, one of them looked after besides.
fn two_children() -> Dataset {
    dataset(json!({
        "persons": [
            { "person_id": "P1", "date_of_birth": "2010-05-05" },
            { "person_id": "P2", "date_of_birth": "2000-06-10" },
            { "person_id": "P3", "date_of_birth": null, "expected_date_of_birth": "2017-08-01" }
        ],
        "cp_plans": [
            { "cp_plan_id": "CP1", "person_id": "P1", "start_date": "2017-01-03", "end_date": null },
            { "cp_plan_id": "CP3", "person_id": "P3", "start_date": "2017-03-01", "end_date": null }
        ],
        "cp_visits": [
            { "cp_visit_id": "V1", "person_id": "P1", "date": "2017-03-29", "seen": true }
        ],
        "cp_reviews": [],
        "cin_plans": [], "cin_visits": [],
        "cla_episodes": [
            { "cla_episode_id": "E2", "person_id": "P2", "cla_id": "C2", "start_date": "2017-03-01", "end_date": null }
        ],
        "cla_visits": [],
        "cla_reviews": [{ "cla_review_id": "R2", "cla_id": "C2", "date": "2017-03-20" }],
        "care_plans": [],
        "workers": [
            { "worker_id": "W1", "team": "North Team" },
            { "worker_id": "W2", "team": "South" }
        ],
        "involvements": [
            { "involvement_id": "I1", "worker_id": "W2", "person_id": "P1", "start_date": "2017-01-03", "end_date": null, "role": null },
            { "involvement_id": "I2", "worker_id": "W1", "person_id": "P1", "start_date": "2017-02-01", "end_date": null, "role": "allocated case worker" },
            { "involvement_id": "I3", "worker_id": "W2", "person_id": "P1", "start_date": "2017-03-01", "end_date": null, "role": "Reviewing officer" },
            { "involvement_id": "I4", "worker_id": "W9", "person_id": "P2", "start_date": "2017-03-01", "end_date": null, "role": null }
        ]
    }))
}

fn clocks(obligations: &[Obligation]) -> Vec<&str> {
    obligations.iter().map(|one| one.clock).collect()
}

#[test]
fn one_child_has_cohorts_a_worker_and_obligations_soonest_first() {
    let child = two_children().person("P1", day("2017-04-26"), &Options::default()).unwrap();
    assert_eq!((child.person.as_str(), child.age), ("P1", Some(6)));
    assert_eq!((child.worker.as_deref(), child.team.as_deref()), (Some("W1"), Some("North Team")));
    let cohort = &child.cohorts[0];
    assert_eq!(
        (cohort.cohort, cohort.record.as_str(), cohort.since),
        (Cohort::Cp, "CP1", Some(day("2017-01-03")))
    );
    assert_eq!(clocks(&child.obligations), ["cp_first_review", "cp_visit"]);

    let review = &child.obligations[0];
    assert_eq!((review.due, review.outcome), (Some(day("2017-04-03")), DueOutcome::Overdue));
    assert_eq!((review.days_left, review.days_over, review.elapsed), (None, Some(23), Some(113)));
    assert_eq!((review.rag, &*review.measure), (Some(Rag::Red), "O3.M3"));
    assert_eq!((review.last_done, review.record.as_deref()), (None, Some("CP1")));

    let visit = &child.obligations[1];
    assert_eq!((visit.due, visit.outcome), (Some(day("2017-04-28")), DueOutcome::NotYetDue));
    assert_eq!((visit.days_left, visit.rag), (Some(2), Some(Rag::Amber)));
    assert_eq!((visit.last_done, visit.worker.as_deref()), (Some(day("2017-03-29")), Some("W1")));
}

#[test]
fn the_weekend_after_a_due_friday_is_still_in_time() {
    let dataset = two_children();
    let mut options = Options::default();
    options.measures = Some(vec!["O3.M4".to_owned()]);
    let visit = |as_at| dataset.person("P1", day(as_at), &options).unwrap().obligations.remove(0);
    // due on Friday 28 April; Monday 1 May is a bank holiday
    let holiday = visit("2017-05-01");
    assert_eq!(
        (holiday.outcome, holiday.days_left, holiday.rag),
        (DueOutcome::NotYetDue, Some(0), Some(Rag::Amber))
    );
    let late = visit("2017-05-02");
    assert_eq!((late.outcome, late.days_over, late.rag), (DueOutcome::Overdue, Some(1), Some(Rag::Red)));
}

#[test]
fn a_child_looked_after_has_visits_reviews_and_plans_to_come() {
    let child = two_children().person("P2", day("2017-04-03"), &Options::default()).unwrap();
    assert_eq!(
        (child.worker.as_deref(), child.team.as_deref()),
        (Some("W9"), None),
        "a worker without a row"
    );
    assert_eq!(child.cohorts[0].cohort, Cohort::LookedAfter);
    assert_eq!(
        clocks(&child.obligations),
        [
            // ten working days from 1 March, the 28th day, thirty working days, three months
            "cla_care_plan",
            "cla_care_plan_28th_day",
            "cla_visit_local",
            "cla_second_review",
        ]
    );
    let review = child.obligations.last().unwrap();
    assert_eq!((review.anchor, review.due), (Some(day("2017-03-20")), Some(day("2017-06-20"))));
    assert_eq!(review.last_done, Some(day("2017-03-20")));
    // no placements, and neither pathway plans nor care leavers
    let gaps: Vec<_> = child.not_supplied.iter().map(|gap| gap.measure.clone()).collect();
    for measure in ["O3.M5.statutory", "O6.M6", "O6.M11"] {
        assert!(gaps.iter().any(|gap| *gap == measure), "{measure}: {gaps:?}");
    }
    assert!(child.warnings.contains(&"without:legal_statuses".to_owned()), "{:?}", child.warnings);
}

#[test]
fn a_review_that_cannot_be_late_before_the_eighteenth_birthday_is_not_owed() {
    // Turns 18 on 10 June 2018: a review held on 1 March 2018 would be due again on 1 September.
    let child = |last: &str| {
        let tables = json!({
            "persons": [{ "person_id": "P", "date_of_birth": "2000-06-10" }],
            "cp_plans": [{ "cp_plan_id": "CP", "person_id": "P", "start_date": "2017-10-02", "end_date": null }],
            "cp_reviews": [
                { "cp_review_id": "R1", "person_id": "P", "cp_plan_id": "CP", "date": "2017-12-05" },
                { "cp_review_id": "R2", "person_id": "P", "cp_plan_id": "CP", "date": last }
            ]
        });
        dataset(tables).person("P", day("2018-04-03"), &Options::default()).unwrap().obligations
    };
    assert_eq!(clocks(&child("2018-03-01")), [""; 0]);
    // A review after the day is not known yet, and changes nothing.
    let waiting = child("2018-06-01");
    assert_eq!(waiting[0].due, Some(day("2018-06-05")));
    assert_eq!(waiting[0].clock, "cp_review");
}

#[test]
fn what_is_there_is_not_owed() {
    // Sixteen, in care since 2015, with a care plan from the start and a pathway plan from the birthday.
    let tables = |pathway_plans: Value| {
        json!({
            "persons": [{ "person_id": "P", "date_of_birth": "2000-06-10" }],
            "cla_episodes": [
                { "cla_episode_id": "E", "person_id": "P", "cla_id": "C", "start_date": "2015-03-02", "end_date": null }
            ],
            "care_plans": [{ "care_plan_id": "CPL", "person_id": "P", "start_date": "2015-03-02", "end_date": null }],
            "pathway_plans": pathway_plans
        })
    };
    let owed = |tables| {
        clocks(&dataset(tables).person("P", day("2017-04-03"), &Options::default()).unwrap().obligations)
            .join(" ")
    };
    assert_eq!(owed(tables(json!([]))), "pathway_plan");
    let plan =
        json!([{ "pathway_plan_id": "PP", "person_id": "P", "start_date": "2016-06-10", "end_date": null }]);
    assert_eq!(owed(tables(plan)), "");
}

#[test]
fn an_unborn_child_is_owed_no_visit_and_one_never_born_is_asked_about() {
    let dataset = two_children();
    let at = |date| dataset.person("P3", day(date), &Options::default()).unwrap();
    let unborn = at("2017-04-26");
    assert_eq!((unborn.age, unborn.cohorts.len()), (None, 1));
    assert_eq!(clocks(&unborn.obligations), ["cp_first_review"]);
    let overdue = at("2017-08-30");
    let visit = overdue.obligations.iter().find(|one| one.clock == "cp_visit").unwrap();
    assert_eq!((visit.outcome, visit.due, visit.rag), (DueOutcome::Unknown, None, None));
    assert_eq!(visit.reason.unwrap().as_str(), "birth_not_recorded");
    assert_eq!(overdue.obligations.last().unwrap(), visit, "what has no date comes last");
}

#[test]
fn the_list_is_filtered_by_horizon_colour_clock_and_team() {
    let dataset = two_children();
    let list = |text: &str| {
        let list = dataset.due_list(day("2017-04-03"), &Options::default(), &filter(text)).unwrap();
        list.obligations.into_iter().map(|one| (one.person, one.clock)).collect::<Vec<_>>()
    };
    let everything = list("{}");
    let mut sorted = everything.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), everything.len());

    let overdue = list(r#"{ "rag": ["red"] }"#);
    assert_eq!(
        overdue.iter().map(|one| one.1).collect::<Vec<_>>(),
        ["cla_care_plan", "cla_care_plan_28th_day"]
    );
    // P1's review is due on the day itself, P2's local visit 7 working days on, over Easter
    let today: Vec<_> = list(r#"{ "within": 0 }"#);
    assert_eq!(today.len(), overdue.len() + 1);
    assert!(today.contains(&("P1".into(), "cp_first_review")));
    let visit = ("P2".to_owned(), "cla_visit_local");
    assert!(!list(r#"{ "within": 6 }"#).contains(&visit) && list(r#"{ "within": 7 }"#).contains(&visit));
    assert_eq!(list(r#"{ "clocks": ["cp_visit", "cla_review"] }"#), [("P1".to_owned(), "cp_visit")]);
    assert!(list(r#"{ "teams": ["north_team"] }"#).iter().all(|one| one.0 == "P1"));
    assert_eq!(list(r#"{ "teams": ["north_team"] }"#).len(), 2);
    assert!(list(r#"{ "teams": ["south"] }"#).is_empty(), "the reviewing officer is not the lead worker");
}

#[test]
fn the_list_is_everybodys_view() {
    let dataset = two_children();
    let options = Options::default();
    for date in ["2017-01-03", "2017-04-03", "2017-08-30", "2050-12-30"] {
        let list = dataset.due_list(day(date), &options, &DueFilter::default()).unwrap();
        let mut views: Vec<Obligation> = ["P1", "P2", "P3"]
            .iter()
            .flat_map(|id| dataset.person(id, day(date), &options).unwrap().obligations)
            .collect();
        assert_eq!(views.len(), list.obligations.len());
        views.sort_by(|a, b| {
            let key = |one: &Obligation| {
                (one.due.is_none(), one.due, one.person.clone(), one.clock, one.record.clone())
            };
            key(a).cmp(&key(b))
        });
        assert_eq!(views, list.obligations, "{date}");
    }
}

#[test]
fn wrong_questions_are_refused() {
    let dataset = two_children();
    let options = Options::default();
    let unknown = dataset.person("P9", day("2017-04-03"), &options).unwrap_err();
    assert_eq!(unknown.to_string(), "person `P9` is in none of the tables");
    let filter = filter(r#"{ "clocks": ["core_group"] }"#);
    let clock = dataset.due_list(day("2017-04-03"), &options, &filter).unwrap_err();
    assert!(matches!(clock, DueError::ClockWithoutTable { .. }), "{clock}");
    assert!(
        clock.to_string().starts_with(
            "`core_group` cannot be listed: no input table holds its dates; the clocks that can be listed are assessment, "
        )
    );
    let typo = serde_json::from_str::<DueFilter>(r#"{ "team": ["North"] }"#).unwrap_err();
    assert!(typo.to_string().contains("unknown field `team`"), "{typo}");
}

#[test]
fn every_clock_that_can_be_listed_is_one_of_the_table_and_names_its_measure() {
    let order: Vec<&str> = Clock::all().map(|clock| clock.id()).filter(|id| CLOCKS.contains(id)).collect();
    assert_eq!(order, CLOCKS);
}

#[test]
fn tables_that_were_not_given_are_empty_on_request() {
    let given = |declare: fn(&mut csc_measures::DatasetBuilder)| {
        let mut builder = Dataset::builder();
        let mut plans = csc_measures::Rows::new(3);
        plans.push(["CP1", "P1", "2017-03-01"].map(csc_measures::Scalar::Text));
        let chunk = csc_measures::Chunk { rows: 1, columns: &plans.columns(), bad_rows: &[] };
        builder.table("cp_plans", &["cp_plan_id", "person_id", "start_date"]).unwrap().chunk(&chunk).unwrap();
        declare(&mut builder);
        builder.build()
    };
    let silent = given(|_| ());
    let empty = given(|builder| {
        builder.declare_others().unwrap();
    });
    let by_hand = given(|builder| {
        for table in csc_measures::tables::Table::ALL.iter().filter(|table| table.name() != "cp_plans") {
            let header: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
            builder.declare(table.name(), &header).unwrap();
        }
    });
    let view = |dataset: &Dataset| {
        serde_json::to_value(dataset.person("P1", day("2017-03-31"), &Options::default()).unwrap()).unwrap()
    };
    assert_eq!(view(&silent)["obligations"], json!([]));
    let owed = view(&empty);
    let clocks: Vec<&Value> =
        owed["obligations"].as_array().unwrap().iter().map(|owed| &owed["clock"]).collect();
    assert!(clocks.contains(&&json!("cp_visit")), "{clocks:?}");
    assert_eq!(owed, view(&by_hand));
    let card = |dataset: &Dataset| {
        let months = ("2016-04".parse().unwrap(), "2017-03".parse().unwrap());
        serde_json::to_string(&dataset.scorecard(months.0, months.1, &Options::default()).unwrap()).unwrap()
    };
    assert_eq!(card(&empty), card(&by_hand));
}
