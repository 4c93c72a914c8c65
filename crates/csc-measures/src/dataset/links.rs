//! What rows refer to, if a dataset of some of the rows cannot know whether it is there.
//!
//! A part of an authority's rows may refer to rows of another part. Each dataset therefore keeps the issues
//! that another part could take back, and digests of the ids that rows of other parts could mean. A digest
//! replaces an id without showing it, although anybody with a list of ids can look it up.

use super::digest::digest;
use super::issue::DataIssue;
use super::supplied::Supplied;
use crate::tables::{Names, Space, Table};
use crate::value::index::broken;

/// An issue that does not hold if another part has the row that is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Undecided {
    pub(crate) issue: DataIssue,
    /// The table referred to.
    pub(crate) to: Table,
    /// The digest of the id referred to.
    pub(crate) id: u64,
}

impl Undecided {
    /// Whether a figure depends on the row that is referred to.
    pub(crate) fn is_of_figures(&self) -> bool {
        match self.issue.table.columns().get(self.issue.column) {
            Some(column) => column.counts,
            None => broken(format_args!("`{}` has no column {}", self.issue.table, self.issue.column)),
        }
    }
}

/// What a dataset tells other parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Links {
    pub(crate) undecided: Vec<Undecided>,
    /// For each table that others refer to and that has rows, the digests of their ids; of `cla_episodes` those
    /// of the periods of care.
    pub(crate) ids: Vec<(Table, Vec<u64>)>,
}

impl Links {
    pub(super) fn new(names: &Names, supplied: &Supplied, undecided: Vec<Undecided>) -> Self {
        let digests = |table: Table| -> Vec<u64> {
            let space = if table == Table::ClaEpisodes { Space::Cla } else { Space::Table(table) };
            names.space(space).with_rows().map(digest).collect()
        };
        let ids = Table::ALL
            .iter()
            .filter(|table| table.is_referred_to() && supplied.has_table(**table))
            .map(|table| (*table, digests(*table)))
            .filter(|(_, digests)| !digests.is_empty())
            .collect();
        Self { undecided, ids }
    }
}
