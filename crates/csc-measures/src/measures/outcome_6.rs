//! Outcome 6: children in care and care leavers.

use chrono::{Datelike, NaiveDate, Weekday};

use super::case::{Detail, Name, Outcome, Reason, Verdict};
use super::clock::{Started, obligation_rag};
use super::context::{At, Child, Context, Judge, Sink};
use super::owed::Owed;
use super::ratings::{is_not_red, rating_at};
use crate::dataset::CarePeriod;
use crate::definitions::MeasureId;
use crate::facts::{
    LookedAfter, Pathway, activity_at, care_leaver_activity, care_leaver_at, pathway_at, placement_at,
    stays_in_window,
};
use crate::policy::{AdoptionBasis, AdoptionWindow, DistanceBase, PathwayBase};
use crate::tables::Table;
use crate::tables::records::{
    ActivityCode, CarePlan, Interval, LegalCode, Permanence, Placement, PlacementType, RatingScope,
};
use crate::time::Day;
use crate::time::MonthDays;
use crate::time::clock::ClockId;
use crate::value::Amount;
use crate::value::Decimal;

/// Placements in twelve months that are too many.
const TOO_MANY_PLACEMENTS: usize = 3;

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    adoptions(judge, child);
    for period in child.records.periods {
        if let Some(anchor) = period.anchor {
            care_plan_by_28th_day(judge, child, period, anchor);
            care_plan_in_ten_working_days(judge, child, period, anchor);
        }
    }
}

pub(super) fn judge_child_at<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    if let Some(looked_after) = &at.looked_after {
        far_placements(judge, child, looked_after, at);
        care_plan_rating(judge, child, looked_after, at);
        placement_moves(judge, child, looked_after, at);
        looked_after_neet(judge, child, looked_after, at);
        pathway_plan(judge, child, looked_after, at);
        child_rating(judge, child, looked_after, at);
    }
    care_leaver_neet(judge, child, at);
}

/// The plans that are due to a child in care, and the end of a temporary placement.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>, at: &At<'_>) {
    owe_care_plans(owed, child);
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
        owed.add(clock, MeasureId::O6_M11, verdict, detail.rated(rag));
    }
    for placement in child.records.cla_placements.iter().filter(|placement| placement.is_open(at.day)) {
        owe_end_of_temporary_placement(owed, child, placement);
    }
}

/// The first care plan of each period of care that goes on, short breaks or not, as the measures have a case for
/// each.
fn owe_care_plans(owed: &mut Owed<'_>, child: &Child<'_>) {
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

/// A temporary placement may last so many days (SSDA903 rules for T1, T3 and T4); after that it is a move.
fn owe_end_of_temporary_placement(owed: &mut Owed<'_>, child: &Child<'_>, placement: &Placement) {
    let PlacementType::Temporary { ends: Some(clock) } = placement.kind else { return };
    let clock = Started::new(owed.context, clock, placement.start);
    let record = Name::Row(Table::ClaPlacements, placement.id);
    let detail = clock.open_detail(owed.day, Name::Person(child.records.index), Some(record));
    owed.add(clock.clock, MeasureId::O6_M6, clock.open(owed.day), detail);
}

/// The child and the period of care.
fn looked_after_detail(child: &Child<'_>, looked_after: &LookedAfter) -> Detail {
    Detail::of(Name::Person(child.records.index), Some(Name::Cla(looked_after.period.cla)))
}

/// O6.M1 and O6.M2: children placed more than 20 miles from home, outside the county.
fn far_placements<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    let context = judge.context;
    if !context.wants_any(&[MeasureId::O6_M1, MeasureId::O6_M2]) {
        return;
    }
    let verdict = far_from_home(context, child, at.day);
    judge.case(MeasureId::O6_M1, at.month, verdict, || looked_after_detail(child, looked_after));
    let of_all = match context.policy.distance_base {
        DistanceBase::Known => verdict,
        DistanceBase::All => {
            let numerator = if verdict.outcome == Outcome::Counted { Amount::ONE } else { Amount::ZERO };
            verdict.weighing(Some(numerator), Some(Amount::ONE))
        }
    };
    judge.case(MeasureId::O6_M2, at.month, of_all, || looked_after_detail(child, looked_after));
}

