//! People and their immigration statuses.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::extract::{Extract, Lot};
use super::ids;
use super::sheet::{Sheet, Values};
use super::texts;
use crate::diary::EXTRACT;
use crate::tables::Row;

/// Births that SystemC has as estimated, besides those of children who came alone to seek asylum.
const ESTIMATED: u64 = 200;
/// People with an immigration status that is none of a child who came alone.
const OTHER_STATUS: u64 = 150;

/// Names and notes as people type them, which a file must quote.
const FORENAMES: [&str; 6] =
    ["Alex", "Sam (\"Sammy\")", "Jo, known as Josephine", "Noor\nsee alert", "Chris \"CJ\", twin", "Kim"];
/// Surnames.
const SURNAMES: [&str; 4] = ["O'Neil", "Smith-Jones", "Ní Bhriain", "Okafor, formerly Bell"];
/// Codes of disabilities.
const DISABILITIES: [&str; 12] =
    ["LD", "AUT", "BEH", "COMM", "MOB", "PC", "DDA", "HEAR", "VIS", "INC", "HAND", "CON"];
/// Of so many disabled children one has another disability besides.
const SECOND_DISABILITY: u64 = 3;

/// Statuses of children who did not come alone.
const OTHERS: [&str; 3] = ["Asylum Seeker (family)", "Refugee", "Unaccompanied minor - not asylum seeking"];

/// `ssd_person`.
pub(super) fn persons(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "pers_legacy_id",
        "pers_person_id",
        "pers_upn",
        "pers_single_unique_id",
        "pers_forename",
        "pers_surname",
        "pers_sex",
        "pers_gender",
        "pers_ethnicity",
        "pers_dob",
        "pers_send_flag",
        "pers_expected_dob",
        "pers_death_date",
        "pers_is_mother",
        "pers_nationality",
    ];
    let is_essex = choice.is(Variant::Essex);
    let mut sheet = Sheet::new("ssd_person", &columns)
        .without("pers_legacy_id", choice.of(System::Mosaic))
        .without("pers_death_date", is_essex)
        .renamed("pers_person_id", "per_person_id", is_essex);
    let rows = extract.rows(Table::Persons)?;
    // SystemC alone has a flag in the education module to take it from.
    let has_needs = choice.of(System::Systemc);
    let (legacies, has_legacies) = (legacies(extract)?, choice.of(System::Systemc));
    let alone: BTreeSet<String> =
        extract.rows(Table::ImmigrationStatuses)?.iter().map(|row| row.get("person_id").to_owned()).collect();
    for row in &rows {
        let id = row.get("person_id");
        let number = ids::person_number(id);
        let (born, expected) = births(extract, row, alone.contains(id));
        let details = extract.draw(Lot::Details, number);
        let values = Values::of(row)
            .text("pers_legacy_id", legacies.get(id).filter(|_| has_legacies).map_or("", String::as_str))
            .text("pers_person_id", ids::person(id))
            .text("pers_single_unique_id", format!("999{:07}", details % 10_000_000))
            .text("pers_forename", pick(&FORENAMES, details >> 8))
            .text("pers_surname", pick(&SURNAMES, details >> 16))
            .text("pers_sex", texts::sex(choice, row.get("sex")))
            .text("pers_ethnicity", texts::ethnicity(choice, row.get("ethnicity")))
            .flag("pers_send_flag", if has_needs { row.get("sen") } else { "" })
            .date("pers_dob", born)
            .date("pers_expected_dob", expected)
            .date("pers_death_date", row.get("date_of_death"));
        sheet.add(values);
    }
    Ok(sheet)
}

/// The birth of a person and the expected birth, as the system has them.
fn births(extract: &Extract<'_>, row: &Row, came_alone: bool) -> (String, String) {
    let (born, expected) = (row.get("date_of_birth"), row.get("expected_date_of_birth"));
    let number = ids::person_number(row.get("person_id"));
    // SystemC puts an estimated date of birth into the column of expected ones.
    let is_estimated =
        came_alone || expected.is_empty() && extract.one_in(Lot::EstimatedBirth, number, ESTIMATED);
    let (born, expected) = match extract.choice.system {
        System::Systemc if is_estimated && !born.is_empty() => ("", born),
        // Eclipse has the day that a birth is due in both, until it has come.
        System::Eclipse if expected <= EXTRACT.to_string().as_str() => (born, ""),
        System::Eclipse if born.is_empty() => (expected, expected),
        _ => (born, expected),
    };
    (born.to_owned(), expected.to_owned())
}

