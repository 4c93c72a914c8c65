//! A measure: its figure, what it is made of, what it is to reach, how it moved, and what its chart says.

use csc_measures::{Month, Outcome, Period, Status};
use maud::{Markup, html};

use crate::abbreviations::Abbreviations;
use crate::anchors::{self, heading};
use crate::change;
use crate::chart::Chart;
use crate::chart_svg::svg;
use crate::definition;
use crate::figures::{Figures, LEFT_OUT, Line, Measured};
use crate::groups;
use crate::history;
use crate::notes::{no_figure, notes};
use crate::signal;
use crate::target;
use crate::words::{amount_or, capital, count, day, figure, listed, month, thousands};

fn anchor(measure: &Measured<'_>) -> String {
    anchors::measure(measure.row.id())
}

/// A measure by its title and id, which lead to it.
pub(crate) fn link(measure: &Measured<'_>, words: &Abbreviations<'_>) -> Markup {
    html! {
        a href=(format!("#{}", anchor(measure))) { (words.text(&measure.title)) } " (" (measure.row.id()) ")"
    }
}

/// A measure with all that is known of it.
pub(crate) fn article(measure: &Measured<'_>, figures: &Figures<'_>, words: &Abbreviations<'_>) -> Markup {
    let last = figures.last_month();
    let notes = notes(measure, last);
    let chart = Chart::of(measure, figures.from, figures.to);
    html! {
        article.measure id=(anchor(measure)) aria-labelledby=(heading(&anchor(measure))) {
            h3 id=(heading(&anchor(measure))) { (words.text(&measure.title)) }
            p.id {
                (measure.row.id())
                @if let Some(of) = measure.row.companion_of() { ", a companion of " (of) }
            }
            div.columns {
                div.facts { (facts(measure, words)) }
                @if let Some(chart) = &chart { (plot(measure, chart)) }
            }
            @if let Some(outside) = measure.last().and_then(|line| outside(line)) { p.note { (outside) } }
            @if !notes.is_empty() {
                ul.notes { @for note in &notes { li { (words.text(note)) } } }
            }
            (groups::tables(measure))
            @if !measure.lines.is_empty() {
                details {
                    summary { (capital_of_history(measure)) }
                    (history::table(measure))
                }
            }
            (definition::details(measure.row, &measure.title, words))
        }
    }
}

fn capital_of_history(measure: &Measured<'_>) -> String {
    format!("Figures of {} month by month", measure.row.id())
}

fn facts(measure: &Measured<'_>, words: &Abbreviations<'_>) -> Markup {
    let Some(line) = measure.last() else {
        return html! { p.none { "No figure: no quarter of its own ends in these months." } };
    };
    let result = line.result;
    if result.status == Status::NotSupplied {
        return html! { p.none { "No figure: " (words.text(&no_figure(result))) "." } };
    }
    html! {
        p.figure {
            strong { (figure(line)) }
            " "
            span.when { (period(result.period, result.month)) }
        }
        (made_of(measure, line, words))
        (reached(measure, line))
        @if let Some(change) = change::in_words(measure) { p.moved { (capital(&change)) "." } }
        @if let Some(signals) = &measure.signals {
            p.says { (signal::sentence(signals, result.month)) }
            @if signal::hangs_together(signals) {
                p.note { "Its months go with each other: signals come more easily than they should." }
            }
        }
    }
}

/// What the figure is of: `at 31 March 2017`, `in March 2017`, `from 1 April 2016 to 31 March 2017`.
fn period(period: Period, of: Month) -> String {
    if period.from == period.to {
        format!("at {}", day(period.to))
    } else if period.from == of.first() && period.to == of.last() {
        format!("in {}", month(of))
    } else {
        format!("from {} to {}", day(period.from), day(period.to))
    }
}

/// The sums that the figure is made of, each with what it is.
fn made_of(measure: &Measured<'_>, line: &Line<'_>, words: &Abbreviations<'_>) -> Markup {
    let result = line.result;
    let has_denominator = result.denominator.is_some() || line.has_no_denominator;
    html! {
        @if result.numerator.is_some() || line.has_no_numerator {
            dl.made-of {
                div {
                    dt { (amount_or(result.numerator, line.has_no_numerator)) }
                    dd { (words.text(measure.row.definition().numerator)) }
                }
                @if has_denominator {
                    div {
                        dt { span.of { "of " } (amount_or(result.denominator, line.has_no_denominator)) }
                        dd { (words.text(measure.row.form().denominator)) }
                    }
                }
            }
        }
    }
}

