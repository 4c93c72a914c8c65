//! Everything that is known of published figures, as quantities and the sums that tie them.

use std::collections::HashMap;

use super::possible::{Possible, UNBOUNDED};
use super::seen::{Place, Seen, Sight};
use super::sums::{Node, Sums};
use crate::measures::{Measure, Quantity, Tie};
use crate::scorecard::publishing::cell::{is_of_leavers, quantities};
use crate::scorecard::publishing::ties::{Link, Ties};
use crate::scorecard::publishing::window::begins_with_a_month;
use crate::time::Month;
use crate::value::index::at;

/// What a quantity of the network is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scorecard::publishing) enum About {
    /// Of a figure.
    Quantity(Quantity),
    /// The whole of a part less the part, of the part's figure: the other measure.
    Difference(Quantity, Measure),
    /// What happened in so many months to this one, which nobody publishes.
    Term(Quantity, usize),
}

/// A quantity with what is found of it.
#[derive(Clone, Debug)]
pub(in crate::scorecard::publishing) struct Finding {
    /// The place of the figure among those that are seen; of a term none.
    pub(in crate::scorecard::publishing) figure: Option<usize>,
    pub(in crate::scorecard::publishing) measure: Measure,
    pub(in crate::scorecard::publishing) month: Month,
    pub(in crate::scorecard::publishing) place: Place,
    pub(in crate::scorecard::publishing) about: About,
    pub(in crate::scorecard::publishing) possible: Possible,
}

impl Finding {
    /// Whether it can be told that it is one number from 1 to 5, and which.
    pub(in crate::scorecard::publishing) fn is_told(&self) -> bool {
        self.possible.only().is_some_and(|number| (1..=5).contains(&number))
    }

    /// Whether two findings are of one quantity of one month.
    pub(in crate::scorecard::publishing) fn is_of_what(&self, other: &Self) -> bool {
        (self.measure, self.place, self.about) == (other.measure, other.place, other.about)
    }
}

/// What somebody knows who knows the rules.
pub(in crate::scorecard::publishing) struct Known<'a> {
    pub(in crate::scorecard::publishing) ties: &'a Ties,
    pub(in crate::scorecard::publishing) figures: &'a [Seen],
    /// Whether the figures of a measure are all there, if it has any.
    pub(in crate::scorecard::publishing) is_seen: &'a dyn Fn(Measure) -> bool,
    /// The months from one published figure of a measure to the next.
    pub(in crate::scorecard::publishing) step: &'a dyn Fn(Measure) -> i32,
}

type Key = (Measure, Month, Place);

struct Network<'a> {
    known: &'a Known<'a>,
    places: HashMap<Key, usize>,
    /// By figure and quantity.
    nodes: Vec<[Option<Node>; Quantity::ALL.len()]>,
    sums: Sums,
    /// What is looked for, with its place.
    wanted: Vec<(Node, Option<usize>, Key, About)>,
    differences: HashMap<usize, Vec<Node>>,
}

/// What each quantity, difference and term may be.
pub(in crate::scorecard::publishing) fn find(known: &Known<'_>) -> Vec<Finding> {
    let mut network = Network {
        known,
        places: HashMap::new(),
        nodes: Vec::with_capacity(known.figures.len()),
        sums: Sums::default(),
        wanted: Vec::new(),
        differences: HashMap::new(),
    };
    network.quantities();
    network.links();
    network.groups();
    network.hidden_wholes();
    network.terms();
    network.sums.narrow();
    let Network { sums, wanted, .. } = network;
    wanted
        .into_iter()
        .map(|(node, figure, (measure, month, place), about)| Finding {
            figure,
            measure,
            month,
            place,
            about,
            possible: at(&sums.nodes, node).clone(),
        })
        .collect()
}

