//! What a measure is: folded, for whoever asks.

use csc_measures::measures::{Better, PeriodKind};
use csc_measures::plan::PlanRow;
use maud::{Markup, html};

use crate::abbreviations::Abbreviations;

/// The definition of a row of the plan.
///
/// `title` is the one that is shown: the row's own, followed by the policies that were changed.
pub(crate) fn details(row: &PlanRow, title: &str, words: &Abbreviations<'_>) -> Markup {
    let definition = row.definition();
    // A table that is read for several columns is named once.
    let mut reads: Vec<String> = Vec::new();
    for input in definition.inputs {
        let name = format!("`{}`", input.name);
        if !reads.contains(&name) {
            reads.push(name);
        }
    }
    let policies: Vec<String> = row.policies().map(|key| format!("`{key}`")).collect();
    let pairs = [
        ("Measure", format!("`{}`, version {}", definition.key, definition.version)),
        ("Cases", definition.cases.to_owned()),
        ("Outside, and the edges", definition.exclusions.to_owned()),
        ("Period", period(row.period()).to_owned()),
        ("Better", better(row.better()).to_owned()),
        ("Reads", reads.join(", ")),
        // The words above say what is counted by default.
        (
            "Counted here by",
            title.strip_prefix(row.title()).unwrap_or_default().trim().trim_matches(['(', ')']).to_owned(),
        ),
        ("Policies that can change it", policies.join(", ")),
        ("Source", definition.source.to_owned()),
        ("Nearest published indicator", definition.published.unwrap_or_default().to_owned()),
    ];
    html! {
        details {
            summary { "What " (row.id()) " means" }
            dl.definition {
                @for (name, meaning) in pairs.iter().filter(|(_, meaning)| !meaning.is_empty()) {
                    dt { (name) }
                    dd { (words.text(meaning)) }
                }
            }
        }
    }
}

fn period(period: PeriodKind) -> &'static str {
    match period {
        PeriodKind::Month => "a month",
        PeriodKind::Quarter => "a quarter",
        PeriodKind::RollingTwelveMonths => "the twelve months to the end of the month",
        PeriodKind::Snapshot => "how things stood at the end of the month",
    }
}

/// Which way is better, in words.
pub(crate) fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher is better",
        Better::Lower => "lower is better",
        Better::Neutral => "neither way",
    }
}
