//! How long adopted children waited to be placed.

use std::collections::BTreeMap;

use super::case::{Basis, Detail, Name, Reason, Verdict};
use super::context::{Child, Judge, Sink};
use super::definition::{Derives, Form, Past, Row};
use super::kinds::{Better, PeriodKind, Unit, When, column, needs, optional, reads};
use super::measure::Measure;
use super::relations::{Quantity, Terms, part_of_denominator, same};
use crate::policy::{AdoptionBasis, AdoptionWindow};
use crate::tables::Table;
use crate::tables::records::Permanence;
use crate::time::{Day, MonthDays};
use crate::value::Amount;
use crate::value::index::ClaNo;

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "adoption_days",
        forms: &[Form {
            unit: Unit::Days,
            title: "Days from entering care to being placed with adopters",
            denominator: "The children counted.",
            policies: &[],
        }],
        period: PeriodKind::Quarter,
        better: Better::Lower,
        cases: "Children with an adoption order dated in the quarter that the month ends; months \
            that end no quarter have no figure.",
        numerator: "Days from the start of the period of care to the day the child was placed with \
            the adopters, added up.",
        exclusions: "A child never placed before the order is not applicable. No period of care \
            before the placement, or a placement dated before it began: unknown. Adopted by their foster \
            carer: the day it became an adoptive placement, or under the policy the day they moved in with \
            that carer. Shown to the nearest day. Without a record of permanence, the orders are taken from \
            episodes of care that ended in adoption (reason E1, E11 or E12) on that day, and the placings by \
            the first adoptive placement (A1 to A6) of the period of care; if no placement at all is adoptive, \
            nothing can be told.",
        inputs: &[
            needs("permanence"),
            needs("cla_episodes"),
            column("permanence.order_date"),
            column("permanence.order_type"),
            column("permanence.placed_for_adoption_date"),
            reads("legal_statuses"),
            optional("permanence", &["cla_id"]),
            optional("permanence", &["adopted_by_carer", "placed_foster_carer_date"])
                .when(When::AdoptionBasisA10),
            optional("cla_episodes", &["end_date", "end_reason"]).to_derive(),
            reads("cla_placements").to_derive(),
            optional("cla_placements", &["placement_type"]).to_derive(),
        ],
        policies: &["adoption_basis", "adoption_window"],
        past: Some(Past {
            table: Table::Permanence,
            when: Some(When::AdoptionWindowThreeYears),
            look_back: None,
        }),
        derives: Some(Derives {
            fact: "adoption_dates",
            table: Table::Permanence,
            holds: |supplied| supplied.get(Table::ClaPlacements).is_some_and(|supply| supply.adoptions),
            since: None,
            besides: None,
        }),
        source: "DfE adoption scorecard, indicator A1 (its methodology not verified).",
        published: Some(
            "DfE, adoption scorecard: indicator A1, average time between a child entering \
            care and moving in with their adoptive family (A10 with the foster carer's date), over three \
            years",
        ),
        version: 2,
        terms: Some(Terms {
            own: Quantity::Denominator,
            count: 12,
            months: 3,
            under: |policy| policy.adoption_window == AdoptionWindow::ThreeYears,
        }),
        ..Row::EMPTY
    },
    Row {
        key: "adoption_days_without_exceptions",
        forms: &[Form {
            unit: Unit::Days,
            title: "Days from entering care to being placed with adopters, legacy and \
                    exceptional cases left out",
            denominator: "The children counted.",
            policies: &[],
        }],
        period: PeriodKind::Quarter,
        better: Better::Lower,
        cases: "Children with an adoption order dated in the quarter that the month ends; months \
            that end no quarter have no figure.",
        numerator: "Days from the start of the period of care to the day the child was placed with \
            the adopters, added up.",
        exclusions: "Children marked as of the legacy cohort or as exceptional are not applicable; \
            the marks are set by the council, never guessed from the length of wait. Otherwise as \
            `adoption_days`.",
        inputs: &[
            needs("permanence"),
            needs("cla_episodes"),
            column("permanence.order_date"),
            column("permanence.order_type"),
            column("permanence.placed_for_adoption_date"),
            column("permanence.legacy_cohort | permanence.exceptional_cohort"),
            reads("legal_statuses"),
            optional("permanence", &["cla_id"]),
            optional("permanence", &["adopted_by_carer", "placed_foster_carer_date"])
                .when(When::AdoptionBasisA10),
        ],
        policies: &["adoption_basis", "adoption_window"],
        past: Some(Past {
            table: Table::Permanence,
            when: Some(When::AdoptionWindowThreeYears),
            look_back: None,
        }),
        source: "A local measure, following indicator A1.",
        published: Some("DfE, adoption scorecard: indicator A1, which leaves no such children out"),
        version: 1,
        relations: &[same("adoption_days"), part_of_denominator("adoption_days")],
        terms: Some(Terms {
            own: Quantity::Denominator,
            count: 12,
            months: 3,
            under: |policy| policy.adoption_window == AdoptionWindow::ThreeYears,
        }),
        ..Row::EMPTY
    },
];

impl Measure {
    /// `adoption_days`: days from entering care to being placed with adopters.
    pub const ADOPTION_DAYS: Self = Self::named("adoption_days");
    /// `adoption_days_without_exceptions`: days from entering care to being placed with adopters, legacy and exceptional cases left out.
    pub const ADOPTION_DAYS_WITHOUT_EXCEPTIONS: Self = Self::named("adoption_days_without_exceptions");
}

