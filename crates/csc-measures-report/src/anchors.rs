//! The ids of the page: each kind begins otherwise, so that no two are one whatever a plan calls its rows.

use csc_measures::plan::{Plan, RowId};

/// That of a measure.
pub(crate) fn measure(id: &RowId) -> String {
    format!("measure-{id}")
}

/// That of an outcome.
pub(crate) fn outcome(id: &RowId) -> String {
    format!("section-{id}")
}

/// That of a recommendation where they are listed: by its place, since its id may be any text.
pub(crate) fn recommendation(plan: &Plan, id: &str) -> String {
    format!("recommendation-{}", place(plan, id))
}

/// That of the part with the measures of a recommendation.
pub(crate) fn part(plan: &Plan, id: &str) -> String {
    format!("part-{}", place(plan, id))
}

fn place(plan: &Plan, id: &str) -> usize {
    plan.recommendations().iter().take_while(|recommendation| recommendation.id != id).count() + 1
}

/// That of the heading of what has an id.
pub(crate) fn heading(of: &str) -> String {
    format!("heading-{of}")
}
