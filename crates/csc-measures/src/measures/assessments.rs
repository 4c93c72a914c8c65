//! Social worker assessments: completed, in time, open too long, and repeated.

use super::case::{Detail, Name, Reason, Verdict};
use super::clock::Started;
use super::context::{Child, Context, Judge, Sink};
use super::definition::{Form, LookBack, Past, Row};
use super::kinds::{AGE, Better, PeriodKind, Unit, When, column, needs, optional, reads};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use super::relations::{denominator_at_most_count, gap_of_numerators, gap_to_count, gap_to_denominator};
use crate::policy::AssessmentClock;
use crate::tables::records::Assessment;
use crate::tables::{Lack, Table};
use crate::time::clock::ClockId;
use crate::time::{Day, MonthDays};

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "assessments_completed",
        forms: &[Form {
            unit: Unit::Count,
            title: "Social worker assessments completed",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "Social worker assessments authorised in the month, each child of a family on its own.",
        numerator: "The assessments.",
        exclusions: "An assessment is complete when a manager has authorised it. Open and abandoned \
            assessments do not count; those of unborn children do.",
        inputs: &[needs("assessments"), column("assessments.authorised_date")],
        source: "DfE's children in need census: an assessment is complete once the team manager \
            has viewed and authorised it.",
        published: Some("DfE, Characteristics of children in need: assessments completed in the year"),
        version: 1,
        ..Row::EMPTY
    },
    Row {
        key: "assessments_in_time",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of social worker assessments completed within 45 working days",
            denominator: "The assessments of `assessments_completed` whose clock can be read.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "The assessments of `assessments_completed`.",
        numerator: "Those authorised within 45 working days of their start. The start is day 0.",
        exclusions: "Authorised before it started: unknown. Assessments still open are outside, \
            however late: read this figure with `assessments_in_time.open_overdue`.",
        inputs: &[
            needs("assessments"),
            column("assessments.authorised_date"),
            reads("referrals").when(When::AssessmentClockReferral),
            optional("assessments", &["referral_id"]).when(When::AssessmentClockReferral),
        ],
        policies: &["calendar", "count_start_day", "assessment_clock", "assessment_working_days"],
        source: "Statutory guidance, Working Together to Safeguard Children: 45 working days from \
            the point of referral (wording not verified). DfE's children in need census counts from the \
            start of the assessment, and so does the default here.",
        published: Some(
            "DfE, Characteristics of children in need: assessments completed within 45 working days",
        ),
        version: 1,
        clocks: &[ClockId::ASSESSMENT, ClockId::ASSESSMENT_FROM_REFERRAL],
        relations: &[gap_to_count("assessments_completed")],
        ..Row::EMPTY
    },
    Row {
        key: "assessments_in_time.open_overdue",
        forms: &[Form {
            unit: Unit::Count,
            title: "Open social worker assessments past 45 working days",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Lower,
        cases: "Assessments open at the month end for more than 45 working days, by the clock of \
            `assessments_in_time`.",
        numerator: "The assessments.",
        exclusions: "Out: children who have turned 18 or died, and assessments whose referral has \
            been closed. Without this figure, leaving late assessments open would improve \
            `assessments_in_time`.",
        inputs: &[
            needs("assessments"),
            column("assessments.authorised_date").of_nulls(),
            reads("persons"),
            reads("referrals"),
            AGE,
            optional("assessments", &["referral_id"]),
            optional("referrals", &["close_date"]),
        ],
        policies: &["calendar", "count_start_day", "assessment_clock", "assessment_working_days"],
        source: "A figure of this library; the limit is that of `assessments_in_time`.",
        version: 2,
        clocks: &[ClockId::ASSESSMENT, ClockId::ASSESSMENT_FROM_REFERRAL],
        owes: Some(Duty::Assess),
        ..Row::EMPTY
    },
    Row {
        key: "assessments_in_time.from_referral",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Social worker assessments completed within 45 working days of the referral - %",
            denominator: "The assessments of `assessments_completed` whose referral is known.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "The assessments of `assessments_completed`.",
        numerator: "Those authorised within 45 working days of the referral, whose day is day 0.",
        exclusions: "No referral linked, or one that is not there: unknown. Authorised before the \
            referral: unknown.",
        inputs: &[
            needs("assessments"),
            needs("referrals"),
            column("assessments.authorised_date"),
            column("assessments.referral_id"),
        ],
        policies: &["calendar", "count_start_day", "assessment_working_days"],
        source: "Statutory guidance, Working Together to Safeguard Children: 45 working days from \
            the point of referral.",
        version: 1,
        clocks: &[ClockId::ASSESSMENT_FROM_REFERRAL],
        relations: &[
            gap_to_count("assessments_completed"),
            gap_of_numerators("assessments_in_time")
                .under(|policy| policy.assessment_clock == AssessmentClock::Referral),
            gap_to_denominator("assessments_in_time")
                .under(|policy| policy.assessment_clock == AssessmentClock::Referral),
        ],
        ..Row::EMPTY
    },
    Row {
        key: "repeat_assessments",
        forms: &[
            Form {
                unit: Unit::Count,
                title: "Children assessed again within 12 months",
                denominator: "None: this is a count.",
                policies: &[],
            },
            Form {
                unit: Unit::Percent,
                title: "Percentage of assessed children who were assessed in the 12 months before",
                denominator: "All of them.",
                policies: &[],
            },
        ],
        period: PeriodKind::Month,
        better: Better::Lower,
        cases: "Children with a social worker assessment of the front door authorised in the \
            month, one case a child.",
        numerator: "Children with an earlier completed assessment, authorised in the twelve months \
            before the start of the one in the month.",
        exclusions: "The earlier assessment may be of any team and must belong to another referral; \
            an update on the same referral is not a repeat, unless the policy counts it. The twelve months \
            before the month must be in the data, or the result warns.",
        inputs: &[
            needs("assessments"),
            column("assessments.authorised_date"),
            optional("assessments", &["team"]).when(When::FrontDoorTeamsNamed),
            optional("assessments", &["referral_id"]).when(When::RepeatSameReferralFalse),
        ],
        policies: &["front_door_teams", "repeat_same_referral"],
        past: Some(Past { table: Table::Assessments, when: None, look_back: Some(LookBack::FromStart(12)) }),
        asks: &[Lack::EarlierRows],
        source: "A local measure.",
        published: Some(
            "DfE, Characteristics of children in need: re-referrals within 12 months, a \
            kindred figure of referrals",
        ),
        version: 1,
        relations: &[denominator_at_most_count("assessments_completed")],
        ..Row::EMPTY
    },
];

impl Measure {
    /// `assessments_completed`: social worker assessments completed.
    pub const ASSESSMENTS_COMPLETED: Self = Self::named("assessments_completed");
    /// `assessments_in_time`: percentage of social worker assessments completed within 45 working days.
    pub const ASSESSMENTS_IN_TIME: Self = Self::named("assessments_in_time");
    /// `assessments_in_time.open_overdue`: Open social worker assessments past 45 working days.
    pub const ASSESSMENTS_IN_TIME_OPEN_OVERDUE: Self = Self::named("assessments_in_time.open_overdue");
    /// `assessments_in_time.from_referral`: Social worker assessments completed within 45 working days of the referral - %.
    pub const ASSESSMENTS_IN_TIME_FROM_REFERRAL: Self = Self::named("assessments_in_time.from_referral");
    /// `repeat_assessments`: children assessed again within 12 months.
    pub const REPEAT_ASSESSMENTS: Self = Self::named("repeat_assessments");
}

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    for assessment in child.records.assessments {
        if let Some(authorised) = assessment.authorised {
            completed(judge, child, assessment, authorised);
        }
        open_overdue(judge, child, assessment);
    }
    repeat_assessments(judge, child);
}

/// Every assessment that is open on the day.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>) {
    let (context, day) = (owed.context, owed.day);
    for assessment in child.records.assessments.iter().filter(|row| is_open(child, row, day)) {
        let clock = open_clock(context, assessment, day);
        owed.add(
            clock.clock,
            Measure::ASSESSMENTS_IN_TIME_OPEN_OVERDUE,
            clock.open(day),
            clock.open_detail(day, Name::Person(child.records.index), Some(record(assessment))),
        );
    }
}