fn far_from_home(context: &Context<'_>, child: &Child<'_>, day: Day) -> Verdict {
    if child.records.immigration_statuses.iter().any(|status| status.is_uasc && status.is_open(day)) {
        return Verdict::not_applicable(Reason::Uasc);
    }
    let Some(placement) = placement_at(&child.records, day) else {
        return Verdict::unknown(Reason::NoPlacement);
    };
    // 999.9 stands for "not known".
    let known = |distance: &Decimal| *distance < Decimal::from_integer(1000).minus(Decimal::tenth());
    match placement.distance_miles.filter(known) {
        None => Verdict::unknown(Reason::DistanceNotKnown),
        Some(distance) if distance <= context.policy.far_miles => Verdict::NOT_COUNTED,
        Some(_) => match placement.outside_authority {
            None => Verdict::unknown(Reason::OutsideAuthorityNotKnown),
            Some(outside) => Verdict::fact(Some(outside)),
        },
    }
}

/// O6.M3 and O6.M4: days from the start of care to being placed with adopters, of children adopted.
fn adoptions<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let context = judge.context;
    for row in child.records.permanence.iter().filter(|row| row.is_adoption) {
        let Some(order) = row.order else { continue };
        for month in context.months.iter().filter(|month| month.ends_quarter) {
            let after = match context.policy.adoption_window {
                AdoptionWindow::Quarter => month.first.plus_months(-2).plus(-1),
                AdoptionWindow::ThreeYears => month.last.plus_months(-36),
            };
            if after < order && order <= month.last {
                adoption(judge, child, row, order, *month);
            }
        }
    }
}

fn adoption<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    row: &Permanence,
    order: Day,
    month: MonthDays,
) {
    let placed = match judge.context.policy.adoption_basis {
        AdoptionBasis::A10 if row.adopted_by_carer => row.placed_with_carer.or(row.placed),
        _ => row.placed,
    };
    let anchor = placed.and_then(|placed| {
        let period = child
            .records
            .periods
            .iter()
            .rfind(|p| p.start <= placed && row.cla.is_none_or(|cla| cla == p.cla));
        // Of a short break that ends after the day, the day after it has not come.
        period.and_then(|period| period.anchor).filter(|anchor| *anchor <= month.last)
    });
    let detail = |anchor: Option<Day>, waited: Option<i32>| Detail {
        anchor,
        done: placed.filter(|placed| *placed <= month.last),
        elapsed: waited,
        ..Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::Permanence, row.id)))
    };
    let (verdict, anchor, waited) = match (placed, anchor) {
        (None, _) => (Verdict::not_applicable(Reason::NoPlacedDate), None, None),
        (Some(placed), _) if placed > order => {
            (Verdict::not_applicable(Reason::PlacedAfterOrder), None, None)
        }
        (Some(_), None) => (Verdict::unknown(Reason::NoCarePeriod), None, None),
        (Some(placed), Some(anchor)) if placed < anchor => {
            (Verdict::unknown(Reason::DoneBeforeStart), Some(anchor), None)
        }
        (Some(placed), Some(anchor)) => {
            let days = placed.since(anchor);
            let counted = Verdict::COUNTED.weighing(Some(Amount::count(i64::from(days))), Some(Amount::ONE));
            (counted, Some(anchor), Some(days))
        }
    };
    judge.case(MeasureId::O6_M3, month, verdict, || detail(anchor, waited));
    if row.legacy_or_exceptional {
        let left_out = Verdict::not_applicable(Reason::LegacyOrExceptional);
        judge.case(MeasureId::O6_M4, month, left_out, || detail(None, None));
    } else {
        judge.case(MeasureId::O6_M4, month, verdict, || detail(anchor, waited));
    }
}

/// The care plans of a period: those that start after the previous period and before its end.
fn care_plans<'a>(child: &Child<'a>, period: &CarePeriod) -> impl Iterator<Item = &'a CarePlan> + use<'a> {
    let CarePeriod { previous_end, end, .. } = *period;
    child.records.care_plans.iter().filter(move |plan| {
        previous_end.is_none_or(|previous| previous <= plan.start) && end.is_none_or(|end| plan.start < end)
    })
}

