//! Reviews of child protection plans and of looked after children.

use super::case::Name;
use super::context::{At, Child, Judge, Sink};
use super::definition::{Form, Past, Row};
use super::kinds::{AGE, Better, PeriodKind, Unit, column, needs, optional, reads};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use super::review_chain::{
    CLA_REVIEW_CLOCKS, CLA_REVIEWS, CP_REVIEW_CLOCKS, CP_REVIEWS, Reviews, reviews_of,
};
use crate::dataset::CarePeriod;
use crate::tables::Table;
use crate::tables::records::CpPlan;
use crate::time::Day;
use crate::value::index::{ClaNo, IdNo};

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "cp_reviews_in_time",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of child protection reviews held in time",
            denominator: "Reviews held in time, held late and overdue.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "Child protection review conferences that settle in the month: the first due \
            three months after the plan began, each later one six months after the last. An obligation \
            counts once, in the month in which it settles: the day the review was held, if in time, else its \
            first late day. So a late review is not counted twice and a missed one does not vanish. A review \
            is due from the one before it, whenever that was held.",
        numerator: "Reviews held in time.",
        exclusions: "A review that falls due after the plan has ended, or after the child's 18th \
            birthday or death, lapses. Plans held for another authority are out. Months end on the \
            corresponding date, or on the last day of a month that has none.",
        inputs: &[
            needs("cp_plans"),
            needs("cp_reviews"),
            column("cp_reviews.date"),
            reads("persons"),
            AGE,
            optional("cp_plans", &["other_authority"]),
        ],
        policies: &["review_mode", "count_start_day", "amber_days"],
        past: Some(Past { table: Table::CpReviews, when: None, look_back: None }),
        source: "Statutory guidance, Working Together to Safeguard Children: first review within \
            three months of the initial conference, then at intervals of not more than six months (confirmed \
            from a local procedure that follows it; the guidance itself not verified).",
        published: Some(
            "DfE, Characteristics of children in need: child protection plans reviewed within \
            the required timescales (formerly NI 67), which counts children over a year rather than reviews \
            in a month",
        ),
        version: 1,
        clocks: CP_REVIEW_CLOCKS,
        owes: Some(Duty::Meet),
        ..Row::EMPTY
    },
    Row {
        key: "cla_reviews_in_time",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of reviews of looked after children held in time",
            denominator: "Reviews held in time, held late and overdue.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "Reviews of looked after children that settle in the month: the first due 20 \
            working days after the period of care began, the second three months after the first, each later \
            one six months after the last. An obligation counts once, in the month in which it settles: the \
            day the review was held, if in time, else its first late day. So a late review is not counted \
            twice and a missed one does not vanish. A review is due from the one before it, whenever that \
            was held.",
        numerator: "Reviews held in time.",
        exclusions: "A review that falls due after the period of care has ended, after the child was \
            placed for adoption, or after the 18th birthday or death, lapses. Cancelled reviews are not \
            held. A change of placement or of legal status does not restart the chain. Short breaks (V3, V4) \
            are out.",
        inputs: &[
            needs("cla_episodes"),
            needs("cla_reviews"),
            column("cla_reviews.date"),
            reads("legal_statuses"),
            reads("persons"),
            reads("permanence"),
            AGE,
            optional("cla_reviews", &["cancelled"]),
            optional("permanence", &["cla_id", "placed_for_adoption_date", "decision_reversed_date"]),
        ],
        policies: &["calendar", "count_start_day", "review_mode", "amber_working_days", "amber_days"],
        past: Some(Past { table: Table::ClaReviews, when: None, look_back: None }),
        source: "Regulation 33, Care Planning, Placement and Case Review (England) Regulations \
            2010 (SI 2010/959).",
        published: Some(
            "Formerly NI 66, looked after children's cases reviewed within the required \
            timescales, which counts children over a year rather than reviews in a month",
        ),
        version: 1,
        clocks: CLA_REVIEW_CLOCKS,
        owes: Some(Duty::Meet),
        ..Row::EMPTY
    },
];

