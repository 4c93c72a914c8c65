//! The records of every table, as the measures read them.

use std::fmt::Debug;

use super::grouped::Grouped;
use super::ranks::Ranks;
use super::store::{Store, TableRows};
use crate::tables::{self, ByPerson, Joined, Keep, Listed, Names, all_tables};
use crate::value::index::PersonIx;

/// A way in which the records of a table are kept.
pub(crate) trait Keeping<T: Keep> {
    type Kept: Debug + Default;
    /// What of them is a person's.
    type OfPerson: ?Sized;

    fn keep(rows: &TableRows<T>, ranks: &Ranks, names: &Names) -> Self::Kept;
    fn of_person(kept: &Self::Kept, person: PersonIx) -> &Self::OfPerson;
    /// What of them is in a list, and nobody's or not only persons'.
    fn listed(kept: &Self::Kept) -> Self::Kept;
}

impl<T: Keep> Keeping<T> for ByPerson {
    type Kept = Grouped<PersonIx, T::Record>;
    type OfPerson = [T::Record];

    fn keep(rows: &TableRows<T>, ranks: &Ranks, names: &Names) -> Self::Kept {
        let owners = || ranks.all_of(&rows.owners);
        if T::EQUALS_BY_ID {
            let ids = &names.table(T::TABLE).ids;
            let rows = || owners().zip(rows.ids.iter().copied().zip(rows.records.iter().copied()));
            Grouped::new(ranks.len(), rows, |(a_id, a), (b_id, b)| {
                T::order(a, b).then_with(|| ids.compare(*a_id, *b_id))
            })
            .map(|(_, record)| record)
        } else {
            Grouped::new(ranks.len(), || owners().zip(rows.records.iter().copied()), T::order)
        }
    }

    fn of_person(kept: &Self::Kept, person: PersonIx) -> &Self::OfPerson {
        kept.of(person)
    }

    fn listed(_: &Self::Kept) -> Self::Kept {
        Self::Kept::default()
    }
}

impl<T: Keep> Keeping<T> for Listed {
    type Kept = Vec<T::Record>;
    type OfPerson = ();

    fn keep(rows: &TableRows<T>, _: &Ranks, _: &Names) -> Self::Kept {
        rows.records.clone()
    }

    fn of_person(_: &Self::Kept, _: PersonIx) -> &Self::OfPerson {
        &()
    }

    fn listed(kept: &Self::Kept) -> Self::Kept {
        kept.clone()
    }
}

impl<T: Keep> Keeping<T> for Joined {
    type Kept = ();
    type OfPerson = ();

    fn keep(_: &TableRows<T>, _: &Ranks, _: &Names) -> Self::Kept {}

    fn of_person((): &Self::Kept, _: PersonIx) -> &Self::OfPerson {
        &()
    }

    fn listed((): &Self::Kept) -> Self::Kept {}
}

macro_rules! kept {
    ($($table:ident $name:ident: $row:ident;)+) => {
        /// The records of every table.
        #[derive(Debug, Default)]
        #[allow(dead_code, reason = "records that are joined with others are not kept here")]
        pub(crate) struct Kept {
            $( pub(crate) $name: <<tables::$row as Keep>::Keeping as Keeping<tables::$row>>::Kept, )+
        }

        /// Of every table the records of one person.
        #[derive(Clone, Copy)]
        #[allow(dead_code, reason = "records that are not a person's have nothing here")]
        pub(crate) struct OfPerson<'k> {
            $( pub(crate) $name: &'k <<tables::$row as Keep>::Keeping as Keeping<tables::$row>>::OfPerson, )+
        }

        impl Kept {
            pub(super) fn new(store: &Store, ranks: &Ranks, names: &Names) -> Self {
                Self {
                    $(
                        $name: <<tables::$row as Keep>::Keeping as Keeping<tables::$row>>::keep(
                            &store.$name, ranks, names,
                        ),
                    )+
                }
            }

            /// The records of the tables that are kept in lists.
            pub(super) fn listed(&self) -> Self {
                Self {
                    $(
                        $name: <<tables::$row as Keep>::Keeping as Keeping<tables::$row>>::listed(&self.$name),
                    )+
                }
            }

            pub(super) fn of_person(&self, person: PersonIx) -> OfPerson<'_> {
                OfPerson {
                    $(
                        $name: <<tables::$row as Keep>::Keeping as Keeping<tables::$row>>::of_person(
                            &self.$name, person,
                        ),
                    )+
                }
            }
        }
    };
}
all_tables!(kept);
