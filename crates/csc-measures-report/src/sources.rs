//! Sources and versions: data, definitions, policies, recommendations.

use csc_measures::plan::{Definitions, Plan};
use csc_measures::{Policy, SectionBy};
use maud::{Markup, html};

use crate::abbreviations::Abbreviations;
use crate::anchors;
use crate::figures::Figures;
use crate::options::ReportOptions;
use crate::words::{capital, count, listed, thousands};

/// The part.
pub(crate) fn sources(figures: &Figures<'_>, options: &ReportOptions, words: &Abbreviations<'_>) -> Markup {
    let mut facts = vec![
        ("Months".to_owned(), format!("{} to {}", figures.from, figures.to)),
        ("Plan and definitions".to_owned(), definitions(&figures.definitions)),
        ("Working days".to_owned(), figures.calendar.to_string()),
        ("Policies".to_owned(), policies(figures.policy, figures.plan)),
    ];
    facts.extend(options.sources.iter().map(|(name, text)| (capital(name), text.clone())));
    if let Some(tables) = tables(figures) {
        facts.push(("Tables".to_owned(), tables));
    }
    if !figures.not_asked.is_empty() {
        let ids: Vec<String> = figures.not_asked.iter().map(ToString::to_string).collect();
        facts.push(("Measures of the plan that are not in this report".to_owned(), listed(&ids)));
    }
    facts.push(("Made by".to_owned(), concat!("csc-measures ", env!("CARGO_PKG_VERSION")).to_owned()));
    html! {
        section.part id="sources" aria-labelledby="heading-sources" {
            h2 id="heading-sources" { "Sources and versions" }
            dl.definition {
                @for (name, text) in &facts {
                    dt { (name) }
                    dd { (words.text(text)) }
                }
            }
        }
    }
}

/// The plan with its edition, and the measures that were defined anew since the first version.
fn definitions(definitions: &Definitions) -> String {
    let plan = definitions.plan();
    let anew: Vec<String> = definitions
        .iter()
        .filter(|(_, version)| *version > 1)
        .map(|(measure, version)| format!("{measure} version {version}"))
        .collect();
    let versions = if anew.is_empty() {
        "every measure is of version 1".to_owned()
    } else {
        format!("every measure is of version 1 but {}", listed(&anew))
    };
    let altered = if Plan::BUILT_IN.contains(&plan.id()) && !plan.is_built_in() {
        ", altered: this is not the built-in plan of that id"
    } else {
        ""
    };
    format!("{}, edition {}{altered}; {versions}", plan.id(), plan.edition())
}

/// The policies of the run that are not the default, and those that rows of the plan have of their own.
fn policies(policy: &Policy, plan: &Plan) -> String {
    let changes = said(policy.changes());
    let of_run = if changes.is_empty() { "the defaults".to_owned() } else { changes };
    let rows = plan.rows().iter().filter(|row| row.is_printed()).filter_map(|row| {
        let own = said(row.own_policies());
        (!own.is_empty()).then(|| format!("; of {}: {own}", row.id()))
    });
    of_run + &rows.collect::<String>()
}

fn said<'a>(policies: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let each: Vec<String> = policies.into_iter().map(|(key, value)| format!("`{key}` is {value}")).collect();
    if each.is_empty() { String::new() } else { listed(&each) }
}

/// The tables with their rows, and how many of those are left out.
fn tables(figures: &Figures<'_>) -> Option<String> {
    let tables = figures.tables();
    if tables.is_empty() {
        return None;
    }
    let each: Vec<String> = tables
        .iter()
        .map(|table| {
            let rows = count(table.rows, "row");
            match table.rows.saturating_sub(table.used) {
                0 => format!("`{}` {rows}", table.table),
                out => format!("`{}` {rows}, {} of them not used", table.table, thousands(out)),
            }
        })
        .collect();
    Some(each.join("; "))
}

/// The recommendations of the plan: those that no measure tests first.
pub(crate) fn recommendations(figures: &Figures<'_>, words: &Abbreviations<'_>) -> Markup {
    let (unmeasured, measured): (Vec<_>, Vec<_>) =
        figures.plan.recommendations().iter().partition(|recommendation| recommendation.unmeasured);
    let parts = [("That no measure tests", unmeasured), ("That measures test", measured)];
    html! {
        @if !figures.plan.recommendations().is_empty() {
            section.part id="recommendations" aria-labelledby="heading-recommendations" {
                h2 id="heading-recommendations" { "The recommendations" }
                @for (title, recommendations) in parts {
                    @if !recommendations.is_empty() {
                        h3 { (title) }
                        dl.recommendations {
                            @for recommendation in recommendations {
                                dt id=(anchors::recommendation(figures.plan, &recommendation.id)) { (recommendation.id) }
                                dd {
                                    p { (words.text(&recommendation.text)) }
                                    @if let Some(note) = &recommendation.note { p.note { (words.text(note)) } }
                                    (tested_by(figures, &recommendation.id, recommendation.unmeasured))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where the measures are that test a recommendation.
fn tested_by(figures: &Figures<'_>, id: &str, is_unmeasured: bool) -> Markup {
    let outcomes: Vec<_> = figures
        .plan
        .outcomes()
        .iter()
        .filter(|outcome| outcome.recommendations.iter().any(|answered| answered == id))
        .filter(|outcome| figures.of_outcome(outcome.id.as_str()).next().is_some())
        .collect();
    html! {
        @if !is_unmeasured && figures.by == SectionBy::Outcome && !outcomes.is_empty() {
            p.note {
                "See "
                @for (place, outcome) in outcomes.iter().enumerate() {
                    @if place > 0 { ", " }
                    a href=(format!("#{}", anchors::outcome(&outcome.id))) { (outcome.id) }
                }
                "."
            }
        }
    }
}
