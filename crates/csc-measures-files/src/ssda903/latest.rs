//! Of several years' rows of one thing the latest.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::files::FORM;
use crate::sheet::SheetRow;

/// A day as a key: by what it means where it can be read, for one year's file may write it with a time of day, or in
/// another form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Day<'a> {
    Read(NaiveDate),
    Written(&'a str),
}

impl<'a> Day<'a> {
    pub(super) fn of(row: SheetRow<'a>, column: &str) -> Self {
        let text = row.text(column);
        FORM.read(text).map_or(Self::Written(text), Self::Read)
    }
}

/// Rows of which none is replaced by a later year's, and those that cannot be read as rows.
#[derive(Debug)]
pub(super) struct Latest<'a, K> {
    /// By key, all that one file has: a second row of a thing in one file is a fault, and is reported in its table.
    pub(super) rows: BTreeMap<K, Vec<SheetRow<'a>>>,
    pub(super) bad: Vec<SheetRow<'a>>,
}

impl<'a, K: Ord> Latest<'a, K> {
    /// Of rows in the order of their years.
    pub(super) fn new(rows: impl Iterator<Item = SheetRow<'a>>, key: impl Fn(SheetRow<'a>) -> K) -> Self {
        let mut latest = Self { rows: BTreeMap::new(), bad: Vec::new() };
        for row in rows {
            if row.is_bad() {
                latest.bad.push(row);
                continue;
            }
            let same = latest.rows.entry(key(row)).or_default();
            if same.first().is_some_and(|first| !first.is_of_file(row)) {
                same.clear();
            }
            same.push(row);
        }
        latest
    }

    /// The first row of a thing.
    pub(super) fn get(&self, key: &K) -> Option<SheetRow<'a>> {
        self.rows.get(key).and_then(|rows| rows.first()).copied()
    }

    /// The rows beyond the first of each thing.
    pub(super) fn doubles(&self) -> impl Iterator<Item = (&K, SheetRow<'a>)> {
        self.rows.iter().flat_map(|(key, rows)| rows.iter().skip(1).map(move |row| (key, *row)))
    }
}

/// By child.
pub(super) fn by_child<'a>(rows: impl Iterator<Item = SheetRow<'a>>) -> Latest<'a, &'a str> {
    Latest::new(rows, |row| row.text("CHILD"))
}
