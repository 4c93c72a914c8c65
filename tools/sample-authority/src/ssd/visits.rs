//! Visits to children in need and to children looked after.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::extract::Extract;
use super::ids;
use super::sheet::{Sheet, Values};
use super::siblings::{Shared, alike, first, shared};
use crate::tables::Row;

/// The id of a visit: Mosaic puts the person behind the step.
pub(super) fn visit_id(
    extract: &Extract<'_>,
    table: Table,
    id: &str,
    person: &str,
    steps: &Shared,
) -> String {
    match extract.choice.system {
        System::Mosaic => format!("{}.{}", extract.step(table, id, steps), ids::person(person)),
        _ => ids::row(table, id),
    }
}

/// Whether a child was seen, as the form tells it: with losses, no where nothing was answered but yes.
pub(super) fn answer<'a>(extract: &Extract<'_>, seen: &'a str) -> &'a str {
    match seen {
        "true" => "true",
        _ if extract.choice.losses && !extract.choice.of(System::Systemc) => "false",
        _ => seen,
    }
}

/// `ssd_cin_visits`. SystemC takes them from case notes, those of all visits alike.
pub(super) fn in_need(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "cinv_cin_visit_id",
        "cinv_person_id",
        "cinv_cin_plan_id",
        "cinv_cin_visit_date",
        "cinv_cin_visit_seen",
        "cinv_cin_visit_seen_alone",
        "cinv_cin_visit_bedroom",
    ];
    let is_mosaic = choice.of(System::Mosaic);
    let mut sheet = Sheet::new("ssd_cin_visits", &columns)
        .without("cinv_person_id", is_mosaic)
        .without("cinv_cin_plan_id", !is_mosaic)
        .renamed("cinv_cin_plan_id", "cinv_cin_visit_id", choice.is(Variant::ColumnTwice));
    let closed = closed_plans(extract)?;
    let notes: &[(Table, &str)] = match choice.system {
        System::Systemc => &[
            (Table::CinVisits, "cin_visit_id"),
            (Table::CpVisits, "cp_visit_id"),
            (Table::ClaVisits, "cla_visit_id"),
        ],
        _ => &[(Table::CinVisits, "cin_visit_id")],
    };
    for &(table, key) in notes {
        let rows = extract.rows(table)?;
        let steps = shared(&rows, key, |row| alike(row, &["date"]));
        for row in &rows {
            let is_gone = choice.losses && choice.of(System::Eclipse) && !closed.holds(row);
            if is_gone {
                continue;
            }
            let (id, person) = (row.get(key), row.get("person_id"));
            let values = Values::of(row)
                .text("cinv_cin_visit_id", in_need_id(extract, table, id, person, &steps))
                .text("cinv_person_id", ids::person(person))
                .text("cinv_cin_plan_id", in_need_plan(extract, row, &steps))
                .date("cinv_cin_visit_date", row.get("date"))
                .flag("cinv_cin_visit_seen", row.get("seen"))
                .flag("cinv_cin_visit_seen_alone", row.get("seen_alone"));
            sheet.add(values);
        }
    }
    Ok(sheet)
}

/// The id of a visit to a child in need. The scripts for a data warehouse leave the person out of it.
fn in_need_id(extract: &Extract<'_>, table: Table, id: &str, person: &str, steps: &Shared) -> String {
    let is_bare = extract.choice.losses && extract.choice.is(Variant::Mp);
    if is_bare { ids::row(table, id) } else { visit_id(extract, table, id, person, steps) }
}

/// What Mosaic has for the plan of a visit: the visit's own step, or the referral.
fn in_need_plan(extract: &Extract<'_>, row: &Row, steps: &Shared) -> String {
    if extract.choice.is(Variant::Mp) {
        let (person, date) = (row.get("person_id"), row.get("date"));
        return extract.referral(extract.links.referral_in(person, date, date), person);
    }
    ids::row(Table::CinVisits, first(steps, row.get("cin_visit_id")))
}

/// The plans for children in need that have ended, by person.
struct Closed(BTreeMap<String, Vec<(String, String)>>);

/// Reads them.
fn closed_plans(extract: &Extract<'_>) -> Result<Closed, Box<dyn Error>> {
    let mut closed: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for plan in extract.rows(Table::CinPlans)? {
        if !plan.get("end_date").is_empty() {
            let interval = (plan.get("start_date").to_owned(), plan.get("end_date").to_owned());
            closed.entry(plan.get("person_id").to_owned()).or_default().push(interval);
        }
    }
    Ok(Closed(closed))
}

impl Closed {
    /// Whether a visit was within one of its child.
    fn holds(&self, visit: &Row) -> bool {
        let date = visit.get("date");
        let plans = self.0.get(visit.get("person_id")).into_iter().flatten();
        plans.into_iter().any(|(start, end)| start.as_str() <= date && date <= end.as_str())
    }
}

/// `ssd_cla_visits`, which Mosaic's first scripts do not make.
pub(super) fn looked_after(extract: &Extract<'_>) -> Result<Option<Sheet>, Box<dyn Error>> {
    if extract.choice.losses && extract.choice.is_tag() {
        return Ok(None);
    }
    let columns = [
        "clav_cla_visit_id",
        "clav_cla_id",
        "clav_person_id",
        "clav_cla_visit_date",
        "clav_cla_visit_seen",
        "clav_cla_visit_seen_alone",
    ];
    let mut sheet = Sheet::new("ssd_cla_visits", &columns);
    for row in extract.rows(Table::ClaVisits)? {
        let person = row.get("person_id");
        let values = Values::of(&row)
            .text("clav_cla_visit_id", ids::row(Table::ClaVisits, row.get("cla_visit_id")))
            .text("clav_cla_id", ids::care(extract.links.care_on(person, row.get("date"))))
            .text("clav_person_id", ids::person(person))
            .date("clav_cla_visit_date", row.get("date"))
            .flag("clav_cla_visit_seen", row.get("seen"))
            .flag("clav_cla_visit_seen_alone", row.get("seen_alone"));
        sheet.add(values);
    }
    Ok(Some(sheet))
}
