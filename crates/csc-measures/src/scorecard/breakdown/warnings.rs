//! What a breakdown lacks.

use super::dimension::Dimension;
use crate::dataset::Supplied;
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
    let mut derives_disability = false;
    for dimension in dimensions {
        match (measure.definition().cases_are, dimension) {
            (Subject::Persons, Dimension::Disability) if is_derived(supplied) => {
                derives_disability = true;
                inputs.extend([reads("disabilities"), optional("disabilities", &["disability"])]);
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
    if derives_disability {
        found.push("derived:disability".to_owned());
    }
    found
}

/// What says in which group of a dimension a person's case is.
fn of_persons(measure: Measure, dimension: &Dimension, supplied: &Supplied) -> Vec<InputRow> {
    let of_person = |columns| vec![reads("persons"), optional("persons", columns)];
    let worker = || vec![reads("involvements"), optional("involvements", &["role"])];
    match dimension {
        Dimension::Sex => of_person(&["sex"]),
        Dimension::Ethnicity | Dimension::EthnicGroup => of_person(&["ethnicity"]),
        Dimension::Disability => of_person(&["disability"]),
        Dimension::Sen => of_person(&["sen"]),
        Dimension::Area => of_person(&["area"]),
        Dimension::Age => of_person(&["date_of_birth", "expected_date_of_birth"]),
        Dimension::Team => {
            let own = table_of_records(measure, supplied).map(|table| optional(table.name(), &["team"]));
            let of_worker = [reads("workers"), optional("workers", &["team"])];
            worker().into_iter().chain(own).chain(of_worker).collect()
        }
        Dimension::Worker => worker(),
        Dimension::Own(_) => vec![reads("person_groups"), optional("person_groups", &["start_date"])],
    }
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

/// Whether disability is worked out from rows of disabilities, since persons have no column of it.
fn is_derived(supplied: &Supplied) -> bool {
    !supplied.has_column(Table::Persons, DISABILITY_OF_PERSON)
        && supplied.usable(Table::Disabilities).is_some()
}
