//! Care leavers and permanence.

use std::error::Error;

use chrono::NaiveDate;
use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::extract::{Extract, Lot};
use super::forms::PLACEHOLDER;
use super::leavers::{Leaver, leavers};
use super::people::legacies;
use super::sheet::{Sheet, Values};
use super::{ids, texts};
use crate::diary::plus;
use crate::tables::Row;

/// Of so many care leavers one was asked twice, and SystemC has a row for each time.
const ASKED_TWICE: u64 = 4;
/// The days between.
const BETWEEN: i64 = 61;
/// Of so many care leavers Eclipse has one twice.
const REPEATED: u64 = 3;

/// `ssd_care_leavers`.
pub(super) fn care_leavers(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "clea_table_id",
        "clea_person_id",
        "clea_care_leaver_eligibility",
        "clea_care_leaver_in_touch",
        "clea_care_leaver_latest_contact",
        "clea_care_leaver_accommodation",
        "clea_care_leaver_accom_suitable",
        "clea_care_leaver_activity",
        "clea_pathway_plan_review_date",
        "clea_care_leaver_personal_advisor",
        "clea_care_leaver_allocated_team",
        "clea_care_leaver_worker_id",
    ];
    let is_essex = choice.is(Variant::Essex);
    let mut sheet = Sheet::new("ssd_care_leavers", &columns)
        .renamed("clea_table_id", "clea_care_table_id", choice.of(System::Mosaic) && !is_essex)
        .renamed("clea_care_leaver_eligibility", "eligibility_status", is_essex)
        .renamed("clea_care_leaver_activity", "activity_description", is_essex);
    for leaver in leavers(extract.tables, !choice.is(Variant::NoOwnTables))? {
        // SystemC also has those who are owed nothing any more.
        if !leaver.is_owed && !choice.of(System::Systemc) {
            continue;
        }
        let number = ids::person_number(leaver.row.get("person_id"));
        let values = care_leaver(extract, &leaver, number);
        match choice.system {
            System::Systemc if number.is_multiple_of(ASKED_TWICE) => {
                let before = leaver.contact.parse::<NaiveDate>().map(|date| plus(date, -BETWEEN));
                let before = before.map_or_else(|_| String::new(), |date| date.to_string());
                let then = if leaver.activity == "G5" { "F2" } else { "G5" };
                let earlier = values
                    .clone()
                    .text("clea_table_id", random_id(extract, number, 1))
                    .date("clea_care_leaver_latest_contact", before)
                    .text("clea_care_leaver_activity", texts::activity(choice, then, number));
                sheet.add(values);
                // Later in the file, so that the order of rows tells nothing.
                sheet.add(earlier);
            }
            System::Eclipse if number.is_multiple_of(REPEATED) => {
                sheet.add(values.clone());
                sheet.add(values);
            }
            _ => sheet.add(values),
        }
    }
    Ok(sheet)
}

/// A care leaver as the system has them.
fn care_leaver(extract: &Extract<'_>, leaver: &Leaver, number: u64) -> Values {
    let choice = extract.choice;
    let row = &leaver.row;
    let person = ids::person(row.get("person_id"));
    let id = match choice.system {
        System::Systemc => random_id(extract, number, 0),
        System::Mosaic if choice.is(Variant::Essex) => person.clone(),
        System::Mosaic => String::new(),
        System::Eclipse => ids::row(Table::CareLeavers, row.get("care_leaver_id")),
    };
    let eligibility = if leaver.is_owed {
        texts::eligibility(choice, row.get("eligibility"), number)
    } else {
        texts::NOT_ELIGIBLE.to_owned()
    };
    let has_no_plan = leaver.pathway_plan.is_empty() || !leaver.is_owed;
    let planned = match choice.system {
        System::Systemc if has_no_plan => PLACEHOLDER,
        _ => leaver.pathway_plan.as_str(),
    };
    Values::of(row)
        .text("clea_table_id", id)
        .text("clea_person_id", person)
        .text("clea_care_leaver_eligibility", eligibility)
        .text("clea_care_leaver_in_touch", "YES")
        .date("clea_care_leaver_latest_contact", leaver.contact.clone())
        .text("clea_care_leaver_activity", texts::activity(choice, &leaver.activity, number))
        .date("clea_pathway_plan_review_date", planned)
}

