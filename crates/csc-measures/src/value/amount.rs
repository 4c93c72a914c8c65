//! What cases add up to: exact thousandths, so that parts of any number add up to the whole.

use std::fmt;
use std::iter::Sum;
use std::ops::AddAssign;

use serde::{Serialize, Serializer};

/// An exact sum of cases, days or full-time equivalents, in thousandths.
///
/// Counts and days are whole; full-time equivalents have hundredths, and the mean of two of them half
/// hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(i64);

impl Amount {
    pub(crate) const ZERO: Self = Self(0);
    pub(crate) const ONE: Self = Self(1000);

    /// The most that cases are trusted to add up to: nine million million of them, which no council has. Below it every
    /// figure and its float are exact.
    pub(crate) const MOST: Self = Self(9_000_000_000_000_000);

    pub(crate) fn count(count: u32) -> Self {
        Self(i64::from(count) * 1000)
    }

    pub(crate) fn hundredths(hundredths: i32) -> Self {
        Self(i64::from(hundredths) * 10)
    }

    pub(crate) fn half_hundredths(halves: i32) -> Self {
        Self(i64::from(halves) * 5)
    }

    /// An amount of so many thousandths; `None` below zero.
    #[must_use]
    pub fn from_thousandths(thousandths: i64) -> Option<Self> {
        (thousandths >= 0).then_some(Self(thousandths))
    }

    /// So many of it.
    pub(crate) fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(count.into()))
    }

    /// The amount as a whole number, if it is one.
    pub(crate) fn whole(self) -> Option<u64> {
        (self.0 % 1000 == 0).then(|| u64::try_from(self.0 / 1000).ok()).flatten()
    }

    /// The amount in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        // Absurd input (millions of workers with millions of cases each) ends at the bound, not in a panic. Parts that
        // hold so much are refused.
        self.0 = self.0.saturating_add(other.0);
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |mut sum, amount| {
            sum += amount;
            sum
        })
    }
}

impl fmt::Display for Amount {
    /// Without trailing zeros: `12`, `0.8`, `3.125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, thousandths) = (self.0 / 1000, (self.0 % 1000).abs());
        let sign = if self.0 < 0 && whole == 0 { "-" } else { "" };
        match thousandths {
            0 => write!(f, "{whole}"),
            _ => write!(f, "{sign}{whole}.{}", format!("{thousandths:03}").trim_end_matches('0')),
        }
    }
}

impl Serialize for Amount {
    /// A number with up to three decimals; an integer if it is whole.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the nearest float of a number below nine million million"
    )]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            serializer.serialize_i64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.0 as f64 / 1000.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_without_trailing_zeros() {
        for (amount, text) in [
            (Amount::count(12), "12"),
            (Amount::hundredths(80), "0.8"),
            (Amount::half_hundredths(625), "3.125"),
            (Amount(-500), "-0.5"),
        ] {
            assert_eq!(amount.to_string(), text);
            assert_eq!(serde_json::to_string(&amount).unwrap(), text);
        }
    }
}