/// `adoption_days` and `adoption_days_without_exceptions`: days from the start of care to being placed with adopters, of children adopted.
pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let until = judge.context.policy.adoption_basis;
    for row in child.records.permanence.iter().filter(|row| row.is_adoption) {
        if let Some(adoption) = Adoption::of(row, until) {
            judge_adoption(judge, child, &adoption, Basis::ByItsTable);
        }
    }
    for adoption in of_care(child) {
        judge_adoption(judge, child, &adoption, Basis::ByOthers);
    }
}

/// A child's adoption.
struct Adoption {
    record: Name,
    cla: Option<ClaNo>,
    /// The day the child was placed for adoption.
    placed: Option<Day>,
    order: Day,
    legacy_or_exceptional: bool,
}

impl Adoption {
    /// `None`: there is no day of an order.
    fn of(row: &Permanence, basis: AdoptionBasis) -> Option<Self> {
        let placed = match basis {
            AdoptionBasis::A10 if row.adopted_by_carer => row.placed_with_carer.or(row.placed),
            _ => row.placed,
        };
        Some(Self {
            record: Name::Row(Table::Permanence, row.id),
            cla: row.cla,
            placed,
            order: row.order?,
            legacy_or_exceptional: row.legacy_or_exceptional,
        })
    }
}

/// The adoptions that periods of care ended in, each with its last such day and its first adoptive placement.
fn of_care(child: &Child<'_>) -> impl Iterator<Item = Adoption> {
    let mut orders: BTreeMap<ClaNo, Day> = BTreeMap::new();
    for episode in child.records.cla_episodes.iter().filter(|episode| episode.is_adoption) {
        let Some(end) = episode.end else { continue };
        orders.entry(episode.cla).and_modify(|order| *order = end.max(*order)).or_insert(end);
    }
    let mut placed: BTreeMap<ClaNo, Day> = BTreeMap::new();
    let placements = if orders.is_empty() { &[][..] } else { child.records.cla_placements };
    for stay in placements.iter().filter(|stay| stay.kind.is_adoption()) {
        placed.entry(stay.cla).and_modify(|first| *first = stay.start.min(*first)).or_insert(stay.start);
    }
    orders.into_iter().map(move |(cla, order)| Adoption {
        record: Name::Cla(cla),
        cla: Some(cla),
        placed: placed.get(&cla).copied(),
        order,
        legacy_or_exceptional: false,
    })
}

fn judge_adoption<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, adoption: &Adoption, basis: Basis) {
    let context = judge.context;
    for month in context.months.iter().filter(|month| month.ends_quarter) {
        let after = match context.policy.adoption_window {
            AdoptionWindow::Quarter => month.first.plus_months(-2).plus(-1),
            AdoptionWindow::ThreeYears => month.last.plus_months(-36),
        };
        if after < adoption.order && adoption.order <= month.last {
            judge_in_month(judge, child, adoption, *month, basis);
        }
    }
}

fn judge_in_month<S: Sink>(
    judge: &mut Judge<'_, S>,
    child: &Child<'_>,
    adoption: &Adoption,
    month: MonthDays,
    basis: Basis,
) {
    let Adoption { placed, order, .. } = *adoption;
    let anchor = placed.and_then(|placed| {
        let period = child
            .records
            .periods
            .iter()
            .rfind(|p| p.start <= placed && adoption.cla.is_none_or(|cla| cla == p.cla));
        // Of a short break that ends after the day, the day after it has not come.
        period.and_then(|period| period.anchor).filter(|anchor| *anchor <= month.last)
    });
    let detail = |anchor: Option<Day>, waited: Option<i32>| Detail {
        anchor,
        done: placed.filter(|placed| *placed <= month.last),
        elapsed: waited,
        ..Detail::of(Name::Person(child.records.index), Some(adoption.record))
    };
    let (verdict, anchor, waited) = match (placed, anchor) {
        (None, _) => (Verdict::not_applicable(Reason::NoPlacedDate), None, None),
        (Some(placed), _) if placed > order => {
            (Verdict::not_applicable(Reason::PlacedAfterOrder), None, None)
        }
        (Some(_), None) => (Verdict::unknown(Reason::NoCarePeriod), None, None),
        (Some(placed), Some(anchor)) if placed < anchor => {
            (Verdict::unknown(Reason::DoneBeforeStart), Some(anchor), None)
        }
        (Some(placed), Some(anchor)) => {
            let days = placed.since(anchor);
            let counted =
                Verdict::COUNTED.weighing(Some(Amount::count(days.unsigned_abs())), Some(Amount::ONE));
            (counted, Some(anchor), Some(days))
        }
    };
    if basis == Basis::ByOthers {
        judge.case_by_others(Measure::ADOPTION_DAYS, month.on(order), verdict, || detail(anchor, waited));
        return;
    }
    judge.case(Measure::ADOPTION_DAYS, month.on(order), verdict, || detail(anchor, waited));
    if adoption.legacy_or_exceptional {
        let left_out = Verdict::not_applicable(Reason::LegacyOrExceptional);
        judge.case(Measure::ADOPTION_DAYS_WITHOUT_EXCEPTIONS, month.on(order), left_out, || {
            detail(None, None)
        });
    } else {
        judge.case(Measure::ADOPTION_DAYS_WITHOUT_EXCEPTIONS, month.on(order), verdict, || {
            detail(anchor, waited)
        });
    }
}
