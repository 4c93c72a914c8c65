//! The tallies of every measure and month, of all cases and by group.

use super::breakdown::{GroupSums, Placing};
use super::tally::Tally;
use crate::measures::{Basis, Detail, Measure, Sink, Verdict};
use crate::time::Moment;
use crate::value::index::{PersonIx, broken};

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
        Self { months, tallies: vec![Tally::default(); Basis::ALL.len() * Measure::COUNT * months], groups }
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

    /// `None` for a month that is not of the run.
    fn place(&self, measure: Measure, basis: Basis, month: usize) -> Option<usize> {
        let row = basis as usize * Measure::COUNT + measure.index();
        (month < self.months).then(|| row * self.months + month)
    }
}

/// Adds cases up, and in each group that they are in.
pub(crate) struct Tallying<'a> {
    pub(crate) sums: Tallies,
    pub(crate) placing: Option<Placing<'a>>,
}

impl Sink for Tallying<'_> {
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
        match self.sums.get_mut(measure, basis, when.month) {
            Some(tally) => tally.add(measure.tallied_as(), verdict),
            None => broken(format_args!(
                "a case of {measure} is in month {}, which the run does not have",
                when.month
            )),
        }
        if let Some(placing) = &self.placing {
            let groups = &mut self.sums.groups;
            placing.each(measure, when.day, detail, |dimension, group| {
                groups
                    .tally(dimension, group, (measure, basis), when.month)
                    .add(measure.tallied_as(), verdict);
            });
        }
    }
}