/// O6.M5: care plans that are not rated red; past the 28th day a missing plan counts as red.
fn care_plan_rating<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    let context = judge.context;
    if !context.wants(MeasureId::O6_M5) {
        return;
    }
    let anchor = looked_after.anchor;
    if care_plans(child, &looked_after.period).any(|plan| plan.is_open(at.day)) {
        let rating = rating_at(child.records.rag_ratings, RatingScope::ClaCarePlan, anchor, at.day);
        let verdict = is_not_red(rating, context.policy.unrated);
        judge.case(MeasureId::O6_M5, at.month, verdict, || {
            looked_after_detail(child, looked_after).rated(rating)
        });
        return;
    }
    let clock = Started::new(context, ClockId::CLA_CARE_PLAN_28TH_DAY, anchor);
    let open = clock.open(at.day);
    let is_overdue = open.outcome == Outcome::Overdue;
    let verdict = if is_overdue { Verdict::NOT_MET.because(Reason::NoCarePlan) } else { open };
    judge.case(MeasureId::O6_M5, at.month, verdict, || Detail {
        anchor: Some(anchor),
        due: clock.due(),
        elapsed: clock.elapsed(at.day),
        ..looked_after_detail(child, looked_after)
    });
}

/// O6.M6: children with three or more placements in twelve months.
fn placement_moves<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    let context = judge.context;
    if !context.wants(MeasureId::O6_M6) {
        return;
    }
    let placements = stays_in_window(
        &child.records,
        context.terms(),
        context.policy.temporary_placements,
        at.day.plus_months(-12),
        at.day,
    );
    let verdict = Verdict::fact(Some(placements >= TOO_MANY_PLACEMENTS));
    judge.case(MeasureId::O6_M6, at.month, verdict, || looked_after_detail(child, looked_after));
}

fn neet(activity: ActivityCode) -> Verdict {
    match activity {
        ActivityCode::Neet => Verdict::COUNTED,
        ActivityCode::InEducationOrWork => Verdict::NOT_COUNTED,
        ActivityCode::Unknown => Verdict::unknown(Reason::ActivityNotKnown),
    }
}

/// O6.M7 and O6.M8: children looked after, past school age, who are not in education, employment or training.
fn looked_after_neet<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    if !judge.context.wants_any(&[MeasureId::O6_M7, MeasureId::O6_M8]) {
        return;
    }
    let verdict = match (child.life.born, child.life.age(at.day)) {
        (Some(born), Some(16 | 17)) if at.day > school_leaving_date(born) => {
            let undated = || care_leaver_activity(child.records.care_leavers, at.day);
            neet(activity_at(&child.records, undated, at.day))
        }
        (Some(_), Some(_)) => return,
        _ => Verdict::unknown(Reason::AgeNotKnown),
    };
    for measure in [MeasureId::O6_M7, MeasureId::O6_M8] {
        judge.case(measure, at.month, verdict, || looked_after_detail(child, looked_after));
    }
}

/// The last Friday in June of the school year (from 1 September) in which a child turns 16.
fn school_leaving_date(born: Day) -> Day {
    let sixteenth = born.birthday(16).date();
    let year = sixteenth.year() + i32::from(sixteenth.month() >= 9);
    NaiveDate::from_ymd_opt(year, 6, 30).map_or(Day::MAX, |last| {
        let since_friday = last.weekday().days_since(Weekday::Fri);
        Day::new(last).plus(-since_friday.cast_signed())
    })
}

/// O6.M9: care leavers who are not in education, employment or training.
fn care_leaver_neet<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    let context = judge.context;
    let day = at.day;
    if !context.wants_any(&[MeasureId::O6_M9, MeasureId::O6_M9_PERCENT]) {
        return;
    }
    let Some(row) = care_leaver_at(&child.records, &child.life, day) else { return };
    let verdict = match child.life.age(day) {
        None => Verdict::unknown(Reason::AgeNotKnown),
        Some(age) if (16..=u32::from(context.policy.care_leaver_max_age)).contains(&age) => {
            neet(activity_at(&child.records, || row.activity, day))
        }
        Some(_) => return,
    };
    for measure in [MeasureId::O6_M9, MeasureId::O6_M9_PERCENT] {
        judge.case(measure, at.month, verdict, || {
            Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CareLeavers, row.id)))
        });
    }
}

/// Whether the care ended, or the child turned 18 or died, while the care plan was still in time. A birthday is
/// known ahead; an end after the day has not happened.
fn left(child: &Child<'_>, period: &CarePeriod, in_time: impl Fn(Day) -> bool, day: Day) -> bool {
    let known = |date: Option<Day>| date.filter(|date| *date <= day);
    let ends = [known(period.end), known(child.life.died), child.life.eighteenth_birthday];
    ends.into_iter().flatten().any(in_time)
}

