//! Quantities that add up, and what each may then be.

use std::collections::VecDeque;

use super::possible::{Possible, UNBOUNDED};
use crate::value::index::{at, at_mut};

/// Beyond so many different sums only the ends of sets are looked at.
const MOST_SUMS: u64 = 2048;

/// The place of a quantity.
pub(super) type Node = usize;

/// Quantities, and the sums that tie them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub(super) nodes: Vec<Possible>,
    rules: Vec<Rule>,
    /// For each quantity the rules that it is in.
    rules_of: Vec<Vec<usize>>,
}

#[derive(Clone, Debug)]
enum Rule {
    /// The first is the sum of the others.
    Sum(Node, Vec<Node>),
    /// One of them at least is 1 to 5.
    OneIsFew(Vec<Node>),
}

impl Rule {
    fn nodes(&self) -> impl Iterator<Item = Node> {
        let (total, nodes) = match self {
            Self::Sum(total, parts) => (Some(*total), parts),
            Self::OneIsFew(nodes) => (None, nodes),
        };
        total.into_iter().chain(nodes.iter().copied())
    }
}

impl Sums {
    pub(super) fn add(&mut self, possible: Possible) -> Node {
        self.nodes.push(possible);
        self.rules_of.push(Vec::new());
        self.nodes.len() - 1
    }

    pub(super) fn sum(&mut self, total: Node, parts: Vec<Node>) {
        self.rule(Rule::Sum(total, parts));
    }

    pub(super) fn one_is_few(&mut self, nodes: Vec<Node>) {
        self.rule(Rule::OneIsFew(nodes));
    }

    fn rule(&mut self, rule: Rule) {
        for node in rule.nodes() {
            at_mut(&mut self.rules_of, node).push(self.rules.len());
        }
        self.rules.push(rule);
    }

    /// Narrows what each quantity may be until nothing changes.
    pub(super) fn narrow(&mut self) {
        let mut waiting: VecDeque<usize> = (0..self.rules.len()).collect();
        let mut is_waiting = vec![true; self.rules.len()];
        while let Some(next) = waiting.pop_front() {
            *at_mut(&mut is_waiting, next) = false;
            let changed = match at(&self.rules, next) {
                Rule::Sum(total, parts) => narrow_sum(&mut self.nodes, *total, parts),
                Rule::OneIsFew(nodes) => narrow_few(&mut self.nodes, nodes),
            };
            for node in changed {
                for rule in at(&self.rules_of, node) {
                    if !std::mem::replace(at_mut(&mut is_waiting, *rule), true) {
                        waiting.push_back(*rule);
                    }
                }
            }
        }
    }
}

/// If only one can be 1 to 5, it is.
fn narrow_few(nodes: &mut [Possible], of: &[Node]) -> Vec<Node> {
    let mut can = of.iter().filter(|node| at(nodes, **node).may_be_few());
    match (can.next().copied(), can.next()) {
        (Some(only), None) if at_mut(nodes, only).keep(1, 5) => vec![only],
        _ => Vec::new(),
    }
}

fn narrow_sum(nodes: &mut [Possible], total: Node, parts: &[Node]) -> Vec<Node> {
    let mut changed = narrow_ends(nodes, total, parts);
    changed.extend(narrow_numbers(nodes, total, parts));
    changed
}

/// By the ends of the sets.
fn narrow_ends(nodes: &mut [Possible], total: Node, parts: &[Node]) -> Vec<Node> {
    let mut changed = Vec::new();
    let (mut low, mut high, mut unbounded) = (0_u64, 0_u64, 0_usize);
    for part in parts {
        let (part_low, part_high) = at(nodes, *part).ends();
        low += part_low;
        if part_high >= UNBOUNDED { unbounded += 1 } else { high += part_high }
    }
    let ends = (low, if unbounded > 0 { UNBOUNDED } else { high });
    if at_mut(nodes, total).keep(ends.0, ends.1) {
        changed.push(total);
    }
    let (total_low, total_high) = at(nodes, total).ends();
    for part in parts {
        let (part_low, part_high) = at(nodes, *part).ends();
        let is_unbounded = part_high >= UNBOUNDED;
        let others_low = low - part_low;
        let others_high = match (unbounded, is_unbounded) {
            (0, _) => Some(high - part_high),
            (1, true) => Some(high),
            _ => None,
        };
        let least = others_high.map_or(0, |others| total_low.saturating_sub(others));
        let most = if total_high >= UNBOUNDED { UNBOUNDED } else { total_high.saturating_sub(others_low) };
        if least <= most && at_mut(nodes, *part).keep(least, most) {
            changed.push(*part);
            // The sums of the ends follow, so that one pass uses what the part has become.
            let (new_low, new_high) = at(nodes, *part).ends();
            low = low - part_low + new_low;
            if is_unbounded && new_high < UNBOUNDED {
                unbounded -= 1;
                high += new_high;
            } else if !is_unbounded {
                high = high - part_high + new_high;
            }
        }
    }
    changed
}

