//! Targets in words, and whether they are met.

use csc_measures::measures::Unit;
use csc_measures::{Decimal, MeasureRag, Target};
use maud::{Markup, html};

/// What is to be reached: `at least 90 %`.
pub(crate) fn in_words(target: &Target, unit: Unit) -> String {
    match target {
        Target::Higher { target, .. } => format!("at least {}", bound(*target, unit)),
        Target::Lower { target, .. } => format!("at most {}", bound(*target, unit)),
        Target::Band { low, high, .. } => format!("{low} to {}", bound(*high, unit)),
        other => format!("{other:?}"),
    }
}

/// How far from it is still amber: `5 points`; `None` if nothing is.
pub(crate) fn tolerance(target: &Target, unit: Unit) -> Option<String> {
    let (Target::Higher { tolerance, .. } | Target::Lower { tolerance, .. } | Target::Band { tolerance, .. }) =
        target
    else {
        return None;
    };
    (*tolerance != Decimal::default()).then(|| match unit {
        Unit::Percent => format!("{tolerance} points"),
        Unit::Days => format!("{tolerance} days"),
        _ => tolerance.to_string(),
    })
}

fn bound(bound: Decimal, unit: Unit) -> String {
    match unit {
        Unit::Percent => format!("{bound}\u{a0}%"),
        Unit::Days => format!("{bound}\u{a0}days"),
        _ => bound.to_string(),
    }
}

/// The bounds of a target, for a line in a chart, in thousandths: none if they are too long to draw.
pub(crate) fn lines(target: &Target) -> Vec<i64> {
    let bounds = match target {
        Target::Higher { target, .. } | Target::Lower { target, .. } => vec![*target],
        Target::Band { low, high, .. } => vec![*low, *high],
        _ => Vec::new(),
    };
    bounds.into_iter().filter_map(thousandths).collect()
}

/// A decimal in thousandths, for a place in a picture.
fn thousandths(decimal: Decimal) -> Option<i64> {
    let text = decimal.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    format!("{whole}{digits}").parse().ok()
}

/// A colour's shape, word and meaning: no colour stands alone.
pub(crate) fn badge(rag: MeasureRag) -> Option<Markup> {
    let (shape, colour, word) = match rag {
        MeasureRag::Green => ("●", "green", "met"),
        MeasureRag::Amber => ("▲", "amber", "just missed"),
        MeasureRag::Red => ("◆", "red", "missed"),
        _ => return None,
    };
    Some(html! {
        span.badge.(colour) { span aria-hidden="true" { (shape) " " } (crate::words::capital(colour)) ": " (word) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_drawn_where_it_is() {
        for (text, place) in [("90", 90_000), ("0.25", 250), ("909999.9999999999", 909_999_999)] {
            let target: Target = serde_json::from_str(&format!(r#"{{"better":"higher","target":"{text}"}}"#))
                .unwrap_or(Target::Higher { target: Decimal::default(), tolerance: Decimal::default() });
            assert_eq!(lines(&target), [place], "{text}");
        }
    }
}
