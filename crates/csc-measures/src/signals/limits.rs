//! Centre and spread of a stretch, from its baseline.

use super::chart::Chart;
use super::near::{count, is_above, is_same, mean, real};
use super::series::Figure;
use crate::value::Amount;

/// Of how many deviations a moving range is the mean, if months differ by chance.
const RANGE_OF_TWO: f64 = 1.128;
/// A moving range of so many means and more is not the months' own.
const LARGEST_RANGE: f64 = 3.267;

/// The centre of a stretch, and for each of its points how far figures lie from it by themselves.
#[derive(Clone, Debug)]
pub(super) struct Spread {
    pub(super) centre: f64,
    /// A deviation for each point; `None` if figures do not differ at all.
    pub(super) sigmas: Option<Vec<f64>>,
}

/// The spread of a stretch by one of the charts, taken from its first points.
pub(super) fn spread(chart: Chart, stretch: &[Figure], baseline_points: usize) -> Spread {
    let baseline = stretch.get(..baseline_points).unwrap_or(stretch);
    let values: Vec<f64> = baseline.iter().map(Figure::value).collect();
    let same = |centre: f64, sigma: f64| Spread { centre, sigmas: known(vec![sigma; stretch.len()]) };
    let middle = mean(&values);
    match chart {
        Chart::Xmr => same(middle, by_ranges(&values)),
        Chart::C => same(middle, middle.sqrt()),
        Chart::CPrime => {
            let (by_chance, by_ranges) = (middle.sqrt(), by_ranges(&values));
            same(middle, if by_ranges > by_chance { by_ranges } else { by_chance })
        }
        Chart::Level => same(middle, standard_deviation(&values, middle)),
        Chart::P | Chart::PPrime => {
            let share = share(baseline);
            let centre = 100.0 * share;
            let mut sigmas: Vec<f64> =
                stretch.iter().map(|figure| 100.0 * (share * (1.0 - share) / all(figure)).sqrt()).collect();
            if chart == Chart::PPrime && known(sigmas.clone()).is_some() {
                let wider = overdispersion(&values, centre, &sigmas);
                sigmas.iter_mut().for_each(|sigma| *sigma *= wider);
            }
            Spread { centre, sigmas: known(sigmas) }
        }
    }
}

/// Deviations, unless one of them is as good as none.
fn known(sigmas: Vec<f64>) -> Option<Vec<f64>> {
    sigmas.iter().all(|sigma| !is_same(*sigma, 0.0)).then_some(sigmas)
}

/// The distance of each figure from the one before.
fn ranges(figures: &[f64]) -> Vec<f64> {
    figures.iter().zip(figures.iter().skip(1)).map(|(before, now)| (now - before).abs()).collect()
}

/// The deviation by the mean moving range; ranges far beyond the mean are left out of it once.
fn by_ranges(figures: &[f64]) -> f64 {
    let mut ranges = ranges(figures);
    let largest = LARGEST_RANGE * mean(&ranges);
    ranges.retain(|range| !is_above(*range, largest));
    mean(&ranges) / RANGE_OF_TWO
}

fn standard_deviation(figures: &[f64], middle: f64) -> f64 {
    let squares: Vec<f64> = figures.iter().map(|figure| (figure - middle) * (figure - middle)).collect();
    (squares.iter().sum::<f64>() / (count(figures.len()) - 1.0)).sqrt()
}

/// How much more percentages differ from month to month than by chance alone; 1 at least.
fn overdispersion(figures: &[f64], centre: f64, sigmas: &[f64]) -> f64 {
    let by_sigma: Vec<f64> =
        figures.iter().zip(sigmas).map(|(figure, sigma)| (figure - centre) / sigma).collect();
    let wider = mean(&ranges(&by_sigma)) / RANGE_OF_TWO;
    if wider > 1.0 { wider } else { 1.0 }
}

/// The denominator of a percentage.
fn all(figure: &Figure) -> f64 {
    real(figure.denominator.unwrap_or(Amount::ONE).thousandths().into()) / 1000.0
}

/// What is counted out of all in the figures together.
fn share(figures: &[Figure]) -> f64 {
    let sum = |amount: fn(&Figure) -> Amount| -> i128 {
        figures.iter().map(|figure| i128::from(amount(figure).thousandths())).sum()
    };
    let over = sum(|figure| figure.numerator);
    real(over) / real(sum(|figure| figure.denominator.unwrap_or(Amount::ONE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_far_beyond_the_others_is_left_out_once() {
        // ranges 1, 1, 1, 1, 1, 20, 1: mean 26/7, times 3.267 is 12.1, so 20 is left out
        let figures = [10.0, 11.0, 10.0, 11.0, 10.0, 11.0, 31.0, 30.0];
        assert!((by_ranges(&figures) - 1.0 / 1.128).abs() < 1e-12);
        // ranges 1, 9, 1, 3: mean 3.5, times 3.267 is 11.4: none is left out
        assert!((by_ranges(&[1.0, 2.0, 11.0, 12.0, 9.0]) - 3.5 / 1.128).abs() < 1e-12);
        assert!(by_ranges(&[4.0, 4.0]).abs() < 1e-12);
    }
}