/// Number by number, if any set is known so: which numbers are a part of some sum that the total may be.
fn narrow_numbers(nodes: &mut [Possible], total: Node, parts: &[Node]) -> Vec<Node> {
    let is_listed = |node: Node| at(nodes, node).is_listed();
    if !is_listed(total) && !parts.iter().any(|part| is_listed(*part)) {
        return Vec::new();
    }
    // One that is known adds nothing but itself.
    let moving: Vec<Node> = parts.iter().copied().filter(|part| at(nodes, *part).only().is_none()).collect();
    let low: u64 = parts.iter().map(|part| at(nodes, *part).low()).sum();
    let (_, total_high) = at(nodes, total).ends();
    if total_high < low || total_high - low > MOST_SUMS || moving.is_empty() {
        return Vec::new();
    }
    let sums = (total_high - low) as usize + 1;
    let above = |node: Node| Above::new(at(nodes, node), sums);
    let sets: Vec<Above> = moving.iter().map(|node| above(*node)).collect();
    // Sums of the first so many.
    let mut before = Vec::with_capacity(sets.len() + 1);
    let mut reached = Bits::new(sums);
    reached.set(0);
    for set in &sets {
        before.push(reached.clone());
        reached = set.each_of(&reached, Bits::up);
    }
    let possible_total = at(nodes, total);
    let mut wanted = Bits::new(sums);
    for sum in 0..sums {
        if reached.has(sum) && possible_total.has(low + sum as u64) {
            wanted.set(sum);
        }
    }
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut changed = Vec::new();
    let is_total_wanted = wanted.clone();
    if keep(at_mut(nodes, total), |number| {
        number.checked_sub(low).is_some_and(|sum| is_total_wanted.has(sum as usize))
    }) {
        changed.push(total);
    }
    for ((node, set), before) in moving.iter().zip(&sets).zip(&before).rev() {
        let part = at_mut(nodes, *node);
        let part_low = part.low();
        let fits = |number: u64| {
            let by = number.checked_sub(part_low);
            by.is_some_and(|by| (by as usize) < sums && before.up(by as usize).meets(&wanted))
        };
        let next = set.each_of(&wanted, Bits::down);
        if keep(part, fits) {
            changed.push(*node);
        }
        wanted = next;
    }
    changed
}

/// Leaves what fits: of a list each number, of a wide set the ends.
fn keep(set: &mut Possible, fits: impl Fn(u64) -> bool) -> bool {
    if set.is_listed() {
        return set.keep_where(fits);
    }
    let (low, high) = set.ends();
    if low == high || high >= UNBOUNDED {
        return false;
    }
    let first = (low..=high).find(|number| fits(*number));
    let last = (low..=high).rev().find(|number| fits(*number));
    matches!((first, last), (Some(first), Some(last)) if set.keep(first, last))
}

/// The numbers of a set by how much they are above its least.
enum Above {
    Listed(Vec<usize>),
    UpTo(usize),
}

impl Above {
    fn new(set: &Possible, sums: usize) -> Self {
        let (low, high) = set.ends();
        match set.each() {
            Some(each) => Self::Listed(
                each.into_iter().map(|number| (number - low) as usize).filter(|by| *by < sums).collect(),
            ),
            None => Self::UpTo((high - low).min(sums as u64 - 1) as usize),
        }
    }

    /// The sums that a sum and one of its numbers make; `moved` moves by one number.
    fn each_of(&self, from: &Bits, moved: impl Fn(&Bits, usize) -> Bits) -> Bits {
        match self {
            Self::Listed(each) => {
                let mut all = Bits::new(from.len);
                each.iter().for_each(|by| all.join(&moved(from, *by)));
                all
            }
            Self::UpTo(most) => {
                // What is there is joined with itself, moved: a run of any length in few steps.
                let (mut all, mut covered) = (from.clone(), 0);
                while covered < *most {
                    let step = (covered + 1).min(most - covered);
                    let further = moved(&all, step);
                    all.join(&further);
                    covered += step;
                }
                all
            }
        }
    }
}

/// A bit for each sum.
#[derive(Clone, Debug)]
struct Bits {
    len: usize,
    words: Vec<u64>,
}

