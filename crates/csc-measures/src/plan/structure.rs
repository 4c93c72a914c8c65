//! A plan and its parts.

use std::sync::Arc;

use super::row::{PlanRow, RowId};
use crate::measures::{Measure, Unit};
use crate::value::index::broken;
use crate::value::names::UnknownId;

/// A service improvement plan: outcomes to reach, rows that each show a measure under an id and a title of the
/// council's own, and the recommendations that the outcomes answer.
///
/// A plan is data. Three ways to one:
///
/// - [`Plan::worcestershire_2017`], the default, and [`Plan::all_measures`] are built in;
/// - [`Plan::from_json`] reads a plan of a council's own, and checks it;
/// - a plan is [`Serialize`](serde::Serialize), so what is printed can be changed and read again.
///
/// It is cheap to clone.
///
/// # Examples
///
/// ## A council's own plan
///
/// ```
/// use csc_measures::Plan;
///
/// let plan = Plan::from_json(r#"{
///     "id": "north-2026", "title": "Visits first", "edition": 1,
///     "outcomes": [{
///         "id": "seen", "title": "Children are seen in time",
///         "rows": [{ "id": "V1", "title": "Seen within ten days", "measure": "cp_visits_in_time",
///                    "policy": { "cp_visit_working_days": 10 },
///                    "target": { "better": "higher", "target": 95, "tolerance": 5 } }]
///     }]
/// }"#)?;
/// let ids: Vec<&str> = plan.rows().iter().map(|row| row.id().as_str()).collect();
/// assert_eq!(ids, ["V1", "V1.seen_alone"]);
///
/// // a measure that is not in the catalogue
/// let text = r#"{"id": "x", "title": "x", "outcomes": [{"id": "a", "title": "a", "rows": [
///     {"id": "V1", "title": "Seen", "measure": "cp_visit_in_time"}]}]}"#;
/// let error = Plan::from_json(text).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "row `V1`: unknown measure `cp_visit_in_time`, did you mean `cp_visits_in_time`?",
/// );
/// # Ok::<(), csc_measures::plan::PlanError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan(pub(super) Arc<Parts>);

/// What a plan is made of; the rows with their companions are in one list, and outcomes have their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) edition: u32,
    pub(super) outcomes: Vec<PlanOutcome>,
    pub(super) rows: Vec<PlanRow>,
    pub(super) recommendations: Vec<Recommendation>,
}

/// An outcome of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanOutcome {
    /// Its id.
    pub id: RowId,
    /// Its title.
    pub title: String,
    /// The ids of the recommendations that it answers, in the plan's order.
    pub recommendations: Vec<String>,
}

/// A recommendation that a plan answers, such as those of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recommendation {
    /// Its id, such as `R4`.
    pub id: String,
    /// What is recommended.
    pub text: String,
    /// Its number in the report.
    pub number: Option<u32>,
    /// Whether the number is a reading, and not printed.
    pub number_inferred: bool,
    /// Whether no measure of the plan tests what it recommends, although it is linked to outcomes that have measures.
    pub unmeasured: bool,
    /// What tests it, or what is missing.
    pub note: Option<String>,
    /// The ids of clocks that serve it, besides the measures.
    pub clocks: Vec<String>,
}

impl Plan {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// Its edition, as the plan's authors count.
    #[must_use]
    pub fn edition(&self) -> u32 {
        self.0.edition
    }

    /// The outcomes, in order.
    #[must_use]
    pub fn outcomes(&self) -> &[PlanOutcome] {
        &self.0.outcomes
    }

    /// The rows in order, each companion after its row.
    #[must_use]
    pub fn rows(&self) -> &[PlanRow] {
        &self.0.rows
    }

    /// The recommendations, in order.
    #[must_use]
    pub fn recommendations(&self) -> &[Recommendation] {
        &self.0.recommendations
    }

    /// The row or companion with an id.
    ///
    /// # Errors
    /// If there is none; the error names the nearest.
    pub fn row(&self, id: &str) -> Result<&PlanRow, UnknownId> {
        let row = self.rows().iter().find(|row| row.id == id);
        row.ok_or_else(|| UnknownId::new("measure", id, self.rows().iter().map(|row| &*row.id)))
    }

    /// The outcome with an id.
    ///
    /// # Errors
    /// If there is none; the error names the nearest.
    pub fn outcome(&self, id: &str) -> Result<&PlanOutcome, UnknownId> {
        let outcome = self.outcomes().iter().find(|outcome| outcome.id == id);
        outcome
            .ok_or_else(|| UnknownId::new("outcome", id, self.outcomes().iter().map(|outcome| &*outcome.id)))
    }

    /// The outcome of a row.
    #[must_use]
    pub fn outcome_of(&self, row: &PlanRow) -> &PlanOutcome {
        match self.outcomes().get(row.outcome) {
            Some(outcome) => outcome,
            None => broken(format_args!("`{}` has no outcome", row.id)),
        }
    }

    /// The recommendation with an id.
    ///
    /// # Errors
    /// If there is none; the error names the nearest.
    pub fn recommendation(&self, id: &str) -> Result<&Recommendation, UnknownId> {
        let known = || self.recommendations().iter().map(|recommendation| &*recommendation.id);
        let recommendation = self.recommendations().iter().find(|recommendation| recommendation.id == id);
        recommendation.ok_or_else(|| match self.recommendations() {
            [] => UnknownId::new("recommendation", id, [""]),
            _ => UnknownId::new("recommendation", id, known()),
        })
    }

    /// The rows of an outcome with their companions, in order; none for an id that the plan does not have.
    pub fn rows_of<'a>(&'a self, outcome: &'a str) -> impl Iterator<Item = &'a PlanRow> {
        self.rows().iter().filter(move |row| row.outcome_id == outcome)
    }

    /// The recommendations that an outcome answers, in the order of the outcome.
    pub fn recommendations_of<'a>(&'a self, outcome: &'a str) -> impl Iterator<Item = &'a Recommendation> {
        self.outcomes()
            .iter()
            .filter(move |candidate| candidate.id == outcome)
            .flat_map(|outcome| &outcome.recommendations)
            .filter_map(|id| self.recommendations().iter().find(|recommendation| recommendation.id == *id))
    }

    /// The rows, with their companions, of the outcomes that answer a recommendation.
    ///
    /// A plan links recommendations to outcomes, not to single rows: [`unmeasured`](Recommendation::unmeasured) says
    /// if none of these tests it.
    pub fn rows_for<'a>(&'a self, recommendation: &'a str) -> impl Iterator<Item = &'a PlanRow> {
        self.outcomes()
            .iter()
            .filter(move |outcome| outcome.recommendations.iter().any(|id| id == recommendation))
            .flat_map(|outcome| self.rows_of(&outcome.id))
    }

    /// The recommendations that no measure tests.
    pub fn unmeasured_recommendations(&self) -> impl Iterator<Item = &Recommendation> {
        self.recommendations().iter().filter(|recommendation| recommendation.unmeasured)
    }

    /// The first row that shows a measure, whatever the form.
    pub(crate) fn first_showing(&self, measure: Measure) -> Option<&PlanRow> {
        self.rows().iter().find(|row| row.measure == measure)
    }

    /// The unit of the first form of a measure, which a row shows that names none.
    pub(super) fn first_unit(measure: Measure) -> Unit {
        match measure.definition().forms.first() {
            Some(form) => form.unit,
            None => broken(format_args!("measure `{measure}` has no form")),
        }
    }
}
