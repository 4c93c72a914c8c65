//! Births that a system keeps as estimated or as expected.

use std::collections::HashMap;

use super::frame::Value;
use super::settling::Settling;
use crate::column::IssueCode;
use crate::tables::Table;
use crate::time::Day;

/// Tables whose rows say that somebody is there, with the day.
const EVENTS: [(Table, &str); 5] = [
    (Table::Referrals, "referral_date"),
    (Table::Assessments, "start_date"),
    (Table::ClaEpisodes, "start_date"),
    (Table::ImmigrationStatuses, "start_date"),
    (Table::Involvements, "start_date"),
];

pub(super) fn settle(settling: &mut Settling<'_>, extract: Option<Day>) {
    // The first day that a person is known of; `None` if a row says no more than that.
    let mut first: HashMap<Box<str>, Option<Day>> = HashMap::new();
    for (table, column) in EVENTS {
        let Some(frame) = settling.frame(table) else { continue };
        let (person_id, column) = (frame.column("person_id"), frame.column(column));
        for row in frame.read() {
            let Some(person) = frame.id(person_id, row) else { continue };
            let day = frame.day(column, row);
            let known = first.entry(person).or_insert(day);
            *known = match (*known, day) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }
    let Some(persons) = settling.frame_mut(Table::Persons) else { return };
    let (person_id, date_of_birth) = (persons.column("person_id"), persons.column("date_of_birth"));
    let expected_date_of_birth = persons.column("expected_date_of_birth");
    let rows: Vec<usize> = persons.read().collect();
    let mut estimated = Vec::new();
    for row in rows {
        let (birth, expected) = (persons.day(date_of_birth, row), persons.day(expected_date_of_birth, row));
        match (birth, expected) {
            (None, Some(expected)) if persons.has_no_day(date_of_birth, row) => {
                let Some(known) = persons.id(person_id, row).and_then(|person| first.get(&person)) else {
                    continue;
                };
                let is_past = extract.is_some_and(|extract| expected <= extract);
                if known.is_some_and(|known| expected <= known) || is_past {
                    persons.set(date_of_birth, row, Value::day(expected));
                    persons.set(expected_date_of_birth, row, Value::NULL);
                    estimated.push(row);
                }
            }
            (Some(birth), expected) if extract.is_some_and(|extract| birth > extract) => {
                if expected.is_none() {
                    persons.set(expected_date_of_birth, row, Value::day(birth));
                }
                persons.set(date_of_birth, row, Value::NULL);
            }
            _ => {}
        }
    }
    settling.note(Table::Persons, "date_of_birth", IssueCode::EstimatedBirth, estimated);
}
