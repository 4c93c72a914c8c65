//! Who the children are.

use std::cmp::Ordering;

use super::declare::*;
use super::{ByPerson, Declared, Given, Joined, Keep};
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
        sex: optional code of Sex = "pers_sex", "M, F or U; 1, 2, 0 and 9 are read so";
        ethnicity: optional code of Ethnicity = "pers_ethnicity", "the DfE code of the ethnicity";
        disability: optional bool, "whether the person is disabled; worked out from `disabilities` if it is absent";
        sen: optional bool = "pers_send_flag", "whether the person has special educational needs";
        area: optional text, "the area that the person lives in, in the council's own words";
    }
}

table! {
    /// Groups of the caller's own that a person belongs to, over time: a breakdown by a dimension of any name.
    PersonGroups person_groups => PersonGroup, PersonGroupRead {
        person_id: required id -> Persons, "the person";
        dimension: required text, "what the groups are by, such as `school`";
        value: required text, "the group";
        start_date: optional date, "the first day; null = always";
        end_date: optional date [ends, warned("no_end_dates")], "the first day it no longer holds; null = open";
    } pairs {
        end_date after start_date: out;
    }
}

table! {
    /// Disabilities of the Standard Safeguarding Dataset: one row a person and disability.
    Disabilities disabilities "ssd_disability" => Disability, DisabilityRead {
        person_id: required id -> Persons = "disa_person_id", "the person";
        disability: optional code of Disability = "disa_disability_code", "the disability; NONE = none";
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

/// The place of the column that says whether a person is disabled.
pub(crate) const DISABILITY_OF_PERSON: usize = super::place_of(Person::COLUMNS, "disability");

impl Keep for Person {
    type Record = records::Person;
    type Keeping = Joined;
    const IS_NAMED: bool = true;

    fn owner(row: &PersonRead<'_>) -> Option<PersonNo> {
        Some(retyped(row.person_id))
    }

    fn keep(row: PersonRead<'_>, given: &mut Given<'_>) -> records::Person {
        records::Person {
            born: row.date_of_birth,
            expected: row.expected_date_of_birth,
            died: row.date_of_death,
            sex: row.sex.and_then(Coded::known),
            ethnicity: row.ethnicity.and_then(Coded::known),
            is_disabled: row.disability,
            has_sen: row.sen,
            area: row.area.map(|area| given.label(&area)),
        }
    }
}

impl Keep for PersonGroup {
    type Record = records::PersonGroup;
    type Keeping = ByPerson;

    fn owner(row: &PersonGroupRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: PersonGroupRead<'_>, given: &mut Given<'_>) -> records::PersonGroup {
        records::PersonGroup {
            dimension: given.label(&row.dimension),
            value: given.label(&row.value),
            start: row.start_date.unwrap_or(Day::MIN),
            end: row.end_date,
        }
    }

    fn order(a: &records::PersonGroup, b: &records::PersonGroup) -> Ordering {
        a.start.cmp(&b.start)
    }
}

impl Keep for Disability {
    type Record = records::Disability;
    type Keeping = ByPerson;

    fn owner(row: &DisabilityRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: DisabilityRead<'_>, _: &mut Given<'_>) -> records::Disability {
        records::Disability { is_one: row.disability.and_then(Coded::known).map(|code| code != "NONE") }
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
    use crate::value::index::LabelNo;
    /// A person; of one without a row nothing is known.
    #[derive(Clone, Copy, Debug, Default)]
    pub(crate) struct Person {
        pub(crate) born: Option<Day>,
        pub(crate) expected: Option<Day>,
        pub(crate) died: Option<Day>,
        pub(crate) sex: Option<&'static str>,
        pub(crate) ethnicity: Option<&'static str>,
        pub(crate) is_disabled: Option<bool>,
        pub(crate) has_sen: Option<bool>,
        pub(crate) area: Option<LabelNo>,
    }

    /// A group that a person belongs to for a time.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct PersonGroup {
        pub(crate) dimension: LabelNo,
        pub(crate) value: LabelNo,
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
    }

    /// What a row says of a person's disability.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Disability {
        /// Whether it names one; `None` if its code is not known.
        pub(crate) is_one: Option<bool>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct ImmigrationStatus {
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        pub(crate) is_uasc: bool,
    }

    intervals!(ImmigrationStatus, PersonGroup);
}
