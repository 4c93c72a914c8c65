//! Case audits, and those that found practice adequate or better.

use super::case::{Detail, Name, Verdict};
use super::context::{Judge, Sink};
use super::definition::{Form, Row, Subject};
use super::kinds::{Better, PeriodKind, Unit, column, needs};
use super::measure::Measure;
use super::relations::gap_to_count;
use crate::tables::Table;

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "audits_completed",
        forms: &[Form {
            unit: Unit::Count,
            title: "Case audits completed",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "Case audits completed in the month.",
        numerator: "The audits.",
        exclusions: "Audits begun but not completed do not count.",
        inputs: &[needs("audits"), column("audits.completed_date")],
        source: "A local measure.",
        version: 1,
        cases_are: Subject::Others,
        ..Row::EMPTY
    },
    Row {
        key: "audits_adequate",
        forms: &[
            Form {
                unit: Unit::Count,
                title: "Case audits that judged practice adequate or better",
                denominator: "None: this is a count.",
                policies: &[],
            },
            Form {
                unit: Unit::Percent,
                title: "Percentage of case audits that judged practice adequate or better",
                denominator: "Audits with a judgement.",
                policies: &[],
            },
        ],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "The audits of `audits_completed`.",
        numerator: "Those judged adequate or better: outstanding, good, adequate or requires \
            improvement, the later name of adequate.",
        exclusions: "Audits without a judgement are unknown: listed, and outside both sides.",
        inputs: &[needs("audits"), column("audits.completed_date"), column("audits.judgement")],
        policies: &["audit_pass"],
        source: "A local measure.",
        version: 1,
        cases_are: Subject::Others,
        relations: &[gap_to_count("audits_completed")],
        ..Row::EMPTY
    },
];

impl Measure {
    /// `audits_completed`: case audits completed.
    pub const AUDITS_COMPLETED: Self = Self::named("audits_completed");
    /// `audits_adequate`: case audits that judged practice adequate or better.
    pub const AUDITS_ADEQUATE: Self = Self::named("audits_adequate");
}

/// `audits_completed` to `audits_adequate`: audits completed, and those that found practice adequate or better.
pub(super) fn judge_service<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for audit in &context.data.kept.audits {
        let Some((completed, month)) = audit.completed.and_then(|day| Some((day, context.month_of(day)?)))
        else {
            continue;
        };
        let detail = || Detail::of(Name::Row(Table::Audits, audit.id), None).on(completed);
        judge.case(Measure::AUDITS_COMPLETED, month.on(completed), Verdict::COUNTED, detail);
        let passed = audit.judgement.map(|judgement| context.policy.audit_pass.contains(&judgement));
        judge.case(Measure::AUDITS_ADEQUATE, month.on(completed), Verdict::fact(passed), detail);
    }
}
