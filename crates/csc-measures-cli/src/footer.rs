//! What the figures stand on: months, calendar, policies, tables and issues.

use std::collections::BTreeMap;
use std::io::{self, Write};

use csc_measures::calendar::Closures;
use csc_measures::plan::{Definitions, Plan};
use csc_measures::tables::Table;
use csc_measures::{IssueCode, Published, Scorecard};

use crate::inputs::Inputs;
use crate::policies;
use crate::text::{Page, count, thousands};

/// Writes the footer.
pub(crate) fn write(inputs: &Inputs, card: &Scorecard, page: &Page, out: &mut impl Write) -> io::Result<()> {
    write_terms(inputs, card, page, out)?;
    let paths: Vec<String> = inputs.paths.iter().map(|path| path.display().to_string()).collect();
    let paths = paths.join(", ");
    page.item("data", &if inputs.is_sample { format!("the sample authority, {paths}") } else { paths }, out)?;
    for (name, tables) in inputs.sources.entries() {
        page.item(name, &tables, out)?;
    }
    page.item("tables", &tables(inputs), out)?;
    let missing: Vec<&str> = missing(inputs);
    if !missing.is_empty() {
        page.item("not supplied", &missing.join(", "), out)?;
    }
    page.item("data issues", &issues(card), out)?;
    let ignored = ignored(inputs);
    if !ignored.is_empty() {
        page.item("not read", &ignored.join(", "), out)?;
    }
    Ok(())
}

/// The plan with its edition, and the measures that were defined anew since the first.
pub(crate) fn definitions(definitions: &Definitions) -> String {
    let plan = definitions.plan();
    let anew: Vec<String> = definitions
        .iter()
        .filter(|(_, version)| *version > 1)
        .map(|(measure, version)| format!("{measure} version {version}"))
        .collect();
    let of_measures = if anew.is_empty() { "every measure version 1".to_owned() } else { anew.join(", ") };
    // A council that starts from a built-in plan may keep its id.
    let altered = if Plan::BUILT_IN.contains(&plan.id()) && !plan.is_built_in() {
        ", altered: not the built-in plan of that id"
    } else {
        ""
    };
    format!("{}, edition {}{altered}: {of_measures}", plan.id(), plan.edition())
}

/// Writes the footer of what is published, which says nothing of single rows.
pub(crate) fn write_published(
    inputs: &Inputs,
    card: &Scorecard,
    published: &Published,
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    write_terms(inputs, card, page, out)?;
    page.item("published", &published.notes().join(" "), out)?;
    if inputs.options.breakdown.iter().any(|dimension| dimension.eq_ignore_ascii_case("worker")) {
        page.item("not published", "the breakdown by worker", out)?;
    }
    page.item("hidden", &hidden(card, published), out)
}

/// How many figures are hidden, and the longer period that would hide a smaller share of them.
fn hidden(card: &Scorecard, published: &Published) -> String {
    let figures = |published: &Published| published.results().len() + published.groups().len();
    let (hidden, all) = (published.hidden(), figures(published));
    let mut text = format!("{} of {}", thousands(hidden as u64), count(all as u64, "figure"));
    let mut publishing = published.publishing();
    while let (true, Some(longer)) = (hidden > 0, publishing.publish_period.longer()) {
        publishing.publish_period = longer;
        // A run may be shorter than the period.
        let Ok(other) = card.published_as(publishing) else { continue };
        let (of_other, all_of_other) = (other.hidden(), figures(&other));
        if of_other * all < hidden * all_of_other {
            text += &format!(
                "; --publish-period {} hides {} of {}",
                longer.as_str(),
                thousands(of_other as u64),
                thousands(all_of_other as u64)
            );
            break;
        }
    }
    text
}

/// Months, calendar and policies.
fn write_terms(inputs: &Inputs, card: &Scorecard, page: &Page, out: &mut impl Write) -> io::Result<()> {
    writeln!(out)?;
    page.rule(out)?;
    page.item("months", &format!("{} to {}", card.from(), card.to()), out)?;
    page.item("definitions", &definitions(&card.definitions()), out)?;
    page.item("calendar", &calendar(inputs, card), out)?;
    page.item("policy", &policies::of_run(card.policy(), card.plan()), out)
}

fn calendar(inputs: &Inputs, card: &Scorecard) -> String {
    let nation = card.calendar();
    let further = match &inputs.options.closures {
        None => return nation.to_string(),
        Some(Closures::Dates(dates)) => count(dates.len() as u64, "closure"),
        Some(Closures::BankHolidays(list)) => {
            count(list.events(nation).map_or(0, <[_]>::len) as u64, "bank holiday")
        }
    };
    let file = inputs.closures_file.as_deref().unwrap_or_default();
    format!("{nation}, with {further} of `{file}`")
}

/// The tables with their rows, and how many of those are out.
fn tables(inputs: &Inputs) -> String {
    let tables = inputs.dataset.tables();
    let rows: u64 = tables.iter().map(|table| table.rows).sum();
    let out: u64 = tables.iter().map(|table| table.rows - table.used).sum();
    let each: Vec<String> = tables
        .iter()
        .map(|table| match table.rows - table.used {
            0 => format!("{} {}", table.table, thousands(table.rows)),
            out => format!("{} {} ({} out)", table.table, thousands(table.rows), thousands(out)),
        })
        .collect();
    let sum = format!(
        "{}, {}, {} of them out",
        count(tables.len() as u64, "table"),
        count(rows, "row"),
        if out == 0 { "none".to_owned() } else { thousands(out) }
    );
    if each.is_empty() { "none".to_owned() } else { format!("{sum}: {}", each.join(", ")) }
}

fn missing(inputs: &Inputs) -> Vec<&'static str> {
    let supplied: Vec<Table> = inputs.dataset.tables().iter().map(|count| count.table).collect();
    Table::ALL.iter().filter(|table| !supplied.contains(table)).map(|table| table.name()).collect()
}

/// What looks like a table and is none, with the reason; the other files by name.
fn ignored(inputs: &Inputs) -> Vec<String> {
    let (tables, others): (Vec<_>, Vec<_>) = inputs.ignored.iter().partition(|file| file.looks_like_table);
    let tables = tables.iter().map(|file| format!("`{}` ({})", file.name, file.reason));
    tables.chain(others.iter().map(|file| format!("`{}`", file.name))).collect()
}

/// How many issues there are of each kind.
fn issues(card: &Scorecard) -> String {
    let mut counts: BTreeMap<IssueCode, u64> = BTreeMap::new();
    for issue in card.issues() {
        *counts.entry(issue.code()).or_default() += 1;
    }
    if counts.is_empty() {
        return "none".to_owned();
    }
    let each: Vec<String> =
        counts.iter().map(|(code, count)| format!("{} {}", code.as_str(), thousands(*count))).collect();
    format!("{}: {}", thousands(card.issues().len() as u64), each.join(", "))
}
