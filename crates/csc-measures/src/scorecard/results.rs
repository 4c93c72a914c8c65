//! From sums to results: figures, colours, directions and warnings, month by month.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::breakdown::{self, GroupResult};
use super::figure::{Figure, Status};
use super::inputs::{Inputs, has_short_history};
use super::policies::changed_policies;
use super::rating::{direction, measure_rag};
use super::result::{MeasureResult, Outcomes};
use super::run::{MONTHS_BEFORE, Run, RunRow};
use super::tallies::Tallies;
use super::tally::Tally;
use crate::dataset::{Extent, Supplied};
use crate::measures::{Measure, Outcome, PeriodKind};
use crate::policy::{AdoptionWindow, Policy};
use crate::time::Day;
use crate::time::{Month, MonthDays, Period};
use crate::value::index::{at, broken};

/// Everything that results are made of: the sums under each of the run's terms, and what is known of the data behind
/// them.
pub(crate) struct Sums<'a> {
    pub(crate) tallies: &'a [Tallies],
    pub(crate) supplied: &'a Supplied,
    pub(crate) extent: &'a Extent,
    /// Teams that a policy names, and no table.
    pub(crate) unknown_teams: &'a BTreeSet<String>,
}

/// The results in order: by month, then by row of the plan; and those of their groups.
pub(crate) fn results(run: &Run, sums: &Sums<'_>) -> (Vec<MeasureResult>, Vec<GroupResult>) {
    let asked: Vec<(RunRow<'_>, Inputs, Vec<String>)> = run
        .asked()
        .map(|row| {
            let (measure, policy) = (row.row.measure(), row.policy);
            let of_groups = breakdown::warnings(measure, &run.dimensions, sums.supplied, policy);
            (row, Inputs::find(measure, sums.supplied, policy), of_groups)
        })
        .collect();
    let mut results = Vec::new();
    let mut groups = Vec::new();
    let months = run.months();
    for days in months.iter().copied().skip(MONTHS_BEFORE.into()) {
        let month = Month::of(days.first.date());
        for (row, inputs, of_groups) in &asked {
            let step = if row.row.period() == PeriodKind::Quarter { 3 } else { 1 };
            if step == 3 && !month.ends_quarter() {
                continue;
            }
            let tallies = at(sums.tallies, row.terms);
            let measure = row.row.measure();
            let Some(tally) = tallies.get(measure, inputs.basis, days.index) else {
                broken(format_args!("{measure} has no tally for {month}"))
            };
            // A month of which the data say nothing cannot be compared with.
            let before = days.index.checked_sub(step).and_then(|index| months.get(index));
            let before = before.filter(|before| inputs.month(**before).is_some());
            let before = before.and_then(|before| tallies.get(measure, inputs.basis, before.index));
            let result = result(run, *row, days, (tally, before), (inputs, of_groups), sums);
            if result.status != Status::NotSupplied {
                let of_groups = (&tallies.groups, row.policy);
                groups.extend(breakdown::groups(&result, tally, inputs.basis, days.index, of_groups));
            }
            results.push(result);
        }
    }
    (results, groups)
}

fn result(
    run: &Run,
    RunRow { row, policy, terms }: RunRow<'_>,
    days: MonthDays,
    (tally, before): (&Tally, Option<&Tally>),
    (inputs, of_groups): (&Inputs, &[String]),
    sums: &Sums<'_>,
) -> MeasureResult {
    let (measure, unit) = (row.measure(), row.unit());
    let worked_out = inputs.month(days);
    let is_supplied = worked_out.is_some();
    // What was judged of a table that then proved to hold too little is no case of a figure.
    let nothing = Tally::default();
    let tally = if is_supplied { tally } else { &nothing };
    let days = worked_out.unwrap_or(days);
    let month = Month::of(days.first.date());
    let figure_of = |tally: &Tally| if is_supplied { Figure::new(unit, tally) } else { Figure::NOT_SUPPLIED };
    let figure = figure_of(tally);
    // A table as at a day has no period before.
    let before = before.filter(|_| !inputs.is_of_one_month()).map(figure_of);
    let mut warnings = inputs.warnings_in(days);
    let is_quotient = figure.status == Status::Ok && figure.denominator.is_some();
    if is_quotient && tally.in_denominator < 10 {
        warnings.push("small_numbers".to_owned());
    }
    if has_short_history(measure, sums.extent, days) {
        warnings.push("short_history".to_owned());
    }
    warnings.extend(inputs.after_data(sums.extent, days));
    if row.policies().any(|key| key == "front_door_teams") {
        let unknown = policy.front_door_teams.iter().filter(|name| sums.unknown_teams.contains(*name));
        warnings.extend(unknown.map(|name| format!("unknown_team:{name}")));
    }
    if is_supplied {
        warnings.extend_from_slice(of_groups);
    }
    let period = period(measure, days, policy);
    if row.policies().any(|key| key == "calendar") {
        let years = period.from.year()..=period.to.year();
        let closed = at(&run.terms, terms).closed.iter().filter(|year| years.contains(year));
        warnings.extend(closed.map(|year| format!("closed:{year}")));
    }
    let changed = changed_policies(row, policy);
    warnings.extend(changed.map(|key| format!("policy:{key}={}", policy.compact(key))));
    warnings.sort_unstable();
    warnings.dedup();
    MeasureResult {
        measure: row.id().clone(),
        key: measure,
        unit,
        month,
        period,
        status: figure.status,
        numerator: figure.numerator,
        denominator: figure.denominator,
        value: figure.shown,
        outcomes: Outcomes { counts: tally.outcomes },
        rag: measure_rag(unit, &figure, run.target(row, month)),
        direction: before.and_then(|before| direction(row.better(), &before, &figure)),
        previous: before.and_then(|before| before.shown),
        warnings,
        missing_tables: inputs.missing_in(days),
        all_met: measure.definition().tells_all_met.then(|| {
            let all = tally.count(Outcome::NotMet) == 0 && tally.count(Outcome::Unknown) == 0;
            (figure.status == Status::Ok).then_some(all)
        }),
    }
}

/// The days that a result is about.
fn period(measure: Measure, month: MonthDays, policy: &Policy) -> Period {
    let rolling = |months: i32| month.last.plus_months(-months).plus(1);
    let from: Day = match measure.period(policy) {
        PeriodKind::Snapshot => month.last,
        PeriodKind::Month => month.first,
        PeriodKind::Quarter => match policy.adoption_window {
            AdoptionWindow::Quarter => month.first.plus_months(-2),
            AdoptionWindow::ThreeYears => rolling(36),
        },
        PeriodKind::RollingTwelveMonths => rolling(12),
    };
    Period { from: from.date(), to: month.last.date() }
}
