//! Whose the rows are that others may refer to, and whose rows hang together with those of somebody else: a child whose
//! rows are replaced must not change another child's figures.

use std::collections::BTreeSet;

use super::care_period::CarePeriod;
use super::grouped::Grouped;
use super::ranks::Ranks;
use super::store::{EachTable, Reference, Store, TableRows};
use crate::tables::{Keep, Names, OwnId, Space, Table};
use crate::value::index::{IdNo, Indexed, PersonIx, Position};

/// Whose row has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// No row has it.
    NoRow,
    /// The row of nobody.
    Nobodys,
    Of(PersonIx),
}

/// Whose the rows are that have ids by which others or cases name them.
#[derive(Debug, Default)]
pub(crate) struct Owners {
    tables: Vec<(Table, Indexed<IdNo, Whose>)>,
    /// The persons whose rows bear on the figures of somebody else, or the other way.
    pub(super) tied: BTreeSet<PersonIx>,
    /// What rows on which figures hang refer to and is not there, with whose they are, in order.
    pub(super) sought: Vec<(Table, IdNo, PersonIx)>,
}

impl Owners {
    pub(super) fn new(
        (store, names, ranks): (&Store, &Names, &Ranks),
        references: &[Reference],
        periods: &Grouped<PersonIx, CarePeriod>,
    ) -> Self {
        let mut owners = Self::default();
        store.each(&mut Filling { owners: &mut owners, names, ranks });
        owners.add_periods(names, ranks, periods);
        for reference in references {
            owners.add_reference(reference, ranks);
        }
        owners.sought.sort_unstable();
        owners
    }

    /// Whose row of a table has an id; of `cla_episodes` whose period of care.
    pub(super) fn of(&self, table: Table, id: IdNo) -> Whose {
        let found = self.tables.iter().find(|(of, _)| *of == table);
        // Ids that were met after the last row have none.
        found.filter(|(_, whose)| id.place() < whose.len()).map_or(Whose::NoRow, |(_, whose)| whose[id])
    }

    /// Every id that a row has, by table.
    pub(super) fn ids(&self) -> impl Iterator<Item = (Table, IdNo)> {
        self.tables.iter().flat_map(|(table, whose)| {
            whose.iter().filter(|(_, whose)| **whose != Whose::NoRow).map(|(id, _)| (*table, id))
        })
    }

    fn add_periods(&mut self, names: &Names, ranks: &Ranks, periods: &Grouped<PersonIx, CarePeriod>) {
        let mut whose = Indexed::filled(names.space(Space::Cla).ids.len(), Whose::NoRow);
        for (person, _) in ranks.order.iter() {
            for period in periods.of(person) {
                let known = &mut whose[period.cla.id()];
                if let Whose::Of(other) = *known
                    && other != person
                {
                    self.tied.extend([other, person]);
                }
                *known = Whose::Of(person);
            }
        }
        self.tables.push((Table::ClaEpisodes, whose));
    }

    /// Notes a reference on which figures hang, if it is to a row of somebody else or to none.
    fn add_reference(&mut self, reference: &Reference, ranks: &Ranks) {
        let to = match reference.to {
            Space::Table(table @ (Table::Referrals | Table::Section47Enquiries | Table::CpPlans)) => table,
            _ => return,
        };
        let counts = reference.table.columns().get(reference.column).is_some_and(|column| column.counts);
        let Some(person) = reference.owner.filter(|_| counts).map(|person| ranks.of(person)) else { return };
        match self.of(to, reference.id) {
            Whose::NoRow => self.sought.push((to, reference.id, person)),
            Whose::Of(other) if other != person => self.tied.extend([other, person]),
            Whose::Of(_) | Whose::Nobodys => {}
        }
    }
}

struct Filling<'f> {
    owners: &'f mut Owners,
    names: &'f Names,
    ranks: &'f Ranks,
}

impl EachTable for Filling<'_> {
    fn table<T: Keep>(&mut self, rows: &TableRows<T>) {
        let is_of_persons = T::TABLE.person_column().is_some();
        if T::OWN_ID != OwnId::Numbered || !T::TABLE.keeps_ids() || !is_of_persons || rows.ids.is_empty() {
            return;
        }
        let mut whose = Indexed::filled(self.names.table(T::TABLE).ids.len(), Whose::NoRow);
        for (id, owner) in rows.ids.iter().zip(&rows.owners) {
            whose[*id] = owner.map_or(Whose::Nobodys, |person| Whose::Of(self.ranks.of(person)));
        }
        self.owners.tables.push((T::TABLE, whose));
    }
}
