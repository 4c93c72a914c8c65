//! Outcome 3: quality assurance. Children rated, seen, reviewed and conferenced in time; audits.

use super::case::{Detail, Name, Reason, Verdict};
use super::clock::Started;
use super::context::{At, Child, Context, Judge, Sink};
use super::owed::Owed;
use super::ratings::{is_not_red, rating_at};
use super::reviews::{CLA_REVIEWS, CP_REVIEWS, Reviews, reviews_of, stand, timing};
use super::statutory_visits;
use super::visits::Seen;
use crate::dataset::CarePeriod;
use crate::definitions::MeasureId;
use crate::facts::{Birth, LookedAfter, Sources, last_seen, placement_at};
use crate::policy::{IcpcClock, RagSource};
use crate::tables::Table;
use crate::tables::records::{CinPlan, CpPlan, InitialConference, RatingScope, VisitKind};
use crate::time::clock::{ClockId, Limit};
use crate::time::{Day, MonthDays};
use crate::value::Rag;
use crate::value::index::{ClaNo, IdNo};

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    conferences(judge, child);
    if judge.context.wants(MeasureId::O3_M3) {
        for plan in child.records.cp_plans.iter().filter(|plan| !plan.other_authority) {
            cp_reviews(child, plan).judge(judge, MeasureId::O3_M3);
        }
    }
    if judge.context.wants(MeasureId::O3_M6) {
        for period in child.records.periods {
            if let Some(anchor) = period.anchor {
                cla_reviews(child, period, anchor).judge(judge, MeasureId::O3_M6);
            }
        }
    }
}

pub(super) fn judge_child_at<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    if let Some(plan) = at.cp_plan {
        cp_visits(judge, child, plan, at);
        cp_rating(judge, child, plan, at);
    }
    if let Some(looked_after) = &at.looked_after {
        cla_visits(judge, child, looked_after, at);
    }
    cin_visits(judge, child, at);
}

/// The conferences, reviews and visits that are due to a child.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>, at: &At<'_>) {
    owe_conferences(owed, child);
    for plan in child.records.cp_plans.iter().filter(|plan| !plan.other_authority && plan.start <= at.day) {
        cp_reviews(child, plan).owe(owed, MeasureId::O3_M3);
    }
    for period in child.records.periods {
        if let Some(anchor) = period.anchor.filter(|anchor| *anchor <= at.day) {
            cla_reviews(child, period, anchor).owe(owed, MeasureId::O3_M6);
        }
    }
    if let Some(plan) = at.cp_plan {
        match unborn(child, at.day) {
            Some(verdict) => owed.add(
                owed.context.clock(ClockId::CP_VISIT),
                MeasureId::O3_M4,
                verdict,
                Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CpPlans, plan.id))),
            ),
            None => cp_seen(owed.context, child, plan, at.day).owe(owed, MeasureId::O3_M4),
        }
    }
    if let Some(looked_after) = &at.looked_after {
        cla_seen(owed.context, child, looked_after, at.day).owe(owed, MeasureId::O3_M5);
        statutory_visits::owe(owed, child, looked_after, at.day);
    }
    if let Some(plan) = at.cin_plan {
        cin_seen(owed.context, child, plan, at.day).owe(owed, MeasureId::O3_M7);
    }
}

/// The initial conferences that are not held.
fn owe_conferences(owed: &mut Owed<'_>, child: &Child<'_>) {
    let (context, day) = (owed.context, owed.day);
    let subject = Name::Person(child.records.index);
    for conference in child.records.initial_conferences {
        if conference.transfer_in || !is_awaited(child, conference, day) {
            continue;
        }
        let record = Some(Name::Row(Table::InitialConferences, conference.id));
        let (verdict, detail) = match conference_clock_start(context, conference) {
            // What starts after the day does not exist yet.
            Some(start) if start > day => continue,
            Some(start) => {
                let clock = Started::new(context, ClockId::ICPC, start);
                (clock.open(day), clock.open_detail(day, subject, record))
            }
            None => (Verdict::unknown(Reason::NoLink), Detail::of(subject, record)),
        };
        owed.add(context.clock(ClockId::ICPC), MeasureId::O3_M2_OPEN_OVERDUE, verdict, detail);
    }
}

/// Whether a conference is not held by a day, and the child still waits for it.
fn is_awaited(child: &Child<'_>, conference: &InitialConference, day: Day) -> bool {
    conference.date.is_none_or(|date| date > day) && child.is_child_and_alive(day)
}

/// The strategy discussion, or the decision, from which a conference's clock runs.
fn conference_clock_start(context: &Context<'_>, conference: &InitialConference) -> Option<Day> {
    match context.policy.icpc_clock {
        IcpcClock::StrategyDiscussion => conference.enquiry_start,
        IcpcClock::Decision => conference.decision,
    }
}

