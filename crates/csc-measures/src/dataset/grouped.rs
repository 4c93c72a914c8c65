//! Rows that lie together by their owner.

use std::cmp::Ordering;
use std::marker::PhantomData;

use crate::value::index::{Position, broken};

/// Rows grouped by owner: those of an owner in one slice.
#[derive(Debug)]
pub(crate) struct Grouped<P, T> {
    /// Where each owner's rows start; one more than there are owners.
    starts: Vec<u32>,
    rows: Vec<T>,
    by: PhantomData<P>,
}

impl<P, T> Default for Grouped<P, T> {
    fn default() -> Self {
        Self { starts: Vec::new(), rows: Vec::new(), by: PhantomData }
    }
}

impl<P: Position, T: Copy> Grouped<P, T> {
    /// Groups rows by owner and sorts each owner's; rows that are in order already cost one look. `rows` is gone
    /// through twice: to count, and to put each in its place.
    pub(crate) fn new<I: Iterator<Item = (P, T)>>(
        owners: usize,
        rows: impl Fn() -> I,
        mut order: impl FnMut(&T, &T) -> Ordering,
    ) -> Self {
        Self::by((0..owners).map(P::at), rows, |rows| {
            if !rows.is_sorted_by(|a, b| order(a, b) != Ordering::Greater) {
                rows.sort_by(&mut order);
            }
        })
    }

    /// The same of rows whose owners are known by another number, by those numbers in the order of the owners: so
    /// no row's owner is looked up. `sort` puts the rows of an owner in order.
    pub(crate) fn by<Q: Position, I: Iterator<Item = (Q, T)>>(
        owners: impl ExactSizeIterator<Item = Q>,
        rows: impl Fn() -> I,
        mut sort: impl FnMut(&mut [T]),
    ) -> Self {
        // Of each owner the number of rows, and then where the next of them goes.
        let mut next = vec![0_u32; owners.len()];
        let mut first = None;
        // `for_each` goes through joined iterators one after the other, without asking at each row which it is in.
        rows().for_each(|(owner, row)| {
            first.get_or_insert(row);
            *place_of(&mut next, owner) += 1;
        });
        let mut total = 0_u32;
        let mut starts = Vec::with_capacity(owners.len() + 1);
        for owner in owners {
            starts.push(total);
            let count = std::mem::replace(place_of(&mut next, owner), total);
            total =
                total.checked_add(count).unwrap_or_else(|| broken(format_args!("a table of too many rows")));
        }
        starts.push(total);
        let mut grouped = first.map_or_else(Vec::new, |first| vec![first; total as usize]);
        rows().for_each(|(owner, row)| {
            let place = place_of(&mut next, owner);
            match grouped.get_mut(*place as usize) {
                Some(slot) => *slot = row,
                None => broken(format_args!("rows of {owner:?} were not counted")),
            }
            *place += 1;
        });
        for (from, to) in starts.iter().zip(starts.iter().skip(1)) {
            match grouped.get_mut(*from as usize..*to as usize) {
                Some(rows) => sort(rows),
                None => broken(format_args!("rows {from} to {to} were counted and are not there")),
            }
        }
        Self { starts, rows: grouped, by: PhantomData }
    }
}

fn place_of<P: Position>(places: &mut [u32], owner: P) -> &mut u32 {
    let owners = places.len();
    match places.get_mut(owner.place()) {
        Some(place) => place,
        None => broken(format_args!("there is no {owner:?} among {owners} owners")),
    }
}

impl<P: Position, T> Grouped<P, T> {
    /// The rows of an owner.
    pub(crate) fn of(&self, owner: P) -> &[T] {
        let place = owner.place();
        let slice = match (self.starts.get(place), self.starts.get(place + 1)) {
            (Some(from), Some(to)) => self.rows.get(*from as usize..*to as usize),
            _ => None,
        };
        match slice {
            Some(rows) => rows,
            None => broken(format_args!("there is no {owner:?} among {} owners", self.starts.len())),
        }
    }

    /// The rows of every owner.
    pub(crate) fn all(&self) -> impl Iterator<Item = &T> {
        self.rows.iter()
    }

    /// The same groups of what is made of each row.
    pub(crate) fn map<U>(self, make: impl FnMut(T) -> U) -> Grouped<P, U> {
        Grouped { starts: self.starts, rows: self.rows.into_iter().map(make).collect(), by: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::index::{PersonIx, WorkerNo};

    fn grouped() -> Grouped<WorkerNo, i32> {
        let rows = [(2, 9), (0, 5), (2, 3), (2, 3), (0, 6)];
        Grouped::new(4, || rows.into_iter().map(|(owner, row)| (WorkerNo::at(owner), row)), i32::cmp)
    }

    #[test]
    fn rows_lie_by_owner_in_order() {
        let grouped = grouped();
        assert_eq!(grouped.of(WorkerNo::at(0)), [5, 6]);
        assert!(grouped.of(WorkerNo::at(1)).is_empty());
        assert_eq!(grouped.of(WorkerNo::at(2)), [3, 3, 9]);
        assert!(grouped.of(WorkerNo::at(3)).is_empty());
    }

    #[test]
    fn owners_that_are_known_by_another_number_lie_in_the_order_that_is_given() {
        let rows = [(2, 9), (0, 5), (2, 3), (0, 6), (1, 7)];
        let owners = [1, 2, 3, 0].map(WorkerNo::at);
        let rows = || rows.into_iter().map(|(owner, row)| (WorkerNo::at(owner), row));
        let grouped: Grouped<PersonIx, i32> = Grouped::by(owners.into_iter(), rows, <[i32]>::sort);
        let found: Vec<&[i32]> = (0..4).map(|place| grouped.of(PersonIx::at(place))).collect();
        assert_eq!(found, [&[7][..], &[3, 9], &[], &[5, 6]]);
    }

    #[test]
    #[should_panic(expected = "internal error: there is no worker id 4 among")]
    fn an_owner_that_is_not_there_refuses() {
        let _ = grouped().of(WorkerNo::at(4));
    }

    #[test]
    #[should_panic(expected = "internal error: there is no worker id 1 among 1 owners")]
    fn a_row_of_an_owner_that_is_not_there_refuses() {
        let _ = Grouped::new(1, || [(WorkerNo::at(1), 0)].into_iter(), i32::cmp);
    }
}
