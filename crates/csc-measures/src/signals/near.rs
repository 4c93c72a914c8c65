//! Figures compared: what is within a billionth of each other is equal, so that the order of a sum decides nothing.

pub(super) use crate::value::float::real;

/// How far apart two figures are that count as equal.
const NEAR: f64 = 1e-9;

/// Whether one figure is above another, and not as good as equal.
pub(super) fn is_above(a: f64, b: f64) -> bool {
    a > b + NEAR
}

/// Whether one figure is below another, and not as good as equal.
pub(super) fn is_below(a: f64, b: f64) -> bool {
    is_above(b, a)
}

/// Whether two figures are as good as equal.
pub(super) fn is_same(a: f64, b: f64) -> bool {
    !is_above(a, b) && !is_above(b, a)
}

/// A side of the centre, or of another figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    High,
    Low,
}

impl Side {
    pub(super) const ALL: [Self; 2] = [Self::High, Self::Low];

    /// Whether a figure is on this side of another, and not as good as equal.
    pub(super) fn is_of(self, figure: f64, other: f64) -> bool {
        match self {
            Self::High => is_above(figure, other),
            Self::Low => is_below(figure, other),
        }
    }

    /// A figure so far on this side of another.
    pub(super) fn beyond(self, figure: f64, by: f64) -> f64 {
        match self {
            Self::High => figure + by,
            Self::Low => figure - by,
        }
    }
}

/// How many things there are, as a float.
pub(super) fn count(things: usize) -> f64 {
    // No list has more things than fit.
    real(i128::try_from(things).unwrap_or(i128::MAX))
}

/// The mean of some figures; of none 0.
pub(super) fn mean(figures: &[f64]) -> f64 {
    if figures.is_empty() { 0.0 } else { figures.iter().sum::<f64>() / count(figures.len()) }
}
