//! Health assessments of looked after children.

use super::case::Name;
use super::context::{At, Child, Judge, Sink};
use super::definition::{Form, Past, Row};
use super::kinds::{AGE, Better, PeriodKind, Unit, needs, optional, reads};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use super::review_chain::Reviews;
use super::reviews::care_ends;
use crate::dataset::CarePeriod;
use crate::facts::Sequence;
use crate::policy::ReviewMode;
use crate::tables::Table;
use crate::tables::records::Review;
use crate::time::Day;
use crate::time::clock::ClockId;

/// The clocks of the first assessment, and of a later one from one that was held before and after the age of 5.
const CLOCKS: [ClockId; 3] = [
    ClockId::INITIAL_HEALTH_ASSESSMENT,
    ClockId::REVIEW_HEALTH_ASSESSMENT_UNDER_5,
    ClockId::REVIEW_HEALTH_ASSESSMENT,
];

pub(super) const MEASURES: &[Row] = &[Row {
    key: "health_assessments_in_time",
    forms: &[Form {
        unit: Unit::Percent,
        title: "Percentage of health assessments of looked after children held in time",
        denominator: "Assessments held in time, held late and overdue.",
        policies: &[],
    }],
    period: PeriodKind::Month,
    better: Better::Higher,
    cases: "Health assessments of looked after children that settle in the month: the first due 20 working \
        days after the period of care began, each later one six months after the last if that was held before \
        the fifth birthday, else twelve. An obligation counts once, in the month in which it settles: the day \
        the assessment was held, if in time, else its first late day. An assessment is due from the one \
        before it, whenever that was held.",
    numerator: "Assessments held in time.",
    exclusions: "An assessment that falls due after the period of care has ended, after the child was placed \
        for adoption, or after the 18th birthday or death, lapses. Checks of other types, such as dental \
        checks, are not assessments; one without a type is. One held before the period of care, or on its \
        first day, does not count. If the date of birth is not known, the later ones are due after twelve \
        months. Short breaks (V3, V4) are out.",
    inputs: &[
        needs("cla_episodes"),
        needs("cla_health"),
        reads("legal_statuses"),
        reads("persons"),
        reads("permanence"),
        AGE,
        optional("cla_health", &["type"]),
        optional("permanence", &["cla_id", "placed_for_adoption_date", "decision_reversed_date"]),
    ],
    policies: &["calendar", "count_start_day"],
    past: Some(Past { table: Table::ClaHealth, when: None, look_back: None }),
    source: "Regulation 7, Care Planning, Placement and Case Review (England) Regulations 2010 (SI \
        2010/959); the 20 working days are the time of the first review, before which the assessment is to \
        be there (wording not verified).",
    published: Some(
        "DfE, Children looked after in England: children looked after for at least twelve months who had \
        their annual health assessment, which counts children over a year rather than assessments in a month",
    ),
    version: 1,
    clocks: &CLOCKS,
    owes: Some(Duty::Assess),
    ..Row::EMPTY
}];

impl Measure {
    /// `health_assessments_in_time`: percentage of health assessments of looked after children held in time.
    pub const HEALTH_ASSESSMENTS_IN_TIME: Self = Self::named("health_assessments_in_time");
}

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    if !judge.context.wants(Measure::HEALTH_ASSESSMENTS_IN_TIME) || child.records.periods.is_empty() {
        return;
    }
    let held = held(child);
    for period in child.records.periods {
        if let Some(anchor) = period.anchor {
            let chain = assessments(child, &held, period, anchor);
            // The month is that of settling, whatever the policy for reviews says.
            chain.judge(judge, Measure::HEALTH_ASSESSMENTS_IN_TIME, ReviewMode::Settled);
        }
    }
}

/// The assessments that are due to a child.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>, at: &At<'_>) {
    if !owed.context.wants(Measure::HEALTH_ASSESSMENTS_IN_TIME) {
        return;
    }
    let held = held(child);
    for period in child.records.periods {
        if let Some(anchor) = period.anchor.filter(|anchor| *anchor <= at.day) {
            assessments(child, &held, period, anchor).owe(owed, Measure::HEALTH_ASSESSMENTS_IN_TIME);
        }
    }
}

/// The assessments of a child's health, by date; they are the child's, and of no period of care.
fn held(child: &Child<'_>) -> Vec<Review<()>> {
    let checks = child.records.cla_health.iter().filter(|check| check.is_assessment);
    checks.map(|check| Review { of: (), date: check.date }).collect()
}

/// The chain of assessments of a period of care, which ends as its reviews do.
fn assessments<'a>(
    child: &'a Child<'_>,
    held: &'a [Review<()>],
    period: &CarePeriod,
    anchor: Day,
) -> Reviews<'a, (), impl Fn(Day) -> Option<Day> + use<'a>> {
    let [first, before, after] = CLOCKS;
    Reviews {
        subject: Name::Person(child.records.index),
        record: Name::Cla(period.cla),
        anchor,
        sequence: Sequence::ByAge {
            first,
            before,
            after,
            birthday: child.life.born.map(|born| born.birthday(5)),
        },
        reviews: held,
        end: care_ends(child, period, anchor),
    }
}
