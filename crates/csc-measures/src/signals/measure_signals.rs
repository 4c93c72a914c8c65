//! The chart of a measure: its stretches, its points, and what they say.

use std::ops::Range;

use serde::Serialize;

use super::assurance::Assurance;
use super::chance::Chance;
use super::chart::Chart;
use super::limits::{Spread, spread};
use super::marks::{LIMIT, Mark, Marks};
use super::near::Side;
use super::rounded::Rounded;
use super::series::{Figure, Series};
use super::stretch::{correlation_of_neighbours, stretches};
use super::variation::Variation;
use crate::measures::Unit;
use crate::plan::RowId;
use crate::time::Month;

/// The fewest points of a measure that has signals.
const FEWEST_POINTS: usize = 12;
/// The fewest points of a stretch that has limits.
const FEWEST_OF_A_STRETCH: usize = 8;
/// The fewest points of a baseline of figures that hang together from month to month.
const FEWEST_TOGETHER: usize = 24;

/// The signals of a measure over a run of months, or quarters.
///
/// There are some for a measure with a value in twelve of them at least. A measure whose cases stay from month to
/// month, or whose windows overlap, has none unless the chart [`level`](Chart::Level) is asked for, with a baseline of
/// 24 points at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Signals {
    /// The id of the plan's row, or of a companion.
    pub measure: RowId,
    /// The chart.
    pub chart: Chart,
    /// The stretches, in order.
    pub stretches: Vec<Stretch>,
    /// The months that have a value, in order.
    pub points: Vec<SignalPoint>,
    /// What the limits of the last point say of the target; `None` without either, and for a band.
    pub assurance: Option<Assurance>,
}

/// A run of points with one centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stretch {
    /// The month of the first point.
    pub from: Month,
    /// The month of the last point.
    pub to: Month,
    /// How many points centre and limits are taken from, the first.
    pub baseline_points: usize,
    /// The centre.
    pub centre: Rounded,
    /// The correlation of neighbours. Above 0.3 months hang together, and signals are more than they seem to be:
    /// `None` of fewer than three points, and of figures that do not differ.
    pub lag1: Option<Rounded>,
}

impl Stretch {
    /// Whether its months hang together so much that marks come too easily.
    #[must_use]
    pub fn hangs_together(&self) -> bool {
        self.lag1.is_some_and(|lag1| lag1.thousandths() > 300)
    }
}

/// A month of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SignalPoint {
    /// The month.
    pub month: Month,
    /// The figure: of a percentage of a hundred.
    pub value: Rounded,
    /// The centre of its stretch.
    pub centre: Rounded,
    /// The lower limit, not below 0; `None` in a short stretch, and if figures do not differ.
    pub low: Option<Rounded>,
    /// The upper limit, of a percentage not above 100.
    pub high: Option<Rounded>,
    /// Why it is a signal, sorted; empty if it is none.
    pub marks: Vec<Mark>,
    /// What it says.
    pub variation: Variation,
}

/// What a caller asks of the chart of a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) chart: Option<Chart>,
    /// How many points the baseline has; `None` is all of each stretch.
    pub(crate) baseline: Option<u16>,
    /// The months in which new stretches start.
    pub(crate) rebase: &'a [Month],
}

/// The signals of a measure, if it has some.
pub(crate) fn signals(series: &Series<'_>, asked: Asked<'_>) -> Option<Signals> {
    let figures = &series.figures;
    let chart = Chart::of(asked.chart, series.unit, figures)?;
    if figures.len() < FEWEST_POINTS || (series.hangs_together && chart != Chart::Level) {
        return None;
    }
    let baseline_of =
        |places: &Range<usize>| asked.baseline.map_or(places.len(), |points| places.len().min(points.into()));
    let has_limits = |places: &Range<usize>| {
        places.len() >= FEWEST_OF_A_STRETCH
            && (!series.hangs_together || baseline_of(places) >= FEWEST_TOGETHER)
    };
    let all_places = stretches(figures, asked.rebase);
    if series.hangs_together && !all_places.iter().any(has_limits) {
        return None;
    }
    let mut signals = Signals {
        measure: series.measure.clone(),
        chart,
        stretches: Vec::new(),
        points: Vec::new(),
        assurance: None,
    };
    for places in all_places {
        let Some(stretch) = figures.get(places.clone()) else { continue };
        let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
        let baseline_points = baseline_of(&places);
        let mut spread = spread(chart, stretch, baseline_points);
        let marks = if has_limits(&places) {
            let baseline = stretch.get(..baseline_points).unwrap_or(stretch);
            let chance = chart.asks_chance().then(|| Chance::of(baseline, spread.centre)).flatten();
            Marks::of(chart, stretch, &spread, chance.as_ref())
        } else {
            spread.sigmas = None;
            Marks::none(stretch.len())
        };
        let values: Vec<f64> = stretch.iter().map(Figure::value).collect();
        signals.stretches.push(Stretch {
            from: first.month,
            to: last.month,
            baseline_points,
            centre: Rounded::of(spread.centre),
            lag1: correlation_of_neighbours(&values).map(Rounded::of),
        });
        let limits: Vec<Option<[f64; 2]>> =
            (0..stretch.len()).map(|place| limits(series, &spread, place)).collect();
        signals.assurance = limits
            .last()
            .copied()
            .flatten()
            .zip(series.target)
            .and_then(|([low, high], target)| Assurance::of(target, low, high));
        for (place, (figure, limits)) in stretch.iter().zip(limits).enumerate() {
            let own_side = Side::ALL.into_iter().find(|side| side.is_of(figure.value(), spread.centre));
            let starting = marks.trends.iter().find(|trend| trend.places.start == place);
            let of_point = marks.of_points.get(place).cloned().unwrap_or_default();
            signals.points.push(SignalPoint {
                month: figure.month,
                value: Rounded::of(figure.value()),
                centre: Rounded::of(spread.centre),
                low: limits.map(|[low, _]| Rounded::of(low)),
                high: limits.map(|[_, high]| Rounded::of(high)),
                variation: Variation::of(series.better, &of_point, own_side, starting),
                marks: of_point.into_iter().collect(),
            });
        }
    }
    Some(signals)
}

/// The limits of a point, where figures can lie.
fn limits(series: &Series<'_>, spread: &Spread, place: usize) -> Option<[f64; 2]> {
    let sigma = *spread.sigmas.as_ref()?.get(place)?;
    let (low, high) = (spread.centre - LIMIT * sigma, spread.centre + LIMIT * sigma);
    let ends_at_100 = series.unit == Unit::Percent && !series.may_pass_100;
    Some([if low < 0.0 { 0.0 } else { low }, if ends_at_100 && high > 100.0 { 100.0 } else { high }])
}
