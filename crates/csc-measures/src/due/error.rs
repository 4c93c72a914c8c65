//! Why there is no answer to what is due.

use crate::measures::{OWED_CLOCKS, owed_clocks};
use crate::plan::{PlanError, UnknownId};
use crate::scorecard::OptionsError;
use crate::time::calendar::CalendarError;
use crate::time::clock::ClockError;

/// The clocks whose dates the tables have, in the order of the table of clocks. The dates of the others (core
/// groups, personal education plans and so on) are in no table.
pub const CLOCKS: [&str; OWED_CLOCKS] = owed_clocks();

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
    /// What is due by a scorecard that was put together from parts.
    #[error("a scorecard merged from parts has no children; ask the datasets of its parts what is due")]
    NoChildren,
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
