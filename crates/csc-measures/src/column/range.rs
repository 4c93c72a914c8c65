//! The ranges of numbers.

use crate::value::Decimal;

/// An end of the range of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "an end belongs to the range or does not")]
pub enum Bound {
    /// The number itself belongs to the range.
    Included(i32),
    /// The range begins above the number, or ends below it.
    Excluded(i32),
}

/// The range of a column's numbers, and what becomes of a number outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) least: Bound,
    pub(crate) most: Bound,
    /// Whether the number counts as it is rounded to hundredths.
    pub(crate) is_rounded: bool,
    /// Whether a number outside puts the row out.
    pub(crate) is_fatal: bool,
}

impl Range {
    /// Whether a number in hundredths is within; a fraction of a hundredth is not in the number.
    fn has_hundredths(self, hundredths: i64) -> bool {
        let above = match self.least {
            Bound::Included(bound) => hundredths >= i64::from(bound) * 100,
            Bound::Excluded(bound) => hundredths > i64::from(bound) * 100,
        };
        let below = match self.most {
            Bound::Included(bound) => hundredths <= i64::from(bound) * 100,
            Bound::Excluded(bound) => hundredths < i64::from(bound) * 100,
        };
        above && below
    }

    pub(crate) fn has_decimal(self, number: Decimal) -> bool {
        if self.is_rounded {
            return self.has_hundredths(number.hundredths());
        }
        let above = match self.least {
            Bound::Included(bound) => number >= Decimal::from_integer(bound),
            Bound::Excluded(bound) => number > Decimal::from_integer(bound),
        };
        let below = match self.most {
            Bound::Included(bound) => number <= Decimal::from_integer(bound),
            Bound::Excluded(bound) => number < Decimal::from_integer(bound),
        };
        above && below
    }

    pub(crate) fn has_integer(self, number: i64) -> bool {
        self.has_hundredths(number.saturating_mul(100))
    }

    /// The range in words, as it follows `a number`.
    pub(crate) fn in_words(self) -> String {
        let from = match self.least {
            Bound::Included(bound) => format!("of at least {bound}"),
            Bound::Excluded(bound) => format!("above {bound}"),
        };
        let to = match self.most {
            Bound::Included(bound) => format!("at most {bound}"),
            Bound::Excluded(bound) => format!("below {bound}"),
        };
        format!("{from} and {to}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_its_ends_or_not() {
        let range = |least, most, is_rounded| Range { least, most, is_rounded, is_fatal: false };
        let fte = range(Bound::Excluded(0), Bound::Included(2), true);
        for (text, is_in) in [
            ("0", false),
            ("0.004", false),
            ("0.005", true),
            ("1", true),
            ("2", true),
            ("2.004", true),
            ("2.005", false),
            ("-0.5", false),
            ("37", false),
        ] {
            assert_eq!(fte.has_decimal(text.parse().unwrap()), is_in, "{text}");
        }
        let miles = range(Bound::Included(0), Bound::Excluded(1000), false);
        for (text, is_in) in [
            ("0", true),
            ("999.9", true),
            ("999.9999", true),
            ("1000", false),
            ("-0.0001", false),
            ("-0", true),
        ] {
            assert_eq!(miles.has_decimal(text.parse().unwrap()), is_in, "{text}");
        }
        let days = range(Bound::Included(1), Bound::Included(366), false);
        for (number, is_in) in
            [(0, false), (1, true), (366, true), (367, false), (-1, false), (i64::MAX, false)]
        {
            assert_eq!(days.has_integer(number), is_in, "{number}");
        }
        assert_eq!(fte.in_words(), "above 0 and at most 2");
        assert_eq!(miles.in_words(), "of at least 0 and below 1000");
        assert_eq!(days.in_words(), "of at least 1 and at most 366");
    }
}
