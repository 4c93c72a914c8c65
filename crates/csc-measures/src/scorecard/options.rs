//! What a scorecard is computed with.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::error::{OptionsError, ScorecardError};
use super::section_by::SectionBy;
use crate::plan::{Named, Plan, PlanError, PlanRow, RowTargets, Targets};
use crate::policy::Policy;
use crate::signals::{Baseline, Chart, charts_by_row, rebase_by_row};
use crate::time::Month;
use crate::time::calendar::Closures;
use crate::value::given::from_objects_only;

/// What a scorecard is computed with.
///
/// Its JSON form has these keys, any of them; an unknown one is refused. Ids of measures and targets are looked up in
/// the plan when the options are used.
///
/// # Examples
///
/// ## Options as JSON, and a misspelt choice
///
/// ```
/// use csc_measures::{Options, SectionBy};
///
/// let options: Options = serde_json::from_str(
///     r#"{ "policy": { "cp_visit_working_days": 10 }, "measures": ["O3.M4"], "by": "recommendation" }"#,
/// )?;
/// assert_eq!(options.measures, Some(vec!["O3.M4".to_owned()]));
/// assert_eq!(options.by, Some(SectionBy::Recommendation));
///
/// // a plan by its id; a council's own plan would be an object here
/// let options: Options = serde_json::from_str(r#"{ "plan": "all-measures" }"#)?;
/// assert_eq!(options.plan.id(), "all-measures");
///
/// // a misspelt choice
/// let error = serde_json::from_str::<Options>(r#"{ "by": "outcomes" }"#).unwrap_err();
/// assert!(error.to_string().starts_with("unknown value `outcomes`, did you mean `outcome`?"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, remote = "Self")]
#[non_exhaustive]
pub struct Options {
    /// The plan whose rows are worked out.
    #[serde(serialize_with = "by_id_if_built_in")]
    pub plan: Plan,
    /// The choices that the definitions leave open. A row of the plan may have policies of its own, which go before
    /// these.
    pub policy: Policy,
    /// Targets by row, which go before the plan's own.
    pub targets: Targets,
    /// Further days that are not working days: council closures, or bank holidays as GOV.UK publishes them.
    pub closures: Option<Closures>,
    /// The ids of the rows wanted, companions by their own ids; `None` = all.
    pub measures: Option<Vec<String>>,
    /// The dimensions by which the results are broken down: `sex`, `ethnicity`, `ethnic_group`, `disability`, `sen`,
    /// `area`, `age`, `team`, `worker`, or one of the table `person_groups`. Groups do not change a result.
    pub breakdown: Vec<String>,
    /// Whether a [part](crate::Part) says what a publication of the whole is worked out from: every measure, also those that
    /// are not asked for, and the months that windows reach. It makes no difference to a scorecard.
    pub publish: bool,
    /// What the results are put into sections by if [`Scorecard::sections`](crate::Scorecard::sections) is asked; no
    /// figure depends on it.
    pub by: Option<SectionBy>,
    /// Whether the JSON of the scorecard has the [signals](crate::Scorecard::signals).
    pub signals: bool,
    /// The control charts of rows that are not to have the one of their unit.
    #[serde(deserialize_with = "charts_by_row")]
    pub chart: BTreeMap<String, Chart>,
    /// How many points, the first of each stretch, centre and limits of control charts are taken from; `None` = all.
    pub baseline: Option<Baseline>,
    /// By row the months from which its control chart starts anew, because something is known to have changed.
    #[serde(deserialize_with = "rebase_by_row")]
    pub rebase: BTreeMap<String, Vec<Month>>,
    /// The threads that share the persons; no figure depends on it. `None` = as many as the machine runs at
    /// once, and one if there are few persons.
    pub threads: Option<NonZeroUsize>,
}

from_objects_only!(Options, "an object of options");

fn by_id_if_built_in<S: Serializer>(plan: &Plan, serializer: S) -> Result<S::Ok, S::Error> {
    Named(plan).serialize(serializer)
}

impl Serialize for Options {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl Options {
    /// Sees if the plan allows the options, before any data are read. Every use of them does the same.
    ///
    /// # Errors
    /// Ids of measures, targets or charts that the plan does not have; targets that cannot be meant; policies that do
    /// not go together; rows of one figure with unlike targets; a chart that a unit cannot have, or a baseline that is
    /// too short.
    pub fn validate(&self) -> Result<(), ScorecardError> {
        self.check(|_| false)?;
        for row in self.plan.rows() {
            self.plan.policies_of(row, &self.policy)?;
        }
        Ok(())
    }

    pub(crate) fn asks(&self, id: &str) -> bool {
        self.measures.as_ref().is_none_or(|asked| asked.iter().any(|asked| asked == id))
    }

