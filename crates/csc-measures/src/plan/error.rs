//! Why a plan cannot be taken.

/// Why a plan cannot be taken, in words: what is wrong, the row it is in, and the nearest valid name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct PlanError {
    problem: String,
}

impl PlanError {
    pub(crate) fn new(problem: String) -> Self {
        Self { problem }
    }
}
