//! Whether persons are disabled, worked out from their rows of disabilities if no column says it.

use super::kept::Kept;
use super::supplied::Supplied;
use crate::tables::{DISABILITY_OF_PERSON, Table, records};
use crate::value::index::{Indexed, PersonIx, Position};

/// One row names a disability, or all say that there is none. Of a person without rows nothing is known: councils write
/// no row for a child who is not disabled, and none for one of whom nobody asked.
pub(super) fn tell(persons: &mut Indexed<PersonIx, records::Person>, kept: &Kept, supplied: &Supplied) {
    if supplied.has_column(Table::Persons, DISABILITY_OF_PERSON)
        || supplied.usable(Table::Disabilities).is_none()
    {
        return;
    }
    for place in 0..persons.len() {
        let person = PersonIx::at(place);
        let rows = kept.disabilities.of(person);
        let is_known = !rows.is_empty() && rows.iter().all(|row| row.is_one.is_some());
        let is_disabled = rows.iter().any(|row| row.is_one == Some(true));
        persons[person].is_disabled = (is_disabled || is_known).then_some(is_disabled);
    }
}
