//! Children seen in time, and seen alone.

use super::case::{Detail, Name, Reason, Verdict};
use super::context::{At, Child, Context, Judge, Sink};
use super::definition::{Form, Row};
use super::kinds::{AGE_OR_UNBORN, Better, PeriodKind, Unit, When, column, needs, optional, reads};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use super::relations::{gap_to_count, part_of_denominator, rest_part_of_rest};
use super::seen::Seen;
use crate::facts::{Birth, FIRST_YEAR_OF_PLACEMENT, LookedAfter, Sources, last_seen, placement_at};
use crate::policy::{RagSource, Unrated};
use crate::tables::records::{CinPlan, CpPlan, Placement, PlacementType, VisitKind};
use crate::tables::{self, Declared, Table, place_of};
use crate::time::Day;
use crate::time::clock::{ClockId, Limit};

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "cp_visits_in_time",
        judges_anew: true,
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of children on a child protection plan seen within 20 working days",
            denominator: "Children seen in time and children overdue.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Children with a child protection plan open at the month end, born and under 18, \
            one case a child.",
        numerator: "Children last seen within the 20 working days to the month end. The day they \
            were seen is day 0.",
        exclusions: "A visit counts only if the child was seen. A child not seen in time whose plan \
            (or birth, if later) is itself no more than 20 working days old is not yet due. Unborn children \
            are not applicable; one whose expected date is more than 28 days past with no birth recorded is \
            unknown. Visits before the plan count, visits before birth do not. Plans held for another \
            authority are out.",
        inputs: &[
            needs("cp_plans"),
            needs("cp_visits"),
            reads("persons"),
            reads("cin_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
            AGE_OR_UNBORN,
            optional("cp_plans", &["other_authority"]),
        ],
        policies: &[
            "calendar",
            "count_start_day",
            "cp_visit_working_days",
            "visit_sources",
            "amber_working_days",
        ],
        source: "A local standard: there is no national interval, and many councils set 10 working days.",
        version: 1,
        clocks: &[ClockId::CP_VISIT],
        owes: Some(Duty::SeeChild),
        relations: &[
            part_of_denominator("cp_rated_not_red").under(|policy| {
                policy.rag_source == RagSource::Derived || policy.unrated != Unrated::Exclude
            }),
            rest_part_of_rest("cp_rated_not_red").under(|policy| policy.rag_source != RagSource::Recorded),
        ],
        ..Row::EMPTY
    },
    Row {
        key: "cp_visits_in_time.seen_alone",
        judges_anew: true,
        forms: &[Form {
            unit: Unit::Percent,
            title: "% of CP children seen within timescale who were seen alone",
            denominator: "Those for whom it is recorded whether they were seen alone.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Children who count as seen in time in `cp_visits_in_time`.",
        numerator: "Those who were seen alone on the day they were last seen.",
        exclusions: "Seen on more than one visit that day: seen alone on any of them is enough. Not \
            recorded: unknown.",
        inputs: &[
            needs("cp_plans"),
            needs("cp_visits"),
            column("cp_visits.seen_alone"),
            reads("persons"),
            reads("cin_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
            AGE_OR_UNBORN,
            optional("cp_plans", &["other_authority"]),
            optional("cin_visits", &["seen_alone"]).when(When::VisitSourcesAny),
            optional("cla_visits", &["seen_alone"]).when(When::VisitSourcesAny),
        ],
        policies: &["calendar", "count_start_day", "cp_visit_working_days", "visit_sources"],
        source: "A figure of this library: it is not enough that a child is seen, children are to \
            be seen alone.",
        version: 1,
        relations: &[gap_to_count("cp_visits_in_time")],
        ..Row::EMPTY
    },
    Row {
        key: "cla_visits_in_time",
        judges_anew: true,
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of looked after children seen within 30 or 60 working days",
            denominator: "Children seen in time and children overdue.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children last seen within 30 working days, or within 60 if their placement is \
            meant to last until they are 18 and is at least a year old. The day they were seen is day 0. If the \
            table does not say which placements are meant to last, those of type U1 and U4 are.",
        exclusions: "A visit counts only if the child was seen, since this period of care began. A \
            child not seen in this period is not yet due until the interval has passed since it began. Short \
            breaks (legal status V3, V4) are out.",
        inputs: &[
            needs("cla_episodes"),
            needs("cla_visits"),
            reads("cla_placements"),
            reads("legal_statuses"),
            reads("persons"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cin_visits").when(When::VisitSourcesAny),
            AGE_OR_UNBORN,
            optional("cla_placements", &["placement_type"]),
            optional("cla_placements", &["long_term"]).or_from("placement_type"),
        ],
        policies: &[
            "calendar",
            "count_start_day",
            "cla_visit_working_days",
            "cla_visit_long_term_working_days",
            "visit_sources",
            "amber_working_days",
        ],
        source: "A local standard in place of the six weeks and three months of regulation 28, \
            Care Planning, Placement and Case Review (England) Regulations 2010. Who has 60 days is read \
            from that regulation. With a bank holiday between, 30 working days are longer than six weeks: \
            `cla_visits_in_time.statutory` holds to the law.",
        version: 2,
        clocks: &[ClockId::CLA_VISIT_LOCAL, ClockId::CLA_VISIT_LOCAL_LONG_TERM],
        owes: Some(Duty::SeeChild),
        relations: &[part_of_denominator("cla_three_placements")],
        ..Row::EMPTY
    },
    Row {
        key: "cla_visits_in_time.seen_alone",
        judges_anew: true,
        forms: &[Form {
            unit: Unit::Percent,
            title: "% of LAC seen in timescale who were seen alone",
            denominator: "Those for whom it is recorded whether they were seen alone.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Children who count as seen in time in `cla_visits_in_time`.",
        numerator: "Those who were seen alone on the day they were last seen.",
        exclusions: "Seen on more than one visit that day: seen alone on any of them is enough. Not \
            recorded: unknown.",
        inputs: &[
            needs("cla_episodes"),
            needs("cla_visits"),
            column("cla_visits.seen_alone"),
            reads("cla_placements"),
            reads("legal_statuses"),
            reads("persons"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cin_visits").when(When::VisitSourcesAny),
            AGE_OR_UNBORN,
            optional("cla_placements", &["placement_type"]),
            optional("cla_placements", &["long_term"]).or_from("placement_type"),
            optional("cp_visits", &["seen_alone"]).when(When::VisitSourcesAny),
            optional("cin_visits", &["seen_alone"]).when(When::VisitSourcesAny),
        ],
        policies: &[
            "calendar",
            "count_start_day",
            "cla_visit_working_days",
            "cla_visit_long_term_working_days",
            "visit_sources",
        ],
        source: "A figure of this library: it is not enough that a child is seen, children are to \
            be seen alone.",
        version: 2,
        relations: &[gap_to_count("cla_visits_in_time")],
        ..Row::EMPTY
    },
    Row {
        key: "cin_visits_in_time",
        judges_anew: true,
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of children in need seen within 30 working days",
            denominator: "Children seen in time and children overdue.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Children in need with a plan open at the month end who have no child protection \
            plan and are not looked after, born and under 18, one case a child.",
        numerator: "Children last seen within 30 working days, or within the interval agreed in \
            their plan. The day they were seen is day 0.",
        exclusions: "A visit counts only if the child was seen. A child not seen in time is not yet \
            due while the plan (or birth, if later) is itself no older than the interval. Visits before the \
            plan count. Children under assessment without a plan are out.",
        inputs: &[
            needs("cin_plans"),
            needs("cin_visits"),
            reads("persons"),
            reads("cp_plans"),
            reads("cla_episodes"),
            reads("legal_statuses"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
            AGE_OR_UNBORN,
            optional("cin_plans", &["visit_working_days"]),
        ],
        policies: &[
            "calendar",
            "count_start_day",
            "cin_visit_working_days",
            "visit_sources",
            "amber_working_days",
        ],
        source: "A local standard: there is no national interval, and many councils set 20 working days.",
        version: 1,
        clocks: &[ClockId::CIN_VISIT],
        owes: Some(Duty::SeeChild),
        ..Row::EMPTY
    },
    Row {
        key: "cin_visits_in_time.seen_alone",
        judges_anew: true,
        forms: &[Form {
            unit: Unit::Percent,
            title: "% of CIN children seen within timescale who were seen alone",
            denominator: "Those for whom it is recorded whether they were seen alone.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Children who count as seen in time in `cin_visits_in_time`.",
        numerator: "Those who were seen alone on the day they were last seen.",
        exclusions: "Seen on more than one visit that day: seen alone on any of them is enough. Not \
            recorded: unknown.",
        inputs: &[
            needs("cin_plans"),
            needs("cin_visits"),
            column("cin_visits.seen_alone"),
            reads("persons"),
            reads("cp_plans"),
            reads("cla_episodes"),
            reads("legal_statuses"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
            AGE_OR_UNBORN,
            optional("cin_plans", &["visit_working_days"]),
            optional("cp_visits", &["seen_alone"]).when(When::VisitSourcesAny),
            optional("cla_visits", &["seen_alone"]).when(When::VisitSourcesAny),
        ],
        policies: &["calendar", "count_start_day", "cin_visit_working_days", "visit_sources"],
        source: "A figure of this library: it is not enough that a child is seen, children are to \
            be seen alone.",
        version: 1,
        relations: &[gap_to_count("cin_visits_in_time")],
        ..Row::EMPTY
    },
];

impl Measure {
    /// `cp_visits_in_time`: percentage of children on a child protection plan seen within 20 working days.
    pub const CP_VISITS_IN_TIME: Self = Self::named("cp_visits_in_time");
    /// `cp_visits_in_time.seen_alone`: % of CP children seen within timescale who were seen alone.
    pub const CP_VISITS_IN_TIME_SEEN_ALONE: Self = Self::named("cp_visits_in_time.seen_alone");
    /// `cla_visits_in_time`: percentage of looked after children seen within 30 or 60 working days.
    pub const CLA_VISITS_IN_TIME: Self = Self::named("cla_visits_in_time");
    /// `cla_visits_in_time.seen_alone`: % of LAC seen in timescale who were seen alone.
    pub const CLA_VISITS_IN_TIME_SEEN_ALONE: Self = Self::named("cla_visits_in_time.seen_alone");
    /// `cin_visits_in_time`: percentage of children in need seen within 30 working days.
    pub const CIN_VISITS_IN_TIME: Self = Self::named("cin_visits_in_time");
    /// `cin_visits_in_time.seen_alone`: % of CIN children seen within timescale who were seen alone.
    pub const CIN_VISITS_IN_TIME_SEEN_ALONE: Self = Self::named("cin_visits_in_time.seen_alone");
}

pub(super) fn judge_child_at<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    if let Some(plan) = at.cp_plan {
        cp_visits(judge, child, plan, at);
    }
    if let Some(looked_after) = &at.looked_after {
        cla_visits(judge, child, looked_after, at);
    }
    cin_visits(judge, child, at);
}

/// The visits that are due to a child.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>, at: &At<'_>) {
    if let Some(plan) = at.cp_plan {
        match unborn(child, at.day) {
            Some(verdict) => owed.add(
                owed.context.clock(ClockId::CP_VISIT),
                Measure::CP_VISITS_IN_TIME,
                verdict,
                Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CpPlans, plan.id))),
            ),
            None => cp_seen(owed.context, child, plan, at.day).owe(owed, Measure::CP_VISITS_IN_TIME),
        }
    }
    if let Some(looked_after) = &at.looked_after {
        cla_seen(owed.context, child, looked_after, at.day).owe(owed, Measure::CLA_VISITS_IN_TIME);
    }
    if let Some(plan) = at.cin_plan {
        cin_seen(owed.context, child, plan, at.day).owe(owed, Measure::CIN_VISITS_IN_TIME);
    }
}

/// The visits due to a child under a child protection plan: from the plan's start or birth, and before birth
/// there are none.
pub(super) fn cp_seen<'a>(context: &Context<'_>, child: &Child<'a>, plan: &CpPlan, day: Day) -> Seen<'a> {
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
pub(super) fn unborn(child: &Child<'_>, day: Day) -> Option<Verdict> {
    match child.life.birth(day) {
        Birth::Born => None,
        Birth::Unborn => Some(Verdict::not_applicable(Reason::Unborn)),
        Birth::NotRecorded => Some(Verdict::unknown(Reason::BirthNotRecorded)),
    }
}

/// `cp_visits_in_time`: children under a child protection plan seen within 20 working days.
fn cp_visits<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, plan: &CpPlan, at: &At<'_>) {
    if !judge.context.wants_any(&[Measure::CP_VISITS_IN_TIME, Measure::CP_VISITS_IN_TIME_SEEN_ALONE]) {
        return;
    }
    if let Some(verdict) = unborn(child, at.day) {
        judge.case(Measure::CP_VISITS_IN_TIME, at.month.at_end(), verdict, || {
            Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CpPlans, plan.id)))
        });
        return;
    }
    cp_seen(judge.context, child, plan, at.day).judge(
        judge,
        Measure::CP_VISITS_IN_TIME,
        Measure::CP_VISITS_IN_TIME_SEEN_ALONE,
        at.month,
    );
}

/// `cla_visits_in_time` and `cla_visits_in_time.statutory`: children looked after seen within 30 or 60 working days, and as regulation 28
/// has it.
fn cla_visits<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, looked_after: &LookedAfter, at: &At<'_>) {
    let context = judge.context;
    if !context.wants_any(&[Measure::CLA_VISITS_IN_TIME, Measure::CLA_VISITS_IN_TIME_SEEN_ALONE]) {
        return;
    }
    let seen = cla_seen(context, child, looked_after, at.day);
    seen.judge(judge, Measure::CLA_VISITS_IN_TIME, Measure::CLA_VISITS_IN_TIME_SEEN_ALONE, at.month);
}

/// The visits due to a child looked after, by local intervals.
fn cla_seen<'a>(context: &Context<'_>, child: &Child<'a>, looked_after: &LookedAfter, day: Day) -> Seen<'a> {
    let anchor = looked_after.anchor;
    const LONG_TERM: usize = place_of(tables::ClaPlacement::COLUMNS, "long_term");
    let is_meant_to_last =
        |placement: &Placement| match context.data.has_column(Table::ClaPlacements, LONG_TERM) {
            true => placement.long_term == Some(true),
            false => placement.kind == PlacementType::LongTermFoster,
        };
    let is_long_term = placement_at(&child.records, day).is_some_and(|placement| {
        is_meant_to_last(placement) && day >= placement.start.plus_months(FIRST_YEAR_OF_PLACEMENT)
    });
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

/// `cin_visits_in_time`: children in need seen within 30 working days, or the interval agreed for the child.
fn cin_visits<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    let context = judge.context;
    let Some(plan) = at.cin_plan else { return };
    if !context.wants_any(&[Measure::CIN_VISITS_IN_TIME, Measure::CIN_VISITS_IN_TIME_SEEN_ALONE]) {
        return;
    }
    let seen = cin_seen(context, child, plan, at.day);
    seen.judge(judge, Measure::CIN_VISITS_IN_TIME, Measure::CIN_VISITS_IN_TIME_SEEN_ALONE, at.month);
}

/// The visits due to a child in need, at the interval agreed for the child if there is one.
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
