//! Which figures are hidden, so that none of 1 to 5 cases is told: the rules in order, and what the audit adds.

use std::collections::BTreeMap;

use super::audit::{About, Finding, Known, Place, Seen, Sight, find, sight_of};
use super::cell::is_few;
use super::figures::Figures;
use super::options::is_march;
use super::rules::{Comparable, Hidden, Layer, Rule, Rules, alike, by_itself, cover, next_group};
use super::ties::{Link, Ties};
use super::window::begins_with_a_month;
use crate::measures::{Measure, PeriodKind, Quantity, Tie};
use crate::scorecard::run::Run;
use crate::time::Month;
use crate::value::index::{at, at_mut};

/// What is hidden of a period.
#[derive(Clone, Debug)]
pub(super) struct HiddenOf {
    /// By measure.
    pub(super) whole: Hidden,
    /// By measure whether it is since something of it is few.
    pub(super) is_few: Vec<bool>,
    /// By dimension and group.
    pub(super) groups: Vec<Vec<Hidden>>,
}

/// What is hidden by the last month of each period.
pub(super) type Suppressed = BTreeMap<Month, HiddenOf>;

struct Work<'a> {
    figures: &'a Figures,
    ties: &'a Ties,
    run: &'a Run,
    rules: Rules,
}

/// Decides for every period, also those before the first that is published.
pub(super) fn suppress(figures: &Figures, ties: &Ties, run: &Run, rules: Rules) -> Suppressed {
    let work = Work { figures, ties, run, rules };
    let wholes: BTreeMap<Month, Layer> =
        figures.periods().into_iter().map(|month| (month, figures.whole(ties, month))).collect();
    let mut found: Suppressed =
        wholes.iter().map(|(month, layer)| (*month, work.whole(*month, layer))).collect();
    if rules.has(Rule::Window) {
        work.windows(&wholes, &mut found);
    }
    for month in &figures.published {
        let (Some(whole), Some(hidden)) = (wholes.get(month), found.get_mut(month)) else { continue };
        for dimension in 0..figures.dimensions.len() {
            let layers = figures.layers(ties, *month, dimension);
            let groups = work.groups(*month, whole, hidden, (dimension, &layers));
            hidden.groups.push(groups);
        }
    }
    found
}

