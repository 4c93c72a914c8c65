//! A figure of a chart as it is shown.

use std::fmt;

use serde::{Serialize, Serializer};

use super::near::real;

/// A figure of a chart: to three decimals, half away from zero, without trailing zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rounded(i64);

impl Rounded {
    /// What lies so little below a half is a half: a float is seldom exactly the number that is meant.
    const NEAR: f64 = 1e-6;

    #[expect(clippy::cast_possible_truncation, reason = "a figure too large to keep ends at the bound")]
    pub(super) fn of(figure: f64) -> Self {
        let thousandths = (figure.abs() * 1000.0 + 0.5 + Self::NEAR).floor();
        Self((if figure < 0.0 { -thousandths } else { thousandths }) as i64)
    }

    /// The figure in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// The nearest float.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        real(self.0.into()) / 1000.0
    }
}

impl fmt::Display for Rounded {
    /// Without trailing zeros: `12`, `66.667`, `-0.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, thousandths) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        let text = match thousandths {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{}", format!("{thousandths:03}").trim_end_matches('0')),
        };
        f.pad(&text)
    }
}

impl Serialize for Rounded {
    /// A number; an integer if it is whole.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            serializer.serialize_i64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_half_away_from_zero_and_end_without_zeros() {
        for (figure, text) in [
            (66.666_666, "66.667"),
            (0.0005, "0.001"),
            (-0.0005, "-0.001"),
            (1.0045, "1.005"),
            (12.0, "12"),
            (12.5, "12.5"),
            (0.000_4, "0"),
            (-0.000_4, "0"),
            (-0.25, "-0.25"),
        ] {
            assert_eq!(Rounded::of(figure).to_string(), text);
            assert_eq!(serde_json::to_string(&Rounded::of(figure)).unwrap(), text);
        }
    }
}
