//! Patterns of points in succession: runs on a side of the centre, trends, two of three.

use std::ops::Range;

use super::near::Side;

/// How many points in succession make a run or a trend.
const LONG: usize = 7;

/// A long succession of points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Succession {
    pub(super) places: Range<usize>,
    pub(super) side: Side,
}

/// The long runs of figures strictly on one side of the centre.
pub(super) fn runs(figures: &[f64], centre: f64) -> Vec<Succession> {
    let mut runs = Vec::new();
    for side in Side::ALL {
        let mut start = 0;
        for (place, figure) in figures.iter().enumerate() {
            if !side.is_of(*figure, centre) {
                add(&mut runs, start..place, side);
                start = place + 1;
            }
        }
        add(&mut runs, start..figures.len(), side);
    }
    runs
}

/// The long trends: each figure but the first strictly above the one before, or below.
pub(super) fn trends(figures: &[f64]) -> Vec<Succession> {
    let mut trends = Vec::new();
    for side in Side::ALL {
        let mut start = 0;
        for (place, (before, now)) in (1..).zip(figures.iter().zip(figures.iter().skip(1))) {
            if !side.is_of(*now, *before) {
                add(&mut trends, start..place, side);
                start = place;
            }
        }
        add(&mut trends, start..figures.len(), side);
    }
    trends
}

fn add(successions: &mut Vec<Succession>, places: Range<usize>, side: Side) {
    if places.len() >= LONG {
        successions.push(Succession { places, side });
    }
}

/// The places of figures that are far out in two of three in succession, all three on one side of the centre.
pub(super) fn two_of_three(
    figures: &[f64],
    centre: f64,
    side: Side,
    is_far: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut places = Vec::new();
    for (start, three) in figures.windows(3).enumerate() {
        let far: Vec<usize> = (start..start + three.len()).filter(|place| is_far(*place)).collect();
        if far.len() >= 2 && three.iter().all(|figure| side.is_of(*figure, centre)) {
            places.extend(far);
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_of_seven_and_ends_on_the_centre() {
        let seven = [6.0, 6.0, 7.0, 6.0, 8.0, 6.0, 5.1];
        assert_eq!(runs(&seven, 5.0), [Succession { places: 0..7, side: Side::High }]);
        assert_eq!(runs(&seven[1..], 5.0), []);
        let mut broken = [4.0; 12];
        broken[5] = 5.0;
        assert_eq!(runs(&broken, 5.0), []);
        broken[4] = 5.0;
        assert_eq!(runs(&broken[..11], 5.0), []);
        assert_eq!(runs(&[4.0; 9], 5.0), [Succession { places: 0..9, side: Side::Low }]);
    }

    #[test]
    fn a_trend_is_of_seven_points_and_a_turning_point_is_in_both() {
        let up_and_down: Vec<f64> =
            [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1].into_iter().map(f64::from).collect();
        let expected =
            [Succession { places: 0..7, side: Side::High }, Succession { places: 6..13, side: Side::Low }];
        assert_eq!(trends(&up_and_down), expected);
        assert_eq!(trends(&up_and_down[1..12]), []);
        // a figure as good as equal does not rise
        assert_eq!(trends(&[1.0, 2.0, 3.0, 3.0 + 1e-10, 4.0, 5.0, 6.0, 7.0]), []);
    }
}
