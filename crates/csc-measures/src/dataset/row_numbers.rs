//! The numbers of a table's good rows in its input.

use crate::value::index::{RowNumber, broken};

/// The number of each good row: mostly the one after that of the row before, so that only where runs of such
/// rows begin is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct RowNumbers {
    rows: usize,
    /// Where a run begins: the place of its first row, and that row's number.
    runs: Vec<(usize, RowNumber)>,
    next: Option<RowNumber>,
}

impl RowNumbers {
    #[inline]
    pub(super) fn push(&mut self, number: RowNumber) {
        if self.next != Some(number) {
            self.runs.push((self.rows, number));
        }
        self.next = number.next();
        self.rows += 1;
    }

    /// The number of the row at a place.
    pub(super) fn get(&self, row: usize) -> RowNumber {
        let after = self.runs.partition_point(|(first, _)| *first <= row);
        match after.checked_sub(1).and_then(|run| self.runs.get(run)) {
            Some((first, number)) if row < self.rows => number.plus(row - first),
            _ => broken(format_args!("there is no row {row} among {}", self.rows)),
        }
    }

    /// The numbers of all rows, in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = RowNumber> + use<'_> {
        (0..self.rows).map(|row| self.get(row))
    }

    /// Takes the numbers of some rows away, by their places, ascending.
    pub(super) fn remove(&mut self, rows: &[usize]) {
        let mut kept = Self::default();
        let mut out = rows.iter().copied().peekable();
        for row in 0..self.rows {
            if out.next_if_eq(&row).is_none() {
                kept.push(self.get(row));
            }
        }
        *self = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_gaps() {
        let mut numbers = RowNumbers::default();
        let given = [1, 2, 3, 7, 8, 10, 4_000_000_000];
        given.iter().for_each(|number| numbers.push(RowNumber::new(*number)));
        let found: Vec<u64> = (0..given.len()).map(|row| numbers.get(row).into()).collect();
        assert_eq!((found.as_slice(), numbers.runs.len()), (&given[..], 4));
        numbers.remove(&[1, 4]);
        let found: Vec<u64> = numbers.iter().map(u64::from).collect();
        assert_eq!(found, [1, 3, 7, 10, 4_000_000_000]);
    }

    #[test]
    #[should_panic(expected = "internal error: there is no row 0 among 0")]
    fn a_row_that_is_not_there_refuses() {
        let _ = RowNumbers::default().get(0);
    }
}