impl Measure {
    /// `cp_reviews_in_time`: percentage of child protection reviews held in time.
    pub const CP_REVIEWS_IN_TIME: Self = Self::named("cp_reviews_in_time");
    /// `cla_reviews_in_time`: percentage of reviews of looked after children held in time.
    pub const CLA_REVIEWS_IN_TIME: Self = Self::named("cla_reviews_in_time");
}

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let mode = judge.context.policy.review_mode;
    if judge.context.wants(Measure::CP_REVIEWS_IN_TIME) {
        for plan in child.records.cp_plans.iter().filter(|plan| !plan.other_authority) {
            cp_reviews(child, plan).judge(judge, Measure::CP_REVIEWS_IN_TIME, mode);
        }
    }
    if judge.context.wants(Measure::CLA_REVIEWS_IN_TIME) {
        for period in child.records.periods {
            if let Some(anchor) = period.anchor {
                cla_reviews(child, period, anchor).judge(judge, Measure::CLA_REVIEWS_IN_TIME, mode);
            }
        }
    }
}

/// The reviews that are due to a child.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>, at: &At<'_>) {
    for plan in child.records.cp_plans.iter().filter(|plan| !plan.other_authority && plan.start <= at.day) {
        cp_reviews(child, plan).owe(owed, Measure::CP_REVIEWS_IN_TIME);
    }
    for period in child.records.periods {
        if let Some(anchor) = period.anchor.filter(|anchor| *anchor <= at.day) {
            cla_reviews(child, period, anchor).owe(owed, Measure::CLA_REVIEWS_IN_TIME);
        }
    }
}

fn earliest(days: impl IntoIterator<Item = Option<Day>>) -> Option<Day> {
    days.into_iter().flatten().min()
}

/// The review chain of a child protection plan: it ends with the plan, at 18, or at death.
pub(super) fn cp_reviews<'a>(
    child: &'a Child<'_>,
    plan: &CpPlan,
) -> Reviews<'a, IdNo, impl Fn(Day) -> Option<Day> + use<'a>> {
    let end = plan.end;
    Reviews {
        subject: Name::Person(child.records.index),
        record: Name::Row(Table::CpPlans, plan.id),
        anchor: plan.start,
        sequence: CP_REVIEWS,
        reviews: reviews_of(child.records.cp_reviews, plan.id),
        end: move |day| {
            let known = |date: Option<Day>| date.filter(|date| *date <= day);
            earliest([known(end), known(child.life.died), child.life.eighteenth_birthday])
        },
    }
}

/// The review chain of a period of care.
fn cla_reviews<'a>(
    child: &'a Child<'_>,
    period: &CarePeriod,
    anchor: Day,
) -> Reviews<'a, ClaNo, impl Fn(Day) -> Option<Day> + use<'a>> {
    Reviews {
        subject: Name::Person(child.records.index),
        record: Name::Cla(period.cla),
        anchor,
        sequence: CLA_REVIEWS,
        reviews: reviews_of(child.records.cla_reviews, period.cla),
        end: care_ends(child, period, anchor),
    }
}

/// The day after which nothing more is due in a period of care, as it stands on a day: it ends, the child turns 18,
/// dies, or is placed for adoption, unless that decision is reversed.
pub(super) fn care_ends<'a>(
    child: &'a Child<'_>,
    period: &CarePeriod,
    anchor: Day,
) -> impl Fn(Day) -> Option<Day> + use<'a> {
    let CarePeriod { cla, end, .. } = *period;
    move |day| {
        let known = |date: Option<Day>| date.filter(|date| *date <= day);
        let placed = child
            .records
            .permanence
            .iter()
            .filter(|row| row.cla == Some(cla) && row.reversed.is_none_or(|reversed| reversed > day))
            .filter_map(|row| known(row.placed))
            .filter(|placed| *placed >= anchor && end.is_none_or(|end| *placed <= end))
            .min();
        earliest([known(end), known(child.life.died), child.life.eighteenth_birthday, placed])
    }
}
