//! Figures against their targets, and against the period before.

use std::cmp::Ordering;

use serde::Serialize;

use super::figure::{Exact, Figure, Status};
use crate::measures::{Better, Unit};
use crate::plan::Target;
use crate::value::{Amount, Decimal};

/// A measure's colour against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MeasureRag {
    /// On target.
    Green,
    /// Within the tolerance.
    Amber,
    /// Beyond the tolerance.
    Red,
    /// No target, or a qualitative measure.
    NotRated,
    /// A target, and no value.
    NotApplicable,
}

impl MeasureRag {
    /// The colour in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::NotRated => "not_rated",
            Self::NotApplicable => "not_applicable",
        }
    }
}

impl Target {
    /// The colour of a figure that was worked out elsewhere, by the rule of this library's own: the exact
    /// value is compared, a percentage of a hundred. It is exact below a hundred million million.
    ///
    /// A count has no denominator, and the value given is not looked at. Without a denominator a quotient is
    /// [`MeasureRag::NotApplicable`]; a qualitative measure is [`MeasureRag::NotRated`].
    ///
    /// # Examples
    ///
    /// ## Just below the target
    ///
    /// ```
    /// use csc_measures::measures::Unit;
    /// use csc_measures::{Amount, MeasureRag, Target};
    ///
    /// let target: Target = serde_json::from_str(r#"{"better": "higher", "target": 90, "tolerance": 5}"#)?;
    /// let children = |count: i64| Amount::from_thousandths(count * 1000).unwrap();
    ///
    /// // 89.96 % prints as 90.0, and is below 90
    /// assert_eq!(target.rag(Unit::Percent, children(2249), children(2500)), MeasureRag::Amber);
    /// assert_eq!(target.rag(Unit::Percent, children(0), children(0)), MeasureRag::NotApplicable);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn rag(&self, unit: Unit, numerator: Amount, denominator: Amount) -> MeasureRag {
        measure_rag(unit, &Figure::of(unit, numerator, denominator), Some(self))
    }

    fn rate(&self, value: Exact) -> MeasureRag {
        let at_least =
            |bound: Decimal| bound.compare_fraction(value.numerator, value.denominator) != Ordering::Less;
        let at_most =
            |bound: Decimal| bound.compare_fraction(value.numerator, value.denominator) != Ordering::Greater;
        let (green, amber) = match *self {
            Self::Higher { target, tolerance } => (at_least(target), at_least(target.minus(tolerance))),
            Self::Lower { target, tolerance } => (at_most(target), at_most(target.plus(tolerance))),
            Self::Band { low, high, tolerance } => (
                at_least(low) && at_most(high),
                at_least(low.minus(tolerance)) && at_most(high.plus(tolerance)),
            ),
        };
        match (green, amber) {
            (true, _) => MeasureRag::Green,
            (false, true) => MeasureRag::Amber,
            (false, false) => MeasureRag::Red,
        }
    }
}

/// The colour of a figure. A qualitative measure is never rated, supplied or not.
pub(crate) fn measure_rag(unit: Unit, figure: &Figure, target: Option<&Target>) -> MeasureRag {
    match (figure.status, target.filter(|_| unit != Unit::Qualitative), figure.exact) {
        (_, None, _) => MeasureRag::NotRated,
        (Status::Ok, Some(target), Some(value)) => target.rate(value),
        _ => MeasureRag::NotApplicable,
    }
}

/// How a figure moved since the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Direction {
    /// It got better.
    Improved,
    /// It stayed as it was, exactly.
    Same,
    /// It got worse.
    Worsened,
    /// It rose, and neither way is better.
    Up,
    /// It fell, and neither way is better.
    Down,
}

impl Direction {
    /// The direction in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Same => "same",
            Self::Worsened => "worsened",
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// The direction of travel from one figure to the next; `None` if either has no value.
pub(crate) fn direction(better: Better, before: &Figure, now: &Figure) -> Option<Direction> {
    let movement = now.exact?.compare(before.exact?);
    Some(match (movement, better) {
        (Ordering::Equal, _) => Direction::Same,
        (Ordering::Greater, Better::Neutral) => Direction::Up,
        (Ordering::Less, Better::Neutral) => Direction::Down,
        (Ordering::Greater, Better::Higher) | (Ordering::Less, Better::Lower) => Direction::Improved,
        (Ordering::Greater, Better::Lower) | (Ordering::Less, Better::Higher) => Direction::Worsened,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(target: &str, numerator: i128, denominator: i128) -> MeasureRag {
        serde_json::from_str::<Target>(target).unwrap().rate(Exact { numerator, denominator })
    }

    #[test]
    fn the_bounds_belong_to_the_better_colour() {
        let higher = r#"{"better":"higher","target":90,"tolerance":5}"#;
        assert_eq!(rate(higher, 90, 1), MeasureRag::Green);
        assert_eq!(rate(higher, 8996, 100), MeasureRag::Amber);
        assert_eq!(rate(higher, 85, 1), MeasureRag::Amber);
        assert_eq!(rate(higher, 84_999_999, 1_000_000), MeasureRag::Red);
        let lower = r#"{"better":"lower","target":0.1,"tolerance":0.05}"#;
        assert_eq!(rate(lower, 1, 10), MeasureRag::Green);
        assert_eq!(rate(lower, 15, 100), MeasureRag::Amber);
        assert_eq!(rate(lower, 151, 1000), MeasureRag::Red);
        let band = r#"{"better":"band","low":12,"high":16,"tolerance":2}"#;
        for (value, rag) in
            [(9, "red"), (10, "amber"), (12, "green"), (16, "green"), (18, "amber"), (19, "red")]
        {
            assert_eq!(rate(band, value, 1).as_str(), rag, "{value}");
        }
    }
}
