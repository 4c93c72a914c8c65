//! Departments, workers and the cases that they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::extract::{Extract, Lot};
use super::forms::float;
use super::sheet::{Sheet, Values};
use super::{ids, texts};
use crate::diary::EXTRACT;
use crate::tables::Row;

/// Eclipse has a row for each tie of a worker to a team: up to so many.
const TIES: u64 = 3;
/// Of so many involvements Eclipse has one twice.
const REPEATED: u64 = 7;
/// Of so many involvements SystemC has one more, of a case that waits for a worker.
const WAITING: u64 = 40;

/// `ssd_department`; Mosaic's script does not fill it.
pub(super) fn departments(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let columns = ["dept_team_id", "dept_team_name", "dept_team_parent_id", "dept_team_parent_name"];
    let mut sheet = Sheet::new("ssd_department", &columns);
    let is_filled = !extract.choice.of(System::Mosaic);
    for (name, id) in extract.departments.iter().filter(|_| is_filled) {
        sheet.add(Values::default().text("dept_team_id", id).text("dept_team_name", name));
    }
    Ok(sheet)
}

/// `ssd_professionals`.
pub(super) fn professionals(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "prof_professional_id",
        "prof_staff_id",
        "prof_professional_name",
        "prof_social_worker_registration_no",
        "prof_agency_worker_flag",
        "prof_professional_job_title",
        "prof_professional_caseload",
        "prof_professional_department",
        "prof_full_time_equivalency",
    ];
    let mut sheet = Sheet::new("ssd_professionals", &columns);
    let today = EXTRACT.to_string();
    let busy: BTreeSet<String> = extract
        .rows(Table::Involvements)?
        .iter()
        .filter(|row| row.get("end_date").is_empty() || row.get("end_date") > today.as_str())
        .map(|row| row.get("worker_id").to_owned())
        .collect();
    for row in extract.rows(Table::Workers)? {
        let id = row.get("worker_id");
        if choice.losses && choice.of(System::Mosaic) && !busy.contains(id) {
            continue;
        }
        let number = ids::number(Table::Workers, id);
        let own = ids::row(Table::Workers, id);
        let team = row.get("team");
        let values = Values::of(&row);
        match choice.system {
            System::Systemc => sheet.add(
                values
                    .text("prof_professional_id", own)
                    .text("prof_professional_name", format!("Worker, no. {number}"))
                    .text("prof_professional_department", team)
                    .text("prof_full_time_equivalency", float(row.get("fte"))),
            ),
            System::Mosaic => {
                let team = if choice.is(Variant::Essex) { extract.department(team) } else { team };
                let values = values
                    .text("prof_staff_id", own)
                    .text("prof_professional_name", format!("Worker, no. {number}"))
                    .text("prof_professional_department", team);
                sheet.add(values);
            }
            System::Eclipse => {
                let values = values.text("prof_professional_id", own);
                for _ in 0..=number % TIES {
                    sheet.add(values.clone());
                }
            }
        }
    }
    Ok(sheet)
}

/// `ssd_involvements`.
pub(super) fn involvements(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "invo_involvements_id",
        "invo_professional_id",
        "invo_professional_role_id",
        "invo_professional_team",
        "invo_person_id",
        "invo_involvement_start_date",
        "invo_involvement_end_date",
        "invo_worker_change_reason",
        "invo_referral_id",
    ];
    let is_blackpool = choice.is(Variant::Blackpool);
    let mut sheet = Sheet::new("ssd_involvements", &columns)
        .without("invo_person_id", choice.of(System::Mosaic) && !is_blackpool)
        .renamed("invo_person_id", "PersonID", is_blackpool);
    let team = |row: &Row| extract.department(row.get("team")).to_owned();
    let teams: BTreeMap<String, String> = extract
        .rows(Table::Workers)?
        .iter()
        .map(|row| (row.get("worker_id").to_owned(), team(row)))
        .collect();
    for row in extract.rows(Table::Involvements)? {
        let (id, worker, person) = (row.get("involvement_id"), row.get("worker_id"), row.get("person_id"));
        let number = ids::number(Table::Involvements, id);
        let (start, end) = (row.get("start_date"), row.get("end_date"));
        let referral = extract.links.referral_in(person, start, end);
        let values = Values::of(&row)
            .text("invo_involvements_id", ids::row(Table::Involvements, id))
            .text("invo_professional_id", ids::row(Table::Workers, worker))
            .text("invo_professional_role_id", texts::role(choice, row.get("role"), number))
            .text("invo_professional_team", teams.get(worker).map_or("", String::as_str))
            .text("invo_person_id", ids::person(person))
            .date("invo_involvement_start_date", start)
            .date("invo_involvement_end_date", end)
            .text("invo_referral_id", extract.referral(referral, person));
        match choice.system {
            System::Systemc if extract.one_in(Lot::Unallocated, number, WAITING) => {
                let waiting = values
                    .clone()
                    .text("invo_involvements_id", ids::besides(number))
                    .text("invo_professional_id", "");
                sheet.add(waiting);
            }
            System::Eclipse if number.is_multiple_of(REPEATED) => sheet.add(values.clone()),
            _ => {}
        }
        sheet.add(values);
    }
    Ok(sheet)
}
