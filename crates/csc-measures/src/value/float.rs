//! Floats, which only charts, intervals and funnels have: for display, never for a figure.

/// The nearest float of a whole number.
#[expect(
    clippy::cast_precision_loss,
    reason = "sums of cases are far below the numbers that floats leave out"
)]
pub(crate) fn real(whole: i128) -> f64 {
    whole as f64
}
