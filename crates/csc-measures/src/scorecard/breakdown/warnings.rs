//! What a breakdown lacks.

use super::dimension::{Dimension, TEAM_OF_WORKER};
use crate::dataset::Supplied;
use crate::measures::{Measure, Subject};
use crate::tables::{Assessment, DISABILITY_OF_PERSON, Declared, Person, Referral, Table, place_of};

/// The warnings of a result that is broken down: tables and columns that would say in which groups its cases are, and
/// are not there or are not understood.
pub(in crate::scorecard) fn warnings(
    measure: Measure,
    dimensions: &[Dimension],
    supplied: &Supplied,
) -> Vec<String> {
    let mut found = Vec::new();
    for dimension in dimensions {
        match measure.definition().cases_are {
            Subject::Persons => of_persons(measure, dimension, supplied, &mut found),
            Subject::Workers if *dimension == Dimension::Team => {
                column(supplied, Table::Workers, TEAM_OF_WORKER, &mut found);
            }
            Subject::Workers | Subject::Others => {}
        }
    }
    found
}

fn of_persons(measure: Measure, dimension: &Dimension, supplied: &Supplied, found: &mut Vec<String>) {
    const SEX: usize = place_of(Person::COLUMNS, "sex");
    const ETHNICITY: usize = place_of(Person::COLUMNS, "ethnicity");
    const SEN: usize = place_of(Person::COLUMNS, "sen");
    const AREA: usize = place_of(Person::COLUMNS, "area");
    const BIRTH: usize = place_of(Person::COLUMNS, "date_of_birth");
    const REFERRAL: usize = place_of(Referral::COLUMNS, "team");
    const ASSESSMENT: usize = place_of(Assessment::COLUMNS, "team");
    match dimension {
        Dimension::Sex => column(supplied, Table::Persons, SEX, found),
        Dimension::Ethnicity | Dimension::EthnicGroup => column(supplied, Table::Persons, ETHNICITY, found),
        Dimension::Disability if is_derived(supplied) => found.push("derived:disability".to_owned()),
        Dimension::Disability => column(supplied, Table::Persons, DISABILITY_OF_PERSON, found),
        Dimension::Sen => column(supplied, Table::Persons, SEN, found),
        Dimension::Area => column(supplied, Table::Persons, AREA, found),
        Dimension::Age => column(supplied, Table::Persons, BIRTH, found),
        Dimension::Team => {
            for (table, place) in [(Table::Referrals, REFERRAL), (Table::Assessments, ASSESSMENT)] {
                let mut inputs = measure.definition().inputs.iter();
                if supplied.has_table(table) && inputs.any(|input| input.name == table.name()) {
                    column(supplied, table, place, found);
                }
            }
            is_there(supplied, Table::Involvements, found);
            column(supplied, Table::Workers, TEAM_OF_WORKER, found);
        }
        Dimension::Worker => {
            is_there(supplied, Table::Involvements, found);
        }
        Dimension::Own(_) => {}
    }
}

/// Whether disability is worked out from rows of disabilities, since persons have no column of it.
fn is_derived(supplied: &Supplied) -> bool {
    !supplied.has_column(Table::Persons, DISABILITY_OF_PERSON)
        && supplied.usable(Table::Disabilities).is_some()
}

fn is_there(supplied: &Supplied, table: Table, found: &mut Vec<String>) -> bool {
    let is_there = supplied.usable(table).is_some();
    if !is_there {
        found.push(format!("without:{table}"));
    }
    is_there
}

fn column(supplied: &Supplied, table: Table, place: usize, found: &mut Vec<String>) {
    if !is_there(supplied, table, found) {
        return;
    }
    let Some(column) = table.columns().get(place) else { return };
    if !supplied.has_column(table, place) {
        found.push(format!("no_column:{table}.{}", column.name));
    } else if supplied.get(table).is_some_and(|supply| supply.understands_nothing(place)) {
        found.push(format!("nothing_understood:{table}.{}", column.name));
    }
}