    /// The targets of a row: the caller's for it, or for another row that shows the same figure; else the plan's.
    pub(crate) fn targets_of<'a>(&'a self, row: &'a PlanRow) -> Option<&'a RowTargets> {
        let own = |row: &PlanRow| self.targets.of(row.id());
        let same = || {
            let rows = self.plan.rows().iter();
            rows.filter(|other| other.id() != row.id() && other.shows_the_same_as(row, &self.policy))
        };
        own(row)
            .or_else(|| same().find_map(own))
            .or_else(|| row.own_targets())
            .or_else(|| same().find_map(PlanRow::own_targets))
    }

    /// # Errors
    /// Ids that neither the plan has nor `is_known_besides`; targets that cannot be meant; policies that do not go
    /// together; rows of one figure with unlike targets.
    pub(crate) fn check(&self, is_known_besides: impl Fn(&str) -> bool) -> Result<(), OptionsError> {
        for id in self.measures.iter().flatten().filter(|id| !is_known_besides(id)) {
            self.plan.row(id)?;
        }
        for id in self.targets.ids() {
            let row = self.plan.row(id)?;
            let targets =
                self.targets.of(id).map_or(Ok(()), |targets| targets.check(row.better(), row.unit()));
            targets.map_err(|error| PlanError::new(format!("target of `{id}`: {error}")))?;
        }
        self.check_signals()?;
        let effective = |row: &PlanRow| self.targets.of(row.id()).or(row.own_targets()).cloned();
        for (place, row) in self.plan.rows().iter().enumerate() {
            let Some(targets) = effective(row) else { continue };
            let earlier = self.plan.rows().iter().take(place);
            for other in earlier.filter(|other| other.shows_the_same_as(row, &self.policy)) {
                if effective(other).is_some_and(|others| others != targets) {
                    return Err(OptionsError::Plan(PlanError::new(format!(
                        "rows `{}` and `{}` show the same figure and have unlike targets",
                        other.id(),
                        row.id()
                    ))));
                }
            }
        }
        Ok(())
    }

    /// What is asked of the charts of rows.
    fn check_signals(&self) -> Result<(), OptionsError> {
        for (id, chart) in &self.chart {
            let row = self.plan.row(id)?;
            let fitting = Chart::of_unit(row.unit());
            if !fitting.contains(chart) {
                let names: Vec<&str> = fitting.iter().map(|chart| chart.as_str()).collect();
                let such = match names.as_slice() {
                    [] => "it has no figure to chart".to_owned(),
                    names => format!("its unit is `{}`, which has `{}`", row.unit(), names.join("`, `")),
                };
                return Err(PlanError::new(format!("chart of `{id}`: it cannot be `{chart}`; {such}")).into());
            }
        }
        for (id, points) in self.baseline.iter().flat_map(Baseline::numbers) {
            if let Some(id) = id {
                self.plan.row(id)?;
            }
            if points < Baseline::LEAST {
                let of = id.map(|id| format!(" of `{id}`")).unwrap_or_default();
                let least = Baseline::LEAST;
                return Err(PlanError::new(format!(
                    "baseline{of}: {points} points are too few to take limits from; expected {least} at least"
                ))
                .into());
            }
        }
        for id in self.rebase.keys() {
            self.plan.row(id)?;
        }
        Ok(())
    }

    /// # Errors
    /// A month in which a chart is to start anew, and that is not one of those asked for.
    pub(super) fn check_months(&self, from: Month, to: Month) -> Result<(), PlanError> {
        for (id, months) in &self.rebase {
            if let Some(month) = months.iter().find(|month| **month < from || **month > to) {
                return Err(PlanError::new(format!(
                    "rebase of `{id}`: {month} is not one of the months asked for ({from} to {to})"
                )));
            }
        }
        Ok(())
    }

    /// Puts the targets in the order of the plan, so that options that mean the same are the same.
    pub(crate) fn put_in_order(&mut self) {
        let Self { plan, targets, .. } = self;
        targets.sort_by(plan.rows().iter().map(|row| row.id().as_str()));
    }

    /// How many keys [`Options::serialize_terms`] writes.
    pub(super) fn count_terms(&self) -> usize {
        usize::from(!self.plan.is_built_in())
            + usize::from(self.closures.is_some())
            + usize::from(!self.targets.is_empty())
    }

    /// What figures and colours depend on besides the policies, if it was given.
    pub(super) fn serialize_terms<S: SerializeStruct>(&self, object: &mut S) -> Result<(), S::Error> {
        if !self.plan.is_built_in() {
            object.serialize_field("plan_definition", &self.plan)?;
        }
        if let Some(closures) = &self.closures {
            object.serialize_field("closures", closures)?;
        }
        if !self.targets.is_empty() {
            object.serialize_field("targets", &self.targets)?;
        }
        Ok(())
    }
}
