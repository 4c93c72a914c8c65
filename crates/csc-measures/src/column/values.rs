//! A column of values of several forms.

use std::ops::Range;

use super::scalar::Scalar;

/// A value, or where its text lies among those that are kept.
#[derive(Clone, Debug)]
pub(super) enum Slot<'a> {
    Value(Scalar<'a>),
    Kept(Range<usize>),
}

pub(super) const NULL: Slot<'static> = Slot::Value(Scalar::Null);

/// The values of a column that [`Rows`](crate::Rows) gathered.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    slots: &'a [Slot<'a>],
    texts: &'a str,
    rows: usize,
}

impl<'a> Values<'a> {
    /// Rows beyond the slots are null.
    pub(super) fn new(slots: &'a [Slot<'a>], texts: &'a str, rows: usize) -> Self {
        Self { slots, texts, rows }
    }

    /// The number of values, nulls included.
    pub(super) fn len(&self) -> usize {
        self.rows
    }

    /// One value, from 0.
    pub(super) fn get(&self, row: usize) -> Scalar<'a> {
        match self.slots.get(row) {
            None => Scalar::Null,
            Some(Slot::Value(value)) => *value,
            Some(Slot::Kept(text)) => self.texts.get(text.clone()).map_or(Scalar::Unreadable, Scalar::Text),
        }
    }
}
