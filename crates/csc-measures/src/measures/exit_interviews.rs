//! Exit interviews, and the reasons that leavers give.

use super::case::{Detail, Name, Verdict};
use super::context::{Judge, Sink};
use super::definition::{Form, Row, Subject};
use super::kinds::{Better, PeriodKind, Unit, column, needs, optional};
use super::measure::Measure;
use super::relations::gap_to_count;
use crate::tables::Table;

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "exit_interviews",
        forms: &[Form {
            unit: Unit::Count,
            title: "Exit interviews of staff completed",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "Exit interviews completed in the month, the first of each worker.",
        numerator: "Workers with such an interview.",
        exclusions: "Interviews offered but not completed do not count; a second interview of the \
            same worker in the month does not count again.",
        inputs: &[needs("exit_interviews"), column("exit_interviews.completed_date")],
        source: "A local measure.",
        version: 1,
        cases_are: Subject::Others,
        ..Row::EMPTY
    },
    Row {
        key: "exit_reasons_inside_control",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of exit interviews with a reason that the council could influence",
            denominator: "Those with a recorded main reason.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Lower,
        cases: "The interviews of `exit_interviews`.",
        numerator: "Those whose main reason for leaving is one that the council could have \
            influenced, such as workload, management or pay.",
        exclusions: "No reason recorded: unknown. Which reasons lie inside the council's control is \
            recorded with each interview, by the council's own list.",
        inputs: &[
            needs("exit_interviews"),
            column("exit_interviews.completed_date"),
            optional("exit_interviews", &["primary_reason_inside_control"]),
        ],
        source: "A local measure.",
        version: 1,
        cases_are: Subject::Others,
        relations: &[gap_to_count("exit_interviews")],
        ..Row::EMPTY
    },
];

impl Measure {
    /// `exit_interviews`: exit interviews of staff completed.
    pub const EXIT_INTERVIEWS: Self = Self::named("exit_interviews");
    /// `exit_reasons_inside_control`: percentage of exit interviews with a reason that the council could influence.
    pub const EXIT_REASONS_INSIDE_CONTROL: Self = Self::named("exit_reasons_inside_control");
}

/// `exit_interviews` and `exit_reasons_inside_control`: each leaver's first completed exit interview of a month.
pub(super) fn judge_service<S: Sink>(judge: &mut Judge<'_, S>) {
    let data = judge.context.data;
    let mut interviews: Vec<_> = data
        .kept
        .exit_interviews
        .iter()
        .filter_map(|interview| {
            let completed = interview.completed?;
            Some((interview, completed, judge.context.month_of(completed)?))
        })
        .collect();
    interviews.sort_by_key(|(interview, completed, _)| {
        (interview.worker, *completed, data.record_id(Table::ExitInterviews, interview.id))
    });
    interviews.dedup_by_key(|(interview, _, month)| (interview.worker, month.index));
    for (interview, completed, month) in interviews {
        let detail = || {
            let record = Name::Row(Table::ExitInterviews, interview.id);
            Detail::of(Name::Worker(interview.worker), Some(record)).on(completed)
        };
        judge.case(Measure::EXIT_INTERVIEWS, month.on(completed), Verdict::COUNTED, detail);
        judge.case(
            Measure::EXIT_REASONS_INSIDE_CONTROL,
            month.on(completed),
            Verdict::fact(interview.inside_control),
            detail,
        );
    }
}
