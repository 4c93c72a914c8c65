//! How far chance alone may carry a percentage: Wilson's 95 % interval. Floats by the four operations and the square
//! root, which every machine rounds alike.

use crate::value::float::real;

/// The quantile of the normal distribution that leaves 2.5 % above it.
const Z: f64 = 1.959_963_984_540_054;

/// The least and the greatest percentage, to one decimal, that `counted` of `of` cases go with.
pub(super) fn wilson(counted: u64, of: u64) -> (Tenths, Tenths) {
    let (n, d) = (real(counted.into()), real(of.into()));
    let f = n / d;
    let q = Z * Z / d;
    let centre = (f + q / 2.0) / (1.0 + q);
    let half = Z / (1.0 + q) * (f * (1.0 - f) / d + q / (4.0 * d)).sqrt();
    let low = if counted == 0 { 0.0 } else { centre - half };
    let high = if counted == of { 1.0 } else { centre + half };
    (Tenths::of_hundred(low), Tenths::of_hundred(high))
}

/// A percentage to one decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tenths(pub(super) i64);

impl Tenths {
    /// A fraction of a hundred, rounded half away from zero.
    #[expect(clippy::cast_possible_truncation, reason = "a fraction is between 0 and 1")]
    fn of_hundred(fraction: f64) -> Self {
        Self((fraction * 1000.0).round() as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_tables() {
        // Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        let of = |n, d| {
            let (low, high) = wilson(n, d);
            (low.0, high.0)
        };
        assert_eq!(of(81, 263), (255, 366));
        assert_eq!(of(15, 148), (62, 160));
        assert_eq!(of(0, 20), (0, 161));
        assert_eq!(of(1, 29), (6, 172));
        assert_eq!(of(20, 20), (839, 1000));
    }
}
