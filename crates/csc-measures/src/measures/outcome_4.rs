//! Outcome 4: complaints, compliments and feedback.

use super::case::{Detail, Name, Verdict};
use super::context::{Judge, Sink};
use crate::definitions::MeasureId;
use crate::policy::StageTwoBasis;
use crate::tables::Table;
use crate::tables::records::Complaint;

pub(super) fn judge_feedback<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for complaint in &context.data.kept.complaints {
        if complaint.is_statutory && complaint.at_stage_one {
            stage_one(judge, complaint);
        }
    }
    // O4.M4 and O4.M5: compliments, and qualitative reports, which are listed.
    let received = [
        (MeasureId::O4_M4, Table::Compliments, &context.data.kept.compliments),
        (MeasureId::O4_M5, Table::FeedbackReports, &context.data.kept.feedback_reports),
    ];
    for (measure, table, rows) in received {
        for row in rows {
            if let Some(month) = context.month_of(row.date) {
                judge.case(measure, month, Verdict::COUNTED, || {
                    Detail::of(Name::Row(table, row.id), None).on(row.date)
                });
            }
        }
    }
}

fn stage_one<S: Sink>(judge: &mut Judge<'_, S>, complaint: &Complaint) {
    let context = judge.context;
    let detail = || Detail::of(Name::Row(Table::Complaints, complaint.id), None).on(complaint.received);
    let received_in = context.month_of(complaint.received);
    if let Some(month) = received_in {
        judge.case(MeasureId::O4_M1, month, Verdict::COUNTED, detail);
        judge.case(MeasureId::O4_M2, month, Verdict::fact(complaint.by_child), detail);
    }
    // O4.M3: those that went on to stage two by the month's end.
    let mut progressed = |month: crate::time::MonthDays| {
        let went_on = complaint.stage_two.is_some_and(|date| date <= month.last);
        judge.case(MeasureId::O4_M3, month, Verdict::fact(Some(went_on)), detail);
    };
    match context.policy.stage_two_basis {
        StageTwoBasis::CohortTwelveMonths => {
            context.months_of_twelve(complaint.received).for_each(progressed)
        }
        StageTwoBasis::CohortMonth => {
            if let Some(month) = received_in {
                progressed(month);
            }
        }
    }
}
