//! What rows name that is not there: persons without a row, and rows of other tables.

use super::digest::digest;
use super::faulty::{FaultKind, Id, Named, NamingColumns, Noted};
use super::issue::{DataIssue, Detail};
use super::links::Undecided;
use super::store::{EachTable, Reference, Store, TableRows};
use crate::column::IssueCode;
use crate::tables::{Keep, Names, Table};
use crate::value::index::{IdNo, Indexed, PersonNo};

/// References to rows of a supplied table that are not there.
pub(super) fn dangling_references<'r>(
    names: &Names,
    references: impl Iterator<Item = &'r Reference>,
    is_supplied: impl Fn(Table) -> bool,
    undecided: &mut Vec<Undecided>,
    noted: &mut Noted,
) {
    for reference in references {
        let Some(to) = reference.to.table() else { continue };
        let referred = names.space(reference.to);
        if is_supplied(to) && referred.row(reference.id).is_none() {
            let known = |id: IdNo| Id::Known(id);
            let named = Named {
                person: reference.owner.map(|person| known(person.id())),
                worker: (to == Table::Workers).then(|| known(reference.id)),
                record: NamingColumns::of(reference.table).record.and(reference.record).map(known),
            };
            let Reference { table, column, .. } = *reference;
            let code = IssueCode::DanglingReference;
            noted.add(FaultKind { table, column, code, is_out: false }, &named);
            let issue = DataIssue {
                table: reference.table,
                row: reference.number.into(),
                column: reference.column,
                code: IssueCode::DanglingReference,
                record: reference.record.map(|id| names.table(reference.table).ids.text(id).into()),
                source: None,
                detail: Detail::None,
            };
            undecided.push(Undecided { issue, to, id: digest(referred.ids.text(reference.id)) });
        }
    }
}

/// One issue for each table and person without a row in `persons`.
pub(super) fn unknown_persons(
    names: &Names,
    store: &Store,
    undecided: &mut Vec<Undecided>,
    noted: &mut Noted,
) {
    let persons = names.table(Table::Persons);
    let standing = |id| if persons.row(id).is_some() { Standing::Known } else { Standing::Unknown };
    let known = persons.ids.numbers().map(standing).collect();
    store.each(&mut UnknownPersons { names, known, undecided, noted });
}

/// What is known of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// The person has a row.
    Known,
    /// The person has none.
    Unknown,
    /// The person has none, which is reported for this table.
    Reported,
}

struct UnknownPersons<'u> {
    names: &'u Names,
    /// What is known of a person.
    known: Indexed<PersonNo, Standing>,
    undecided: &'u mut Vec<Undecided>,
    noted: &'u mut Noted,
}

impl EachTable for UnknownPersons<'_> {
    fn table<T: Keep>(&mut self, rows: &TableRows<T>) {
        let Some(column) = T::TABLE.person_column() else { return };
        let mut reported: Vec<PersonNo> = Vec::new();
        for (place, owner) in rows.owners.iter().enumerate() {
            let Some(person) = owner.filter(|person| self.known[*person] != Standing::Known) else {
                continue;
            };
            let named = Named { person: Some(Id::Known(person.id())), ..Named::default() };
            let code = IssueCode::UnknownPerson;
            self.noted.add(FaultKind { table: T::TABLE, column, code, is_out: false }, &named);
            // Reported once for each table and person.
            if self.known[person] == Standing::Reported {
                continue;
            }
            self.known[person] = Standing::Reported;
            reported.push(person);
            let persons = self.names.table(Table::Persons);
            let issue = DataIssue {
                table: T::TABLE,
                row: rows.numbers.get(place).into(),
                column,
                code: IssueCode::UnknownPerson,
                record: rows.id_text(place, self.names),
                source: None,
                detail: Detail::None,
            };
            let id = digest(persons.ids.text(person.id()));
            self.undecided.push(Undecided { issue, to: Table::Persons, id });
        }
        for person in reported {
            self.known[person] = Standing::Unknown;
        }
    }
}
