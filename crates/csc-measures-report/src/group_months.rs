//! The groups of a measure over the months: a small chart each, all on one scale, and their figures in a table.

use csc_measures::measures::Unit;
use csc_measures::{Month, Shown};
use maud::{Markup, html};

use crate::chart_svg::{path, px};
use crate::figures::{Group, Measured};
use crate::words::{group_figure, month};

const WIDTH: i64 = 1500;
const HEIGHT: i64 = 480;
const MARGIN: i64 = 50;
/// The most groups that have a chart: of more, the table says it better.
const MOST: usize = 24;

/// The groups of a dimension over the months, in an order; nothing of one month.
pub(crate) fn months(measure: &Measured<'_>, dimension: &str, by: &str, names: &[Option<&str>]) -> Markup {
    let id = measure.row.id();
    let months: Vec<Month> = measure.lines.iter().map(|line| line.result.month).collect();
    let groups: Vec<&Group<'_>> =
        measure.groups.iter().filter(|group| group.dimension == dimension).collect();
    html! {
        @if let (Some(first), Some(last), true) = (months.first(), months.last(), months.len() > 1) {
            @if names.len() <= MOST {
                @let scale = Scale::over(measure, &groups, *first, *last);
                div.multiples {
                    @for name in names {
                        figure.small {
                            figcaption { (name.unwrap_or("not recorded")) }
                            (scale.picture(groups.iter().copied().filter(|group| group.name == *name)))
                        }
                    }
                }
            }
            details {
                summary { (id) " by " (by) " month by month" }
                (table(measure, &groups, by, names, &months))
            }
        }
    }
}

fn table(
    measure: &Measured<'_>,
    groups: &[&Group<'_>],
    by: &str,
    names: &[Option<&str>],
    months: &[Month],
) -> Markup {
    let id = measure.row.id();
    html! {
        div.wide role="group" tabindex="0" aria-label=(format!("Groups of {id} by {by}, month by month")) {
            table.group-history {
                caption { (id) " by " (by) ", month by month" }
                thead {
                    tr {
                        th scope="col" { "Month" }
                        @for name in names { th.number scope="col" { (name.unwrap_or("not recorded")) } }
                    }
                }
                tbody {
                    @for of in months {
                        tr {
                            th scope="row" { (month(*of)) }
                            @for name in names {
                                @let found = groups.iter().find(|group| group.month == *of && group.name == *name);
                                td.number { @if let Some(group) = found { (group_figure(group, measure.row.unit())) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One scale for the charts of a dimension, from zero.
struct Scale {
    first: Month,
    /// How many months there are after the first.
    months: i64,
    /// What is at the top, in tenths of the figure.
    most: i64,
    step: i32,
    /// The figures of the whole, which are drawn behind each group; none of a count, of which groups are parts.
    whole: Vec<(Month, Shown)>,
}

impl Scale {
    fn over(measure: &Measured<'_>, groups: &[&Group<'_>], first: Month, last: Month) -> Self {
        let unit = measure.row.unit();
        let is_quotient = matches!(unit, Unit::Percent | Unit::Average | Unit::Days);
        let whole: Vec<(Month, Shown)> = measure
            .lines
            .iter()
            .filter(|line| is_quotient && !line.is_suppressed)
            .filter_map(|line| Some((line.result.month, line.result.value?)))
            .collect();
        let values =
            groups.iter().filter_map(|group| group.value).chain(whole.iter().map(|(_, value)| *value));
        let most = values.map(Shown::tenths).max().unwrap_or(0);
        let most = if unit == Unit::Percent { most.max(1000) } else { most.max(1) };
        Self { first, months: i64::from(last.since(first)).max(1), most, step: measure.step, whole }
    }

    fn at(&self, month: Month, value: Shown) -> (i64, i64) {
        let across = i64::from(month.since(self.first)) * (WIDTH - 2 * MARGIN) / self.months;
        let up = i128::from(value.tenths()) * i128::from(HEIGHT - 2 * MARGIN) / i128::from(self.most);
        (MARGIN + across, HEIGHT - MARGIN - i64::try_from(up).unwrap_or(0))
    }

    /// Lines through the figures of neighbouring periods, and the figures that have no neighbour.
    fn lines(&self, values: impl Iterator<Item = (Month, Shown)>) -> Vec<Vec<(i64, i64)>> {
        let mut lines: Vec<Vec<(i64, i64)>> = Vec::new();
        let mut before: Option<Month> = None;
        for (month, value) in values {
            let place = self.at(month, value);
            match lines.last_mut() {
                Some(line) if before.is_some_and(|before| month.since(before) == self.step) => {
                    line.push(place)
                }
                _ => lines.push(vec![place]),
            }
            before = Some(month);
        }
        lines
    }

    /// The chart of a group; its figures are in the table.
    fn picture<'g, 'a: 'g>(&self, groups: impl Iterator<Item = &'g Group<'a>>) -> Markup {
        let view = format!("0 0 {} {}", px(WIDTH), px(HEIGHT));
        let shown = groups.filter(|group| !group.is_suppressed);
        let lines = self.lines(shown.filter_map(|group| Some((group.month, group.value?))));
        html! {
            svg.multiple viewBox=(view) width="150" height="48" aria-hidden="true" {
                path.ground d=(path(&[(MARGIN, HEIGHT - MARGIN), (WIDTH - MARGIN, HEIGHT - MARGIN)])) {}
                @for line in self.lines(self.whole.iter().copied()) { path.whole d=(path(&line)) {} }
                @for line in &lines {
                    @match line.as_slice() {
                        [(x, y)] => circle cx=(px(*x)) cy=(px(*y)) r="1.8" {},
                        _ => path.own d=(path(line)) {},
                    }
                }
            }
        }
    }
}
