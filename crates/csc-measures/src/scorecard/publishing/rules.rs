//! The rules of suppression, one by one.

use super::cell::{Cell, is_few};
use super::ties::Ties;
use crate::measures::{Measure, Tie};
use crate::value::index::{at, at_mut};

/// The figures of one place by measure: the whole, or a group. What was not supplied is not there.
pub(super) type Layer = Vec<Option<Cell>>;

/// By measure whether a figure is hidden.
pub(super) type Hidden = Vec<bool>;

/// A rule that can be left out by a test that proves it to be needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A quantity of 1 to 5 hides its figure.
    Few,
    /// Where whole less part is 1 to 5, the part is hidden.
    Part,
    /// One of two that show the same hides the other.
    Same,
    /// Twelve months are hidden where one of them is.
    Window,
    /// Groups that would be the whole less the others.
    Groups,
    /// What the audit tells.
    Audit,
}

/// The rules with none left out but one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rules {
    pub(super) without: Option<Rule>,
}

impl Rules {
    pub(super) fn has(self, rule: Rule) -> bool {
        // The audit makes up for a rule that is left out, so it is left out with it.
        self.without != Some(rule) && (rule != Rule::Audit || self.without.is_none())
    }
}

/// Whether two figures are of the same days, so that relations hold between them.
pub(super) type Comparable<'a> = dyn Fn(Measure, Measure) -> bool + 'a;

/// What is hidden by itself, or as a part: the first two rules.
pub(super) fn by_itself(layer: &Layer, ties: &Ties, is_comparable: &Comparable<'_>, rules: Rules) -> Hidden {
    let mut hidden = vec![false; layer.len()];
    for (measure, cell) in Measure::all().zip(layer) {
        let is_few = cell.is_some_and(|cell| cell.is_few(measure));
        *at_mut(&mut hidden, measure.index()) = is_few && rules.has(Rule::Few);
    }
    for link in ties.with(Tie::Part).filter(|_| rules.has(Rule::Part)) {
        let ((part, of_part), (whole, of_whole)) = (link.first, link.second);
        let (Some(a), Some(b)) = (at(layer, part.index()), at(layer, whole.index())) else { continue };
        if is_comparable(part, whole) && is_few(b.of(of_whole).saturating_sub(a.of(of_part))) {
            *at_mut(&mut hidden, part.index()) = true;
        }
    }
    hidden
}

/// One hidden hides the other. Whether anything changed.
pub(super) fn alike(
    layer: &Layer,
    ties: &Ties,
    tie: Tie,
    is_comparable: &Comparable<'_>,
    hidden: &mut Hidden,
) -> bool {
    let mut is_changed = false;
    for link in ties.with(tie) {
        let (a, b) = (link.first.0, link.second.0);
        if at(layer, a.index()).is_none() || at(layer, b.index()).is_none() || !is_comparable(a, b) {
            continue;
        }
        if *at(hidden, a.index()) != *at(hidden, b.index()) {
            *at_mut(hidden, a.index()) = true;
            *at_mut(hidden, b.index()) = true;
            is_changed = true;
        }
    }
    is_changed
}

/// Whether a sum of so many hidden numbers, each of which may be 1 to 5, tells none of them.
pub(super) fn is_cover(hidden: u64, together: u64) -> bool {
    hidden >= 2 && together >= 6 && together > hidden + 1 && together != 5 * hidden
}

/// The next group that is hidden of a measure: the smallest that is not 0; of as many the first by name.
pub(super) fn next_group(layers: &[Layer], hidden: &[Hidden], measure: Measure) -> Option<usize> {
    let place = measure.index();
    let shown = layers.iter().zip(hidden).enumerate().filter(|(_, (_, hidden))| !at(hidden, place));
    let sizes =
        shown.filter_map(|(group, (layer, _))| Some((at(layer, place).as_ref()?.size(measure), group)));
    // The groups lie by name.
    sizes.min_by_key(|(size, group)| (*size == 0, *size, *group)).map(|(_, group)| group)
}

/// Hides groups of a measure until those that are hidden tell none of them. Whether anything changed.
pub(super) fn cover(
    layers: &[Layer],
    measure: Measure,
    is_whole_hidden: bool,
    hidden: &mut [Hidden],
) -> bool {
    let place = measure.index();
    let mut is_changed = false;
    if is_whole_hidden {
        for (layer, hidden) in layers.iter().zip(hidden.iter_mut()) {
            if at(layer, place).is_some() && !std::mem::replace(at_mut(hidden, place), true) {
                is_changed = true;
            }
        }
        return is_changed;
    }
    loop {
        let of_hidden = layers.iter().zip(hidden.iter()).filter(|(_, hidden)| *at(hidden, place));
        let sizes: Vec<u64> =
            of_hidden.filter_map(|(layer, _)| Some(at(layer, place).as_ref()?.size(measure))).collect();
        let count = sizes.len() as u64;
        if count == 0 || is_cover(count, sizes.iter().sum()) {
            return is_changed;
        }
        let Some(next) = next_group(layers, hidden, measure) else { return is_changed };
        let of_group: &mut Hidden = at_mut(hidden, next);
        *at_mut(of_group, place) = true;
        is_changed = true;
    }
}
