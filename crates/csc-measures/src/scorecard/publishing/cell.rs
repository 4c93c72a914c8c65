//! How many cases a figure is of.

use crate::measures::{Measure, Quantity, Unit};
use crate::scorecard::tally::Tally;
use crate::value::Amount;

/// One to five.
pub(super) fn is_few(cases: u64) -> bool {
    (1..=5).contains(&cases)
}

/// Whether a measure counts documents, which are nobody's: its figures are always shown.
pub(super) fn is_of_documents(measure: Measure) -> bool {
    matches!(measure, Measure::POLICIES_REVIEWED | Measure::FEEDBACK_REPORTS)
}

/// The quantities that figures of a measure are of.
pub(super) fn quantities(measure: Measure) -> &'static [Quantity] {
    match measure.tallied_as() {
        _ if is_of_documents(measure) => &[],
        Unit::Count => &[Quantity::Numerator],
        Unit::Average | Unit::Days => &[Quantity::Denominator],
        Unit::Percent if is_of_leavers(measure) => &[Quantity::Numerator, Quantity::Denominator],
        Unit::Percent => &Quantity::ALL,
        Unit::Qualitative => &[],
    }
}

/// Whether the numerator is none of the denominator: leavers are not among those in post.
pub(super) fn is_of_leavers(measure: Measure) -> bool {
    matches!(measure, Measure::WORKFORCE_TURNOVER | Measure::WORKFORCE_TURNOVER_PUBLISHED)
}

/// A figure before it is decided whether it is shown: the sums, and by quantity the number of cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    cases: [u64; Quantity::ALL.len()],
    pub(super) numerator: Amount,
    pub(super) denominator: Amount,
}

impl Cell {
    pub(super) fn new(measure: Measure, tally: &Tally) -> Self {
        let counted = tally.cases().in_numerator;
        let (all, rest) = (tally.in_denominator, tally.beside_numerator);
        let in_numerator = if measure.tallied_as() == Unit::Percent && !is_of_leavers(measure) {
            all.saturating_sub(rest)
        } else {
            counted
        };
        Self { cases: [in_numerator, all, rest], numerator: tally.numerator, denominator: tally.denominator }
    }

    /// The number of cases of a quantity.
    pub(super) fn of(&self, quantity: Quantity) -> u64 {
        let [numerator, denominator, rest] = self.cases;
        match quantity {
            Quantity::Numerator => numerator,
            Quantity::Denominator => denominator,
            Quantity::Rest => rest,
        }
    }

    /// By how many cases it is larger or smaller than others: those that are averaged, or counted.
    pub(super) fn size(&self, measure: Measure) -> u64 {
        let is_count = quantities(measure) == [Quantity::Numerator];
        self.of(if is_count { Quantity::Numerator } else { Quantity::Denominator })
    }

    /// Whether a quantity is of 1 to 5 cases.
    pub(super) fn is_few(&self, measure: Measure) -> bool {
        quantities(measure).iter().any(|quantity| is_few(self.of(*quantity)))
    }
}
