//! From sums to results: figures, colours, directions and warnings, month by month.

use super::figure::{Figure, Status};
use super::inputs::{Inputs, has_short_history};
use super::options::Options;
use super::result::{MeasureResult, Outcomes};
use super::run::{MONTHS_BEFORE, Run};
use super::tally::{Tallies, Tally};
use super::target::{direction, measure_rag};
use crate::dataset::{Earliest, Supplied};
use crate::definitions::{MeasureId, PeriodKind};
use crate::measures::Outcome;
use crate::policy::{AdoptionWindow, Policy, StageTwoBasis};
use crate::time::Day;
use crate::time::{Month, MonthDays, Period};
use crate::value::index::broken;

/// Everything that results are made of: the sums, and what is known of the data behind them.
pub(crate) struct Sums<'a> {
    pub(crate) tallies: &'a Tallies,
    pub(crate) supplied: &'a Supplied,
    pub(crate) earliest: &'a Earliest,
}

/// The results in order: by month, then by measure.
pub(crate) fn results(run: &Run, sums: &Sums<'_>) -> Vec<MeasureResult> {
    let asked: Vec<(MeasureId, Inputs)> = MeasureId::all()
        .filter(|id| run.options.asks(*id))
        .map(|id| (id, Inputs::find(id, sums.supplied, &run.options.policy)))
        .collect();
    let mut results = Vec::new();
    for days in run.months().into_iter().skip(MONTHS_BEFORE.into()) {
        let month = Month::of(days.first.date());
        for (id, inputs) in &asked {
            let step = if id.period_kind() == PeriodKind::Quarter { 3 } else { 1 };
            if step == 3 && !month.ends_quarter() {
                continue;
            }
            let Some(tally) = sums.tallies.get(*id, days.index) else {
                broken(format_args!("{id} has no tally for {month}"))
            };
            let before = days.index.checked_sub(step).and_then(|index| sums.tallies.get(*id, index));
            results.push(result(*id, days, tally, before, inputs, sums.earliest, &run.options));
        }
    }
    results
}

fn result(
    measure: MeasureId,
    days: MonthDays,
    tally: &Tally,
    before: Option<&Tally>,
    inputs: &Inputs,
    earliest: &Earliest,
    options: &Options,
) -> MeasureResult {
    let worked_out = inputs.month(days);
    let is_supplied = worked_out.is_some();
    let days = worked_out.unwrap_or(days);
    // Of a table as at a day there is no period before.
    let before = before.filter(|_| inputs.as_at().is_none());
    let figure_of =
        |tally: &Tally| if is_supplied { Figure::new(measure, tally) } else { Figure::NOT_SUPPLIED };
    let figure = figure_of(tally);
    let mut warnings = inputs.warnings.clone();
    let is_quotient = figure.status == Status::Ok && figure.denominator.is_some();
    if is_quotient && tally.in_denominator < 10 {
        warnings.push("small_numbers".to_owned());
    }
    if has_short_history(measure, earliest, days) {
        warnings.push("short_history".to_owned());
    }
    warnings.sort_unstable();
    MeasureResult {
        measure,
        month: Month::of(days.first.date()),
        period: period(measure, days, &options.policy),
        status: figure.status,
        numerator: figure.numerator,
        denominator: figure.denominator,
        value: figure.shown,
        outcomes: Outcomes { counts: tally.outcomes },
        rag: measure_rag(measure.unit(), &figure, options.targets.get(measure)),
        direction: before.and_then(|before| direction(measure.better(), &figure_of(before), &figure)),
        warnings,
        missing_tables: inputs.missing_in(days),
        all_met: (measure == MeasureId::O2_M1).then(|| {
            let all = tally.count(Outcome::NotMet) == 0 && tally.count(Outcome::Unknown) == 0;
            (figure.status == Status::Ok).then_some(all)
        }),
        cases: tally.cases(),
        cases_before: before.filter(|_| is_supplied).map(Tally::cases),
    }
}

/// The days that a result speaks of.
fn period(measure: MeasureId, month: MonthDays, policy: &Policy) -> Period {
    let rolling = |months: i32| month.last.plus_months(-months).plus(1);
    let from: Day = match measure.period_kind() {
        PeriodKind::Snapshot => month.last,
        PeriodKind::Month => month.first,
        PeriodKind::Quarter => match policy.adoption_window {
            AdoptionWindow::Quarter => month.first.plus_months(-2),
            AdoptionWindow::ThreeYears => rolling(36),
        },
        PeriodKind::RollingTwelveMonths
            if measure == MeasureId::O4_M3 && policy.stage_two_basis == StageTwoBasis::CohortMonth =>
        {
            month.first
        }
        PeriodKind::RollingTwelveMonths => rolling(12),
    };
    Period { from: from.date(), to: month.last.date() }
}
