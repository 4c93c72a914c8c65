//! Placements: how far from home, and how many.

use super::case::{Name, Outcome, Reason, Verdict};
use super::clock::Started;
use super::context::{At, Child, Context, Judge, Sink, looked_after_detail};
use super::definition::{Form, LookBack, Past, Row};
use super::kinds::{AGE_OR_UNBORN, Better, PeriodKind, Unit, column, needs, optional, reads};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use super::relations::{equal_denominators, part_of_denominator};
use crate::facts::{LookedAfter, placement_at, stays_in_window};
use crate::policy::DistanceBase;
use crate::tables::records::{ClaEpisode, Interval, Placement, PlacementType};
use crate::tables::{Lack, Table};
use crate::time::Day;
use crate::time::clock::ClockId;
use crate::value::{Amount, Decimal};

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "cla_far_from_home",
        forms: &[
            Form {
                unit: Unit::Count,
                title: "Looked after children placed more than 20 miles from home, outside the \
                    authority",
                denominator: "None: this is a count.",
                policies: &[],
            },
            Form {
                unit: Unit::Percent,
                title: "Percentage of looked after children placed more than 20 miles from home, \
                    outside the authority",
                denominator: "All children looked after at the month end, those not applicable or \
                    unknown in `cla_far_from_home` included, as in the published figure; the policy can keep \
                    to those whose distance is known.",
                policies: &["distance_base"],
            },
        ],
        period: PeriodKind::Snapshot,
        better: Better::Lower,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children whose placement is more than 20 miles from home and outside the \
            authority; both are asked.",
        exclusions: "Unaccompanied asylum-seeking children are not applicable. No placement on \
            record, no distance (999.9 is none), or a far placement of which it is not recorded whether it \
            is outside the authority: unknown. A child in a temporary placement is judged by the one that it \
            interrupts. Short breaks (V3, V4) are out.",
        inputs: &[
            needs("cla_episodes"),
            needs("cla_placements"),
            column("cla_placements.distance_miles"),
            column("cla_placements.outside_authority"),
            reads("legal_statuses"),
            reads("persons"),
            reads("immigration_statuses"),
            AGE_OR_UNBORN,
            optional("cla_placements", &["placement_type"]),
            optional("immigration_statuses", &["status", "start_date"]),
        ],
        policies: &["far_miles"],
        asks: &[Lack::Distances],
        source: "A local measure; the distance is that of DfE's looked after children return (SSDA903).",
        published: Some(
            "DfE, Children looked after in England: percentage of children placed more than \
            20 miles from home and outside the local authority boundary",
        ),
        version: 1,
        relations: &[
            equal_denominators("cla_three_placements")
                .under(|policy| policy.distance_base == DistanceBase::All),
            part_of_denominator("cla_three_placements")
                .under(|policy| policy.distance_base == DistanceBase::Known),
        ],
        ..Row::EMPTY
    },
    Row {
        key: "cla_three_placements",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of looked after children with three or more placements in 12 months",
            denominator: "All of them, also those in care for less than twelve months.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Lower,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children with three or more placements in the twelve months to the month end, \
            the one already running at their start included.",
        exclusions: "Not another placement: temporary ones (hospital, holiday, the carer's holiday \
            and short absences, within their limits), a return after one, a change of legal status only, \
            staying with the same carer or in a home that a later list of codes names otherwise, and \
            becoming placed for adoption with the present carer. A placement that began in short breaks (V3, \
            V4) counts from their end, and one that ended with them does not.",
        inputs: &[
            needs("cla_episodes"),
            needs("cla_placements"),
            reads("legal_statuses"),
            reads("persons"),
            AGE_OR_UNBORN,
            optional("cla_episodes", &["placement_id", "start_reason"]),
            optional("cla_placements", &["placement_type", "carer_id"]),
        ],
        policies: &["temporary_placements"],
        past: Some(Past { table: Table::ClaPlacements, when: None, look_back: Some(LookBack::FromEnd(12)) }),
        asks: &[Lack::Moves],
        source: "DfE's looked after children statistics; leaving out temporary placements follows \
            the former NI 62 (not verified).",
        published: Some(
            "DfE, Children looked after in England: three or more placements during the year \
            (formerly NI 62)",
        ),
        version: 2,
        clocks: &[
            ClockId::TEMPORARY_PLACEMENT_T1,
            ClockId::TEMPORARY_PLACEMENT_T3,
            ClockId::TEMPORARY_PLACEMENT_T4,
        ],
        owes: Some(Duty::Record),
        ..Row::EMPTY
    },
];

impl Measure {
    /// `cla_far_from_home`: looked after children placed more than 20 miles from home, outside the authority.
    pub const CLA_FAR_FROM_HOME: Self = Self::named("cla_far_from_home");
    /// `cla_three_placements`: percentage of looked after children with three or more placements in 12 months.
    pub const CLA_THREE_PLACEMENTS: Self = Self::named("cla_three_placements");
}

