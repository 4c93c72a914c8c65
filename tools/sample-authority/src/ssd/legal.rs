//! Legal statuses.

use std::collections::BTreeMap;
use std::error::Error;

use chrono::NaiveDate;
use csc_measures::dates::birthday;
use csc_measures::tables::Table;

use super::choice::System;
use super::ends::Ends;
use super::extract::{Extract, Lot};
use super::sheet::{Sheet, Values};
use super::{ids, texts};
use crate::diary::plus;
use crate::tables::Row;

/// Of so many children looked after one has a status beside that makes nobody looked after.
const BESIDE: u64 = 12;
/// The days by which that status began before.
const BEFORE: i64 = -100;

/// `ssd_legal_status`.
pub(super) fn legal_statuses(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "lega_legal_status_id",
        "lega_person_id",
        "lega_legal_status",
        "lega_legal_status_start_date",
        "lega_legal_status_end_date",
    ];
    let mut sheet = Sheet::new("ssd_legal_status", &columns);
    let rows = extract.rows(Table::LegalStatuses)?;
    let ends = Ends::new(choice, &rows, "person_id");
    let births = births(extract)?;
    let mut statuses = Vec::new();
    for row in &rows {
        let born = births.get(row.get("person_id")).copied().flatten();
        let number = ids::number(Table::LegalStatuses, row.get("legal_status_id"));
        statuses.push(Status {
            id: ids::row(Table::LegalStatuses, row.get("legal_status_id")),
            person: row.get("person_id").to_owned(),
            status: texts::legal(choice, row.get("legal_status"), is_second(row, born, number)),
            start: row.get("start_date").to_owned(),
            end: ends.end(row),
        });
    }
    if choice.losses && choice.of(System::Eclipse) {
        statuses = merged(statuses);
    }
    if choice.of(System::Systemc) {
        statuses.extend(beside(extract, &rows)?);
    }
    for status in statuses {
        let values = Values::default()
            .text("lega_legal_status_id", status.id)
            .text("lega_person_id", ids::person(&status.person))
            .text("lega_legal_status", status.status)
            .date("lega_legal_status_start_date", status.start)
            .date("lega_legal_status_end_date", status.end);
        sheet.add(values);
    }
    Ok(sheet)
}

/// A legal status as the system has it.
struct Status {
    id: String,
    person: String,
    status: String,
    start: String,
    end: String,
}

/// When each person was born.
fn births(extract: &Extract<'_>) -> Result<BTreeMap<String, Option<NaiveDate>>, Box<dyn Error>> {
    let rows = extract.rows(Table::Persons)?;
    let born = |row: &Row| row.get("date_of_birth").parse().ok();
    Ok(rows.iter().map(|row| (row.get("person_id").to_owned(), born(row))).collect())
}

/// Whether a status has the second of SystemC's texts: by the child's age for agreements with parents, else by the
/// row.
fn is_second(row: &Row, born: Option<NaiveDate>, number: u64) -> bool {
    if !row.get("legal_status").starts_with('V') {
        return number.is_multiple_of(2);
    }
    let sixteen = born.and_then(|born| birthday(born, 16));
    sixteen.is_some_and(|day| day.to_string().as_str() <= row.get("start_date"))
}

/// One row for a person and status, from the first start to the last end.
fn merged(statuses: Vec<Status>) -> Vec<Status> {
    let mut merged: Vec<Status> = Vec::new();
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    for status in statuses {
        let place = *places.entry((status.person.clone(), status.status.clone())).or_insert(merged.len());
        match merged.get_mut(place) {
            None => merged.push(status),
            Some(other) => {
                other.start = status.start.min(other.start.clone());
                // An open one leaves it open.
                if other.end.is_empty() || status.end.is_empty() {
                    other.end = String::new();
                } else {
                    other.end = status.end.max(other.end.clone());
                }
            }
        }
    }
    merged
}

/// Statuses that make nobody looked after: supervision orders that run beside, from before the care on, and special
/// guardianship after it.
fn beside(extract: &Extract<'_>, rows: &[Row]) -> Result<Vec<Status>, Box<dyn Error>> {
    let mut spans: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for row in rows {
        let (start, end) = (row.get("start_date"), row.get("end_date"));
        let span = spans.entry(row.get("person_id")).or_insert((start, end));
        span.0 = start.min(span.0);
        span.1 = if span.1.is_empty() || end.is_empty() { "" } else { end.max(span.1) };
    }
    let mut statuses = Vec::new();
    for (person, (start, end)) in &spans {
        let number = ids::person_number(person);
        let began = start.parse().map(|date| plus(date, BEFORE));
        if let (true, Ok(began)) = (extract.one_in(Lot::OtherLegalStatus, number, BESIDE), began) {
            statuses.push(Status {
                id: ids::besides(number),
                person: (*person).to_owned(),
                status: texts::BESIDE.to_owned(),
                start: began.to_string(),
                end: (*end).to_owned(),
            });
        }
    }
    for row in extract.rows(Table::Permanence)? {
        let (person, ordered) = (row.get("person_id"), row.get("order_date"));
        let is_after = spans.get(person).is_some_and(|(_, end)| !end.is_empty() && *end <= ordered);
        if row.get("order_type").starts_with("Special") && is_after {
            statuses.push(Status {
                // Beside that of the supervision order.
                id: ids::nowhere(ids::person_number(person)),
                person: person.to_owned(),
                status: texts::AFTER.to_owned(),
                start: ordered.to_owned(),
                end: String::new(),
            });
        }
    }
    Ok(statuses)
}
