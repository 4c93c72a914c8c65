//! A group on the scale that it shares with the others: its figure, how far chance may carry it, and the whole.

use csc_measures::measures::Unit;
use csc_measures::{Funnel, Shown};
use maud::{Markup, html};

use crate::chart_svg::{path, px};
use crate::figures::Group;

const WIDTH: i64 = 1800;
const HEIGHT: i64 = 180;
const MIDDLE: i64 = HEIGHT / 2;
const MARGIN: i64 = 60;

/// One scale for the groups of a dimension, from 0.
pub(crate) struct Scale {
    /// What is at the right end, in tenths of the figure.
    most: i64,
    whole: Option<Shown>,
    is_quotient: bool,
}

impl Scale {
    pub(crate) fn over(groups: &[&Group<'_>], unit: Unit, whole: Option<Shown>) -> Self {
        let is_quotient = matches!(unit, Unit::Percent | Unit::Average | Unit::Days);
        // The whole of a count is no mark for its groups: they add up to it.
        let whole = whole.filter(|_| is_quotient);
        let values = groups.iter().flat_map(|group| [group.value, group.interval.map(|(_, high)| high)]);
        let most = values.chain([whole]).flatten().map(Shown::tenths).max().unwrap_or(0);
        let most = if unit == Unit::Percent { most.max(1000) } else { most.max(1) };
        Self { most, whole, is_quotient }
    }

    fn at(&self, value: Shown) -> i64 {
        let room = i128::from(WIDTH - 2 * MARGIN);
        let across = i128::from(value.tenths()) * room / i128::from(self.most);
        MARGIN + i64::try_from(across).unwrap_or(0)
    }

    /// The picture of a group; its figures stand beside it.
    pub(crate) fn picture(&self, group: &Group<'_>) -> Markup {
        let view = format!("0 0 {} {}", px(WIDTH), px(HEIGHT));
        let line = |from: i64, to: i64| path(&[(from, MIDDLE), (to, MIDDLE)]);
        let is_outside = group.funnel.is_some_and(|funnel| funnel != Funnel::Within);
        html! {
            svg.group viewBox=(view) width="180" height="18" aria-hidden="true" {
                path.ground d=(line(MARGIN, WIDTH - MARGIN)) {}
                @if let Some(whole) = self.whole {
                    path.whole d=(path(&[(self.at(whole), 10), (self.at(whole), HEIGHT - 10)])) {}
                }
                @if let Some((low, high)) = group.interval {
                    path.interval d=(line(self.at(low), self.at(high))) {}
                }
                @if let Some(value) = group.value.filter(|_| !group.is_suppressed) {
                    @if !self.is_quotient { path.bar d=(line(MARGIN, self.at(value))) {} }
                    @let (x, y) = (self.at(value), MIDDLE);
                    @if is_outside {
                        path.dot.outside d=(path(&[(x, y - 60), (x + 60, y), (x, y + 60), (x - 60, y)]) + "Z") {}
                    } @else {
                        circle.dot cx=(px(x)) cy=(px(y)) r="4" {}
                    }
                }
            }
        }
    }
}
