//! The chance of so many cases or more, or of so many or fewer: exact sums of the terms of a distribution.

use super::float::real;

/// A term below this part of the largest adds nothing.
const LEAST_TERM: f64 = 1e-18;

/// A distribution over whole numbers from 0.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Distribution {
    /// How many of a number of cases count, if each does with one chance, above 0 and below 1.
    Binomial { cases: i64, chance: f64 },
    /// How many cases there are, if they come independently of each other; the mean is above 0.
    Poisson { mean: f64 },
}

impl Distribution {
    /// The chance of this number or a greater one.
    pub(crate) fn at_least(self, number: i64) -> f64 {
        self.chance_of(|other| other >= number)
    }

    /// The chance of this number or a smaller one.
    pub(crate) fn at_most(self, number: i64) -> f64 {
        self.chance_of(|other| other <= number)
    }

    /// The sum of the terms that are meant by the sum of all: each by the ratio to its neighbour, from the largest.
    fn chance_of(self, is_meant: impl Fn(i64) -> bool) -> f64 {
        let mode = self.mode();
        let (mut all, mut meant) = (0.0, 0.0);
        let mut add = |number: i64, term: f64| {
            all += term;
            if is_meant(number) {
                meant += term;
            }
        };
        add(mode, 1.0);
        let (mut number, mut term) = (mode, 1.0);
        while number < self.most() {
            number += 1;
            term *= self.ratio(number);
            if term < LEAST_TERM {
                break;
            }
            add(number, term);
        }
        (number, term) = (mode, 1.0);
        while number > 0 {
            term /= self.ratio(number);
            number -= 1;
            if term < LEAST_TERM {
                break;
            }
            add(number, term);
        }
        meant / all
    }

    /// The number with the largest term.
    fn mode(self) -> i64 {
        match self {
            Self::Binomial { cases, chance } => whole((real(cases.into()) + 1.0) * chance).clamp(0, cases),
            Self::Poisson { mean } => whole(mean),
        }
    }

    /// The largest number that there can be.
    fn most(self) -> i64 {
        match self {
            Self::Binomial { cases, .. } => cases,
            Self::Poisson { .. } => i64::MAX,
        }
    }

    /// The term of a number by that of the one before.
    fn ratio(self, number: i64) -> f64 {
        match self {
            Self::Binomial { cases, chance } => {
                let rest = real((cases - number + 1).into());
                rest / real(number.into()) * (chance / (1.0 - chance))
            }
            Self::Poisson { mean } => mean / real(number.into()),
        }
    }
}

/// Whether a chance is at most another; within a billionth part it counts as that.
pub(crate) fn is_at_most(chance: f64, limit: f64) -> bool {
    chance <= limit * (1.0 + 1e-9)
}

/// The whole number below or at a figure.
#[expect(clippy::cast_possible_truncation, reason = "numbers of cases are whole numbers that fit")]
pub(crate) fn whole(figure: f64) -> i64 {
    figure.floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn tails_are_those_of_the_distributions() {
        // of four tosses of a coin: 1, 4, 6, 4, 1 of 16
        let tosses = Distribution::Binomial { cases: 4, chance: 0.5 };
        for (number, chance) in [(0, 1.0), (1, 15.0 / 16.0), (3, 5.0 / 16.0), (4, 1.0 / 16.0), (5, 0.0)] {
            assert!(is_near(tosses.at_least(number), chance), "{number}");
            assert!(is_near(tosses.at_most(4 - number), chance), "{number}");
        }
        let rare = Distribution::Binomial { cases: 3, chance: 0.1 };
        assert!(is_near(rare.at_least(1), 1.0 - 0.729) && is_near(rare.at_least(3), 0.001));
        // e^-2 = 0.1353352832366127
        let few = Distribution::Poisson { mean: 2.0 };
        let none = 0.135_335_283_236_612_7;
        assert!(is_near(few.at_most(0), none) && is_near(few.at_most(1), 3.0 * none));
        assert!(is_near(few.at_least(2), 1.0 - 3.0 * none) && is_near(few.at_least(0), 1.0));
    }

    #[test]
    fn a_tail_beyond_all_terms_is_zero() {
        assert!(is_near(Distribution::Binomial { cases: 100_000, chance: 0.5 }.at_least(90_000), 0.0));
        assert!(is_near(Distribution::Poisson { mean: 0.02 }.at_least(1_000_000), 0.0));
    }
}
