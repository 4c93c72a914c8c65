//! What a breakdown lacks.

use super::dimension::Dimension;
use crate::dataset::{Supplied, Supply};
use crate::measures::{InputRow, Measure, Subject, optional, reads};
use crate::policy::Policy;
use crate::scorecard::inputs::Inputs;
use crate::tables::{DISABILITY_OF_PERSON, Table};

/// The warnings of a result that is broken down: tables and columns that would say in which groups its cases are, and
/// are not there, are not understood or lost rows.
pub(in crate::scorecard) fn warnings(
    measure: Measure,
    dimensions: &[Dimension],
    supplied: &Supplied,
    policy: &Policy,
) -> Vec<String> {
    let mut inputs = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for dimension in dimensions {
        match (measure.definition().cases_are, dimension) {
            (Subject::Persons, Dimension::Disability) if is_derived(supplied) => {
                told.push("derived:disability".to_owned());
                inputs.extend([reads("disabilities"), optional("disabilities", &["disability"])]);
            }
            (Subject::Persons, Dimension::Team) if derives_team(measure, supplied) => {
                told.push("derived:teams".to_owned());
                inputs.extend(of_lead());
                inputs.extend(own_team(measure, supplied));
                inputs.push(reads("workers"));
            }
            (Subject::Persons, Dimension::Disability) if is_left_out(supplied) => {
                // Why nothing is worked out.
                told.push("no_rows_used:disabilities".to_owned());
                inputs.extend(of_persons(measure, dimension, supplied));
            }
            (Subject::Persons, dimension) => inputs.extend(of_persons(measure, dimension, supplied)),
            (Subject::Workers, Dimension::Team) => {
                inputs.extend([reads("workers"), optional("workers", &["team"])]);
            }
            (Subject::Workers | Subject::Others, _) => {}
        }
    }
    let mut found = Inputs::warnings_of(&inputs, supplied, policy);
    if measure.definition().cases_are == Subject::Persons {
        // Of a worker who is looked up for a team it does not matter whether they are in post.
        let needless = format!("no_end_dates:{}", Table::Workers);
        found.retain(|warning| *warning != needless);
    }
    found.append(&mut told);
    found
}

/// What says in which group of a dimension a person's case is.
fn of_persons(measure: Measure, dimension: &Dimension, supplied: &Supplied) -> Vec<InputRow> {
    let of_person = |columns| vec![reads("persons"), optional("persons", columns)];
    match dimension {
        Dimension::Sex => of_person(&["sex"]),
        Dimension::Ethnicity | Dimension::EthnicGroup => of_person(&["ethnicity"]),
        Dimension::Disability => of_person(&["disability"]),
        Dimension::Sen => of_person(&["sen"]),
        Dimension::Area => of_person(&["area"]),
        Dimension::Age => of_person(&["date_of_birth", "expected_date_of_birth"]),
        Dimension::Team => {
            let of_worker = [reads("workers"), optional("workers", &["team"])];
            of_lead().into_iter().chain(own_team(measure, supplied)).chain(of_worker).collect()
        }
        Dimension::Worker => of_lead().to_vec(),
        Dimension::Own(_) => vec![reads("person_groups"), optional("person_groups", &["start_date"])],
    }
}

/// What says who has a child's case.
fn of_lead() -> [InputRow; 2] {
    [reads("involvements"), optional("involvements", &["role"])]
}

/// What says in which team the record of a case is.
fn own_team(measure: Measure, supplied: &Supplied) -> Option<InputRow> {
    table_of_records(measure, supplied).map(|table| optional(table.name(), &["team"]))
}

/// The table of the records that a measure judges, if it has teams: a referral that an assessment is linked to is
/// only looked up, and one that steps from early help only where no transfer tells.
fn table_of_records(measure: Measure, supplied: &Supplied) -> Option<Table> {
    let names = measure.definition().inputs.iter().flat_map(|input| input.name.split(" | "));
    let reads = |table: Table| names.clone().any(|name| name == table.name());
    let tells = |table| reads(table) && supplied.usable(table).is_some();
    if reads(Table::Assessments) {
        Some(Table::Assessments)
    } else if reads(Table::Referrals) && !tells(Table::StepTransfers) {
        Some(Table::Referrals)
    } else {
        None
    }
}

/// Whether disability would be worked out from rows of disabilities if any could be used.
fn is_left_out(supplied: &Supplied) -> bool {
    !supplied.has_column(Table::Persons, DISABILITY_OF_PERSON)
        && supplied.get(Table::Disabilities).is_some_and(Supply::is_unused)
}

/// Whether the teams of a measure's cases are worked out from what rows of involvements, plans and conferences name,
/// since nobody says in which team the worker of a child is.
fn derives_team(measure: Measure, supplied: &Supplied) -> bool {
    let names_teams = |table: Table| supplied.get(table).is_some_and(|supply| supply.teams);
    let mut inputs = measure.definition().inputs.iter();
    names_teams(Table::Involvements)
        || inputs.any(|input| match input.name {
            "cin_plans" => names_teams(Table::CinPlans),
            "initial_conferences" => names_teams(Table::InitialConferences),
            _ => false,
        })
}

/// Whether disability is worked out from rows of disabilities, since persons have no column of it.
fn is_derived(supplied: &Supplied) -> bool {
    !supplied.has_column(Table::Persons, DISABILITY_OF_PERSON)
        && supplied.usable(Table::Disabilities).is_some()
}