/// Placements in twelve months that are too many.
const TOO_MANY_PLACEMENTS: usize = 3;

pub(super) fn judge_child_at<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    if let Some(looked_after) = &at.looked_after {
        far_placements(judge, child, looked_after, at);
        placement_moves(judge, child, looked_after, at);
    }
}

/// The end of the temporary placements that are open.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>, at: &At<'_>) {
    if at.looked_after.is_none() {
        return;
    }
    for placement in child.records.cla_placements.iter().filter(|placement| placement.is_open(at.day)) {
        owe_end_of_temporary_placement(owed, child, placement);
    }
}

/// A temporary placement may last so many days (SSDA903 rules for T1, T3 and T4); after that it is a move.
fn owe_end_of_temporary_placement(owed: &mut Owed<'_>, child: &Child<'_>, placement: &Placement) {
    let PlacementType::Temporary { ends: Some(clock) } = placement.kind else { return };
    let clock = Started::new(owed.context, clock, placement.start);
    let record = Name::Row(Table::ClaPlacements, placement.id);
    let detail = clock.open_detail(owed.day, Name::Person(child.records.index), Some(record));
    owed.add(clock.clock, Measure::CLA_THREE_PLACEMENTS, clock.open(owed.day), detail);
}

/// `cla_far_from_home`: children placed far from home, outside the authority.
fn far_placements<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    let context = judge.context;
    if !context.wants(Measure::CLA_FAR_FROM_HOME) {
        return;
    }
    let verdict = far_from_home(context, child, at.day);
    let of_all = match context.policy.distance_base {
        DistanceBase::Known => verdict,
        DistanceBase::All => {
            let numerator = if verdict.outcome == Outcome::Counted { Amount::ONE } else { Amount::ZERO };
            verdict.weighing(Some(numerator), Some(Amount::ONE))
        }
    };
    judge.case(Measure::CLA_FAR_FROM_HOME, at.month.at_end(), of_all, || {
        looked_after_detail(child, looked_after)
    });
}

fn far_from_home(context: &Context<'_>, child: &Child<'_>, day: Day) -> Verdict {
    if child.records.immigration_statuses.iter().any(|status| status.is_uasc && status.is_open(day)) {
        return Verdict::not_applicable(Reason::Uasc);
    }
    let Some(placement) = placement_at(&child.records, day) else {
        return Verdict::unknown(Reason::NoPlacement);
    };
    // 999.9 means "not known".
    let known = |distance: &Decimal| *distance < Decimal::from_integer(1000).minus(Decimal::tenth());
    match placement.distance_miles.filter(known) {
        None => Verdict::unknown(Reason::DistanceNotKnown),
        Some(distance) if distance <= context.policy.far_miles => Verdict::NOT_COUNTED,
        Some(_) => match placement.outside_authority {
            None => Verdict::unknown(Reason::OutsideAuthorityNotKnown),
            Some(outside) => Verdict::fact(Some(outside)),
        },
    }
}

/// Whether, of tables of the Standard Safeguarding Dataset, an episode of the twelve months has no placement.
fn has_lost_placement(context: &Context<'_>, child: &Child<'_>, day: Day) -> bool {
    let is_ssd = || context.data.supplied().get(Table::ClaPlacements).is_some_and(|supply| supply.is_ssd);
    let from = day.plus_months(-12);
    let is_of_year =
        |episode: &&ClaEpisode| episode.start <= day && episode.end.is_none_or(|end| end > from.plus(1));
    let mut episodes = child.records.cla_episodes.iter().filter(is_of_year);
    episodes.any(|episode| episode.placement.is_none()) && is_ssd()
}

/// `cla_three_placements`: children with three or more placements in twelve months.
fn placement_moves<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    looked_after: &LookedAfter,
    at: &At<'_>,
) {
    let context = judge.context;
    if !context.wants(Measure::CLA_THREE_PLACEMENTS) {
        return;
    }
    let placements = stays_in_window(
        &child.records,
        context.terms(),
        context.policy.temporary_placements,
        at.day.plus_months(-12),
        at.day,
    );
    let is_too_many = placements >= TOO_MANY_PLACEMENTS;
    // A system that leaves placements out leaves their episodes: there may have been more.
    let verdict = if !is_too_many && has_lost_placement(context, child, at.day) {
        Verdict::unknown(Reason::NoPlacement)
    } else {
        Verdict::fact(Some(is_too_many))
    };
    judge.case(Measure::CLA_THREE_PLACEMENTS, at.month.at_end(), verdict, || {
        looked_after_detail(child, looked_after)
    });
}