/// O6.M10: starts of care with a care plan in place by the 28th day.
fn care_plan_by_28th_day<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    period: &CarePeriod,
    anchor: Day,
) {
    FirstPlan::by_28th_day(judge.context, child, period, anchor).judge(judge);
}

/// O6.M10.ten_working_days: the same against the ten working days of the regulations.
fn care_plan_in_ten_working_days<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    period: &CarePeriod,
    anchor: Day,
) {
    FirstPlan::in_ten_working_days(judge.context, child, period, anchor).judge(judge);
}

/// The first care plan of a period of care, against its due date.
struct FirstPlan<'a> {
    context: &'a Context<'a>,
    child: &'a Child<'a>,
    period: &'a CarePeriod,
    clock: Started<'a>,
    measure: MeasureId,
}

impl<'a> FirstPlan<'a> {
    fn by_28th_day(
        context: &'a Context<'a>,
        child: &'a Child<'a>,
        period: &'a CarePeriod,
        anchor: Day,
    ) -> Self {
        let clock = Started::new(context, ClockId::CLA_CARE_PLAN_28TH_DAY, anchor);
        Self { context, child, period, clock, measure: MeasureId::O6_M10 }
    }

    fn in_ten_working_days(
        context: &'a Context<'a>,
        child: &'a Child<'a>,
        period: &'a CarePeriod,
        anchor: Day,
    ) -> Self {
        let clock = Started::new(context, ClockId::CLA_CARE_PLAN, anchor);
        Self { context, child, period, clock, measure: MeasureId::O6_M10_TEN_WORKING_DAYS }
    }

    /// Whether a day is in time, as far as the calendar tells.
    fn in_time(&self, day: Day) -> bool {
        self.clock.is_in_time(day) == Some(true)
    }

    /// The verdict as it stands on a day and the day it was done; `None`: there is no plan, and the care goes
    /// on.
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
    /// are no law for care that began before the regulations (regulation 4(2) and (6)).
    fn not_by_this_law(&self) -> Option<Verdict> {
        let anchor = self.clock.start;
        if self.measure != MeasureId::O6_M10_TEN_WORKING_DAYS {
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
    /// that month is overdue, even where that day is the last.
    fn judge<S: Sink>(&self, judge: &mut Judge<'_, S>) {
        let Some(month) = self.clock.due().and_then(|due| self.context.month_of(due)) else { return };
        if !self.context.wants(self.measure) {
            return;
        }
        let (verdict, done) = self.verdict(month.last).unwrap_or_else(|| match self.measure {
            MeasureId::O6_M10 => (Verdict::OVERDUE, None),
            _ => (self.clock.open(month.last), None),
        });
        judge.case(self.measure, month, verdict, || self.detail(verdict, done, month.last));
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

/// O6.M11: children looked after aged 16 or 17 with a pathway plan.
fn pathway_plan<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    let context = judge.context;
    if !context.wants(MeasureId::O6_M11) {
        return;
    }
    let Some((verdict, clock)) = judge_pathway_plan(context, child, at.day) else { return };
    judge.case(MeasureId::O6_M11, at.month, verdict, || pathway_detail(child, looked_after, clock, at.day));
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

/// O6.M12: children looked after who are not rated red.
fn child_rating<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    if !judge.context.wants(MeasureId::O6_M12) {
        return;
    }
    let rating = rating_at(child.records.rag_ratings, RatingScope::ClaChild, looked_after.anchor, at.day);
    let verdict = is_not_red(rating, judge.context.policy.unrated);
    judge.case(MeasureId::O6_M12, at.month, verdict, || {
        looked_after_detail(child, looked_after).rated(rating)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn school_ends_on_the_last_friday_in_june_of_the_year_of_turning_16() {
        let day = |y, m, d| Day::new(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        // Turns 16 on 31 August 2016, the last day of the school year.
        assert_eq!(school_leaving_date(day(2000, 8, 31)), day(2016, 6, 24));
        // Turns 16 on 1 September 2016, the first day of the next.
        assert_eq!(school_leaving_date(day(2000, 9, 1)), day(2017, 6, 30));
    }
}
