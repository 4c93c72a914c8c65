//! Where the points and lines of a chart are: in tenths of a unit of the picture, by whole numbers alone.

use csc_measures::Month;
use csc_measures::measures::Unit;
use csc_measures::signals::Variation;

use crate::figures::{Line, Measured};
use crate::target;
use crate::words::month_in_short;

/// The width of the picture, in tenths.
pub(crate) const WIDTH: i64 = 5600;
/// Its height.
pub(crate) const HEIGHT: i64 = 2200;
const LEFT: i64 = 600;
const RIGHT: i64 = WIDTH - 160;
const TOP: i64 = 130;
const BOTTOM: i64 = HEIGHT - 300;
/// How far a mark reaches, at least and at most.
const LEAST_REACH: i64 = 24;
const MOST_REACH: i64 = 50;
/// The most labels at the foot.
const MOST_LABELS: i32 = 6;
/// The percentage points that a chart shows at least, in thousandths.
const LEAST_POINTS: i64 = 10_000;
/// The most lines across.
const MOST_TICKS: i64 = 5;

/// A chart with a place for everything.
pub(crate) struct Chart {
    /// The points, with what is said of each.
    pub(crate) points: Vec<Point>,
    /// The lines from month to month: a month without a figure ends one.
    pub(crate) runs: Vec<Vec<Place>>,
    /// The stretches of the control chart.
    pub(crate) stretches: Vec<Drawn>,
    /// The heights of the target's bounds.
    pub(crate) targets: Vec<i64>,
    /// Heights with their labels.
    pub(crate) ticks: Vec<(i64, String)>,
    /// Places at the foot with their labels.
    pub(crate) labels: Vec<(i64, String)>,
    /// How far a mark reaches to each side: less if there are many months.
    pub(crate) reach: i64,
}

/// From the left and from the top.
pub(crate) type Place = (i64, i64);

pub(crate) struct Point {
    pub(crate) place: Place,
    pub(crate) variation: Variation,
    /// What stands beside it: `March 2017: 81.3 %`.
    pub(crate) says: String,
}

/// Centre and limits of a stretch.
pub(crate) struct Drawn {
    pub(crate) centre: [Place; 2],
    /// The lower and the upper limit, in steps.
    pub(crate) limits: Option<[Vec<Place>; 2]>,
}

/// The left and right end of what is drawn.
pub(crate) const ENDS: [i64; 2] = [LEFT, RIGHT];
/// The foot of what is drawn.
pub(crate) const FOOT: i64 = BOTTOM;

