//! Initial child protection conferences.

use super::case::{Detail, Name, Reason, Verdict};
use super::clock::Started;
use super::context::{Child, Context, Judge, Sink};
use super::definition::{Form, Row};
use super::kinds::{AGE, Better, PeriodKind, Unit, When, column, needs, optional, reads};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use super::relations::{equal_numerators, gap_to_denominator};
use crate::policy::{IcpcClock, Policy};
use crate::tables::Table;
use crate::tables::records::InitialConference;
use crate::time::clock::ClockId;
use crate::time::{Day, MonthDays};

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "icpc_in_time",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of initial child protection conferences held within 15 working days",
            denominator: "Conferences whose clock can be read.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "Initial child protection conferences (ICPCs) held in the month, each child on \
            its own; two of one child on one day are one.",
        numerator: "Those held within 15 working days of the strategy discussion that began the \
            section 47 enquiry, which is day 0.",
        exclusions: "Conferences of children who moved in with a plan are out. No linked enquiry, or \
            an enquiry dated after the conference: unknown. Conferences not yet held are outside, however \
            late: read this figure with `icpc_in_time.open_overdue`. If a system writes when the step of an enquiry \
            began, the target date of its conference says when the discussion was; the result carries a warning.",
        inputs: &[
            needs("initial_conferences"),
            needs("section_47_enquiries"),
            column("initial_conferences.date"),
            column("initial_conferences.s47_enquiry_id"),
            optional("initial_conferences", &["transfer_in"]),
            optional("initial_conferences", &["decision_date"]).when(When::IcpcClockDecision),
        ],
        policies: &["calendar", "count_start_day", "icpc_clock", "icpc_working_days"],
        source: "Statutory guidance, Working Together to Safeguard Children (wording not \
            verified), and DfE's children in need census: 15 working days after the strategy discussion at \
            which section 47 enquiries were initiated.",
        published: Some(
            "DfE, Characteristics of children in need: initial child protection conferences \
            within 15 working days of the start of the section 47 enquiry",
        ),
        version: 2,
        clocks: &[ClockId::ICPC],
        relations: &[
            gap_to_denominator("icpc_in_time.published"),
            equal_numerators("icpc_in_time.published").under(is_as_published),
        ],
        ..Row::EMPTY
    },
    Row {
        key: "icpc_in_time.open_overdue",
        forms: &[Form {
            unit: Unit::Count,
            title: "ICPCs not yet held, more than 15 working days after the enquiry began",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Lower,
        cases: "Initial conferences on record but not held by the month end, more than 15 \
            working days after the linked enquiry began.",
        numerator: "The conferences, each child on its own.",
        exclusions: "Out: transfers in, conferences without a linked enquiry, and children who have \
            turned 18 or died. Without this figure, conferences not held would improve `icpc_in_time`. The day \
            of the discussion as in that measure.",
        inputs: &[
            needs("initial_conferences"),
            needs("section_47_enquiries"),
            column("initial_conferences.date").of_nulls(),
            column("initial_conferences.s47_enquiry_id"),
            reads("persons"),
            AGE,
            optional("initial_conferences", &["transfer_in"]),
            optional("initial_conferences", &["decision_date"]).when(When::IcpcClockDecision),
        ],
        policies: &["calendar", "count_start_day", "icpc_clock", "icpc_working_days"],
        source: "A figure of this library; the limit is that of `icpc_in_time`. DfE's census \
            validation asks after the same children.",
        version: 2,
        clocks: &[ClockId::ICPC],
        owes: Some(Duty::Meet),
        ..Row::EMPTY
    },
    Row {
        key: "icpc_in_time.published",
        forms: &[Form {
            unit: Unit::Percent,
            title: "% of ICPCs held within 15 working days, as DfE publishes it",
            denominator: "All of them.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "The conferences of `icpc_in_time`.",
        numerator: "Those held within 15 working days of the start of the linked section 47 enquiry, \
            whatever the policies.",
        exclusions: "No linked enquiry, or an enquiry dated after the conference: not in time, with \
            the reason. The start of the enquiry is the strategy discussion, as for `icpc_in_time`.",
        inputs: &[
            needs("initial_conferences"),
            needs("section_47_enquiries"),
            column("initial_conferences.date"),
            column("initial_conferences.s47_enquiry_id"),
            optional("initial_conferences", &["transfer_in"]),
        ],
        policies: &["calendar"],
        source: "DfE's children in need census: conferences of which the start of the enquiry is \
            not known are in the denominator alone.",
        published: Some(
            "DfE, Characteristics of children in need: initial child protection conferences \
            within 15 working days of the start of the section 47 enquiry",
        ),
        version: 2,
        clocks: &[ClockId::ICPC],
        ..Row::EMPTY
    },
];

/// Whether the policies leave the clock of a conference as it is published.
fn is_as_published(policy: &Policy) -> bool {
    let default = Policy::default();
    policy.icpc_clock == default.icpc_clock
        && policy.icpc_working_days == default.icpc_working_days
        && policy.count_start_day == default.count_start_day
}

impl Measure {
    /// `icpc_in_time`: percentage of initial child protection conferences held within 15 working days.
    pub const ICPC_IN_TIME: Self = Self::named("icpc_in_time");
    /// `icpc_in_time.open_overdue`: ICPCs not yet held, more than 15 working days after the enquiry began.
    pub const ICPC_IN_TIME_OPEN_OVERDUE: Self = Self::named("icpc_in_time.open_overdue");
    /// `icpc_in_time.published`: % of ICPCs held within 15 working days, as DfE publishes it.
    pub const ICPC_IN_TIME_PUBLISHED: Self = Self::named("icpc_in_time.published");
}

/// `icpc_in_time` and `icpc_in_time.open_overdue`: initial conferences held within 15 working days, and those that wait longer.
pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
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
            judge.case(Measure::ICPC_IN_TIME, month.on(date), verdict, || match clock {
                Some(clock) => clock.done_detail(date, verdict, subject, record(conference)),
                None => Detail::of(subject, record(conference)).on(date),
            });
            as_published(judge, conference, date, month, subject);
        }
        let Some(clock) = clock.filter(|_| context.wants(Measure::ICPC_IN_TIME_OPEN_OVERDUE)) else {
            continue;
        };
        for month in &context.months {
            let day = month.last;
            if let Some(verdict) = clock.open_overdue(day).filter(|_| is_awaited(child, conference, day)) {
                judge.case(Measure::ICPC_IN_TIME_OPEN_OVERDUE, month.at_end(), verdict, || {
                    clock.open_detail(day, subject, record(conference))
                });
            }
        }
    }
}

