//! The first care plan of a period of care.

use super::case::{Detail, Name, Outcome, Reason, Verdict};
use super::clock::Started;
use super::context::{Child, Context, Judge, Sink};
use super::definition::{Form, Row};
use super::kinds::{AGE, Better, PeriodKind, Unit, needs, optional, reads};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use crate::dataset::CarePeriod;
use crate::tables::records::Interval;
use crate::tables::records::{CarePlan, LegalCode};
use crate::time::Day;
use crate::time::clock::ClockId;

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "care_plans_by_28th_day",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of children with a care plan by their 28th day in care",
            denominator: "Those with a plan in time, with a late plan and without one.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "Periods of care whose 28th day falls in the month; the first day of care is day 1.",
        numerator: "Those with a care plan in place by the 28th day.",
        exclusions: "A period of care that ends by the due date, or a child who turns 18 or dies by \
            then, is extinguished. A plan from an earlier period of care does not count. Short breaks (V3, \
            V4) are out.",
        inputs: &[needs("cla_episodes"), needs("care_plans"), reads("legal_statuses"), reads("persons"), AGE],
        source: "A local measure. The law is stricter: `care_plans_by_28th_day.ten_working_days`.",
        version: 1,
        clocks: &[ClockId::CLA_CARE_PLAN_28TH_DAY],
        owes: Some(Duty::Record),
        ..Row::EMPTY
    },
    Row {
        key: "care_plans_by_28th_day.ten_working_days",
        forms: &[Form {
            unit: Unit::Percent,
            title: "% of looked after children starts with a care plan in place within ten \
                    working days",
            denominator: "Those with a plan in time, with a late plan and overdue.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "Periods of care whose tenth working day falls in the month; the first day of \
            care is day 0.",
        numerator: "Those with a care plan in place by the tenth working day.",
        exclusions: "A period of care that ends by the due date, or a child who turns 18 or dies by \
            then, is extinguished. A plan from an earlier period of care does not count. Short breaks (V3, \
            V4) are out. A child under a care, interim care or placement order, or in care proceedings, when \
            care begins has the court's time: not applicable. Care that began before 1 April 2011: unknown.",
        inputs: &[
            needs("cla_episodes"),
            needs("care_plans"),
            reads("legal_statuses"),
            reads("persons"),
            reads("final_order_applications"),
            reads("care_proceedings"),
            AGE,
            optional("final_order_applications", &["case_id", "person_id"]),
            optional("care_proceedings", &["concluded_date"]),
        ],
        policies: &["calendar", "count_start_day", "amber_working_days"],
        source: "Regulation 4(2), Care Planning, Placement and Case Review (England) Regulations \
            2010 (SI 2010/959): before the child is first placed or, if that is not practicable, within ten \
            working days of the start of the first placement.",
        version: 2,
        clocks: &[ClockId::CLA_CARE_PLAN],
        owes: Some(Duty::Record),
        ..Row::EMPTY
    },
];

impl Measure {
    /// `care_plans_by_28th_day`: percentage of children with a care plan by their 28th day in care.
    pub const CARE_PLANS_BY_28TH_DAY: Self = Self::named("care_plans_by_28th_day");
    /// `care_plans_by_28th_day.ten_working_days`: % of looked after children starts with a care plan in place within ten working days.
    pub const CARE_PLANS_BY_28TH_DAY_TEN_WORKING_DAYS: Self =
        Self::named("care_plans_by_28th_day.ten_working_days");
}

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    for period in child.records.periods {
        if let Some(anchor) = period.anchor {
            FirstPlan::by_28th_day(judge.context, child, period, anchor).judge(judge);
            FirstPlan::in_ten_working_days(judge.context, child, period, anchor).judge(judge);
        }
    }
}

/// The first care plan of each period of care that goes on, short breaks or not, as the measures have a case for
/// each.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>) {
    let (context, day) = (owed.context, owed.day);
    if !child.life.is_child(day) || !child.life.is_alive(day) {
        return;
    }
    for period in child.records.periods.iter().filter(|period| period.is_open(day)) {
        if let Some(anchor) = period.anchor.filter(|anchor| *anchor <= day) {
            FirstPlan::by_28th_day(context, child, period, anchor).owe(owed);
            FirstPlan::in_ten_working_days(context, child, period, anchor).owe(owed);
        }
    }
}

/// The care plans of a period: those that start after the previous period and before its end.
pub(super) fn care_plans<'a>(
    child: &Child<'a>,
    period: &CarePeriod,
) -> impl Iterator<Item = &'a CarePlan> + use<'a> {
    let CarePeriod { previous_end, end, .. } = *period;
    child.records.care_plans.iter().filter(move |plan| {
        previous_end.is_none_or(|previous| previous <= plan.start) && end.is_none_or(|end| plan.start < end)
    })
}

/// Whether the care ended, or the child turned 18 or died, while the care plan was still in time. A birthday is
/// known ahead; an end after the day has not happened.
fn left(child: &Child<'_>, period: &CarePeriod, in_time: impl Fn(Day) -> bool, day: Day) -> bool {
    let known = |date: Option<Day>| date.filter(|date| *date <= day);
    let ends = [known(period.end), known(child.life.died), child.life.eighteenth_birthday];
    ends.into_iter().flatten().any(in_time)
}