fn record(assessment: &Assessment) -> Name {
    Name::Row(Table::Assessments, assessment.id)
}

/// The clock of an assessment: from its own start, or from the referral.
fn clock<'a>(context: &'a Context<'a>, assessment: &Assessment) -> Started<'a> {
    match (context.policy.assessment_clock, assessment.referral_date) {
        (AssessmentClock::Referral, Some(referral)) => {
            Started::new(context, ClockId::ASSESSMENT_FROM_REFERRAL, referral)
        }
        _ => Started::new(context, ClockId::ASSESSMENT, assessment.start),
    }
}

/// The clock of an assessment that is open on a day: a referral after the day has not happened.
fn open_clock<'a>(context: &'a Context<'a>, assessment: &Assessment, day: Day) -> Started<'a> {
    let referral_date = assessment.referral_date.filter(|referral| *referral <= day);
    clock(context, &Assessment { referral_date, ..*assessment })
}

/// Whether an assessment is begun and not authorised by a day, and somebody still waits for it.
fn is_open(child: &Child<'_>, assessment: &Assessment, day: Day) -> bool {
    assessment.start <= day
        && assessment.authorised.is_none_or(|authorised| authorised > day)
        && assessment.closed.is_none_or(|closed| closed > day)
        && child.is_child_and_alive(day)
}

