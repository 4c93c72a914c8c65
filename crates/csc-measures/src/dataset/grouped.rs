//! Rows that lie together by their owner.

use std::cmp::Ordering;

/// Rows grouped by owner: those of owner `n` in one slice.
#[derive(Debug)]
pub(crate) struct Grouped<T> {
    /// Where each owner's rows start; one more than there are owners.
    starts: Vec<u32>,
    rows: Vec<T>,
}

impl<T> Default for Grouped<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), rows: Vec::new() }
    }
}

impl<T: Copy> Grouped<T> {
    /// Groups rows by owner, below `owners`, and sorts each owner's; rows that are in order already cost one
    /// look.
    pub(crate) fn new(owners: usize, rows: &[(u32, T)], mut order: impl FnMut(&T, &T) -> Ordering) -> Self {
        let mut starts = vec![0_u32; owners + 1];
        for (owner, _) in rows {
            if let Some(count) = starts.get_mut(*owner as usize + 1) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut grouped = match rows.first() {
            Some((_, first)) => vec![*first; total as usize],
            None => Vec::new(),
        };
        let mut next = starts.clone();
        for (owner, row) in rows {
            if let Some(place) = next.get_mut(*owner as usize)
                && let Some(slot) = grouped.get_mut(*place as usize)
            {
                *slot = *row;
                *place += 1;
            }
        }
        for bounds in starts.windows(2) {
            if let [from, to] = *bounds
                && let Some(slice) = grouped.get_mut(from as usize..to as usize)
                && !slice.is_sorted_by(|a, b| order(a, b) != Ordering::Greater)
            {
                slice.sort_by(&mut order);
            }
        }
        Self { starts, rows: grouped }
    }
}

impl<T> Grouped<T> {
    /// The rows of an owner.
    pub(crate) fn of(&self, owner: u32) -> &[T] {
        let index = owner as usize;
        match (self.starts.get(index), self.starts.get(index + 1)) {
            (Some(from), Some(to)) => self.rows.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lie_by_owner_in_order() {
        let grouped = Grouped::new(4, &[(2, 9), (0, 5), (2, 3), (2, 3), (0, 6)], i32::cmp);
        assert_eq!(grouped.of(0), [5, 6]);
        assert!(grouped.of(1).is_empty());
        assert_eq!(grouped.of(2), [3, 3, 9]);
        assert!(grouped.of(3).is_empty() && grouped.of(4).is_empty());
    }
}
