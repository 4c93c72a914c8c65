//! The first page: what has changed and what needs attention, in words.

use csc_measures::signals::Variation;
use csc_measures::{MeasureRag, Protection};
use maud::{Markup, html};

use crate::abbreviations::Abbreviations;
use crate::attention::attention;
use crate::change;
use crate::figures::{Figures, Measured};
use crate::measure::link;
use crate::options::ReportOptions;
use crate::signal;
use crate::words::{count, day, figure, month, thousands};

/// Whether the report may be published, in words.
pub(crate) fn standing(figures: &Figures<'_>) -> (&'static str, &'static str) {
    match figures.protection() {
        None => ("internal", "Internal: not for publication"),
        Some(Protection::Rounding) => ("published", "Published: figures rounded, small numbers hidden"),
        Some(_) => ("published", "Published: small numbers hidden"),
    }
}

/// The months of the report.
pub(crate) fn months(figures: &Figures<'_>) -> String {
    if figures.from == figures.to {
        month(figures.to)
    } else {
        format!("{} to {}", month(figures.from), month(figures.to))
    }
}

/// Title, authority, months, and whether it may be published.
pub(crate) fn head(figures: &Figures<'_>, options: &ReportOptions) -> Markup {
    let (class, words) = standing(figures);
    html! {
        header.front {
            @if let Some(authority) = &options.authority { p.authority { (authority) } }
            h1 { (figures.plan.title()) }
            p.months { (months(figures)) }
            p.as-at { "Figures of how things stand are as at " (day(figures.last_month().last())) "." }
            p.standing.(class) { (words) }
        }
    }
}

/// The first page below its title.
pub(crate) fn summary(figures: &Figures<'_>, words: &Abbreviations<'_>) -> Markup {
    html! {
        section.summary id="summary" aria-labelledby="heading-summary" {
            h2 id="heading-summary" { "Summary" }
            (tiles(figures))
            h3 { "What has changed" }
            (changed(figures, words))
            h3 { "What needs attention" }
            (attention(figures, words))
        }
    }
}

fn with<'f, 'a>(figures: &'f Figures<'a>, variation: Variation) -> Vec<&'f Measured<'a>> {
    figures
        .measures
        .iter()
        .filter(|measure| measure.last_point().is_some_and(|point| point.variation == variation))
        .collect()
}

/// A few numbers.
fn tiles(figures: &Figures<'_>) -> Markup {
    let all = figures.measures.len();
    let has_figure = |measure: &&Measured<'_>| {
        measure.last().is_some_and(|line| !line.is_suppressed && line.result.value.is_some())
    };
    let valued = figures.measures.iter().filter(has_figure).count();
    let charts = figures.measures.iter().filter(|measure| measure.last_point().is_some()).count();
    let signals = charts - with(figures, Variation::Common).len();
    let of = |rag: MeasureRag| {
        let rated = |measure: &&Measured<'_>| measure.last().is_some_and(|line| line.result.rag == rag);
        figures.measures.iter().filter(rated).count()
    };
    let rated = of(MeasureRag::Green) + of(MeasureRag::Amber) + of(MeasureRag::Red);
    html! {
        dl.tiles {
            div { dt { @if figures.protection().is_some() { "have a figure that is shown" } @else { "have a figure" } } dd { (valued) " of " (count(all as u64, "measure")) } }
            @if charts > 0 {
                div { dt { "have a signal" } dd { (signals) " of " (count(charts as u64, "control chart")) } }
            }
            @if rated > 0 {
                div { dt { "met their target" } dd { (of(MeasureRag::Green)) " of " (thousands(rated as u64)) } }
            }
        }
    }
}

/// The signals of the last month, and what is said of the rest.
fn changed(figures: &Figures<'_>, words: &Abbreviations<'_>) -> Markup {
    let kinds = [
        ("For the better", Variation::Improvement),
        ("For the worse", Variation::Concern),
        ("Higher than usual, and neither way is better", Variation::High),
        ("Lower than usual, and neither way is better", Variation::Low),
    ];
    let charts = figures.measures.iter().filter(|measure| measure.last_point().is_some()).count();
    let common = with(figures, Variation::Common).len();
    let without = figures.measures.len() - charts;
    html! {
        @for (title, variation) in kinds {
            @let measures = with(figures, variation);
            @if !measures.is_empty() {
                h4 { (title) }
                ul { @for measure in measures { li { (signalled(measure, words)) } } }
            }
        }
        p {
            @if charts == 0 {
                "No measure has a control chart, which takes twelve months at least: nothing can be said of what is more \
                 than ups and downs."
            } @else if common == charts {
                "No measure has a signal: every movement is within the measure's own ups and downs."
            } @else {
                "The other " (count(common as u64, "measure")) " with a control chart "
                @if common == 1 { "has" } @else { "have" }
                " no signal: what moved there is within the measure's own ups and downs, and nobody need explain it."
            }
            @if charts > 0 && without > 0 {
                " " (capital_count(without)) " no control chart."
            }
        }
    }
}

fn capital_count(without: usize) -> String {
    if without == 1 {
        "1 measure has".to_owned()
    } else {
        format!("{} measures have", thousands(without as u64))
    }
}

/// A signal in a sentence.
fn signalled(measure: &Measured<'_>, words: &Abbreviations<'_>) -> Markup {
    let line = measure.last();
    let point = measure.last_point();
    html! {
        @if let (Some(line), Some(point), Some(signals)) = (line, point, &measure.signals) {
            (link(measure, words)) " "
            @if let Some(word) = signal::word(point.variation) {
                span.signal { (signal::icon(point.variation)) " " (word) }
                ": "
            }
            strong { (figure(line)) } " in " (month(line.result.month))
            @if let Some(change) = change::in_words(measure) { ", " (change) }
            " (" (signal::marks(point))
            @if let Some(since) = signal::since(signals, line.result.month).filter(|since| *since != line.result.month) {
                ", marked since " (month(since))
            }
            ")."
        }
    }
}
