//! Outcome 7: care proceedings.

use super::case::{Detail, Name, Reason, Verdict};
use super::clock::Started;
use super::context::{Judge, Sink};
use crate::definitions::MeasureId;
use crate::policy::FinalOrderBasis;
use crate::tables::Table;
use crate::tables::records::{FinalOrderApplication, OrderMade};
use crate::time::Day;
use crate::time::clock::ClockId;

pub(super) fn judge_proceedings<S: Sink>(judge: &mut Judge<'_, S>) {
    care_proceedings(judge);
    final_orders(judge);
}

/// O7.M1 and O7.M2: proceedings concluded, and whether within 26 weeks beginning with the day of issue.
fn care_proceedings<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for case in &context.data.kept.care_proceedings {
        let Some((concluded, month)) = case.concluded.and_then(|day| Some((day, context.month_of(day)?)))
        else {
            continue;
        };
        let subject = Name::Row(Table::CareProceedings, case.id);
        judge.case(MeasureId::O7_M1, month, Verdict::COUNTED, || Detail::of(subject, None).on(concluded));

        let clock = Started::new(context, ClockId::CARE_PROCEEDINGS, case.issued);
        let verdict = clock.done(concluded);
        judge.case(MeasureId::O7_M2, month, verdict, || clock.done_detail(concluded, verdict, subject, None));
    }
}

/// O7.M3 and O7.M4: final order applications, and whether the authority got what it applied for.
fn final_orders<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for application in &context.data.kept.final_order_applications {
        let date = match context.policy.final_order_basis {
            FinalOrderBasis::Decided => application.decided,
            FinalOrderBasis::Filed => application.filed,
        };
        let Some((date, month)) = date.and_then(|day| Some((day, context.month_of(day)?))) else { continue };
        let detail = || Detail::of(Name::Row(Table::FinalOrderApplications, application.id), None).on(date);
        judge.case(MeasureId::O7_M3, month, Verdict::COUNTED, detail);
        judge.case(MeasureId::O7_M4, month, obtained(application, month.last), detail);
    }
}

fn obtained(application: &FinalOrderApplication, day: Day) -> Verdict {
    if application.decided.is_none_or(|decided| decided > day) {
        return Verdict::NOT_YET_DUE.because(Reason::NotDecided);
    }
    match (application.sought, application.made) {
        (_, Some(OrderMade::Withdrawn)) => Verdict::not_applicable(Reason::Withdrawn),
        (Some(sought), Some(OrderMade::Order(made))) if sought == made => Verdict::MET,
        (Some(_), Some(_)) => Verdict::NOT_MET,
        _ => Verdict::unknown(Reason::OrderNotRecorded),
    }
}
