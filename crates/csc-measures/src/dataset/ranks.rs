//! Persons in the order of their ids.

use crate::column::Ids;
use crate::value::index::{IdNo, Indexed, PersonIx, PersonNo, broken, retyped};

/// Persons in the order of their ids as text.
#[derive(Debug)]
pub(crate) struct Ranks {
    /// The number of each person's id.
    pub(super) order: Indexed<PersonIx, IdNo>,
    /// The place of each id's person.
    ranks: Indexed<PersonNo, PersonIx>,
}

impl Ranks {
    pub(super) fn new(ids: &Ids<IdNo>) -> Self {
        let mut order: Vec<IdNo> = ids.numbers().collect();
        order.sort_unstable_by(|a, b| ids.compare(*a, *b));
        let order: Indexed<PersonIx, IdNo> = order.into_iter().collect();
        // Every id has a place: the sort keeps them all.
        let mut ranks: Indexed<PersonNo, Option<PersonIx>> = Indexed::filled(order.len(), None);
        for (rank, id) in order.iter() {
            ranks[retyped(*id)] = Some(rank);
        }
        let ranks = ranks
            .iter()
            .map(|(person, rank)| rank.unwrap_or_else(|| broken(format_args!("{person:?} has no place"))))
            .collect();
        Self { order, ranks }
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    pub(super) fn of(&self, person: PersonNo) -> PersonIx {
        self.ranks[person]
    }

    /// The numbers of the persons' ids, in the order of the persons.
    pub(super) fn persons(&self) -> impl ExactSizeIterator<Item = PersonNo> {
        self.order.iter().map(|(_, id)| retyped(*id))
    }

    /// The places of the owners of a table's rows, each of which has one.
    pub(super) fn all_of(&self, owners: &[Option<PersonNo>]) -> impl Iterator<Item = PersonIx> {
        each_owner(owners).map(|person| self.of(person))
    }
}

/// The owners of a table's rows, each of which has one.
pub(super) fn each_owner(owners: &[Option<PersonNo>]) -> impl Iterator<Item = PersonNo> {
    owners.iter().map(|owner| {
        owner.unwrap_or_else(|| broken(format_args!("a row that is kept by person names no person")))
    })
}
