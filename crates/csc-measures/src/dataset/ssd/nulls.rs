//! What systems write where they have nothing: placeholder texts, keys of no worker and no department, and rows of
//! what has not happened yet.

use super::frame::{Fate, Value};
use super::settling::Settling;
use crate::column::IssueCode;
use crate::tables::Table;
use crate::value::names::fold_alike;

/// Texts that stand in columns that a system does not fill.
const PLACEHOLDERS: [&str; 2] = ["SSD_PH", "PLACEHOLDER_DATA"];

/// The keys of a warehouse's row for no worker or no department.
pub(super) const NO_KEYS: [&str; 2] = ["-1", "0"];

/// Columns that hold the key of a worker or of a department.
const KEYS: [(Table, &str); 6] = [
    (Table::Workers, "worker_id"),
    (Table::Involvements, "worker_id"),
    (Table::Workers, "team"),
    (Table::Referrals, "team"),
    (Table::Assessments, "team"),
    (Table::Departments, "department_id"),
];

/// Visits, which are there from the day on which they were planned.
const VISITS: [Table; 3] = [Table::CpVisits, Table::CinVisits, Table::ClaVisits];

pub(super) fn settle(settling: &mut Settling<'_>) {
    for frame in settling.frames.iter_mut() {
        frame.nullify(|text| PLACEHOLDERS.iter().any(|placeholder| fold_alike(placeholder, text)));
    }
    for (table, column) in KEYS {
        let Some(frame) = settling.frame_mut(table) else { continue };
        let column = frame.column(column);
        let is_none = |row: &usize| frame.id(column, *row).is_some_and(|id| NO_KEYS.contains(&&*id));
        let rows: Vec<usize> = frame.read().filter(is_none).collect();
        // A row of no worker or of no department describes nobody.
        let is_own_id = frame.is_id(column);
        for row in rows {
            match frame.fates.get_mut(row).filter(|_| is_own_id) {
                Some(fate) => *fate = Fate::Merged,
                None => frame.set(column, row, Value::NULL),
            }
        }
    }
}

/// Leaves out visits that were not held and cases that wait for a worker. Neither is a fault of its row, and each is
/// reported once.
pub(super) fn leave_out(settling: &mut Settling<'_>) {
    let not_yet = VISITS.map(|table| (table, "date", IssueCode::NotHeld));
    for (table, column, code) in
        not_yet.into_iter().chain([(Table::Involvements, "worker_id", IssueCode::Unallocated)])
    {
        let Some(frame) = settling.frame_mut(table) else { continue };
        let place = frame.column(column);
        let is_null = |row: &usize| frame.value(place, *row).is_some_and(Value::is_null);
        let rows: Vec<usize> = frame.read().filter(is_null).collect();
        for row in &rows {
            if let Some(fate) = frame.fates.get_mut(*row) {
                *fate = Fate::NotYet;
            }
        }
        settling.note(table, column, code, rows);
    }
}
