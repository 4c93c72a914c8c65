//! Why a report cannot be made.

/// Why a report cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// Sections by recommendation of a plan that answers none.
    #[error("the plan `{plan}` has no recommendations to put measures under")]
    NoRecommendations {
        /// The id of the plan.
        plan: String,
    },
}