/// O3.M2 and O3.M2.open_overdue: initial conferences held within 15 working days, and those that wait longer.
fn conferences<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let context = judge.context;
    let subject = Name::Person(child.records.index);
    let record = |conference: &InitialConference| Some(Name::Row(Table::InitialConferences, conference.id));
    let mut last_held = None;
    // The rows lie by date and id: of several on a day the first stands.
    for conference in child.records.initial_conferences.iter().filter(|conference| !conference.transfer_in) {
        let start = conference_clock_start(context, conference);
        let clock = start.map(|start| Started::new(context, ClockId::ICPC, start));
        if let Some(date) = conference.date.filter(|date| last_held.replace(*date) != Some(*date))
            && let Some(month) = context.month_of(date)
        {
            let verdict = clock.map_or(Verdict::unknown(Reason::NoLink), |clock| clock.done(date));
            judge.case(MeasureId::O3_M2, month, verdict, || match clock {
                Some(clock) => clock.done_detail(date, verdict, subject, record(conference)),
                None => Detail::of(subject, record(conference)).on(date),
            });
            as_published(judge, conference, date, month, subject);
        }
        let Some(clock) = clock.filter(|_| context.wants(MeasureId::O3_M2_OPEN_OVERDUE)) else { continue };
        for month in &context.months {
            let day = month.last;
            if let Some(verdict) = clock.open_overdue(day).filter(|_| is_awaited(child, conference, day)) {
                judge.case(MeasureId::O3_M2_OPEN_OVERDUE, *month, verdict, || {
                    clock.open_detail(day, subject, record(conference))
                });
            }
        }
    }
}

/// O3.M2.published: the same conferences as the Department for Education counts them: by the law's own limit,
/// whatever the policies, and what cannot be told is not in time.
fn as_published<S: Sink>(
    judge: &mut Judge<'_, S>,
    conference: &InitialConference,
    date: Day,
    month: MonthDays,
    subject: Name,
) {
    let context = judge.context;
    let record = Some(Name::Row(Table::InitialConferences, conference.id));
    let by_law = ClockId::ICPC.clock();
    let clock = conference.enquiry_start.map(|start| Started::on(context, &by_law, start));
    let verdict = clock.map_or(Verdict::unknown(Reason::NoLink), |clock| clock.done(date));
    let verdict = match verdict.reason {
        Some(reason) => Verdict::NOT_MET.because(reason),
        None => verdict,
    };
    judge.case(MeasureId::O3_M2_PUBLISHED, month, verdict, || match clock {
        Some(clock) => clock.done_detail(date, verdict, subject, record),
        None => Detail::of(subject, record).on(date),
    });
}

fn earliest(days: impl IntoIterator<Item = Option<Day>>) -> Option<Day> {
    days.into_iter().flatten().min()
}

/// The review chain of a child protection plan: it ends with the plan, at 18, or at death.
fn cp_reviews<'a>(
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

/// The review chain of a period of care: it ends besides when the child is placed for adoption, unless that
/// decision is reversed.
fn cla_reviews<'a>(
    child: &'a Child<'_>,
    period: &CarePeriod,
    anchor: Day,
) -> Reviews<'a, ClaNo, impl Fn(Day) -> Option<Day> + use<'a>> {
    let CarePeriod { cla, end, .. } = *period;
    Reviews {
        subject: Name::Person(child.records.index),
        record: Name::Cla(cla),
        anchor,
        sequence: CLA_REVIEWS,
        reviews: reviews_of(child.records.cla_reviews, cla),
        end: move |day| {
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
        },
    }
}

/// The visits due to a child under a child protection plan: from the plan's start or birth, and before birth
/// there are none.
fn cp_seen<'a>(context: &Context<'_>, child: &Child<'a>, plan: &CpPlan, day: Day) -> Seen<'a> {
    let born = child.life.born.unwrap_or(Day::MIN);
    let sources = Sources::new(context.policy.visit_sources, VisitKind::Cp);
    Seen {
        subject: Name::Person(child.records.index),
        record: Name::Row(Table::CpPlans, plan.id),
        start: plan.start.max(born),
        last: last_seen(child.records.visits, sources, born, day),
        before_start_counts: true,
        clock: *context.clock(ClockId::CP_VISIT),
    }
}

/// What an unborn child is to a measure of visits.
fn unborn(child: &Child<'_>, day: Day) -> Option<Verdict> {
    match child.life.birth(day) {
        Birth::Born => None,
        Birth::Unborn => Some(Verdict::not_applicable(Reason::Unborn)),
        Birth::NotRecorded => Some(Verdict::unknown(Reason::BirthNotRecorded)),
    }
}

