//! The signals of a scorecard, or of what of it is shown.

use super::result::MeasureResult;
use super::run::{Run, RunRow};
use crate::measures::PeriodKind;
use crate::plan::RowId;
use crate::policy::AdoptionWindow;
use crate::signals::{Asked, Figure, Series, Signals, signals};
use crate::time::Month;
use crate::value::Amount;

/// A figure that is shown, as it is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'a> {
    pub(super) measure: &'a RowId,
    pub(super) month: Month,
    pub(super) numerator: Amount,
    pub(super) denominator: Option<Amount>,
}

impl<'a> Value<'a> {
    /// The figure of a result, if it has a value.
    pub(super) fn of(result: &'a MeasureResult) -> Option<Self> {
        result.value?;
        let MeasureResult { measure, month, numerator, denominator, .. } = result;
        Some(Self { measure, month: *month, numerator: (*numerator)?, denominator: *denominator })
    }
}

/// The signals of each row of a run, by the figures that are shown of it.
pub(super) fn signals_of<'a>(run: &Run, values: impl Iterator<Item = Value<'a>>) -> Vec<Signals> {
    let values: Vec<Value<'_>> = values.collect();
    let of_row = |row: RunRow<'_>| {
        let RunRow { row, policy, .. } = row;
        let (id, unit, definition) = (row.id(), row.unit(), row.definition());
        let figures: Vec<Figure> = values
            .iter()
            .filter(|value| value.measure == id)
            .map(|value| Figure {
                month: value.month,
                unit,
                numerator: value.numerator,
                denominator: value.denominator,
            })
            .collect();
        let last = figures.last()?.month;
        let stands_alone = match row.measure().period(policy) {
            PeriodKind::Month => true,
            PeriodKind::Quarter => policy.adoption_window != AdoptionWindow::ThreeYears,
            PeriodKind::Snapshot | PeriodKind::RollingTwelveMonths => definition.judges_anew,
        };
        let series = Series {
            measure: id,
            unit,
            better: row.better(),
            hangs_together: !stands_alone,
            may_pass_100: definition.counts_others,
            target: run.target(row, last),
            figures,
        };
        let options = &run.options;
        let asked = Asked {
            chart: options.chart.get(id.as_str()).copied(),
            baseline: options.baseline.as_ref().and_then(|baseline| baseline.of(id)),
            rebase: options.rebase.get(id.as_str()).map(Vec::as_slice).unwrap_or_default(),
        };
        signals(&series, asked)
    };
    run.asked().filter_map(of_row).collect()
}
