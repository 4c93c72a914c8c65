//! What the cases of each group add up to.

use std::collections::{BTreeMap, BTreeSet};

use super::dimension::Dimension;
use super::group_no::{GroupNo, NOT_RECORDED};
use super::grouping::{GroupNames, Groupings};
use crate::measures::{Basis, Measure};
use crate::scorecard::counting::{Counting, ROWS, row_of, unit_of};
use crate::scorecard::tally::Tally;
use crate::value::index::{at, at_mut, broken};
use crate::value::names::fold;

/// By dimension the tallies of its groups.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupSums(Vec<DimensionSums>);

/// The tallies of the groups of one dimension.
#[derive(Clone, Debug)]
pub(crate) struct DimensionSums {
    pub(crate) dimension: Dimension,
    months: usize,
    names: GroupNames,
    /// By group, basis and measure the tallies of the months, once there is a case.
    tallies: Vec<Option<Box<[Tally]>>>,
}

impl GroupSums {
    pub(crate) fn new(groupings: &Groupings, months: usize) -> Self {
        Self(groupings.iter().map(|it| DimensionSums::new(it.dimension.clone(), &it.names, months)).collect())
    }

    /// Those of groups of the given names, each with that of its dimension: what a file of a part holds.
    pub(crate) fn named<'a>(
        dimensions: &[Dimension],
        months: usize,
        groups: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    ) -> Self {
        let sums = |dimension: &Dimension| {
            let of_it = groups.clone().filter(|(of, _)| *of == dimension.name());
            let names: BTreeSet<&str> = of_it.map(|(_, group)| group).collect();
            let names: GroupNames =
                std::iter::once(None).chain(names.into_iter().map(|name| Some(name.into()))).collect();
            DimensionSums::new(dimension.clone(), &names, months)
        };
        Self(dimensions.iter().map(sums).collect())
    }

    /// By dimension of texts the names of its groups, whether they have a case or not.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = (String, BTreeSet<String>)> {
        let of_texts = self.0.iter().filter(|sums| sums.dimension.is_of_texts());
        let named = of_texts.map(|sums| {
            let names = sums.names.iter().flatten().map(|name| name.to_string());
            (sums.dimension.name().to_owned(), names.collect::<BTreeSet<_>>())
        });
        named.filter(|(_, names)| !names.is_empty())
    }

    /// The first dimension and measure of which the groups do not add up to the whole.
    pub(crate) fn odd(&self, whole: impl Fn(Measure, Basis, usize) -> Tally) -> Option<(&str, Measure)> {
        self.0.iter().find_map(|sums| {
            let mut cells = Measure::all().flat_map(|measure| {
                let months = move |basis| (0..sums.months).map(move |month| (measure, basis, month));
                Basis::ALL.into_iter().flat_map(months)
            });
            let is_odd = |(measure, basis, month): &(Measure, Basis, usize)| {
                let has_groups = sums.dimension.groups_all(*measure);
                let groups = sums.of(*measure, *basis, *month);
                let mut sum = Tally::default();
                groups.iter().for_each(|(_, tally)| sum.merge(tally));
                (has_groups || !groups.is_empty()) && sum != whole(*measure, *basis, *month)
            };
            cells.find(is_odd).map(|(measure, ..)| (sums.dimension.name(), measure))
        })
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &DimensionSums> {
        self.0.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut DimensionSums> {
        self.0.iter_mut()
    }

    pub(crate) fn of_mut(&mut self, dimension: &str) -> Option<&mut DimensionSums> {
        self.0.iter_mut().find(|sums| sums.dimension.name() == dimension)
    }

    /// The tally of a group.
    pub(crate) fn tally(
        &mut self,
        dimension: usize,
        group: GroupNo,
        (measure, basis): (Measure, Basis),
        month: usize,
    ) -> &mut Tally {
        at_mut(&mut self.0, dimension).tally(group, measure, basis, month)
    }

    /// Takes in those of other persons of the same data.
    pub(crate) fn add(&mut self, other: &Self) {
        for (sums, more) in self.0.iter_mut().zip(&other.0) {
            for (row, other) in sums.tallies.iter_mut().zip(&more.tallies) {
                add(row, other.as_deref());
            }
        }
    }

    /// Takes in those of other data, whose groups go by their names.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (sums, more) in self.0.iter_mut().zip(&other.0) {
            sums.merge(more);
        }
    }
}