impl Bits {
    fn new(len: usize) -> Self {
        Self { len, words: vec![0; len.div_ceil(64)] }
    }

    fn set(&mut self, bit: usize) {
        *at_mut(&mut self.words, bit / 64) |= 1 << (bit % 64);
    }

    fn has(&self, bit: usize) -> bool {
        self.words.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    fn join(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }

    /// Every sum so much greater; what is beyond the last is no sum.
    fn up(&self, by: usize) -> Self {
        let (words, bits) = (by / 64, by % 64);
        let mut moved = Self::new(self.len);
        for (place, word) in moved.words.iter_mut().enumerate().skip(words) {
            let from = |place: usize| self.words.get(place).copied().unwrap_or_default();
            *word = from(place - words) << bits;
            if bits > 0 && place > words {
                *word |= from(place - words - 1) >> (64 - bits);
            }
        }
        moved.cut();
        moved
    }

    /// Every sum so much less.
    fn down(&self, by: usize) -> Self {
        let (words, bits) = (by / 64, by % 64);
        let mut moved = Self::new(self.len);
        let from = |place: usize| self.words.get(place).copied().unwrap_or_default();
        for (place, word) in moved.words.iter_mut().enumerate() {
            *word = from(place + words) >> bits;
            if bits > 0 {
                *word |= from(place + words + 1) << (64 - bits);
            }
        }
        moved
    }

    fn cut(&mut self) {
        let over = self.len % 64;
        if over > 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << over) - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn narrowed(total: Possible, parts: &[Possible]) -> (Possible, Vec<Possible>) {
        let mut sums = Sums::default();
        let total = sums.add(total);
        let nodes: Vec<Node> = parts.iter().map(|part| sums.add(part.clone())).collect();
        sums.sum(total, nodes.clone());
        sums.narrow();
        (sums.nodes[total].clone(), nodes.iter().map(|node| sums.nodes[*node].clone()).collect())
    }

    #[test]
    fn a_part_is_the_whole_less_the_others() {
        let (_, parts) = narrowed(Possible::one(20), &[Possible::any(), Possible::one(17)]);
        assert_eq!(parts[0].only(), Some(3));
        let (_, parts) = narrowed(Possible::one(20), &[Possible::between(1, 5), Possible::any()]);
        assert_eq!(parts[1].ends(), (15, 19));
    }

    #[test]
    fn every_number_is_tried() {
        // 0 or 6 and more, twice, add up to 6: one is 6 and the other none.
        let never = Possible::never_few;
        let (_, parts) = narrowed(Possible::one(6), &[never(), never()]);
        assert_eq!(parts[0].each(), Some(vec![0, 6]));
        // Of 7, with 0, 6 or 7: none of the sums leaves 6 or 1.
        let (_, parts) = narrowed(Possible::one(7), &[never(), never()]);
        assert_eq!(parts[1].each(), Some(vec![0, 7]));
        let (total, _) = narrowed(Possible::between(1, 8), &[never(), Possible::one(0)]);
        assert_eq!(total.each(), Some(vec![6, 7, 8]));
    }

    #[test]
    fn who_alone_can_be_few_is() {
        let mut sums = Sums::default();
        let (a, b) = (sums.add(Possible::one(9)), sums.add(Possible::any()));
        sums.one_is_few(vec![a, b]);
        sums.narrow();
        assert_eq!(sums.nodes[b].ends(), (1, 5));
    }

    /// Against trying every combination.
    #[test]
    fn sums_are_narrowed_as_trying_them_all_narrows_them() {
        let mut seed = 7_u64;
        let mut below = |bound: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % bound
        };
        for _ in 0..500 {
            let mut set = || {
                let (low, high) = (below(6), 6 + below(14));
                let mut set = Possible::between(low, high);
                let (a, b) = (below(20), below(20));
                set.keep_where(|number| number != a && number != b);
                set
            };
            let (total, parts) = (set(), [set(), set(), set()]);
            let (new_total, new_parts) = narrowed(total.clone(), &parts);
            let each = |set: &Possible| set.each().unwrap();
            let mut found = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
            for a in each(&parts[0]) {
                for b in each(&parts[1]) {
                    for c in each(&parts[2]) {
                        if total.has(a + b + c) {
                            for (found, number) in found.iter_mut().zip([a, b, c, a + b + c]) {
                                found.push(number);
                            }
                        }
                    }
                }
            }
            if found[0].is_empty() {
                continue;
            }
            for (found, set) in found.iter_mut().zip(new_parts.iter().chain([&new_total])) {
                found.sort_unstable();
                found.dedup();
                assert_eq!(*found, each(set));
            }
        }
    }
}
