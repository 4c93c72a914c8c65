//! An outcome or a recommendation: its measures at a glance, then each by itself.

use csc_measures::plan::Recommendation;
use csc_measures::{Month, SectionBy, Status};
use maud::{Markup, html};

use crate::abbreviations::Abbreviations;
use crate::anchors::{self, heading};
use crate::change;
use crate::figures::{Figures, Measured};
use crate::measure::article;
use crate::notes::no_figure;
use crate::target;
use crate::words::{amount_or, figure, month};

/// A part of the report.
pub(crate) struct Section<'f, 'a> {
    pub(crate) id: String,
    /// The id as the plan has it; none of the measures that are in no other section.
    pub(crate) name: Option<&'a str>,
    pub(crate) title: &'a str,
    pub(crate) note: Option<&'a str>,
    /// The recommendations that it answers.
    pub(crate) answers: Vec<&'a Recommendation>,
    pub(crate) measures: Vec<&'f Measured<'a>>,
}

/// The sections, in the order of the plan; those without measures are left out.
pub(crate) fn sections<'f, 'a>(figures: &'f Figures<'a>) -> Vec<Section<'f, 'a>> {
    let plan = figures.plan;
    let mut sections = Vec::new();
    match figures.by {
        SectionBy::Outcome => {
            for outcome in plan.outcomes() {
                sections.push(Section {
                    id: anchors::outcome(&outcome.id),
                    name: Some(outcome.id.as_str()),
                    title: &outcome.title,
                    note: None,
                    answers: plan.recommendations_of(outcome.id.as_str()).collect(),
                    measures: figures.of_outcome(outcome.id.as_str()).collect(),
                });
            }
        }
        SectionBy::Recommendation => {
            for recommendation in plan.recommendations().iter().filter(|one| !one.unmeasured) {
                let rows = plan.rows_for(&recommendation.id);
                sections.push(Section {
                    id: anchors::part(plan, &recommendation.id),
                    name: Some(&recommendation.id),
                    title: &recommendation.text,
                    note: recommendation.note.as_deref(),
                    answers: Vec::new(),
                    measures: rows.filter_map(|row| figures.measure(row.id())).collect(),
                });
            }
            let is_there = |measure: &Measured<'_>| {
                sections
                    .iter()
                    .any(|section| section.measures.iter().any(|other| other.row.id() == measure.row.id()))
            };
            let others: Vec<&Measured<'a>> =
                figures.measures.iter().filter(|measure| !is_there(measure)).collect();
            sections.push(Section {
                id: "others".to_owned(),
                name: None,
                title: "Measures that test no recommendation directly",
                note: None,
                answers: Vec::new(),
                measures: others,
            });
        }
    }
    sections.retain(|section| !section.measures.is_empty());
    sections
}

/// A section. A measure that an earlier one has in full is only in the table, which leads there.
pub(crate) fn section<'a>(
    section: &Section<'_, 'a>,
    shown: &mut Vec<&'a str>,
    figures: &Figures<'_>,
    words: &Abbreviations<'_>,
) -> Markup {
    let mut new = Vec::new();
    for measure in &section.measures {
        let id = measure.row.id().as_str();
        if !shown.contains(&id) {
            shown.push(id);
            new.push(*measure);
        }
    }
    let earlier = section.measures.len() - new.len();
    html! {
        section.part id=(section.id) aria-labelledby=(heading(&section.id)) {
            h2 id=(heading(&section.id)) {
                @if let Some(name) = section.name { span.name { (name) } " " }
                (words.text(section.title))
            }
            @if let Some(note) = section.note { p.lead { (words.text(note)) } }
            @if !section.answers.is_empty() {
                p.lead {
                    "Answers "
                    @for (place, answered) in section.answers.iter().enumerate() {
                        @if place > 0 { ", " }
                        a href=(format!("#{}", anchors::recommendation(figures.plan, &answered.id))) { (answered.id) }
                    }
                    "."
                }
            }
            (glance(section, words))
            @if earlier > 0 {
                p.note { "Measures that an earlier part has in full are in the table only: their titles lead there." }
            }
            @for measure in new { (article(measure, figures, words)) }
        }
    }
}

/// The measures of a section, a row each.
fn glance(section: &Section<'_, '_>, words: &Abbreviations<'_>) -> Markup {
    let name = section.name.map_or_else(|| "these measures".to_owned(), str::to_owned);
    let has_targets = section.measures.iter().any(|measure| measure.target.is_some());
    html! {
        table.glance {
            caption { "The measures of " (name) " at a glance. The change is since the month before, if nothing else is said." }
            thead {
                tr {
                    th scope="col" { "Measure" }
                    th.number scope="col" { "Figure" }
                    @if has_targets { th scope="col" { "Target" } }
                    th scope="col" { "Change" }
                }
            }
            tbody { @for measure in &section.measures { (row(measure, has_targets, words)) } }
        }
    }
}

/// The month since which a figure is said to have changed, if that is not the month before.
fn before(measure: &Measured<'_>) -> Option<Month> {
    let line = measure.last().filter(|line| line.result.direction.is_some())?;
    let before = measure.before()?.result.month;
    (line.result.month.since(before) > 1).then_some(before)
}

fn row(measure: &Measured<'_>, has_targets: bool, words: &Abbreviations<'_>) -> Markup {
    let last = measure.last();
    let reason = match last {
        None => Some("no quarter of its own ends in these months".to_owned()),
        Some(line) if line.result.status == Status::NotSupplied => Some(no_figure(line.result)),
        Some(_) => None,
    };
    html! {
        tr {
            th scope="row" {
                a href=(format!("#{}", anchors::measure(measure.row.id()))) { (words.text(&measure.title)) }
                " "
                span.id { (measure.row.id()) }
            }
            @if let Some(reason) = reason {
                td.none colspan=(if has_targets { "3" } else { "2" }) { "no figure: " (words.text(&reason)) }
            } @else if let Some(line) = last {
                td.number {
                    strong { (figure(line)) }
                    @let is_hidden = line.has_no_numerator && line.has_no_denominator;
                    @if line.result.denominator.is_some() || (line.has_no_denominator && !is_hidden) {
                        " "
                        span.of {
                            (amount_or(line.result.numerator, line.has_no_numerator)) " of "
                            (amount_or(line.result.denominator, line.has_no_denominator))
                        }
                    }
                }
                @if has_targets {
                    td {
                        @if let Some(target) = measure.target {
                            @if let Some(badge) = target::badge(line.result.rag) { (badge) }
                            " "
                            span.of { (target::in_words(target, line.result.unit)) }
                        }
                    }
                }
                td {
                    (change::in_short(measure))
                    @if let Some(before) = before(measure) { " " span.of { "since " (month(before)) } }
                }
            }
        }
    }
}
