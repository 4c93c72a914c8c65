//! Cases added up: exact numbers that merge in any order.

use super::counting::Counts;
use crate::measures::{Outcome, Unit, Verdict};
use crate::value::Amount;
use crate::value::index::{at, at_mut};

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

    /// Whether there is a case, counted or not.
    pub(crate) fn has_cases(&self) -> bool {
        self.outcomes.iter().any(|count| *count > 0)
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
    pub(crate) fn merge(&mut self, other: &Self) {
        for (count, more) in self.outcomes.iter_mut().zip(other.outcomes) {
            *count = count.saturating_add(more);
        }
        self.numerator += other.numerator;
        self.denominator += other.denominator;
        self.in_denominator = self.in_denominator.saturating_add(other.in_denominator);
        self.beside_numerator = self.beside_numerator.saturating_add(other.beside_numerator);
    }

    /// Takes in a case.
    pub(crate) fn add(&mut self, unit: Unit, verdict: Verdict) {
        self.add_alike(unit, verdict, 1);
    }

    /// Takes in cases that each count as one.
    pub(crate) fn add_counts(&mut self, unit: Unit, counts: &Counts) {
        for (outcome, count) in Outcome::ALL.into_iter().zip(counts).filter(|(_, count)| **count > 0) {
            self.add_alike(unit, Verdict::of(outcome), *count);
        }
    }

    fn add_alike(&mut self, unit: Unit, verdict: Verdict, cases: u32) {
        *at_mut(&mut self.outcomes, verdict.outcome as usize) += u64::from(cases);
        let (numerator, denominator) = contribution(unit, verdict);
        self.numerator += numerator.unwrap_or_default().times(cases);
        self.denominator += denominator.unwrap_or_default().times(cases);
        if denominator.is_some_and(|amount| amount > Amount::ZERO) {
            self.in_denominator += u64::from(cases);
            if !verdict.outcome.is_in_numerator() {
                self.beside_numerator += u64::from(cases);
            }
        }
    }
}

/// Whether a case adds something of its own instead of one. In a count each counts as one.
#[inline]
pub(crate) fn is_weighed(unit: Unit, verdict: Verdict) -> bool {
    verdict.weight.is_some() && unit != Unit::Count
}

/// What a case adds to numerator and denominator; `None` outside. Counts have no denominator.
pub(crate) fn contribution(unit: Unit, verdict: Verdict) -> (Option<Amount>, Option<Amount>) {
    if let Some(weight) = verdict.weight.filter(|_| is_weighed(unit, verdict)) {
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
