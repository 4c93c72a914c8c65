//! Steps between early help and social care.

use std::ops::RangeInclusive;

use super::case::{Detail, Name, Verdict};
use super::context::{Child, Judge, Sink};
use super::definition::{Derives, Form, Row};
use super::kinds::{Better, PeriodKind, Unit, needs, optional, reads};
use super::measure::Measure;
use crate::tables::{Lack, Table};
use crate::time::Day;

/// What results call the steps that referrals tell.
const EARLY_HELP: &str = "early_help";
/// 1 April 2022: the first day of the census year in which cases are closed as RC9, and come from 5D.
const CODES_BEGAN: Day = Day(19_083);
/// So many days after early help ended a referral follows on it.
const FOLLOWS: RangeInclusive<i32> = 0..=28;

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
            early help (reason RC9) stand in for it; those of the Standard Safeguarding Dataset from April \
            2022 on, when the census began to ask for the reason.",
        inputs: &[
            needs("step_transfers | referrals").by_own_name(),
            optional("referrals", &["close_date", "close_reason"]).in_place_of("step_transfers"),
            reads("referrals").to_derive(),
            optional("referrals", &["close_date", "close_reason"]).to_derive(),
        ],
        asks: &[Lack::ClosureReasons],
        derives: Some(Derives {
            fact: EARLY_HELP,
            table: Table::StepTransfers,
            holds: |supplied| supplied.get(Table::Referrals).is_some_and(|supply| supply.is_ssd),
            since: Some(CODES_BEGAN),
            besides: None,
        }),
        source: "A local measure; RC9 is the closure reason of DfE's children in need census.",
        version: 2,
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
        exclusions: "Proposals that social care did not accept are not step transfers. Without a record of \
            step transfers, referrals of the Standard Safeguarding Dataset that came from early help (source \
            5D) stand in for it, by the day of the referral, from April 2022 on, when the census began to \
            have the source. With a record of episodes of early help those that ended as a step up are \
            counted too, by their end, and referrals of the 28 days after an episode ended for another \
            reason; a referral of the 28 days after a step up is that step, and not another. If no \
            referral has the source and no episode is recorded, nothing can be told.",
        inputs: &[
            needs("step_transfers"),
            reads("referrals").to_derive(),
            optional("early_help_episodes", &["end_date", "end_reason"]).in_place_of("step_transfers"),
        ],
        derives: Some(Derives {
            fact: EARLY_HELP,
            table: Table::StepTransfers,
            holds: |supplied| {
                let episodes = supplied.usable(Table::EarlyHelpEpisodes);
                supplied.get(Table::Referrals).is_some_and(|supply| supply.early_help)
                    || episodes.is_some_and(|supply| supply.used > 0)
            },
            since: Some(CODES_BEGAN),
            besides: Some(Table::EarlyHelpEpisodes),
        }),
        source: "A local measure; 5D is the source of a referral of DfE's children in need census.",
        version: 3,
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
        judge.case(measure, month.on(transfer.date), Verdict::COUNTED, || {
            Detail::of(subject, Some(Name::Row(Table::StepTransfers, transfer.id))).on(transfer.date)
        });
    }
    // Without a table of transfers, referrals closed to early help and coming from it are counted instead, and the
    // ends of early help.
    let mut count = |measure: Measure, day: Day, record: Name| {
        let Some(month) = context.month_of(day) else { return };
        judge.case_by_others(measure, month.on(day), Verdict::COUNTED, || {
            Detail::of(subject, Some(record)).on(day)
        });
    };
    let episodes = child.records.early_help_episodes;
    for referral in child.records.referrals {
        let record = Name::Row(Table::Referrals, referral.id);
        if let Some(closed) = referral.closed.filter(|_| referral.to_early_help) {
            count(Measure::STEPPED_TO_EARLY_HELP, closed, record);
        }
        let follows = |is_step_up: bool| {
            let mut ended = episodes.iter().filter(|episode| episode.is_step_up == is_step_up);
            ended.any(|episode| episode.end.is_some_and(|end| FOLLOWS.contains(&referral.date.since(end))))
        };
        if !follows(true) && (referral.from_early_help || follows(false)) {
            count(Measure::STEPPED_TO_SOCIAL_CARE, referral.date, record);
        }
    }
    for episode in episodes.iter().filter(|episode| episode.is_step_up) {
        if let Some(end) = episode.end {
            count(Measure::STEPPED_TO_SOCIAL_CARE, end, Name::Row(Table::EarlyHelpEpisodes, episode.id));
        }
    }
}
