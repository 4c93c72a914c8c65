//! What stands in a list as at a day and cannot be read, or cannot be so.

use std::collections::BTreeMap;

use super::ranks::Ranks;
use crate::tables::Table;
use crate::value::index::{IdNo, PersonIx, PersonNo};

/// A value that cannot be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) table: Table,
    /// The place of its column.
    pub(crate) column: usize,
    /// The id of its row, if the table has such.
    pub(crate) record: Option<IdNo>,
}

/// A value of a person's row that cannot be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unread {
    pub(super) person: PersonNo,
    pub(super) mark: Mark,
}

/// What cannot be read of each person.
#[derive(Debug, Default)]
pub(crate) struct Unreadable(BTreeMap<PersonIx, Vec<Mark>>);

impl Unreadable {
    pub(super) fn new(unread: Vec<Unread>, ranks: &Ranks) -> Self {
        let mut of_persons: BTreeMap<PersonIx, Vec<Mark>> = BTreeMap::new();
        for Unread { person, mark } in unread {
            of_persons.entry(ranks.of(person)).or_default().push(mark);
        }
        Self(of_persons)
    }

    /// Whether everything can be read.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn of(&self, person: PersonIx) -> &[Mark] {
        self.0.get(&person).map_or(&[], Vec::as_slice)
    }
}
