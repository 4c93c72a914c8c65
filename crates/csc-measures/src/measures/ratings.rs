//! Children and care plans by their latest rating: red, amber or green.

use super::care_plans::care_plans;
use super::case::{Detail, Name, Outcome, Reason, Verdict};
use super::clock::Started;
use super::context::{At, Child, Context, Judge, Sink, looked_after_detail};
use super::definition::{Form, Idle, Past, Row};
use super::kinds::{AGE_OR_UNBORN, Better, PeriodKind, Unit, When, needs, optional, reads};
use super::measure::Measure;
use super::relations::{equal_denominators, gap_to_denominator, part_of_denominator};
use super::review_chain::{stand, timing};
use super::reviews::cp_reviews;
use super::visits::{cp_seen, unborn};
use crate::facts::LookedAfter;
use crate::policy::{RagSource, Unrated};
use crate::tables::Table;
use crate::tables::records::Interval;
use crate::tables::records::{CpPlan, RagRating, RatingScope};
use crate::time::Day;
use crate::time::clock::ClockId;
use crate::value::Rag;

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "cp_rated_not_red",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of children on a child protection plan who are not rated red",
            denominator: "Children with a rating.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Children with a child protection plan open at the month end, one case a child.",
        numerator: "Children whose latest rating since the plan began is amber or green.",
        exclusions: "An older rating, from before the plan, does not count. Of two ratings of one day \
            the worse stands. A child without a rating is unknown: outside, unless the policy counts the \
            unrated as red or as not red. Plans held for another authority are out; unborn children are in. \
            Under the policy that derives ratings, a child is red whose visit or review is overdue.",
        inputs: &[
            needs("cp_plans"),
            needs("rag_ratings"),
            needs("cp_visits").when(When::RagSourceNotRecorded),
            needs("cp_reviews").when(When::RagSourceNotRecorded),
            reads("persons"),
            reads("cin_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
            reads("cla_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
            AGE_OR_UNBORN,
            optional("cp_plans", &["other_authority"]),
            optional("cp_reviews", &["date"]).when(When::RagSourceNotRecorded),
        ],
        policies: &[
            "rag_source",
            "unrated",
            "visit_sources",
            "cp_visit_working_days",
            "calendar",
            "count_start_day",
            "amber_working_days",
            "amber_days",
        ],
        idle: &[
            Idle {
                policies: &["visit_sources", "cp_visit_working_days", "calendar", "count_start_day"],
                under: |policy| policy.rag_source == RagSource::Recorded,
            },
            Idle { policies: &["unrated"], under: |policy| policy.rag_source == RagSource::Derived },
        ],
        past: Some(Past { table: Table::CpReviews, when: Some(When::RagSourceNotRecorded), look_back: None }),
        source: "A local measure. Ratings are the council's own.",
        version: 1,
        ..Row::EMPTY
    },
    Row {
        key: "cla_care_plans_rated_not_red",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of looked after children whose care plan is not rated red",
            denominator: "Children with a rated care plan, and children without a care plan after \
                    the 28th day.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children with a care plan whose latest rating since the period of care began is \
            amber or green.",
        exclusions: "No care plan: not yet due up to the 28th day of care, then it counts as red. A \
            plan without a rating is unknown: outside, unless the policy says otherwise. Short breaks (V3, \
            V4) are out.",
        inputs: &[
            needs("cla_episodes"),
            needs("care_plans"),
            needs("rag_ratings"),
            reads("legal_statuses"),
            reads("persons"),
            AGE_OR_UNBORN,
        ],
        policies: &["unrated"],
        source: "A local measure. Ratings are the council's own.",
        version: 1,
        clocks: &[ClockId::CLA_CARE_PLAN_28TH_DAY],
        relations: &[part_of_denominator("cla_three_placements")],
        ..Row::EMPTY
    },
    Row {
        key: "cla_rated_not_red",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of looked after children who are not rated red",
            denominator: "Children with a rating.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children whose latest rating since the period of care began is amber or green.",
        exclusions: "This is the rating of the child's case, while `cla_care_plans_rated_not_red` is \
            that of the care plan. Of two ratings of one day the worse stands. A child without a rating is \
            unknown: outside, unless the policy says otherwise. Short breaks (V3, V4) are out.",
        inputs: &[
            needs("cla_episodes"),
            needs("rag_ratings"),
            reads("legal_statuses"),
            reads("persons"),
            AGE_OR_UNBORN,
        ],
        policies: &["unrated"],
        source: "A local measure. Ratings are the council's own.",
        version: 1,
        relations: &[
            equal_denominators("cla_three_placements").under(|policy| policy.unrated != Unrated::Exclude),
            gap_to_denominator("cla_three_placements").under(|policy| policy.unrated == Unrated::Exclude),
        ],
        ..Row::EMPTY
    },
];

impl Measure {
    /// `cp_rated_not_red`: percentage of children on a child protection plan who are not rated red.
    pub const CP_RATED_NOT_RED: Self = Self::named("cp_rated_not_red");
    /// `cla_care_plans_rated_not_red`: percentage of looked after children whose care plan is not rated red.
    pub const CLA_CARE_PLANS_RATED_NOT_RED: Self = Self::named("cla_care_plans_rated_not_red");
    /// `cla_rated_not_red`: percentage of looked after children who are not rated red.
    pub const CLA_RATED_NOT_RED: Self = Self::named("cla_rated_not_red");
}

