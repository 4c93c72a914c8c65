//! Cases added up: exact numbers that merge in any order.

use crate::measures::{Basis, Detail, Measure, Outcome, Sink, Unit, Verdict};
use crate::value::Amount;
use crate::value::index::{at, at_mut, broken};

/// What the cases of one measure in one month add up to.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    /// Cases by outcome.
    pub(crate) outcomes: [u64; Outcome::ALL.len()],
    pub(crate) numerator: Amount,
    pub(crate) denominator: Amount,
    /// Cases that add to the denominator.
    pub(crate) in_denominator: u64,
    /// Those of them that are not in the numerator.
    pub(crate) beside_numerator: u64,
}

impl Tally {
    pub(crate) fn count(&self, outcome: Outcome) -> u64 {
        *at(&self.outcomes, outcome as usize)
    }

    /// The cases of the figure, whatever each weighs.
    pub(crate) fn cases(&self) -> CaseCounts {
        let in_numerator = Outcome::ALL
            .into_iter()
            .filter(|outcome| outcome.is_in_numerator())
            .fold(0, |sum: u64, outcome| sum.saturating_add(self.count(outcome)));
        CaseCounts { in_numerator, beside_numerator: self.beside_numerator }
    }

    /// Whether no sum is larger than cases can make it.
    pub(crate) fn is_possible(&self) -> bool {
        let most = Amount::MOST.thousandths().unsigned_abs();
        let counts = self.outcomes.iter().chain([&self.in_denominator, &self.beside_numerator]);
        counts.max().is_none_or(|count| *count <= most)
            && self.numerator.max(self.denominator) <= Amount::MOST
    }

    /// Takes in what other cases add up to. Of parts that hold what no cases make, a sum ends at the bound, which is not
    /// possible either.
    fn merge(&mut self, other: &Self) {
        for (count, more) in self.outcomes.iter_mut().zip(other.outcomes) {
            *count = count.saturating_add(more);
        }
        self.numerator += other.numerator;
        self.denominator += other.denominator;
        self.in_denominator = self.in_denominator.saturating_add(other.in_denominator);
        self.beside_numerator = self.beside_numerator.saturating_add(other.beside_numerator);
    }

    #[inline]
    fn add(&mut self, unit: Unit, verdict: Verdict) {
        *at_mut(&mut self.outcomes, verdict.outcome as usize) += 1;
        let (numerator, denominator) = contribution(unit, verdict);
        self.numerator += numerator.unwrap_or_default();
        self.denominator += denominator.unwrap_or_default();
        let is_in_denominator = denominator.is_some_and(|amount| amount > Amount::ZERO);
        self.in_denominator += u64::from(is_in_denominator);
        self.beside_numerator += u64::from(is_in_denominator && !verdict.outcome.is_in_numerator());
    }
}

/// What a case adds to numerator and denominator; `None` outside. Counts have no denominator, and each case of one
/// counts as one.
pub(crate) fn contribution(unit: Unit, verdict: Verdict) -> (Option<Amount>, Option<Amount>) {
    if let Some(weight) = verdict.weight.filter(|_| unit != Unit::Count) {
        return weight;
    }
    let outcome = verdict.outcome;
    let numerator = outcome.is_in_denominator().then_some(if outcome.is_in_numerator() {
        Amount::ONE
    } else {
        Amount::ZERO
    });
    let denominator = match unit {
        Unit::Count | Unit::Qualitative => None,
        Unit::Percent | Unit::Average | Unit::Days => outcome.is_in_denominator().then_some(Amount::ONE),
    };
    (numerator, denominator)
}

/// The cases that a figure is of, each counted as one whatever it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct CaseCounts {
    /// Met or counted.
    pub(crate) in_numerator: u64,
    /// The rest of the denominator.
    pub(crate) beside_numerator: u64,
}

/// A tally for each measure and month: of cases as the table that tells them has them, and of those that were worked
/// out from other tables. Which of them is the figure is known when all parts are put together.
#[derive(Clone, Debug)]
pub(crate) struct Tallies {
    months: usize,
    tallies: Vec<Tally>,
}

impl Tallies {
    pub(crate) fn new(months: usize) -> Self {
        Self { months, tallies: vec![Tally::default(); Basis::ALL.len() * Measure::COUNT * months] }
    }

    /// Takes in the tallies of other persons over the same months.
    pub(crate) fn add(&mut self, other: &Self) {
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

impl Sink for Tallies {
    #[inline]
    fn case(
        &mut self,
        measure: Measure,
        basis: Basis,
        month: usize,
        verdict: Verdict,
        _: impl FnOnce() -> Detail,
    ) {
        match self.get_mut(measure, basis, month) {
            Some(tally) => tally.add(measure.tallied_as(), verdict),
            None => {
                broken(format_args!("a case of {measure} is in month {month}, which the run does not have"))
            }
        }
    }
}
