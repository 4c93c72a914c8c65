//! Whom the rows with issues are of: for each kind of issue the persons, the workers and the rows that it concerns.

use std::collections::{BTreeMap, BTreeSet};

use super::ranks::Ranks;
use crate::column::{Ids, IssueCode};
use crate::tables::{Names, Need, Space, Table};
use crate::value::index::{IdNo, PersonIx, Position, WorkerNo, at, at_mut, retyped};

/// A kind of issue: what is wrong, in which column, and whether the rows are left out for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FaultKind {
    pub(crate) table: Table,
    /// The place of the column; 0 of a row whose fields are not those of the header.
    pub(crate) column: usize,
    pub(crate) code: IssueCode,
    pub(crate) is_out: bool,
}

/// The rows that have issues of a kind.
#[derive(Debug, Default)]
pub(crate) struct FaultyRows {
    pub(crate) rows: u64,
    /// Rows of which nobody knows whom or what they are of.
    pub(crate) of_nobody: u64,
    persons: Marks,
    workers: Marks,
    records: Marks,
    /// Persons whom no row names that is used.
    strangers: u64,
}

impl FaultyRows {
    /// How many different persons they are of.
    pub(crate) fn person_count(&self) -> u64 {
        self.persons.count().saturating_add(self.strangers)
    }

    /// The persons whom rows that are used name.
    pub(crate) fn persons(&self) -> impl Iterator<Item = PersonIx> {
        self.persons.places().map(PersonIx::at)
    }

    /// The workers whom rows that are used name.
    pub(crate) fn workers(&self) -> impl Iterator<Item = WorkerNo> {
        self.workers.places().map(WorkerNo::at)
    }

    /// The rows of the table, if its rows are cases themselves.
    pub(crate) fn records(&self) -> impl Iterator<Item = IdNo> {
        self.records.places().map(IdNo::at)
    }
}

/// The rows with issues, by kind.
#[derive(Debug, Default)]
pub(crate) struct Faulty(BTreeMap<FaultKind, FaultyRows>);

impl Faulty {
    /// Every kind, by table, column and code.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&FaultKind, &FaultyRows)> {
        self.0.iter()
    }
}

/// An id of a row with an issue.
#[derive(Clone, Debug)]
pub(super) enum Id {
    /// Of a row that is used.
    Known(IdNo),
    /// Of a row that is left out: whether other rows have it is known when all are in.
    Text(Box<str>),
}

/// Whom or what a row is of.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub(super) person: Option<Id>,
    pub(super) worker: Option<Id>,
    /// The row itself, if it is a case.
    pub(super) record: Option<Id>,
}

/// The places of the columns that say whom or what the rows of a table are of.
#[derive(Clone, Copy, Debug)]
pub(super) struct NamingColumns {
    pub(super) person: Option<usize>,
    pub(super) worker: Option<usize>,
    pub(super) record: Option<usize>,
}

impl NamingColumns {
    pub(super) fn of(table: Table) -> Self {
        let refers_to = |space: Table| {
            let columns = table.columns().iter();
            columns.into_iter().position(|column| column.reference == Some(Space::Table(space)))
        };
        let own_or = |space: Table| if table == space { table.id_column() } else { refers_to(space) };
        let (person, worker) = (own_or(Table::Persons), own_or(Table::Workers));
        let is_always_of_a_person = person.is_some_and(|place| {
            table.columns().get(place).is_some_and(|column| column.need != Need::Optional)
        });
        let is_case = table.is_named() && !is_always_of_a_person && table != Table::Workers;
        Self { person, worker, record: table.id_column().filter(|_| is_case) }
    }
}

/// The rows with issues as they are met.
#[derive(Debug, Default)]
pub(super) struct Noted {
    kinds: BTreeMap<FaultKind, NotedRows>,
    /// The ids of rows that are left out.
    texts: Ids<IdNo>,
}

#[derive(Debug, Default)]
struct NotedRows {
    rows: u64,
    of_nobody: u64,
    persons: Marks,
    workers: Marks,
    records: Marks,
    texts: BTreeSet<(Naming, IdNo)>,
}