/// The first care plan of a period of care, against its due date.
struct FirstPlan<'a> {
    context: &'a Context<'a>,
    child: &'a Child<'a>,
    period: &'a CarePeriod,
    clock: Started<'a>,
    measure: Measure,
}

impl<'a> FirstPlan<'a> {
    fn by_28th_day(
        context: &'a Context<'a>,
        child: &'a Child<'a>,
        period: &'a CarePeriod,
        anchor: Day,
    ) -> Self {
        let clock = Started::new(context, ClockId::CLA_CARE_PLAN_28TH_DAY, anchor);
        Self { context, child, period, clock, measure: Measure::CARE_PLANS_BY_28TH_DAY }
    }

    fn in_ten_working_days(
        context: &'a Context<'a>,
        child: &'a Child<'a>,
        period: &'a CarePeriod,
        anchor: Day,
    ) -> Self {
        let clock = Started::in_force(context, ClockId::CLA_CARE_PLAN, anchor, anchor);
        Self { context, child, period, clock, measure: Measure::CARE_PLANS_BY_28TH_DAY_TEN_WORKING_DAYS }
    }

    /// Whether a day is in time, as far as the calendar tells.
    fn in_time(&self, day: Day) -> bool {
        self.clock.is_in_time(day) == Some(true)
    }

    /// The verdict as it stands on a day and the day it was done; `None`: the care goes on, and no plan was
    /// made.
    fn verdict(&self, day: Day) -> Option<(Verdict, Option<Day>)> {
        if left(self.child, self.period, |end| self.in_time(end), day) {
            return Some((Verdict::of(Outcome::Extinguished).because(Reason::LeftBeforeDue), None));
        }
        match self.not_by_this_law() {
            Some(verdict) => Some((verdict, None)),
            None => self.plan(day),
        }
    }

    /// The verdict on the plan that is there by a day, and the day it was done.
    fn plan(&self, day: Day) -> Option<(Verdict, Option<Day>)> {
        // The rows lie by start, so the first found is the earliest.
        let plans = || care_plans(self.child, self.period).filter(|plan| plan.start <= day);
        let is_timely =
            |plan: &&CarePlan| self.in_time(plan.start) && plan.end.is_none_or(|end| end > self.clock.start);
        match plans().find(is_timely) {
            Some(plan) => Some((Verdict::MET, Some(plan.start))),
            None => {
                let late = plans().find(|plan| !self.in_time(plan.start))?;
                Some((Verdict::LATE, Some(late.start)))
            }
        }
    }

    /// The ten working days do not bind the plan of a child in care proceedings, which has the court's time, and
    /// are not the law for care that began before the regulations (regulation 4(2) and (6)).
    fn not_by_this_law(&self) -> Option<Verdict> {
        let anchor = self.clock.start;
        if self.measure != Measure::CARE_PLANS_BY_28TH_DAY_TEN_WORKING_DAYS {
            return None;
        }
        let is_order = |code| {
            matches!(code, LegalCode::InterimCareOrder | LegalCode::CareOrder | LegalCode::PlacementOrder)
        };
        let records = &self.child.records;
        let under_order =
            records.legal_statuses.iter().any(|status| is_order(status.code) && status.is_open(anchor));
        let in_court = records
            .proceedings
            .iter()
            .any(|case| case.issued <= anchor && case.concluded.is_none_or(|concluded| concluded > anchor));
        if under_order || in_court {
            return Some(Verdict::not_applicable(Reason::CourtTimetable));
        }
        let is_law = self.clock.clock.at_day(anchor).is_some();
        (!is_law).then_some(Verdict::unknown(Reason::OutsideLaw))
    }

    fn detail(&self, verdict: Verdict, done: Option<Day>, day: Day) -> Detail {
        let timing = self.clock.timing(done, day);
        let subject = Name::Person(self.child.records.index);
        timing.detail(self.context, verdict, subject, Some(Name::Cla(self.period.cla)))
    }

    /// Hands on the case in the month of its due date. By the 28th day a plan that is missing at the end of
    /// that month is overdue, even if that day is the last.
    fn judge<S: Sink>(&self, judge: &mut Judge<'_, S>) {
        let Some((due, month)) = self.clock.due().and_then(|due| Some((due, self.context.month_of(due)?)))
        else {
            return;
        };
        if !self.context.wants(self.measure) {
            return;
        }
        let (verdict, done) = self.verdict(month.last).unwrap_or_else(|| match self.measure {
            Measure::CARE_PLANS_BY_28TH_DAY => (Verdict::OVERDUE, None),
            _ => (self.clock.open(month.last), None),
        });
        judge.case(self.measure, month.on(due), verdict, || self.detail(verdict, done, month.last));
    }

    fn owe(&self, owed: &mut Owed<'_>) {
        let stands = self.verdict(owed.day);
        let is_unknown = |(verdict, _): &(Verdict, _)| verdict.outcome == Outcome::Unknown;
        if let Some((verdict, _)) = stands.filter(is_unknown)
            && self.plan(owed.day).is_none()
        {
            let subject = Name::Person(self.child.records.index);
            let detail = Detail::of(subject, Some(Name::Cla(self.period.cla)));
            owed.add(self.clock.clock, self.measure, verdict, detail);
        }
        if stands.is_none() {
            let verdict = self.clock.open(owed.day);
            owed.add(self.clock.clock, self.measure, verdict, self.detail(verdict, None, owed.day));
        }
    }
}
