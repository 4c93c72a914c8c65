//! The groups of a breakdown to be read: for each dimension those of the last month.

use std::io::{self, Write};

use csc_measures::{Funnel, Scorecard};

use crate::columns::{self, Head};
use crate::lines::GroupLine;
use crate::policies;
use crate::text::{Ink, Page, left};

const HEADS: [Head; 9] = [
    ("measure", false),
    ("", false),
    ("group", false),
    ("value", true),
    ("of", true),
    ("95 % interval", true),
    ("against the whole", false),
    ("outside", true),
    ("unknown", true),
];

/// The columns that a title takes, at most.
const TITLE: usize = 32;

/// The ages as they follow, which the order of letters does not keep.
const AGES: [&str; 7] = ["unborn", "under 1", "1-4", "5-9", "10-15", "16-17", "18+"];

/// Writes the groups of the last month, a table a dimension.
pub(crate) fn write(
    card: &Scorecard,
    groups: &[GroupLine<'_>],
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let last = groups.iter().map(|group| group.month).max();
    let last: Vec<&GroupLine<'_>> = groups.iter().filter(|group| Some(group.month) == last).collect();
    let mut dimensions: Vec<&str> = Vec::new();
    for group in &last {
        if !dimensions.contains(&group.dimension) {
            dimensions.push(group.dimension);
        }
    }
    let titles = card.titles();
    for dimension in &dimensions {
        writeln!(out)?;
        writeln!(out, "{}", page.ink(Ink::Bold, &format!("By {}", dimension.replace('_', " "))))?;
        let mut of_it: Vec<&GroupLine<'_>> =
            last.iter().copied().filter(|group| group.dimension == *dimension).collect();
        if *dimension == "age" {
            by_age(&mut of_it);
        }
        let mut measure = None;
        let rows: Vec<(Ink, Vec<String>)> = of_it
            .iter()
            .map(|group| {
                let is_first = measure.replace(group.measure) != Some(group.measure);
                let title = titles.iter().find(|(id, _)| id == group.measure).filter(|_| is_first);
                (ink(group), cells(group, title.map(|(id, title)| (id.as_str(), title.as_str()))))
            })
            .collect();
        columns::write(&HEADS, &rows, page, out)?;
    }
    // A title is cut here, and the policies that follow it are not to be.
    for (id, words) in policies::in_words(card) {
        if last.iter().any(|group| *group.measure == id) {
            page.item(&id, &words, out)?;
        }
    }
    if !dimensions.is_empty() {
        let note = "The groups of a measure add up to its figure. An interval says how far chance alone may carry a \
                    percentage; of forty groups one or two are outside the funnel by chance.";
        page.item("", note, out)?;
    }
    Ok(())
}

/// Puts the groups of each measure in the order of age, what is not recorded last.
fn by_age(groups: &mut [&GroupLine<'_>]) {
    let age = |group: &GroupLine<'_>| {
        let name = group.group;
        AGES.iter().position(|age| Some(*age) == name).unwrap_or(AGES.len())
    };
    for measure in groups.chunk_by_mut(|a, b| a.measure == b.measure) {
        measure.sort_by_key(|group| age(group));
    }
}

fn ink(group: &GroupLine<'_>) -> Ink {
    match group.funnel {
        Some(Funnel::Above998 | Funnel::Below998 | Funnel::Above95 | Funnel::Below95) => Ink::Bold,
        _ => Ink::Plain,
    }
}

/// The cells of a group, with the id and the title of its measure where they are shown.
fn cells(group: &GroupLine<'_>, measure: Option<(&str, &str)>) -> Vec<String> {
    let outcomes = group.outcomes;
    let outside = outcomes
        .into_iter()
        .flat_map(csc_measures::Outcomes::iter)
        .filter(|(outcome, _)| !outcome.is_in_denominator() && *outcome != csc_measures::Outcome::Unknown);
    let outside: u64 = outside.map(|(_, count)| count).sum();
    let unknown = outcomes.map_or(0, |outcomes| outcomes.get(csc_measures::Outcome::Unknown));
    let some = |count: u64| if count == 0 { String::new() } else { count.to_string() };
    vec![
        measure.map(|(id, _)| id.to_owned()).unwrap_or_default(),
        measure.map(|(_, title)| left(title, TITLE).trim_end().to_owned()).unwrap_or_default(),
        group.group.unwrap_or("not recorded").to_owned(),
        group.value.clone(),
        match group.denominator.clone() {
            denominator if denominator.is_empty() => denominator,
            denominator => format!("{} of {denominator}", group.numerator.clone()),
        },
        group.interval.map(|(low, high)| format!("{low} to {high}")).unwrap_or_default(),
        match group.funnel {
            Some(Funnel::Above998) => "far above".to_owned(),
            Some(Funnel::Above95) => "above".to_owned(),
            Some(Funnel::Below95) => "below".to_owned(),
            Some(Funnel::Below998) => "far below".to_owned(),
            _ => String::new(),
        },
        some(outside),
        some(unknown),
    ]
}
