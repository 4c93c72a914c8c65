//! Cases counted by outcome while they are judged. Nearly every case counts as one, and it is counted in the whole and
//! in a group of each dimension: one addition each; what the counts add up to is worked out once, when all are in.

use crate::measures::{Basis, Measure, Outcome, Unit};
use crate::value::index::{at_mut, broken};

/// Rows of a measure and a basis.
pub(crate) const ROWS: usize = Basis::ALL.len() * Measure::COUNT;

/// The row of a measure and a basis.
pub(crate) fn row_of(measure: Measure, basis: Basis) -> usize {
    basis as usize * Measure::COUNT + measure.index()
}

/// In what the cases of a row are added up.
pub(crate) fn unit_of(row: usize) -> Unit {
    let measure = Measure::all().nth(row % Measure::COUNT);
    measure.map_or_else(|| broken(format_args!("row {row} is of no measure")), Measure::tallied_as)
}

/// By outcome the cases of one measure in one month that each count as one. There are fewer than rows of a table.
pub(crate) type Counts = [u32; Outcome::ALL.len()];

/// Counts for rows of months; a row without a case takes no room.
#[derive(Debug)]
pub(crate) struct Counting {
    months: usize,
    /// Of each row by outcome the months: a person's cases of a measure have the same outcome for months on end, so they
    /// lie together.
    rows: Vec<Option<Box<[u32]>>>,
}

impl Counting {
    pub(crate) fn new(rows: usize, months: usize) -> Self {
        Self { months, rows: vec![None; rows] }
    }

    /// Counts a case.
    #[inline]
    pub(crate) fn add(&mut self, row: usize, month: usize, outcome: Outcome) {
        let months = self.months;
        if month >= months {
            broken(format_args!("a case is in month {month}, and the run has {months}"));
        }
        let row = at_mut(&mut self.rows, row);
        let row = row.get_or_insert_with(|| vec![0; months * Outcome::ALL.len()].into());
        *at_mut(row, outcome as usize * months + month) += 1;
    }

    /// The rows that have a case, each by its place with the counts of its months.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, Vec<Counts>)> {
        let by_month = |row: &[u32]| {
            let mut months = vec![Counts::default(); self.months];
            for (outcome, counts) in row.chunks(self.months.max(1)).enumerate() {
                for (month, count) in months.iter_mut().zip(counts) {
                    *at_mut(month, outcome) = *count;
                }
            }
            months
        };
        let rows = self.rows.iter().enumerate();
        rows.filter_map(move |(place, row)| Some((place, by_month(row.as_deref()?))))
    }
}
