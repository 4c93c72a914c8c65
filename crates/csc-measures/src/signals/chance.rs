//! How unlikely a mark is by chance alone, as the baseline has it.

use super::near::{Side, count, real};
use super::series::{Cases, Figure};
use crate::value::tails::{Distribution, is_at_most, whole};

/// A figure beyond three deviations of the normal curve, on one side.
const OF_A_POINT: f64 = 0.001_35;
/// A figure beyond two.
const OF_TWO_OF_THREE: f64 = 0.022_75;
/// Seven heads in succession.
const OF_A_RUN: f64 = 1.0 / 128.0;

/// What months would be like by chance alone, as a baseline has them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance {
    /// Of percentages the share that counts, of counts the mean: a half more than was seen, for what was not seen can
    /// happen.
    expected: f64,
    /// Figures on one side of this lie on that side of the centre.
    centre: f64,
}

impl Chance {
    /// `None` if a figure is not of whole numbers of cases.
    pub(super) fn of(baseline: &[Figure], centre: f64) -> Option<Self> {
        let cases: Vec<Cases> = baseline.iter().map(Figure::cases).collect::<Option<_>>()?;
        let counted: i128 = cases.iter().map(|cases| i128::from(cases.counted)).sum();
        let all: Option<i128> = cases.iter().map(|cases| cases.all.map(i128::from)).sum();
        let under = match all {
            Some(all) => real(all) + 1.0,
            None => count(cases.len()),
        };
        Some(Self { expected: (real(counted) + 0.5) / under, centre })
    }

    /// Whether a figure is too far on its side to be there by chance.
    pub(super) fn marks_point(&self, figure: &Figure, side: Side) -> bool {
        is_at_most(self.of_figure(figure, side), OF_A_POINT)
    }

    /// Whether a figure may be one of two out of three.
    pub(super) fn marks_two_of_three(&self, figure: &Figure, side: Side) -> bool {
        is_at_most(self.of_figure(figure, side), OF_TWO_OF_THREE)
    }

    /// Whether so many figures in succession are too seldom on one side to be there by chance.
    pub(super) fn marks_run(&self, figures: &[Figure], side: Side) -> bool {
        is_at_most(figures.iter().map(|figure| self.of_side(figure, side)).product(), OF_A_RUN)
    }

    /// The chance of a figure, or of one further on its side.
    fn of_figure(&self, figure: &Figure, side: Side) -> f64 {
        figure.cases().map_or(1.0, |cases| self.of_number(cases, cases.counted, side))
    }

    /// The chance of any figure on a side of the centre.
    fn of_side(&self, figure: &Figure, side: Side) -> f64 {
        let Some(cases) = figure.cases() else { return 1.0 };
        let in_one = cases.all.map_or(1.0, |all| real(all.into()) / 100.0);
        let at_centre = self.centre * in_one;
        // What is within a billionth of the centre is on neither side of it.
        let edge = side.beyond(at_centre, 1e-9 * in_one);
        let first = match side {
            Side::High => whole(edge) + 1,
            Side::Low => -whole(-edge) - 1,
        };
        self.of_number(cases, first, side)
    }

    fn of_number(&self, cases: Cases, number: i64, side: Side) -> f64 {
        let distribution = match cases.all {
            Some(all) => Distribution::Binomial { cases: all, chance: self.expected },
            None => Distribution::Poisson { mean: self.expected },
        };
        match side {
            Side::High => distribution.at_least(number),
            Side::Low => distribution.at_most(number),
        }
    }
}
