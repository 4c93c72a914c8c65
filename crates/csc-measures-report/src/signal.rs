//! What a control chart says, in words and icons.

use csc_measures::Month;
use csc_measures::signals::{Assurance, Mark, SignalPoint, Signals, Stretch, Variation};
use maud::{Markup, html};

use crate::words::{listed, month};

/// The word for a signal; none for a month without one.
pub(crate) fn word(variation: Variation) -> Option<&'static str> {
    match variation {
        Variation::Improvement => Some("improved"),
        Variation::Concern => Some("worsened"),
        Variation::High => Some("higher than usual"),
        Variation::Low => Some("lower than usual"),
        _ => None,
    }
}

/// The class that colours a signal.
pub(crate) fn class(variation: Variation) -> &'static str {
    match variation {
        Variation::Improvement => "better",
        Variation::Concern => "worse",
        Variation::High | Variation::Low => "neither",
        _ => "common",
    }
}

/// A small picture of a signal, each of another shape, beside its word.
pub(crate) fn icon(variation: Variation) -> Markup {
    let class = class(variation);
    html! {
        svg.icon.(class) viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" {
            circle cx="10" cy="10" r="8.6" {}
            @match variation {
                Variation::Improvement => path d="M5.8 10.4 8.8 13.4 14.4 7" {},
                Variation::Concern => path d="M10 5v6.2M10 14v.6" {},
                Variation::High => path d="M10 14.6V6M6.4 9.4 10 5.6l3.6 3.8" {},
                Variation::Low => path d="M10 5.4V14M6.4 10.6 10 14.4l3.6-3.8" {},
                _ => path d="M4.6 11.4 7.6 8.4 10.4 11.4 13 8.8 15.4 10.6" {},
            }
        }
    }
}

/// A small picture of what the limits say of the target.
pub(crate) fn assurance_icon(assurance: Assurance) -> Markup {
    let (class, letter) = match assurance {
        Assurance::Passing => ("better", "P"),
        Assurance::Failing => ("worse", "F"),
        _ => ("common", "?"),
    };
    html! {
        svg.icon.(class) viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" {
            circle cx="10" cy="10" r="8.6" {}
            text x="10" y="14" text-anchor="middle" { (letter) }
        }
    }
}

/// What the limits say of the target, in a sentence.
pub(crate) fn assurance(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Passing => "The target will be met every month, unless something changes.",
        Assurance::Failing => "No month will meet the target, unless something changes.",
        _ => "Some months meet the target and some do not, by nothing that anybody did.",
    }
}

/// What a mark is, in words.
fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::PointHigh => "above the limit",
        Mark::PointLow => "below the limit",
        Mark::RunHigh => "a run above the centre",
        Mark::RunLow => "a run below the centre",
        Mark::TrendHigh => "a rising trend",
        Mark::TrendLow => "a falling trend",
        Mark::TwoOfThreeHigh => "two of three months far above the centre",
        Mark::TwoOfThreeLow => "two of three months far below the centre",
        other => other.as_str(),
    }
}

/// The marks of a point, in words.
pub(crate) fn marks(point: &SignalPoint) -> String {
    listed(&point.marks.iter().map(|of| mark(*of).to_owned()).collect::<Vec<_>>())
}

/// Since which month the same has been said without a break, up to a month.
pub(crate) fn since(signals: &Signals, last: Month) -> Option<Month> {
    let place = signals.points.iter().position(|point| point.month == last)?;
    let variation = signals.points.get(place)?.variation;
    let run = signals.points.iter().take(place + 1).rev().take_while(|point| point.variation == variation);
    run.last().map(|point| point.month)
}

/// Whether the months of a chart go with each other, so that marks come too easily.
pub(crate) fn hangs_together(signals: &Signals) -> bool {
    signals.stretches.iter().any(Stretch::hangs_together)
}

/// What the chart says of the last month, in a sentence.
pub(crate) fn sentence(signals: &Signals, last: Month) -> Markup {
    let point = signals.points.iter().find(|point| point.month == last);
    let variation = point.map_or(Variation::Common, |point| point.variation);
    let since = since(signals, last).filter(|since| *since != last);
    html! {
        @match (word(variation), point) {
            (Some(word), Some(point)) => {
                span.signal { (icon(variation)) " " strong { (crate::words::capital(word)) } }
                ": " (marks(point))
                @if let Some(since) = since { ", marked since " (month(since)) }
                "."
            },
            (None, Some(_)) => { (icon(variation)) " No signal: " (month(last)) " is one of the measure's own ups and downs." },
            (_, None) => { (icon(Variation::Common)) " The chart has no figure in " (month(last)) "." },
        }
    }
}
