//! Columns of dates: the same answers as the scalars, a null for a null.

use crate::value::index::broken;
use std::borrow::Cow;

use super::error::CalendarError;
use super::working_days::{Calendar, FIRST, LAST, SLOTS, at};
use crate::time::Day;

/// A borrowed column of dates: days since 1970-01-01, and which of them are there.
///
/// The form of an Arrow `date32` array: the validity bitmap has one bit a row, the least significant bit of
/// a byte first, 1 for a value and 0 for a null. The value under a null is never read.
#[derive(Clone, Copy, Debug)]
pub struct DateColumn<'a> {
    days: &'a [i32],
    validity: Option<Validity<'a>>,
}

#[derive(Clone, Copy, Debug)]
struct Validity<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> DateColumn<'a> {
    /// A column without nulls.
    #[must_use]
    pub fn new(days: &'a [i32]) -> Self {
        Self { days, validity: None }
    }

    /// A column with a validity bitmap; bit `offset` belongs to the first of `days`.
    ///
    /// # Errors
    /// [`CalendarError::ShortValidity`] if the bitmap has fewer bits than the column needs.
    pub fn with_validity(days: &'a [i32], bytes: &'a [u8], offset: usize) -> Result<Self, CalendarError> {
        let bits = bytes.len().saturating_mul(8);
        let needed = offset.saturating_add(days.len());
        if bits < needed {
            return Err(CalendarError::ShortValidity { bits, needed });
        }
        Ok(Self { days, validity: Some(Validity { bytes, offset }) })
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The bitmap from bit 0, or `None` if every row has a value.
    fn nulls(&self) -> Option<Vec<u8>> {
        let Validity { bytes, offset } = self.validity?;
        let (start, shift) = (offset / 8, offset % 8);
        let rows = self.days.len();
        let at = |index: usize| bytes.get(start + index).copied().unwrap_or(0);
        let mut bits: Vec<u8> = (0..rows.div_ceil(8))
            .map(
                |index| {
                    if shift == 0 { at(index) } else { at(index) >> shift | at(index + 1) << (8 - shift) }
                },
            )
            .collect();
        if let Some(last) = bits.last_mut()
            && !rows.is_multiple_of(8)
        {
            *last &= 0xFF >> (8 - rows % 8);
        }
        let valid: usize = bits.iter().map(|byte| byte.count_ones() as usize).sum();
        (valid < rows).then_some(bits)
    }

    /// The days with the calendar's first under each null, once every other is known to be inside.
    fn checked(&self, nulls: Option<&[u8]>, calendar: &Calendar) -> Result<Cow<'a, [i32]>, CalendarError> {
        let mut days = Cow::Borrowed(self.days);
        if let Some(bits) = nulls {
            clear(days.to_mut(), bits, FIRST);
        }
        // Two plain passes that the compiler turns into wide instructions.
        let least = days.iter().copied().min().unwrap_or(FIRST);
        let most = days.iter().copied().max().unwrap_or(FIRST);
        if FIRST <= least && most <= LAST {
            return Ok(days);
        }
        let Some((found, day)) =
            (0..).zip(days.iter().copied()).find(|(_, day)| !(FIRST..=LAST).contains(day))
        else {
            broken(format_args!(
                "the days from {least} to {most} are not all in the calendar, and none is outside"
            ))
        };
        Err(calendar.outside(Day(day).date()).in_row(found))
    }
}

/// A column of answers: `values` has a row for each row asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers<T> {
    /// The answers; zero or false under a null.
    pub values: Vec<T>,
    /// Which rows have an answer, as in [`DateColumn`] from bit 0; `None` if all have.
    pub validity: Option<Vec<u8>>,
}

impl<T: Copy + Default> Answers<T> {
    fn new(mut values: Vec<T>, validity: Option<Vec<u8>>) -> Self {
        if let Some(bits) = &validity {
            clear(&mut values, bits, T::default());
        }
        Self { values, validity }
    }

    /// The answer of a row, counted from 0; `None` for a null or beyond the last row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<T> {
        let value = self.values.get(row).copied()?;
        match &self.validity {
            Some(bits) => bits.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1).then_some(value),
            None => Some(value),
        }
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

fn clear<T: Copy>(values: &mut [T], bits: &[u8], blank: T) {
    for (chunk, byte) in values.chunks_mut(8).zip(bits) {
        if *byte != 0xFF {
            for (bit, value) in chunk.iter_mut().enumerate() {
                if byte >> bit & 1 == 0 {
                    *value = blank;
                }
            }
        }
    }
}

/// The place of a day of the calendar in the tables. The mask never changes one; it shows the compiler
/// that the look-up stays inside the table.
#[inline]
fn slot(day: i32) -> usize {
    day.wrapping_sub(FIRST) as usize & (SLOTS - 1)
}

