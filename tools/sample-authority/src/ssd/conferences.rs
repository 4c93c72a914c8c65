//! Enquiries under section 47 and initial conferences.

use std::error::Error;

use chrono::NaiveDate;
use csc_measures::tables::Table;

use super::choice::System;
use super::extract::{Extract, Lot};
use super::ids;
use super::sheet::{Sheet, Values};
use super::siblings::first;
use crate::diary::{Diary, plus};
use crate::tables::Row;

/// The working days from the strategy discussion that a conference is due in.
const DUE_IN: i64 = 15;
/// The days within which Mosaic's step starts after the strategy discussion.
const STEP_STARTS: u64 = 4;

/// `ssd_s47_enquiry`.
pub(super) fn enquiries(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "s47e_s47_enquiry_id",
        "s47e_referral_id",
        "s47e_person_id",
        "s47e_s47_start_date",
        "s47e_s47_end_date",
        "s47e_s47_nfa",
        "s47e_s47_outcome_json",
        "s47e_s47_completed_by_team",
        "s47e_s47_completed_by_worker_id",
    ];
    let mut sheet = Sheet::new("ssd_s47_enquiry", &columns);
    for row in extract.rows(Table::Section47Enquiries)? {
        let (id, person) = (row.get("s47_enquiry_id"), row.get("person_id"));
        let number = ids::number(Table::Section47Enquiries, id);
        let referral = match choice.system {
            // The ids of another table than that of referrals.
            System::Eclipse => ids::nowhere(number),
            _ => extract.referral(row.get("referral_id"), person),
        };
        let values = Values::of(&row)
            .text("s47e_s47_enquiry_id", enquiry(extract, id))
            .text("s47e_referral_id", referral)
            .text("s47e_person_id", ids::person(person))
            .date("s47e_s47_start_date", started(extract, &row))
            .flag("s47e_s47_nfa", "false")
            .text(
                "s47e_s47_outcome_json",
                r#"{"OUTCOME_CONTINUE_PLAN":"N", "NOTE":"concerns, \"not substantiated\""}"#,
            );
        sheet.add(values);
    }
    Ok(sheet)
}

/// The id of an enquiry.
fn enquiry(extract: &Extract<'_>, id: &str) -> String {
    extract.step(Table::Section47Enquiries, id, &extract.links.enquiries)
}

/// The start of an enquiry: of its step some days after the strategy discussion, if nothing better is known.
fn started(extract: &Extract<'_>, row: &Row) -> String {
    let start = row.get("start_date");
    if !extract.choice.losses || !extract.choice.of(System::Mosaic) {
        return start.to_owned();
    }
    // The step is one for brothers and sisters.
    let step = first(&extract.links.enquiries, row.get("s47_enquiry_id"));
    let days = extract.draw(Lot::StepStart, ids::number(Table::Section47Enquiries, step)) % STEP_STARTS;
    let date = start.parse::<NaiveDate>().map(|date| plus(date, i64::try_from(days).unwrap_or_default()));
    date.map_or_else(|_| start.to_owned(), |date| date.to_string())
}

/// `ssd_initial_cp_conference`.
pub(super) fn conferences(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "icpc_icpc_id",
        "icpc_icpc_meeting_id",
        "icpc_s47_enquiry_id",
        "icpc_person_id",
        "icpc_cp_plan_id",
        "icpc_referral_id",
        "icpc_icpc_transfer_in",
        "icpc_icpc_target_date",
        "icpc_icpc_date",
        "icpc_icpc_outcome_cp_flag",
        "icpc_icpc_outcome_json",
        "icpc_icpc_team",
        "icpc_icpc_worker_id",
    ];
    let mut sheet = Sheet::new("ssd_initial_cp_conference", &columns);
    let diary = Diary::new();
    for row in extract.rows(Table::InitialConferences)? {
        let held_only = choice.losses && !choice.of(System::Systemc);
        if held_only && row.get("date").is_empty() {
            continue;
        }
        let (id, person) = (row.get("icpc_id"), row.get("person_id"));
        let began = extract.links.enquired.get(row.get("s47_enquiry_id"));
        let due = began.and_then(|date| date.parse().ok()).map(|date| diary.after(date, DUE_IN));
        let transfer = match row.get("transfer_in") {
            "false" if choice.of(System::Mosaic) => "",
            transfer => transfer,
        };
        let plan = extract.links.plan_of.get(id).map_or("", String::as_str);
        let values = Values::of(&row)
            .text("icpc_icpc_id", conference(extract, id, person))
            .text("icpc_icpc_meeting_id", meeting(extract, id))
            .text("icpc_s47_enquiry_id", enquiry(extract, row.get("s47_enquiry_id")))
            .text("icpc_person_id", ids::person(person))
            // Mosaic and Eclipse know the conference of a plan, SystemC the plan of a conference.
            .text(
                "icpc_cp_plan_id",
                if choice.of(System::Systemc) { ids::row(Table::CpPlans, plan) } else { String::new() },
            )
            .flag("icpc_icpc_transfer_in", transfer)
            .date("icpc_icpc_target_date", due.map_or_else(String::new, |date| date.to_string()))
            .date("icpc_icpc_date", row.get("date"))
            .flag("icpc_icpc_outcome_cp_flag", if plan.is_empty() { "false" } else { "true" })
            .text("icpc_icpc_outcome_json", r#"{"OUTCOME_NFA_FLAG":"N"}"#);
        sheet.add(values);
    }
    Ok(sheet)
}

/// The meeting, which is one for brothers and sisters.
pub(super) fn meeting(extract: &Extract<'_>, id: &str) -> String {
    if id.is_empty() {
        return String::new();
    }
    let first = first(&extract.links.conferences, id);
    ids::meeting(ids::number(Table::InitialConferences, first))
}

/// The id of the conference about a child.
pub(super) fn conference(extract: &Extract<'_>, id: &str, person: &str) -> String {
    match extract.choice.system {
        System::Eclipse => meeting(extract, id) + &ids::person(person),
        _ => extract.step(Table::InitialConferences, id, &extract.links.conferences),
    }
}
