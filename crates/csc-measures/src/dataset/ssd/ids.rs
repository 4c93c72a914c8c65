//! Ids that are not those of one row: made where there is none, parted among brothers and sisters who share a form,
//! and of an address by the day a child moved in.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::frame::{Fate, Frame, Place, Value};
use super::held::hash;
use super::settling::Settling;
use crate::tables::Table;

pub(super) fn settle(settling: &mut Settling<'_>) {
    let mut owners: HashMap<Box<str>, Box<str>> = HashMap::new();
    if let Some(episodes) = settling.frame(Table::ClaEpisodes) {
        let (cla_id, person_id) = (episodes.column("cla_id"), episodes.column("person_id"));
        for row in episodes.read() {
            if let (Some(cla), Some(person)) = (episodes.id(cla_id, row), episodes.id(person_id, row)) {
                owners.insert(cla, person);
            }
        }
    }
    for frame in settling.frames.iter_mut() {
        if let Some(column) = frame.id_column() {
            settle_table(frame, column, &owners);
        }
    }
}

/// Whose a row is: a review of care goes by its period of care.
fn owner(
    frame: &Frame,
    [person_id, cla_id]: [Place; 2],
    row: usize,
    owners: &HashMap<Box<str>, Box<str>>,
) -> Option<Box<str>> {
    frame.id(person_id, row).or_else(|| {
        let cla = frame.id(cla_id, row)?;
        Some(owners.get(&cla).cloned().unwrap_or(cla))
    })
}

fn settle_table(frame: &mut Frame, column: Place, owners: &HashMap<Box<str>, Box<str>>) {
    let is_person_or_worker = matches!(frame.table, Table::Persons | Table::Workers);
    // Most ids are there once, and of those nothing need be kept but that.
    let mut hashes: Vec<u64> =
        frame.read().filter_map(|row| frame.id(column, row)).map(|id| hash(&id)).collect();
    hashes.sort_unstable();
    let repeated: HashSet<u64> = (hashes.windows(2))
        .filter_map(|pair| match pair {
            [one, other] if one == other => Some(*one),
            _ => None,
        })
        .collect();
    drop(hashes);
    let mut by_id: HashMap<Box<str>, Vec<usize>> = HashMap::new();
    let mut without = Vec::new();
    for row in frame.read() {
        match frame.id(column, row) {
            Some(id) if repeated.contains(&hash(&id)) => by_id.entry(id).or_default().push(row),
            Some(_) => {}
            None if is_person_or_worker => {}
            None => without.push(row),
        }
    }
    for row in without {
        let made = format!("#{}", frame.number(row));
        frame.set(column, row, Value::text(&made));
    }
    by_id.retain(|_, rows| rows.len() > 1);
    let owned_by = ["person_id", "cla_id"].map(|name| frame.column(name));
    for (id, rows) in by_id {
        let of: Vec<Option<Box<str>>> = rows.iter().map(|row| owner(frame, owned_by, *row, owners)).collect();
        let persons: BTreeSet<&str> = of.iter().filter_map(Option::as_deref).collect();
        let is_shared = persons.len() > 1 && !is_person_or_worker;
        let mut read: Vec<usize> = Vec::new();
        let mut said: HashSet<String> = HashSet::new();
        for (row, person) in rows.iter().copied().zip(&of) {
            if !said.insert(frame.says(row, column)) {
                if let Some(fate) = frame.fates.get_mut(row) {
                    *fate = Fate::Merged;
                }
                continue;
            }
            read.push(row);
            if let (true, Some(person)) = (is_shared, person) {
                frame.set(column, row, Value::text(&format!("{id}/{person}")));
            }
        }
        if frame.table == Table::ClaPlacements {
            by_day(frame, column, &read);
        }
    }
}

/// Of placements one id of a child's is an address: each stay there has an id of its own.
fn by_day(frame: &mut Frame, column: Place, rows: &[usize]) {
    let start_date = frame.column("start_date");
    let mut stays: HashMap<Box<str>, Vec<usize>> = HashMap::new();
    for row in rows {
        if let Some(id) = frame.id(column, *row) {
            stays.entry(id).or_default().push(*row);
        }
    }
    for (id, rows) in stays.into_iter().filter(|(_, rows)| rows.len() > 1) {
        for row in rows {
            if let Some(start) = frame.day(start_date, row) {
                frame.set(column, row, Value::text(&format!("{id}~{}", start.date())));
            }
        }
    }
}
