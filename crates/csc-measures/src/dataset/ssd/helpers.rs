//! Columns of the Standard Safeguarding Dataset that no table of this library has, and that say how to read others.

use crate::tables::Table;
use crate::value::names::fold_alike;

/// By table the names of the columns.
const HELPERS: [(Table, &str); 15] = [
    (Table::CpVisits, "cppv_cp_plan_id"),
    (Table::CinVisits, "cinv_cin_plan_id"),
    (Table::CpPlans, "cppl_icpc_id"),
    (Table::Referrals, "cine_referral_source_code"),
    (Table::InitialConferences, "icpc_cp_plan_id"),
    (Table::InitialConferences, "icpc_icpc_meeting_id"),
    (Table::InitialConferences, "icpc_icpc_target_date"),
    (Table::CpReviews, "cppr_cp_review_meeting_id"),
    (Table::Workers, "prof_staff_id"),
    (Table::Involvements, "invo_referral_id"),
    (Table::Persons, "pers_legacy_id"),
    (Table::CareLeavers, "clea_care_leaver_latest_contact"),
    (Table::Involvements, TEAM_OF_INVOLVEMENT),
    (Table::CinPlans, TEAM_OF_CIN_PLAN),
    (Table::InitialConferences, TEAM_OF_CONFERENCE),
];

/// The columns that name the department of a case.
pub(super) const TEAM_OF_INVOLVEMENT: &str = "invo_professional_team";
pub(super) const TEAM_OF_CIN_PLAN: &str = "cinp_cin_plan_team";
pub(super) const TEAM_OF_CONFERENCE: &str = "icpc_icpc_team";

/// The column of that name, if it says how to read others of the table.
pub(in crate::dataset) fn helper(table: Table, name: &str) -> Option<&'static str> {
    HELPERS.iter().find(|(of, known)| *of == table && fold_alike(known, name)).map(|(_, known)| *known)
}

/// Whether a column that a table of the dataset cannot be without is worked out if it is not there, given the names
/// of the columns that there are.
pub(in crate::dataset) fn is_worked_out(
    table: Table,
    column: &str,
    has: impl Fn(&str) -> bool,
    has_helper: impl Fn(&str) -> bool,
) -> bool {
    let is_own_id = table.id_column().and_then(|place| table.columns().get(place)).map(|own| own.name);
    if is_own_id == Some(column) {
        // A made id; a person or a worker is known by nothing else.
        return !matches!(table, Table::Persons | Table::Workers);
    }
    match (table, column) {
        (Table::CpVisits, "person_id") => has_helper("cppv_cp_plan_id") || has("cp_visit_id"),
        (Table::CinVisits, "person_id") => has_helper("cinv_cin_plan_id") || has("cin_visit_id"),
        (Table::CpReviews, "person_id") => has("cp_plan_id"),
        (Table::CpReviews, "cp_plan_id") => has("person_id"),
        (Table::Involvements, "person_id") => has_helper("invo_referral_id"),
        (Table::ClaPlacements | Table::Permanence, "person_id") => has("cla_id"),
        _ => false,
    }
}