impl Chart {
    /// The chart of a measure over the months; `None` of fewer than two figures.
    pub(crate) fn of(measure: &Measured<'_>, from: Month, to: Month) -> Option<Self> {
        let values: Vec<(Month, i64, &Line<'_>)> = measure
            .lines
            .iter()
            .filter(|line| !line.is_suppressed)
            .filter_map(|line| Some((line.result.month, line.result.value?.tenths() * 100, line)))
            .collect();
        if values.len() < 2 {
            return None;
        }
        let across = Across { from, months: to.since(from).max(1) };
        let targets = measure.target.map(target::lines).unwrap_or_default();
        let points = measure.signals.as_ref().map(|signals| signals.points.as_slice()).unwrap_or_default();
        let limits = points.iter().flat_map(|point| {
            [Some(point.centre), point.low, point.high].into_iter().flatten().map(|of| of.thousandths())
        });
        let all = values.iter().map(|(_, value, _)| *value).chain(limits).chain(targets.iter().copied());
        let upright = Upright::over(all, measure.row.unit());
        let drawn = values.iter().map(|(month, value, line)| Point {
            place: (across.at(*month), upright.at(*value)),
            variation: measure.point(*month).map_or(Variation::Common, |point| point.variation),
            says: format!("{}: {}", crate::words::month(*month), crate::words::figure(line)),
        });
        Some(Self {
            points: drawn.collect(),
            runs: runs(&values, measure.step, &across, &upright),
            stretches: stretches(measure, &across, &upright),
            targets: targets.into_iter().map(|target| upright.at(target)).collect(),
            ticks: upright.ticks(measure.row.unit()),
            labels: across.labels(),
            reach: across.half().clamp(LEAST_REACH, MOST_REACH),
        })
    }
}

/// The lines through figures of neighbouring periods.
fn runs(
    values: &[(Month, i64, &Line<'_>)],
    step: i32,
    across: &Across,
    upright: &Upright,
) -> Vec<Vec<Place>> {
    let mut runs: Vec<Vec<Place>> = Vec::new();
    let mut before: Option<Month> = None;
    for (month, value, _) in values {
        let place = (across.at(*month), upright.at(*value));
        match runs.last_mut() {
            Some(run) if before.is_some_and(|before| month.since(before) == step) => run.push(place),
            _ => runs.push(vec![place]),
        }
        before = Some(*month);
    }
    runs.retain(|run| run.len() > 1);
    runs
}

fn stretches(measure: &Measured<'_>, across: &Across, upright: &Upright) -> Vec<Drawn> {
    let Some(signals) = &measure.signals else { return Vec::new() };
    let half = across.half() * i64::from(measure.step);
    signals
        .stretches
        .iter()
        .map(|stretch| {
            let points: Vec<_> = signals
                .points
                .iter()
                .filter(|point| point.month >= stretch.from && point.month <= stretch.to)
                .collect();
            let height = upright.at(stretch.centre.thousandths());
            let ends = [across.at(stretch.from) - half, across.at(stretch.to) + half];
            let ends = ends.map(|end| end.clamp(LEFT, RIGHT));
            let steps =
                |of: fn(&csc_measures::signals::SignalPoint) -> Option<csc_measures::signals::Rounded>| {
                    let mut places = Vec::new();
                    for point in &points {
                        let height = upright.at(of(point)?.thousandths());
                        for side in [-half, half] {
                            places.push(((across.at(point.month) + side).clamp(LEFT, RIGHT), height));
                        }
                    }
                    Some(places)
                };
            Drawn {
                centre: ends.map(|end| (end, height)),
                limits: steps(|point| point.low)
                    .zip(steps(|point| point.high))
                    .map(|(low, high)| [low, high]),
            }
        })
        .collect()
}

/// The months from left to right.
struct Across {
    from: Month,
    /// How many there are after the first.
    months: i32,
}

impl Across {
    fn at(&self, month: Month) -> i64 {
        let margin = self.half();
        let room = RIGHT - LEFT - 2 * margin;
        LEFT + margin + room * i64::from(month.since(self.from)) / i64::from(self.months)
    }

    /// Half of the room of a month.
    fn half(&self) -> i64 {
        (RIGHT - LEFT) / (2 * i64::from(self.months) + 2)
    }

    /// Labels some months apart.
    fn labels(&self) -> Vec<(i64, String)> {
        let steps = [1, 2, 3, 6, 12, 24, 36, 60, 120, 240];
        let step = steps.into_iter().find(|step| self.months / step < MOST_LABELS).unwrap_or(1200);
        (0..=self.months)
            .step_by(usize::try_from(step).unwrap_or(1))
            .map(|place| {
                let month = self.from.plus(place);
                (self.at(month), month_in_short(month))
            })
            .collect()
    }
}

/// The values from the foot to the top, in thousandths.
struct Upright {
    low: i64,
    high: i64,
    step: i64,
}

impl Upright {
    /// Room for all values, between round numbers.
    fn over(values: impl Iterator<Item = i64> + Clone, unit: Unit) -> Self {
        let most = values.clone().max().unwrap_or(0);
        let mut least = values.min().unwrap_or(0).min(most);
        // A percentage that hardly moves is not drawn as if it did, and has no room above a hundred.
        if unit == Unit::Percent {
            least = least.min((most - LEAST_POINTS).max(0));
        }
        // Whole numbers have no lines between them.
        let finest = match unit {
            Unit::Average => 100,
            _ => 1000,
        };
        let mut step = finest;
        let (mut low, mut high) = (0, 0);
        for round in round_numbers(finest) {
            step = round;
            low = least.div_euclid(step) * step;
            high = most.div_euclid(step) * step;
            if high < most || high == low {
                high += step;
            }
            // A count is seen from nothing on if that is near.
            if low > 0 && low <= (high - low) / 2 {
                low = 0;
            }
            if (high - low) / step <= MOST_TICKS {
                break;
            }
        }
        Self { low, high, step }
    }

    fn at(&self, value: i64) -> i64 {
        let room = i128::from(BOTTOM - TOP);
        let above = i128::from(value - self.low) * room / i128::from((self.high - self.low).max(1));
        BOTTOM - i64::try_from(above).unwrap_or(0)
    }

    fn ticks(&self, unit: Unit) -> Vec<(i64, String)> {
        let mut ticks = Vec::new();
        let mut value = self.low;
        while value <= self.high {
            ticks.push((self.at(value), label(value, unit)));
            value += self.step;
        }
        ticks
    }
}

/// 1, 2 and 5, and ten times as much, and so on.
fn round_numbers(finest: i64) -> impl Iterator<Item = i64> {
    (0..16).flat_map(move |power| {
        [1, 2, 5].map(|times| finest.saturating_mul(times).saturating_mul(10_i64.pow(power)))
    })
}

fn label(thousandths: i64, unit: Unit) -> String {
    let whole = crate::words::thousands(u64::try_from(thousandths / 1000).unwrap_or_default());
    let text = match thousandths % 1000 / 100 {
        0 => whole,
        tenth => format!("{whole}.{tenth}"),
    };
    if unit == Unit::Percent { text + "%" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_across_are_round_and_few() {
        let of = |values: &[i64], unit| {
            let upright = Upright::over(values.iter().copied(), unit);
            upright.ticks(unit).into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(&[0, 3_000], Unit::Count), "0 1 2 3");
        assert_eq!(of(&[0, 0], Unit::Count), "0 1");
        assert_eq!(of(&[64_500, 81_300, 100_000], Unit::Percent), "60% 70% 80% 90% 100%");
        assert_eq!(of(&[100_000, 100_000], Unit::Percent), "90% 92% 94% 96% 98% 100%");
        assert_eq!(of(&[0, 0], Unit::Percent), "0% 1%");
        assert_eq!(of(&[17_500, 16_600], Unit::Average), "16.6 16.8 17 17.2 17.4 17.6");
        assert_eq!(of(&[700_000, 500_000], Unit::Days), "500 550 600 650 700");
        assert_eq!(of(&[1_234_567_000, 0], Unit::Count), "0 500,000 1,000,000 1,500,000");
    }

    #[test]
    fn a_value_is_between_the_foot_and_the_top() {
        let upright = Upright::over([0, 50_000, 100_000].into_iter(), Unit::Percent);
        assert_eq!([0, 50_000, 100_000].map(|value| upright.at(value)), [BOTTOM, (BOTTOM + TOP) / 2, TOP]);
        let across = Across { from: "2016-04".parse().unwrap_or_else(|_| unreachable!()), months: 11 };
        let labels = across.labels();
        assert!(labels.len() <= 6 && labels.iter().all(|(place, _)| (LEFT..=RIGHT).contains(place)));
    }
}
