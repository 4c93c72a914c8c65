//! The results of groups, beside those of the whole.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::funnel::{Funnel, Of, funnel};
use super::interval::{Tenths, wilson};
use super::sums::GroupSums;
use crate::measures::{Basis, Measure, Unit};
use crate::plan::RowId;
use crate::policy::{Policy, WorkforceUnit};
use crate::scorecard::figure::{Figure, Shown, Status};
use crate::scorecard::result::{MeasureResult, Outcomes};
use crate::scorecard::tally::Tally;
use crate::time::Month;
use crate::value::Amount;

/// A measure in a month, of the cases of one group.
///
/// The groups of a dimension add up to the result: their numerators, denominators and outcomes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupResult {
    /// The id of the plan's row, or of a companion.
    pub measure: RowId,
    /// The month.
    pub month: Month,
    /// What the cases are grouped by: `sex`, `age`, `team`, or a dimension of the caller's own.
    pub dimension: String,
    /// The group; `None`: what the cases are grouped by is not recorded.
    pub group: Option<String>,
    /// Whether it has a value.
    pub status: Status,
    /// The sum over the cases.
    pub numerator: Amount,
    /// The sum over the cases; `None` for counts.
    pub denominator: Option<Amount>,
    /// The value as it is shown; `None` without a denominator.
    pub value: Option<Shown>,
    /// The cases by outcome.
    pub outcomes: Outcomes,
    /// The ends of the 95 % interval of a percentage (Wilson's), in percent to one decimal.
    pub interval: Option<(Shown, Shown)>,
    /// Whether a percentage of ten or more cases is further from the whole than chance carries it.
    pub funnel: Option<Funnel>,
}

/// The results of the groups of one result, in the order of the dimensions asked for; by name, what is not recorded
/// last.
pub(in crate::scorecard) fn groups(
    whole: &MeasureResult,
    tally: &Tally,
    basis: Basis,
    month: usize,
    (sums, policy): (&GroupSums, &Policy),
) -> Vec<GroupResult> {
    let mut found = Vec::new();
    for dimension in sums.iter() {
        for (name, cases) in dimension.of(whole.key, basis, month) {
            let name = (dimension.dimension.name(), name);
            found.push(group(whole, name, (cases, tally), policy));
        }
    }
    found
}

/// The result of one group, by the name of its dimension and its own; its cases are among those of the whole.
pub(in crate::scorecard) fn group(
    whole: &MeasureResult,
    (dimension, group): (&str, Option<&str>),
    (cases, tally): (&Tally, &Tally),
    policy: &Policy,
) -> GroupResult {
    let compares = whole.unit == Unit::Percent && is_of_counts(whole.key, policy);
    let figure = Figure::new(whole.unit, cases);
    let both = (figure.shown.is_some() && whole.value.is_some() && compares)
        .then(|| Some((counted(cases)?, counted(tally)?)))
        .flatten();
    let interval = both.map(|(group, _)| {
        let (Tenths(low), Tenths(high)) = wilson(group.counted, group.of);
        (Shown::of_tenths(low), Shown::of_tenths(high))
    });
    GroupResult {
        measure: whole.measure.clone(),
        month: whole.month,
        dimension: dimension.to_owned(),
        group: group.map(str::to_owned),
        status: figure.status,
        numerator: cases.numerator,
        denominator: figure.denominator,
        value: figure.shown,
        outcomes: Outcomes { counts: cases.outcomes },
        interval,
        funnel: both.and_then(|(group, whole)| funnel(group, whole)),
    }
}

/// Whether each case of a measure weighs the same, so that chance can be worked out. Leavers and those in post are two
/// different counts.
fn is_of_counts(measure: Measure, policy: &Policy) -> bool {
    let weighs_by_hours =
        measure == Measure::WORKFORCE_PERMANENT && policy.workforce_unit == WorkforceUnit::Fte;
    !measure.definition().counts_others && !weighs_by_hours
}

/// The cases of a tally as whole numbers, if they are.
fn counted(tally: &Tally) -> Option<Of> {
    Some(Of { counted: tally.numerator.whole()?, of: tally.denominator.whole()? })
}

impl Serialize for GroupResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_group(self, serializer)
    }
}

/// Writes a group.
pub(in crate::scorecard) fn serialize_group<S: Serializer>(
    group: &GroupResult,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(12))?;
    map.serialize_entry("measure", &group.measure)?;
    map.serialize_entry("month", &group.month)?;
    map.serialize_entry("dimension", &group.dimension)?;
    map.serialize_entry("group", &group.group)?;
    map.serialize_entry("status", group.status.as_str())?;
    map.serialize_entry("numerator", &group.numerator)?;
    map.serialize_entry("denominator", &group.denominator)?;
    map.serialize_entry("value", &group.value)?;
    map.serialize_entry("outcomes", &group.outcomes)?;
    map.serialize_entry("low", &group.interval.map(|(low, _)| low))?;
    map.serialize_entry("high", &group.interval.map(|(_, high)| high))?;
    map.serialize_entry("funnel", &group.funnel)?;
    map.end()
}
