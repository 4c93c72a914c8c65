//! Stretches: the points of a chart between two changes of the service that somebody knows of.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Deserializer};

use super::near::{is_same, mean};
use super::series::Figure;
use crate::time::Month;
use crate::value::given::{Given, Setting, by_id};

/// The places of the points of each stretch: a new one starts at the first point in or after each of these months.
pub(super) fn stretches(figures: &[Figure], rebase: &[Month]) -> Vec<Range<usize>> {
    let start = |month: &Month| figures.iter().position(|figure| figure.month >= *month);
    let mut starts: Vec<usize> = rebase.iter().filter_map(start).chain([0, figures.len()]).collect();
    starts.sort_unstable();
    starts.dedup();
    starts.iter().zip(starts.iter().skip(1)).map(|(start, end)| *start..*end).collect()
}

/// How far each figure goes with the one before it: the coefficient of correlation of neighbours. `None` of fewer than
/// three figures, and of figures that do not differ.
pub(super) fn correlation_of_neighbours(figures: &[f64]) -> Option<f64> {
    let (later, earlier) = (figures.get(1..)?, figures.get(..figures.len().checked_sub(1)?)?);
    let differ = |figures: &[f64]| figures.iter().zip(figures.iter().skip(1)).any(|(a, b)| !is_same(*a, *b));
    if later.len() < 2 || !differ(later) || !differ(earlier) {
        return None;
    }
    let (mean_later, mean_earlier) = (mean(later), mean(earlier));
    let (mut together, mut of_later, mut of_earlier) = (0.0, 0.0, 0.0);
    for (later, earlier) in later.iter().zip(earlier) {
        let (later, earlier) = (later - mean_later, earlier - mean_earlier);
        together += later * earlier;
        of_later += later * later;
        of_earlier += earlier * earlier;
    }
    Some(together / (of_later * of_earlier).sqrt())
}

/// Reads the months in which new stretches start, by row.
pub(crate) fn rebase_by_row<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Vec<Month>>, D::Error> {
    by_id(
        &Given::deserialize(deserializer)?,
        "an object of lists of months by measure",
        "rebase",
        Vec::from_given,
    )
    .map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_alternate_and_neighbours_that_go_together() {
        let near = |figures: &[f64], expected: f64| {
            let found = correlation_of_neighbours(figures).unwrap();
            assert!((found - expected).abs() < 1e-12, "{figures:?}: {found}");
        };
        near(&[1.0, 2.0, 1.0, 2.0, 1.0], -1.0);
        near(&[1.0, 2.0, 3.0, 4.0], 1.0);
        // pairs (2, 1), (4, 2), (3, 4): deviations -1, 1, 0 and -4/3, -1/3, 5/3
        near(&[1.0, 2.0, 4.0, 3.0], 1.0 / (2.0 * 42.0 / 9.0_f64).sqrt());
        assert_eq!(correlation_of_neighbours(&[]), None);
        assert_eq!(correlation_of_neighbours(&[1.0, 2.0]), None);
        assert_eq!(correlation_of_neighbours(&[1.0, 1.0, 1.0, 5.0]), None);
    }
}