/// `assessments_completed` and `assessments_in_time`: assessments authorised in the month, and whether within 45 working days.
fn completed<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, assessment: &Assessment, authorised: Day) {
    let context = judge.context;
    let Some(month) = context.month_of(authorised) else { return };
    let subject = Name::Person(child.records.index);
    let record = Some(record(assessment));
    judge.case(Measure::ASSESSMENTS_COMPLETED, month.on(authorised), Verdict::COUNTED, || {
        Detail::of(subject, record).on(authorised)
    });

    let clock = clock(context, assessment);
    let verdict = clock.done(authorised);
    judge.case(Measure::ASSESSMENTS_IN_TIME, month.on(authorised), verdict, || {
        clock.done_detail(authorised, verdict, subject, record)
    });
    from_referral(judge, assessment, authorised, month, subject);
}

/// `assessments_in_time.from_referral`: the same by the date of the referral, as the guidance counts it.
fn from_referral<S: Sink>(
    judge: &mut Judge<'_, S>,
    assessment: &Assessment,
    authorised: Day,
    month: MonthDays,
    subject: Name,
) {
    let (context, record) = (judge.context, Some(record(assessment)));
    let clock = assessment
        .referral_date
        .map(|referral| Started::new(context, ClockId::ASSESSMENT_FROM_REFERRAL, referral));
    let verdict = clock.map_or(Verdict::unknown(Reason::NoLink), |clock| clock.done(authorised));
    judge.case(Measure::ASSESSMENTS_IN_TIME_FROM_REFERRAL, month.on(authorised), verdict, || match clock {
        Some(clock) => clock.done_detail(authorised, verdict, subject, record),
        None => Detail::of(subject, record).on(authorised),
    });
}

/// `assessments_in_time.open_overdue`: assessments begun, not authorised, over 45 working days on the last day.
fn open_overdue<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, assessment: &Assessment) {
    let context = judge.context;
    if !context.wants(Measure::ASSESSMENTS_IN_TIME_OPEN_OVERDUE) {
        return;
    }
    for month in &context.months {
        let day = month.last;
        let clock = open_clock(context, assessment, day);
        if let Some(verdict) = clock.open_overdue(day).filter(|_| is_open(child, assessment, day)) {
            judge.case(Measure::ASSESSMENTS_IN_TIME_OPEN_OVERDUE, month.at_end(), verdict, || {
                clock.open_detail(day, Name::Person(child.records.index), Some(record(assessment)))
            });
        }
    }
}

/// `repeat_assessments`: children assessed at the front door who had been assessed in the twelve months before.
fn repeat_assessments<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let context = judge.context;
    let at_front_door = child.records.assessments.iter().filter(|row| context.is_front_door(row.team));
    let mut months = at_front_door.filter_map(|assessment| {
        let authorised = assessment.authorised?;
        Some((assessment, authorised, context.month_of(authorised)?))
    });
    // The rows lie by authorised date and id, so the assessments of a month lie together, the first one first.
    let mut next = months.next();
    while let Some((first, on, month)) = next {
        let mut repeat = None;
        let mut current = Some((first, on));
        while let Some((assessment, on)) = current {
            if repeat.is_none() && is_repeat(context, child.records.assessments, assessment, month.last) {
                repeat = Some((assessment, on));
            }
            next = months.next();
            current = next.filter(|(.., other)| other.index == month.index).map(|(row, on, _)| (row, on));
        }
        let (judged, authorised) = repeat.unwrap_or((first, on));
        let verdict = Verdict::fact(Some(repeat.is_some()));
        judge.case(Measure::REPEAT_ASSESSMENTS, month.on(authorised), verdict, || {
            Detail::of(Name::Person(child.records.index), Some(record(judged))).on(authorised)
        });
    }
}

/// Whether another assessment of the child, of another referral, was authorised in the twelve months before
/// this one started, and by `day`: a start recorded after the month must not bring in what had not happened.
fn is_repeat(context: &Context<'_>, assessments: &[Assessment], assessment: &Assessment, day: Day) -> bool {
    let year_ago = assessment.start.plus_months(-12);
    assessments.iter().any(|other| {
        other.id != assessment.id
            && other.authorised.is_some_and(|authorised| {
                year_ago <= authorised && authorised < assessment.start && authorised <= day
            })
            && (context.policy.repeat_same_referral
                || other.referral.is_none()
                || other.referral != assessment.referral)
    })
}
