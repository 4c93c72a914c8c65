//! The cohorts: under a child protection plan, under a child in need plan, looked after.

use super::life::Life;
use crate::dataset::PersonRecords;
use crate::dataset::{CarePeriod, is_respite};
use crate::tables::records::{CareLeaver, CinPlan, CpPlan, Eligibility, Interval};
use crate::time::Day;

/// A child looked after on a day: the period of care and the day its obligations run from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LookedAfter {
    pub(crate) period: CarePeriod,
    pub(crate) anchor: Day,
}

/// The child protection plan of a child on a day, the authority's own; of several the later.
///
/// Unborn children are included.
pub(crate) fn cp_plan_at<'a>(child: &PersonRecords<'a>, life: &Life, day: Day) -> Option<&'a CpPlan> {
    let plan = child.cp_plans.iter().rfind(|plan| !plan.other_authority && plan.is_open(day))?;
    (life.is_child(day) && life.is_alive(day)).then_some(plan)
}

/// The care of a child looked after on a day, short breaks apart; of several periods the later.
pub(crate) fn looked_after_at(child: &PersonRecords<'_>, life: &Life, day: Day) -> Option<LookedAfter> {
    let in_care =
        |period: &&CarePeriod| period.is_open(day) && period.anchor.is_some_and(|anchor| anchor <= day);
    let period = *child.periods.iter().rfind(in_care)?;
    let anchor = period.anchor?;
    let counts = life.is_child(day)
        && life.is_alive(day)
        && life.is_born(day)
        && !is_respite(child.legal_statuses, day);
    counts.then_some(LookedAfter { period, anchor })
}

/// The child in need plan of a child who is neither under a child protection plan (anybody's) nor looked
/// after; of several the later.
pub(crate) fn cin_plan_at<'a>(
    child: &PersonRecords<'a>,
    life: &Life,
    looked_after: Option<&LookedAfter>,
    day: Day,
) -> Option<&'a CinPlan> {
    let plan = child.cin_plans.iter().rfind(|plan| plan.is_open(day))?;
    let counts = life.is_child(day)
        && life.is_alive(day)
        && life.is_born(day)
        && looked_after.is_none()
        && !child.cp_plans.iter().any(|plan| plan.is_open(day));
    counts.then_some(plan)
}

/// The row of a relevant or former relevant care leaver on a day; of several the later.
pub(crate) fn care_leaver_at<'a>(
    person: &PersonRecords<'a>,
    life: &Life,
    day: Day,
) -> Option<&'a CareLeaver> {
    let is_owed = |row: &&CareLeaver| row.eligibility != Eligibility::Other && row.is_open(day);
    person.care_leavers.iter().rfind(is_owed).filter(|_| life.is_alive(day))
}
