//! The tallies of every measure and month, of all cases and by group.

use super::breakdown::{GroupSums, Placing};
use super::counting::{Counting, ROWS, row_of, unit_of};
use super::tally::{Tally, is_weighed};
use crate::measures::{Basis, Detail, Measure, Sink, Verdict};
use crate::time::Moment;
use crate::value::index::{PersonIx, at_mut, broken};

/// A tally for each measure and month: of cases as the table that tells them has them, and of those that were worked
/// out from other tables. Which of them is the figure is known when all parts are put together.
#[derive(Clone, Debug)]
pub(crate) struct Tallies {
    months: usize,
    tallies: Vec<Tally>,
    /// The same by group, if a breakdown is asked for.
    pub(crate) groups: GroupSums,
}

impl Tallies {
    pub(crate) fn new(months: usize, groups: GroupSums) -> Self {
        Self { months, tallies: vec![Tally::default(); ROWS * months], groups }
    }

    /// Takes in the tallies of other persons of the same data over the same months.
    pub(crate) fn add(&mut self, other: &Self) {
        self.add_wholes(other);
        self.groups.add(&other.groups);
    }

    /// Takes in those of other data, of which the groups go by their names.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.add_wholes(other);
        self.groups.merge(&other.groups);
    }

    fn add_wholes(&mut self, other: &Self) {
        for (tally, more) in self.tallies.iter_mut().zip(&other.tallies) {
            tally.merge(more);
        }
    }

    /// The first measure whose sums are larger than cases can make them.
    pub(crate) fn impossible(&self) -> Option<Measure> {
        let of = |measure: &Measure| {
            let bases =
                Basis::ALL.into_iter().flat_map(|basis| (0..self.months).map(move |month| (basis, month)));
            bases
                .filter_map(|(basis, month)| self.get(*measure, basis, month))
                .any(|tally| !tally.is_possible())
        };
        Measure::all().find(of)
    }

    pub(crate) fn get(&self, measure: Measure, basis: Basis, month: usize) -> Option<&Tally> {
        self.place(measure, basis, month).and_then(|place| self.tallies.get(place))
    }

    pub(crate) fn get_mut(&mut self, measure: Measure, basis: Basis, month: usize) -> Option<&mut Tally> {
        let place = self.place(measure, basis, month)?;
        self.tallies.get_mut(place)
    }

    /// That of a month which the run has.
    fn in_month(&mut self, measure: Measure, basis: Basis, month: usize) -> &mut Tally {
        self.get_mut(measure, basis, month).unwrap_or_else(|| {
            broken(format_args!("a case of {measure} is in month {month}, which the run does not have"))
        })
    }

    /// `None` for a month that is not of the run.
    fn place(&self, measure: Measure, basis: Basis, month: usize) -> Option<usize> {
        (month < self.months).then(|| row_of(measure, basis) * self.months + month)
    }
}

/// Cases while they are added up.
pub(crate) struct Adding {
    sums: Tallies,
    /// The cases that each count as one: all, and by dimension those of its groups.
    counts: Counting,
    group_counts: Vec<Counting>,
}

impl Adding {
    /// Begins with sums of no case.
    pub(crate) fn new(sums: Tallies) -> Self {
        let months = sums.months;
        let group_counts = sums.groups.iter().map(|dimension| Counting::new(dimension.rows(), months));
        Self { counts: Counting::new(ROWS, months), group_counts: group_counts.collect(), sums }
    }

    /// What all cases add up to.
    pub(crate) fn finish(self) -> Tallies {
        let Self { mut sums, counts, group_counts } = self;
        for (row, months) in counts.rows() {
            let tallies = sums.tallies.iter_mut().skip(row * sums.months);
            tallies.zip(&months).for_each(|(tally, counts)| tally.add_counts(unit_of(row), counts));
        }
        for (dimension, counts) in sums.groups.iter_mut().zip(&group_counts) {
            dimension.add_counts(counts);
        }
        sums
    }
}

/// Adds the cases of some data up, and in each group that they are in.
pub(crate) struct Tallying<'s, 'a> {
    pub(crate) adding: &'s mut Adding,
    pub(crate) placing: Option<Placing<'a>>,
}

impl Sink for Tallying<'_, '_> {
    fn begin(&mut self, person: Option<PersonIx>) {
        if let Some(placing) = &mut self.placing {
            placing.begin(person);
        }
    }

    #[inline]
    fn case(
        &mut self,
        measure: Measure,
        basis: Basis,
        when: Moment,
        verdict: Verdict,
        detail: impl FnOnce() -> Detail,
    ) {
        let (unit, row) = (measure.tallied_as(), row_of(measure, basis));
        let is_weighed = is_weighed(unit, verdict);
        if is_weighed {
            self.adding.sums.in_month(measure, basis, when.month).add(unit, verdict);
        } else {
            self.adding.counts.add(row, when.month, verdict.outcome);
        }
        if let Some(placing) = &self.placing {
            let Adding { sums, group_counts: counts, .. } = &mut *self.adding;
            let groups = &mut sums.groups;
            placing.each(measure, when.day, detail, |dimension, group| {
                if is_weighed {
                    groups.tally(dimension, group, (measure, basis), when.month).add(unit, verdict);
                } else {
                    at_mut(counts, dimension).add(group * ROWS + row, when.month, verdict.outcome);
                }
            });
        }
    }
}
