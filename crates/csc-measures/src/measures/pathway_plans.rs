//! Pathway plans of young people in care.

use super::case::{Detail, Outcome, Reason, Verdict};
use super::clock::{Started, obligation_rag};
use super::context::{At, Child, Context, Judge, Sink, looked_after_detail};
use super::definition::{Form, Idle, Row};
use super::kinds::{AGE_OR_UNBORN, Better, PeriodKind, Unit, needs, optional, reads};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use super::relations::part_of_denominator;
use crate::facts::{LookedAfter, Pathway, pathway_at};
use crate::policy::PathwayBase;
use crate::tables::Lack;
use crate::tables::records::Interval;
use crate::time::Day;
use crate::time::clock::ClockId;

pub(super) const MEASURES: &[Row] = &[Row {
    key: "pathway_plans",
    forms: &[Form {
        unit: Unit::Percent,
        title: "Percentage of looked after children aged 16 and 17 with a pathway plan",
        denominator: "All of them; under the strict policy those for whom a plan is overdue, \
                    and those who have one.",
        policies: &[],
    }],
    period: PeriodKind::Snapshot,
    better: Better::Higher,
    cases: "Children looked after at the month end who are 16 or 17, one case a child.",
    numerator: "Those with a pathway plan.",
    exclusions: "The reason of a missing plan says whether it is overdue, not yet due (within \
            three months of becoming eligible) or not asked for (under 13 weeks in care since the age of \
            14). Age not recorded: unknown. Short breaks (V3, V4) are out.",
    inputs: &[
        needs("cla_episodes"),
        needs("persons"),
        needs("pathway_plans | care_leavers"),
        reads("legal_statuses"),
        AGE_OR_UNBORN,
        optional("care_leavers", &["pathway_plan_date", "start_date"]),
    ],
    policies: &["pathway_base", "count_start_day"],
    idle: &[Idle { policies: &["count_start_day"], under: |policy| policy.pathway_base == PathwayBase::All }],
    asks: &[Lack::PathwayPlanning],
    source: "Regulations 40 to 43, Care Planning, Placement and Case Review (England) \
            Regulations 2010 (SI 2010/959; regulation 43 not verified). The percentage is a local measure.",
    version: 1,
    clocks: &[ClockId::PATHWAY_PLAN],
    owes: Some(Duty::Record),
    relations: &[part_of_denominator("cla_three_placements")],
    ..Row::EMPTY
}];

impl Measure {
    /// `pathway_plans`: percentage of looked after children aged 16 and 17 with a pathway plan.
    pub const PATHWAY_PLANS: Self = Self::named("pathway_plans");
}

pub(super) fn judge_child_at<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    let context = judge.context;
    let Some(looked_after) = at.looked_after.as_ref().filter(|_| context.wants(Measure::PATHWAY_PLANS))
    else {
        return;
    };
    let Some((verdict, clock)) = judge_pathway_plan(context, child, at.day) else { return };
    judge.case(Measure::PATHWAY_PLANS, at.month.at_end(), verdict, || {
        pathway_detail(child, looked_after, clock, at.day)
    });
}

/// The pathway plan that a young person looked after does not have.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>, at: &At<'_>) {
    let Some(looked_after) = &at.looked_after else { return };
    let context = owed.context;
    let pathway = judge_pathway_plan(context, child, at.day);
    if let Some((verdict, clock)) = pathway.filter(|(verdict, _)| verdict.outcome != Outcome::Met) {
        let detail = pathway_detail(child, looked_after, clock, at.day);
        let verdict = match verdict.reason {
            Some(Reason::Overdue) => Verdict::OVERDUE,
            Some(Reason::NotYetDue) => Verdict::NOT_YET_DUE,
            _ => verdict,
        };
        let clock = context.clock(ClockId::PATHWAY_PLAN);
        let rag = obligation_rag(context, verdict, detail.due, at.day, clock);
        owed.add(clock, Measure::PATHWAY_PLANS, verdict, detail.rated(rag));
    }
}

/// Where a plan is missing, the clock that started on the day of eligibility.
type PathwayClock<'a> = Option<Started<'a>>;

/// Whether a child looked after has a pathway plan, and if not how that stands; `None` at other ages.
fn judge_pathway_plan<'a>(
    context: &'a Context<'_>,
    child: &Child<'_>,
    day: Day,
) -> Option<(Verdict, PathwayClock<'a>)> {
    let (Some(born), Some(age)) = (child.life.born, child.life.age(day)) else {
        return Some((Verdict::unknown(Reason::AgeNotKnown), None));
    };
    if !(16..=17).contains(&age) {
        return None;
    }
    let has_plan = child.records.pathway_plans.iter().any(|plan| plan.is_open(day))
        || child.records.care_leavers.iter().any(|row| row.pathway_plan.is_some_and(|date| date <= day));
    if has_plan {
        return Some((Verdict::MET, None));
    }
    let clock = |eligible: Day| Some(Started::new(context, ClockId::PATHWAY_PLAN, eligible));
    let is_strict = context.policy.pathway_base == PathwayBase::Strict;
    Some(match pathway_at(&child.records, born, context.terms(), day) {
        Pathway::Overdue { eligible } => (Verdict::NOT_MET.because(Reason::Overdue), clock(eligible)),
        Pathway::NotYetDue { eligible } => {
            let verdict = if is_strict { Verdict::NOT_YET_DUE } else { Verdict::NOT_MET };
            (verdict.because(Reason::NotYetDue), clock(eligible))
        }
        Pathway::NotEligible => {
            let verdict = if is_strict { Verdict::of(Outcome::NotApplicable) } else { Verdict::NOT_MET };
            (verdict.because(Reason::NotEligible), None)
        }
    })
}

fn pathway_detail(
    child: &Child<'_>,
    looked_after: &LookedAfter,
    clock: PathwayClock<'_>,
    day: Day,
) -> Detail {
    Detail {
        anchor: clock.map(|clock| clock.start),
        due: clock.and_then(|clock| clock.due()),
        elapsed: clock.and_then(|clock| clock.elapsed(day)),
        ..looked_after_detail(child, looked_after)
    }
}
