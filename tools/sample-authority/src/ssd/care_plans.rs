//! Care plans of children looked after.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::extract::Extract;
use super::ids;
use super::links::Links;
use super::sheet::{Sheet, Values};
use super::siblings::{alike, shared};
use crate::diary::EXTRACT;
use crate::tables::{Row, Tables};

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
    // Eclipse's script writes a row of nulls and no more.
    if choice.of(System::Eclipse) || choice.is(Variant::TableOfNulls) {
        sheet.add(Values::default());
        return Ok(sheet);
    }
    let rows = extract.rows(Table::CarePlans)?;
    let steps = shared(&rows, "care_plan_id", |row| alike(row, &["start_date"]));
    let reviewed = reviewed(extract.tables, &extract.links)?;
    for row in &rows {
        let id = extract.step(Table::CarePlans, row.get("care_plan_id"), &steps);
        let parts = if choice.is(Variant::Mp) {
            reviewed.steps(row, choice.losses)
        } else {
            vec![(row.get("start_date").to_owned(), row.get("end_date").to_owned())]
        };
        for (part, (start, end)) in parts.into_iter().enumerate() {
            let values = Values::of(row)
                // Each step of review has an id of its own.
                .text("lacp_table_id", if choice.is(Variant::Mp) { part_id(&id, part) } else { id.clone() })
                .text("lacp_person_id", ids::person(row.get("person_id")))
                .date("lacp_cla_care_plan_start_date", start)
                .date("lacp_cla_care_plan_end_date", end)
                .text("lacp_cla_care_plan_json", r#"{"REMAINSUP":"N", "NOTE":"agreed, see plan"}"#);
            sheet.add(values);
        }
    }
    Ok(sheet)
}

/// The id of a step of a plan.
fn part_id(plan: &str, part: usize) -> String {
    format!("{plan}{part:02}")
}

/// The days of reviews that were held by the day of the extract, by child.
struct Reviewed(BTreeMap<String, Vec<String>>);

/// Reads them.
fn reviewed(tables: &Tables<'_>, links: &Links) -> Result<Reviewed, Box<dyn Error>> {
    let today = EXTRACT.to_string();
    let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in tables.rows(Table::ClaReviews)? {
        let date = row.get("date");
        // What is planned for a later day is no step that is complete.
        if !date.is_empty() && date <= today.as_str() && row.get("cancelled") != "true" {
            let child = links.child(row.get("cla_id")).to_owned();
            days.entry(child).or_default().push(date.to_owned());
        }
    }
    for days in days.values_mut() {
        days.sort_unstable();
    }
    Ok(Reviewed(days))
}

impl Reviewed {
    /// A plan as the steps of review that it went through, each from the review before to its own. What has not been
    /// reviewed is a step that is not complete: with losses it is gone, else it counts as completed at the extract.
    fn steps(&self, plan: &Row, losses: bool) -> Vec<(String, String)> {
        let (mut start, end) = (plan.get("start_date").to_owned(), plan.get("end_date"));
        let is_within = |day: &&String| end.is_empty() || day.as_str() <= end;
        let mut steps = Vec::new();
        for day in self.0.get(plan.get("person_id")).into_iter().flatten().filter(is_within) {
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
}

/// A care plan that lasts, as far as its steps tell, to the next step or to the end of care.
pub(super) struct Lasting {
    pub(super) id: String,
    pub(super) person: String,
    pub(super) start: String,
    /// Empty where the care goes on.
    pub(super) end: String,
}

/// The care plans as whoever reads the steps finds them.
pub(super) fn lasting(tables: &Tables<'_>, losses: bool) -> Result<Vec<Lasting>, Box<dyn Error>> {
    let links = Links::read(tables)?;
    let reviewed = reviewed(tables, &links)?;
    let mut plans: BTreeMap<String, Vec<Lasting>> = BTreeMap::new();
    for row in tables.rows(Table::CarePlans)? {
        let (id, person) = (ids::row(Table::CarePlans, row.get("care_plan_id")), row.get("person_id"));
        for (part, (start, _)) in reviewed.steps(&row, losses).into_iter().enumerate() {
            let plan = Lasting {
                id: part_id(&id, part),
                person: person.to_owned(),
                end: links.care_end(person, &start).to_owned(),
                start,
            };
            plans.entry(person.to_owned()).or_default().push(plan);
        }
    }
    for plans in plans.values_mut() {
        plans.sort_by(|a, b| a.start.cmp(&b.start));
        let next: Vec<String> = plans.iter().skip(1).map(|plan| plan.start.clone()).collect();
        for (plan, next) in plans.iter_mut().zip(next) {
            if plan.end.is_empty() || next < plan.end {
                plan.end = next;
            }
        }
    }
    Ok(plans.into_values().flatten().collect())
}