impl DimensionSums {
    fn new(dimension: Dimension, names: &GroupNames, months: usize) -> Self {
        Self { dimension, months, names: names.clone(), tallies: vec![None; names.len() * ROWS] }
    }

    fn tally(&mut self, group: GroupNo, measure: Measure, basis: Basis, month: usize) -> &mut Tally {
        let place = place(group, measure, basis);
        let months = self.months;
        let row = at_mut(&mut self.tallies, place);
        at_mut(row.get_or_insert_with(|| vec![Tally::default(); months].into()), month)
    }

    /// How many rows its groups have.
    pub(crate) fn rows(&self) -> usize {
        self.tallies.len()
    }

    /// Takes in cases of its groups that each count as one.
    pub(crate) fn add_counts(&mut self, counts: &Counting) {
        for (place, months) in counts.rows() {
            let row = at_mut(&mut self.tallies, place);
            let row = row.get_or_insert_with(|| vec![Tally::default(); months.len()].into());
            for (tally, counts) in row.iter_mut().zip(&months) {
                tally.add_counts(unit_of(place), counts);
            }
        }
    }

    /// The names of its groups, whether they have a case or not, that of what is not recorded first.
    pub(crate) fn names(&self) -> impl Iterator<Item = Option<&str>> {
        self.names.iter().map(Option::as_deref)
    }

    /// The tally of one of the groups that they were made with; `None` for a month that is not of the run.
    pub(crate) fn tally_named(
        &mut self,
        name: Option<&str>,
        (measure, basis): (Measure, Basis),
        month: usize,
    ) -> Option<&mut Tally> {
        // The names lie in order, after that of what is not recorded.
        let group = self.names.binary_search_by(|known| known.as_deref().cmp(&name)).ok()?;
        (month < self.months).then(|| self.tally(group, measure, basis, month))
    }

    /// The groups that have a case in a month, by their names in code point order, that of what is not recorded last.
    pub(crate) fn of(&self, measure: Measure, basis: Basis, month: usize) -> Vec<(Option<&str>, &Tally)> {
        let tally = |group: GroupNo| -> Option<&Tally> {
            let row = at(&self.tallies, place(group, measure, basis)).as_deref()?;
            Some(at(row, month)).filter(|tally| tally.has_cases())
        };
        let groups = self.names.iter().enumerate();
        let mut found: Vec<(Option<&str>, &Tally)> =
            groups.filter_map(|(group, name)| Some((name.as_deref(), tally(group)?))).collect();
        found.sort_by_key(|(name, _)| (name.is_none(), *name));
        found
    }

    fn merge(&mut self, other: &Self) {
        // A part without any spelling of a group does not know it.
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let key = |name: &str| if self.dimension.is_of_texts() { fold(name) } else { name.to_owned() };
        let mut spellings: Vec<Option<Box<str>>> = self.names.to_vec();
        for (group, name) in spellings.iter().enumerate() {
            if let Some(name) = name {
                names.insert(key(name), group);
            }
        }
        let mut places = Vec::with_capacity(other.names.len());
        for name in other.names.iter() {
            let Some(name) = name else {
                places.push(NOT_RECORDED);
                continue;
            };
            let group = *names.entry(key(name)).or_insert_with(|| {
                spellings.push(None);
                spellings.len() - 1
            });
            let spelling = at_mut(&mut spellings, group);
            if spelling.as_ref().is_none_or(|known| name < known) {
                *spelling = Some(name.clone());
            }
            places.push(group);
        }
        self.names = spellings.into();
        self.tallies.resize(self.names.len() * ROWS, None);
        for (from, to) in places.into_iter().enumerate() {
            for row in 0..ROWS {
                let more = at(&other.tallies, from * ROWS + row).as_deref();
                add(at_mut(&mut self.tallies, to * ROWS + row), more);
            }
        }
    }
}

fn place(group: GroupNo, measure: Measure, basis: Basis) -> usize {
    group * ROWS + row_of(measure, basis)
}

/// Adds the tallies of other cases in the same months.
fn add(row: &mut Option<Box<[Tally]>>, more: Option<&[Tally]>) {
    let Some(more) = more else { return };
    match row {
        None => *row = Some(more.into()),
        Some(row) if row.len() == more.len() => {
            for (tally, more) in row.iter_mut().zip(more) {
                tally.merge(more);
            }
        }
        Some(row) => broken(format_args!("{} months are added to {}", more.len(), row.len())),
    }
}
