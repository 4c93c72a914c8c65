//! The groups of a measure: each beside the others on one scale, with where it is in the funnel of the whole.

use csc_measures::Funnel;
use maud::{Markup, html};

use crate::figures::{Group, Line, Measured};
use crate::group_months;
use crate::group_svg::Scale;
use crate::words::{amount_or, group_figure, month, thousands};

/// The ages as they follow, which the order of letters does not keep.
const AGES: [&str; 7] = ["unborn", "under 1", "1-4", "5-9", "10-15", "16-17", "18+"];

/// The groups of the last figure, a table for each dimension.
pub(crate) fn tables(measure: &Measured<'_>) -> Markup {
    let last = measure.last().map(|line| line.result.month);
    let of_last: Vec<&Group<'_>> = measure.groups.iter().filter(|group| Some(group.month) == last).collect();
    let mut dimensions: Vec<&str> = Vec::new();
    for group in &measure.groups {
        if !dimensions.contains(&group.dimension) {
            dimensions.push(group.dimension);
        }
    }
    html! {
        @if let (Some(line), false) = (measure.last(), dimensions.is_empty()) {
            div.groups {
                @for dimension in dimensions {
                    @let of_it = of_last.iter().copied().filter(|group| group.dimension == dimension);
                    @let of_it = in_order(dimension, of_it.collect());
                    @if !of_it.is_empty() { (table(measure, line, dimension, of_it)) }
                    (group_months::months(measure, dimension, &in_words(dimension), &names(measure, dimension)))
                }
            }
        }
    }
}

/// A dimension in words.
fn in_words(dimension: &str) -> String {
    dimension.replace('_', " ")
}

/// The groups that have a figure in any of the months, in order: what is not recorded last.
fn names<'a>(measure: &Measured<'a>, dimension: &str) -> Vec<Option<&'a str>> {
    let of_it = measure.groups.iter().filter(|group| group.dimension == dimension);
    let mut names: Vec<Option<&str>> = of_it.map(|group| group.name).collect();
    names.sort_by_key(|name| (place(dimension, *name), name.is_none(), *name));
    names.dedup();
    names
}

/// The place of an age among the ages; every other group comes where its letters do.
fn place(dimension: &str, name: Option<&str>) -> usize {
    match dimension {
        "age" => AGES.iter().position(|age| Some(*age) == name).unwrap_or(AGES.len()),
        _ => 0,
    }
}

/// The groups of ages in the order of age, what is not recorded last.
fn in_order<'g, 'a>(dimension: &str, mut groups: Vec<&'g Group<'a>>) -> Vec<&'g Group<'a>> {
    groups.sort_by_key(|group| place(dimension, group.name));
    groups
}

fn table(measure: &Measured<'_>, line: &Line<'_>, dimension: &str, groups: Vec<&Group<'_>>) -> Markup {
    let unit = line.result.unit;
    let by = in_words(dimension);
    let id = measure.row.id();
    let whole = line.result.value.filter(|_| !line.is_suppressed);
    let scale = Scale::over(&groups, unit, whole);
    let has_quotient = groups.iter().any(|group| group.denominator.is_some() || group.has_no_denominator);
    let has_interval = groups.iter().any(|group| group.interval.is_some());
    let has_unknown = groups.iter().any(|group| group.unknown > 0);
    html! {
        div.wide role="group" tabindex="0" aria-label=(format!("Groups of {id} by {by}")) {
            table.of-groups {
                caption { (id) " by " (by) ", " (month(line.result.month)) }
                thead {
                    tr {
                        th scope="col" { (crate::words::capital(&by)) }
                        th.number scope="col" { "Figure" }
                        @if has_quotient { th.number scope="col" { "Of" } }
                        @if has_interval { th.number scope="col" { "95\u{a0}% interval" } }
                        td.picture aria-hidden="true" { }
                        @if has_interval { th scope="col" { "Against the whole" } }
                        @if has_unknown { th.number scope="col" { "Unknown" } }
                    }
                }
                tbody {
                    @for group in groups {
                        tr {
                            th scope="row" { (group.name.unwrap_or("not recorded")) }
                            td.number { (group_figure(group, unit)) }
                            @if has_quotient { td.number { (of(group)) } }
                            @if has_interval {
                                td.number { @if let Some((low, high)) = group.interval { (low) " to " (high) } }
                            }
                            td.picture aria-hidden="true" { (scale.picture(group)) }
                            @if has_interval { td { (against(group)) } }
                            @if has_unknown { td.number { @if group.unknown > 0 { (thousands(group.unknown)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn of(group: &Group<'_>) -> String {
    if group.denominator.is_none() && !group.has_no_denominator {
        return String::new();
    }
    let (numerator, denominator) = (
        amount_or(group.numerator, group.has_no_numerator),
        amount_or(group.denominator, group.has_no_denominator),
    );
    format!("{numerator} of {denominator}")
}

/// Where a group is in the funnel, by a sign and in words.
fn against(group: &Group<'_>) -> Markup {
    let (sign, words) = match group.funnel {
        Some(Funnel::Above998) => ("▲▲", "far above"),
        Some(Funnel::Above95) => ("▲", "above"),
        Some(Funnel::Below95) => ("▼", "below"),
        Some(Funnel::Below998) => ("▼▼", "far below"),
        Some(_) => ("", "within chance"),
        None if group.interval.is_some() => ("", "too few cases to say"),
        None => ("", ""),
    };
    html! {
        @if !sign.is_empty() { span.outside { span aria-hidden="true" { (sign) " " } (words) } }
        @else { (words) }
    }
}
