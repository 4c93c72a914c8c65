//! Steps between early help and social care.

use super::case::{Detail, Name, Verdict};
use super::context::{Child, Judge, Sink};
use super::definition::{Form, Row};
use super::kinds::{Better, PeriodKind, Unit, needs, optional};
use super::measure::Measure;
use crate::tables::{Lack, Table};

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "stepped_to_early_help",
        forms: &[Form {
            unit: Unit::Count,
            title: "Children stepped down to early help",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "Step-downs to Early Help in the month, each child on its own.",
        numerator: "The step-downs.",
        exclusions: "Without a record of step transfers, referrals closed in the month as referred to \
            early help (reason RC9) stand in for it.",
        inputs: &[
            needs("step_transfers | referrals"),
            optional("referrals", &["close_date", "close_reason"]).in_place_of("step_transfers"),
        ],
        asks: &[Lack::ClosureReasons],
        source: "A local measure; RC9 is the closure reason of DfE's children in need census.",
        version: 1,
        ..Row::EMPTY
    },
    Row {
        key: "stepped_to_social_care",
        forms: &[Form {
            unit: Unit::Count,
            title: "Children stepped up from early help to social care",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "Steps up from Early Help to children's social care in the month, each child on its own.",
        numerator: "The steps up.",
        exclusions: "Proposals that social care did not accept are not step transfers.",
        inputs: &[needs("step_transfers")],
        source: "A local measure.",
        version: 1,
        ..Row::EMPTY
    },
];

impl Measure {
    /// `stepped_to_early_help`: children stepped down to early help.
    pub const STEPPED_TO_EARLY_HELP: Self = Self::named("stepped_to_early_help");
    /// `stepped_to_social_care`: children stepped up from early help to social care.
    pub const STEPPED_TO_SOCIAL_CARE: Self = Self::named("stepped_to_social_care");
}

/// `stepped_to_early_help` and `stepped_to_social_care`: children stepped across to early help and to social care.
pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let context = judge.context;
    let subject = Name::Person(child.records.index);
    for transfer in child.records.step_transfers {
        let Some(month) = context.month_of(transfer.date) else { continue };
        let Some(to_early_help) = transfer.to_early_help else { continue };
        let measure =
            if to_early_help { Measure::STEPPED_TO_EARLY_HELP } else { Measure::STEPPED_TO_SOCIAL_CARE };
        judge.case(measure, month, Verdict::COUNTED, || {
            Detail::of(subject, Some(Name::Row(Table::StepTransfers, transfer.id))).on(transfer.date)
        });
    }
    // Without a table of transfers, referrals closed to early help are counted instead.
    if context.data.has_table(Table::StepTransfers) {
        return;
    }
    for referral in child.records.referrals.iter().filter(|referral| referral.to_early_help) {
        let Some((closed, month)) = referral.closed.and_then(|day| Some((day, context.month_of(day)?)))
        else {
            continue;
        };
        judge.case(Measure::STEPPED_TO_EARLY_HELP, month, Verdict::COUNTED, || {
            Detail::of(subject, Some(Name::Row(Table::Referrals, referral.id))).on(closed)
        });
    }
}
