//! Positions as types, and tables that are indexed by them.
//!
//! A position made for one kind of thing cannot be used for another: the number of a person's id is not the
//! person's place in the order of ids. A position that is not in its table is a broken invariant of this
//! library. It panics with the name of the position, which the C and Python libraries report as an internal
//! error: no answer is better than the answer of another child.

use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::ops;

/// Stops if an invariant of the library does not hold.
#[expect(clippy::panic, reason = "a broken invariant refuses: a default could be another child's figure")]
#[track_caller]
#[cold]
pub(crate) fn broken(invariant: fmt::Arguments<'_>) -> ! {
    panic!("internal error: {invariant}")
}

/// Part of a list, by places that were found in it.
#[track_caller]
pub(crate) fn part<T>(things: &[T], places: ops::Range<usize>) -> &[T] {
    match things.get(places.clone()) {
        Some(part) => part,
        None => broken(format_args!("{places:?} is not a part of a list of {}", things.len())),
    }
}

/// A thing that is there for every place that the library makes, such as one for each variant of an enum.
#[track_caller]
pub(crate) fn at<T>(things: &[T], place: usize) -> &T {
    match things.get(place) {
        Some(thing) => thing,
        None => broken(format_args!("there is no place {place} in a list of {}", things.len())),
    }
}

/// The same, to be changed.
#[track_caller]
pub(crate) fn at_mut<T>(things: &mut [T], place: usize) -> &mut T {
    let count = things.len();
    match things.get_mut(place) {
        Some(thing) => thing,
        None => broken(format_args!("there is no place {place} in a list of {count}")),
    }
}

/// A position among things of one kind, from 0.
pub(crate) trait Position: Copy + fmt::Debug {
    /// What the things are, for the message of a broken invariant.
    const OF: &'static str;

    /// The position of the `place`-th thing.
    fn at(place: usize) -> Self;

    /// How many things come before.
    fn place(self) -> usize;
}

macro_rules! positions {
    ($( $(#[doc = $doc:literal])+ $name:ident $of:literal; )+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub(crate) struct $name(NonZeroU32);

            impl Position for $name {
                const OF: &'static str = $of;

                fn at(place: usize) -> Self {
                    match u32::try_from(place).ok().and_then(|place| NonZeroU32::new(place.wrapping_add(1))) {
                        Some(number) => Self(number),
                        None => broken(format_args!("{place} is beyond the numbers of {}", Self::OF)),
                    }
                }

                fn place(self) -> usize {
                    self.0.get() as usize - 1
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, "{} {}", Self::OF, self.place())
                }
            }
        )+
    };
}

positions! {
    /// The number of a row's id among the ids of its table, in the order in which they were met.
    IdNo "row id";
    /// The number of a person's id, in the order in which ids were met.
    PersonNo "person id";
    /// A person's place in the order of ids as text.
    PersonIx "person";
    /// The number of a worker's id.
    WorkerNo "worker id";
    /// The number of a period of care's `cla_id`.
    ClaNo "cla_id";
    /// The number of a carer's id.
    CarerNo "carer id";
    /// The number of a team's name.
    TeamNo "team";
    /// The number of a role of an involvement.
    RoleNo "role";
    /// The number of an order's folded code.
    OrderNo "order";
    /// The number of a text by which persons are grouped: an area, or a dimension or group of the caller's.
    LabelNo "label";
}

/// The same number as one of another kind, for things that are known by the ids of their table.
pub(crate) fn retyped<P: Position>(id: IdNo) -> P {
    P::at(id.place())
}

impl PersonNo {
    /// The number of the person's id in the table of persons.
    pub(crate) fn id(self) -> IdNo {
        IdNo(self.0)
    }
}

impl ClaNo {
    /// The number among the ids of periods of care.
    pub(crate) fn id(self) -> IdNo {
        IdNo(self.0)
    }
}

impl WorkerNo {
    /// The number of the worker's id in the table of workers.
    pub(crate) fn id(self) -> IdNo {
        IdNo(self.0)
    }
}

/// The number of a row of the input, 1 = the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RowNumber(u32);

impl RowNumber {
    pub(crate) fn new(number: u64) -> Self {
        match u32::try_from(number) {
            Ok(number) => Self(number),
            Err(_) => broken(format_args!("row {number} is beyond the rows of a table")),
        }
    }
}

impl RowNumber {
    /// The number of the next row, if rows go on.
    pub(crate) fn next(self) -> Option<Self> {
        self.0.checked_add(1).map(Self)
    }

    /// The number of the row so many rows on.
    pub(crate) fn plus(self, rows: usize) -> Self {
        Self::new(u64::from(self.0) + rows as u64)
    }
}

impl From<RowNumber> for u64 {
    fn from(number: RowNumber) -> Self {
        Self::from(number.0)
    }
}

/// Things by their position.
#[derive(Clone, Debug)]
pub(crate) struct Indexed<P, T> {
    things: Vec<T>,
    by: PhantomData<P>,
}

impl<P, T> Default for Indexed<P, T> {
    fn default() -> Self {
        Self { things: Vec::new(), by: PhantomData }
    }
}

impl<P: Position, T> Indexed<P, T> {
    /// So many things, all alike.
    pub(crate) fn filled(count: usize, thing: T) -> Self
    where
        T: Clone,
    {
        Self { things: vec![thing; count], by: PhantomData }
    }

    pub(crate) fn len(&self) -> usize {
        self.things.len()
    }

    /// Every position with its thing, in order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (P, &T)> {
        self.things.iter().enumerate().map(|(place, thing)| (P::at(place), thing))
    }

    /// Room for `count` things; new ones are alike.
    pub(crate) fn grow_to(&mut self, count: usize, thing: T)
    where
        T: Clone,
    {
        if self.things.len() < count {
            self.things.resize(count, thing);
        }
    }
}

impl<P: Position, T> FromIterator<T> for Indexed<P, T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        Self { things: things.into_iter().collect(), by: PhantomData }
    }
}

impl<P: Position, T> ops::Index<P> for Indexed<P, T> {
    type Output = T;

    fn index(&self, position: P) -> &T {
        match self.things.get(position.place()) {
            Some(thing) => thing,
            None => broken(format_args!("there is no {position:?} among {}", self.things.len())),
        }
    }
}

impl<P: Position, T> ops::IndexMut<P> for Indexed<P, T> {
    fn index_mut(&mut self, position: P) -> &mut T {
        let count = self.things.len();
        match self.things.get_mut(position.place()) {
            Some(thing) => thing,
            None => broken(format_args!("there is no {position:?} among {count}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_finds_its_thing() {
        let teams: Indexed<TeamNo, &str> = ["north", "south"].into_iter().collect();
        assert_eq!((teams[TeamNo::at(0)], teams[TeamNo::at(1)], teams.len()), ("north", "south", 2));
        assert_eq!(size_of::<Option<TeamNo>>(), 4);
    }

    #[test]
    #[should_panic(expected = "internal error: there is no person 2 among 2")]
    fn a_position_beyond_its_table_refuses() {
        let persons: Indexed<PersonIx, u8> = Indexed::filled(2, 0);
        let _ = persons[PersonIx::at(2)];
    }

    #[test]
    #[should_panic(expected = "is beyond the numbers of row id")]
    fn a_position_beyond_its_numbers_refuses() {
        let _ = IdNo::at(u32::MAX as usize);
    }
}
