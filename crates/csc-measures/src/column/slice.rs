//! Borrowed slices of values, with which of them are null.

use std::ops::Range;

use crate::value::index::at;

/// What an instant counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "Arrow has these four")]
pub enum TimeUnit {
    /// Seconds.
    Second,
    /// Thousandths of a second.
    Millisecond,
    /// Millionths of a second.
    Microsecond,
    /// Thousand millionths of a second.
    Nanosecond,
}

impl TimeUnit {
    /// How many there are in a second.
    #[must_use]
    pub const fn per_second(self) -> i64 {
        match self {
            Self::Second => 1,
            Self::Millisecond => 1_000,
            Self::Microsecond => 1_000_000,
            Self::Nanosecond => 1_000_000_000,
        }
    }
}

/// The clock on which the date of an instant is read.
///
/// A zone whose offset changes over the year is worked out by the reader, which hands over
/// [days](super::Column::Days): the time zone database is not part of this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "an instant has a clock of its own or an offset")]
pub enum Zone {
    /// The instants are times of a civil clock, and the zone is not asked for.
    Civil,
    /// So many seconds east of UTC.
    Fixed(i32),
}

/// Which values of a column are null: a bitmap, the least significant bit first, in which 1 is a value and 0 a
/// null, as in Arrow.
#[derive(Clone, Copy, Debug)]
pub struct Validity<'a> {
    bits: Option<&'a [u8]>,
    offset: usize,
}

impl<'a> Validity<'a> {
    /// No value is null.
    pub const ALL: Self = Self { bits: None, offset: 0 };

    /// The bitmap of `rows` values, the first of them at bit `offset`.
    ///
    /// # Errors
    /// [`ColumnError::Validity`] if the bitmap ends before the last value.
    pub fn new(bits: &'a [u8], offset: usize, rows: usize) -> Result<Self, ColumnError> {
        has_bits(bits, offset, rows).then_some(Self { bits: Some(bits), offset }).ok_or(ColumnError::Validity)
    }

    pub(super) fn covers(self, rows: usize) -> bool {
        self.bits.is_none_or(|bits| has_bits(bits, self.offset, rows))
    }

    /// Whether the value of a row is not null.
    #[inline]
    pub(crate) fn is_valid(self, row: usize) -> bool {
        match self.bits {
            None => true,
            Some(bits) => bit(bits, self.offset + row),
        }
    }
}

fn has_bits(bits: &[u8], offset: usize, rows: usize) -> bool {
    offset.checked_add(rows).is_some_and(|end| end.div_ceil(8) <= bits.len())
}

/// A bit of a bitmap that was found to be long enough.
#[inline]
fn bit(bits: &[u8], place: usize) -> bool {
    at(bits, place / 8) >> (place % 8) & 1 == 1
}

/// Values of one type, with which of them are null.
#[derive(Clone, Copy, Debug)]
pub struct Slice<'a, T> {
    values: &'a [T],
    validity: Validity<'a>,
}

impl<'a, T> Slice<'a, T> {
    /// The values; what is written where one is null does not matter.
    ///
    /// # Errors
    /// [`ColumnError::Validity`] if the bitmap ends before the last value.
    pub fn new(values: &'a [T], validity: Validity<'a>) -> Result<Self, ColumnError> {
        validity.covers(values.len()).then_some(Self { values, validity }).ok_or(ColumnError::Validity)
    }
}

impl<T: Copy> Slice<'_, T> {
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    #[inline]
    pub(crate) fn get(&self, row: usize) -> Option<T> {
        if self.validity.is_valid(row) { Some(*at(self.values, row)) } else { None }
    }
}

/// Yes or no, a bit each, the least significant bit first.
#[derive(Clone, Copy, Debug)]
pub struct Flags<'a> {
    bits: &'a [u8],
    offset: usize,
    rows: usize,
    validity: Validity<'a>,
}

impl<'a> Flags<'a> {
    /// `rows` flags, the first of them at bit `offset`.
    ///
    /// # Errors
    /// [`ColumnError::Flags`] or [`ColumnError::Validity`] if a bitmap ends before the last value.
    pub fn new(
        bits: &'a [u8],
        offset: usize,
        rows: usize,
        validity: Validity<'a>,
    ) -> Result<Self, ColumnError> {
        if !has_bits(bits, offset, rows) {
            return Err(ColumnError::Flags);
        }
        validity.covers(rows).then_some(Self { bits, offset, rows, validity }).ok_or(ColumnError::Validity)
    }

    pub(super) fn len(&self) -> usize {
        self.rows
    }

    #[inline]
    pub(crate) fn get(&self, row: usize) -> Option<bool> {
        self.validity.is_valid(row).then(|| bit(self.bits, self.offset + row))
    }
}

macro_rules! integers {
    ($($variant:ident $integer:ty),+) => {
        /// Whole numbers of any width.
        #[derive(Clone, Copy, Debug)]
        #[allow(clippy::exhaustive_enums, reason = "these are the widths there are")]
        pub enum Integers<'a> {
            $(
                #[doc = concat!("Numbers of the type `", stringify!($integer), "`.")]
                $variant(Slice<'a, $integer>),
            )+
        }

        impl Integers<'_> {
            /// The number of values, nulls included.
            #[must_use]
            pub fn len(&self) -> usize {
                match self { $(Self::$variant(slice) => slice.values.len(),)+ }
            }

            /// Whether there are no values.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// The number of a row; `None` for a null.
            #[inline]
            pub(crate) fn get(&self, row: usize) -> Option<i128> {
                match self { $(Self::$variant(slice) => slice.get(row).map(i128::from),)+ }
            }

            /// The numbers of some rows as places in a list; one that cannot be a place is beyond every list.
            pub(super) fn places(&self, rows: Range<usize>, places: &mut Vec<Option<usize>>) {
                places.clear();
                match self {
                    $(Self::$variant(slice) => places.extend(rows.map(|row| {
                        slice.get(row).map(|number| usize::try_from(number).unwrap_or(usize::MAX))
                    })),)+
                }
            }
        }
    };
}
integers!(Int128 i128, Int8 i8, Int16 i16, Int32 i32, Int64 i64, UInt8 u8, UInt16 u16, UInt32 u32, UInt64 u64);

/// Why a column is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnError {
    /// The bitmap of nulls is too short.
    #[error("the bitmap of nulls is shorter than the column")]
    Validity,
    /// The bitmap of flags is too short.
    #[error("the bitmap of flags is shorter than the column")]
    Flags,
    /// Text without the offset of its first value.
    #[error("the column needs one more text offset than it has values")]
    Offsets,
}
