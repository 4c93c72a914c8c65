//! What needs attention: targets that are missed, figures that are not there, and limits of the data.

use std::collections::BTreeMap;

use csc_measures::signals::Assurance;
use csc_measures::{IssueCode, MeasureRag, Status};
use maud::{Markup, html};

use crate::abbreviations::Abbreviations;
use crate::anchors;
use crate::figures::{Figures, Measured, Standing};
use crate::measure::link;
use crate::notes::{no_figure, of_result};
use crate::target;
use crate::words::{count, figure, listed, thousands};

/// How many measures of which cases are not known are named.
const MOST_UNKNOWN: usize = 10;

/// The part of the first page.
pub(crate) fn attention(figures: &Figures<'_>, words: &Abbreviations<'_>) -> Markup {
    let parts =
        [targets(figures, words), unmet(figures, words), data(figures, words), recommendations(figures)];
    html! { @for part in parts { (part) } }
}

/// Whether any figure is held against a target.
fn has_targets(figures: &Figures<'_>) -> bool {
    figures.measures.iter().any(|measure| measure.target.is_some())
}

fn rated<'f, 'a>(figures: &'f Figures<'a>, rag: MeasureRag) -> Vec<&'f Measured<'a>> {
    figures
        .measures
        .iter()
        .filter(|measure| measure.last().is_some_and(|line| line.result.rag == rag && !line.is_suppressed))
        .collect()
}

fn targets(figures: &Figures<'_>, words: &Abbreviations<'_>) -> Markup {
    let missed = [("Targets missed", MeasureRag::Red), ("Targets just missed", MeasureRag::Amber)];
    html! {
        @if !has_targets(figures) { p { "No targets were given, so no figure is held against one." } }
        @for (title, rag) in missed {
            @let measures = rated(figures, rag);
            @if !measures.is_empty() {
                h4 { (title) }
                ul { @for measure in measures { li { (against_target(measure, words)) } } }
            }
        }
    }
}

fn against_target(measure: &Measured<'_>, words: &Abbreviations<'_>) -> Markup {
    html! {
        @if let (Some(line), Some(target)) = (measure.last(), measure.target) {
            (link(measure, words)) ": "
            strong { (figure(line)) } " against " (target::in_words(target, line.result.unit)) "."
            @if measure.signals.as_ref().and_then(|signals| signals.assurance) == Some(Assurance::Failing) {
                " No month will meet it, unless something changes."
            }
        }
    }
}

/// Targets that a month meets, and that the limits say the measure will not keep on meeting by itself.
fn unmet(figures: &Figures<'_>, words: &Abbreviations<'_>) -> Markup {
    let failing: Vec<&Measured<'_>> = figures
        .measures
        .iter()
        .filter(|measure| {
            let assurance = measure.signals.as_ref().and_then(|signals| signals.assurance);
            let is_met = measure.last().is_some_and(|line| line.result.rag == MeasureRag::Green);
            assurance == Some(Assurance::Failing) && is_met
        })
        .collect();
    html! {
        @if !failing.is_empty() {
            h4 { "Targets met this month that the limits are on the wrong side of" }
            ul { @for measure in failing { li { (against_target(measure, words)) } } }
        }
    }
}

