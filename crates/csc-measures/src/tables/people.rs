//! Who the children are.

use std::cmp::Ordering;

use super::declare::*;
use super::{ByPerson, Given, Joined, Keep};
use crate::column::Coded;
use crate::time::Day;
use crate::value::index::{PersonNo, retyped};

table! {
    /// Children and young people: one row a person.
    Persons persons "ssd_person" => Person, PersonRead {
        person_id: unique id [also(&["per_person_id"])] = "pers_person_id", "identifies the row";
        date_of_birth: optional date = "pers_dob", "the date of birth";
        expected_date_of_birth: optional date [null_tells] = "pers_expected_dob", "the expected date of birth of an unborn child";
        date_of_death: optional date [null_tells] = "pers_death_date", "the date of death";
    }
}

table! {
    /// Immigration statuses of a person over time, for unaccompanied asylum-seeking children.
    ImmigrationStatuses immigration_statuses "ssd_immigration_status" => ImmigrationStatus, ImmigrationStatusRead {
        person_id: required id -> Persons = "immi_person_id", "the person";
        status: optional code of Uasc = "immi_immigration_status", "UASC, or a text that begins Unaccompanied Asylum";
        start_date: optional date = "immi_immigration_status_start_date", "the first day";
        end_date: optional date [ends, warned("no_end_dates")] = "immi_immigration_status_end_date", "the first day it no longer holds; null = open";
    } pairs {
        end_date after start_date: out;
    }
}

impl Keep for Person {
    type Record = records::Person;
    type Keeping = Joined;
    const IS_NAMED: bool = true;

    fn owner(row: &PersonRead<'_>) -> Option<PersonNo> {
        Some(retyped(row.person_id))
    }

    fn keep(row: PersonRead<'_>, _: &mut Given<'_>) -> records::Person {
        records::Person {
            born: row.date_of_birth,
            expected: row.expected_date_of_birth,
            died: row.date_of_death,
        }
    }
}

impl Keep for ImmigrationStatus {
    type Record = records::ImmigrationStatus;
    type Keeping = ByPerson;

    fn owner(row: &ImmigrationStatusRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: ImmigrationStatusRead<'_>, _: &mut Given<'_>) -> records::ImmigrationStatus {
        records::ImmigrationStatus {
            start: row.start_date.unwrap_or(Day::MIN),
            end: row.end_date,
            is_uasc: row.status == Some(Coded::Known("UASC")),
        }
    }

    fn order(a: &records::ImmigrationStatus, b: &records::ImmigrationStatus) -> Ordering {
        a.start.cmp(&b.start)
    }
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::tables::interval::intervals;
    use crate::time::Day;
    /// A person; one without a row has no dates.
    #[derive(Clone, Copy, Debug, Default)]
    pub(crate) struct Person {
        pub(crate) born: Option<Day>,
        pub(crate) expected: Option<Day>,
        pub(crate) died: Option<Day>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct ImmigrationStatus {
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        pub(crate) is_uasc: bool,
    }

    intervals!(ImmigrationStatus);
}
