//! One value of a row, for what comes in rows and not in columns.

use crate::value::Decimal;

/// One value of an input row, before it is checked.
///
/// [`Rows`](super::Rows) gathers rows of values into columns.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Scalar<'a> {
    /// No value.
    Null,
    /// Text; empty text and `NULL` are null.
    Text(&'a str),
    /// A date, as days since 1970-01-01.
    Day(i32),
    /// A whole number.
    Integer(i128),
    /// A float; NaN is null.
    Float(f64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// Yes or no.
    Flag(bool),
    /// A value that cannot be represented, such as a list: an issue, never a null.
    Unreadable,
}
