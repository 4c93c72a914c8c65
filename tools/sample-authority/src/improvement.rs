//! What the scorecard sees of the inspection: the same measures before it, at it and after it.

use std::error::Error;

use csc_measures::measures::{Better, Unit};
use csc_measures::plan::PlanRow;
use csc_measures::{Month, Plan};

use crate::course::INSPECTION;
use crate::diary::{EXTRACT, day};
use crate::figures::{Figures, Ratio, Year, to};

/// The measures that the drift and the mending show in.
const MEASURES: [&str; 19] = [
    "O1.M1", "O1.M4", "O2.M1", "O2.M3", "O3.M1", "O3.M2", "O3.M3", "O3.M4", "O3.M5", "O3.M6", "O3.M7",
    "O3.M10", "O5.M1", "O5.M2", "O5.M3", "O6.M5", "O6.M10", "O6.M11", "O6.M12",
];

/// The year that is held against the year before it, month by month.
const YEAR_OF_MENDING: Year = Year(2017);

/// The measures as a table.
pub(crate) fn table(figures: &Figures) -> Result<String, Box<dyn Error>> {
    let plan = Plan::worcestershire_2017();
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
        let row = plan.row(measure)?;
        let scale = if row.unit() == Unit::Percent { 100 } else { 1 };
        let each = ends.map(|end| figures.pooled(measure, to(end)).times(scale)).join(" | ");
        let title = row.title();
        lines.push(format!("| {measure} {title} | {each} | {} of 12 |", better_months(figures, row)));
    }
    Ok(lines.join("\n"))
}

/// How many months of the year of mending were better than the same month of the year before.
fn better_months(figures: &Figures, row: &PlanRow) -> usize {
    let of = |month: Month| figures.pooled(row.id(), std::iter::once(month));
    to(Month::of(YEAR_OF_MENDING.last()))
        .filter(|month| is_better(row.better(), of(*month), of(month.plus(-12))))
        .count()
}

fn is_better(better: Better, now: Ratio, before: Ratio) -> bool {
    match better {
        Better::Higher => before.is_below(now),
        Better::Lower => now.is_below(before),
        Better::Neutral => false,
    }
}
