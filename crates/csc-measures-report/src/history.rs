//! The figures of a chart as a table, month by month.

use csc_measures::signals::SignalPoint;
use maud::{Markup, html};

use crate::figures::{Line, Measured};
use crate::signal::{marks, word};
use crate::words::{amount_or, figure, month, thousands};

/// The table. It stands behind every chart: nothing is said by a picture alone.
pub(crate) fn table(measure: &Measured<'_>) -> Markup {
    let has_quotient =
        measure.lines.iter().any(|line| line.result.denominator.is_some() || line.has_no_denominator);
    let has_unknown = measure.lines.iter().any(|line| line.unknown().is_some());
    let id = measure.row.id();
    let label = format!("Figures of {id} by month");
    html! {
        div.wide role="group" tabindex="0" aria-label=(label) {
            table.history {
                caption { (id) ", month by month" }
                thead {
                    tr {
                        th scope="col" { "Month" }
                        th.number scope="col" { "Figure" }
                        @if has_quotient {
                            th.number scope="col" { "Numerator" }
                            th.number scope="col" { "Denominator" }
                        }
                        @if measure.signals.is_some() {
                            th.number scope="col" { "Centre" }
                            th.number scope="col" { "Lower limit" }
                            th.number scope="col" { "Upper limit" }
                            th scope="col" { "Signal" }
                        }
                        @if has_unknown { th.number scope="col" { "Unknown" } }
                    }
                }
                tbody { @for line in &measure.lines { (row(measure, line, has_quotient, has_unknown)) } }
            }
        }
    }
}

fn row(measure: &Measured<'_>, line: &Line<'_>, has_quotient: bool, has_unknown: bool) -> Markup {
    let result = line.result;
    let point = measure.point(result.month);
    html! {
        tr {
            th scope="row" { (month(result.month)) }
            td.number { (figure(line)) }
            @if has_quotient {
                td.number { (amount_or(result.numerator, line.has_no_numerator)) }
                td.number { (amount_or(result.denominator, line.has_no_denominator)) }
            }
            @if measure.signals.is_some() { (cells(point)) }
            @if has_unknown {
                td.number { @if let Some((unknown, _)) = line.unknown() { (thousands(unknown)) } }
            }
        }
    }
}

fn cells(point: Option<&SignalPoint>) -> Markup {
    html! {
        td.number { @if let Some(point) = point { (point.centre) } }
        @for limit in [point.and_then(|point| point.low), point.and_then(|point| point.high)] {
            td.number { @if let Some(limit) = limit { (limit) } }
        }
        td {
            @if let Some((point, word)) = point.and_then(|point| Some((point, word(point.variation)?))) {
                span.signal { (word) } ": " (marks(point))
            }
        }
    }
}
