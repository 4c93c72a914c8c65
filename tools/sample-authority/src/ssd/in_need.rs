//! Children in need: referrals, assessments and plans.

use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::ends::Ends;
use super::extract::{Extract, Lot};
use super::forms::float;
use super::ids;
use super::sheet::{Sheet, Values};
use super::siblings::{alike, shared};

/// `ssd_cin_episodes`.
pub(super) fn referrals(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "cine_referral_id",
        "cine_person_id",
        "cine_referral_date",
        "cine_cin_primary_need_code",
        "cine_referral_source_code",
        "cine_referral_source_desc",
        "cine_referral_outcome_json",
        "cine_referral_nfa",
        "cine_close_reason",
        "cine_close_date",
        "cine_referral_team",
        "cine_referral_worker_id",
    ];
    let mut sheet =
        Sheet::new("ssd_cin_episodes", &columns).without("cine_close_date", choice.losses && choice.is_tag());
    for row in extract.rows(Table::Referrals)? {
        let person = row.get("person_id");
        let team = if choice.of(System::Eclipse) { "" } else { extract.department(row.get("team")) };
        let values = Values::of(&row)
            .text("cine_referral_id", extract.referral(row.get("referral_id"), person))
            .text("cine_person_id", ids::person(person))
            .date("cine_referral_date", row.get("referral_date"))
            .text("cine_cin_primary_need_code", "N1")
            .text("cine_referral_source_code", "5B")
            .text("cine_referral_source_desc", "Health services, other")
            .text("cine_referral_outcome_json", r#"{"NEW_REFERRAL_FLAG":"Y", "NOTE":"see letter, page 2"}"#)
            .flag("cine_referral_nfa", "false")
            .text("cine_close_reason", row.get("close_reason"))
            .date("cine_close_date", row.get("close_date"))
            .text("cine_referral_team", team);
        sheet.add(values);
    }
    Ok(sheet)
}

/// `ssd_cin_assessments`.
pub(super) fn assessments(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "cina_assessment_id",
        "cina_person_id",
        "cina_referral_id",
        "cina_assessment_start_date",
        "cina_assessment_child_seen",
        "cina_assessment_auth_date",
        "cina_assessment_outcome_json",
        "cina_assessment_outcome_nfa",
        "cina_assessment_team",
        "cina_assessment_worker_id",
    ];
    let mut sheet = Sheet::new("ssd_cin_assessments", &columns);
    let rows = extract.rows(Table::Assessments)?;
    let steps = shared(&rows, "assessment_id", |row| alike(row, &["start_date", "team"]));
    for row in &rows {
        let (id, person) = (row.get("assessment_id"), row.get("person_id"));
        let number = ids::number(Table::Assessments, id);
        let is_gone = choice.losses
            && row.get("authorised_date").is_empty()
            && match choice.system {
                // The script leaves out those whose form has the question after the date.
                System::Systemc => extract.one_in(Lot::OpenAssessment, number, 2),
                System::Mosaic => false,
                System::Eclipse => true,
            };
        if is_gone {
            continue;
        }
        let step = extract.step(Table::Assessments, id, &steps);
        let referral = extract.referral(row.get("referral_id"), person);
        let values = Values::of(row)
            .text(
                "cina_assessment_id",
                if choice.of(System::Systemc) { step } else { ids::person(person) + &step },
            )
            .text("cina_person_id", ids::person(person))
            .text(
                "cina_referral_id",
                match choice.system {
                    // A spreadsheet makes floats of whole numbers in a column with gaps.
                    System::Systemc => float(&referral),
                    _ if choice.is(Variant::Essex) => String::new(),
                    _ => referral,
                },
            )
            .date("cina_assessment_start_date", row.get("start_date"))
            .flag("cina_assessment_child_seen", "true")
            .date("cina_assessment_auth_date", row.get("authorised_date"))
            .text("cina_assessment_outcome_json", r#"{"OUTCOME":"Services, under s17"}"#)
            .text("cina_assessment_team", extract.department(row.get("team")));
        sheet.add(values);
    }
    Ok(sheet)
}

/// `ssd_cin_plans`.
pub(super) fn plans(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "cinp_cin_plan_id",
        "cinp_referral_id",
        "cinp_person_id",
        "cinp_cin_plan_start_date",
        "cinp_cin_plan_end_date",
        "cinp_cin_plan_team",
        "cinp_cin_plan_worker_id",
    ];
    let mut sheet = Sheet::new("ssd_cin_plans", &columns).renamed(
        "cinp_cin_plan_id",
        "cin_plan_id",
        choice.of(System::Mosaic),
    );
    let rows = extract.rows(Table::CinPlans)?;
    let ends = Ends::new(choice, &rows, "person_id");
    for row in &rows {
        let (person, start) = (row.get("person_id"), row.get("start_date"));
        let referral = extract.links.referral_in(person, start, start);
        let values = Values::of(row)
            .text("cinp_cin_plan_id", ids::row(Table::CinPlans, row.get("cin_plan_id")))
            .text("cinp_referral_id", extract.referral(referral, person))
            .text("cinp_person_id", ids::person(person))
            .date("cinp_cin_plan_start_date", start)
            .date("cinp_cin_plan_end_date", ends.end(row));
        sheet.add(values);
    }
    Ok(sheet)
}