pub(super) fn judge_child_at<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    if let Some(plan) = at.cp_plan {
        cp_rating(judge, child, plan, at);
    }
    if let Some(looked_after) = &at.looked_after {
        care_plan_rating(judge, child, looked_after, at);
        child_rating(judge, child, looked_after, at);
    }
}

/// `cp_rated_not_red`: children under a child protection plan who are not rated red.
fn cp_rating<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, plan: &CpPlan, at: &At<'_>) {
    let context = judge.context;
    if !context.wants(Measure::CP_RATED_NOT_RED) {
        return;
    }
    let recorded = || rating_at(child.records.rag_ratings, RatingScope::CpChild, plan.start, at.day);
    let rating = match context.policy.rag_source {
        RagSource::Recorded => recorded(),
        RagSource::Derived => Some(derived_rating(context, child, plan, at.day)),
        RagSource::Worst => match derived_rating(context, child, plan, at.day) {
            Rag::Red => Some(Rag::Red),
            _ => recorded(),
        },
    };
    let verdict = is_not_red(rating, context.policy.unrated);
    judge.case(Measure::CP_RATED_NOT_RED, at.month.at_end(), verdict, || {
        Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CpPlans, plan.id))).rated(rating)
    });
}

/// The worst colour of the child's visit and the plan's open review.
fn derived_rating(context: &Context<'_>, child: &Child<'_>, plan: &CpPlan, day: Day) -> Rag {
    let visit = unborn(child, day).is_none().then(|| {
        let seen = cp_seen(context, child, plan, day);
        seen.detail(context, seen.verdict(context, day), day).rag
    });
    let review = cp_reviews(child, plan)
        .obligations(context, day)
        .iter()
        .filter(|obligation| !obligation.lapsed && obligation.held_by(day).is_none())
        .filter_map(|obligation| {
            let verdict = stand(obligation, day);
            let subject = Name::Person(child.records.index);
            timing(context, obligation, day).detail(context, verdict, subject, None).rag
        })
        .max();
    visit.flatten().max(review).unwrap_or(Rag::Green)
}

/// `cla_care_plans_rated_not_red`: care plans that are not rated red; past the 28th day a missing plan counts as red.
fn care_plan_rating<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    let context = judge.context;
    if !context.wants(Measure::CLA_CARE_PLANS_RATED_NOT_RED) {
        return;
    }
    let anchor = looked_after.anchor;
    if care_plans(child, &looked_after.period).any(|plan| plan.is_open(at.day)) {
        let rating = rating_at(child.records.rag_ratings, RatingScope::ClaCarePlan, anchor, at.day);
        let verdict = is_not_red(rating, context.policy.unrated);
        judge.case(Measure::CLA_CARE_PLANS_RATED_NOT_RED, at.month.at_end(), verdict, || {
            looked_after_detail(child, looked_after).rated(rating)
        });
        return;
    }
    let clock = Started::new(context, ClockId::CLA_CARE_PLAN_28TH_DAY, anchor);
    let open = clock.open(at.day);
    let is_overdue = open.outcome == Outcome::Overdue;
    let verdict = if is_overdue { Verdict::NOT_MET.because(Reason::NoCarePlan) } else { open };
    judge.case(Measure::CLA_CARE_PLANS_RATED_NOT_RED, at.month.at_end(), verdict, || Detail {
        anchor: Some(anchor),
        due: clock.due(),
        elapsed: clock.elapsed(at.day),
        ..looked_after_detail(child, looked_after)
    });
}

/// `cla_rated_not_red`: children looked after who are not rated red.
fn child_rating<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    if !judge.context.wants(Measure::CLA_RATED_NOT_RED) {
        return;
    }
    let rating = rating_at(child.records.rag_ratings, RatingScope::ClaChild, looked_after.anchor, at.day);
    let verdict = is_not_red(rating, judge.context.policy.unrated);
    judge.case(Measure::CLA_RATED_NOT_RED, at.month.at_end(), verdict, || {
        looked_after_detail(child, looked_after).rated(rating)
    });
}

/// The latest rating of a scope from one day to another; of several on a day the worst.
fn rating_at(ratings: &[RagRating], scope: RatingScope, from: Day, day: Day) -> Option<Rag> {
    // The rows lie by date, then from green to red.
    ratings
        .iter()
        .rfind(|rating| rating.scope == Some(scope) && rating.date <= day && rating.date >= from)
        // One that cannot be read is not known, and is not the one before it.
        .and_then(|r| r.rating)
}

/// Whether a rating is not red; a child without one is as the policy says.
fn is_not_red(rating: Option<Rag>, unrated: Unrated) -> Verdict {
    match (rating, unrated) {
        (Some(Rag::Red), _) => Verdict::NOT_MET,
        (Some(_), _) => Verdict::MET,
        (None, Unrated::Exclude) => Verdict::unknown(Reason::Unrated),
        (None, Unrated::Red) => Verdict::NOT_MET.because(Reason::Unrated),
        (None, Unrated::NotRed) => Verdict::MET.because(Reason::Unrated),
    }
}
