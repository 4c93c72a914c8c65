//! A column in the form in which it comes.

use super::instant::day_of_instant;
use super::scalar::Scalar;
use super::slice::{Flags, Integers, Slice, TimeUnit, Validity, Zone};
use super::text::{Text, Texts, with_texts};
use super::values::Values;
use crate::value::Decimal;

/// A column of input values, all of one form.
///
/// It borrows what the caller has: no value is copied. The dataset reads a text date, an id that came as the
/// number `123.0` or a `1` for yes by itself. A value that its column cannot hold becomes the issue `bad_value`
/// or `bad_date`, and never a null without an issue.
///
/// # Examples
///
/// ## Text and dates side by side
///
/// ```
/// use csc_measures::{Chunk, Column, Dataset, Slice, Text, Validity};
///
/// let ids = Text::new(&[0, 2, 4], b"C1C2", Validity::ALL)?;
/// let days = Slice::new(&[17_226, 17_227], Validity::new(&[0b01], 0, 2)?)?;
/// let mut builder = Dataset::builder();
/// let mut table = builder.table("compliments", &["compliment_id", "received_date"])?;
/// table.chunk(&Chunk { rows: 2, columns: &[Column::Text(ids), Column::Days(days)], bad_rows: &[] })?;
///
/// // the second date is null, and the column is required
/// let dataset = builder.build();
/// assert_eq!((dataset.tables()[0].used, dataset.issues()[0].row()), (1, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_enums, reason = "the forms are a closed set: whoever reads columns reads each")]
pub enum Column<'a> {
    /// So many nulls.
    Nulls(usize),
    /// Dates as days since 1970-01-01.
    Days(Slice<'a, i32>),
    /// Instants, each read as the date on the clock of the zone.
    Instants {
        /// The number of units since the beginning of 1970-01-01.
        values: Slice<'a, i64>,
        /// What is counted.
        unit: TimeUnit,
        /// The clock on which the date is read.
        zone: Zone,
    },
    /// Yes or no.
    Flags(Flags<'a>),
    /// Whole numbers.
    Integers(Integers<'a>),
    /// Floats; NaN is null.
    Floats(Slice<'a, f64>),
    /// Exact decimal numbers.
    Decimals(Slice<'a, Decimal>),
    /// Text; empty text and `NULL` are null.
    Text(Text<'a>),
    /// Each value is the place of a value in a column of distinct values.
    Dictionary {
        /// The places, from 0.
        keys: Integers<'a>,
        /// The distinct values.
        values: Box<Column<'a>>,
    },
    /// Values of several forms, as a list of Python or JSON objects may hold: [`Rows`](super::Rows) makes them.
    Values(Values<'a>),
    /// Values of a form that no column of a table holds. Those that are not null are issues.
    Unreadable {
        /// How many values there are, nulls included.
        rows: usize,
        /// Which of them are null.
        validity: Validity<'a>,
    },
}

impl Column<'_> {
    /// The number of values, nulls included.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Nulls(rows) | Self::Unreadable { rows, .. } => *rows,
            Self::Days(days) => days.len(),
            Self::Instants { values, .. } => values.len(),
            Self::Flags(flags) => flags.len(),
            Self::Integers(integers) => integers.len(),
            Self::Floats(floats) => floats.len(),
            Self::Decimals(decimals) => decimals.len(),
            Self::Text(text) => text.len(),
            Self::Dictionary { keys, .. } => keys.len(),
            Self::Values(values) => values.len(),
        }
    }

    /// Whether there are no values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<'a> Column<'a> {
    /// One value, from 0; null beyond the end. The dataset reads columns whole; this is for a look at one.
    #[must_use]
    pub fn value(&self, row: usize) -> Scalar<'a> {
        if row >= self.len() {
            return Scalar::Null;
        }
        let or_null = |value: Option<Scalar<'a>>| value.unwrap_or(Scalar::Null);
        match self {
            Self::Nulls(_) => Scalar::Null,
            Self::Days(days) => or_null(days.get(row).map(Scalar::Day)),
            Self::Instants { values, unit, zone } => {
                or_null(values.get(row).map(|at| day_of_instant(at, *unit, *zone)).map(|day| match day {
                    Some(day) => Scalar::Day(day.0),
                    None => Scalar::Unreadable,
                }))
            }
            Self::Flags(flags) => or_null(flags.get(row).map(Scalar::Flag)),
            Self::Integers(integers) => or_null(integers.get(row).map(Scalar::Integer)),
            Self::Floats(floats) => or_null(floats.get(row).map(Scalar::Float)),
            Self::Decimals(decimals) => or_null(decimals.get(row).map(Scalar::Decimal)),
            Self::Text(text) if !text.validity.is_valid(row) => Scalar::Null,
            Self::Text(text) => {
                let bytes = with_texts!(text, |texts| texts.bytes(row));
                match bytes.map(std::str::from_utf8) {
                    Some(Ok(text)) => Scalar::Text(text),
                    _ => Scalar::Unreadable,
                }
            }
            Self::Dictionary { keys, values } => match keys.get(row) {
                None => Scalar::Null,
                Some(key) => match usize::try_from(key) {
                    Ok(key) if key < values.len() => values.value(key),
                    _ => Scalar::Unreadable,
                },
            },
            Self::Values(values) => values.get(row),
            Self::Unreadable { validity, .. } if !validity.is_valid(row) => Scalar::Null,
            Self::Unreadable { .. } => Scalar::Unreadable,
        }
    }
}
