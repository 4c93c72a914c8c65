//! From a tally to a figure: the exact value, and the one that is shown.

use std::cmp::Ordering;

use serde::{Serialize, Serializer};

use super::tally::Tally;
use crate::measures::Unit;
use crate::value::index::broken;
use crate::value::{Amount, fraction};

/// Whether a result has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// It has.
    Ok,
    /// There were no cases to divide by.
    NotApplicable,
    /// A table or column that it needs was not supplied.
    NotSupplied,
    /// It may have one, which is not published: it would tell of a few children.
    Suppressed,
    /// The measure is qualitative: it is read, not rated.
    Qualitative,
}

impl Status {
    /// The status in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::NotApplicable => "not_applicable",
            Self::NotSupplied => "not_supplied",
            Self::Suppressed => "suppressed",
            Self::Qualitative => "qualitative",
        }
    }
}

/// A value as it is shown: whole for counts and days, else to one decimal, half away from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shown {
    tenths: i64,
    is_whole: bool,
}

impl Shown {
    /// The value in tenths.
    #[must_use]
    pub const fn tenths(self) -> i64 {
        self.tenths
    }

    /// A value of so many tenths.
    pub(crate) const fn of_tenths(tenths: i64) -> Self {
        Self { tenths, is_whole: false }
    }

    /// The nearest float.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
    pub fn as_f64(self) -> f64 {
        self.tenths as f64 / 10.0
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_whole {
            write!(f, "{}", self.tenths / 10)
        } else {
            write!(f, "{}.{}", self.tenths / 10, self.tenths % 10)
        }
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_whole {
            serializer.serialize_i64(self.tenths / 10)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}

/// An exact value: a fraction of a positive denominator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exact {
    pub(crate) numerator: i128,
    pub(crate) denominator: i128,
}

impl Exact {
    pub(crate) fn compare(self, other: Self) -> Ordering {
        fraction::compare((self.numerator, self.denominator), (other.numerator, other.denominator))
    }

    /// The nearest whole number, half away from zero, as it is shown.
    pub(crate) fn to_whole(self) -> Shown {
        Shown { tenths: self.rounded(1) * 10, is_whole: true }
    }

    /// Rounded to so many in one, half away from zero. Values are never below zero.
    fn rounded(self, in_one: i128) -> i64 {
        let twice = 2 * self.denominator;
        match i64::try_from((2 * self.numerator * in_one + self.denominator) / twice) {
            Ok(rounded) => rounded,
            Err(_) => broken(format_args!("a figure of {self:?} is larger than cases can make it")),
        }
    }
}

/// Numerator, denominator and value of one measure in one month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub(crate) status: Status,
    pub(crate) numerator: Option<Amount>,
    pub(crate) denominator: Option<Amount>,
    pub(crate) exact: Option<Exact>,
    pub(crate) shown: Option<Shown>,
}

impl Figure {
    /// The figure of a measure that lacks an input.
    pub(crate) const NOT_SUPPLIED: Self =
        Self { status: Status::NotSupplied, numerator: None, denominator: None, exact: None, shown: None };

    pub(crate) fn new(unit: Unit, tally: &Tally) -> Self {
        Self::of(unit, tally.numerator, tally.denominator)
    }

    /// The figure of two sums; a count has no denominator.
    pub(crate) fn of(unit: Unit, over: Amount, under: Amount) -> Self {
        let numerator = Some(over);
        if unit == Unit::Qualitative {
            return Self {
                status: Status::Qualitative,
                numerator,
                denominator: None,
                exact: None,
                shown: None,
            };
        }
        let denominator = (unit != Unit::Count).then_some(under);
        let (over, under) = (i128::from(over.thousandths()), i128::from(under.thousandths()));
        if unit != Unit::Count && under == 0 {
            let status = Status::NotApplicable;
            return Self { status, numerator, denominator, exact: None, shown: None };
        }
        let exact = match unit {
            Unit::Count | Unit::Qualitative => Exact { numerator: over, denominator: 1000 },
            Unit::Percent => Exact { numerator: over * 100, denominator: under },
            Unit::Average | Unit::Days => Exact { numerator: over, denominator: under },
        };
        let shown = match unit {
            Unit::Count | Unit::Days | Unit::Qualitative => exact.to_whole(),
            Unit::Percent | Unit::Average => Shown { tenths: exact.rounded(10), is_whole: false },
        };
        Self { status: Status::Ok, numerator, denominator, exact: Some(exact), shown: Some(shown) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_that_cases_add_up_to_can_be_shown() {
        let least = Amount::from_thousandths(1).unwrap();
        for (unit, tenths) in [
            (Unit::Count, 90_000_000_000_000),
            (Unit::Days, 90_000_000_000_000_000),
            (Unit::Average, 90_000_000_000_000_000),
            (Unit::Percent, 9_000_000_000_000_000_000),
        ] {
            assert_eq!(Figure::of(unit, Amount::MOST, least).shown.unwrap().tenths, tenths, "{unit:?}");
        }
    }
}
