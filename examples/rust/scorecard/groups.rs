//! The measures by outcome, or by the recommendation that they answer.

use clap::ValueEnum;
use csc_measures::{MeasureId, Plan};
use serde::Serialize;

/// What the sections are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// The outcomes of the plan
    Outcome,
    /// The recommendations that the plan answers
    Recommendation,
}

/// A section: an outcome or a recommendation with its measures.
///
/// The plan prints recommendations beside outcomes, not beside single measures: those of a recommendation are
/// the measures of all its outcomes. Where none of them tests what is recommended it is `unmeasured`, and has
/// no measures here.
#[derive(Debug, Serialize)]
pub(crate) struct Group {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) measures: Vec<MeasureId>,
    pub(crate) unmeasured: bool,
    /// What tests a recommendation, or what is missing.
    #[serde(skip)]
    pub(crate) note: Option<&'static str>,
}

/// The sections of the plan in the order printed.
pub(crate) fn groups(plan: &'static Plan, by: By) -> Vec<Group> {
    match by {
        By::Outcome => plan
            .outcomes
            .iter()
            .map(|outcome| Group {
                id: &outcome.id,
                title: &outcome.title,
                measures: plan.measures_of(&outcome.id).map(|measure| measure.id).collect(),
                unmeasured: false,
                note: None,
            })
            .collect(),
        By::Recommendation => plan
            .recommendations
            .iter()
            .map(|recommendation| Group {
                id: &recommendation.id,
                title: &recommendation.text,
                measures: plan
                    .measures_for(&recommendation.id)
                    .filter(|_| recommendation.directly_measured)
                    .map(|measure| measure.id)
                    .collect(),
                unmeasured: !recommendation.directly_measured,
                note: Some(&recommendation.note),
            })
            .collect(),
    }
}
