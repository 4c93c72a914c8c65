//! Complaints, compliments, and reports on feedback.

use super::case::{Detail, Name, Verdict};
use super::context::{Judge, Sink};
use super::definition::{Form, LookBack, Past, Row, Subject};
use super::kinds::{Better, PeriodKind, Unit, When, column, needs, optional};
use super::measure::Measure;
use super::relations::{count_part_of_count, denominator_equals_count, window_of_counts};
use crate::policy::StageTwoBasis;
use crate::tables::Table;
use crate::tables::records::Complaint;

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "complaints_received",
        forms: &[Form {
            unit: Unit::Count,
            title: "Stage one complaints received",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "Stage One complaints received in the month under the children's statutory procedure.",
        numerator: "The complaints.",
        exclusions: "Complaints under the corporate procedure, and those that entered at Stage Two, \
            are out. A complaint later withdrawn still counts.",
        inputs: &[needs("complaints"), optional("complaints", &["stage", "statutory"])],
        source: "A local measure. The procedure is that of the Children Act 1989 Representations \
            Procedure (England) Regulations 2006 (SI 2006/1738).",
        version: 2,
        cases_are: Subject::Others,
        ..Row::EMPTY
    },
    Row {
        key: "complaints_by_children",
        forms: &[Form {
            unit: Unit::Count,
            title: "Stage one complaints made by children and young people",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "The complaints of `complaints_received`.",
        numerator: "Those made by a child or young person, or by an advocate for one.",
        exclusions: "A parent's complaint about a child's service is not one. Not recorded who \
            complained: unknown, listed.",
        inputs: &[
            needs("complaints"),
            column("complaints.made_by_child"),
            optional("complaints", &["stage", "statutory"]),
        ],
        source: "A local measure.",
        version: 2,
        cases_are: Subject::Others,
        relations: &[count_part_of_count("complaints_received")],
        ..Row::EMPTY
    },
    Row {
        key: "complaints_to_stage_two",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of stage one complaints that went on to stage two",
            denominator: "All of them.",
            policies: &[],
        }],
        period: PeriodKind::RollingTwelveMonths,
        better: Better::Lower,
        cases: "Stage One complaints, as in `complaints_received`, received in the twelve months \
            to the month end.",
        numerator: "Those for which Stage Two had been requested by the month end.",
        exclusions: "Complaints that entered at Stage Two are on neither side. The latest complaints \
            have had less time to progress: the figure for a month can still rise when it is worked out \
            again later.",
        inputs: &[
            needs("complaints"),
            column("complaints.stage_two_date"),
            optional("complaints", &["stage", "statutory"]),
        ],
        policies: &["stage_two_basis"],
        past: Some(Past { table: Table::Complaints, when: None, look_back: Some(LookBack::FromEnd(12)) }),
        period_when: Some((When::StageTwoBasisCohortMonth, PeriodKind::Month)),
        source: "A local measure. The stages are those of SI 2006/1738.",
        version: 2,
        cases_are: Subject::Others,
        relations: &[
            window_of_counts("complaints_received")
                .under(|policy| policy.stage_two_basis == StageTwoBasis::CohortTwelveMonths),
            denominator_equals_count("complaints_received")
                .under(|policy| policy.stage_two_basis == StageTwoBasis::CohortMonth),
        ],
        ..Row::EMPTY
    },
    Row {
        key: "compliments_received",
        forms: &[Form {
            unit: Unit::Count,
            title: "Compliments received",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "Compliments received in the month.",
        numerator: "The compliments.",
        exclusions: "None.",
        inputs: &[needs("compliments")],
        source: "A local measure.",
        version: 1,
        cases_are: Subject::Others,
        ..Row::EMPTY
    },
    Row {
        key: "feedback_reports",
        forms: &[Form {
            unit: Unit::Qualitative,
            title: "Reports on what changed after feedback",
            denominator: "None: this is for reading.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "Reports dated in the month on what changed after feedback from children and families.",
        numerator: "How many reports there are, for information; the answer is the reports \
            themselves, which are listed.",
        exclusions: "It has no value and is never rated.",
        inputs: &[needs("feedback_reports")],
        source: "A local measure.",
        version: 1,
        cases_are: Subject::Others,
        ..Row::EMPTY
    },
];

impl Measure {
    /// `complaints_received`: stage one complaints received.
    pub const COMPLAINTS_RECEIVED: Self = Self::named("complaints_received");
    /// `complaints_by_children`: stage one complaints made by children and young people.
    pub const COMPLAINTS_BY_CHILDREN: Self = Self::named("complaints_by_children");
    /// `complaints_to_stage_two`: percentage of stage one complaints that went on to stage two.
    pub const COMPLAINTS_TO_STAGE_TWO: Self = Self::named("complaints_to_stage_two");
    /// `compliments_received`: compliments received.
    pub const COMPLIMENTS_RECEIVED: Self = Self::named("compliments_received");
    /// `feedback_reports`: reports on what changed after feedback.
    pub const FEEDBACK_REPORTS: Self = Self::named("feedback_reports");
}

pub(super) fn judge_service<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for complaint in &context.data.kept.complaints {
        if complaint.is_statutory && complaint.at_stage_one {
            stage_one(judge, complaint);
        }
    }
    // `compliments_received` and `feedback_reports`: compliments, and qualitative reports, which are listed.
    let received = [
        (Measure::COMPLIMENTS_RECEIVED, Table::Compliments, &context.data.kept.compliments),
        (Measure::FEEDBACK_REPORTS, Table::FeedbackReports, &context.data.kept.feedback_reports),
    ];
    for (measure, table, rows) in received {
        for row in rows {
            if let Some(month) = context.month_of(row.date) {
                judge.case(measure, month.on(row.date), Verdict::COUNTED, || {
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
        judge.case(Measure::COMPLAINTS_RECEIVED, month.on(complaint.received), Verdict::COUNTED, detail);
        judge.case(
            Measure::COMPLAINTS_BY_CHILDREN,
            month.on(complaint.received),
            Verdict::fact(complaint.by_child),
            detail,
        );
    }
    // `complaints_to_stage_two`: those that went on to stage two by the month's end.
    let mut progressed = |month: crate::time::MonthDays| {
        let went_on = complaint.stage_two.is_some_and(|date| date <= month.last);
        judge.case(Measure::COMPLAINTS_TO_STAGE_TWO, month.at_end(), Verdict::fact(Some(went_on)), detail);
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
