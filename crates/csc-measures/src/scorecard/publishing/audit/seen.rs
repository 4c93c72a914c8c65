//! What anybody can see of a figure.

use crate::measures::{Measure, Quantity};
use crate::policy::{CaseloadPer, Policy, TurnoverBase, WorkforceUnit};
use crate::scorecard::publishing::audit::possible::Possible;
use crate::scorecard::publishing::cell::{Cell, is_of_leavers, quantities};
use crate::time::{Day, Month};
use crate::value::Amount;

/// Which cases of a measure a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::scorecard::publishing) enum Place {
    Whole,
    /// By the places of a dimension and of one of its groups.
    Group(usize, usize),
}

/// A figure as it is shown or hidden.
#[derive(Clone, Debug)]
pub(in crate::scorecard::publishing) struct Seen {
    pub(in crate::scorecard::publishing) measure: Measure,
    /// The last month of its period.
    pub(in crate::scorecard::publishing) month: Month,
    pub(in crate::scorecard::publishing) place: Place,
    /// The day that its tables are as at.
    pub(in crate::scorecard::publishing) as_at: Option<Day>,
    pub(in crate::scorecard::publishing) sight: Sight,
}

/// What is to be seen of a figure.
#[derive(Clone, Debug)]
pub(in crate::scorecard::publishing) enum Sight {
    /// By quantity what it may be.
    Shown([Possible; Quantity::ALL.len()]),
    Hidden {
        /// Whether it is because one of its own quantities or differences, or of the figures that are the same, is few.
        is_few: bool,
    },
    /// By quantity what it may be, of a rounded figure.
    Rounded([Possible; Quantity::ALL.len()]),
}

/// The numbers that a shown figure may have, from its numerator and denominator where they are shown: those of a count
/// tell nothing of its percentage but that it is not of few.
pub(in crate::scorecard::publishing) fn shown(
    measure: Measure,
    policy: &Policy,
    (numerator, denominator): (Option<Amount>, Option<Amount>),
) -> Sight {
    let rest = match (numerator, denominator) {
        (Some(numerator), Some(denominator)) if !is_of_leavers(measure) => {
            Amount::from_thousandths(denominator.thousandths() - numerator.thousandths())
        }
        _ => None,
    };
    let of = |quantity: Quantity| {
        let amount = match quantity {
            Quantity::Numerator => numerator,
            Quantity::Denominator => denominator,
            Quantity::Rest => rest,
        };
        let has = quantities(measure).contains(&quantity);
        match amount.filter(|_| has) {
            None => Possible::never_few(),
            Some(amount) if is_of_equivalents(measure, quantity, policy) => equivalents(amount),
            Some(amount) => amount.whole().map_or_else(Possible::never_few, Possible::one),
        }
    };
    Sight::Shown(Quantity::ALL.map(of))
}

/// What a figure of the engine would show.
pub(in crate::scorecard::publishing) fn sight_of(measure: Measure, policy: &Policy, cell: &Cell) -> Sight {
    let denominator = quantities(measure).contains(&Quantity::Denominator).then_some(cell.denominator);
    shown(measure, policy, (Some(cell.numerator), denominator))
}

/// Whether a quantity of a measure is shown in full-time equivalents, or in halves of persons.
pub(in crate::scorecard::publishing) fn is_of_equivalents(
    measure: Measure,
    quantity: Quantity,
    policy: &Policy,
) -> bool {
    match measure {
        Measure::CASELOAD => policy.caseload_per == CaseloadPer::Fte,
        Measure::WORKFORCE_PERMANENT => policy.workforce_unit == WorkforceUnit::Fte,
        Measure::WORKFORCE_TURNOVER | Measure::WORKFORCE_TURNOVER_PUBLISHED => {
            let is_of_halves =
                quantity == Quantity::Denominator && policy.turnover_base == TurnoverBase::Average;
            policy.workforce_unit == WorkforceUnit::Fte || is_of_halves
        }
        _ => false,
    }
}

/// A worker is at most two full-time equivalents.
fn equivalents(amount: Amount) -> Possible {
    let thousandths = amount.thousandths().unsigned_abs();
    if thousandths == 0 { Possible::one(0) } else { at_least(thousandths.div_ceil(2000)) }
}

/// So many or more, and not 1 to 5, since it is shown.
fn at_least(number: u64) -> Possible {
    let mut set = Possible::never_few();
    set.keep(number.max(6), u64::MAX);
    set
}
