//! What the plan says of a result, beside its figure: so that a table of results needs no other.

use std::collections::HashMap;

use arrow_schema::ArrowError;
use csc_measures::measures::Better;
use csc_measures::plan::{PlanOutcome, RowId};
use csc_measures::{Decimal, Plan, Target};

/// The place of a row in its plan, and what is said of it there.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// From 1, companions counted.
    pub(crate) order: i64,
    /// The title with the changed policies in words.
    pub(crate) title: &'a str,
    pub(crate) outcome: &'a PlanOutcome,
    pub(crate) better: Better,
}

/// The places of a plan's rows by id.
pub(crate) struct Places<'a>(HashMap<&'a str, Place<'a>>);

impl<'a> Places<'a> {
    pub(crate) fn new(plan: &'a Plan, titles: &'a [(RowId, String)]) -> Self {
        let titles: HashMap<&str, &str> =
            titles.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
        let place = |(order, row): (i64, &'a csc_measures::plan::PlanRow)| {
            let id = row.id().as_str();
            let title = titles.get(id).copied().unwrap_or_else(|| row.title());
            (id, Place { order, title, outcome: plan.outcome_of(row), better: row.better() })
        };
        Self((1..).zip(plan.rows()).map(place).collect())
    }

    /// # Errors
    /// A row that the plan does not have.
    pub(crate) fn of(&self, measure: &RowId) -> Result<Place<'a>, ArrowError> {
        let place = self.0.get(measure.as_str()).copied();
        place.ok_or_else(|| {
            ArrowError::InvalidArgumentError(format!(
                "measure `{measure}` has results and is not in the plan"
            ))
        })
    }
}

/// A target in columns: that of one bound, or the two of a band.
#[derive(Clone, Copy, Default)]
pub(crate) struct Bounds {
    pub(crate) target: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) tolerance: Option<f64>,
    /// `higher`, `lower` or `band`.
    pub(crate) better: Option<&'static str>,
}

impl Bounds {
    /// # Errors
    /// A target of a form that has no columns yet.
    pub(crate) fn of(target: Option<&Target>) -> Result<Self, ArrowError> {
        let Some(target) = target else { return Ok(Self::default()) };
        let one = |better, target, tolerance| Self {
            target: float(target),
            tolerance: float(tolerance),
            better: Some(better),
            ..Self::default()
        };
        match *target {
            Target::Higher { target, tolerance } => Ok(one("higher", target, tolerance)),
            Target::Lower { target, tolerance } => Ok(one("lower", target, tolerance)),
            Target::Band { low, high, tolerance } => Ok(Self {
                target: None,
                low: float(low),
                high: float(high),
                tolerance: float(tolerance),
                better: Some("band"),
            }),
            _ => Err(ArrowError::NotYetImplemented("a target of this form has no columns".to_owned())),
        }
    }
}

/// The nearest float, which is what a reader of its digits has.
fn float(bound: Decimal) -> Option<f64> {
    bound.to_string().parse().ok()
}
