//! The council's policies, and whether they were reviewed.

use super::case::{Detail, Name, Reason, Verdict};
use super::clock::Started;
use super::context::{Context, Judge, Sink};
use super::definition::{Form, Row, Subject};
use super::kinds::{Better, PeriodKind, Unit, column, needs, optional};
use super::measure::Measure;
use crate::tables::Table;
use crate::tables::records::Policy;
use crate::time::Day;
use crate::time::clock::ClockId;

pub(super) const MEASURES: &[Row] = &[Row {
    key: "policies_reviewed",
    forms: &[Form {
        unit: Unit::Percent,
        title: "Percentage of policies reviewed in the last three years",
        denominator: "All policies in force at the month end.",
        policies: &[],
    }],
    period: PeriodKind::Snapshot,
    better: Better::Higher,
    cases: "Policies in force at the month end.",
    numerator: "Policies reviewed less than three years before the month end; exactly three \
            years is too old. A policy not yet reviewed counts from the day it came into force.",
    exclusions: "A policy with neither a review date nor a date in force fails the test. Retired \
            policies are out. A review dated after the month end has not happened; the policy then passes if \
            it is itself under three years old, and is unknown if not. The result also says whether all \
            policies pass.",
    inputs: &[
        needs("policies"),
        column("policies.last_reviewed | policies.in_force_from"),
        optional("policies", &["retired_on"]),
    ],
    tells_all_met: true,
    source: "A local measure.",
    version: 1,
    clocks: &[ClockId::POLICY_REVIEW],
    cases_are: Subject::Others,
    ..Row::EMPTY
}];

impl Measure {
    /// `policies_reviewed`: percentage of policies reviewed in the last three years.
    pub const POLICIES_REVIEWED: Self = Self::named("policies_reviewed");
}

/// `policies_reviewed`: policies in force that were reviewed less than three years ago.
pub(super) fn judge_service<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for policy in &context.data.kept.policies {
        for month in &context.months {
            let day = month.last;
            let in_force = policy.in_force_from.is_none_or(|from| from <= day)
                && policy.retired.is_none_or(|retired| retired > day);
            if in_force {
                let (verdict, review) = judge_review(context, policy, day);
                let clock = review.map(|review| Started::new(context, ClockId::POLICY_REVIEW, review));
                judge.case(Measure::POLICIES_REVIEWED, month.at_end(), verdict, || Detail {
                    anchor: review,
                    due: clock.and_then(|clock| clock.due()),
                    elapsed: clock.and_then(|clock| clock.elapsed(day)),
                    ..Detail::of(Name::Row(Table::Policies, policy.id), None)
                });
            }
        }
    }
}

/// How a policy stands on a day, and the review that it stands by. A new policy's issue is its first review.
fn judge_review(context: &Context<'_>, policy: &Policy, day: Day) -> (Verdict, Option<Day>) {
    let fresh =
        |review: Day| Started::new(context, ClockId::POLICY_REVIEW, review).is_in_time(day) == Some(true);
    match (policy.reviewed, policy.in_force_from) {
        (Some(reviewed), issued) if reviewed > day => match issued {
            Some(issued) if fresh(issued) => (Verdict::MET, Some(issued)),
            _ => (Verdict::unknown(Reason::ReviewedAfter), None),
        },
        (Some(review), _) | (None, Some(review)) => {
            (if fresh(review) { Verdict::MET } else { Verdict::NOT_MET }, Some(review))
        }
        (None, None) => (Verdict::NOT_MET.because(Reason::NoReviewDate), None),
    }
}