/// The legacy id of each person, which SystemC has in place of the person's in one table: the id of another, who has
/// that of a third, and so on around.
pub(super) fn legacies(extract: &Extract<'_>) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let rows = extract.rows(Table::Persons)?;
    let mut people: Vec<&str> = rows.iter().map(|row| row.get("person_id")).collect();
    people.sort_by_key(|id| extract.draw(Lot::Legacy, ids::person_number(id)));
    let next = people.iter().cycle().skip(1);
    Ok(people.iter().zip(next).map(|(id, other)| ((*id).to_owned(), ids::person(other))).collect())
}

/// One of several.
fn pick<'a>(choices: &[&'a str], draw: u64) -> &'a str {
    let place = usize::try_from(draw).unwrap_or_default().checked_rem(choices.len()).unwrap_or_default();
    choices.get(place).copied().unwrap_or_default()
}

/// `ssd_disability`: a row for each disability, and none for a child who is not disabled or of whom nobody asked.
pub(super) fn disabilities(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let columns = ["disa_table_id", "disa_person_id", "disa_disability_code"];
    let mut sheet = Sheet::new("ssd_disability", &columns);
    let rows = extract.rows(Table::Persons)?;
    let disabled = rows.iter().filter(|row| row.get("disability") == "true");
    let mut number = 0;
    for id in disabled.map(|row| row.get("person_id")) {
        let draw = extract.draw(Lot::Disability, ids::person_number(id));
        let second = draw.is_multiple_of(SECOND_DISABILITY).then_some(draw >> 8);
        for draw in [Some(draw >> 7), second].into_iter().flatten() {
            number += 1;
            let values = Values::default()
                .text("disa_table_id", ids::nth(Table::Disabilities, number))
                .text("disa_person_id", ids::person(id))
                .text("disa_disability_code", pick(&DISABILITIES, draw));
            sheet.add(values);
        }
    }
    Ok(sheet)
}

/// `ssd_immigration_status`, with statuses of others besides.
pub(super) fn immigration(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let columns = [
        "immi_immigration_status_id",
        "immi_person_id",
        "immi_immigration_status_start_date",
        "immi_immigration_status_end_date",
        "immi_immigration_status",
    ];
    let mut sheet = Sheet::new("ssd_immigration_status", &columns);
    let is_form = extract.choice.losses && extract.choice.of(System::Mosaic);
    let mut rows = extract.rows(Table::ImmigrationStatuses)?;
    if is_form {
        // Mosaic asks the latest form of a person, which has no dates.
        let latest: BTreeMap<String, Row> =
            rows.into_iter().map(|row| (row.get("person_id").to_owned(), row)).collect();
        rows = latest.into_values().collect();
    }
    for (number, row) in (1..).zip(&rows) {
        let date = |column: &str| if is_form { "" } else { row.get(column) };
        let values = Values::of(row)
            .text("immi_immigration_status_id", ids::nth(Table::ImmigrationStatuses, number))
            .text("immi_person_id", ids::person(row.get("person_id")))
            .date("immi_immigration_status_start_date", date("start_date"))
            .date("immi_immigration_status_end_date", date("end_date"))
            .text("immi_immigration_status", alone(extract.choice.system, number));
        sheet.add(values);
    }
    let alone: BTreeSet<&str> = rows.iter().map(|row| row.get("person_id")).collect();
    for person in extract.rows(Table::Persons)? {
        let id = person.get("person_id");
        let number = ids::person_number(id);
        if alone.contains(id) || !extract.one_in(Lot::OtherImmigration, number, OTHER_STATUS) {
            continue;
        }
        let values = Values::default()
            .text("immi_immigration_status_id", ids::besides(number))
            .text("immi_person_id", ids::person(id))
            .text("immi_immigration_status", pick(&OTHERS, number));
        sheet.add(values);
    }
    Ok(sheet)
}

/// The status of a child who came alone, in one of the system's words.
fn alone(system: System, number: u64) -> &'static str {
    match system {
        System::Systemc => pick(&["Unaccompanied Asylum Seeking Child", "U", "UASC"], number),
        System::Mosaic => "Unaccompanied asylum seeker",
        System::Eclipse => "UASC",
    }
}