impl Work<'_> {
    fn is_comparable(&self, a: Measure, b: Measure) -> bool {
        let day = |measure: Measure| self.figures.as_at(measure, self.ties.terms_of(measure));
        day(a) == day(b)
    }

    /// The whole of one period, without the windows that reach others.
    fn whole(&self, month: Month, layer: &Layer) -> HiddenOf {
        let comparable = |a: Measure, b: Measure| self.is_comparable(a, b);
        let mut whole = by_itself(layer, self.ties, &comparable, self.rules);
        let few = whole.clone();
        let is_few = Measure::all()
            .map(|measure| {
                let same = self.ties.same_as(measure);
                same.iter().any(|same| at(layer, same.index()).is_some() && *at(&few, same.index()))
            })
            .collect();
        let mut found = HiddenOf { whole: Hidden::new(), is_few, groups: Vec::new() };
        loop {
            self.same(layer, &mut whole);
            self.month_window(layer, &mut whole);
            if !self.rules.has(Rule::Audit) {
                break;
            }
            found.whole.clone_from(&whole);
            let all_told = self.told(&self.seen(month, layer, &found, None));
            let mut is_changed = false;
            for told in &all_told {
                let own = told.measure.index();
                let other = match told.about {
                    About::Difference(_, whole) => Some(whole.index()),
                    About::Quantity(_) | About::Term(..) => None,
                };
                for place in [Some(own), other].into_iter().flatten() {
                    if !std::mem::replace(at_mut(&mut whole, place), true) {
                        is_changed = true;
                        break;
                    }
                }
            }
            let hide = |(measure, ()): (Measure, ())| {
                let mut tried = HiddenOf { whole: whole.clone(), ..found.clone() };
                *at_mut(&mut tried.whole, measure.index()) = true;
                self.same(layer, &mut tried.whole);
                self.month_window(layer, &mut tried.whole);
                let told = self.told(&self.seen(month, layer, &tried, None));
                (tried.whole, told)
            };
            let shown = |measure: Measure| {
                let is_shown = at(layer, measure.index()).is_some() && !*at(&whole, measure.index());
                is_shown.then_some((measure, ()))
            };
            if !is_changed {
                match self.give_way(&all_told, |_, measure| shown(measure).into_iter().collect(), hide) {
                    Some(hidden) => whole = hidden,
                    None => break,
                }
            }
        }
        found.whole = whole;
        found
    }

    fn same(&self, layer: &Layer, hidden: &mut Hidden) {
        let always: &Comparable<'_> = &|_, _| true;
        while self.rules.has(Rule::Same) && alike(layer, self.ties, Tie::Same, always, hidden) {}
    }

    /// The window of one month, under the policies that follow complaints from it.
    fn month_window(&self, layer: &Layer, hidden: &mut Hidden) {
        for link in self.ties.with(Tie::Equal).filter(|_| self.rules.has(Rule::Window)) {
            let (window, month) = (link.first.0, link.second.0);
            let is_window = window == Measure::COMPLAINTS_TO_STAGE_TWO;
            if is_window && at(layer, window.index()).is_some() && *at(hidden, month.index()) {
                *at_mut(hidden, window.index()) = true;
            }
        }
    }

    /// Windows of twelve months over what is hidden of each.
    fn windows(&self, wholes: &BTreeMap<Month, Layer>, found: &mut Suppressed) {
        for link in self.ties.with(Tie::Window) {
            let window = link.first.0.index();
            let months: Vec<Month> = found.keys().copied().collect();
            for month in months {
                let has_figure = wholes.get(&month).is_some_and(|layer| at(layer, window).is_some());
                let is_told = tells_hidden(wholes, found, link, month) || tells_leap_day(wholes, link, month);
                if has_figure
                    && is_told
                    && let Some(hidden) = found.get_mut(&month)
                    && !std::mem::replace(at_mut(&mut hidden.whole, window), true)
                {
                    *at_mut(&mut hidden.is_few, window) = false;
                }
            }
        }
    }

    /// The groups of a dimension in a period.
    fn groups(
        &self,
        month: Month,
        whole: &Layer,
        wholes: &HiddenOf,
        (dimension, layers): (usize, &[Layer]),
    ) -> Vec<Hidden> {
        let comparable = |a: Measure, b: Measure| self.is_comparable(a, b);
        let mut hidden: Vec<Hidden> =
            layers.iter().map(|layer| by_itself(layer, self.ties, &comparable, self.rules)).collect();
        loop {
            self.settle(layers, wholes, &comparable, &mut hidden);
            if !self.rules.has(Rule::Audit) {
                return hidden;
            }
            let told = |hidden: &[Hidden]| {
                self.told(&self.seen(month, whole, wholes, Some((dimension, layers, hidden))))
            };
            let all_told = told(&hidden);
            let mut is_changed = false;
            for told in &all_told {
                is_changed |= hide_one_more(told, layers, &mut hidden);
            }
            let hide = |(measure, group): (Measure, usize)| {
                let mut tried = hidden.clone();
                let of_group: &mut Hidden = at_mut(&mut tried, group);
                *at_mut(of_group, measure.index()) = true;
                self.settle(layers, wholes, &comparable, &mut tried);
                let told = told(&tried);
                (tried, told)
            };
            let shown = |of: &Finding, measure: Measure| -> Vec<(Measure, usize)> {
                let place = measure.index();
                let is_shown = |group: &usize| {
                    at(at::<Layer>(layers, *group), place).is_some()
                        && !*at(at::<Hidden>(&hidden, *group), place)
                };
                let groups = match of.place {
                    Place::Group(_, group) => group..group + 1,
                    Place::Whole => 0..layers.len(),
                };
                groups.filter(is_shown).map(|group| (measure, group)).collect()
            };
            if !is_changed {
                match self.give_way(&all_told, shown, hide) {
                    Some(more) => hidden = more,
                    None => return hidden,
                }
            }
        }
    }

    /// Rules 3 and 5 until nothing changes.
    fn settle(
        &self,
        layers: &[Layer],
        wholes: &HiddenOf,
        comparable: &Comparable<'_>,
        hidden: &mut [Hidden],
    ) {
        let always: &Comparable<'_> = &|_, _| true;
        let mut is_changed = true;
        while std::mem::take(&mut is_changed) {
            if self.rules.has(Rule::Same) {
                for (layer, hidden) in layers.iter().zip(hidden.iter_mut()) {
                    is_changed |= alike(layer, self.ties, Tie::Same, always, hidden);
                    is_changed |= alike(layer, self.ties, Tie::Equal, comparable, hidden);
                }
            }
            if self.rules.has(Rule::Groups) {
                for measure in Measure::all() {
                    let is_whole_hidden = *at(&wholes.whole, measure.index());
                    is_changed |= cover(layers, measure, is_whole_hidden, hidden);
                }
            }
        }
    }

    /// Hides a figure of a related measure, if nothing more of the measure itself can be hidden and a count of it can still
    /// be worked out: the first figure without which it cannot, else the first. `None` if no count can be worked out, or
    /// nothing is left to hide.
    fn give_way<Figure: Copy, H>(
        &self,
        told: &[Finding],
        shown: impl Fn(&Finding, Measure) -> Vec<Figure>,
        hide: impl Fn(Figure) -> (H, Vec<Finding>),
    ) -> Option<H> {
        told.iter().find_map(|told| {
            let related = self.ties.related_to(told.measure);
            let figures: Vec<Figure> = related.flat_map(|measure| shown(told, measure)).collect();
            let mut tried = figures.iter().map(|figure| hide(*figure));
            let kept = tried.find(|(_, others)| !others.iter().any(|other| other.is_of_what(told)));
            kept.or_else(|| figures.first().map(|figure| hide(*figure))).map(|(hidden, _)| hidden)
        })
    }

    fn told(&self, seen: &[Seen]) -> Vec<Finding> {
        let period = self.figures.period.months();
        let known = Known {
            ties: self.ties,
            figures: seen,
            is_seen: &|_| true,
            step: &|measure| step(measure, period),
        };
        find(&known).into_iter().filter(|found| found.is_told() && found.figure.is_some()).collect()
    }

    /// A period as it would be seen, of every measure, and the groups of one dimension.
    fn seen(
        &self,
        month: Month,
        layer: &Layer,
        hidden: &HiddenOf,
        groups: Option<(usize, &[Layer], &[Hidden])>,
    ) -> Vec<Seen> {
        let mut seen = Vec::new();
        let mut add = |place: Place, layer: &Layer, hidden: &Hidden, is_few: Option<&Vec<bool>>| {
            for measure in Measure::all() {
                let Some(cell) = at(layer, measure.index()) else { continue };
                let terms = self.ties.terms_of(measure);
                let sight = if *at(hidden, measure.index()) {
                    Sight::Hidden { is_few: is_few.is_some_and(|few| *at(few, measure.index())) }
                } else {
                    sight_of(measure, &at(&self.run.terms, terms).policy, cell)
                };
                seen.push(Seen { measure, month, place, as_at: self.figures.as_at(measure, terms), sight });
            }
        };
        add(Place::Whole, layer, &hidden.whole, Some(&hidden.is_few));
        if let Some((dimension, layers, hidden)) = groups {
            for (group, (layer, hidden)) in layers.iter().zip(hidden).enumerate() {
                add(Place::Group(dimension, group), layer, hidden, None);
            }
        }
        seen
    }
}

