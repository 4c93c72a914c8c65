//! Where rows came from, if a table was made from the rows of other files.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::issue::DataIssue;
use crate::tables::Table;

/// Where a row of a table came from, such as a row of a return: issues of the data name that place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "readers make it; a place is a source and a number in it")]
pub struct Origin<'a> {
    /// The file, sheet or element.
    pub source: &'a str,
    /// The row there, 1 = the first data row.
    pub row: u64,
}

/// The origins of the rows that were taken in, table by table.
#[derive(Debug, Default)]
pub(super) struct Origins {
    sources: Vec<Arc<str>>,
    /// For each row of a table the place of its source, and its row there; `None` for rows that are their own.
    rows: BTreeMap<Table, Vec<Option<(usize, u64)>>>,
}

impl Origins {
    /// Notes the origins of the rows that follow the first `before` of a table.
    pub(super) fn add(&mut self, table: Table, before: usize, origins: &[Origin<'_>]) {
        let rows = self.rows.entry(table).or_default();
        rows.resize(before, None);
        for origin in origins {
            // Rows of one source come together, so the last is the most likely.
            let place = match self.sources.iter().rposition(|source| **source == *origin.source) {
                Some(place) => place,
                None => {
                    self.sources.push(Arc::from(origin.source));
                    self.sources.len() - 1
                }
            };
            rows.push(Some((place, origin.row)));
        }
    }

    /// Names the place where the row of an issue came from.
    pub(super) fn tell(&self, issue: &mut DataIssue) {
        // What a reader tells itself has its place already.
        if issue.source.is_some() {
            return;
        }
        let Some(rows) = self.rows.get(&issue.table) else { return };
        let place = usize::try_from(issue.row).ok().and_then(|row| row.checked_sub(1));
        if let Some((source, row)) = place.and_then(|place| rows.get(place).copied().flatten()) {
            issue.source = self.sources.get(source).cloned();
            issue.row = row;
        }
    }
}
