//! Visits to children with a child protection plan.

use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::extract::{Extract, Lot};
use super::ids;
use super::sheet::{Sheet, Values};
use super::siblings::{alike, shared};
use super::visits::{answer, visit_id};

/// Of so many visits SystemC has one more, of a person who is not in `ssd_person`.
const UNKNOWN_PERSON: u64 = 300;
/// Of so many open plans Mosaic has one whose next visit is a step that has only been started.
const STEP_STARTED: u64 = 4;

/// `ssd_cp_visits`.
pub(super) fn visits(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "cppv_cp_visit_id",
        "cppv_person_id",
        "cppv_cp_plan_id",
        "cppv_cp_visit_date",
        "cppv_cp_visit_seen",
        "cppv_cp_visit_seen_alone",
        "cppv_cp_visit_bedroom",
    ];
    let is_mosaic = choice.of(System::Mosaic);
    let mut sheet = Sheet::new("ssd_cp_visits", &columns).without("cppv_person_id", is_mosaic).renamed(
        "cppv_cp_plan_id",
        "cppv_cp_visit_id",
        choice.is(Variant::ColumnTwice),
    );
    let rows = extract.rows(Table::CpVisits)?;
    let steps = shared(&rows, "cp_visit_id", |row| alike(row, &["date"]));
    for row in &rows {
        let (id, person) = (row.get("cp_visit_id"), row.get("person_id"));
        let plan = ids::row(Table::CpPlans, extract.links.plan_on(person, row.get("date")));
        let values = Values::of(row)
            .text("cppv_cp_visit_id", visit_id(extract, Table::CpVisits, id, person, &steps))
            .text("cppv_person_id", ids::person(person))
            .text("cppv_cp_plan_id", plan)
            .date("cppv_cp_visit_date", row.get("date"))
            .flag("cppv_cp_visit_seen", answer(extract, row.get("seen")))
            .flag("cppv_cp_visit_seen_alone", answer(extract, row.get("seen_alone")));
        let number = ids::number(Table::CpVisits, id);
        let is_besides = choice.of(System::Systemc)
            && row.rest().is_empty()
            && extract.one_in(Lot::UnknownPerson, number, UNKNOWN_PERSON);
        if is_besides {
            let of_nobody = values
                .clone()
                .text("cppv_cp_visit_id", ids::besides(number))
                .text("cppv_person_id", ids::nowhere(number));
            sheet.add(of_nobody);
        }
        sheet.add(values);
    }
    if is_mosaic {
        started_steps(extract, &mut sheet)?;
    }
    Ok(sheet)
}

/// Steps of visits that have been started and have no date yet.
fn started_steps(extract: &Extract<'_>, sheet: &mut Sheet) -> Result<(), Box<dyn Error>> {
    for plan in extract.rows(Table::CpPlans)? {
        let number = ids::number(Table::CpPlans, plan.get("cp_plan_id"));
        let is_started =
            plan.get("end_date").is_empty() && extract.one_in(Lot::StepStarted, number, STEP_STARTED);
        if is_started {
            let values = Values::default()
                .text(
                    "cppv_cp_visit_id",
                    format!("{}.{}", ids::besides(number), ids::person(plan.get("person_id"))),
                )
                .text("cppv_cp_plan_id", ids::row(Table::CpPlans, plan.get("cp_plan_id")))
                .flag("cppv_cp_visit_seen", answer(extract, ""))
                .flag("cppv_cp_visit_seen_alone", answer(extract, ""));
            sheet.add(values);
        }
    }
    Ok(())
}
