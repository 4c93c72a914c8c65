//! Ends that are the last day: a table says so if its ends mostly fall on the day before the next start.

use std::collections::HashMap;

use super::frame::{Frame, Value};
use super::settling::Settling;
use crate::column::IssueCode;
use crate::tables::Table;
use crate::time::Day;

const TABLES: [(Table, &str); 4] = [
    (Table::ClaEpisodes, "cla_id"),
    (Table::ClaPlacements, "cla_id"),
    (Table::LegalStatuses, "person_id"),
    (Table::CinPlans, "person_id"),
];

pub(super) fn settle(settling: &mut Settling<'_>) {
    for (table, by) in TABLES {
        let Some(frame) = settling.frame_mut(table) else { continue };
        let moved = move_ends(frame, by);
        settling.note(table, "end_date", IssueCode::EndIsLastDay, moved);
    }
}

/// The first day of a row, its end, and its place.
type Stretch = (Day, Option<Day>, usize);

/// Moves the ends to the day after, and says of which rows.
fn move_ends(frame: &mut Frame, by: &str) -> Vec<usize> {
    let mut rows: HashMap<Box<str>, Vec<Stretch>> = HashMap::new();
    let (by, start_date, end_date) = (frame.column(by), frame.column("start_date"), frame.column("end_date"));
    for row in frame.read() {
        if let (Some(key), Some(start)) = (frame.id(by, row), frame.day(start_date, row)) {
            rows.entry(key).or_default().push((start, frame.day(end_date, row), row));
        }
    }
    let (mut on_the_day, mut day_before) = (0_usize, Vec::new());
    for of_one in rows.values_mut() {
        of_one.sort_unstable();
        for pair in of_one.windows(2) {
            if let [(_, Some(end), row), (next, _, _)] = pair {
                on_the_day += usize::from(end == next);
                if end.plus(1) == *next {
                    day_before.push((*row, *next));
                }
            }
        }
    }
    if day_before.len() <= on_the_day {
        return Vec::new();
    }
    for (row, next) in &day_before {
        frame.set(end_date, *row, Value::day(*next));
    }
    let mut moved: Vec<usize> = day_before.into_iter().map(|(row, _)| row).collect();
    moved.sort_unstable();
    moved
}
