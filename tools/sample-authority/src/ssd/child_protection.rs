//! Child protection plans and their reviews.

use std::collections::BTreeSet;
use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::conferences::{conference, meeting};
use super::extract::Extract;
use super::ids;
use super::sheet::{Sheet, Values};
use super::siblings::{alike, shared};

/// Of so many reviews one was recorded without Eclipse's form, and has no id.
const WITHOUT_FORM: u64 = 5;

/// `ssd_cp_plans`.
pub(super) fn plans(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "cppl_cp_plan_id",
        "cppl_referral_id",
        "cppl_icpc_id",
        "cppl_person_id",
        "cppl_cp_plan_start_date",
        "cppl_cp_plan_end_date",
        "cppl_cp_plan_ola",
        "cppl_cp_plan_initial_category",
        "cppl_cp_plan_latest_category",
    ];
    let mut sheet = Sheet::new("ssd_cp_plans", &columns);
    for row in extract.rows(Table::CpPlans)? {
        let (id, person) = (row.get("cp_plan_id"), row.get("person_id"));
        // Mosaic has them in a table of temporary registrations, which the script does not read.
        let is_visitor = row.get("other_authority") == "true";
        if choice.losses && choice.of(System::Mosaic) && is_visitor {
            continue;
        }
        let made_by = extract.links.conference_of.get(id).map_or("", |row| row.get("icpc_id"));
        let made_by = match choice.system {
            System::Eclipse => meeting(extract, made_by),
            _ => conference(extract, made_by, person),
        };
        let ola = if choice.of(System::Systemc) { row.get("other_authority") } else { "" };
        let start = row.get("start_date");
        let referral = extract.links.referral_in(person, start, start);
        let values = Values::of(&row)
            .text("cppl_cp_plan_id", ids::row(Table::CpPlans, id))
            .text("cppl_referral_id", extract.referral(referral, person))
            .text("cppl_icpc_id", made_by)
            .text("cppl_person_id", ids::person(person))
            .date("cppl_cp_plan_start_date", start)
            .date("cppl_cp_plan_end_date", row.get("end_date"))
            .flag("cppl_cp_plan_ola", ola)
            .text("cppl_cp_plan_initial_category", "Neglect")
            .text("cppl_cp_plan_latest_category", "Neglect");
        sheet.add(values);
    }
    Ok(sheet)
}

/// `ssd_cp_reviews`.
pub(super) fn reviews(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "cppr_cp_review_id",
        "cppr_person_id",
        "cppr_cp_plan_id",
        "cppr_cp_review_due",
        "cppr_cp_review_date",
        "cppr_cp_review_meeting_id",
        "cppr_cp_review_outcome_continue_cp",
        "cppr_cp_review_quorate",
        "cppr_cp_review_participation",
    ];
    let mut sheet = Sheet::new("ssd_cp_reviews", &columns).without("cppr_person_id", choice.is(Variant::Mp));
    let rows = extract.rows(Table::CpReviews)?;
    let steps = shared(&rows, "cp_review_id", |row| alike(row, &["date"]));
    let open: BTreeSet<String> = extract
        .rows(Table::CpPlans)?
        .iter()
        .filter(|plan| plan.get("end_date").is_empty())
        .map(|plan| plan.get("cp_plan_id").to_owned())
        .collect();
    for row in &rows {
        let (id, plan) = (row.get("cp_review_id"), row.get("cp_plan_id"));
        let number = ids::number(Table::CpReviews, id);
        let is_eclipse = choice.of(System::Eclipse);
        let has_id = !is_eclipse || !number.is_multiple_of(WITHOUT_FORM);
        // Eclipse joins on the end of the plan, which an open one has not.
        let has_plan = !is_eclipse || !open.contains(plan);
        let first = steps.get(id).map_or(id, String::as_str);
        let values = Values::of(row)
            .text(
                "cppr_cp_review_id",
                if has_id { extract.step(Table::CpReviews, id, &steps) } else { String::new() },
            )
            .text("cppr_person_id", ids::person(row.get("person_id")))
            .text("cppr_cp_plan_id", if has_plan { ids::row(Table::CpPlans, plan) } else { String::new() })
            .date("cppr_cp_review_date", row.get("date"))
            .text("cppr_cp_review_meeting_id", ids::meeting(ids::number(Table::CpReviews, first)))
            .flag("cppr_cp_review_quorate", if is_eclipse { "true" } else { "" })
            .text("cppr_cp_review_participation", "PN1");
        sheet.add(values);
    }
    Ok(sheet)
}