/// An id that the script makes anew each time it runs.
fn random_id(extract: &Extract<'_>, number: u64, time: u64) -> String {
    let (high, low) =
        (extract.draw(Lot::RandomId, number * 4 + time), extract.draw(Lot::RandomId, number * 4 + time + 2));
    format!(
        "{:08X}-{:04X}-4{:03X}-9{:03X}-{:012X}",
        high >> 32,
        (high >> 16) & 0xFFFF,
        high & 0xFFF,
        low >> 52,
        low & 0xFFFF_FFFF_FFFF
    )
}

/// `ssd_permanence`.
pub(super) fn permanence(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "perm_table_id",
        "perm_person_id",
        "perm_cla_id",
        "perm_adm_decision_date",
        "perm_part_of_sibling_group",
        "perm_siblings_placed_together",
        "perm_siblings_placed_apart",
        "perm_ffa_cp_decision_date",
        "perm_placement_order_date",
        "perm_matched_date",
        "perm_adopter_sex",
        "perm_adopter_legal_status",
        "perm_number_of_adopters",
        "perm_placed_for_adoption_date",
        "perm_adopted_by_carer_flag",
        "perm_placed_foster_carer_date",
        "perm_placed_ffa_cp_date",
        "perm_placement_provider_urn",
        "perm_decision_reversed_date",
        "perm_decision_reversed_reason",
        "perm_permanence_order_date",
        "perm_permanence_order_type",
        "perm_adoption_worker_id",
    ];
    let mut sheet = Sheet::new("ssd_permanence", &columns);
    let legacies = legacies(extract)?;
    for row in extract.rows(Table::Permanence)? {
        let person = row.get("person_id");
        let values = Values::of(&row)
            .text("perm_table_id", permanence_id(extract, &row))
            .text("perm_cla_id", ids::care(row.get("cla_id")));
        let values = match choice.system {
            // The legacy id, which is the person's id of somebody else.
            System::Systemc => values.text("perm_person_id", legacies.get(person).map_or("", String::as_str)),
            _ => values.text("perm_person_id", ids::person(person)),
        };
        let is_bare = choice.losses && choice.of(System::Eclipse);
        sheet.add(if is_bare { values } else { decided(extract, &row, values) });
    }
    Ok(sheet)
}

/// What was decided and done.
fn decided(extract: &Extract<'_>, row: &Row, values: Values) -> Values {
    let choice = extract.choice;
    let (kind, by_carer) = (row.get("order_type"), row.get("adopted_by_carer"));
    let is_guardianship = kind.starts_with("Special");
    let is_mosaic = choice.of(System::Mosaic);
    // Mosaic has the type of the last placement, which tells whether the carer adopts.
    let kind = match (is_mosaic, by_carer) {
        (true, _) if choice.is(Variant::Essex) && choice.losses => "",
        (true, "true") => "A5",
        (true, "false") => "A6",
        _ if is_guardianship && is_mosaic => "SGO",
        _ if is_guardianship => "Special Guardianship Order",
        _ if kind.is_empty() => "",
        _ => "Adoption",
    };
    let fostered = if choice.of(System::Systemc) { PLACEHOLDER } else { row.get("placed_foster_carer_date") };
    values
        .date("perm_placed_for_adoption_date", row.get("placed_for_adoption_date"))
        .flag("perm_adopted_by_carer_flag", if is_mosaic { "" } else { by_carer })
        .date("perm_placed_foster_carer_date", fostered)
        .date("perm_decision_reversed_date", row.get("decision_reversed_date"))
        .date(
            "perm_permanence_order_date",
            if is_guardianship && is_mosaic { "" } else { row.get("order_date") },
        )
        .text("perm_permanence_order_type", kind)
}

/// The id of a row, which in Mosaic tells the table that it came from.
fn permanence_id(extract: &Extract<'_>, row: &Row) -> String {
    let id = ids::row(Table::Permanence, row.get("permanence_id"));
    if !extract.choice.of(System::Mosaic) {
        return id;
    }
    match row.get("order_type").starts_with("Special") {
        _ if extract.choice.is(Variant::Essex) => String::new(),
        true => format!("SGO.{id}"),
        false => format!("ADP.{id}"),
    }
}
