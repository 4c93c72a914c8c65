//! What cases add up to, and how it is shown.

use crate::case::Case;
use serde_json::{Value, json};

/// What cases add up to.
pub(crate) struct Figure {
    pub(crate) status: &'static str,
    pub(crate) numerator: i64,
    pub(crate) denominator: Option<i64>,
    /// The exact value as a fraction.
    pub(crate) value: Option<(i128, i128)>,
}

pub(crate) fn figure<'c>(unit: &str, cases: impl Iterator<Item = &'c Case> + Clone) -> Figure {
    let is_count = matches!(unit, "count" | "qualitative");
    let numerator: i64 = cases.clone().filter_map(|c| c.contribution(is_count).0).sum();
    let denominator: i64 = cases.filter_map(|c| c.contribution(is_count).1).sum();
    let (status, numerator, denominator, value) = match unit {
        "qualitative" => ("qualitative", numerator, None, None),
        "count" => ("ok", numerator, None, Some((i128::from(numerator), 1000))),
        _ if denominator == 0 => ("not_applicable", numerator, Some(0), None),
        "percent" => {
            let exact = (i128::from(numerator) * 100, i128::from(denominator));
            ("ok", numerator, Some(denominator), Some(exact))
        }
        _ => ("ok", numerator, Some(denominator), Some((i128::from(numerator), i128::from(denominator)))),
    };
    Figure { status, numerator, denominator, value }
}

pub(crate) fn thousandths(n: Option<i64>) -> Value {
    match n {
        None => Value::Null,
        Some(n) if n % 1000 == 0 => json!(n / 1000),
        #[expect(clippy::cast_precision_loss, reason = "a display form")]
        Some(n) => json!(n as f64 / 1000.0),
    }
}

/// The quotient in units of 1/`scale`, half away from zero; nothing here is negative.
fn rounded(p: i128, q: i128, scale: i128) -> i128 {
    (2 * p * scale + q) / (2 * q)
}

pub(crate) fn shown(unit: &str, value: Option<(i128, i128)>) -> Value {
    let Some((p, q)) = value else { return Value::Null };
    let tenths = match unit {
        "days" => rounded(p, q, 1) * 10,
        _ => rounded(p, q, 10),
    };
    thousandths(Some(i64::try_from(tenths).unwrap() * 100))
}
