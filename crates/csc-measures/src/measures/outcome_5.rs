//! Outcome 5: thresholds. Who takes part in strategy discussions; children who come back.

use super::case::{Detail, Name, Reason, Verdict};
use super::context::{Child, Judge, Sink};
use crate::definitions::MeasureId;
use crate::policy::RepeatPlanUnit;
use crate::tables::Table;
use crate::tables::records::{CpPlan, StrategyDiscussion};

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    strategy_discussions(judge, child);
    referrals(judge, child);
    repeat_plans(judge, child);
}

/// O5.M1 and O5.M2: strategy discussions with health, and for ages 4 to 17 with the school.
fn strategy_discussions<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    for discussion in child.records.strategy_discussions {
        let Some(month) = judge.context.month_of(discussion.date) else { continue };
        let detail = || {
            let record = Name::Row(Table::StrategyDiscussions, discussion.id);
            Detail::of(Name::Person(child.records.index), Some(record)).on(discussion.date)
        };
        judge.case(MeasureId::O5_M1, month, Verdict::fact(discussion.health), detail);
        judge.case(MeasureId::O5_M2, month, school(child, discussion), detail);
    }
}

fn school(child: &Child<'_>, discussion: &StrategyDiscussion) -> Verdict {
    if discussion.school_not_applicable {
        return Verdict::not_applicable(Reason::SchoolNotApplicable);
    }
    if !child.life.is_born(discussion.date) {
        return Verdict::not_applicable(Reason::Unborn);
    }
    match child.life.age(discussion.date) {
        None => Verdict::unknown(Reason::AgeNotKnown),
        Some(4..=17) => Verdict::fact(discussion.school),
        Some(_) => Verdict::not_applicable(Reason::OutsideAge),
    }
}

/// O5.M3: referrals to the front door of children who were referred in the twelve months before.
fn referrals<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let context = judge.context;
    let mut last = None;
    // The rows lie by date and id: of several to the front door on a day the first stands.
    for referral in child.records.referrals.iter().filter(|referral| context.is_front_door(referral.team)) {
        if last.replace(referral.date) == Some(referral.date) {
            continue;
        }
        let Some(month) = context.month_of(referral.date) else { continue };
        let year_ago = referral.date.plus_months(-12);
        let is_repeat =
            child.records.referrals.iter().any(|other| year_ago <= other.date && other.date < referral.date);
        judge.case(MeasureId::O5_M3, month, Verdict::fact(Some(is_repeat)), || {
            let record = Name::Row(Table::Referrals, referral.id);
            Detail::of(Name::Person(child.records.index), Some(record)).on(referral.date)
        });
    }
}

/// O5.M4 and O5.M4.percent: child protection plans of children who had one before.
fn repeat_plans<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let plans = child.records.cp_plans;
    let had_one_before = |plan: &CpPlan| {
        plans.iter().any(|other| {
            !other.other_authority
                && other.start < plan.start
                && other.end.is_some_and(|end| end <= plan.start)
        })
    };
    let mut last_counted = None;
    // The rows lie by start and id: the first repeat of a month is the child's case.
    for plan in plans.iter().filter(|plan| !plan.other_authority && !plan.transfer_in) {
        let Some(month) = judge.context.month_of(plan.start) else { continue };
        let is_repeat = had_one_before(plan);
        let detail = || {
            Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CpPlans, plan.id)))
                .on(plan.start)
        };
        judge.case(MeasureId::O5_M4_PERCENT, month, Verdict::fact(Some(is_repeat)), detail);
        let counts = match judge.context.policy.repeat_plan_unit {
            RepeatPlanUnit::Occasions => is_repeat,
            RepeatPlanUnit::Children => is_repeat && last_counted.replace(month.index) != Some(month.index),
        };
        if counts {
            judge.case(MeasureId::O5_M4, month, Verdict::COUNTED, detail);
        }
    }
}