impl Network<'_> {
    fn node_of(&self, figure: usize, quantity: Quantity) -> Option<Node> {
        let nodes: &[Option<Node>; Quantity::ALL.len()] = at(&self.nodes, figure);
        *at(nodes, quantity as usize)
    }

    fn node(&self, (measure, month, place): Key, quantity: Quantity) -> Option<Node> {
        let figure = *self.places.get(&(measure, month, place))?;
        self.node_of(figure, quantity)
    }

    /// The quantities of each figure; of a percentage the numerator and the rest are the denominator.
    fn quantities(&mut self) {
        for (figure, seen) in self.known.figures.iter().enumerate() {
            let key = (seen.measure, seen.month, seen.place);
            let mut nodes = [None; Quantity::ALL.len()];
            for quantity in quantities(seen.measure) {
                let possible = match &seen.sight {
                    Sight::Shown(sets) | Sight::Rounded(sets) => at(sets, *quantity as usize).clone(),
                    Sight::Hidden { .. } => Possible::any(),
                };
                let node = self.sums.add(possible);
                if let Some(place) = nodes.get_mut(*quantity as usize) {
                    *place = Some(node);
                }
                self.wanted.push((node, Some(figure), key, About::Quantity(*quantity)));
            }
            if let ([Some(numerator), Some(denominator), Some(rest)], false) =
                (nodes, is_of_leavers(seen.measure))
            {
                self.sums.sum(denominator, vec![numerator, rest]);
            }
            self.nodes.push(nodes);
            self.places.insert(key, figure);
        }
    }

    /// The relations between figures of one month and place.
    fn links(&mut self) {
        let known = self.known;
        for (figure, seen) in known.figures.iter().enumerate() {
            for link in known.ties.links.iter().filter(|link| link.first.0 == seen.measure) {
                match link.tie {
                    Tie::Same => {}
                    Tie::Window => self.window(seen, link),
                    Tie::Equal | Tie::Part | Tie::Gap | Tie::AtMost => self.link(figure, seen, link),
                }
            }
        }
    }

    fn link(&mut self, figure: usize, seen: &Seen, link: &Link) {
        let other = (link.second.0, seen.month, seen.place);
        let key = (seen.measure, seen.month, seen.place);
        let (Some(first), Some(second)) = (self.node(key, link.first.1), self.node(other, link.second.1))
        else {
            return;
        };
        let is_of_same_days =
            self.places.get(&other).is_some_and(|other| at(self.known.figures, *other).as_at == seen.as_at);
        if !is_of_same_days {
            return;
        }
        match link.tie {
            Tie::Equal => self.sums.sum(second, vec![first]),
            Tie::Part => {
                // Where it were few, the part would be hidden.
                let is_shown = matches!(seen.sight, Sight::Shown(_));
                let difference =
                    self.sums.add(if is_shown { Possible::never_few() } else { Possible::any() });
                self.sums.sum(second, vec![first, difference]);
                self.wanted.push((
                    difference,
                    Some(figure),
                    key,
                    About::Difference(link.first.1, link.second.0),
                ));
                self.differences.entry(figure).or_default().push(difference);
            }
            _ => {
                let outside = self.sums.add(Possible::any());
                self.sums.sum(second, vec![first, outside]);
            }
        }
    }

    /// The whole of twelve months is the sum of the months', if all of them are there.
    fn window(&mut self, seen: &Seen, link: &Link) {
        let (other, quantity) = link.second;
        let step = (self.known.step)(other);
        let months = (0..12 / step).map(|back| (other, seen.month.plus(-back * step), seen.place));
        let parts: Option<Vec<Node>> = months.map(|key| self.node(key, quantity)).collect();
        let key = (seen.measure, seen.month, seen.place);
        let (Some(mut parts), Some(total)) = (parts, self.node(key, link.first.1)) else { return };
        if !begins_with_a_month(seen.month, 12) {
            let is_shown = matches!(seen.sight, Sight::Shown(_));
            let leap_day = self.sums.add(if is_shown { Possible::never_few() } else { Possible::any() });
            let figure = self.places.get(&key).copied();
            self.wanted.push((leap_day, figure, key, About::Difference(link.first.1, other)));
            parts.push(leap_day);
        }
        self.sums.sum(total, parts);
    }

    /// The groups of a dimension add up to the whole.
    fn groups(&mut self) {
        let known = self.known;
        let mut groups: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
        for (figure, seen) in known.figures.iter().enumerate() {
            if let Place::Group(dimension, _) = seen.place
                && let Some(whole) = self.places.get(&(seen.measure, seen.month, Place::Whole))
            {
                groups.entry((*whole, dimension)).or_default().push(figure);
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_unstable();
        for ((whole, _), groups) in groups {
            for quantity in Quantity::ALL {
                let node = |figure: usize| self.node_of(figure, quantity);
                let parts: Option<Vec<Node>> = groups.iter().map(|group| node(*group)).collect();
                if let (Some(total), Some(parts)) = (node(whole), parts) {
                    self.sums.sum(total, parts);
                }
            }
            self.groups_of_count(&groups);
        }
    }

    /// A hidden group of a count that nothing else can have hidden is one of few, or no larger than the smallest that is
    /// shown.
    fn groups_of_count(&mut self, groups: &[usize]) {
        let Some(first) = groups.first().map(|group| at(self.known.figures, *group)) else { return };
        let measure = first.measure;
        let is_count = quantities(measure) == [Quantity::Numerator] && measure.definition().forms.len() == 1;
        if !is_count || self.known.ties.is_tied(measure, &[Tie::Same, Tie::Part, Tie::Equal]) {
            return;
        }
        let nodes = |figure: usize| self.node_of(figure, Quantity::Numerator);
        let mut hidden = Vec::new();
        let mut smallest: Option<u64> = None;
        for group in groups {
            match &at(self.known.figures, *group).sight {
                Sight::Shown([numerator, ..]) => {
                    let shown = numerator.only().filter(|number| *number > 0);
                    smallest = smallest.into_iter().chain(shown).min();
                }
                Sight::Hidden { .. } => hidden.extend(nodes(*group)),
                Sight::Rounded(_) => {}
            }
        }
        let Some(smallest) = smallest else { return };
        for node in hidden {
            if let Some(set) = self.sums.nodes.get_mut(node) {
                set.keep(1, smallest.max(5));
            }
        }
    }

    /// Something of a hidden whole, or of the figures that are the same, is few.
    fn hidden_wholes(&mut self) {
        let known = self.known;
        for (figure, seen) in known.figures.iter().enumerate() {
            if seen.place != Place::Whole || !matches!(seen.sight, Sight::Hidden { is_few: true }) {
                continue;
            }
            let mut few = Vec::new();
            let mut is_all_seen = true;
            for measure in known.ties.same_as(seen.measure) {
                is_all_seen &= (known.is_seen)(measure);
                let wholes = known.ties.with(Tie::Part).filter(|link| link.first.0 == measure);
                is_all_seen &= wholes.map(|link| link.second.0).all(known.is_seen);
                let Some(of) = self.places.get(&(measure, seen.month, Place::Whole)) else { continue };
                few.extend(at(&self.nodes, *of).iter().flatten());
                few.extend(self.differences.get(of).into_iter().flatten());
            }
            if is_all_seen && self.places.get(&(seen.measure, seen.month, seen.place)) == Some(&figure) {
                self.sums.one_is_few(few);
            }
        }
    }

    /// Figures of different months as sums of what happened in each.
    fn terms(&mut self) {
        let known = self.known;
        let mut terms: HashMap<(Measure, Month, Place), Node> = HashMap::new();
        for seen in known.figures {
            // Of a year the one term is the figure.
            let Some(of) = known.ties.sums_of(seen.measure) else { continue };
            let step = (known.step)(seen.measure);
            let each = step.max(i32::try_from(of.months).unwrap_or(step));
            let all = i32::try_from(of.count * of.months).unwrap_or(each);
            let total = self.node((seen.measure, seen.month, seen.place), of.own);
            let (Some(total), true) = (total, all > each) else { continue };
            let mut parts = Vec::new();
            for back in 0..all / each {
                let month = seen.month.plus(-back * each);
                let key = (seen.measure, month, seen.place);
                let (sums, wanted) = (&mut self.sums, &mut self.wanted);
                let node = *terms.entry(key).or_insert_with(|| {
                    let node = sums.add(Possible::between(0, UNBOUNDED));
                    wanted.push((node, None, key, About::Term(of.own, each.unsigned_abs() as usize)));
                    node
                });
                parts.push(node);
            }
            if !begins_with_a_month(seen.month, all.unsigned_abs()) {
                parts.push(self.sums.add(Possible::any()));
            }
            self.sums.sum(total, parts);
        }
    }
}
