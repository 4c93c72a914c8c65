//! Facts that are worked out where they were not supplied: when, and that results say so.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use csc_measures::{Dataset, Month, Options, Part, Scorecard};
use serde_json::{Map, Value, json};

type Tables = BTreeMap<String, Vec<Map<String, Value>>>;

fn tables(tables: &Value) -> Tables {
    serde_json::from_value(tables.clone()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The result of a measure in a month, as JSON.
fn result(data: &Dataset, measure: &str, month: &str) -> Value {
    let month: Month = month.parse().unwrap();
    let card = data.scorecard(month, month, &Options::default()).unwrap();
    serde_json::to_value(card.result(measure, month).unwrap()).unwrap()
}

fn says(result: &Value, warning: &str) -> bool {
    result["warnings"].as_array().unwrap().iter().any(|told| told == warning)
}

/// Conferences that are due on 22 March, fifteen working days after 1 March, whose enquiries began on these days.
fn conferences(starts: &[&str]) -> Value {
    let numbered = || (1..).zip(starts);
    let enquiry = |(n, start): (usize, &&str)| json!({"s47e_s47_enquiry_id": format!("S{n}"), "s47e_person_id": format!("P{n}"), "s47e_s47_start_date": start});
    let conference = |(n, _)| {
        json!({
            "icpc_icpc_id": format!("I{n}"), "icpc_person_id": format!("P{n}"), "icpc_s47_enquiry_id": format!("S{n}"),
            "icpc_icpc_target_date": "2017-03-22", "icpc_icpc_date": "2017-03-23", "icpc_icpc_transfer_in": "N",
        })
    };
    json!({
        "ssd_s47_enquiry": numbered().map(enquiry).collect::<Vec<_>>(),
        "ssd_initial_cp_conference": numbered().map(conference).collect::<Vec<_>>(),
    })
}

/// Whether the discussions are told by the targets, given how many enquiries began on the day, shortly after it and
/// elsewhere.
fn is_told(on_the_day: usize, shortly_after: usize, elsewhere: usize) -> bool {
    let starts =
        [vec!["2017-03-01"; on_the_day], vec!["2017-03-03"; shortly_after], vec!["2017-03-07"; elsewhere]];
    let data = crate::common::dataset(&tables(&conferences(&starts.concat())));
    let result = result(&data, "O3.M2", "2017-03");
    let told = says(&result, "derived:strategy_date");
    // The sixteenth day from the first of March, the fourteenth from the third.
    let late = on_the_day + if told { shortly_after } else { 0 };
    assert_eq!(result["numerator"], on_the_day + shortly_after + elsewhere - late);
    told
}

#[test]
fn a_target_tells_the_discussion_if_nearly_all_steps_begin_shortly_after_it() {
    assert!(is_told(0, 1, 0) && is_told(3, 5, 0));
    // nineteen in twenty of those that are not the day
    assert!(is_told(0, 19, 1) && !is_told(0, 18, 1));
    assert!(is_told(100, 19, 1) && !is_told(100, 18, 1));
    // a start is the day of the discussion if nearly all are: another target was typed
    assert!(is_told(19, 1, 0) && !is_told(20, 1, 0));
    assert!(!is_told(5, 0, 0) && !is_told(0, 0, 5));
}

#[test]
fn tables_under_their_own_names_are_read_as_they_are_written() {
    let mut own = tables(&conferences(&["2017-03-02"]));
    let enquiries = own.remove("ssd_s47_enquiry").unwrap();
    own.insert("section_47_enquiries".to_owned(), enquiries);
    assert!(!says(&result(&crate::common::dataset(&own), "O3.M2", "2017-03"), "derived:strategy_date"));
}

#[test]
fn the_days_of_parts_are_those_of_the_whole_and_each_result_says_so() {
    let march: Month = "2017-03".parse().unwrap();
    let dataset = |starts| crate::common::dataset(&tables(&conferences(starts)));
    let part = |data: &Dataset| {
        let part = data.part(march, march, &Options::default()).unwrap();
        serde_json::from_str::<Part>(&serde_json::to_string(&part).unwrap()).unwrap()
    };
    let whole = dataset(&["2017-03-01", "2017-03-02"]);
    let nothing = {
        let mut builder = Dataset::builder();
        for (table, rows) in &tables(&conferences(&["2017-03-01"])) {
            builder.declare(table, &rows[0].keys().map(String::as_str).collect::<Vec<_>>()).unwrap();
        }
        builder.build()
    };
    let card = whole.scorecard(march, march, &Options::default()).unwrap();
    let told = serde_json::to_string(card.results()).unwrap();
    for parts in [[&whole, &nothing], [&nothing, &whole]] {
        let merged = Scorecard::merge(parts.map(part)).unwrap();
        assert_eq!(serde_json::to_string(merged.results()).unwrap(), told);
    }
    for measure in ["O3.M2", "O3.M2.published", "O3.M2.open_overdue"] {
        assert!(says(&result(&whole, measure, "2017-03"), "derived:strategy_date"), "{measure}");
    }
    // It is no fault of a row.
    assert!(whole.issues().is_empty());
}

#[test]
fn a_target_may_be_written_as_other_dates_of_its_table() {
    let mut builder = Dataset::builder();
    builder.date_form(csc_measures::DateForm::Uk);
    for (table, rows) in &tables(&conferences(&["2017-03-02"])) {
        let header: Vec<&str> = rows[0].keys().map(String::as_str).collect();
        let texts: Vec<String> = header
            .iter()
            .map(|name| {
                let text = rows[0][*name].as_str().unwrap();
                text.parse::<NaiveDate>().map_or(text.to_owned(), |day| day.format("%d/%m/%Y").to_string())
            })
            .collect();
        let mut given = csc_measures::Rows::new(header.len());
        given.push(texts.iter().map(|text| csc_measures::Scalar::Text(text)));
        let columns = given.columns();
        let chunk = csc_measures::Chunk { rows: 1, columns: &columns, bad_rows: &[] };
        builder.table(table, &header).unwrap().chunk(&chunk).unwrap();
    }
    assert!(says(&result(&builder.build(), "O3.M2", "2017-03"), "derived:strategy_date"));
}

#[test]
fn the_discussion_is_fifteen_working_days_before_every_working_day_of_a_year() {
    let calendar = csc_measures::calendar::Calendar::england_and_wales();
    let mut target = day("2017-01-03");
    while target < day("2018-01-01") {
        let mut tables = conferences(&["2017-03-02"]);
        let discussion = (1..40).filter_map(|back| target.checked_sub_days(Days::new(back))).find(|day| {
            calendar.is_working_day(*day).unwrap() && calendar.add_working_days(*day, 15).unwrap() == target
        });
        let start = discussion.map_or(target, |day| calendar.next_working_day(day).unwrap());
        tables["ssd_s47_enquiry"][0]["s47e_s47_start_date"] = json!(start);
        tables["ssd_initial_cp_conference"][0]["icpc_icpc_target_date"] = json!(target);
        tables["ssd_initial_cp_conference"][0]["icpc_icpc_date"] = json!(target);
        let data = crate::common::dataset(&self::tables(&tables));
        let month: Month = target.format("%Y-%m").to_string().parse().unwrap();
        let card = data.scorecard(month, month, &Options::default()).unwrap();
        let anchor = card.cases("O3.M2", month).unwrap()[0].anchor;
        assert_eq!(anchor, Some(discussion.unwrap_or(start)), "{target}");
        target = target.succ_opt().unwrap();
    }
}

/// Two children adopted in March, and what a system that keeps no dates of permanence has of them.
fn adopted() -> Value {
    let episode = |n: usize| {
        json!({
            "clae_cla_episode_id": format!("E{n}"), "clae_person_id": format!("P{n}"), "clae_cla_id": format!("L{n}"),
            "clae_cla_episode_start_date": "2015-01-10", "clae_cla_episode_ceased_date": "2017-03-01",
            "clae_cla_episode_ceased_reason": "E11 - Adopted", "clae_cla_placement_id": format!("H{n}"),
        })
    };
    let placement = |n: usize| {
        json!({
            "clap_cla_placement_id": format!("H{n}"), "clap_person_id": format!("P{n}"), "clap_cla_id": format!("L{n}"),
            "clap_cla_placement_start_date": "2016-01-10", "clap_cla_placement_end_date": "2017-03-01",
            "clap_cla_placement_type": "A6",
        })
    };
    json!({
        "ssd_cla_episodes": [episode(1), episode(2)],
        "ssd_cla_placement": [placement(1), placement(2)],
    })
}

/// A table of permanence that has ids and nothing else.
fn permanence(rows: usize) -> Value {
    let row = |n| {
        json!({
            "perm_table_id": format!("X{n}"), "perm_person_id": "P1", "perm_cla_id": "L1",
            "perm_placed_for_adoption_date": null, "perm_permanence_order_date": null, "perm_permanence_order_type": null,
        })
    };
    json!((0..rows).map(row).collect::<Vec<_>>())
}

#[test]
fn adoptions_are_told_by_care_where_permanence_has_no_dates() {
    for rows in [None, Some(20)] {
        let mut given = adopted();
        if let Some(rows) = rows {
            given["ssd_permanence"] = permanence(rows);
        }
        let data = crate::common::dataset(&tables(&given));
        let found = result(&data, "O6.M3", "2017-03");
        assert_eq!((&found["numerator"], &found["denominator"]), (&json!(730), &json!(2)), "{found}");
        assert!(says(&found, "derived:adoption_dates"));
        assert_eq!(says(&found, "without:permanence"), rows.is_none());
        assert_eq!(result(&data, "O6.M4", "2017-03")["status"], "not_supplied");
    }
    // A small table of nulls says that nobody was adopted.
    let mut given = adopted();
    given["ssd_permanence"] = permanence(2);
    let found = result(&crate::common::dataset(&tables(&given)), "O6.M3", "2017-03");
    assert_eq!(
        (found["status"].as_str(), says(&found, "derived:adoption_dates")),
        (Some("not_applicable"), false)
    );
}

#[test]
fn adoptions_are_not_told_without_the_reason_or_the_type_or_the_past() {
    for (table, column) in [
        ("ssd_cla_episodes", "clae_cla_episode_ceased_reason"),
        ("ssd_cla_episodes", "clae_cla_episode_ceased_date"),
        ("ssd_cla_placement", "clap_cla_placement_type"),
    ] {
        let mut given = adopted();
        for row in given[table].as_array_mut().unwrap() {
            row.as_object_mut().unwrap().remove(column);
        }
        let found = result(&crate::common::dataset(&tables(&given)), "O6.M3", "2017-03");
        assert_eq!(
            (&found["status"], &found["missing_tables"]),
            (&json!("not_supplied"), &json!(["permanence"])),
            "{column}"
        );
        assert!(!says(&found, "derived:adoption_dates"), "{column}");
    }
    // A list of those who are placed on a day has no earlier placements.
    let mut builder = Dataset::builder();
    for (table, rows) in &tables(&adopted()) {
        let header: Vec<&str> = rows[0].keys().map(String::as_str).collect();
        let mut given = csc_measures::Rows::new(header.len());
        for row in rows {
            given.push(header.iter().map(|name| csc_measures::Scalar::Text(row[*name].as_str().unwrap())));
        }
        let columns = given.columns();
        let chunk = csc_measures::Chunk { rows: rows.len(), columns: &columns, bad_rows: &[] };
        let mut table = builder.table(table, &header).unwrap();
        table.as_at(day("2017-03-31")).chunk(&chunk).unwrap();
    }
    assert_eq!(result(&builder.build(), "O6.M3", "2017-03")["status"], "not_supplied");
}

/// A part of whose children none was in an adoptive placement is worked out as the whole is.
#[test]
fn adoptions_of_parts_add_up_to_those_of_the_whole() {
    let march: Month = "2017-03".parse().unwrap();
    let mut given = adopted();
    given["ssd_cla_placement"][1]["clap_cla_placement_type"] = json!("U6");
    let of = |person: &str| {
        let mut tables = tables(&given);
        for rows in tables.values_mut() {
            rows.retain(|row| row.values().any(|value| value == person));
        }
        crate::common::dataset(&tables)
    };
    let part = |data: &Dataset| {
        let part = data.part(march, march, &Options::default()).unwrap();
        serde_json::from_str::<Part>(&serde_json::to_string(&part).unwrap()).unwrap()
    };
    let whole = crate::common::dataset(&tables(&given));
    let card = whole.scorecard(march, march, &Options::default()).unwrap();
    let merged = Scorecard::merge([part(&of("P2")), part(&of("P1"))]).unwrap();
    let results = |card: &Scorecard| serde_json::to_string(card.results()).unwrap();
    assert_eq!(results(&merged), results(&card));
    let found = result(&whole, "O6.M3", "2017-03");
    assert_eq!(found["outcomes"], json!({"counted": 1, "not_applicable": 1}));
}

/// Which tables tell is decided by all parts together: one of them alone may seem to have no dates of permanence.
#[test]
fn parts_of_a_table_of_nulls_are_what_the_whole_is() {
    let march: Month = "2017-03".parse().unwrap();
    let given = |rows: usize, persons: &[&str]| {
        let mut given = adopted();
        given["ssd_permanence"] = permanence(rows);
        let mut tables = tables(&given);
        for table in ["ssd_cla_episodes", "ssd_cla_placement"] {
            let rows = tables.get_mut(table).unwrap();
            rows.retain(|row| row.values().any(|value| persons.iter().any(|person| value == person)));
        }
        crate::common::dataset(&tables)
    };
    let part = |data: &Dataset| {
        let part = data.part(march, march, &Options::default()).unwrap();
        serde_json::from_str::<Part>(&serde_json::to_string(&part).unwrap()).unwrap()
    };
    let whole = given(20, &["P1", "P2"]);
    let card = whole.scorecard(march, march, &Options::default()).unwrap();
    let results = |card: &Scorecard| serde_json::to_string(card.results()).unwrap();
    assert_eq!(result(&whole, "O6.M3", "2017-03")["denominator"], 2);
    // Twelve rows of nulls say that nobody was adopted, and so do eight; twenty say nothing.
    let mut eight = tables(&json!({"ssd_permanence": permanence(20)}));
    let merged = {
        let rows = eight.get_mut("ssd_permanence").unwrap().split_off(12);
        let mut second = tables(&adopted());
        second.insert("ssd_permanence".to_owned(), rows);
        for table in ["ssd_cla_episodes", "ssd_cla_placement"] {
            second.get_mut(table).unwrap().remove(0);
        }
        Scorecard::merge([part(&given(12, &["P1"])), part(&crate::common::dataset(&second))]).unwrap()
    };
    assert_eq!(results(&merged), results(&card));
    // The shares of one dataset are judged by all of it.
    let shares = [0, 1].map(|index| whole.part_of(index, 2, march, march, &Options::default()).unwrap());
    assert_eq!(results(&Scorecard::merge(shares).unwrap()), results(&card));
}

/// Referrals that came from a source and were closed for a reason in March 2023.
fn referrals(sources: &[(&str, &str)]) -> Tables {
    let row = |(n, (source, reason)): (usize, &(&str, &str))| {
        json!({
            "cine_referral_id": format!("R{n}"), "cine_person_id": format!("P{n}"), "cine_referral_date": "2023-03-01",
            "cine_referral_source_code": source, "cine_close_date": "2023-03-20", "cine_close_reason": reason,
        })
    };
    tables(&json!({"ssd_cin_episodes": (1..).zip(sources).map(row).collect::<Vec<_>>()}))
}

#[test]
fn steps_of_parts_add_up_to_those_of_the_whole_though_one_knows_no_code() {
    let (march, april) = ("2022-03".parse::<Month>().unwrap(), "2023-04".parse::<Month>().unwrap());
    let part = |data: &Dataset| {
        let part = data.part(march, april, &Options::default()).unwrap();
        serde_json::from_str::<Part>(&serde_json::to_string(&part).unwrap()).unwrap()
    };
    let rows = [("5D", "RC9"), ("5C", "RC8"), ("", "RC9")];
    let whole = crate::common::dataset(&referrals(&rows));
    let card = whole.scorecard(march, april, &Options::default()).unwrap();
    let mut others = referrals(&rows);
    others.get_mut("ssd_cin_episodes").unwrap().remove(0);
    let parts = [&others, &referrals(&rows[..1])].map(|tables| part(&crate::common::dataset(tables)));
    let merged = Scorecard::merge(parts).unwrap();
    assert_eq!(
        serde_json::to_string(merged.results()).unwrap(),
        serde_json::to_string(card.results()).unwrap()
    );
    let figure = |measure| result(&whole, measure, "2023-03")["numerator"].clone();
    assert_eq!((figure("O8.M1"), figure("O8.M2")), (json!(2), json!(1)));
}

#[test]
fn referrals_under_the_librarys_own_name_say_what_they_say_in_every_month() {
    let mut own = referrals(&[("5D", "RC9")]);
    let rows = own.remove("ssd_cin_episodes").unwrap();
    own.insert("referrals".to_owned(), rows);
    let data = crate::common::dataset(&own);
    let (down, up) = (result(&data, "O8.M1", "2023-03"), result(&data, "O8.M2", "2023-03"));
    assert_eq!((&down["numerator"], says(&down, "derived:early_help")), (&json!(1), false));
    assert_eq!(up["status"], "not_supplied");
    assert_eq!(result(&data, "O8.M1", "2021-03")["status"], "ok");
}

/// Two children in need, one with a lead worker; the teams of involvement and plan are numbers of departments.
fn in_need() -> Value {
    let plan = |n: usize, team: &str| {
        json!({
            "cinp_cin_plan_id": format!("N{n}"), "cinp_person_id": format!("P{n}"),
            "cinp_cin_plan_start_date": "2016-12-01", "cinp_cin_plan_end_date": null, "cinp_cin_plan_team": team,
        })
    };
    let visit = |n: usize| json!({"cin_visit_id": format!("V{n}"), "person_id": format!("P{n}"), "date": "2017-03-17", "seen": true});
    json!({
        "ssd_cin_plans": [plan(1, "7"), plan(2, "8"), plan(3, "9")],
        "cin_visits": [visit(1), visit(2), visit(3)],
        "ssd_involvements": [{
            "invo_involvements_id": "I1", "invo_professional_id": "W1", "invo_person_id": "P1",
            "invo_professional_role_id": "CW", "invo_professional_team": "8.0",
            "invo_involvement_start_date": "2017-01-01", "invo_involvement_end_date": null,
        }],
        "ssd_department": [
            {"dept_team_id": "7", "dept_team_name": "East"},
            {"dept_team_id": "8", "dept_team_name": " West"},
        ],
    })
}

/// The groups of the visits to children in need by team.
fn by_team(data: &Dataset) -> Vec<(Option<String>, String)> {
    let march: Month = "2017-03".parse().unwrap();
    let options: Options = serde_json::from_value(json!({"breakdown": ["team"]})).unwrap();
    let card = data.scorecard(march, march, &options).unwrap();
    let groups = card.groups().iter().filter(|group| group.measure == *"O3.M7");
    groups.map(|group| (group.group.clone(), group.numerator.to_string())).collect()
}

#[test]
fn teams_of_cases_are_the_names_of_departments() {
    let data = crate::common::dataset(&tables(&in_need()));
    // The involvement's team wins over the plan's, and a number that no department has stands for itself.
    let named = |name: &str, count: &str| (Some(name.to_owned()), count.to_owned());
    assert_eq!(by_team(&data), [named("9", "1"), named("West", "2")]);
}

#[test]
fn teams_of_plans_under_the_librarys_own_name_are_no_column_of_it() {
    let mut own = tables(&in_need());
    let plans = own.remove("ssd_cin_plans").unwrap();
    own.insert("cin_plans".to_owned(), plans);
    let data = crate::common::dataset(&own);
    assert_eq!(by_team(&data), [(Some("West".to_owned()), "1".to_owned()), (None, "2".to_owned())]);
}

#[test]
fn the_team_of_a_row_that_is_left_out_is_nobodys() {
    let mut given = in_need();
    // The first of two rows of one id is left out, since it cannot be read; the second has another team.
    let mut spoilt = given["ssd_cin_plans"][2].clone();
    spoilt["cinp_cin_plan_start_date"] = json!("soon");
    spoilt["cinp_cin_plan_team"] = json!("7");
    given["ssd_cin_plans"].as_array_mut().unwrap().insert(0, spoilt);
    let named = |name: &str, count: &str| (Some(name.to_owned()), count.to_owned());
    assert_eq!(by_team(&crate::common::dataset(&tables(&given))), [named("9", "1"), named("West", "2")]);
}

#[test]
fn the_due_list_is_by_the_teams_of_cases() {
    let data = crate::common::dataset(&tables(&in_need()));
    let filter = serde_json::from_value(json!({"teams": ["west"]})).unwrap();
    let due = data.due_list(day("2017-03-31"), &Options::default(), &filter).unwrap();
    let due = serde_json::to_value(&due).unwrap();
    let due = due["obligations"].as_array().unwrap();
    let of: Vec<_> = due.iter().map(|due| (due["person"].as_str().unwrap(), due["team"].as_str())).collect();
    assert!(!of.is_empty() && of.iter().all(|of| *of == ("P1", Some("West"))), "{of:?}");
    assert!(data.check_team("East").is_ok());
    // A department that no row names does not become a team.
    assert!(
        crate::common::dataset(&tables(&json!({"ssd_department": in_need()["ssd_department"]})))
            .check_team("East")
            .is_err()
    );
}