/// The initial conferences that are not held.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>) {
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
        owed.add(context.clock(ClockId::ICPC), Measure::ICPC_IN_TIME_OPEN_OVERDUE, verdict, detail);
    }
}

/// Whether a conference is not held by a day, and the child still waits for it.
fn is_awaited(child: &Child<'_>, conference: &InitialConference, day: Day) -> bool {
    conference.date.is_none_or(|date| date > day)
        && conference.closed.is_none_or(|closed| closed > day)
        && child.is_child_and_alive(day)
}

/// The strategy discussion, or the decision, from which a conference's clock runs.
fn conference_clock_start(context: &Context<'_>, conference: &InitialConference) -> Option<Day> {
    match context.policy.icpc_clock {
        IcpcClock::StrategyDiscussion => conference.enquiry_start,
        IcpcClock::Decision => conference.decision,
    }
}

/// `icpc_in_time.published`: the same conferences as the Department for Education counts them: by the law's own limit,
/// whatever the policies, and what is not known is not in time.
fn as_published<S: Sink>(
    judge: &mut Judge<'_, S>,
    conference: &InitialConference,
    date: Day,
    month: MonthDays,
    subject: Name,
) {
    let context = judge.context;
    let record = Some(Name::Row(Table::InitialConferences, conference.id));
    let in_force = conference.enquiry_start.and_then(|start| ClockId::ICPC.clock().at_day(start));
    let by_law = in_force.unwrap_or_else(|| ClockId::ICPC.clock());
    let clock = conference.enquiry_start.map(|start| Started::on(context, &by_law, start));
    let verdict = clock.map_or(Verdict::unknown(Reason::NoLink), |clock| clock.done(date));
    let verdict = match verdict.reason {
        Some(reason) => Verdict::NOT_MET.because(reason),
        None => verdict,
    };
    judge.case(Measure::ICPC_IN_TIME_PUBLISHED, month.on(date), verdict, || match clock {
        Some(clock) => clock.done_detail(date, verdict, subject, record),
        None => Detail::of(subject, record).on(date),
    });
}
