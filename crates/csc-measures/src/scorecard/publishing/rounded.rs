//! Figures rounded, so that publications that meet others of the same months tell nothing either.

use super::audit::Possible;
use crate::measures::Unit;
use crate::scorecard::figure::{Exact, Figure, Shown};
use crate::value::Amount;

/// Fewer cases are not told, nor that there are none.
const LEAST: i64 = 8;
/// Averages and days are of so many cases at least.
const LEAST_OF_MEAN: i64 = 10;
const STEP: i64 = 5;

/// What is shown of a figure that is rounded; what is not shown is left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rounded {
    pub(super) numerator: Option<Amount>,
    pub(super) denominator: Option<Amount>,
    pub(super) value: Option<Shown>,
    /// The figure that the shown numbers are, from which colours and directions follow.
    pub(super) figure: Option<Figure>,
}

/// A figure of a numerator and a denominator, rounded.
pub(super) fn rounded(unit: Unit, numerator: Amount, denominator: Amount, least: u32) -> Rounded {
    let (over, under) = (count(numerator), count(denominator));
    let none = Rounded::default();
    match unit {
        Unit::Qualitative => none,
        Unit::Count => {
            let figure = over.map(|over| Figure::of(unit, over, Amount::ZERO));
            Rounded { numerator: over, value: figure.and_then(|figure| figure.shown), figure, ..none }
        }
        Unit::Percent => {
            let is_enough = |under: &Amount| under.thousandths() >= i64::from(least) * 1000;
            let figure = over.zip(under.filter(is_enough)).map(|(over, under)| Figure::of(unit, over, under));
            // The tenths that other figures are shown by would round a second time: 25 of 55 is 45.45 %.
            let whole = figure.and_then(|figure| figure.exact).map(Exact::to_whole);
            Rounded { numerator: over, denominator: under, value: whole, figure }
        }
        Unit::Average | Unit::Days => {
            let exact = (denominator.thousandths() >= LEAST_OF_MEAN * 1000)
                .then(|| Figure::of(Unit::Days, numerator, denominator).shown)
                .flatten();
            let mean = exact.and_then(|mean| Amount::from_thousandths(mean.tenths() * 100));
            let figure = mean.map(|mean| Figure::of(unit, mean, Amount::ONE));
            Rounded { numerator: None, denominator: under, value: exact, figure }
        }
    }
}

/// A count to the nearest five; `None` if it is of fewer than 8.
fn count(amount: Amount) -> Option<Amount> {
    let thousandths = amount.thousandths();
    let step = STEP * 1000;
    let nearest = (thousandths + step / 2) / step * step;
    (thousandths >= LEAST * 1000).then(|| Amount::from_thousandths(nearest)).flatten()
}

/// The numbers that a shown count may be rounded from; of full-time equivalents, of which a worker is two at most, so
/// many workers.
pub(super) fn possible(shown: Option<Amount>, is_of_equivalents: bool) -> Possible {
    let number = shown.and_then(Amount::whole);
    match (number, is_of_equivalents) {
        (None, false) => Possible::between(0, LEAST.unsigned_abs() - 1),
        (None, true) => Possible::any(),
        (Some(number), false) => Possible::between(number.saturating_sub(2).max(8), number + 2),
        (Some(number), true) => {
            let mut set = Possible::any();
            set.keep(number.saturating_sub(3) / 2, u64::MAX);
            set
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(unit: Unit, numerator: u32, denominator: u32) -> [String; 3] {
        let Rounded { numerator, denominator, value, .. } =
            rounded(unit, Amount::count(numerator), Amount::count(denominator), 50);
        let amount = |amount: Option<Amount>| amount.map_or("c".to_owned(), |amount| amount.to_string());
        [amount(numerator), amount(denominator), value.map_or("c".to_owned(), |value| value.to_string())]
    }

    #[test]
    fn counts_are_rounded_to_the_nearest_five_from_eight() {
        for (count, shown) in [(0, "c"), (7, "c"), (8, "10"), (12, "10"), (13, "15"), (1002, "1000")] {
            assert_eq!(of(Unit::Count, count, 0), [shown, "c", shown]);
        }
    }

    #[test]
    fn a_percentage_is_of_rounded_figures_and_enough_of_them() {
        assert_eq!(of(Unit::Percent, 20, 47), ["20", "45", "c"]);
        assert_eq!(of(Unit::Percent, 21, 48), ["20", "50", "40"]);
        assert_eq!(of(Unit::Percent, 7, 100), ["c", "100", "c"]);
        // 45.45 %, which would be 46 by way of 45.5.
        assert_eq!(of(Unit::Percent, 25, 55), ["25", "55", "45"]);
        // One of 102 is not met, and nobody sees it.
        assert_eq!(of(Unit::Percent, 101, 102), ["100", "100", "100"]);
    }

    #[test]
    fn a_mean_is_whole_and_of_ten_or_more() {
        assert_eq!(of(Unit::Days, 905, 10), ["c", "10", "91"]);
        assert_eq!(of(Unit::Days, 905, 9), ["c", "10", "c"]);
        assert_eq!(of(Unit::Average, 905, 62), ["c", "60", "15"]);
    }
}
