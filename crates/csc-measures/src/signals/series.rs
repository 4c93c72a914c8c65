//! A measure's figures in a row, exact as the results have them.

use super::near::real;
use crate::measures::{Better, Unit};
use crate::plan::{RowId, Target};
use crate::time::Month;
use crate::value::Amount;

/// The figures of a measure, in order.
#[derive(Clone, Debug)]
pub(crate) struct Series<'a> {
    pub(crate) measure: &'a RowId,
    pub(crate) unit: Unit,
    pub(crate) better: Better,
    /// Whether its cases stay from month to month, or its windows overlap.
    pub(crate) hangs_together: bool,
    /// Whether it is a percentage that may be above a hundred.
    pub(crate) may_pass_100: bool,
    /// Its target in the month of the last figure.
    pub(crate) target: Option<&'a Target>,
    pub(crate) figures: Vec<Figure>,
}

/// A figure of a month that has a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub(crate) month: Month,
    pub(crate) unit: Unit,
    pub(crate) numerator: Amount,
    /// `None` of counts; else above 0.
    pub(crate) denominator: Option<Amount>,
}

/// So many cases in the numerator, and of a percentage so many in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cases {
    pub(super) counted: i64,
    pub(super) all: Option<i64>,
}

/// No authority has as many cases: chances are not reckoned beyond.
const MOST_CASES: i64 = 100_000_000;

impl Figure {
    /// The figure itself: of a percentage of a hundred.
    pub(super) fn value(&self) -> f64 {
        let over = i128::from(self.numerator.thousandths());
        let under = self.denominator.map_or(1000, |under| i128::from(under.thousandths()));
        let in_one = if self.unit == Unit::Percent { 100 } else { 1 };
        real(in_one * over) / real(under)
    }

    /// The whole numbers of cases that a percentage or a count is of; `None` of full-time equivalents, averages, and a
    /// numerator beyond its denominator.
    pub(super) fn cases(&self) -> Option<Cases> {
        let whole = |amount: Amount| {
            let number = amount.thousandths() / 1000;
            (amount.thousandths() % 1000 == 0 && number <= MOST_CASES).then_some(number)
        };
        let counted = whole(self.numerator)?;
        match (self.unit, self.denominator) {
            (Unit::Count, None) => Some(Cases { counted, all: None }),
            (Unit::Percent, Some(all)) => {
                let all = whole(all)?;
                (counted <= all).then_some(Cases { counted, all: Some(all) })
            }
            _ => None,
        }
    }
}
