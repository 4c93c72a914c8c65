//! Care plans of children looked after.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::extract::Extract;
use super::ids;
use super::sheet::{Sheet, Values};
use super::siblings::{alike, shared};
use crate::diary::EXTRACT;
use crate::tables::Row;

/// `ssd_cla_care_plan`.
pub(super) fn care_plans(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "lacp_table_id",
        "lacp_person_id",
        "lacp_cla_care_plan_start_date",
        "lacp_cla_care_plan_end_date",
        "lacp_cla_care_plan_json",
    ];
    let mut sheet = Sheet::new("ssd_cla_care_plan", &columns).renamed(
        "lacp_table_id",
        "lacp_cla_care_plan_id",
        choice.of(System::Mosaic),
    );
    // Eclipse's script only stands for one.
    if choice.of(System::Eclipse) || choice.is(Variant::TableOfNulls) {
        sheet.add(Values::default());
        return Ok(sheet);
    }
    let rows = extract.rows(Table::CarePlans)?;
    let steps = shared(&rows, "care_plan_id", |row| alike(row, &["start_date"]));
    let reviewed = reviewed(extract)?;
    for row in &rows {
        let id = row.get("care_plan_id");
        let mut parts = vec![(row.get("start_date").to_owned(), row.get("end_date").to_owned())];
        if choice.is(Variant::Mp) {
            let days = reviewed.get(row.get("person_id")).map(Vec::as_slice).unwrap_or_default();
            parts = steps_of(row, days, choice.losses);
        }
        for (part, (start, end)) in parts.into_iter().enumerate() {
            let step = extract.step(Table::CarePlans, id, &steps);
            let values = Values::of(row)
                // Each step of review has an id of its own.
                .text("lacp_table_id", if choice.is(Variant::Mp) { format!("{step}{part:02}") } else { step })
                .text("lacp_person_id", ids::person(row.get("person_id")))
                .date("lacp_cla_care_plan_start_date", start)
                .date("lacp_cla_care_plan_end_date", end)
                .text("lacp_cla_care_plan_json", r#"{"REMAINSUP":"N", "NOTE":"agreed, see plan"}"#);
            sheet.add(values);
        }
    }
    Ok(sheet)
}

/// The days of reviews that were held, by child.
fn reviewed(extract: &Extract<'_>) -> Result<BTreeMap<String, Vec<String>>, Box<dyn Error>> {
    let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in extract.rows(Table::ClaReviews)? {
        if !row.get("date").is_empty() && row.get("cancelled") != "true" {
            let child = extract.links.child(row.get("cla_id")).to_owned();
            days.entry(child).or_default().push(row.get("date").to_owned());
        }
    }
    for days in days.values_mut() {
        days.sort_unstable();
    }
    Ok(days)
}

/// A plan as the steps of review that it went through, each from the review before to its own. What has not been
/// reviewed is a step that is not complete: with losses it is gone, else it counts as completed at the extract.
fn steps_of(plan: &Row, reviewed: &[String], losses: bool) -> Vec<(String, String)> {
    let (mut start, end) = (plan.get("start_date").to_owned(), plan.get("end_date"));
    let mut steps = Vec::new();
    let is_within = |day: &&String| end.is_empty() || day.as_str() <= end;
    for day in reviewed.iter().filter(is_within) {
        if start < *day {
            steps.push((start, day.clone()));
            start = day.clone();
        }
    }
    let is_open = end.is_empty();
    let last = if is_open { EXTRACT.to_string() } else { end.to_owned() };
    if start < last && !(is_open && losses) {
        steps.push((start, last));
    }
    steps
}
