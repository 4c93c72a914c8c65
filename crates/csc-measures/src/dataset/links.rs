//! What rows refer to, if a dataset of some of the rows cannot know whether it is there.
//!
//! A part of an authority's rows may refer to rows of another part. Each dataset therefore keeps the issues
//! that another part could take back, and digests of the ids that rows of other parts could mean. A digest
//! replaces an id without showing it, although anybody with a list of ids can look it up.

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

/// The digest of an id, the same in every program and for ever: parts of different machines are compared.
///
/// 64 bits of FNV-1a, mixed at the end. That two ids of an authority share one is less likely than one in
/// ten million, and would at worst take back one issue or refuse a merge.
pub(crate) fn digest(id: &str) -> u64 {
    let hash = id.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn digests_are_the_same_for_ever() {
        // Parts written by one edition are read by the next.
        assert_eq!(digest(""), 0xF52A_15E9_A9B5_E89B);
        assert_eq!(digest("P1"), 0xA4BB_581A_8DA4_3815);
    }

    #[test]
    fn ids_that_are_alike_have_different_digests() {
        let digests: BTreeSet<u64> = (0..200_000).map(|number| digest(&format!("P{number:06}"))).collect();
        assert_eq!(digests.len(), 200_000);
    }
}
