//! What rows name that is not there: persons without a row, and rows of other tables.

use super::issue::{DataIssue, Detail};
use super::links::{Undecided, digest};
use super::store::{EachTable, Reference, Store, TableRows};
use crate::column::IssueCode;
use crate::tables::{Keep, Names, Table};
use crate::value::index::{Indexed, PersonNo};

/// References to rows of a supplied table that are not there.
pub(super) fn dangling_references(
    names: &Names,
    references: &[Reference],
    is_supplied: impl Fn(Table) -> bool,
    undecided: &mut Vec<Undecided>,
) {
    for reference in references {
        let Some(to) = reference.to.table() else { continue };
        let referred = names.space(reference.to);
        if is_supplied(to) && referred.row(reference.id).is_none() {
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
pub(super) fn unknown_persons(names: &Names, store: &Store, undecided: &mut Vec<Undecided>) {
    let persons = names.table(Table::Persons);
    let known = persons.ids.numbers().map(|id| persons.row(id).is_some()).collect();
    store.each(&mut UnknownPersons { names, known, undecided });
}

struct UnknownPersons<'u> {
    names: &'u Names,
    /// Whether a person has a row.
    known: Indexed<PersonNo, bool>,
    undecided: &'u mut Vec<Undecided>,
}

impl EachTable for UnknownPersons<'_> {
    fn table<T: Keep>(&mut self, rows: &TableRows<T>) {
        let Some(column) = T::TABLE.person_column() else { return };
        let mut reported: Vec<PersonNo> = Vec::new();
        for (place, owner) in rows.owners.iter().enumerate() {
            let Some(person) = owner.filter(|person| !self.known[*person]) else { continue };
            // Reported once for each table and person: known from here to the end of the table.
            self.known[person] = true;
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
            self.known[person] = false;
        }
    }
}
