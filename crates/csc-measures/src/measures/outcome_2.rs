//! Outcome 2: policies and assessments.

use super::case::{Detail, Name, Reason, Verdict};
use super::clock::Started;
use super::context::{Child, Context, Judge, Sink};
use super::owed::Owed;
use crate::definitions::MeasureId;
use crate::policy::AssessmentClock;
use crate::tables::Table;
use crate::tables::records::{Assessment, Policy};
use crate::time::clock::ClockId;
use crate::time::{Day, MonthDays};

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    for assessment in child.records.assessments {
        if let Some(authorised) = assessment.authorised {
            completed(judge, child, assessment, authorised);
        }
        open_overdue(judge, child, assessment);
    }
}

/// Every assessment that is open on the day.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>) {
    let (context, day) = (owed.context, owed.day);
    for assessment in child.records.assessments.iter().filter(|row| is_open(child, row, day)) {
        let clock = clock(context, assessment);
        owed.add(
            clock.clock,
            MeasureId::O2_M3_OPEN_OVERDUE,
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

/// Whether an assessment is begun and not authorised by a day, and somebody still waits for it.
fn is_open(child: &Child<'_>, assessment: &Assessment, day: Day) -> bool {
    assessment.start <= day
        && assessment.authorised.is_none_or(|authorised| authorised > day)
        && assessment.referral_closed.is_none_or(|closed| closed > day)
        && child.is_child_and_alive(day)
}

/// O2.M2 and O2.M3: assessments authorised in the month, and whether within 45 working days.
fn completed<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, assessment: &Assessment, authorised: Day) {
    let context = judge.context;
    let Some(month) = context.month_of(authorised) else { return };
    let subject = Name::Person(child.records.index);
    let record = Some(record(assessment));
    judge.case(MeasureId::O2_M2, month, Verdict::COUNTED, || Detail::of(subject, record).on(authorised));

    let clock = clock(context, assessment);
    let verdict = clock.done(authorised);
    judge.case(MeasureId::O2_M3, month, verdict, || clock.done_detail(authorised, verdict, subject, record));
    from_referral(judge, assessment, authorised, month, subject);
}

/// O2.M3.from_referral: the same by the date of the referral, as the guidance counts it.
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
    judge.case(MeasureId::O2_M3_FROM_REFERRAL, month, verdict, || match clock {
        Some(clock) => clock.done_detail(authorised, verdict, subject, record),
        None => Detail::of(subject, record).on(authorised),
    });
}

/// O2.M3.open_overdue: assessments begun, not authorised, over 45 working days on the last day.
fn open_overdue<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, assessment: &Assessment) {
    let context = judge.context;
    if !context.wants(MeasureId::O2_M3_OPEN_OVERDUE) {
        return;
    }
    let clock = clock(context, assessment);
    for month in &context.months {
        let day = month.last;
        if let Some(verdict) = clock.open_overdue(day).filter(|_| is_open(child, assessment, day)) {
            judge.case(MeasureId::O2_M3_OPEN_OVERDUE, *month, verdict, || {
                clock.open_detail(day, Name::Person(child.records.index), Some(record(assessment)))
            });
        }
    }
}

/// O2.M1: policies in force that were reviewed less than three years ago.
pub(super) fn judge_policies<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for policy in &context.data.kept.policies {
        for month in &context.months {
            let day = month.last;
            let in_force = policy.in_force_from.is_none_or(|from| from <= day)
                && policy.retired.is_none_or(|retired| retired > day);
            if in_force {
                let (verdict, review) = judge_review(context, policy, day);
                let clock = review.map(|review| Started::new(context, ClockId::POLICY_REVIEW, review));
                judge.case(MeasureId::O2_M1, *month, verdict, || Detail {
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
