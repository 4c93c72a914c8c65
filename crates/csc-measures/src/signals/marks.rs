//! Marks: what says of a point that it is not one of the months' own ups and downs.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::chance::Chance;
use super::chart::Chart;
use super::limits::Spread;
use super::near::Side;
use super::runs::{Succession, runs, trends, two_of_three};
use super::series::Figure;

/// Why a point is a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Mark {
    /// It is above the upper limit.
    PointHigh,
    /// It is below the lower limit.
    PointLow,
    /// It is one of seven or more in succession above the centre.
    RunHigh,
    /// It is one of seven or more in succession below the centre.
    RunLow,
    /// It is one of seven or more in succession that rise.
    TrendHigh,
    /// It is one of seven or more in succession that fall.
    TrendLow,
    /// It is far above the centre, as is one of the two beside it.
    TwoOfThreeHigh,
    /// It is far below the centre, as is one of the two beside it.
    TwoOfThreeLow,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 8] = [
        Self::PointHigh,
        Self::PointLow,
        Self::RunHigh,
        Self::RunLow,
        Self::TrendHigh,
        Self::TrendLow,
        Self::TwoOfThreeHigh,
        Self::TwoOfThreeLow,
    ];

    /// Its name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PointHigh => "point_high",
            Self::PointLow => "point_low",
            Self::RunHigh => "run_high",
            Self::RunLow => "run_low",
            Self::TrendHigh => "trend_high",
            Self::TrendLow => "trend_low",
            Self::TwoOfThreeHigh => "two_of_three_high",
            Self::TwoOfThreeLow => "two_of_three_low",
        }
    }

    pub(super) const fn side(self) -> Side {
        match self {
            Self::PointHigh | Self::RunHigh | Self::TrendHigh | Self::TwoOfThreeHigh => Side::High,
            Self::PointLow | Self::RunLow | Self::TrendLow | Self::TwoOfThreeLow => Side::Low,
        }
    }

    const fn of(side: Side, high: Self, low: Self) -> Self {
        match side {
            Side::High => high,
            Side::Low => low,
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How many deviations a limit is from the centre.
pub(super) const LIMIT: f64 = 3.0;
/// How many deviations two of three are beyond.
const FAR: f64 = 2.0;

/// The marks of the points of a stretch.
pub(super) struct Marks {
    pub(super) of_points: Vec<BTreeSet<Mark>>,
    pub(super) trends: Vec<Succession>,
}

impl Marks {
    /// Points without marks.
    pub(super) fn none(points: usize) -> Self {
        Self { of_points: vec![BTreeSet::new(); points], trends: Vec::new() }
    }

    /// The marks of a stretch that has limits. Those of charts of cases also have to be unlikely by `chance`, but
    /// trends.
    pub(super) fn of(chart: Chart, stretch: &[Figure], spread: &Spread, chance: Option<&Chance>) -> Self {
        let values: Vec<f64> = stretch.iter().map(Figure::value).collect();
        let centre = spread.centre;
        let mut marks = Self::none(stretch.len());
        let is_beyond = |place: usize, side: Side, sigmas: f64| {
            let sigma = spread.sigmas.as_ref().and_then(|sigmas| sigmas.get(place));
            let pair = values.get(place).zip(sigma);
            pair.is_some_and(|(value, sigma)| side.is_of(*value, side.beyond(centre, sigmas * sigma)))
        };
        let is_unlikely = |place: usize, marks: fn(&Chance, &Figure, Side) -> bool, side: Side| {
            let pair = chance.zip(stretch.get(place));
            pair.is_none_or(|(chance, figure)| marks(chance, figure, side))
        };
        for side in Side::ALL {
            let is_out = |place: &usize| {
                is_beyond(*place, side, LIMIT) && is_unlikely(*place, Chance::marks_point, side)
            };
            let out: Vec<usize> = (0..stretch.len()).filter(is_out).collect();
            marks.add(out, Mark::of(side, Mark::PointHigh, Mark::PointLow));
        }
        if chart == Chart::Level {
            return marks;
        }
        for run in runs(&values, centre) {
            let figures = stretch.get(run.places.clone()).unwrap_or_default();
            if chance.is_none_or(|chance| chance.marks_run(figures, run.side)) {
                marks.add(run.places, Mark::of(run.side, Mark::RunHigh, Mark::RunLow));
            }
        }
        for side in Side::ALL {
            let is_far = |place: usize| {
                is_beyond(place, side, FAR) && is_unlikely(place, Chance::marks_two_of_three, side)
            };
            let far = two_of_three(&values, centre, side, is_far);
            marks.add(far, Mark::of(side, Mark::TwoOfThreeHigh, Mark::TwoOfThreeLow));
        }
        let trends = trends(&values);
        for trend in &trends {
            marks.add(trend.places.clone(), Mark::of(trend.side, Mark::TrendHigh, Mark::TrendLow));
        }
        marks.trends = trends;
        marks
    }

    fn add(&mut self, places: impl IntoIterator<Item = usize>, mark: Mark) {
        for place in places {
            if let Some(marks) = self.of_points.get_mut(place) {
                marks.insert(mark);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_in_the_order_of_their_names() {
        let names = Mark::ALL.map(Mark::as_str);
        assert!(names.is_sorted());
        assert!(Mark::ALL.is_sorted());
        let written = Mark::ALL.map(|mark| serde_json::to_value(mark).unwrap());
        assert_eq!(written.map(|name| name.as_str().unwrap().to_owned()), names.map(str::to_owned));
    }
}
