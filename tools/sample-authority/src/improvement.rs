//! What the scorecard sees of the inspection: the same measures before it, at it and after it.

use csc_measures::plan::{Better, Unit};
use csc_measures::{MeasureId, Month};

use crate::course::INSPECTION;
use crate::diary::{EXTRACT, day};
use crate::figures::{Figures, Ratio, Year, to};

/// The measures that the drift and the mending show in.
const MEASURES: [MeasureId; 19] = [
    MeasureId::O1_M1,
    MeasureId::O1_M4,
    MeasureId::O2_M1,
    MeasureId::O2_M3,
    MeasureId::O3_M1,
    MeasureId::O3_M2,
    MeasureId::O3_M3,
    MeasureId::O3_M4,
    MeasureId::O3_M5,
    MeasureId::O3_M6,
    MeasureId::O3_M7,
    MeasureId::O3_M10,
    MeasureId::O5_M1,
    MeasureId::O5_M2,
    MeasureId::O5_M3,
    MeasureId::O6_M5,
    MeasureId::O6_M10,
    MeasureId::O6_M11,
    MeasureId::O6_M12,
];

/// The year that is held against the year before it, month by month.
const YEAR_OF_MENDING: Year = Year(2017);

/// The measures as a table.
pub(crate) fn table(figures: &Figures) -> String {
    let ends = [
        Month::of(day(2015, 11, 30)),
        Month::of(INSPECTION),
        Month::of(day(2018, 3, 31)),
        Month::of(EXTRACT),
    ];
    let heads = ends.map(|end| format!("12 months to {end}")).join(" | ");
    let mut lines = vec![
        format!("| Measure | {heads} | Better months of {} |", YEAR_OF_MENDING.name()),
        format!("|---|{}---:|", "---:|".repeat(ends.len())),
    ];
    for measure in MEASURES {
        let scale = if measure.unit() == Unit::Percent { 100 } else { 1 };
        let each = ends.map(|end| figures.pooled(measure, to(end)).times(scale)).join(" | ");
        let title = &measure.measure().title;
        lines.push(format!("| {measure} {title} | {each} | {} of 12 |", better_months(figures, measure)));
    }
    lines.join("\n")
}

/// How many months of the year of mending were better than the same month of the year before.
fn better_months(figures: &Figures, measure: MeasureId) -> usize {
    let of = |month: Month| figures.pooled(measure, std::iter::once(month));
    to(Month::of(YEAR_OF_MENDING.last()))
        .filter(|month| is_better(measure, of(*month), of(month.plus(-12))))
        .count()
}

fn is_better(measure: MeasureId, now: Ratio, before: Ratio) -> bool {
    match measure.better() {
        Better::Higher => before.is_below(now),
        Better::Lower => now.is_below(before),
        Better::Neutral => false,
    }
}