/// The target, whether it is met, and what the chart says of it.
fn reached(measure: &Measured<'_>, line: &Line<'_>) -> Markup {
    let unit = line.result.unit;
    html! {
        @if let Some(target) = measure.target {
            p.target {
                "Target: " (target::in_words(target, unit))
                @if let Some(tolerance) = target::tolerance(target, unit) { " (amber within " (tolerance) ")" }
                ". "
                @if let Some(badge) = target::badge(line.result.rag) { (badge) }
                @else if line.is_suppressed { "The figure is hidden (" (LEFT_OUT) "), and so is whether it is met." }
                @else { "There is no figure to hold against it." }
            }
            @if let Some(assurance) = measure.signals.as_ref().and_then(|signals| signals.assurance) {
                p.says { (signal::assurance_icon(assurance)) " " (signal::assurance(assurance)) }
            }
        }
    }
}

/// The cases outside the figure, in a sentence.
fn outside(line: &Line<'_>) -> Option<String> {
    let outcomes = line.outcomes()?;
    let mut parts = Vec::new();
    if let Some((unknown, judged)) = line.unknown() {
        parts.push(format!("{} not known, where {} are judged", count(unknown, "case"), thousands(judged)));
    }
    let others = [
        (Outcome::NotYetDue, "not yet due"),
        (Outcome::Extinguished, "ended before it was due"),
        (Outcome::NotApplicable, "to which the question does not apply"),
    ];
    for (outcome, words) in others {
        let number = outcomes.get(outcome);
        if number > 0 {
            parts.push(format!("{} {words}", thousands(number)));
        }
    }
    (!parts.is_empty()).then(|| format!("Outside the figure: {}.", listed(&parts)))
}

/// The chart with what its lines are.
fn plot(measure: &Measured<'_>, chart: &Chart) -> Markup {
    let id = measure.row.id();
    let months = (measure.lines.first(), measure.lines.last());
    let span = match months {
        (Some(first), Some(last)) => format!("{} to {}", month(first.result.month), month(last.result.month)),
        _ => String::new(),
    };
    let title = format!("{id}, {span}");
    html! {
        figure.plot {
            (svg(chart, &format!("chart-{id}"), &title, &description(measure)))
            (legend(measure))
        }
    }
}

/// What the picture shows, for whoever does not see it.
fn description(measure: &Measured<'_>) -> String {
    let mut text = "A line of the figures".to_owned();
    if let Some(point) = measure.signals.as_ref().and_then(|signals| signals.points.last()) {
        text += &format!(", with a centre of {}", point.centre);
        if let Some((low, high)) = point.low.zip(point.high) {
            text += &format!(" and limits of {low} and {high} in the last month");
        }
        let signals = measure.signals.iter().flat_map(|signals| &signals.points);
        let marked = signals.filter(|point| !point.marks.is_empty()).count() as u64;
        text += &format!("; {} marked", count(marked, "month"));
    }
    if let (Some(target), Some(line)) = (measure.target, measure.last()) {
        text += &format!("; the target is {}", target::in_words(target, line.result.unit));
    }
    text + ". The figures are in the table below."
}

/// The lines of the picture, each drawn and named.
fn legend(measure: &Measured<'_>) -> Markup {
    let last = measure.signals.as_ref().and_then(|signals| signals.points.last());
    let swatch = |class: &str| {
        html! {
            svg.swatch viewBox="0 0 26 10" width="26" height="10" aria-hidden="true" { path.(class) d="M1 5H25" {} }
        }
    };
    html! {
        figcaption {
            @if let Some(point) = last {
                span { (swatch("centre")) " centre " (point.centre) }
                @if let Some((low, high)) = point.low.zip(point.high) {
                    span { (swatch("limit")) " limits " (low) " to " (high) }
                }
            } @else {
                span { "No control chart: the months are too few, or go too much with each other." }
            }
            @if let (Some(target), Some(line)) = (measure.target, measure.last()) {
                span { (swatch("target")) " target " (target::in_words(target, line.result.unit)) }
            }
        }
    }
}