/// Whether a window over hidden months would tell one of them: only that of March may be shown, and only if the sum of
/// its hidden months leaves each of them open.
fn tells_hidden(wholes: &BTreeMap<Month, Layer>, found: &Suppressed, link: &Link, month: Month) -> bool {
    let (each, quantity) = (link.second.0.index(), link.second.1);
    let hidden = found.range(month.plus(-11)..=month).filter(|(_, hidden)| *at(&hidden.whole, each));
    let sizes = hidden.filter_map(|(month, _)| Some(at(wholes.get(month)?, each).as_ref()?.of(quantity)));
    let sizes: Vec<u64> = sizes.collect();
    let (count, together) = (sizes.len() as u64, sizes.iter().sum::<u64>());
    let is_open = count >= 2 && together > count + 1 && together < (5 * count).saturating_sub(1);
    count > 0 && !(is_march(month) && is_open)
}

/// Whether a window has a leap day beside its months, of which the cases are few.
fn tells_leap_day(wholes: &BTreeMap<Month, Layer>, link: &Link, month: Month) -> bool {
    let of = |month: &Month, (measure, quantity): (Measure, Quantity)| {
        at(wholes.get(month)?, measure.index()).as_ref().map(|cell| cell.of(quantity))
    };
    let months = wholes.range(month.plus(-11)..=month).map(|(month, _)| of(month, link.second));
    let together: Option<u64> = months.sum();
    let window = of(&month, link.first);
    !begins_with_a_month(month, 12)
        && window.zip(together).is_some_and(|(window, months)| is_few(window.saturating_sub(months)))
}

/// The months from one published figure of a measure to the next.
pub(super) fn step(measure: Measure, period: i32) -> i32 {
    let own = if measure.definition().period == PeriodKind::Quarter { 3 } else { 1 };
    own.max(period)
}

/// Hides one figure more because of what is told: its own, else the next group of its measure; of a difference else the
/// same with the whole. Wholes are decided without any dimension, so only groups go. Whether one was hidden.
fn hide_one_more(told: &Finding, layers: &[Layer], hidden: &mut [Hidden]) -> bool {
    let measures = match told.about {
        About::Difference(_, whole) => vec![told.measure, whole],
        About::Quantity(_) | About::Term(..) => vec![told.measure],
    };
    let own = |measure: Measure, hidden: &[Hidden]| match told.place {
        Place::Group(_, group) => {
            let has =
                layers.get(group).and_then(|layer| layer.get(measure.index())).is_some_and(Option::is_some);
            let of_group: &Hidden = at(hidden, group);
            (has && !*at(of_group, measure.index())).then_some(group)
        }
        Place::Whole => None,
    };
    for measure in measures {
        let next = own(measure, hidden).or_else(|| next_group(layers, hidden, measure));
        if let Some(group) = next {
            let of_group: &mut Hidden = at_mut(hidden, group);
            *at_mut(of_group, measure.index()) = true;
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adoptions_are_published_by_the_quarter_at_least() {
        assert_eq!(step(Measure::ADOPTION_DAYS, 1), 3);
        assert_eq!(step(Measure::ADOPTION_DAYS, 12), 12);
        assert_eq!(step(Measure::CASELOAD, 1), 1);
    }
}
