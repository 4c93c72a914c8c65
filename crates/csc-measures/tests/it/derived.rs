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
