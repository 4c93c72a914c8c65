//! Why there is no answer to what is due.

use crate::plan::{PlanError, UnknownId};
use crate::scorecard::OptionsError;
use crate::time::calendar::CalendarError;
use crate::time::clock::ClockError;

/// The clocks whose dates the tables have, in the order of the table of clocks. The dates of the others (core
/// groups, personal education plans and so on) are in no table.
pub const CLOCKS: [&str; 39] = [
    "assessment",
    "assessment_from_referral",
    "cin_visit",
    "icpc",
    "cp_first_review",
    "cp_review",
    "cp_visit",
    "return_interview",
    "cla_visit_placement_start",
    "cla_visit",
    "cla_visit_long_term",
    "cla_visit_long_term_foster",
    "cla_visit_with_parents_weekly",
    "cla_visit_with_parents",
    "cla_visit_temporary_approval_weekly",
    "cla_visit_temporary_approval",
    "cla_visit_interim_order_weekly",
    "cla_visit_interim_order",
    "cla_visit_care_order_start",
    "cla_visit_care_order",
    "cla_visit_other_arrangements_start",
    "cla_visit_other_arrangements",
    "cla_visit_other_arrangements_later",
    "cla_visit_local",
    "cla_visit_local_long_term",
    "cla_care_plan",
    "cla_care_plan_28th_day",
    "temporary_placement_t1",
    "temporary_placement_t3",
    "temporary_placement_t4",
    "cla_first_review",
    "cla_second_review",
    "cla_review",
    "initial_health_assessment",
    "review_health_assessment_under_5",
    "review_health_assessment",
    "adoption_visit_start",
    "adoption_visit",
    "pathway_plan",
];

/// Why there is no answer to what is due.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DueError {
    /// A person that no table names.
    #[error("person `{id}` is in none of the tables")]
    UnknownPerson {
        /// The id as given.
        id: String,
    },
    /// A clock whose dates are in no table: an empty list would look as if nothing were due.
    #[error("`{id}` cannot be listed: no input table holds its dates; the clocks that can be listed are {}", CLOCKS.join(", "))]
    ClockWithoutTable {
        /// The id of the clock.
        id: String,
    },
    /// A team that no table names: an empty list would look like nothing due.
    #[error("unknown team `{name}`{}", did_you_mean(nearest.as_deref()))]
    UnknownTeam {
        /// The name as given.
        name: String,
        /// The team that has nearly the name; `None` if no table names a team.
        nearest: Option<String>,
    },
    /// An id that no clock has.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// An id that is neither in the plan nor in the catalogue.
    #[error(transparent)]
    UnknownMeasure(#[from] UnknownId),
    /// Targets or policies that the plan does not allow.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A closure outside the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

fn did_you_mean(nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => format!(", did you mean `{nearest}`?"),
        None => "; no table names a team".to_owned(),
    }
}

impl From<OptionsError> for DueError {
    fn from(error: OptionsError) -> Self {
        match error {
            OptionsError::Unknown(error) => error.into(),
            OptionsError::Plan(error) => error.into(),
        }
    }
}