/// What the data do not tell.
fn data(figures: &Figures<'_>, words: &Abbreviations<'_>) -> Markup {
    let lacking: Vec<&Measured<'_>> = figures
        .measures
        .iter()
        .filter(|measure| measure.last().is_some_and(|line| line.result.status == Status::NotSupplied))
        .collect();
    let mut unknown: Vec<(u64, u64, &Measured<'_>)> = figures
        .measures
        .iter()
        .filter_map(|measure| measure.last()?.unknown().map(|(unknown, judged)| (unknown, judged, measure)))
        .collect();
    // The largest share first; a share of u64 counts is compared without dividing.
    unknown.sort_by(|(a, of_a, _), (b, of_b, _)| {
        (u128::from(*b) * (u128::from(*of_a) + u128::from(*a)))
            .cmp(&(u128::from(*a) * (u128::from(*of_b) + u128::from(*b))))
    });
    let warned = warned(figures);
    let has_any = !lacking.is_empty() || !unknown.is_empty() || !warned.is_empty();
    html! {
        h4 { "Limits of the data" }
        @if !has_any && figures.protection().is_none() { p { "Every figure is there, and none has a warning." } }
        ul {
            @if !lacking.is_empty() {
                li {
                    strong { (count(lacking.len() as u64, "measure")) " without a figure: " }
                    @for (place, measure) in lacking.iter().enumerate() {
                        @if place > 0 { "; " }
                        (link_by_id(measure))
                        @if let Some(line) = measure.last() { " (" (words.text(&no_figure(line.result))) ")" }
                    }
                    "."
                }
            }
            @for (note, measures) in &warned {
                li {
                    (words.text(note)) " "
                    span.where {
                        @for (place, measure) in measures.iter().enumerate() {
                            @if place > 0 { ", " }
                            (link_by_id(measure))
                        }
                        "."
                    }
                }
            }
            @if !unknown.is_empty() { li { (unknown_cases(&unknown)) } }
            @if let Some(issues) = issues(figures) { li { (issues) } }
            @if let Standing::Published(published) = figures.standing {
                @let all = published.results().len() + published.groups().len();
                li {
                    (thousands(published.hidden() as u64)) " of " (count(all as u64, "figure"))
                    ", those of earlier months too, are hidden."
                }
            }
        }
    }
}

fn link_by_id(measure: &Measured<'_>) -> Markup {
    html! { a href=(format!("#{}", anchors::measure(measure.row.id()))) { (measure.row.id()) } }
}

/// Each warning of a last figure, with the measures that have it, in the order in which they come.
fn warned<'f, 'a>(figures: &'f Figures<'a>) -> Vec<(String, Vec<&'f Measured<'a>>)> {
    let mut warned: Vec<(String, Vec<&Measured<'a>>)> = Vec::new();
    for measure in &figures.measures {
        let Some(line) = measure.last() else { continue };
        for note in of_result(line.result) {
            match warned.iter_mut().find(|(known, _)| *known == note) {
                Some((_, measures)) => measures.push(measure),
                None => warned.push((note, vec![measure])),
            }
        }
    }
    warned
}

fn unknown_cases(unknown: &[(u64, u64, &Measured<'_>)]) -> Markup {
    let further = unknown.len().saturating_sub(MOST_UNKNOWN);
    html! {
        strong { "Cases that are not known: " }
        (count(unknown.len() as u64, "measure")) " "
        @if unknown.len() == 1 { "has" } @else { "have" }
        " some, outside the figure. The largest shares first: "
        @for (place, (cases, judged, measure)) in unknown.iter().take(MOST_UNKNOWN).enumerate() {
            @if place > 0 { ", " }
            (link_by_id(measure)) " (" (thousands(*cases)) " not known, " (thousands(*judged)) " judged)"
        }
        @if further > 0 { " and " (further) " more" }
        "."
    }
}

/// The issues of the data by kind, in a sentence.
fn issues(figures: &Figures<'_>) -> Option<String> {
    let issues = figures.issues();
    if issues.is_empty() {
        return None;
    }
    let mut counts: BTreeMap<IssueCode, u64> = BTreeMap::new();
    for issue in issues {
        *counts.entry(issue.code()).or_default() += 1;
    }
    let each: Vec<String> = counts
        .iter()
        .map(|(code, count)| format!("{} {}", thousands(*count), code.as_str().replace('_', " ")))
        .collect();
    Some(format!("The data have {}: {}.", count(issues.len() as u64, "issue"), listed(&each)))
}

/// How many recommendations no measure tests.
fn recommendations(figures: &Figures<'_>) -> Markup {
    let unmeasured: Vec<_> = figures.plan.unmeasured_recommendations().collect();
    html! {
        @if !unmeasured.is_empty() {
            h4 { "Recommendations that no measure tests" }
            p {
                (thousands(unmeasured.len() as u64)) " of " (figures.plan.recommendations().len()) ": "
                @for (place, recommendation) in unmeasured.iter().enumerate() {
                    @if place > 0 { ", " }
                    a href=(format!("#{}", anchors::recommendation(figures.plan, &recommendation.id))) { (recommendation.id) }
                }
                ". These figures do not say whether they are carried out."
            }
        }
    }
}