impl Calendar {
    /// [`Calendar::working_days_between`] for each row of two columns; null if either is null.
    ///
    /// # Examples
    ///
    /// ## A weekend and a null
    ///
    /// ```
    /// use csc_measures::calendar::{Calendar, DateColumn};
    ///
    /// // 3 March 2017 to Saturday the 4th, to Monday the 6th, and to a null
    /// let starts = [17_228, 17_228, 17_228];
    /// let ends = [17_229, 17_231, 0];
    /// let ends = DateColumn::with_validity(&ends, &[0b011], 0)?;
    /// let counts =
    ///     Calendar::england_and_wales().working_days_between_columns(&DateColumn::new(&starts), &ends)?;
    /// assert_eq!([counts.get(0), counts.get(1), counts.get(2)], [Some(0), Some(1), None]);
    /// # Ok::<(), csc_measures::calendar::CalendarError>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::Lengths`] if the columns differ in length; [`CalendarError::Row`] with the first
    /// date that is outside the calendar, the starts before the ends, even if the other date of its row is null.
    pub fn working_days_between_columns(
        &self,
        starts: &DateColumn<'_>,
        ends: &DateColumn<'_>,
    ) -> Result<Answers<i32>, CalendarError> {
        if starts.len() != ends.len() {
            return Err(CalendarError::Lengths { starts: starts.len(), ends: ends.len() });
        }
        let (start_nulls, end_nulls) = (starts.nulls(), ends.nulls());
        let starts = starts.checked(start_nulls.as_deref(), self)?;
        let ends = ends.checked(end_nulls.as_deref(), self)?;
        let up_to = &*self.inner.tables.up_to;
        #[expect(clippy::indexing_slicing, reason = "`slot` is below the length of the array")]
        let count = |(a, b): (&i32, &i32)| i32::from(up_to[slot(*b)].saturating_sub(up_to[slot(*a)]));
        let values = starts.iter().zip(ends.iter()).map(count).collect();
        let validity = match (start_nulls, end_nulls) {
            (Some(a), Some(b)) => Some(a.iter().zip(&b).map(|(a, b)| a & b).collect()),
            (a, b) => a.or(b),
        };
        Ok(Answers::new(values, validity))
    }

    /// [`Calendar::add_working_days`] for each row of a column, in days since 1970-01-01; a null for a null.
    ///
    /// # Errors
    /// [`CalendarError::Row`] with the first date that is outside the calendar, or else the first whose
    /// answer would be.
    pub fn add_working_days_column(
        &self,
        starts: &DateColumn<'_>,
        working_days: u32,
    ) -> Result<Answers<i32>, CalendarError> {
        let nulls = starts.nulls();
        let starts = starts.checked(nulls.as_deref(), self)?;
        let Some(more) = working_days.checked_sub(1) else {
            return Ok(Answers::new(starts.into_owned(), nulls));
        };
        let tables = &self.inner.tables;
        // The sum is largest from the latest start.
        let latest = starts.iter().copied().max().unwrap_or(FIRST);
        let steps = i32::try_from(working_days).ok().filter(|n| self.add(Day(latest), *n).is_some());
        if steps.is_none() && !starts.is_empty() {
            let beyond =
                |day: &i32| i32::try_from(working_days).ok().and_then(|n| self.add(Day(*day), n)).is_none();
            let Some((row, start)) = (0..).zip(starts.iter()).find(|(_, day)| beyond(day)) else {
                broken(format_args!(
                    "{working_days} days from {latest} leave the calendar, and from no start"
                ))
            };
            return Err(self.beyond_end(Day(*start).date(), working_days).in_row(row));
        }
        let more = more as usize;
        #[expect(clippy::indexing_slicing, reason = "both indices are masked to the length of the arrays")]
        let add = |day: &i32| {
            let nth = (usize::from(tables.up_to[slot(*day)]) + more) & (SLOTS - 1);
            at(tables.working[nth]).0
        };
        Ok(Answers::new(starts.iter().map(add).collect(), nulls))
    }

    /// [`Calendar::is_working_day`] for each row of a column; a null for a null.
    ///
    /// # Errors
    /// [`CalendarError::Row`] with the first date that is outside the calendar.
    pub fn is_working_day_column(&self, dates: &DateColumn<'_>) -> Result<Answers<bool>, CalendarError> {
        let nulls = dates.nulls();
        let days = dates.checked(nulls.as_deref(), self)?;
        let up_to = &*self.inner.tables.up_to;
        #[expect(clippy::indexing_slicing, reason = "`slot` is below the length of the array")]
        let works = |day: &i32| {
            let before = if *day == FIRST { 0 } else { up_to[slot(*day - 1)] };
            up_to[slot(*day)] > before
        };
        Ok(Answers::new(days.iter().map(works).collect(), nulls))
    }
}
