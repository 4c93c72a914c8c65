//! Of several years' rows of one thing the latest.

use std::collections::BTreeMap;

use super::files::FORM;
use crate::return_year::Day;
use crate::sheet::SheetRow;

/// The day of a column as a key.
pub(super) fn day(row: SheetRow<'_>, column: &str) -> Day {
    Day::of(row.text(column), FORM)
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