/// O3.M4: children under a child protection plan seen within 20 working days.
fn cp_visits<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, plan: &CpPlan, at: &At<'_>) {
    if !judge.context.wants_any(&[MeasureId::O3_M4, MeasureId::O3_M4_SEEN_ALONE]) {
        return;
    }
    if let Some(verdict) = unborn(child, at.day) {
        judge.case(MeasureId::O3_M4, at.month, verdict, || {
            Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CpPlans, plan.id)))
        });
        return;
    }
    cp_seen(judge.context, child, plan, at.day).judge(
        judge,
        MeasureId::O3_M4,
        MeasureId::O3_M4_SEEN_ALONE,
        at.month,
    );
}

/// O3.M1 and O3.M11, its repetition: children under a child protection plan who are not rated red.
fn cp_rating<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, plan: &CpPlan, at: &At<'_>) {
    let context = judge.context;
    if !context.wants_any(&[MeasureId::O3_M1, MeasureId::O3_M11]) {
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
    for measure in [MeasureId::O3_M1, MeasureId::O3_M11] {
        judge.case(measure, at.month, verdict, || {
            Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CpPlans, plan.id)))
                .rated(rating)
        });
    }
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

/// O3.M5 and O3.M5.statutory: children looked after seen within 30 or 60 working days, and as regulation 28
/// has it.
fn cla_visits<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, looked_after: &LookedAfter, at: &At<'_>) {
    let context = judge.context;
    if !context.wants_any(&[MeasureId::O3_M5, MeasureId::O3_M5_SEEN_ALONE, MeasureId::O3_M5_STATUTORY]) {
        return;
    }
    let seen = cla_seen(context, child, looked_after, at.day);
    seen.judge(judge, MeasureId::O3_M5, MeasureId::O3_M5_SEEN_ALONE, at.month);
    statutory_visits::judge(judge, child, looked_after, at.month);
}

/// The visits due to a child looked after, by the plan's own intervals.
fn cla_seen<'a>(context: &Context<'_>, child: &Child<'a>, looked_after: &LookedAfter, day: Day) -> Seen<'a> {
    let anchor = looked_after.anchor;
    let is_long_term = placement_at(&child.records, day)
        .is_some_and(|placement| placement.long_term == Some(true) && day >= placement.start.plus_months(12));
    let clock = if is_long_term { ClockId::CLA_VISIT_LOCAL_LONG_TERM } else { ClockId::CLA_VISIT_LOCAL };
    let sources = Sources::new(context.policy.visit_sources, VisitKind::Cla);
    Seen {
        subject: Name::Person(child.records.index),
        record: Name::Cla(looked_after.period.cla),
        start: anchor,
        last: last_seen(child.records.visits, sources, anchor, day),
        before_start_counts: false,
        clock: *context.clock(clock),
    }
}

/// O3.M7: children in need seen within 30 working days, or the interval agreed for the child.
fn cin_visits<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    let context = judge.context;
    let Some(plan) = at.cin_plan else { return };
    if !context.wants_any(&[MeasureId::O3_M7, MeasureId::O3_M7_SEEN_ALONE]) {
        return;
    }
    let seen = cin_seen(context, child, plan, at.day);
    seen.judge(judge, MeasureId::O3_M7, MeasureId::O3_M7_SEEN_ALONE, at.month);
}

/// The visits due to a child in need, at the interval agreed for the child where there is one.
fn cin_seen<'a>(context: &Context<'_>, child: &Child<'a>, plan: &CinPlan, day: Day) -> Seen<'a> {
    let born = child.life.born.unwrap_or(Day::MIN);
    let sources = Sources::new(context.policy.visit_sources, VisitKind::Cin);
    let clock = *context.clock(ClockId::CIN_VISIT);
    let agreed = plan.visit_working_days.map(|days| Limit::WorkingDays(days.unsigned_abs()));
    Seen {
        subject: Name::Person(child.records.index),
        record: Name::Row(Table::CinPlans, plan.id),
        start: plan.start.max(born),
        last: last_seen(child.records.visits, sources, born, day),
        before_start_counts: true,
        clock: agreed.map_or(clock, |limit| clock.with_limit(limit)),
    }
}

/// O3.M8 to O3.M10: audits completed, and those that found practice adequate or better.
pub(super) fn judge_audits<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for audit in &context.data.kept.audits {
        let Some((completed, month)) = audit.completed.and_then(|day| Some((day, context.month_of(day)?)))
        else {
            continue;
        };
        let detail = || Detail::of(Name::Row(Table::Audits, audit.id), None).on(completed);
        judge.case(MeasureId::O3_M8, month, Verdict::COUNTED, detail);
        let passed = audit.judgement.map(|judgement| context.policy.audit_pass.contains(&judgement));
        for measure in [MeasureId::O3_M9, MeasureId::O3_M10] {
            judge.case(measure, month, Verdict::fact(passed), detail);
        }
    }
}
