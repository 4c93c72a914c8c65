//! Outcome 8: early help, and children assessed again.

use super::case::{Detail, Name, Verdict};
use super::context::{Child, Context, Judge, Sink};
use crate::definitions::MeasureId;
use crate::tables::Table;
use crate::tables::records::Assessment;
use crate::time::Day;
use crate::time::MonthDays;

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    step_transfers(judge, child);
    repeat_assessments(judge, child);
}

/// O8.M1 and O8.M2: children stepped across to early help and to social care.
fn step_transfers<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let context = judge.context;
    let subject = Name::Person(child.records.index);
    for transfer in child.records.step_transfers {
        let Some(month) = context.month_of(transfer.date) else { continue };
        let measure = if transfer.to_early_help { MeasureId::O8_M1 } else { MeasureId::O8_M2 };
        judge.case(measure, month, Verdict::COUNTED, || {
            Detail::of(subject, Some(Name::Row(Table::StepTransfers, transfer.id))).on(transfer.date)
        });
    }
    // Without a table of transfers, referrals closed to early help stand for them.
    if context.data.has_table(Table::StepTransfers) {
        return;
    }
    for referral in child.records.referrals.iter().filter(|referral| referral.to_early_help) {
        let Some((closed, month)) = referral.closed.and_then(|day| Some((day, context.month_of(day)?)))
        else {
            continue;
        };
        judge.case(MeasureId::O8_M1, month, Verdict::COUNTED, || {
            Detail::of(subject, Some(Name::Row(Table::Referrals, referral.id))).on(closed)
        });
    }
}

/// O8.M3 and O8.M4: children assessed at the front door who had been assessed in the twelve months before.
fn repeat_assessments<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let context = judge.context;
    let completed = |assessment: &&Assessment| -> Option<MonthDays> {
        context.is_front_door(assessment.team).then(|| context.month_of(assessment.authorised?)).flatten()
    };
    let mut months =
        child.records.assessments.iter().filter_map(|assessment| Some((assessment, completed(&assessment)?)));
    // The rows lie by authorised date and id, so the assessments of a month lie together, the first one first.
    let mut next = months.next();
    while let Some((first, month)) = next {
        let mut repeat = None;
        let mut current = Some(first);
        while let Some(assessment) = current {
            if repeat.is_none() && is_repeat(context, child.records.assessments, assessment, month.last) {
                repeat = Some(assessment);
            }
            next = months.next();
            current = next.filter(|(_, other)| other.index == month.index).map(|(assessment, _)| assessment);
        }
        let judged = repeat.unwrap_or(first);
        for measure in [MeasureId::O8_M3, MeasureId::O8_M4] {
            judge.case(measure, month, Verdict::fact(Some(repeat.is_some())), || {
                let record = Name::Row(Table::Assessments, judged.id);
                let detail = Detail::of(Name::Person(child.records.index), Some(record));
                judged.authorised.map_or(detail, |authorised| detail.on(authorised))
            });
        }
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