/// What an id of a row that is left out is the id of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Naming {
    Person,
    Worker,
    Record,
}

impl Noted {
    /// Notes a row that has an issue of a kind.
    pub(super) fn add(&mut self, kind: FaultKind, named: &Named) {
        let noted = self.kinds.entry(kind).or_default();
        noted.rows = noted.rows.saturating_add(1);
        let is_nobody = named.person.is_none() && named.worker.is_none() && named.record.is_none();
        noted.of_nobody = noted.of_nobody.saturating_add(u64::from(is_nobody));
        let named = [
            (Naming::Person, &named.person, &mut noted.persons),
            (Naming::Worker, &named.worker, &mut noted.workers),
            (Naming::Record, &named.record, &mut noted.records),
        ];
        for (naming, id, marks) in named {
            match id {
                Some(Id::Known(id)) => marks.set(id.place()),
                Some(Id::Text(text)) => {
                    noted.texts.insert((naming, self.texts.intern(text.as_bytes())));
                }
                None => {}
            }
        }
    }

    /// The rows with issues once all rows are in.
    pub(super) fn settle(self, names: &Names, ranks: &Ranks) -> Faulty {
        let Self { kinds, texts } = self;
        let number = |table: Table, id: IdNo| names.table(table).ids.number(texts.text(id));
        let settled = kinds.into_iter().map(|(kind, noted)| {
            let NotedRows { rows, of_nobody, mut persons, mut workers, mut records, texts } = noted;
            let mut strangers = 0_u64;
            for (naming, id) in texts {
                let (table, marks) = match naming {
                    Naming::Person => (Table::Persons, &mut persons),
                    Naming::Worker => (Table::Workers, &mut workers),
                    Naming::Record => (kind.table, &mut records),
                };
                match number(table, id) {
                    Some(number) => marks.set(number.place()),
                    None => strangers += u64::from(naming == Naming::Person),
                }
            }
            let mut in_order = Marks::default();
            for place in persons.places() {
                in_order.set(ranks.of(retyped(IdNo::at(place))).place());
            }
            (kind, FaultyRows { rows, of_nobody, persons: in_order, workers, records, strangers })
        });
        Faulty(settled.collect())
    }
}

/// A set of places, of which there may be many: one bit each.
#[derive(Debug, Default)]
struct Marks(Vec<u64>);

impl Marks {
    fn set(&mut self, place: usize) {
        let (word, bit) = (place / 64, place % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        *at_mut(&mut self.0, word) |= 1 << bit;
    }

    fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// The places, ascending.
    fn places(&self) -> impl Iterator<Item = usize> {
        let words = (0..self.0.len()).filter(|word| *at(&self.0, *word) != 0);
        words.flat_map(|word| {
            let bits = *at(&self.0, word);
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| word * 64 + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_kept_once_and_ascend() {
        let mut marks = Marks::default();
        for place in [700, 0, 63, 64, 700, 65] {
            marks.set(place);
        }
        assert_eq!(marks.places().collect::<Vec<_>>(), [0, 63, 64, 65, 700]);
        assert_eq!(marks.count(), 5);
    }

    #[test]
    fn a_row_is_a_case_itself_if_it_need_not_be_of_a_person() {
        let naming = |table: Table| {
            let columns = NamingColumns::of(table);
            [columns.person, columns.worker, columns.record].map(|place| place.is_some())
        };
        assert_eq!(naming(Table::Persons), [true, false, false]);
        assert_eq!(naming(Table::CpVisits), [true, false, false]);
        assert_eq!(naming(Table::Workers), [false, true, false]);
        assert_eq!(naming(Table::Involvements), [true, true, false]);
        assert_eq!(naming(Table::Audits), [true, false, true]);
        assert_eq!(naming(Table::Complaints), [false, false, true]);
        assert_eq!(naming(Table::Policies), [false, false, true]);
        assert_eq!(naming(Table::FinalOrderApplications), [true, false, true]);
    }
}
